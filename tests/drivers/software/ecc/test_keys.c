/* SPDX-License-Identifier: Apache-2.0 */
/* Elliptic curve keys through the key management entries: what is taken, refused, generated, derived, exported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"

#include "../services.h"
#include "support/vectors.h"

#define FAMILY PSA_ECC_FAMILY_SECP_R1
#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(FAMILY)
#define PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(FAMILY)

static void decode(uint8_t *output, size_t length, const char *hex)
{
    BIGNUM *integer = NULL;
    assert_true(BN_hex2bn(&integer, hex) > 0);
    assert_true(BN_bn2binpad(integer, output, (int)length) > 0);
    BN_free(integer);
}

/* Imports and says the size; a success must have copied the data. */
static psa_status_t import_bits(psa_key_type_t type, size_t *bits, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t blob[200];
    size_t blob_length = 77;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, *bits);
    psa_status_t status = sw_key_management_entries.import(NULL, &attributes, 0, data, length, blob, sizeof blob, &blob_length, bits);
    if (status == PSA_SUCCESS) {
        assert_int_equal(blob_length, length);
        assert_memory_equal(blob, data, length);
    } else {
        assert_int_equal(blob_length, 77);
    }
    return status;
}

/* The key was taken for one of another curve of the family, where the length alone says which. */
#define ANOTHER_CURVE 1

static psa_status_t import(psa_key_type_t type, size_t bits, const uint8_t *data, size_t length)
{
    psa_status_t status = import_bits(type, &bits, data, length);
    return status == PSA_SUCCESS && bits != 256 ? ANOTHER_CURVE : status;
}

static void import_private(void **state)
{
    const struct sw_curve *curve = sw_curve_find(FAMILY, 256);
    uint8_t key[34] = { 0 };
    (void)state;
    key[31] = 1; /* the least: 1 */
    assert_int_equal(import(PAIR, 256, key, 32), PSA_SUCCESS);
    assert_int_equal(import(PAIR, 0, key, 32), PSA_SUCCESS);
    key[31] = 0; /* 0 */
    assert_int_equal(import(PAIR, 256, key, 32), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(import(PAIR, 0, key, 32), PSA_ERROR_INVALID_ARGUMENT);

    memcpy(key, curve->order, 32);
    assert_int_equal(import(PAIR, 256, key, 32), PSA_ERROR_INVALID_ARGUMENT); /* n */
    key[31]++;
    assert_int_equal(import(PAIR, 256, key, 32), PSA_ERROR_INVALID_ARGUMENT); /* n + 1 */
    key[31] = (uint8_t)(key[31] - 2);
    assert_int_equal(import(PAIR, 256, key, 32), PSA_SUCCESS); /* the greatest: n - 1 */
    memset(key, 0xff, 32);
    assert_int_equal(import(PAIR, 256, key, 32), PSA_ERROR_INVALID_ARGUMENT);

    memset(key, 0x11, sizeof key);
    for (size_t length = 0; length <= 34; length++) {
        psa_status_t expected = length == 32 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(import(PAIR, 256, key, length), expected);
        assert_int_equal(import(PAIR, 0, key, length), length == 24 || length == 28 ? ANOTHER_CURVE : expected);
    }
    key[0] = 0; /* a leading zero is no reason to be shorter, nor a longer string with one to be taken */
    assert_int_equal(import(PAIR, 256, key, 33), PSA_ERROR_INVALID_ARGUMENT);
}

static void import_sizes(void **state)
{
    uint8_t key[65] = { 0x11 };
    (void)state;
    assert_int_equal(import(PAIR, 257, key, 32), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import(PAIR, 255, key, 32), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECT_R1), 0, key, 32), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import(PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECT_R1), 0, key, 65), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import(PSA_KEY_TYPE_ECC_KEY_PAIR(0), 256, key, 32), PSA_ERROR_NOT_SUPPORTED);
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t blob[31];
    size_t blob_length = 77, bits = 0;
    psa_set_key_type(&attributes, PAIR);
    assert_int_equal(sw_key_management_entries.import(NULL, &attributes, 0, key, 32, blob, 31, &blob_length, &bits),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(blob_length, 77);
}

