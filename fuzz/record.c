/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <psa/crypto.h>
#include <psacrypto/store.h>

#include "input.h"

#define KEY 1u

static struct psacrypto_store store;
static struct psacrypto_store_ram_space space;

void record_open(uint32_t flags)
{
    store = psacrypto_store_ram;
    store.flags |= flags;
    CHECK(psacrypto_set_store(&store, &space) == PSA_SUCCESS);
    CHECK(psa_crypto_init() == PSA_SUCCESS);
}

static void use(psa_key_id_t key, const psa_key_attributes_t *attributes)
{
    size_t size = PSA_EXPORT_KEY_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes)), length = 0;
    uint8_t *data = input_memory(size), sealed[32], mac[PSA_MAC_MAX_SIZE];
    static const uint8_t nonce[16] = {0};

    (void)psa_export_key(key, data, size, &length);
    CHECK(length <= size);
    (void)psa_export_public_key(key, data, size, &length);
    CHECK(length <= size);
    (void)psa_aead_encrypt(key, psa_get_key_algorithm(attributes), nonce, 12, NULL, 0, nonce, 16, sealed, sizeof(sealed), &length);
    (void)psa_mac_compute(key, psa_get_key_algorithm(attributes), nonce, 16, mac, sizeof(mac), &length);
    free(data);
}

void record_try(const uint8_t *data, size_t length)
{
    const struct psacrypto_store_name name = {PSACRYPTO_SPACE_KEY, 0, KEY};
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

    CHECK(store.put(&space, &name, 0, data, length, 0) == PSA_SUCCESS);
    psa_status_t status = psa_get_key_attributes(KEY, &attributes);
    CHECK(status != PSA_ERROR_CORRUPTION_DETECTED && status != PSA_ERROR_GENERIC_ERROR);
    if (status == PSA_SUCCESS) {
        CHECK(psa_get_key_id(&attributes) == KEY);
        use(KEY, &attributes);
    }
    psa_reset_key_attributes(&attributes);
    (void)psacrypto_store_check(NULL, NULL, NULL);
    (void)psa_destroy_key(KEY);
    (void)psa_purge_key(KEY);
    status = store.remove(&space, &name);
    CHECK(status == PSA_SUCCESS || status == PSA_ERROR_DOES_NOT_EXIST);
}
