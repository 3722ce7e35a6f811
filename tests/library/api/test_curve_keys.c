/* SPDX-License-Identifier: Apache-2.0 */
/* Montgomery and Edwards curves through the API: pairs that are generated and exported, agreements, EdDSA in all its forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>
#include <psacrypto/config.h>

#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define USAGE (PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH)

static const struct row {
    size_t bits, length;
    psa_algorithm_t prehashed, hash;
} rows[] = {
    { 255, 32, PSA_ALG_ED25519PH, PSA_ALG_SHA_512 },
    { 448, 57, PSA_ALG_ED448PH, PSA_ALG_SHAKE256_512 },
};
#define ROWS (sizeof rows / sizeof rows[0])

static const uint8_t message[150] = { 1, 2, 3 }, context[20] = { 4, 5, 6 };

static psa_key_attributes_t attributes_of(psa_key_type_t type, size_t bits, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage | PSA_KEY_USAGE_EXPORT);
    return attributes;
}

static psa_key_id_t generate(psa_key_type_t type, size_t bits, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = attributes_of(type, bits, alg, usage);
    psa_key_id_t key;
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

/* ---- EdDSA ---- */

struct signature {
    uint8_t bytes[PSA_SIGNATURE_MAX_SIZE];
    size_t length;
};

static psa_status_t verify_parts(psa_key_id_t key, psa_algorithm_t alg, size_t context_length, size_t cut, const struct signature *signature)
{
    psa_verify_operation_t operation = PSA_VERIFY_OPERATION_INIT;
    assert_int_equal(psa_verify_setup(&operation, key, alg, signature->bytes, signature->length), PSA_SUCCESS);
    if (alg != PSA_ALG_PURE_EDDSA) {
        assert_int_equal(psa_verify_set_context(&operation, context, context_length), PSA_SUCCESS);
    }
    assert_int_equal(psa_verify_update(&operation, message, cut), PSA_SUCCESS);
    assert_int_equal(psa_verify_update(&operation, message + cut, sizeof message - cut), PSA_SUCCESS);
    return psa_verify_finish(&operation);
}

/* The pair that signed, and its public key. */
static void check_signature(psa_key_id_t pair, size_t bits, psa_algorithm_t alg, size_t context_length, const struct signature *signature)
{
    psa_key_attributes_t attributes = attributes_of(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(PAIR), bits, alg, USAGE);
    uint8_t point[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
    psa_key_id_t keys[2] = { pair, PSA_KEY_ID_NULL };
    struct signature wrong = *signature;
    size_t length;
    assert_int_equal(psa_export_public_key(pair, point, sizeof point, &length), PSA_SUCCESS);
    assert_int_equal(length, PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PAIR, bits));
    assert_int_equal(psa_import_key(&attributes, point, length, &keys[1]), PSA_SUCCESS);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(psa_verify_message_with_context(keys[i], alg, message, sizeof message, context, context_length, signature->bytes,
                                                         signature->length),
                         PSA_SUCCESS);
        for (size_t cut = 0; cut <= sizeof message; cut += 50) {
            wrong.bytes[cut % wrong.length] ^= 4;
            assert_int_equal(verify_parts(keys[i], alg, context_length, cut, signature), PSA_SUCCESS);
            assert_int_equal(verify_parts(keys[i], alg, context_length, cut, &wrong), PSA_ERROR_INVALID_SIGNATURE);
            wrong.bytes[cut % wrong.length] ^= 4;
        }
    }
    assert_int_equal(psa_destroy_key(keys[1]), PSA_SUCCESS);
}