static void import_public(void **state)
{
    const struct sw_curve *curve = sw_curve_find(FAMILY, 256);
    uint8_t private_key[32] = { 0x23 }, point[67] = { 0 }, bad[67];
    (void)state;
    assert_int_equal(curve->arithmetic->public_key(curve, point, private_key), PSA_SUCCESS);
    for (size_t length = 0; length <= 67; length++) {
        psa_status_t expected = length == 65 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(import(PUBLIC, 256, point, length), expected);
        assert_int_equal(import(PUBLIC, 0, point, length), expected);
    }
    for (int first = 0; first < 256; first++) {
        memcpy(bad, point, 65);
        bad[0] = (uint8_t)first;
        assert_int_equal(import(PUBLIC, 0, bad, 65), first == 4 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
    memcpy(bad, point, 65);
    bad[0] = (uint8_t)(2 + (point[64] & 1)); /* compressed */
    assert_int_equal(import(PUBLIC, 0, bad, 33), PSA_ERROR_INVALID_ARGUMENT);
    for (size_t bit = 8; bit < 65 * 8; bit += 7) {
        memcpy(bad, point, 65);
        bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(import(PUBLIC, 0, bad, 65), PSA_ERROR_INVALID_ARGUMENT);
    }
    memset(bad, 0, 65);
    assert_int_equal(import(PUBLIC, 0, bad, 1), PSA_ERROR_INVALID_ARGUMENT); /* infinity */
    bad[0] = 4;
    assert_int_equal(import(PUBLIC, 0, bad, 65), PSA_ERROR_INVALID_ARGUMENT); /* (0, 0) */
    const struct test_curve *other = test_curve_find("brainpoolP256r1");
    assert_int_equal(other->curve.arithmetic->public_key(&other->curve, bad, private_key), PSA_SUCCESS);
    assert_int_equal(import(PUBLIC, 0, bad, 65), PSA_ERROR_INVALID_ARGUMENT);
}

/* ---- Export ---- */

static psa_status_t export_public(psa_key_type_t type, size_t bits, const uint8_t *blob, size_t length, uint8_t *data,
                                  size_t data_size, size_t *data_length)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, type, bits, blob, length);
    return sw_key_management_entries.export_public_key(NULL, &key, data, data_size, data_length);
}

