/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys under threads: uses, imports, destructions and purges of the same keys at once. Meant for a thread sanitizer;
 * what it checks itself is that each call has a result that some order of the calls explains.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "util/atomic.h"

#define THREADS 4
#define ROUNDS 20000
#define SHARED 6

static struct psacrypto_store_ram_space space;
static psa_key_id_t shared[SHARED]; /* atomic: volatile keys that any thread may destroy and replace */
static uint32_t wrong;              /* atomic */

static void expect(int condition)
{
    if (!condition) {
        (void)ATOMIC_ADD(&wrong, (uint32_t)1);
    }
}

static psa_key_attributes_t gcm_key(psa_key_usage_t more)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | more);
    return attributes;
}

static psa_status_t round_trip(psa_key_id_t key)
{
    static const uint8_t nonce[12] = { 1 };
    uint8_t plain[48], cipher[64], back[48];
    size_t length = 0;
    memset(plain, 0x3c, sizeof(plain));
    psa_status_t status = psa_aead_encrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, plain, sizeof(plain), cipher, sizeof(cipher), &length);
    if (status == PSA_SUCCESS) {
        status = psa_aead_decrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, cipher, length, back, sizeof(back), &length);
        expect(status != PSA_SUCCESS || memcmp(back, plain, sizeof(plain)) == 0);
    }
    return status;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void replace(uint32_t place, uint32_t seed)
{
    psa_key_attributes_t attributes = gcm_key(0);
    uint8_t data[16];
    psa_key_id_t fresh = 0;
    memset(data, (int)seed, sizeof(data));
    expect(psa_import_key(&attributes, data, sizeof(data), &fresh) == PSA_SUCCESS);
    psa_key_id_t old = __atomic_exchange_n(&shared[place], fresh, __ATOMIC_ACQ_REL);
    expect(psa_destroy_key(old) == PSA_SUCCESS); /* who took the id out is the one who destroys it */
}

static void use_in_parts(psa_key_id_t key)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    static const uint8_t nonce[12];
    uint8_t out[32];
    size_t length;
    if (psa_aead_encrypt_setup(&operation, key, PSA_ALG_GCM) == PSA_SUCCESS) {
        psa_status_t status = psa_aead_set_nonce(&operation, nonce, sizeof(nonce));
        if (status == PSA_SUCCESS) {
            status = psa_aead_update(&operation, nonce, sizeof(nonce), out, sizeof(out), &length);
        }
        expect(status == PSA_SUCCESS || status == PSA_ERROR_BAD_STATE);
    }
    expect(psa_aead_abort(&operation) == PSA_SUCCESS);
}

static void *volatile_keys(void *argument)
{
    uint32_t seed = (uint32_t)(uintptr_t)argument;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint32_t r = next_random(&seed);
        uint32_t place = r % SHARED;
        psa_key_id_t key = ATOMIC_LOAD(&shared[place]);
        psa_status_t status = PSA_SUCCESS;
        switch (r / SHARED % 8u) {
        case 0:
            replace(place, seed);
            break;
        case 1:
            status = psa_get_key_attributes(key, &attributes);
            break;
        case 2:
            use_in_parts(key);
            break;
        case 3:
            status = psa_purge_key(key);
            break;
        default:
            status = round_trip(key);
            break;
        }
        expect(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_HANDLE);
    }
    return NULL;
}

/* Keys 1 to 4, created and destroyed by anybody; half of them may be cached. */
static void *persistent_keys(void *argument)
{
    uint32_t seed = (uint32_t)(uintptr_t)argument;
    static const uint8_t data[16] = { 5 };
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint32_t r = next_random(&seed);
        psa_key_id_t id = 1u + r % 4u, made = 0;
        psa_key_attributes_t attributes = gcm_key(id % 2u == 0 ? PSA_KEY_USAGE_CACHE : 0u);
        psa_status_t status;
        psa_set_key_id(&attributes, id);
        switch (r / 4u % 8u) {
        case 0:
            status = psa_import_key(&attributes, data, sizeof(data), &made);
            expect(status == PSA_SUCCESS || status == PSA_ERROR_ALREADY_EXISTS);
            break;
        case 1:
            status = psa_destroy_key(id);
            expect(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_HANDLE);
            break;
        case 2:
            status = psa_purge_key(id);
            expect(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_HANDLE);
            break;
        default:
            status = round_trip(id);
            expect(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_HANDLE);
            break;
        }
    }
    return NULL;
}

