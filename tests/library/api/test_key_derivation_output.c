/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation: bytes, keys, verification; what the inputs permit; what is left when something goes wrong. */
#include "derivation.h"

#include "support/allocation.h"

/* RFC 5869, A.1. */
static const uint8_t rfc_salt[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
static const uint8_t rfc_info[] = { 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9 };
static const uint8_t rfc_output[42] = {
    0x3c, 0xb2, 0x5f, 0x25, 0xfa, 0xac, 0xd5, 0x7a, 0x90, 0x43, 0x4f, 0x64, 0xd0, 0x36, 0x2f, 0x2a, 0x2d, 0x2d, 0x0a, 0x90, 0xcf,
    0x1a, 0x5a, 0x4c, 0x5d, 0xb0, 0x2d, 0x56, 0xec, 0xc4, 0xc5, 0xbf, 0x34, 0x00, 0x72, 0x08, 0xd5, 0xb8, 0x87, 0x18, 0x58, 0x65,
};

/* All inputs of the test of the RFC, the secret as a key that permits usage. */
static operation_t ready(psa_key_usage_t usage)
{
    uint8_t secret[22];
    memset(secret, 0x0b, sizeof secret);
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_DERIVE, 0, usage, HKDF, secret, sizeof secret);
    operation_t operation = started(HKDF);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, SALT, rfc_salt, sizeof rfc_salt), PSA_SUCCESS);
    give_key(&operation, SECRET, key);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, INFO, rfc_info, sizeof rfc_info), PSA_SUCCESS);
    toy_destroy(key);
    return operation;
}

/* ---- Bytes ---- */

static void move(operation_t *operation)
{
    operation_t elsewhere;
    memcpy(&elsewhere, operation, sizeof elsewhere);
    memset(operation, 0xa5, sizeof *operation);
    memcpy(operation, &elsewhere, sizeof elsewhere);
}

static void a_stream_in_pieces(void **state)
{
    (void)state;
    for (size_t piece = 1; piece <= 42; piece++) {
        uint8_t output[42] = { 0 };
        operation_t operation = ready(DERIVE);
        for (size_t at = 0; at < 42; at += piece) {
            size_t take = 42 - at < piece ? 42 - at : piece;
            move(&operation);
            assert_int_equal(psa_key_derivation_output_bytes(&operation, output + at, take), PSA_SUCCESS);
            assert_int_equal(capacity_of(&operation), 255 * 32 - at - take);
        }
        assert_memory_equal(output, rfc_output, 42);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, NULL, 0), PSA_SUCCESS);
        done(&operation);
    }
}

/* A context that does not lie within the operation. */
static void moved_with_memory(void **state)
{
    uint8_t once[20], moved[20];
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        operation_t operation = started(PRF);
        give(&operation, SEED, 3);
        i == 1 ? move(&operation) : (void)0;
        give(&operation, SECRET, 3);
        i == 1 ? move(&operation) : (void)0;
        give(&operation, LABEL, 3);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, i == 0 ? once : moved, 20), PSA_SUCCESS);
        done(&operation);
    }
    assert_memory_equal(once, moved, 20);
}

static void not_enough(void **state)
{
    uint8_t output[40];
    (void)state;
    operation_t operation = ready(DERIVE);
    memset(output, 0x5a, sizeof output);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 30), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 31), PSA_ERROR_INSUFFICIENT_DATA);
    for (unsigned i = 0; i < 40; i++) {
        assert_int_equal(output[i], 0x5a); /* nothing was written */
    }
    assert_int_equal(capacity_of(&operation), 0); /* which works: it is no error state */
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 1), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(psa_key_derivation_verify_bytes(&operation, output, 1), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 0), PSA_SUCCESS);
    done(&operation);
}

/* To the last byte of a capacity, in the middle of a block, and no further. */
static void to_the_end(void **state)
{
    uint8_t output[255 * 32];
    (void)state;
    operation_t operation = ready(DERIVE);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, sizeof output - 1), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 1), PSA_SUCCESS);
    assert_int_equal(capacity_of(&operation), 0);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 1), PSA_ERROR_INSUFFICIENT_DATA);
    done(&operation);
}

