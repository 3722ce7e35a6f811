/* SPDX-License-Identifier: Apache-2.0 */
/* Password tokens of WPA3-SAE: derivation with known answers, the map of a field to its curve, what is no token. */
#include "sae_groups.h"

#include <openssl/bn.h>

#include "software/key_type.h"
#include "software/pake/sae_group.h"
#include "support/allocation.h"

/* Its SHA-256 is that. */
static void assert_digest(const uint8_t *data, size_t length, const char *expected)
{
    uint8_t digest[32];
    char text[65];
    size_t digest_length;
    assert_int_equal(psa_hash_compute(PSA_ALG_SHA_256, data, length, digest, sizeof digest, &digest_length), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof digest; i++) {
        (void)snprintf(text + 2 * i, 3, "%02x", digest[i]);
    }
    assert_string_equal(text, expected);
}

/* ---- Derivation ---- */

static void assert_token(const struct sae_row *row, const char *identifier, const char *expected)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t token[TOKEN_MAX];
    size_t length;
    psa_key_id_t key;
    assert_int_equal(sae_derive_token(&key, row, SSID, PASSWORD, identifier), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&attributes), row->type);
    assert_int_equal(psa_get_key_bits(&attributes), row->bits);
    assert_int_equal(psa_export_key(key, token, sizeof token, &length), PSA_SUCCESS);
    assert_int_equal(length, row->length);
    assert_int_equal(length, PSA_EXPORT_KEY_OUTPUT_SIZE(row->type, row->bits));
    assert_digest(token, length, expected);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void known_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sae_rows_to_try(SAE_ROWS); i++) {
        assert_token(&sae_rows[i], IDENTIFIER, sae_rows[i].named);
        assert_token(&sae_rows[i], NULL, sae_rows[i].unnamed);
        assert_token(&sae_rows[i], "", sae_rows[i].unnamed);
    }
}

static void other_inputs(void **state)
{
    static const char *const inputs[][3] = {
        { "byteme", "mekmitasdigoas", "psk4internet" }, { "bytemf", "mekmitasdigoat", "psk4internet" },
        { "byteme", "mekmitasdigoat", "psk4internes" }, { "", "m", "" }, { "byteme", "mekmitasdigoat", "psk4internet" },
    };
    uint8_t tokens[5][64];
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        psa_key_id_t key;
        size_t length;
        assert_int_equal(sae_derive_token(&key, &sae_rows[0], inputs[i][0], inputs[i][1], inputs[i][2]), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, tokens[i], 64, &length), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        for (size_t j = 0; j < i; j++) {
            assert_memory_not_equal(tokens[i], tokens[j], 64);
        }
    }
    assert_digest(tokens[4], 64, sae_rows[0].named);
}

/* What belongs to another hash, is not a group of SAE, or no token. */
static void wrong_outputs(void **state)
{
    static const struct {
        psa_key_type_t type;
        uint16_t bits;
        psa_algorithm_t hash;
        psa_status_t status;
    } wrong[] = {
        { PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 256, PSA_ALG_SHA_384, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 384, PSA_ALG_SHA_256, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 224, PSA_ALG_SHA_256, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_K1), 256, PSA_ALG_SHA_256, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC7919), 2048, PSA_ALG_SHA_256, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 2048, PSA_ALG_SHA_512, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_DERIVE, 256, PSA_ALG_SHA_256, PSA_ERROR_INVALID_ARGUMENT },
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct sae_row row = { .type = wrong[i].type, .bits = wrong[i].bits, .hash = wrong[i].hash };
        psa_key_id_t key;
        assert_int_equal(sae_derive_token(&key, &row, SSID, PASSWORD, NULL), wrong[i].status);
    }
}

/* ---- The map ---- */

static psa_status_t draw_from(void *source, uint8_t *output, size_t output_length)
{
    memcpy(output, source, output_length);
    return PSA_SUCCESS;
}