/* Messages: signed at once, verified at once and in parts; not signed in parts, for they are read twice. */
static void messages(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_PURE_EDDSA, PSA_ALG_EDDSA_CTX };
    (void)state;
    for (size_t i = 0; i < 2 * ROWS; i++) {
        psa_algorithm_t alg = algs[i % 2];
        size_t bits = rows[i / 2].bits, context_length = alg == PSA_ALG_EDDSA_CTX ? sizeof context : 0;
        psa_key_id_t key = generate(PAIR, bits, alg, USAGE);
        psa_sign_operation_t operation = PSA_SIGN_OPERATION_INIT;
        struct signature signature;
        assert_int_equal(psa_sign_message_with_context(key, alg, message, sizeof message, context, context_length, signature.bytes,
                                                       PSA_SIGN_OUTPUT_SIZE(PAIR, bits, alg), &signature.length),
                         PSA_SUCCESS);
        assert_int_equal(signature.length, 2 * rows[i / 2].length);
        check_signature(key, bits, alg, context_length, &signature);
        assert_int_equal(psa_sign_setup(&operation, key, alg), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(psa_sign_hash(key, alg, message, 64, signature.bytes, sizeof signature.bytes, &signature.length),
                         PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void sign_parts(psa_key_id_t key, psa_algorithm_t alg, size_t cut, struct signature *signature)
{
    psa_sign_operation_t operation = PSA_SIGN_OPERATION_INIT;
    assert_int_equal(psa_sign_setup(&operation, key, alg), PSA_SUCCESS);
    assert_int_equal(psa_sign_set_context(&operation, context, sizeof context), PSA_SUCCESS);
    assert_int_equal(psa_sign_update(&operation, message, cut), PSA_SUCCESS);
    assert_int_equal(psa_sign_update(&operation, message + cut, sizeof message - cut), PSA_SUCCESS);
    assert_int_equal(psa_sign_finish(&operation, signature->bytes, sizeof signature->bytes, &signature->length), PSA_SUCCESS);
}

/* Prehashed: the message at once, in parts, and its hash give one signature. */
static void prehashed(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        psa_algorithm_t alg = rows[i].prehashed;
        psa_key_id_t key = generate(PAIR, rows[i].bits, alg, USAGE);
        struct signature once, again;
        uint8_t hash[64];
        size_t length;
        assert_int_equal(psa_sign_message_with_context(key, alg, message, sizeof message, context, sizeof context, once.bytes,
                                                       sizeof once.bytes, &once.length),
                         PSA_SUCCESS);
        check_signature(key, rows[i].bits, alg, sizeof context, &once);
        for (size_t cut = 0; cut <= sizeof message; cut += 75) {
            sign_parts(key, alg, cut, &again);
            assert_int_equal(again.length, 2 * rows[i].length);
            assert_memory_equal(again.bytes, once.bytes, once.length);
        }
        assert_int_equal(psa_hash_compute(rows[i].hash, message, sizeof message, hash, sizeof hash, &length), PSA_SUCCESS);
        assert_int_equal(length, 64);
        assert_int_equal(psa_sign_hash_with_context(key, alg, hash, 64, context, sizeof context, again.bytes, sizeof again.bytes,
                                                    &again.length),
                         PSA_SUCCESS);
        assert_memory_equal(again.bytes, once.bytes, once.length);
        assert_int_equal(psa_verify_hash_with_context(key, alg, hash, 64, context, sizeof context, once.bytes, once.length), PSA_SUCCESS);
        assert_int_equal(psa_verify_hash(key, alg, hash, 64, once.bytes, once.length), PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(psa_sign_hash(key, alg, hash, 63, again.bytes, sizeof again.bytes, &again.length), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

/* A signature of a wrong length is found wrong at the end, in every scheme: until then the operation goes on. */
static void wrong_lengths(void **state)
{
    static uint8_t bytes[PSA_SIGNATURE_MAX_SIZE + 1];
    (void)state;
    for (size_t i = 0; i < 3 * ROWS; i++) {
        const struct row *row = &rows[i / 3];
        const psa_algorithm_t algs[] = { PSA_ALG_PURE_EDDSA, PSA_ALG_EDDSA_CTX, row->prehashed };
        /* The longest one that is kept has no room in a pool. */
        const size_t longest = PSACRYPTO_HEAPLESS ? 1000 : PSA_SIGNATURE_MAX_SIZE;
        const size_t lengths[] = { 0, 1, 2 * row->length - 1, 2 * row->length + 1, longest, sizeof bytes };
        psa_algorithm_t alg = algs[i % 3];
        psa_key_id_t key = generate(PAIR, row->bits, alg, USAGE);
        for (size_t j = 0; j < sizeof lengths / sizeof lengths[0]; j++) {
            psa_verify_operation_t operation = PSA_VERIFY_OPERATION_INIT;
            assert_int_equal(psa_verify_message(key, alg, message, sizeof message, bytes, lengths[j]), PSA_ERROR_INVALID_SIGNATURE);
            assert_int_equal(psa_verify_setup(&operation, key, alg, bytes, lengths[j]), PSA_SUCCESS);
            assert_int_equal(psa_verify_set_context(&operation, context, alg == PSA_ALG_PURE_EDDSA ? 0 : sizeof context), PSA_SUCCESS);
            assert_int_equal(psa_verify_update(&operation, message, sizeof message), PSA_SUCCESS);
            assert_int_equal(psa_verify_finish(&operation), PSA_ERROR_INVALID_SIGNATURE);
            assert_int_equal(psa_verify_finish(&operation), PSA_ERROR_BAD_STATE);
            assert_int_equal(psa_verify_abort(&operation), PSA_SUCCESS);
        }
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

/* One curve's algorithm does not go with the other's keys. */
static void other_curve(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        psa_algorithm_t alg = rows[1 - i].prehashed;
        struct signature signature = { { 0 }, 0 };
        psa_key_id_t key = generate(PAIR, rows[i].bits, alg, USAGE);
        assert_int_equal(psa_sign_message(key, alg, message, sizeof message, signature.bytes, sizeof signature.bytes, &signature.length),
                         PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(signature.length, 0);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

/* ---- Agreement ---- */

static void agreements(void **state)
{
    static const struct {
        size_t bits, length;
    } curves[] = { { 255, 32 }, { 448, 56 } };
    const psa_key_type_t type = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY);
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        psa_key_id_t keys[2];
        uint8_t points[2][56], secrets[2][56], zero[56] = { 0 };
        size_t length;
        for (int j = 0; j < 2; j++) {
            keys[j] = generate(type, curves[i].bits, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE);
            assert_int_equal(psa_export_public_key(keys[j], points[j], sizeof points[j], &length), PSA_SUCCESS);
            assert_int_equal(length, curves[i].length);
        }
        for (int j = 0; j < 2; j++) {
            assert_int_equal(psa_raw_key_agreement(PSA_ALG_ECDH, keys[j], points[1 - j], length, secrets[j], sizeof secrets[j], &length),
                             PSA_SUCCESS);
            assert_int_equal(length, PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(type, curves[i].bits));
        }
        assert_memory_equal(secrets[0], secrets[1], length);
        /* A point of small order: the secret would be all zeros (RFC 7748, 6). */
        assert_int_equal(psa_raw_key_agreement(PSA_ALG_ECDH, keys[0], zero, curves[i].length, secrets[0], sizeof secrets[0], &length),
                         PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(length, 0);
        assert_int_equal(psa_destroy_key(keys[0]), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(keys[1]), PSA_SUCCESS);
    }
}

static int open_library(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages), cmocka_unit_test(prehashed), cmocka_unit_test(wrong_lengths), cmocka_unit_test(other_curve),
        cmocka_unit_test(agreements),
    };
    return cmocka_run_group_tests(tests, open_library, NULL);
}
