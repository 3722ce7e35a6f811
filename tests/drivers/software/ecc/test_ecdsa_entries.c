/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA: refusals, what is kept with keys, overlap, what happens when randomness is broken or memory missing. */
#include "ecdsa_calls.h"

#include "platform/platform.h"
#include "software/ecc/generic_base.h"
#include "support/quick.h"

#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)

/* ---- Refusals ---- */

static void verify_refusals(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    const struct sw_curve *curve = &row->curve;
    uint8_t private_key[32], public_key[65], hash[32] = { 1, 2, 3 }, good[65], bad[65];
    (void)state;
    decode(private_key, 32, RFC6979_KEY);
    assert_int_equal(curve->arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, good), PSA_SUCCESS);
    good[64] = 0;

    for (size_t length = 0; length <= 65; length++) {
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, good, length),
                         length == 64 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
    }
    for (size_t half = 0; half < 64; half += 32) { /* r, then s: 0, n, all-ones */
        memcpy(bad, good, 65);
        memset(bad + half, 0, 32);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
        memcpy(bad + half, curve->order, 32);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
        memset(bad + half, 0xff, 32);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
    }
    for (size_t bit = 0; bit < 512; bit += 5 * slow_step(7)) {
        memcpy(bad, good, 65);
        bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
    }
}

/* (r, n - s) is the same signature: ECDSA of FIPS 186-5 accepts both. */
static void verify_negated_s(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    const struct sw_curve *curve = &row->curve;
    uint8_t private_key[32], public_key[65], hash[32] = { 9 }, signature[64];
    (void)state;
    decode(private_key, 32, RFC6979_KEY);
    assert_int_equal(curve->arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, signature), PSA_SUCCESS);
    unsigned borrow = 0;
    for (size_t i = 32; i-- > 0;) {
        unsigned x = (unsigned)curve->order[i] - signature[32 + i] - borrow;
        signature[32 + i] = (uint8_t)x;
        borrow = (x >> 8) & 1u;
    }
    assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, signature, 64), PSA_SUCCESS);
}

/* What the entries refuse, and what they accept of key pairs. */
static void entries(void **state)
{
    uint8_t private_key[32], public_key[65], hash[32] = { 7 }, signature[64];
    psa_key_attributes_t pair_attributes, public_attributes;
    size_t length = 99;
    (void)state;
    decode(private_key, 32, RFC6979_KEY);
    const struct sw_curve *curve = sw_curve_find(PSA_ECC_FAMILY_SECP_R1, 256);
    assert_int_equal(curve->arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
    struct psacrypto_key pair = test_key(&pair_attributes, P256_PAIR, 256, private_key, 32);
    struct psacrypto_key public = test_key(&public_attributes, P256_PUBLIC, 256, public_key, 65);
    const struct psacrypto_sign_entries *e = &sw_sign_entries;
    const psa_algorithm_t alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);

    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 63, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(e->sign_hash(NULL, &public, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, hash, 1, signature, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->sign_hash(NULL, &pair, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, hash, 32, NULL, 0, signature, 64, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(e->sign_hash(NULL, &pair, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHAKE128_256), hash, 32, NULL, 0,
                                  signature, 64, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(length, 99);
    pair.length = 31;
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    pair.length = 32;
    psa_set_key_bits(&pair_attributes, 255);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_bits(&pair_attributes, 256);

    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_SUCCESS);
    assert_int_equal(length, 64);
    assert_int_equal(e->verify_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64), PSA_SUCCESS);
    assert_int_equal(e->verify_hash(NULL, &public, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), hash, 32, NULL, 0, signature, 64),
                     PSA_SUCCESS);
    signature[5] ^= 1;
    assert_int_equal(e->verify_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64), PSA_ERROR_INVALID_SIGNATURE);
}

/* With a pair, whose public key is kept too; what has been kept is what is read. */
static void prepared_pairs(void **state)
{
    static const uint8_t hash[32] = { 9, 8, 7 };
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct test_curve *row = test_curve_find(test_curves[i].names[0]);
        const struct sw_curve *curve = &row->curve;
        uint8_t private_key[SW_CURVE_LENGTH_MAX] = { 0 }, signature[SW_CURVE_SIGNATURE_MAX];
        psa_key_attributes_t attributes;
        memset(private_key + curve->order_length - 8, 0x5a, 8);
        assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, sizeof hash, signature), PSA_SUCCESS);
        struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), curve->bits, private_key,
                                            curve->order_length);
        assert_true(expect_verify_prepared(&key, PSA_ALG_ECDSA_ANY, hash, sizeof hash, signature, 2u * curve->order_length,
                                           PSA_SUCCESS) > 0);
        signature[3] ^= 1;
        assert_true(expect_verify_prepared(&key, PSA_ALG_ECDSA_ANY, hash, sizeof hash, signature, 2u * curve->order_length,
                                           PSA_ERROR_INVALID_SIGNATURE) > 0);
    }
}

/* Neither signing alone nor a public key without multiples has something to keep. */
static void nothing_prepared(void **state)
{
    static const uint8_t bytes[97] = { 4 };
    psa_key_attributes_t attributes;
    struct psacrypto_key pair = test_key(&attributes, P256_PAIR, 256, bytes, 32);
    (void)state;
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH);
    assert_int_equal(psacrypto_software_driver.prepared_size(NULL, &pair, PSA_ALG_ECDSA_ANY), 0);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_true(psacrypto_software_driver.prepared_size(NULL, &pair, PSA_ALG_ECDSA_ANY) > 0);
    struct psacrypto_key public_key = test_key(&attributes, P256_PUBLIC, 384, bytes, 97);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
    assert_int_equal(psacrypto_software_driver.prepared_size(NULL, &public_key, PSA_ALG_ECDSA_ANY), 0);
}