static psa_status_t import_token(psa_key_type_t type, size_t bits, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = sae_attributes(type, bits, PSA_ALG_WPA3_SAE_ANY);
    psa_key_id_t key;
    psa_status_t status = psa_import_key(&attributes, data, length, &key);
    if (status == PSA_SUCCESS) {
        uint8_t again[TOKEN_MAX];
        size_t again_length;
        assert_int_equal(psa_export_key(key, again, sizeof again, &again_length), PSA_SUCCESS);
        assert_int_equal(again_length, length);
        assert_memory_equal(again, data, length);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
    return status;
}

/* Whatever the values, the token is an element; zeroes are where the map is special, and where two equal points are added. */
static void any_values(void **state)
{
    static uint8_t values[SW_SAE_VALUES_MAX];
    uint8_t token[TOKEN_MAX];
    (void)state;
    for (size_t i = 0; i < sae_rows_to_try(8); i++) {
        const struct sae_row *row = &sae_rows[i];
        for (unsigned round = 0; round < 6; round++) {
            struct sw_blob blob = { token, row->length, 0 };
            memset(values, round == 1 ? 0xff : 0, sizeof values);
            if (round > 1) {
                assert_int_equal(psa_generate_random(values, sizeof values), PSA_SUCCESS);
            }
            assert_int_equal(sw_key_type_sae_token.derive(row->type, row->bits, draw_from, values, &blob), PSA_SUCCESS);
            assert_int_equal(blob.length, row->length);
            assert_int_equal(import_token(row->type, row->bits, token, row->length), PSA_SUCCESS);
            if (round == 0) {
                assert_digest(token, row->length, row->zero);
            }
        }
    }
}

/* ---- What is no token ---- */

static void sizes(void **state)
{
    uint8_t token[TOKEN_MAX + 1] = { 0 };
    size_t length;
    (void)state;
    for (size_t i = 0; i < sae_rows_to_try(8); i++) {
        const struct sae_row *row = &sae_rows[i];
        psa_key_id_t key;
        assert_int_equal(sae_derive_token(&key, row, SSID, PASSWORD, NULL), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, token, sizeof token, &length), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        assert_int_equal(import_token(row->type, row->bits, token, length), PSA_SUCCESS);
        assert_int_equal(import_token(row->type, 0, token, length), PSA_SUCCESS);
        assert_int_equal(import_token(row->type, row->bits, token, length - 1), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(import_token(row->type, row->bits, token, length + 1), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_not_equal(import_token(row->type, 0, token, length - 1), PSA_SUCCESS);
        assert_int_not_equal(import_token(row->type, 0, token, length + 1), PSA_SUCCESS);
        assert_int_not_equal(import_token(row->type, row->bits + 1u, token, length), PSA_SUCCESS);
    }
    assert_int_equal(import_token(PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_K1), 256, token, 64), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import_token(PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 192, token, 48), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import_token(PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC7919), 2048, token, 256), PSA_ERROR_NOT_SUPPORTED);
}

static void assert_no_token(const struct sae_row *row, const uint8_t *token)
{
    assert_int_equal(import_token(row->type, row->bits, token, row->length), PSA_ERROR_INVALID_ARGUMENT);
}

static void no_points(void **state)
{
    (void)state;
    for (size_t i = 0; i < sae_rows_to_try(6); i++) {
        const struct sae_row *row = &sae_rows[i];
        uint8_t token[TOKEN_MAX] = { 0 }, changed[TOKEN_MAX], prime[TOKEN_MAX];
        size_t length, half = row->length / 2u;
        struct sw_sae_group group;
        psa_key_id_t key;
        assert_no_token(row, token); /* O is no token */
        assert_int_equal(sw_sae_group_find(&group, row->group), PSA_SUCCESS);
        group.kind->prime(&group, prime);
        assert_int_equal(sae_derive_token(&key, row, SSID, PASSWORD, NULL), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, token, sizeof token, &length), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        for (size_t at = 0; at < 2; at++) {
            memcpy(changed, token, length);
            changed[at * half + half - 1u] ^= 1;
            assert_no_token(row, changed);
            memcpy(changed, token, length);
            memcpy(changed + at * half, prime, half); /* 0 modulo p */
            assert_no_token(row, changed);
            memset(changed + at * half, 0xff, half);
            assert_no_token(row, changed);
        }
        memcpy(changed, token + half, half);
        memcpy(changed + half, token, half);
        assert_no_token(row, changed);
    }
}

/* element = p - integer */
static void opposite(const struct sae_row *row, uint8_t *element, const uint8_t *integer)
{
    struct sw_sae_group group;
    uint8_t prime[TOKEN_MAX];
    assert_int_equal(sw_sae_group_find(&group, row->group), PSA_SUCCESS);
    group.kind->prime(&group, prime);
    BIGNUM *p = BN_bin2bn(prime, row->length, NULL), *a = BN_bin2bn(integer, row->length, NULL);
    assert_true(BN_sub(a, p, a) == 1 && BN_bn2binpad(a, element, row->length) == row->length);
    BN_free(p);
    BN_free(a);
}

/* p = 3 mod 4: -1 is no square, and of a and -a one is. */
static void no_squares(void **state)
{
    (void)state;
    for (size_t i = 6; i < (quick() ? 7u : 8u); i++) {
        const struct sae_row *row = &sae_rows[i];
        uint8_t token[TOKEN_MAX] = { 0 }, other[TOKEN_MAX];
        size_t length;
        psa_key_id_t key;
        assert_no_token(row, token);
        opposite(row, other, token); /* p */
        assert_no_token(row, other);
        memset(other, 0xff, row->length);
        assert_no_token(row, other);
        token[row->length - 1u] = 1;
        assert_no_token(row, token); /* the neutral element */
        opposite(row, other, token);
        assert_no_token(row, other);
        token[row->length - 1u] = 4;
        assert_int_equal(import_token(row->type, row->bits, token, row->length), PSA_SUCCESS);
        opposite(row, other, token);
        assert_no_token(row, other);
        assert_int_equal(sae_derive_token(&key, row, SSID, PASSWORD, NULL), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, token, sizeof token, &length), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        opposite(row, other, token);
        assert_no_token(row, other);
    }
}

static void not_generated(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAE_ROWS; i++) {
        psa_key_attributes_t attributes = sae_attributes(sae_rows[i].type, sae_rows[i].bits, PSA_ALG_WPA3_SAE_ANY);
        psa_key_id_t key;
        assert_int_not_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    }
}

static psa_status_t derive_once(void *context)
{
    const psa_key_id_t *password_key = context;
    psa_key_id_t token;
    psa_status_t status = sae_token_of_key(&token, *password_key, &sae_rows[0], SSID, IDENTIFIER);
    if (status == PSA_SUCCESS) {
        assert_int_equal(psa_destroy_key(token), PSA_SUCCESS);
    }
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t key = sae_password_key(PASSWORD);
    (void)state;
    assert_true(allocation_fails_each(derive_once, &key) >= 4);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static int set_up(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers), cmocka_unit_test(other_inputs), cmocka_unit_test(wrong_outputs),
        cmocka_unit_test(any_values),    cmocka_unit_test(sizes),        cmocka_unit_test(no_points),
        cmocka_unit_test(no_squares),    cmocka_unit_test(not_generated), cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests_name("pake/sae_token", tests, set_up, NULL);
}