/* What needs no key, and keys of the thread's own: random bytes, hashes, signatures. */
static void *own_keys(void *argument)
{
    psa_key_attributes_t attributes = gcm_key(PSA_KEY_USAGE_EXPORT);
    uint8_t hash[32], out[16];
    size_t length;
    (void)argument;
    psa_set_key_bits(&attributes, 128);
    for (unsigned i = 0; i < ROUNDS / 4; i++) {
        psa_key_id_t key = 0;
        expect(psa_generate_key(&attributes, &key) == PSA_SUCCESS);
        expect(psa_export_key(key, out, sizeof(out), &length) == PSA_SUCCESS);
        expect(psa_hash_compute(PSA_ALG_SHA_256, out, sizeof(out), hash, sizeof(hash), &length) == PSA_SUCCESS);
        expect(round_trip(key) == PSA_SUCCESS);
        expect(psa_destroy_key(key) == PSA_SUCCESS);
        expect(round_trip(key) == PSA_ERROR_INVALID_HANDLE);
    }
    return NULL;
}

/* ---- Key pairs, of which something is kept that the second use adds ---- */

static const struct pair {
    psa_key_type_t type;
    size_t bits;
    psa_algorithm_t alg;
} pairs[] = {
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 255, PSA_ALG_PURE_EDDSA },
    { PSA_KEY_TYPE_RSA_KEY_PAIR, 1024, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256) },
};
#define PAIRS (sizeof(pairs) / sizeof(pairs[0]))

static psa_key_id_t pair_keys[PAIRS];

/* Who finds its table half made, or blinding in another's hands, goes on without. */
static void *sign_and_verify(void *argument)
{
    static const uint8_t message[32] = { 6 };
    uint8_t signature[128];
    size_t length;
    (void)argument;
    for (unsigned i = 0; i < 4 * PAIRS; i++) {
        size_t place = i % PAIRS;
        expect(psa_sign_message(pair_keys[place], pairs[place].alg, message, sizeof(message), signature, sizeof(signature), &length) ==
               PSA_SUCCESS);
        expect(psa_verify_message(pair_keys[place], pairs[place].alg, message, sizeof(message), signature, length) == PSA_SUCCESS);
        signature[length - 1] ^= 1;
        expect(psa_verify_message(pair_keys[place], pairs[place].alg, message, sizeof(message), signature, length) ==
               PSA_ERROR_INVALID_SIGNATURE);
    }
    return NULL;
}

static void run(void *(*body)(void *))
{
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, body, (void *)(i * 7919u + 1u)), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(ATOMIC_LOAD(&wrong), 0);
}

static void volatile_keys_are_shared(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < SHARED; i++) {
        replace(i, i);
    }
    run(volatile_keys);
    for (uint32_t i = 0; i < SHARED; i++) {
        assert_int_equal(psa_destroy_key(shared[i]), PSA_SUCCESS);
    }
}

static void persistent_keys_are_shared(void **state)
{
    (void)state;
    run(persistent_keys);
}

static void threads_have_their_own(void **state)
{
    (void)state;
    run(own_keys);
}

static void one_pair_serves_all(void **state)
{
    (void)state;
    for (int round = 0; round < 6; round++) {
        for (size_t i = 0; i < PAIRS; i++) {
            psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
            psa_set_key_type(&attributes, pairs[i].type);
            psa_set_key_bits(&attributes, pairs[i].bits);
            psa_set_key_algorithm(&attributes, pairs[i].alg);
            psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE);
            assert_int_equal(psa_generate_key(&attributes, &pair_keys[i]), PSA_SUCCESS);
        }
        run(sign_and_verify);
        for (size_t i = 0; i < PAIRS; i++) {
            assert_int_equal(psa_destroy_key(pair_keys[i]), PSA_SUCCESS);
        }
    }
}

/* Who initialises first, and that all find the library open afterwards. */
static void *initialise(void *argument)
{
    (void)argument;
    expect(psa_crypto_init() == PSA_SUCCESS);
    own_keys(NULL);
    return NULL;
}

static void all_initialise_at_once(void **state)
{
    (void)state;
    psacrypto_shutdown();
    run(initialise);
}

static int start(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &space) == PSA_SUCCESS && psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(volatile_keys_are_shared),
        cmocka_unit_test(persistent_keys_are_shared),
        cmocka_unit_test(threads_have_their_own),
        cmocka_unit_test(one_pair_serves_all),
        cmocka_unit_test(all_initialise_at_once),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
