/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/services.h"

#include "dispatch/random.h"

static const struct services_storage *storage;

void services_set_storage(const struct services_storage *functions)
{
    storage = functions;
}

static psa_status_t serve_random(void *core, uint8_t *output, size_t output_size)
{
    (void)core;
    return dispatch_random(output, output_size);
}

static psa_status_t serve_hash(void *core, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                               uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    (void)core;
    return dispatch_keyless_hash(alg, input, input_length, hash, hash_size, hash_length);
}

static psa_status_t serve_mac(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                              psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    (void)core;
    return dispatch_keyless_mac(type, key, key_length, alg, input, input_length, mac, mac_size, mac_length);
}

static psa_status_t serve_aead_encrypt(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                       psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                       const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                       uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)core;
    return dispatch_keyless_aead_encrypt(type, key, key_length, alg, nonce, nonce_length, ad, ad_length,
                                         input, input_length, output, output_size, output_length);
}

static psa_status_t serve_aead_decrypt(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                       psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                       const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                       uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)core;
    return dispatch_keyless_aead_decrypt(type, key, key_length, alg, nonce, nonce_length, ad, ad_length,
                                         input, input_length, output, output_size, output_length);
}

static psa_status_t serve_state_get(void *core, uint32_t uid, uint8_t *data, size_t data_size, size_t *data_length)
{
    const struct driver_slot *slot = core;
    *data_length = 0;
    return storage == NULL ? PSA_ERROR_STORAGE_FAILURE : storage->get(slot->location, uid, data, data_size, data_length);
}

static psa_status_t serve_state_put(void *core, uint32_t uid, const uint8_t *data, size_t data_length)
{
    const struct driver_slot *slot = core;
    return storage == NULL ? PSA_ERROR_STORAGE_FAILURE : storage->put(slot->location, uid, data, data_length);
}

static psa_status_t serve_state_remove(void *core, uint32_t uid)
{
    const struct driver_slot *slot = core;
    return storage == NULL ? PSA_ERROR_STORAGE_FAILURE : storage->remove(slot->location, uid);
}

static void serve_lock(void *core)
{
    /* The store's lock first: the key store holds it, as the outermost of all, while the driver makes a key. */
    struct driver_slot *slot = core;
    int state_locked = storage != NULL && storage->lock() == PSA_SUCCESS;
    platform_mutex_lock(&slot->service);
    slot->state_locked = state_locked;
}

static void serve_unlock(void *core)
{
    struct driver_slot *slot = core;
    int state_locked = slot->state_locked;
    slot->state_locked = 0;
    platform_mutex_unlock(&slot->service);
    if (state_locked) {
        storage->unlock();
    }
}

static void *serve_allocate(void *core, size_t size)
{
    (void)core;
    return platform_secret_allocate(size);
}

static void serve_release(void *core, void *memory, size_t size)
{
    (void)core;
    if (memory != NULL) {
        platform_secret_free(memory, size);
    }
}

void services_fill(struct psacrypto_services *services, struct driver_slot *slot)
{
    services->abi = PSACRYPTO_DRIVER_ABI;
    services->size = sizeof(*services);
    services->random = serve_random;
    services->hash_compute = serve_hash;
    services->mac_compute = serve_mac;
    services->aead_encrypt = serve_aead_encrypt;
    services->aead_decrypt = serve_aead_decrypt;
    services->state_get = serve_state_get;
    services->state_put = serve_state_put;
    services->state_remove = serve_state_remove;
    services->lock = serve_lock;
    services->unlock = serve_unlock;
    services->allocate = serve_allocate;
    services->release = serve_release;
    services->core = slot;
}
