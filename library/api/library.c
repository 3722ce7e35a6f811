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
static THREAD_LOCAL int inside; /* this thread holds the mutex */

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
    status = random_open();
    if (status != PSA_SUCCESS) {
        return status;
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

static void enter(void)
{
    platform_mutex_lock(&init_mutex);
    inside = 1;
}

static void leave(void)
{
    inside = 0;
    platform_mutex_unlock(&init_mutex);
}

/* A process is copied while the library is open or closed, not between. A driver that forks while it is being opened
 * does not wait for itself. */
static void before_fork(void)
{
    if (!inside) {
        platform_mutex_lock(&init_mutex);
    }
}

static void after_fork(void)
{
    if (!inside) {
        platform_mutex_unlock(&init_mutex);
    }
}

static psa_status_t open_once(void)
{
    enter();
    psa_status_t status = library_is_open() ? PSA_SUCCESS : open_layers();
    if (status == PSA_SUCCESS) {
        ATOMIC_STORE(&library_open_state, (uint32_t)1);
    }
    leave();
    return status;
}

psa_status_t psa_crypto_init(void)
{
    if (library_is_open()) {
        return PSA_SUCCESS;
    }
    psa_status_t status = platform_around_fork(before_fork, after_fork);
    return reason_close(status == PSA_SUCCESS ? open_once() : status);
}

psa_status_t dispatch_ensure_open(void)
{
    return psa_crypto_init();
}

void psacrypto_shutdown(void)
{
    enter();
    if (library_is_open()) {
        key_store_close();
        ATOMIC_STORE(&library_open_state, (uint32_t)0);
        dispatch_close();
        random_close();
    }
    storage_close(); /* open also where only psa_its_*() was called */
    platform_memory_shutdown();
    leave();
}
