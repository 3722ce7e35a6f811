/* SPDX-License-Identifier: Apache-2.0 */
/* Where the store is, for people to read. */
#define _GNU_SOURCE

#include "storage/posix.h"
#include "storage/storage.h"

#if STORE_DIRECTORY

const char *storage_path(void)
{
    return storage_store() != NULL && storage_store()->close == posix_store_close ? posix_store_of(storage_instance())->path : NULL;
}

#else

const char *storage_path(void)
{
    return NULL;
}

#endif