/* The signature may be written over the hash. */
static void overlap(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    const psa_algorithm_t alg = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);
    uint8_t private_key[32], apart[64], buffer[64 + 32];
    (void)state;
    decode(private_key, 32, RFC6979_KEY);
    for (size_t offset = 0; offset <= 64; offset += 8) {
        memset(buffer, 0x5a, sizeof buffer);
        assert_int_equal(sign(row, alg, private_key, buffer + offset, 32, apart), PSA_SUCCESS);
        assert_int_equal(sign(row, alg, private_key, buffer + offset, 32, buffer), PSA_SUCCESS);
        assert_memory_equal(apart, buffer, 64);
    }
}

/* ---- Randomness that fails ---- */

static void random_fails(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    uint8_t private_key[32], public_key[65], hash[32] = { 3 }, signature[64];
    (void)state;
    decode(private_key, 32, RFC6979_KEY);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, signature), PSA_SUCCESS);
    assert_int_equal(row->curve.arithmetic->public_key(&row->curve, public_key, private_key), PSA_SUCCESS);

    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    uint8_t untouched[64];
    memset(untouched, 0xa5, 64);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, untouched), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(untouched[0], 0xa5);
    /* Where the nonce is no question, nothing is blinded either. */
    uint8_t key_384[48] = { 0x44 }, signature_384[96];
    assert_int_equal(sign(test_curve_find("P-384"), PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), key_384, hash, 32, signature_384),
                     PSA_SUCCESS);
    assert_int_equal(sign(row, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), private_key, hash, 32, untouched), PSA_SUCCESS);
    /* A public operation needs none. */
    assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, signature, 64), PSA_SUCCESS);
    test_random.status = PSA_SUCCESS;

    /* A source that is stuck where no candidate is in range ends in an error, not in a loop. */
    test_random.stuck = 0xff;
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, untouched), PSA_ERROR_CORRUPTION_DETECTED);
    test_random.stuck = -1;
}

/* ---- r = 0 or s = 0, which no real curve shows: arithmetic that answers as told ---- */

static int zeros_left;
static uint8_t nonces_seen[16][32];
static int signs;

static psa_status_t fake_sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key, const uint8_t *nonce,
                              const uint8_t *e)
{
    (void)private_key;
    (void)e;
    memcpy(nonces_seen[signs++], nonce, 32);
    memset(signature, 0x11, 2u * curve->order_length);
    if (zeros_left > 0) {
        memset(signature + (size_t)(zeros_left % 2) * curve->order_length, 0, curve->order_length);
        zeros_left--;
    }
    return PSA_SUCCESS;
}

static psa_status_t fake_sign_run(int zeros, const struct sw_hash *nonce_hash, uint8_t *signature)
{
    struct sw_curve curve = test_curve_find("P-256")->curve;
    struct sw_curve_arithmetic arithmetic = *curve.arithmetic;
    uint8_t private_key[32] = { 0 }, hash[32] = { 5 };
    private_key[31] = 1;
    arithmetic.sign = fake_sign;
    curve.arithmetic = &arithmetic;
    zeros_left = zeros;
    signs = 0;
    return sw_ecdsa_sign(&curve, signature, private_key, nonce_hash, hash, 32);
}

static void zero_is_retried(void **state)
{
    const struct sw_hash *hashes[] = { NULL, sw_hash_find(PSA_ALG_SHA_256) };
    uint8_t signature[64];
    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(fake_sign_run(2, hashes[i], signature), PSA_SUCCESS);
        assert_int_equal(signs, 3);
        assert_memory_not_equal(nonces_seen[0], nonces_seen[1], 32);
        assert_memory_not_equal(nonces_seen[1], nonces_seen[2], 32);
        assert_int_equal(signature[0], 0x11);
        memset(signature, 0xa5, sizeof signature);
        assert_int_equal(fake_sign_run(1000, hashes[i], signature), PSA_ERROR_CORRUPTION_DETECTED);
        assert_int_equal(signature[0], 0xa5);
    }
}

/* ---- Out of memory ---- */

static psa_status_t sign_and_verify(const struct test_curve *row)
{
    const struct sw_curve *curve = &row->curve;
    uint8_t private_key[SW_CURVE_LENGTH_MAX] = { 0 }, public_key[SW_CURVE_POINT_MAX], hash[32] = { 4 };
    uint8_t signature[SW_CURVE_SIGNATURE_MAX];
    private_key[1] = 0x21;
    generic_base_close(); /* from a clean start: the multiples of the base point are made again */
    psa_status_t status = curve->arithmetic->public_key(curve, public_key, private_key);
    if (status == PSA_SUCCESS) {
        generic_base_close();
        status = sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, signature);
    }
    if (status == PSA_SUCCESS) {
        generic_base_close();
        status = verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, signature, 2u * curve->order_length);
    }
    return status;
}

/* Without the memory for them it works all the same. */
static void out_of_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i += slow_step(4)) {
        const struct test_curve *row = test_curve_find(test_curves[i].names[0]);
        if (row->curve.arithmetic != &sw_generic) {
            continue;
        }
        for (long k = 0; k <= 3; k++) {
            platform_test_fail_allocation(k);
            assert_int_equal(sign_and_verify(row), PSA_SUCCESS);
            assert_true(k == 0 || platform_test_allocations() >= k);
            platform_test_fail_allocation(0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verify_refusals),
        cmocka_unit_test(verify_negated_s),
        cmocka_unit_test(entries),
        cmocka_unit_test(prepared_pairs),
        cmocka_unit_test(nothing_prepared),
        cmocka_unit_test(overlap),
        cmocka_unit_test(random_fails),
        cmocka_unit_test(zero_is_retried),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
