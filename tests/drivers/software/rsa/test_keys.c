/* SPDX-License-Identifier: Apache-2.0 */
/* RSA keys: import and its refusals, export of the public key, generation; OpenSSL judges. */
#include "rsa_keys.h"

#include "software/rsa/rsa.h"

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    static uint8_t blob[TEST_RSA_DER_MAX];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    size_t length = 0;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, *bits);
    /* Exactly as long as it says: a sanitizer sees the first byte beyond. */
    uint8_t *exact = malloc(data_length + (data_length == 0));
    assert_non_null(exact);
    memcpy(exact, data, data_length);
    psa_status_t status =
        sw_key_management_entries.import(NULL, &attributes, 0, exact, data_length, blob, sizeof blob, &length, bits);
    assert_int_equal(length, status == PSA_SUCCESS ? data_length : 0);
    if (status == PSA_SUCCESS) {
        assert_memory_equal(blob, data, data_length);
    }
    free(exact);
    return status;
}

static psa_status_t import_pair(const uint8_t *data, size_t data_length)
{
    size_t bits = 0;
    return import(PSA_KEY_TYPE_RSA_KEY_PAIR, data, data_length, &bits);
}

static psa_status_t import_public(const uint8_t *data, size_t data_length)
{
    size_t bits = 0;
    return import(PSA_KEY_TYPE_RSA_PUBLIC_KEY, data, data_length, &bits);
}

static void check_both(const struct test_rsa *key)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key pair = test_rsa_pair(key, &attributes);
    uint8_t data[1100];
    size_t bits = 0, length = 0;
    assert_int_equal(import(PSA_KEY_TYPE_RSA_KEY_PAIR, key->pair, key->pair_length, &bits), PSA_SUCCESS);
    assert_int_equal(bits, key->bits);
    assert_int_equal(import(PSA_KEY_TYPE_RSA_KEY_PAIR, key->pair, key->pair_length, &bits), PSA_SUCCESS);
    bits += 8;
    assert_int_equal(import(PSA_KEY_TYPE_RSA_KEY_PAIR, key->pair, key->pair_length, &bits), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(import(PSA_KEY_TYPE_RSA_PUBLIC_KEY, key->public_key, key->public_length, &bits), PSA_ERROR_INVALID_ARGUMENT);
    bits = 0;
    assert_int_equal(import(PSA_KEY_TYPE_RSA_PUBLIC_KEY, key->public_key, key->public_length, &bits), PSA_SUCCESS);
    assert_int_equal(bits, key->bits);
    assert_int_equal(import_pair(key->public_key, key->public_length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(import_public(key->pair, key->pair_length), PSA_ERROR_INVALID_ARGUMENT);

    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &pair, data, key->public_length, &length), PSA_SUCCESS);
    assert_int_equal(length, key->public_length);
    assert_memory_equal(data, key->public_key, length);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &pair, data, key->public_length - 1, &length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
}

static void imports(void **state)
{
    static const struct {
        int bits;
        unsigned long exponent;
    } keys[] = { { 1024, 65537 }, { 1024, 3 }, { 1032, 65537 }, { 1536, 17 }, { 2048, 65537 }, { 3072, 65537 } };
    (void)state;
    for (size_t i = 0; i < (test_quick() ? 3 : sizeof keys / sizeof keys[0]); i++) {
        struct test_rsa key;
        test_rsa_generate(&key, keys[i].bits, keys[i].exponent);
        check_both(&key);
        test_rsa_free(&key);
    }
}

