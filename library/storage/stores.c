/* SPDX-License-Identifier: Apache-2.0 */
#include "storage/stores.h"

#include "storage/store_ram.h"
#include "util/reason.h"

#include <string.h>

#if PSACRYPTO_STORE_RAM

void stores_before_fork(void)
{
    store_ram_before_fork();
}

void stores_after_fork(void)
{
    store_ram_after_fork();
}

#else

void stores_before_fork(void)
{
}

void stores_after_fork(void)
{
}

#endif

#if PSACRYPTO_STORE_POSIX

static struct psacrypto_store_directory directory;
static char directory_path[PSACRYPTO_STORE_PATH_MAX + 1u];

psa_status_t default_set_directory(const char *path)
{
    const size_t length = path == NULL ? 0 : strlen(path);

    if (path != NULL && (length == 0 || length > PSACRYPTO_STORE_PATH_MAX)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, PSACRYPTO_STORE_PATH_MAX, length);
    }
    memcpy(directory_path, path == NULL ? "" : path, length + 1u);
    directory.path = path == NULL ? NULL : directory_path;
    return PSA_SUCCESS;
}

#else

psa_status_t default_set_directory(const char *path)
{
    (void)path;
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_CONFIGURATION, 0, 0);
}

#endif

#if PSACRYPTO_STORE_CUSTOM

const struct psacrypto_store *default_store(void **instance)
{
    *instance = psacrypto_store_custom_instance;
    return &psacrypto_store_custom;
}

#elif PSACRYPTO_STORE_PSA_ITS

const struct psacrypto_store *default_store(void **instance)
{
    *instance = NULL;
    return &psacrypto_store_its;
}

#elif PSACRYPTO_STORE_POSIX

const struct psacrypto_store *default_store(void **instance)
{
    *instance = &directory;
    return &psacrypto_store_posix;
}

#elif PSACRYPTO_STORE_RAM

static struct psacrypto_store_ram_space memory;

const struct psacrypto_store *default_store(void **instance)
{
    *instance = &memory;
    return &psacrypto_store_ram;
}

#else

const struct psacrypto_store *default_store(void **instance)
{
    *instance = NULL;
    return NULL;
}

#endif