static void inputs_are_missing(void **state)
{
    static const struct {
        psa_algorithm_t alg;
        psa_key_derivation_step_t given[3];
    } rows[] = {
        { HKDF, { 0 } }, { HKDF, { SALT, INFO } }, { HKDF, { SECRET } }, { EXTRACT, { SALT } }, { EXPAND, { SECRET } },
        { PBKDF2, { COST } }, { PBKDF2, { COST, SALT } }, { PRF, { SEED, SECRET } }, { PSK_TO_MS, { SEED, SECRET } },
        { COUNTER_HMAC, { 0 } }, { TO_PMS, { 0 } }, { H2E, { SALT } },
    };
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 128, DERIVE, HKDF);
    uint8_t output[4] = { 7 };
    psa_key_id_t key = 7;
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        for (unsigned call = 0; call < 3; call++) {
            operation_t operation = started(rows[r].alg);
            for (unsigned i = 0; i < 3 && rows[r].given[i] != 0; i++) {
                assert_int_equal(rows[r].given[i] == COST ? psa_key_derivation_input_integer(&operation, COST, 1)
                                                          : psa_key_derivation_input_bytes(&operation, rows[r].given[i], bytes, 32),
                                 PSA_SUCCESS);
            }
            psa_status_t status = call == 0 ? psa_key_derivation_output_bytes(&operation, output, 4)
                : call == 1 ? psa_key_derivation_verify_bytes(&operation, bytes, 4)
                            : psa_key_derivation_output_key(&attributes, &operation, &key);
            assert_int_equal(status, PSA_ERROR_BAD_STATE);
            is_failed(&operation);
        }
    }
    assert_int_equal(output[0], 7);
    assert_int_equal(key, PSA_KEY_ID_NULL);
}

static void null_pointers(void **state)
{
    (void)state;
    operation_t operation = ready(DERIVE);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = ready(DERIVE);
    assert_int_equal(psa_key_derivation_verify_bytes(&operation, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
}

/* ---- What the inputs permit ---- */

/* Salt and secret as bytes (0) or as keys with this usage; then each kind of output. */
static void permissions(void **state)
{
    static const struct {
        psa_key_usage_t salt, secret;
        int bytes_come, keys_come;
    } rows[] = {
        { 0, 0, 1, 0 }, { DERIVE, 0, 1, 0 }, { VERIFY, 0, 0, 0 },
        { 0, DERIVE, 1, 1 }, { DERIVE, DERIVE, 1, 1 }, { DERIVE | VERIFY, DERIVE, 1, 1 }, { VERIFY, DERIVE, 0, 0 },
        { 0, VERIFY, 0, 0 }, { DERIVE, VERIFY, 0, 0 }, { VERIFY, VERIFY, 0, 0 }, { 0, DERIVE | VERIFY, 1, 1 },
    };
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 128, DERIVE, HKDF);
    uint8_t expected[16];
    (void)state;
    operation_t operation = started(HKDF);
    give(&operation, SALT, 8);
    give(&operation, SECRET, 8);
    give(&operation, INFO, 1);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, expected, 16), PSA_SUCCESS);
    done(&operation);
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        for (unsigned call = 0; call < 3; call++) {
            psa_key_id_t made = PSA_KEY_ID_NULL;
            uint8_t output[16] = { 0 };
            psa_key_id_t salt = toy_key(PSA_KEY_TYPE_RAW_DATA, 0, rows[r].salt, HKDF, bytes, 8);
            psa_key_id_t secret = toy_key(PSA_KEY_TYPE_DERIVE, 0, rows[r].secret, HKDF, bytes, 8);
            operation = started(HKDF);
            rows[r].salt == 0 ? give(&operation, SALT, 8) : give_key(&operation, SALT, salt);
            rows[r].secret == 0 ? give(&operation, SECRET, 8) : give_key(&operation, SECRET, secret);
            give(&operation, INFO, 1);
            psa_status_t status = call == 0 ? psa_key_derivation_output_bytes(&operation, output, 16)
                : call == 1 ? psa_key_derivation_output_key(&attributes, &operation, &made)
                            : psa_key_derivation_verify_bytes(&operation, expected, 16);
            int permitted = call == 0 ? rows[r].bytes_come : call == 1 ? rows[r].keys_come : 1;
            if (status != (permitted ? PSA_SUCCESS : PSA_ERROR_NOT_PERMITTED)) {
                fail_msg("row %zu, call %u: status %d", r, call, (int)status);
            }
            assert_int_equal(made != PSA_KEY_ID_NULL, call == 1 && permitted);
            if (!permitted) {
                is_failed(&operation);
            }
            toy_destroy(made);
            toy_destroy(salt);
            toy_destroy(secret);
            done(&operation);
        }
    }
}