static void sizes(void **state)
{
    struct test_rsa key;
    (void)state;
    test_rsa_generate(&key, 512, 65537);
    assert_int_equal(import_pair(key.pair, key.pair_length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import_public(key.public_key, key.public_length), PSA_ERROR_NOT_SUPPORTED);
    test_rsa_free(&key);
    /* A modulus of 8200 bits: a public key is any odd number. */
    uint8_t large[4 + 4 + 1 + 1025 + 3] = { 0x30, 0x82, 0x04, 0x09, 0x02, 0x82, 0x04, 0x02 };
    large[9] = 0x80;
    large[8 + 1025] = 1;
    memcpy(large + 8 + 1026, "\x02\x01\x03", 3);
    assert_int_equal(import_public(large, sizeof large), PSA_ERROR_NOT_SUPPORTED);
    large[9] = 0; /* and not the shortest form */
    assert_int_equal(import_public(large, sizeof large), PSA_ERROR_INVALID_ARGUMENT);
}

/* Whatever is cut off or changed: refused, and nothing is read beyond the end. */
static void damaged(void **state)
{
    struct test_rsa key;
    uint8_t changed[TEST_RSA_DER_MAX];
    size_t step = test_quick() ? 41 : 1;
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    for (size_t n = 0; n < key.pair_length; n++) {
        assert_int_equal(import_pair(key.pair, n), PSA_ERROR_INVALID_ARGUMENT);
    }
    for (size_t n = 0; n < key.public_length; n++) {
        assert_int_equal(import_public(key.public_key, n), PSA_ERROR_INVALID_ARGUMENT);
    }
    for (size_t bit = 0; bit < 8 * key.pair_length; bit += step) {
        memcpy(changed, key.pair, key.pair_length);
        changed[bit / 8] ^= (uint8_t)(1u << bit % 8);
        psa_status_t status = import_pair(changed, key.pair_length);
        assert_true(status == PSA_ERROR_INVALID_ARGUMENT || status == PSA_ERROR_NOT_SUPPORTED);
    }
    for (size_t bit = 0; bit < 8 * key.public_length; bit++) {
        memcpy(changed, key.public_key, key.public_length);
        changed[bit / 8] ^= (uint8_t)(1u << bit % 8);
        psa_status_t status = import_public(changed, key.public_length);
        assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_ARGUMENT || status == PSA_ERROR_NOT_SUPPORTED);
    }
    test_rsa_free(&key);
}

/* The parts of a key as bytes, to put together wrongly. */
struct parts {
    uint8_t bytes[8][260];
    struct math_rsa_key key;
};

static void take_apart(struct parts *parts, const struct test_rsa *from)
{
    assert_int_equal(sw_rsa_read(&parts->key, PSA_KEY_TYPE_RSA_KEY_PAIR, from->pair, from->pair_length), PSA_SUCCESS);
    struct math_integer *const all[] = { &parts->key.n, &parts->key.e, &parts->key.d, &parts->key.p,
                                         &parts->key.q, &parts->key.dp, &parts->key.dq, &parts->key.qinv };
    for (size_t i = 0; i < 8; i++) {
        memcpy(parts->bytes[i], all[i]->data, all[i]->length);
        all[i]->data = parts->bytes[i];
    }
}

static psa_status_t import_parts(const struct math_rsa_key *key)
{
    uint8_t der[TEST_RSA_DER_MAX];
    size_t length = 0;
    assert_int_equal(sw_rsa_write_pair(der, sizeof der, &length, key), PSA_SUCCESS);
    return import_pair(der, length);
}

static void inconsistent(void **state)
{
    static const uint8_t one = 1;
    struct test_rsa key;
    struct parts parts;
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    take_apart(&parts, &key);
    assert_int_equal(import_parts(&parts.key), PSA_SUCCESS);
    struct math_integer *const all[] = { &parts.key.n, &parts.key.e, &parts.key.d, &parts.key.p,
                                         &parts.key.q, &parts.key.dp, &parts.key.dq, &parts.key.qinv };
    for (size_t i = 0; i < 8; i++) {
        struct math_integer right = *all[i];
        for (size_t at = 0; at < right.length; at += right.length - 1 > 0 ? right.length - 1 : 1) {
            parts.bytes[i][at] ^= 2; /* stays odd or even */
            assert_int_equal(import_parts(&parts.key), PSA_ERROR_INVALID_ARGUMENT);
            parts.bytes[i][at] ^= 2;
        }
        *all[i] = (struct math_integer){ &one, 1 };
        psa_status_t status = import_parts(&parts.key);
        assert_true(status == PSA_ERROR_INVALID_ARGUMENT || (i == 0 && status == PSA_ERROR_NOT_SUPPORTED));
        *all[i] = right;
    }
    /* p and q the other way round need the other coefficient. */
    struct math_integer p = parts.key.p;
    parts.key.p = parts.key.q;
    parts.key.q = p;
    assert_int_equal(import_parts(&parts.key), PSA_ERROR_INVALID_ARGUMENT);
    test_rsa_free(&key);
}

