/* SPDX-License-Identifier: Apache-2.0 */
#include "storage/seal.h"

#include "dispatch/dispatch.h"
#include "dispatch/random.h"
#include "storage/object.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

#define PURPOSE_LENGTH 16u

/* ---- The root ---- */

psa_status_t seal_root_load(uint8_t root[SEAL_ROOT_LENGTH])
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_ROOT);
    size_t length = 0;
    psa_status_t status = storage_open();

    if (status != PSA_SUCCESS) {
        return status;
    }
    if ((storage_store()->flags & PSACRYPTO_STORE_CAN_ROOT_KEY) != 0) {
        return storage_store()->root_key(storage_instance(), root);
    }
    status = object_get_small(&name, root, SEAL_ROOT_LENGTH, &length);
    if (status == PSA_ERROR_BUFFER_TOO_SMALL || (status == PSA_SUCCESS && length != SEAL_ROOT_LENGTH)) {
        zeroise(root, SEAL_ROOT_LENGTH);
        return reason(PSA_ERROR_DATA_CORRUPT, REASON_STORE_DAMAGED, name.space, name.uid);
    }
    return status;
}

psa_status_t seal_root_make(uint8_t root[SEAL_ROOT_LENGTH])
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_ROOT);
    psa_status_t status = seal_root_load(root);

    if (status != PSA_ERROR_DOES_NOT_EXIST) {
        return status;
    }
    status = dispatch_random(root, SEAL_ROOT_LENGTH);
    if (status == PSA_SUCCESS) {
        status = object_put(&name, 0, root, SEAL_ROOT_LENGTH, PSACRYPTO_STORE_CREATE);
    }
    if (status == PSA_ERROR_ALREADY_EXISTS) {
        return seal_root_load(root); /* another process was first */
    }
    if (status != PSA_SUCCESS) {
        zeroise(root, SEAL_ROOT_LENGTH);
    }
    return status;
}

/* ---- Sealing ---- */

/*
 * SHA-256 over root, purpose and name, all of fixed length, so that the hash is a pseudorandom function of the
 * root as HMAC would be, and one compression function call less is needed to have SHA-256 alone in a build.
 */
static psa_status_t derive(const struct seal *seal, uint8_t key[SEAL_ROOT_LENGTH])
{
    uint8_t text[SEAL_ROOT_LENGTH + PURPOSE_LENGTH + 16u];
    size_t length = 0;

    memcpy(text, seal->root, SEAL_ROOT_LENGTH);
    memcpy(text + 32, seal->purpose, PURPOSE_LENGTH);
    store32_le(text + 48, seal->name->space);
    store32_le(text + 52, (uint32_t)seal->name->owner);
    store64_le(text + 56, seal->name->uid);
    psa_status_t status = dispatch_keyless_hash(PSA_ALG_SHA_256, text, sizeof(text), key, SEAL_ROOT_LENGTH, &length);
    ZEROISE(text);
    return status;
}

static psa_key_type_t type_of(const struct seal *seal)
{
    return seal->algorithm == SEAL_AES_256_GCM ? PSA_KEY_TYPE_AES : PSA_KEY_TYPE_CHACHA20;
}

static psa_algorithm_t algorithm_of(const struct seal *seal)
{
    return seal->algorithm == SEAL_AES_256_GCM ? PSA_ALG_GCM : PSA_ALG_CHACHA20_POLY1305;
}

psa_status_t seal_encrypt(const struct seal *seal, const uint8_t *input, size_t length, uint8_t *output)
{
    uint8_t key[SEAL_ROOT_LENGTH];
    size_t output_length = 0;
    psa_status_t status = derive(seal, key);

    if (status == PSA_SUCCESS) {
        status = dispatch_keyless_aead_encrypt(type_of(seal), key, sizeof(key), algorithm_of(seal),
                                               seal->nonce, SEAL_NONCE_LENGTH, seal->ad, seal->ad_length,
                                               input, length, output, length + SEAL_TAG_LENGTH, &output_length);
    }
    ZEROISE(key);
    return status;
}

psa_status_t seal_decrypt(const struct seal *seal, const uint8_t *input, size_t length, uint8_t *output)
{
    uint8_t key[SEAL_ROOT_LENGTH];
    size_t output_length = 0;
    psa_status_t status = derive(seal, key);

    if (status == PSA_SUCCESS) {
        status = dispatch_keyless_aead_decrypt(type_of(seal), key, sizeof(key), algorithm_of(seal),
                                               seal->nonce, SEAL_NONCE_LENGTH, seal->ad, seal->ad_length,
                                               input, length + SEAL_TAG_LENGTH, output, length, &output_length);
    }
    ZEROISE(key);
    return status;
}