/* ---- Verification ---- */

static void verify_bytes(void **state)
{
    uint8_t wrong[42];
    (void)state;
    operation_t operation = ready(VERIFY);
    assert_int_equal(psa_key_derivation_verify_bytes(&operation, rfc_output, 10), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_verify_bytes(&operation, NULL, 0), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_verify_bytes(&operation, rfc_output + 10, 32), PSA_SUCCESS);
    assert_int_equal(capacity_of(&operation), 255 * 32 - 42);
    done(&operation);
    for (unsigned i = 0; i < 42; i++) {
        memcpy(wrong, rfc_output, 42);
        wrong[i] ^= (uint8_t)(1u << (i % 8u));
        operation = ready(VERIFY);
        assert_int_equal(psa_key_derivation_verify_bytes(&operation, wrong, 42), PSA_ERROR_INVALID_SIGNATURE);
        is_failed(&operation);
    }
}

/* More than is compared at once: the first and the last byte count alike. */
static void verify_long(void **state)
{
    uint8_t expected[1000];
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        operation_t operation = ready(DERIVE);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, expected, 1000), PSA_SUCCESS);
        done(&operation);
        operation = ready(VERIFY);
        if (i != 0) {
            expected[i == 1 ? 0 : i == 2 ? 999 : 300] ^= 0x80;
        }
        assert_int_equal(psa_key_derivation_verify_bytes(&operation, expected, 1000), i == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        done(&operation);
    }
}

static psa_status_t verify_with(psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg, size_t length, uint8_t change)
{
    uint8_t expected[42];
    memcpy(expected, rfc_output, 42);
    expected[length - 1] ^= change;
    psa_key_id_t key = toy_key(type, 0, usage, alg, expected, length);
    operation_t operation = ready(VERIFY);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 41), PSA_SUCCESS);
    psa_status_t status = psa_key_derivation_verify_key(&operation, key);
    if (status == PSA_SUCCESS || status == PSA_ERROR_INSUFFICIENT_DATA) {
        assert_int_equal(capacity_of(&operation), status == PSA_SUCCESS ? 41 - length : 0);
        done(&operation);
    } else {
        is_failed(&operation);
    }
    toy_destroy(key);
    return status;
}