/* d modulo (p - 1)(q - 1) instead of their least common multiple is as good, and what OpenSSL of old wrote. */
static void forms_of_d(void **state)
{
    struct test_rsa key, other;
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    RSA *rsa = EVP_PKEY_get1_RSA(key.openssl);
    char *p = BN_bn2dec(RSA_get0_p(rsa)), *q = BN_bn2dec(RSA_get0_q(rsa));
    test_rsa_from_primes(&other, "65537", p, q);
    check_both(&other);
    test_rsa_free(&other);
    test_rsa_from_primes(&other, "65537", q, p); /* the smaller prime first */
    check_both(&other);
    OPENSSL_free(p);
    OPENSSL_free(q);
    RSA_free(rsa);
    test_rsa_free(&other);
    test_rsa_free(&key);
}

/* The same integers in other encodings. */
static void not_der(void **state)
{
    struct test_rsa key;
    uint8_t der[TEST_RSA_DER_MAX];
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    size_t n = key.public_length; /* 30 81 89 02 81 81 00 n 02 03 01 00 01 */
    assert_int_equal(n, 140);

    memcpy(der, key.public_key, n);
    der[n] = 0; /* something behind */
    assert_int_equal(import_public(der, n + 1), PSA_ERROR_INVALID_ARGUMENT);
    der[2]++; /* also inside */
    assert_int_equal(import_public(der, n + 1), PSA_ERROR_INVALID_ARGUMENT);

    memcpy(der, key.public_key, n - 5); /* e with a zero in front */
    memcpy(der + n - 5, "\x02\x04\x00\x01\x00\x01", 6);
    der[2]++;
    assert_int_equal(import_public(der, n + 1), PSA_ERROR_INVALID_ARGUMENT);

    memcpy(der, "\x30\x82\x00\x89", 4); /* the length in more octets than it needs */
    memcpy(der + 4, key.public_key + 3, n - 3);
    assert_int_equal(import_public(der, n + 1), PSA_ERROR_INVALID_ARGUMENT);

    memcpy(der, "\x30\x80", 2); /* without a length */
    memcpy(der + 2, key.public_key + 3, n - 3);
    der[n - 1] = der[n] = 0;
    assert_int_equal(import_public(der, n + 1), PSA_ERROR_INVALID_ARGUMENT);

    memcpy(der, "\x30\x81\x88\x02\x81\x80", 6); /* n without its sign octet is negative */
    memcpy(der + 6, key.public_key + 7, n - 7);
    assert_int_equal(import_public(der, n - 1), PSA_ERROR_INVALID_ARGUMENT);

    memcpy(der, key.pair, key.pair_length); /* more than two primes */
    der[6] = 1;
    assert_int_equal(import_pair(der, key.pair_length), PSA_ERROR_INVALID_ARGUMENT);
    test_rsa_free(&key);
}

static void exponents_of_public_keys(void **state)
{
    struct test_rsa key;
    uint8_t der[200], large[33], e[33];
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    struct math_rsa_key parts;
    assert_int_equal(sw_rsa_read(&parts, PSA_KEY_TYPE_RSA_PUBLIC_KEY, key.public_key, key.public_length), PSA_SUCCESS);
    memset(large, 0xff, sizeof large);
    const struct {
        const uint8_t *e;
        size_t length;
        psa_status_t status;
    } cases[] = {
        { (const uint8_t *)"\x03", 1, PSA_SUCCESS },
        { large, 32, PSA_SUCCESS },
        { (const uint8_t *)"\x00", 1, PSA_ERROR_INVALID_ARGUMENT },
        { (const uint8_t *)"\x01", 1, PSA_ERROR_INVALID_ARGUMENT },
        { (const uint8_t *)"\x02", 1, PSA_ERROR_INVALID_ARGUMENT },
        { (const uint8_t *)"\x01\x00\x00", 3, PSA_ERROR_INVALID_ARGUMENT },
        { large, 33, PSA_ERROR_INVALID_ARGUMENT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = 0;
        memcpy(e, cases[i].e, cases[i].length);
        parts.e = (struct math_integer){ e, cases[i].length };
        assert_int_equal(sw_rsa_write_public(der, sizeof der, &length, &parts), PSA_SUCCESS);
        assert_int_equal(import_public(der, length), cases[i].status);
    }
    test_rsa_free(&key);
}

/* ---- Generation ---- */

static psa_status_t generate(uint8_t *blob, size_t *length, size_t bits, uint32_t flags, const void *exponent, size_t exponent_length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    const psa_custom_key_parameters_t custom = { flags };
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RSA_KEY_PAIR);
    psa_set_key_bits(&attributes, bits);
    return sw_key_management_entries.generate(NULL, &attributes, 0, &custom, exponent, exponent_length, blob,
                                              PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits), length);
}

