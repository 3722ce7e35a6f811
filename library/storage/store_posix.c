/* SPDX-License-Identifier: Apache-2.0 */
/* The directory store: one 0700 directory per space, one 0600 file per object. See posix.h for its parts. */
#define _GNU_SOURCE

#include "storage/posix.h"

#if PSACRYPTO_STORE_POSIX

static const struct posix_layout layout = {
    .key_format = &posix_format_native,
    .subdirectory = NULL,
    .key_directory = "keys",
    .key_max = UINT64_MAX,
    .from_environment = 1,
};

static psa_status_t open_posix(void *instance)
{
    return posix_store_open(instance, &layout);
}

const struct psacrypto_store psacrypto_store_posix = {
    .abi = PSACRYPTO_STORE_ABI,
    .size = sizeof(struct psacrypto_store),
    .flags = PSACRYPTO_STORE_CAN_ENUMERATE | PSACRYPTO_STORE_CAN_LOCK,
    .name = "posix",
    .open = open_posix,
    .close = posix_store_close,
    .info = posix_store_info,
    .get = posix_store_get,
    .put = posix_store_put,
    .remove = posix_store_remove,
    .next = posix_store_next,
    .lock = posix_store_lock,
    .unlock = posix_store_unlock,
    .generation = posix_store_generation,
};

#else

typedef int store_posix_unused; /* a translation unit may not be empty */

#endif