static void verify_key(void **state)
{
    const psa_key_type_t hash = PSA_KEY_TYPE_PASSWORD_HASH;
    (void)state;
    assert_int_equal(verify_with(hash, VERIFY, HKDF, 40, 0), PSA_SUCCESS);
    assert_int_equal(verify_with(hash, VERIFY, HKDF, 41, 0), PSA_SUCCESS);
    assert_int_equal(verify_with(hash, VERIFY, HKDF, 42, 0), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(verify_with(hash, VERIFY, HKDF, 40, 1), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(verify_with(hash, DERIVE | PSA_KEY_USAGE_EXPORT, HKDF, 40, 0), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(verify_with(hash, VERIFY, PBKDF2, 40, 0), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(verify_with(PSA_KEY_TYPE_PASSWORD, VERIFY, HKDF, 40, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(verify_with(PSA_KEY_TYPE_DERIVE, VERIFY, HKDF, 40, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(verify_with(PSA_KEY_TYPE_DERIVE, DERIVE, HKDF, 40, 0), PSA_ERROR_NOT_PERMITTED);
    operation_t operation = ready(VERIFY);
    assert_int_equal(psa_key_derivation_verify_key(&operation, PSA_KEY_ID_NULL), PSA_ERROR_INVALID_HANDLE);
    is_failed(&operation);
    /* The policy is looked at before the inputs. */
    for (unsigned i = 0; i < 2; i++) {
        psa_key_id_t key = toy_key(hash, 0, i == 0 ? VERIFY : PSA_KEY_USAGE_EXPORT, PBKDF2, bytes, 32);
        operation = started(PBKDF2);
        assert_int_equal(psa_key_derivation_input_integer(&operation, COST, 1), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_verify_key(&operation, key), i == 0 ? PSA_ERROR_BAD_STATE : PSA_ERROR_NOT_PERMITTED);
        is_failed(&operation);
        toy_destroy(key);
    }
}

/* ---- Algorithms that give no stream ---- */

static void secret_in_one_piece(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 128, 0, PSA_ALG_NONE);
    psa_key_id_t secret = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, TO_PMS, bytes, 65), key;
    uint8_t output[32];
    (void)state;
    const size_t lengths[] = { 1, 31, 32, 33 };
    for (unsigned i = 0; i < 4; i++) {
        operation_t operation = started(TO_PMS);
        give_key(&operation, SECRET, secret);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output, lengths[i]),
                         i < 2 ? PSA_ERROR_INVALID_ARGUMENT : i == 2 ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_DATA);
        done(&operation);
    }
    for (unsigned i = 0; i < 2; i++) {
        operation_t operation = started(TO_PMS);
        give_key(&operation, SECRET, secret);
        psa_set_key_bits(&attributes, i == 0 ? 128 : 256);
        assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), i == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS);
        toy_destroy(key);
        done(&operation);
    }
    toy_destroy(secret);
}

static void no_bytes_of_a_token(void **state)
{
    uint8_t output[4] = { 1 };
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        psa_key_id_t expected = toy_key(PSA_KEY_TYPE_PASSWORD_HASH, 0, VERIFY, H2E, bytes, 4);
        operation_t operation = started(H2E);
        give(&operation, SALT, 4);
        give(&operation, PASSWORD, 4);
        assert_int_equal(i == 0 ? psa_key_derivation_output_bytes(&operation, output, 4)
                         : i == 1 ? psa_key_derivation_verify_bytes(&operation, output, 4)
                                  : psa_key_derivation_verify_key(&operation, expected), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(output[0], 1);
        is_failed(&operation);
        toy_destroy(expected);
    }
}

/* ---- Without memory ---- */

static psa_status_t derive_and_verify(void *context)
{
    operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    const psa_key_id_t *keys = context;
    psa_key_id_t key = PSA_KEY_ID_NULL;
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_PASSWORD_HASH, 256, VERIFY, PRF);
    psa_status_t status = psa_key_derivation_setup(&operation, PRF);
    status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, SEED, bytes, 9) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_input_key(&operation, SECRET, keys[0]) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, LABEL, bytes, 9) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_output_key(&attributes, &operation, &key) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_verify_key(&operation, keys[1]) : status;
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t keys[2] = { toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PRF, bytes, 32), PSA_KEY_ID_NULL };
    uint8_t output[64];
    (void)state;
    operation_t operation = started(PRF);
    give(&operation, SEED, 9);
    give_key(&operation, SECRET, keys[0]);
    give(&operation, LABEL, 9);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 64), PSA_SUCCESS);
    done(&operation);
    keys[1] = toy_key(PSA_KEY_TYPE_PASSWORD_HASH, 0, VERIFY, PRF, output + 32, 32);
    /* At least: the operation's context, a record of the seed, the key drawn, the key to compare with. */
    assert_true(allocation_fails_each(derive_and_verify, keys) >= 4);
    toy_destroy(keys[0]);
    toy_destroy(keys[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(a_stream_in_pieces),
        TOY_TEST(moved_with_memory),
        TOY_TEST(not_enough),
        TOY_TEST(to_the_end),
        TOY_TEST(inputs_are_missing),
        TOY_TEST(null_pointers),
        TOY_TEST(permissions),
        TOY_TEST(verify_bytes),
        TOY_TEST(verify_long),
        TOY_TEST(verify_key),
        TOY_TEST(secret_in_one_piece),
        TOY_TEST(no_bytes_of_a_token),
        TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
