/* SPDX-License-Identifier: Apache-2.0 */
/* The library as a whole. */
#include "api/api.h"

#include "dispatch/random.h"
#include "dispatch/services.h"
#include "platform/platform.h"
#include "storage/storage.h"
#include "util/config_check.h"

#include <psacrypto/library.h>

uint32_t library_open_state;

static struct platform_mutex init_mutex;

#define TEXT(x) #x
#define VERSION_TEXT(major, minor, patch) TEXT(major) "." TEXT(minor) "." TEXT(patch)

const char *psacrypto_version(void)
{
    return VERSION_TEXT(PSACRYPTO_VERSION_MAJOR, PSACRYPTO_VERSION_MINOR, PSACRYPTO_VERSION_PATCH);
}

static const struct services_storage driver_state = {
    .get = storage_driver_get,
    .put = storage_driver_put,
    .remove = storage_driver_remove,
    .lock = storage_lock,
    .unlock = storage_unlock,
};

/* Neither entropy nor a store need be there yet: what needs them says so. */
static psa_status_t open_layers(void)
{
    psa_status_t status = config_check();
    if (status != PSA_SUCCESS) {
        return reason(status, REASON_CONFIGURATION, 0, 0);
    }
    services_set_storage(&driver_state);
    status = dispatch_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = key_store_open();
    if (status != PSA_SUCCESS) {
        dispatch_close();
    }
    return status;
}

psa_status_t psa_crypto_init(void)
{
    if (library_is_open()) {
        return PSA_SUCCESS;
    }
    platform_mutex_lock(&init_mutex);
    psa_status_t status = library_is_open() ? PSA_SUCCESS : open_layers();
    if (status == PSA_SUCCESS) {
        ATOMIC_STORE(&library_open_state, (uint32_t)1);
    }
    platform_mutex_unlock(&init_mutex);
    return reason_close(status);
}

psa_status_t dispatch_ensure_open(void)
{
    return psa_crypto_init();
}

void psacrypto_shutdown(void)
{
    platform_mutex_lock(&init_mutex);
    if (library_is_open()) {
        key_store_close();
        ATOMIC_STORE(&library_open_state, (uint32_t)0);
        dispatch_close();
        random_close();
    }
    storage_close(); /* open also where only psa_its_*() was called */
    platform_memory_shutdown();
    platform_mutex_unlock(&init_mutex);
}
