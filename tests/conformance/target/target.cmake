# SPDX-License-Identifier: Apache-2.0
# A target of the PSA arch-test suite: the suite's own Linux target with this library's switches (nspe/pal_crypto_config.h).
# The suite's CMakeLists.txt reads it from platform/targets/tgt_psacrypto, a copy of this folder or a link to it.

# nspe/pal_config.h names the Linux target's file from here.
include_directories(${PSA_ROOT_DIR}/platform/targets)

list(APPEND PAL_SRC_C_NSPE ${PSA_ROOT_DIR}/platform/targets/tgt_dev_apis_linux/nspe/pal_driver_intf.c)
if("${SUITE}" STREQUAL "CRYPTO")
    list(APPEND PAL_SRC_C_NSPE ${PSA_ROOT_DIR}/platform/targets/common/nspe/crypto/pal_crypto_intf.c)
endif()
if("${SUITE}" MATCHES "^(STORAGE|INTERNAL_TRUSTED_STORAGE)$")
    list(APPEND PAL_SRC_C_NSPE
        ${PSA_ROOT_DIR}/platform/targets/common/nspe/internal_trusted_storage/pal_internal_trusted_storage_intf.c)
endif()
if("${SUITE}" MATCHES "^(STORAGE|PROTECTED_STORAGE)$")
    list(APPEND PAL_SRC_C_NSPE
        ${PSA_ROOT_DIR}/platform/targets/common/nspe/protected_storage/pal_protected_storage_intf.c)
endif()

add_library(${PSA_TARGET_PAL_NSPE_LIB} STATIC ${PAL_SRC_C_NSPE})
target_include_directories(${PSA_TARGET_PAL_NSPE_LIB} PRIVATE
    ${PSA_INCLUDE_PATHS}
    ${PSA_ROOT_DIR}/platform/targets/${TARGET}/nspe
    ${PSA_ROOT_DIR}/platform/targets/common/nspe
    ${PSA_ROOT_DIR}/platform/targets/common/nspe/crypto
    ${PSA_ROOT_DIR}/platform/targets/common/nspe/protected_storage
    ${PSA_ROOT_DIR}/platform/targets/common/nspe/internal_trusted_storage)
