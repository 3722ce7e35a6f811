/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys as Mbed TLS keeps them, in files that both libraries read and write; all else in the subdirectory "psacrypto". It
 * knows of no locks, so two processes of which one is Mbed TLS must not change one key at a time.
 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if PSACRYPTO_STORE_MBED

static const struct posix_layout layout = {
    .key_format = &posix_format_mbed,
    .subdirectory = "psacrypto",
    .key_directory = NULL,
    .key_max = 0x7fffffff, /* above lie files that are no keys */
    .from_environment = 0,
};

static psa_status_t open_mbed(void *instance)
{
    return posix_store_open(instance, &layout);
}

const struct psacrypto_store psacrypto_store_mbed = {
    .abi = PSACRYPTO_STORE_ABI,
    .size = sizeof(struct psacrypto_store),
    .flags = PSACRYPTO_STORE_CAN_ENUMERATE | PSACRYPTO_STORE_CAN_LOCK | PSACRYPTO_STORE_MBED_RECORDS,
    .name = "mbed",
    .open = open_mbed,
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

typedef int store_mbed_unused; /* a translation unit may not be empty */

#endif
