/* SPDX-License-Identifier: Apache-2.0 */
/* Linked with a library without a heap: as many keys as there are slots, and operations as the pool has room for, again and again. */
#include <stdio.h>
#include <string.h>

#include <psa/crypto.h>
#include <psa/internal_trusted_storage.h>
#include <psacrypto/library.h>

static int failures;

static void check(int right, const char *what, int line)
{
    if (!right) {
        failures++;
        printf("line %d: %s\n", line, what);
    }
}

#define CHECK(condition) check((condition), #condition, __LINE__)

static const uint8_t bytes[64] = { 1, 2, 3 };

static psa_status_t import(psa_key_id_t id, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_CTR);
    if (id != PSA_KEY_ID_NULL) {
        psa_set_key_id(&attributes, id);
    }
    return psa_import_key(&attributes, bytes, 16, key);
}

static int works(psa_key_id_t key)
{
    uint8_t out[64];
    size_t length;
    return psa_cipher_encrypt(key, PSA_ALG_CTR, bytes, 20, out, sizeof(out), &length) == PSA_SUCCESS && length == 36;
}

/* Every slot serves; an identifier that was given back names no key any more. */
static void slots(void)
{
    psa_key_id_t keys[PSACRYPTO_SLOTS], one_more, old;
    for (unsigned i = 0; i < PSACRYPTO_SLOTS; i++) {
        CHECK(import(PSA_KEY_ID_NULL, &keys[i]) == PSA_SUCCESS);
    }
    CHECK(import(PSA_KEY_ID_NULL, &one_more) == PSA_ERROR_INSUFFICIENT_MEMORY && one_more == PSA_KEY_ID_NULL);
    for (unsigned round = 0; round < 100; round++) {
        old = keys[round % PSACRYPTO_SLOTS];
        CHECK(psa_destroy_key(old) == PSA_SUCCESS);
        CHECK(import(PSA_KEY_ID_NULL, &keys[round % PSACRYPTO_SLOTS]) == PSA_SUCCESS);
        CHECK(keys[round % PSACRYPTO_SLOTS] != old && !works(old) && works(keys[round % PSACRYPTO_SLOTS]));
    }
    for (unsigned i = 0; i < PSACRYPTO_SLOTS; i++) {
        CHECK(works(keys[i]) && psa_destroy_key(keys[i]) == PSA_SUCCESS);
    }
}

static void kept(void)
{
    psa_key_id_t key;
    char text[4];
    size_t length;
    CHECK(import(7, &key) == PSA_SUCCESS && key == 7 && works(7));
    CHECK(import(7, &key) == PSA_ERROR_ALREADY_EXISTS);
    CHECK(psa_its_set(7, 3, "its", 0) == PSA_SUCCESS);
    psacrypto_shutdown();
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    CHECK(works(7) && psa_destroy_key(7) == PSA_SUCCESS && !works(7));
    CHECK(psa_its_get(7, 0, sizeof(text), text, &length) == PSA_SUCCESS && length == 3 && memcmp(text, "its", 3) == 0);
    CHECK(psa_its_remove(7) == PSA_SUCCESS);
}

/* Signatures that are to be verified lie in the pool. When it is full, that is what the answer says; and it empties again. */
static unsigned operations_until_full(psa_key_id_t key)
{
    static psa_verify_operation_t operations[4096];
    const unsigned most = sizeof(operations) / sizeof(operations[0]);
    unsigned count = 0;
    psa_status_t status = PSA_SUCCESS;
    memset(operations, 0, sizeof(operations));
    while (count < most && status == PSA_SUCCESS) {
        status = psa_verify_setup(&operations[count], key, PSA_ALG_ECDSA(PSA_ALG_SHA_256), bytes, sizeof(bytes));
        count += status == PSA_SUCCESS;
    }
    CHECK(status == PSA_ERROR_INSUFFICIENT_MEMORY);
    for (unsigned i = 0; i < count; i++) {
        CHECK(psa_verify_update(&operations[i], bytes, 5) == PSA_SUCCESS);
        CHECK(psa_verify_abort(&operations[i]) == PSA_SUCCESS);
    }
    return count;
}

static void pool(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    CHECK(psa_generate_key(&attributes, &key) == PSA_SUCCESS);
    unsigned first = operations_until_full(key);
    CHECK(first != 0 && operations_until_full(key) == first);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
}

int main(void)
{
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    CHECK(psacrypto_self_test() == PSA_SUCCESS);
    slots();
    kept();
    pool();
    psacrypto_shutdown();
    return failures != 0;
}