static void export(void **state)
{
    uint8_t private_key[32], expected[65] = { 4 }, data[65];
    size_t length = 77;
    (void)state;
    /* RFC 6979, A.2.5 */
    decode(private_key, 32, "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    decode(expected + 1, 32, "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6");
    decode(expected + 33, 32, "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
    assert_int_equal(export_public(PAIR, 256, private_key, 32, data, 64, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(export_public(PAIR, 256, private_key, 31, data, 65, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(export_public(PAIR, 255, private_key, 32, data, 65, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(length, 77);
    assert_int_equal(export_public(PAIR, 256, private_key, 32, data, 65, &length), PSA_SUCCESS);
    assert_int_equal(length, 65);
    assert_memory_equal(data, expected, 65);
    /* A public key is its own export. */
    memset(data, 0, 65);
    assert_int_equal(export_public(PUBLIC, 256, expected, 65, data, 64, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(export_public(PUBLIC, 256, expected, 65, data, 65, &length), PSA_SUCCESS);
    assert_int_equal(length, 65);
    assert_memory_equal(data, expected, 65);
}

static const char no_curve[] = "curve is not implemented";

static void vectors_keygen(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ecdh/acvp-ECDSA-KeyGen-1.0.json", NULL);
    while (vectors_next(v)) {
        const struct test_curve *row = test_curve_find(vectors_string(v, "curve"));
        uint8_t d[SW_CURVE_LENGTH_MAX], expected[SW_CURVE_POINT_MAX], point[SW_CURVE_POINT_MAX];
        if (row == NULL) {
            vectors_unused(v, no_curve);
            continue;
        }
        const struct sw_curve *curve = &row->curve;
        size_t length = curve->public_length;
        decode(d, curve->order_length, vectors_string(v, "d"));
        expected[0] = 4;
        decode(expected + 1, curve->field_length, vectors_string(v, "qx"));
        decode(expected + 1 + curve->field_length, curve->field_length, vectors_string(v, "qy"));
        assert_int_equal(export_public(PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), curve->bits, d, curve->order_length,
                                       point, sizeof point, &length), PSA_SUCCESS);
        assert_int_equal(length, curve->public_length);
        assert_memory_equal(point, expected, length);
    }
    vectors_close(v, 48);
}

static void vectors_keyver(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ecdh/acvp-ECDSA-KeyVer-1.0.json", NULL);
    while (vectors_next(v)) {
        const struct test_curve *row = test_curve_find(vectors_string(v, "curve"));
        uint8_t point[SW_CURVE_POINT_MAX];
        if (row == NULL) {
            vectors_unused(v, no_curve);
            continue;
        }
        const struct sw_curve *curve = &row->curve;
        psa_status_t expected = vectors_result(v) == VECTORS_VALID ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT, status = expected;
        BIGNUM *x = NULL, *y = NULL;
        BN_hex2bn(&x, vectors_string(v, "qx"));
        BN_hex2bn(&y, vectors_string(v, "qy"));
        point[0] = 4;
        if (BN_bn2binpad(x, point + 1, curve->field_length) > 0 &&
            BN_bn2binpad(y, point + 1 + curve->field_length, curve->field_length) > 0) {
            size_t bits = curve->bits;
            status = import_bits(PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve->family), &bits, point, curve->public_length);
        } else {
            assert_int_equal(expected, PSA_ERROR_INVALID_ARGUMENT); /* a coordinate too long to be written down */
        }
        BN_free(x);
        BN_free(y);
        if (status != expected) {
            fail_msg("%s: %d", vectors_where(v), (int)status);
        }
    }
    vectors_close(v, 45);
}

/* ---- Generation and derivation ---- */

/* Gives out bytes that a test has written down. */
struct tape {
    const uint8_t *data;
    size_t length, at;
};

static psa_status_t tape_draw(void *source, uint8_t *output, size_t output_length)
{
    struct tape *tape = source;
    if (tape->length - tape->at < output_length) {
        return PSA_ERROR_INSUFFICIENT_DATA;
    }
    memcpy(output, tape->data + tape->at, output_length);
    tape->at += output_length;
    return PSA_SUCCESS;
}

static psa_status_t derive(psa_key_type_t type, size_t bits, struct tape *tape, uint8_t *blob, size_t blob_size, size_t *length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    return sw_key_management_entries.derive(NULL, &attributes, 0, tape_draw, tape, blob, blob_size, length);
}

/* "Key derivation" of PSA_KEY_TYPE_ECC_KEY_PAIR: k > n - 2 is discarded, k + 1 is the key. */
static void derivation(void **state)
{
    const struct sw_curve *curve = sw_curve_find(FAMILY, 256);
    uint8_t bytes[5 * 32], expected[32], blob[32];
    size_t length = 77;
    (void)state;
    memset(bytes, 0xff, 32);                /* 2^256 - 1: k + 1 wraps */
    memcpy(bytes + 32, curve->order, 32);   /* n */
    memcpy(bytes + 64, curve->order, 32);   /* n - 1 */
    bytes[64 + 31]--;
    memcpy(bytes + 96, curve->order, 32);   /* n - 2: the greatest that is taken */
    bytes[96 + 31] = (uint8_t)(bytes[96 + 31] - 2);
    memset(bytes + 128, 0, 32);             /* 0: the least */

    struct tape tape = { bytes, sizeof bytes, 0 };
    assert_int_equal(derive(PAIR, 256, &tape, blob, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_int_equal(tape.at, 128);
    memcpy(expected, curve->order, 32);
    expected[31]--;
    assert_memory_equal(blob, expected, 32);

    assert_int_equal(derive(PAIR, 256, &tape, blob, 32, &length), PSA_SUCCESS);
    assert_int_equal(tape.at, 160);
    memset(expected, 0, 32);
    expected[31] = 1;
    assert_memory_equal(blob, expected, 32);

    length = 77;
    assert_int_equal(derive(PAIR, 256, &tape, blob, 32, &length), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(length, 77);
    memset(expected, 0, 32);
    assert_memory_equal(blob, expected, 32); /* wiped */

    tape.at = 0; /* candidates run out while they are refused */
    tape.length = 96;
    assert_int_equal(derive(PAIR, 256, &tape, blob, 32, &length), PSA_ERROR_INSUFFICIENT_DATA);
    tape.at = 0;
    assert_int_equal(derive(PAIR, 256, &tape, blob, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(derive(PAIR, 255, &tape, blob, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(derive(PAIR, 0, &tape, blob, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(derive(PUBLIC, 256, &tape, blob, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(tape.at, 0);
}

/* A carry through every byte, and bits above the order's cut off (521 bits in 66 bytes). */
static void derivation_other_orders(void **state)
{
    const struct sw_curve *curve = &test_curve_find("P-521")->curve;
    uint8_t bytes[66], key[66], expected[66] = { 0 };
    (void)state;
    struct tape tape = { bytes, sizeof bytes, 0 };
    memset(bytes, 0xff, sizeof bytes);
    bytes[0] = 0xfe;
    assert_int_equal(curve->keys->draw_private(curve, key, tape_draw, &tape), PSA_SUCCESS);
    expected[0] = 1;
    assert_memory_equal(key, expected, 66);
}

static psa_status_t generate(psa_key_type_t type, size_t bits, uint32_t flags, size_t custom_length, uint8_t *blob, size_t size,
                             size_t *length)
{
    static const uint8_t custom_data[] = { 3 };
    psa_custom_key_parameters_t custom = { 0 };
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    custom.flags = flags;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    return sw_key_management_entries.generate(NULL, &attributes, 0, &custom, custom_data, custom_length, blob, size, length);
}

static void generation(void **state)
{
    uint8_t key[32], last[32] = { 0 }, point[65], zero[32] = { 0 };
    size_t length;
    (void)state;
    for (int i = 0; i < 50; i++) {
        length = 0;
        assert_int_equal(generate(PAIR, 256, 0, 0, key, 32, &length), PSA_SUCCESS);
        assert_int_equal(length, 32);
        assert_memory_not_equal(key, last, 32);
        assert_int_equal(import(PAIR, 256, key, 32), PSA_SUCCESS);
        memcpy(last, key, 32);
    }
    assert_int_equal(export_public(PAIR, 256, key, 32, point, 65, &length), PSA_SUCCESS);
    assert_int_equal(import(PUBLIC, 256, point, 65), PSA_SUCCESS);

    length = 77;
    assert_int_equal(generate(PAIR, 256, 1, 0, key, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(PAIR, 256, 0, 1, key, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(PUBLIC, 256, 0, 0, key, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(PAIR, 255, 0, 0, key, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(generate(PAIR, 256, 0, 0, key, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    memset(key, 0xa5, 32);
    assert_int_equal(generate(PAIR, 256, 0, 0, key, 32, &length), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_memory_equal(key, zero, 32);
    test_random.status = PSA_SUCCESS;
    test_random.stuck = 0xff;
    assert_int_equal(generate(PAIR, 256, 0, 0, key, 32, &length), PSA_ERROR_CORRUPTION_DETECTED);
    test_random.stuck = -1;
    assert_int_equal(length, 77);
}

/* ---- The table ---- */

static const struct sw_curve *curve_row(const struct sw_curve *curve)
{
    return sw_curve_find(curve->family, curve->bits);
}

/* The row agrees with OpenSSL's idea of the curve. */
static void check_row(const struct test_curve *row)
{
    EC_GROUP *group = test_curve_group(row);
    const BIGNUM *n = EC_GROUP_get0_order(group);
    uint8_t order[SW_CURVE_LENGTH_MAX];
    assert_true(BN_bn2binpad(n, order, row->curve.order_length) > 0);
    assert_memory_equal(order, row->curve.order, row->curve.order_length);
    assert_int_equal(row->curve.order_bits, BN_num_bits(n));
    assert_int_equal(row->curve.order_length, BN_num_bytes(n));
    assert_int_equal(row->curve.field_length, (EC_GROUP_get_degree(group) + 7) / 8);
    assert_int_equal(row->curve.public_length, 1 + 2 * row->curve.field_length);
    EC_GROUP_free(group);
}

/* And with the sizes that PSA computes. secp224k1 is 225 bits for PSA, and its field one byte shorter than that. */
static void check_sizes(const struct sw_curve *curve)
{
    psa_key_type_t pair = PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), public_type = PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve->family);
    assert_int_equal(curve->order_length, PSA_EXPORT_KEY_OUTPUT_SIZE(pair, curve->bits));
    assert_int_equal(curve->public_length, PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(public_type, curve->bits));
    assert_int_equal(curve->field_length, PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(pair, curve->bits));
    assert_int_equal(2u * curve->order_length, PSA_SIGN_OUTPUT_SIZE(pair, curve->bits, PSA_ALG_ECDSA(PSA_ALG_SHA_256)));
    assert_ptr_equal(sw_curve_find_by_length(curve->family, 0, curve->order_length), curve_row(curve));
    assert_ptr_equal(sw_curve_find_by_length(curve->family, 1, curve->public_length), curve_row(curve));
}

static void table(void **state)
{
    (void)state;
    const struct sw_curve *curve = sw_curve_find(FAMILY, 256);
    assert_non_null(curve);
    assert_ptr_equal(sw_curve_find_by_length(FAMILY, 0, 32), curve);
    assert_ptr_equal(sw_curve_find_by_length(FAMILY, 1, 65), curve);
    assert_null(sw_curve_find_by_length(FAMILY, 1, 32));
    assert_null(sw_curve_find_by_length(PSA_ECC_FAMILY_FRP, 0, 33));
    assert_null(sw_curve_find(0, 0));
    assert_true(sw_curve_has_family(FAMILY));
    assert_false(sw_curve_has_family(PSA_ECC_FAMILY_SECT_K1));
    assert_false(sw_curve_has_family(0));
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct test_curve *row = test_curve_find(test_curves[i].names[0]);
        check_row(row);
        check_sizes(&row->curve);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(import_private),
        cmocka_unit_test(import_sizes),
        cmocka_unit_test(import_public),
        cmocka_unit_test(export),
        cmocka_unit_test(vectors_keygen),
        cmocka_unit_test(vectors_keyver),
        cmocka_unit_test(derivation),
        cmocka_unit_test(derivation_other_orders),
        cmocka_unit_test(generation),
        cmocka_unit_test(table),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