static void check_generated(size_t bits, const char *exponent, size_t exponent_length)
{
    struct test_rsa key;
    uint8_t blob[TEST_RSA_DER_MAX], e[32];
    size_t length = 0;
    assert_int_equal(generate(blob, &length, bits, 0, exponent, exponent_length), PSA_SUCCESS);
    test_rsa_from_private(&key, blob, length);
    RSA *rsa = EVP_PKEY_get1_RSA(key.openssl);
    assert_int_equal(RSA_check_key(rsa), 1); /* p and q are primes, among others */
    assert_int_equal(key.bits, bits);
    assert_int_equal(BN_num_bits(RSA_get0_p(rsa)), bits / 2);
    assert_int_equal(BN_num_bits(RSA_get0_q(rsa)), bits / 2);
    assert_true((size_t)BN_num_bits(RSA_get0_d(rsa)) > bits / 2);
    BN_bn2lebinpad(RSA_get0_e(rsa), e, sizeof e);
    assert_memory_equal(e, exponent_length == 0 ? "\1\0\1" : exponent, exponent_length == 0 ? 3 : exponent_length);
    assert_int_equal(BN_num_bytes(RSA_get0_e(rsa)), exponent_length == 0 ? 3 : exponent_length);
    /* The one encoding, and what this driver imports. */
    assert_int_equal(length, key.pair_length);
    assert_memory_equal(blob, key.pair, length);
    check_both(&key);
    RSA_free(rsa);
    test_rsa_free(&key);
}

static void generates(void **state)
{
    static const char large[] = "\xfb\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
                                "\xff\xff\xff\xff\xff\xff\xff\xff";
    (void)state;
    check_generated(1024, "", 0);
    check_generated(1024, "\3", 1);
    if (test_quick()) {
        return;
    }
    check_generated(1032, "", 0);
    check_generated(1024, "\1\0\1", 3);
    check_generated(1536, large, 32);
    check_generated(2048, "", 0);
    check_generated(2048, "\3", 1);
    check_generated(3072, "", 0);
}

static void generates_not(void **state)
{
    uint8_t blob[TEST_RSA_DER_MAX] = { 0 }, zero[TEST_RSA_DER_MAX] = { 0 }, large[33];
    size_t length = 7;
    (void)state;
    memset(large, 0xff, sizeof large);
    assert_int_equal(generate(blob, &length, 1024, 1, "", 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(blob, &length, 1024, 0, "\0", 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(blob, &length, 1024, 0, "\1", 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(blob, &length, 1024, 0, "\1\0\0\0", 4), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(blob, &length, 1024, 0, "\0\0\1", 3), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(blob, &length, 1024, 0, large, 33), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(generate(blob, &length, 1025, 0, "", 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(generate(blob, &length, 1016, 0, "", 0), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(generate(blob, &length, 8200, 0, "", 0), PSA_ERROR_NOT_SUPPORTED);
    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    assert_int_equal(generate(blob, &length, 1024, 0, "", 0), PSA_ERROR_INSUFFICIENT_ENTROPY);
    test_random.status = PSA_SUCCESS;
    assert_int_equal(length, 7);
    assert_memory_equal(blob, zero, sizeof blob);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(imports),      cmocka_unit_test(sizes),   cmocka_unit_test(damaged),
        cmocka_unit_test(inconsistent), cmocka_unit_test(not_der), cmocka_unit_test(exponents_of_public_keys),
        cmocka_unit_test(forms_of_d),   cmocka_unit_test(generates), cmocka_unit_test(generates_not),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
