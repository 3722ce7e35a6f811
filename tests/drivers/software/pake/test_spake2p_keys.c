/* SPDX-License-Identifier: Apache-2.0 */
/* SPAKE2+ keys through the API: import and export, registration by derivation, the verifier's key, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/bn.h>

#include "exchange.h"

#define PAIR(family) PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family)
#define VERIFIER(family) PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(family)
#define SPAKE2P(bits) PSA_ALG_SPAKE2P_HMAC((bits) == 521 || (bits) == 448 ? PSA_ALG_SHA_512 : PSA_ALG_SHA_256)

/* drawn: the specification's table of bytes for each scalar. */
static const struct curve {
    psa_ecc_family_t family;
    size_t bits, scalar_length, drawn;
} curves[] = {
    { PSA_ECC_FAMILY_SECP_R1, 256, 32, 40 },
    { PSA_ECC_FAMILY_SECP_R1, 384, 48, 56 },
    { PSA_ECC_FAMILY_SECP_R1, 521, 66, 74 },
    { PSA_ECC_FAMILY_TWISTED_EDWARDS, 255, 32, 40 },
    { PSA_ECC_FAMILY_TWISTED_EDWARDS, 448, 57, 64 },
};

#define CURVES (sizeof curves / sizeof curves[0])

static psa_status_t import(psa_key_type_t type, size_t bits, const uint8_t *data, size_t length, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, PSA_ALG_SPAKE2P_MATTER);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY);
    return psa_import_key(&attributes, data, length, key);
}

/* Imports, looks at the size that it found, and lets go. */
static psa_status_t try(psa_key_type_t type, size_t bits, const uint8_t *data, size_t length, size_t expected_bits)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t exported[66 + 133];
    size_t exported_length;
    psa_key_id_t key;
    psa_status_t status = import(type, bits, data, length, &key);
    if (status == PSA_SUCCESS) {
        assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
        assert_int_equal(psa_get_key_bits(&attributes), expected_bits);
        assert_int_equal(psa_export_key(key, exported, sizeof exported, &exported_length), PSA_SUCCESS);
        assert_int_equal(exported_length, length);
        assert_memory_equal(exported, data, length);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
    return status;
}

static int is_little(const struct curve *curve)
{
    return curve->family == PSA_ECC_FAMILY_TWISTED_EDWARDS;
}

static struct sw_group group_of(const struct curve *curve)
{
    struct sw_group group;
    assert_int_equal(sw_group_find(&group, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, curve->family, curve->bits)), PSA_SUCCESS);
    return group;
}

/* order + difference, in the format of a key. */
static void near_order(const struct curve *curve, int difference, uint8_t *scalar)
{
    struct sw_group group = group_of(curve);
    uint8_t order[66];
    sw_group_order(&group, order);
    order[group.scalar_length - 1] = (uint8_t)(order[group.scalar_length - 1] + difference); /* no carry: no order ends in 00 or ff */
    for (size_t i = 0; i < group.scalar_length; i++) {
        scalar[i] = is_little(curve) ? order[group.scalar_length - 1 - i] : order[i];
    }
}

static void scalars_in_range(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVES; i++) {
        const struct curve *curve = &curves[i];
        size_t length = curve->scalar_length, bits = curve->bits;
        uint8_t good[132] = { 0 }, pair[132];
        psa_key_type_t type = PAIR(curve->family);
        near_order(curve, -1, good);
        near_order(curve, -2, good + length);
        assert_int_equal(try(type, bits, good, 2 * length, bits), PSA_SUCCESS);
        assert_int_equal(try(type, 0, good, 2 * length, bits), PSA_SUCCESS);
        for (size_t half = 0; half < 2; half++) { /* 0, n, n + 1, all-ones, for w0 and for w1 */
            for (int j = 0; j < 4; j++) {
                memcpy(pair, good, sizeof pair);
                memset(pair + half * length, j == 3 ? 0xff : 0, length);
                if (j == 1 || j == 2) {
                    near_order(curve, j - 1, pair + half * length);
                }
                assert_int_equal(try(type, bits, pair, 2 * length, 0), PSA_ERROR_INVALID_ARGUMENT);
            }
            memcpy(pair, good, sizeof pair);
            memset(pair + half * length, 0, length);
            pair[half * length + (is_little(curve) ? 0 : length - 1)] = 1;
            assert_int_equal(try(type, bits, pair, 2 * length, bits), PSA_SUCCESS);
        }
    }
}

