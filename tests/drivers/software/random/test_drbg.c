/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CTR_DRBG beside OpenSSL's, which is given the same entropy through its TEST-RAND parent: without and with a derivation
 * function, over seeds, personalisation strings, request sizes and reseeding.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>

#include "software/random/drbg.h"

/* A pattern that differs from place to place and from case to case. */
static void fill(uint8_t *bytes, size_t length, uint32_t number)
{
    uint32_t x = 0x9e3779b9u ^ (number * 0x85ebca6bu);
    for (size_t i = 0; i < length; i++) {
        x = x * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(x >> 24);
    }
}

/* ---- OpenSSL's generator ---- */

struct peer {
    EVP_RAND_CTX *parent;
    EVP_RAND_CTX *drbg;
};

static void peer_entropy(struct peer *peer, uint8_t *entropy, size_t entropy_length, uint8_t *nonce, size_t nonce_length)
{
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_RAND_PARAM_TEST_ENTROPY, entropy, entropy_length),
        OSSL_PARAM_construct_octet_string(OSSL_RAND_PARAM_TEST_NONCE, nonce, nonce_length),
        OSSL_PARAM_construct_end(),
    };
    assert_int_equal(EVP_RAND_CTX_set_params(peer->parent, params), 1);
}

static EVP_RAND_CTX *peer_context(const char *name, EVP_RAND_CTX *parent)
{
    EVP_RAND *algorithm = EVP_RAND_fetch(NULL, name, NULL);
    assert_non_null(algorithm);
    EVP_RAND_CTX *context = EVP_RAND_CTX_new(algorithm, parent);
    assert_non_null(context);
    EVP_RAND_free(algorithm);
    return context;
}

static void peer_start(struct peer *peer, int derivation_function, uint8_t *entropy, size_t entropy_length,
                       uint8_t *nonce, size_t nonce_length, const uint8_t *personalisation, size_t personalisation_length)
{
    static char cipher[] = "AES-256-CTR";
    unsigned int strength = 256;
    size_t most = 1u << 16;
    peer->parent = peer_context("TEST-RAND", NULL);
    OSSL_PARAM parent_params[] = {
        OSSL_PARAM_construct_uint(OSSL_RAND_PARAM_STRENGTH, &strength),
        OSSL_PARAM_construct_size_t(OSSL_RAND_PARAM_MAX_REQUEST, &most),
        OSSL_PARAM_construct_end(),
    };
    assert_int_equal(EVP_RAND_CTX_set_params(peer->parent, parent_params), 1);
    assert_int_equal(EVP_RAND_instantiate(peer->parent, 256, 0, NULL, 0, NULL), 1);
    peer_entropy(peer, entropy, entropy_length, nonce, nonce_length);
    peer->drbg = peer_context("CTR-DRBG", peer->parent);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_DRBG_PARAM_CIPHER, cipher, 0),
        OSSL_PARAM_construct_int(OSSL_DRBG_PARAM_USE_DF, &derivation_function),
        OSSL_PARAM_construct_end(),
    };
    assert_int_equal(EVP_RAND_instantiate(peer->drbg, 256, 0, personalisation, personalisation_length, params), 1);
}

static void peer_end(struct peer *peer)
{
    EVP_RAND_CTX_free(peer->drbg);
    EVP_RAND_CTX_free(peer->parent);
}

static void compare(struct drbg *drbg, struct peer *peer, size_t size)
{
    static uint8_t ours[DRBG_REQUEST_MAX];
    static uint8_t theirs[DRBG_REQUEST_MAX];
    memset(ours, 0x55, sizeof(ours));
    drbg_generate(drbg, ours, size);
    assert_int_equal(EVP_RAND_generate(peer->drbg, theirs, size, 256, 0, NULL, 0), 1);
    assert_memory_equal(ours, theirs, size);
    if (size < sizeof(ours)) {
        assert_int_equal(ours[size], 0x55);
    }
}

static const size_t sizes[] = { 1, 15, 16, 17, 31, 32, 48, 64, 100, 1000, 1024, 4099, 16384, DRBG_REQUEST_MAX };

#define SIZE_COUNT (sizeof(sizes) / sizeof(sizes[0]))

static size_t compared;

static void compare_sizes(struct drbg *drbg, struct peer *peer)
{
    for (size_t i = 0; i < SIZE_COUNT; i++) {
        compare(drbg, peer, sizes[i]);
        compared++;
    }
}