static void lengths_and_sizes(void **state)
{
    uint8_t data[200];
    (void)state;
    memset(data, 1, sizeof data);
    data[0] = 0; /* for P-521, whose order begins 01ff */
    data[56] = data[113] = 0; /* for edwards448, whose keys have a byte more than the order */
    for (size_t i = 0; i < CURVES; i++) {
        const struct curve *curve = &curves[i];
        size_t length = 2 * curve->scalar_length;
        assert_int_equal(try(PAIR(curve->family), curve->bits, data, length, curve->bits), PSA_SUCCESS);
        assert_int_equal(try(PAIR(curve->family), curve->bits, data, length - 1, 0), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try(PAIR(curve->family), curve->bits, data, length + 1, 0), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try(PAIR(curve->family), 0, data, length + 1, 0), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try(PAIR(curve->family), curve->bits == 256 ? 384 : 256, data, length, 0), PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(try(PAIR(PSA_ECC_FAMILY_SECP_R1), 224, data, 56, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_not_equal(try(PAIR(PSA_ECC_FAMILY_SECP_K1), 256, data, 64, 0), PSA_SUCCESS);
    assert_int_not_equal(try(PAIR(PSA_ECC_FAMILY_MONTGOMERY), 255, data, 64, 0), PSA_SUCCESS);
}

/* w0 as the pair has it, and L = w1 P; a verifier exports itself. */
static void verifier_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVES; i++) {
        const struct curve *curve = &curves[i];
        struct sw_group group = group_of(curve);
        size_t length = curve->scalar_length, exported_length;
        uint8_t pair[132], w1[66], exported[200], again[200];
        psa_key_id_t key, verifier;
        memset(pair, 1, sizeof pair);
        pair[0] = pair[length] = is_little(curve) ? 1 : 0;
        if (curve->bits == 448) {
            assert_int_equal(import(PAIR(curve->family), 0, pair, 2 * length, &key), PSA_ERROR_INVALID_ARGUMENT);
            pair[56] = pair[113] = 0;
        }
        assert_int_equal(import(PAIR(curve->family), 0, pair, 2 * length, &key), PSA_SUCCESS);
        assert_int_equal(psa_export_public_key(key, exported, sizeof exported, &exported_length), PSA_SUCCESS);
        assert_int_equal(exported_length, length + group.element_length);
        assert_memory_equal(exported, pair, length);
        for (size_t j = 0; j < group.scalar_length; j++) {
            w1[j] = pair[length + (is_little(curve) ? group.scalar_length - 1u - j : j)];
        }
        assert_int_equal(sw_group_multiply_base(&group, again, w1), PSA_SUCCESS);
        assert_memory_equal(exported + length, again, group.element_length);

        assert_int_equal(import(VERIFIER(curve->family), 0, exported, exported_length, &verifier), PSA_SUCCESS);
        assert_int_equal(psa_export_public_key(verifier, again, sizeof again, &exported_length), PSA_SUCCESS);
        assert_memory_equal(again, exported, exported_length);
        assert_int_equal(psa_destroy_key(verifier), PSA_SUCCESS);
        assert_int_equal(psa_export_public_key(key, again, exported_length - 1, &exported_length), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);

        exported[length + group.element_length - 1] ^= 1;
        assert_int_equal(try(VERIFIER(curve->family), curve->bits, exported, length + group.element_length, 0), PSA_ERROR_INVALID_ARGUMENT);
        memset(exported + length, 0, group.element_length);
        assert_int_equal(try(VERIFIER(curve->family), curve->bits, exported, length + group.element_length, 0), PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* ---- Registration ---- */

static void start_derivation(psa_key_derivation_operation_t *kdf)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t password;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_PASSWORD);
    psa_set_key_algorithm(&attributes, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE);
    assert_int_equal(psa_import_key(&attributes, (const uint8_t *)"password", 8, &password), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_setup(kdf, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_integer(kdf, PSA_KEY_DERIVATION_INPUT_COST, 2), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(kdf, PSA_KEY_DERIVATION_INPUT_SALT, (const uint8_t *)"salt", 4), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(kdf, PSA_KEY_DERIVATION_INPUT_PASSWORD, password), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(password), PSA_SUCCESS);
}

static psa_status_t derive(psa_key_derivation_operation_t *kdf, psa_key_type_t type, size_t bits, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, SPAKE2P(bits));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT);
    return psa_key_derivation_output_key(&attributes, kdf, key);
}

/* w = ws modulo the order, by OpenSSL. */
static void reduced(const struct curve *curve, const uint8_t *ws, uint8_t *formatted)
{
    struct sw_group group = group_of(curve);
    uint8_t order[66], scalar[66];
    BN_CTX *context = BN_CTX_new();
    sw_group_order(&group, order);
    BIGNUM *n = BN_bin2bn(order, group.scalar_length, NULL), *w = BN_bin2bn(ws, (int)curve->drawn, NULL);
    assert_int_equal(BN_mod(w, w, n, context), 1);
    assert_int_equal(BN_bn2binpad(w, scalar, group.scalar_length), group.scalar_length);
    memset(formatted, 0, curve->scalar_length);
    for (size_t i = 0; i < group.scalar_length; i++) {
        formatted[i] = is_little(curve) ? scalar[group.scalar_length - 1 - i] : scalar[i];
    }
    BN_free(n);
    BN_free(w);
    BN_CTX_free(context);
}

/* The scalars are the next bytes of the derivation, w0s before w1s, as many as the specification's table says. */
static void registration(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVES; i++) {
        const struct curve *curve = &curves[i];
        psa_key_derivation_operation_t kdf = PSA_KEY_DERIVATION_OPERATION_INIT;
        uint8_t drawn[148 + 16], expected[132], exported[132], behind[16];
        size_t length;
        psa_key_id_t key;
        start_derivation(&kdf);
        assert_int_equal(psa_key_derivation_output_bytes(&kdf, drawn, 2 * curve->drawn + 16), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_abort(&kdf), PSA_SUCCESS);
        start_derivation(&kdf);
        assert_int_equal(derive(&kdf, PAIR(curve->family), curve->bits, &key), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_output_bytes(&kdf, behind, sizeof behind), PSA_SUCCESS);
        assert_memory_equal(behind, drawn + 2 * curve->drawn, sizeof behind);
        assert_int_equal(psa_key_derivation_abort(&kdf), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, exported, sizeof exported, &length), PSA_SUCCESS);
        assert_int_equal(length, 2 * curve->scalar_length);
        reduced(curve, drawn, expected);
        reduced(curve, drawn + curve->drawn, expected + curve->scalar_length);
        assert_memory_equal(exported, expected, length);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void registration_refused(void **state)
{
    psa_key_derivation_operation_t kdf = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t key;
    (void)state;
    start_derivation(&kdf);
    assert_int_equal(derive(&kdf, VERIFIER(PSA_ECC_FAMILY_SECP_R1), 256, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_key_derivation_abort(&kdf), PSA_SUCCESS);
    start_derivation(&kdf);
    assert_int_equal(psa_key_derivation_set_capacity(&kdf, 79), PSA_SUCCESS); /* P-256 draws 80 */
    assert_int_equal(derive(&kdf, PAIR(PSA_ECC_FAMILY_SECP_R1), 256, &key), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(psa_key_derivation_abort(&kdf), PSA_SUCCESS);
    start_derivation(&kdf);
    assert_int_equal(derive(&kdf, PAIR(PSA_ECC_FAMILY_SECP_R1), 224, &key), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_key_derivation_abort(&kdf), PSA_SUCCESS);
}

/* A key pair comes of a password, and of nothing else. */
static void not_generated(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    (void)state;
    psa_set_key_type(&attributes, PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(&attributes, 256);
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_ERROR_NOT_SUPPORTED);
}

/* Both sides register with the same password and exchange. */
static void registered_parties(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVES; i++) {
        psa_key_derivation_operation_t kdf = PSA_KEY_DERIVATION_OPERATION_INIT;
        struct exchange e = exchange_new(SPAKE2P(curves[i].bits), PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, curves[i].family, curves[i].bits));
        assert_int_equal(psa_destroy_key(e.key[0]), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(e.key[1]), PSA_SUCCESS);
        start_derivation(&kdf);
        assert_int_equal(derive(&kdf, PAIR(curves[i].family), curves[i].bits, &e.key[0]), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_abort(&kdf), PSA_SUCCESS);
        e.key[1] = exchange_verifier(e.key[0]);
        assert_int_equal(exchange_run(&e), PSA_SUCCESS);
        assert_true(exchange_agrees(&e));
        exchange_end(&e);
    }
}

/* What psa_check_key_usage() says of the suites of RFC 9383, 4. */
static void usage(void **state)
{
    static const struct {
        psa_algorithm_t alg;
        uint8_t on[CURVES];
    } rows[] = {
        { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), { 1, 1, 0, 1, 0 } },
        { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), { 1, 1, 1, 0, 1 } },
        { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), { 1, 0, 0, 0, 0 } },
        { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_512), { 1, 0, 0, 0, 0 } },
        { PSA_ALG_SPAKE2P_MATTER, { 1, 0, 0, 0, 0 } },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t j = 0; j < CURVES; j++) {
            psa_key_id_t key = exchange_pair(rows[i].alg, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, curves[j].family, curves[j].bits), 1);
            psa_status_t status = psa_check_key_usage(key, rows[i].alg, PSA_KEY_USAGE_DERIVE);
            assert_true(rows[i].on[j] ? status == PSA_SUCCESS : status != PSA_SUCCESS);
            assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_in_range),
        cmocka_unit_test(lengths_and_sizes),
        cmocka_unit_test(verifier_keys),
        cmocka_unit_test(registration),
        cmocka_unit_test(registration_refused),
        cmocka_unit_test(not_generated),
        cmocka_unit_test(registered_parties),
        cmocka_unit_test(usage),
    };
    return cmocka_run_group_tests_name("pake/spake2p_keys", tests, exchange_setup, exchange_teardown);
}