static void same_without_derivation_function(void **state)
{
    (void)state;
    compared = 0;
    for (uint32_t number = 0; number < 20u; number++) {
        struct drbg drbg;
        struct peer peer;
        uint8_t seed[DRBG_SEED_SIZE];
        uint8_t unused[1] = { 0 };
        uint8_t personalisation[DRBG_SEED_SIZE];
        const size_t personalisation_length = number * 5u % (DRBG_SEED_SIZE + 1u);
        fill(seed, sizeof(seed), number);
        fill(personalisation, sizeof(personalisation), 1000u + number);
        peer_start(&peer, 0, seed, sizeof(seed), unused, sizeof(unused), personalisation, personalisation_length);
        drbg_instantiate(&drbg, seed, personalisation, personalisation_length);
        compare_sizes(&drbg, &peer);

        fill(seed, sizeof(seed), 2000u + number);
        peer_entropy(&peer, seed, sizeof(seed), unused, sizeof(unused));
        assert_int_equal(EVP_RAND_reseed(peer.drbg, 0, NULL, 0, NULL, 0), 1);
        drbg_reseed(&drbg, seed);
        assert_int_equal(drbg.requests, 0);
        compare_sizes(&drbg, &peer);
        assert_int_equal(drbg.requests, SIZE_COUNT);
        peer_end(&peer);
    }
    assert_int_equal(compared, 20u * 2u * SIZE_COUNT);
}

/* With the derivation function the seed is condition(entropy, nonce, personalisation), a later one condition(entropy). */
static void same_with_derivation_function(void **state)
{
    (void)state;
    compared = 0;
    for (uint32_t number = 0; number < 40u; number++) {
        struct drbg drbg;
        struct peer peer;
        uint8_t seed[DRBG_SEED_SIZE];
        uint8_t entropy[200];
        uint8_t nonce[40];
        uint8_t personalisation[120];
        const size_t entropy_length = 32u + number * 4u;
        const size_t nonce_length = 16u + number % 24u;
        const size_t personalisation_length = number * 3u;
        const struct drbg_part parts[] = {
            { entropy, entropy_length },
            { nonce, nonce_length },
            { personalisation_length != 0 ? personalisation : NULL, personalisation_length },
        };
        fill(entropy, sizeof(entropy), number);
        fill(nonce, sizeof(nonce), 3000u + number);
        fill(personalisation, sizeof(personalisation), 4000u + number);
        peer_start(&peer, 1, entropy, entropy_length, nonce, nonce_length, personalisation, personalisation_length);
        drbg_condition(seed, parts, 3);
        drbg_instantiate(&drbg, seed, NULL, 0);
        compare_sizes(&drbg, &peer);

        fill(entropy, sizeof(entropy), 5000u + number);
        peer_entropy(&peer, entropy, entropy_length, nonce, nonce_length);
        assert_int_equal(EVP_RAND_reseed(peer.drbg, 0, NULL, 0, NULL, 0), 1);
        drbg_condition(seed, parts, 1);
        drbg_reseed(&drbg, seed);
        compare_sizes(&drbg, &peer);
        peer_end(&peer);
    }
    assert_int_equal(compared, 40u * 2u * SIZE_COUNT);
}

/* However the input is cut, the seed is the same. */
static void conditioning_takes_every_cut(void **state)
{
    (void)state;
    uint8_t input[67];
    uint8_t whole[DRBG_SEED_SIZE];
    uint8_t cut[DRBG_SEED_SIZE];
    fill(input, sizeof(input), 7);
    const struct drbg_part one[] = { { input, sizeof(input) } };
    drbg_condition(whole, one, 1);
    for (size_t first = 0; first <= sizeof(input); first++) {
        for (size_t second = first; second <= sizeof(input); second++) {
            const struct drbg_part three[] = {
                { input, first },
                { input + first, second - first },
                { input + second, sizeof(input) - second },
            };
            drbg_condition(cut, three, 3);
            assert_memory_equal(cut, whole, sizeof(whole));
        }
    }
    drbg_condition(cut, NULL, 0);
    assert_memory_not_equal(cut, whole, sizeof(whole));
}

/* The state after a request does not hold what the request gave out, nor the key that made it. */
static void a_request_changes_the_state(void **state)
{
    (void)state;
    struct drbg drbg;
    uint8_t seed[DRBG_SEED_SIZE];
    uint8_t output[16];
    fill(seed, sizeof(seed), 1);
    drbg_instantiate(&drbg, seed, NULL, 0);
    const struct drbg before = drbg;
    drbg_generate(&drbg, output, sizeof(output));
    assert_memory_not_equal(drbg.key, before.key, sizeof(drbg.key));
    assert_memory_not_equal(drbg.counter, before.counter, sizeof(drbg.counter));
    assert_int_equal(drbg.requests, 1);
    drbg_generate(&drbg, output, 0);
    assert_int_equal(drbg.requests, 2);
}

static void the_self_test_passes(void **state)
{
    (void)state;
    assert_int_equal(drbg_self_test(), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_without_derivation_function),
        cmocka_unit_test(same_with_derivation_function),
        cmocka_unit_test(conditioning_takes_every_cut),
        cmocka_unit_test(a_request_changes_the_state),
        cmocka_unit_test(the_self_test_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
