/* SPDX-License-Identifier: Apache-2.0 */
/* Finite-field Diffie-Hellman: keys and agreement by shared vectors and OpenSSL, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/dh.h>
#include <openssl/obj_mac.h>

#include "../services.h"
#include "software/ffdh/group.h"
#include "support/vectors.h"

#define PAIR(family) PSA_KEY_TYPE_DH_KEY_PAIR(family)
#define PUBLIC(family) PSA_KEY_TYPE_DH_PUBLIC_KEY(family)

static const psa_dh_family_t families[] = { PSA_DH_FAMILY_RFC7919, PSA_DH_FAMILY_RFC3526 };

static const int nids[2][5] = {
    { NID_ffdhe2048, NID_ffdhe3072, NID_ffdhe4096, NID_ffdhe6144, NID_ffdhe8192 },
    { NID_modp_2048, NID_modp_3072, NID_modp_4096, NID_modp_6144, NID_modp_8192 },
};
static const size_t sizes[5] = { 2048, 3072, 4096, 6144, 8192 };

/* The large groups take a second for each power. */
static size_t sizes_to_try(void)
{
    return getenv("PSACRYPTO_TEST_QUICK") != NULL ? 1 : 5;
}

static psa_status_t agree(psa_dh_family_t family, size_t bits, const uint8_t *private_key, const uint8_t *peer, uint8_t *secret)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PAIR(family), bits, private_key, bits / 8);
    size_t length = 0;
    psa_status_t status = sw_key_agreement_entries.agree(NULL, &key, PSA_ALG_FFDH, peer, bits / 8, secret, bits / 8, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? bits / 8 : 0);
    return status;
}

static psa_status_t public_of(psa_dh_family_t family, size_t bits, const uint8_t *private_key, uint8_t *public_key)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PAIR(family), bits, private_key, bits / 8);
    size_t length = 0;
    psa_status_t status = sw_key_management_entries.export_public_key(NULL, &key, public_key, bits / 8, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? bits / 8 : 0);
    return status;
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    uint8_t blob[SW_FFDH_LENGTH_MAX + 1];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    size_t length = 0;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, *bits);
    psa_status_t status =
        sw_key_management_entries.import(NULL, &attributes, 0, data, data_length, blob, sizeof blob, &length, bits);
    if (status == PSA_SUCCESS) {
        assert_int_equal(length, data_length);
        assert_memory_equal(blob, data, data_length);
    }
    return status;
}

/* ---- Shared vectors ---- */

static void vectors_openssl(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ffdh/openssl-ffdhe-derive.json", NULL);
    while (vectors_next(v)) {
        uint8_t secret[SW_FFDH_LENGTH_MAX];
        size_t private_length, peer_length, shared_length;
        const uint8_t *private_key = vectors_hex(v, "private", &private_length);
        const uint8_t *peer = vectors_hex(v, "peer_public", &peer_length);
        const uint8_t *shared = vectors_hex(v, "shared", &shared_length);
        assert_int_equal(strtoul(vectors_string(v, "group") + 5, NULL, 10), 8 * private_length);
        assert_true(peer_length == private_length && shared_length == private_length);
        if (sizes_to_try() == 1 && private_length > 256) {
            vectors_unused(v, "a large group, in a quick run");
            continue;
        }
        assert_int_equal(agree(PSA_DH_FAMILY_RFC7919, 8 * private_length, private_key, peer, secret), PSA_SUCCESS);
        assert_memory_equal(secret, shared, shared_length);
    }
    vectors_close(v, 10);
}

static void vectors_acvp_agreement(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ffdh/acvp-KAS-FFC-SSC-Sp800-56Ar3.json", NULL);
    while (vectors_next(v)) {
        uint8_t secret[256], public_key[256];
        size_t length[5];
        const uint8_t *private_key = vectors_hex(v, "ephemeralPrivateIut", &length[0]);
        const uint8_t *own = vectors_hex(v, "ephemeralPublicIut", &length[1]);
        const uint8_t *other_private = vectors_hex(v, "ephemeralPrivateServer", &length[2]);
        const uint8_t *peer = vectors_hex(v, "ephemeralPublicServer", &length[3]);
        const uint8_t *z = vectors_hex(v, "z", &length[4]);
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(length[i], 256);
        }
        assert_int_equal(public_of(PSA_DH_FAMILY_RFC7919, 2048, private_key, public_key), PSA_SUCCESS);
        assert_memory_equal(public_key, own, 256);
        assert_int_equal(agree(PSA_DH_FAMILY_RFC7919, 2048, private_key, peer, secret), PSA_SUCCESS);
        assert_memory_equal(secret, z, 256);
        assert_int_equal(agree(PSA_DH_FAMILY_RFC7919, 2048, other_private, own, secret), PSA_SUCCESS);
        assert_memory_equal(secret, z, 256);
    }
    vectors_close(v, 5);
}

/* y = 2^x, and x is a private key: else the case is to fail. */
static void vectors_acvp_keys(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ffdh/acvp-safePrimes-keyVer-1.0.json", NULL);
    while (vectors_next(v)) {
        uint8_t public_key[256];
        size_t x_length, y_length, bits = 0;
        const uint8_t *x = vectors_hex(v, "x", &x_length);
        const uint8_t *y = vectors_hex(v, "y", &y_length);
        psa_dh_family_t family =
            strcmp(vectors_string(v, "safePrimeGroup"), "ffdhe2048") == 0 ? PSA_DH_FAMILY_RFC7919 : PSA_DH_FAMILY_RFC3526;
        assert_true(x_length == 256 && y_length == 256);
        int right = import(PAIR(family), x, 256, &bits) == PSA_SUCCESS && import(PUBLIC(family), y, 256, &bits) == PSA_SUCCESS &&
                    public_of(family, 2048, x, public_key) == PSA_SUCCESS && memcmp(public_key, y, 256) == 0;
        if (right != (vectors_result(v) == VECTORS_VALID)) {
            fail_msg("%s: %d", vectors_where(v), right);
        }
    }
    vectors_close(v, 20);
}

/* import_export:"<hex>":PSA_KEY_TYPE_DH_KEY_PAIR(...):usage:alg:lifetime:<bits>:... */
static void vectors_mbed(void **state)
{
    (void)state;
    vectors_require();
    size_t length, cases = 0;
    char *text = vectors_file("ffdh/tf-psa-ffdh-keys.txt", &length);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (strncmp(line, "import_export:\"", 15) != 0) {
            continue;
        }
        char *end = strchr(line + 15, '"');
        assert_non_null(end);
        *end++ = 0;
        size_t data_length, bits = 0;
        uint8_t *data = vectors_decode_hex(line + 15, &data_length);
        int is_public = strstr(end, "DH_PUBLIC_KEY") != NULL;
        assert_non_null(data);
        psa_key_type_t type = is_public ? PUBLIC(PSA_DH_FAMILY_RFC7919) : PAIR(PSA_DH_FAMILY_RFC7919);
        psa_status_t status = import(type, data, data_length, &bits);
        if (status != PSA_SUCCESS) {
            fail_msg("%zu bytes, public %d: %d", data_length, is_public, (int)status);
        }
        assert_int_equal(bits, 8 * data_length);
        free(data);
        cases++;
    }
    free(text);
    vectors_report("ffdh/tf-psa-ffdh-keys.txt", cases, 10);
}

/* ---- OpenSSL ---- */

static void generate(psa_dh_family_t family, size_t bits, uint8_t *private_key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    size_t length = 0;
    psa_set_key_type(&attributes, PAIR(family));
    psa_set_key_bits(&attributes, bits);
    assert_int_equal(sw_key_management_entries.generate(NULL, &attributes, 0, NULL, NULL, 0, private_key, bits / 8, &length), PSA_SUCCESS);
    assert_int_equal(length, bits / 8);
}

static void same_secret(psa_dh_family_t family, size_t bits, int nid)
{
    uint8_t private_key[SW_FFDH_LENGTH_MAX], public_key[SW_FFDH_LENGTH_MAX], peer[SW_FFDH_LENGTH_MAX];
    uint8_t ours[SW_FFDH_LENGTH_MAX], theirs[SW_FFDH_LENGTH_MAX];
    size_t imported = 0;
    DH *dh = DH_new_by_nid(nid);
    assert_int_equal(DH_generate_key(dh), 1);
    BN_bn2binpad(DH_get0_pub_key(dh), peer, (int)(bits / 8));
    generate(family, bits, private_key);
    assert_int_equal(import(PAIR(family), private_key, bits / 8, &imported), PSA_SUCCESS);
    assert_int_equal(imported, bits);
    assert_int_equal(public_of(family, bits, private_key, public_key), PSA_SUCCESS);
    assert_int_equal(import(PUBLIC(family), public_key, bits / 8, &imported), PSA_SUCCESS);
    assert_int_equal(agree(family, bits, private_key, peer, ours), PSA_SUCCESS);
    BIGNUM *y = BN_bin2bn(public_key, (int)(bits / 8), NULL);
    assert_int_equal(DH_compute_key_padded(theirs, y, dh), bits / 8);
    assert_memory_equal(ours, theirs, bits / 8);
    BN_free(y);
    DH_free(dh);
}

static void openssl_agrees(void **state)
{
    (void)state;
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; i < sizes_to_try(); i++) {
            for (size_t n = 0; n < (i == 0 ? 3 : 1); n++) {
                same_secret(families[f], sizes[i], nids[f][i]);
            }
        }
    }
}

/* A private key at either end, and small ones, whose secrets begin with zeroes. */
static void edges(void **state)
{
    uint8_t p[256], x[256] = { 0 }, two[256] = { 0 }, y[256];
    size_t bits = 0;
    const psa_dh_family_t family = PSA_DH_FAMILY_RFC3526;
    (void)state;
    sw_ffdh_prime(sw_ffdh_find(family, 2048), p);
    two[255] = 2;
    assert_int_equal(import(PAIR(family), x, 256, &bits), PSA_ERROR_INVALID_ARGUMENT); /* 0 */
    x[255] = 3;
    assert_int_equal(import(PAIR(family), x, 256, &bits), PSA_SUCCESS);
    assert_int_equal(public_of(family, 2048, x, y), PSA_SUCCESS);
    x[255] = 8; /* 2^3 */
    assert_memory_equal(y, x, 256);
    x[254] = 1;
    x[255] = 0; /* 2^256, by an exponent of more than 128 bits (q is added) and by agreement */
    assert_int_equal(agree(family, 2048, x, two, y), PSA_SUCCESS);
    for (size_t i = 0; i < 256; i++) {
        assert_int_equal(y[i], i == 256 - 33 ? 1 : 0);
    }
    memcpy(x, p, 256);
    assert_int_equal(import(PAIR(family), x, 256, &bits), PSA_ERROR_INVALID_ARGUMENT); /* p */
    x[255]--;
    assert_int_equal(import(PAIR(family), x, 256, &bits), PSA_SUCCESS); /* p - 1, which the rule of derivation can give */
    assert_int_equal(agree(family, 2048, x, two, y), PSA_ERROR_INVALID_ARGUMENT); /* and nobody agrees with: 1 */
    x[255]--; /* p - 2: 2^(p-2) = 1/2 */
    assert_int_equal(agree(family, 2048, x, two, y), PSA_SUCCESS);
    memcpy(x, p, 256);
    uint32_t carry = 1;
    for (size_t i = 256; i-- > 0;) { /* (p + 1) / 2 */
        carry += x[i];
        x[i] = (uint8_t)carry;
        carry >>= 8;
    }
    for (size_t i = 256; i-- > 0;) {
        x[i] = (uint8_t)(x[i] >> 1 | (i == 0 ? carry : x[i - 1]) << 7);
    }
    assert_memory_equal(y, x, 256);
    memset(x, 0xff, 256);
    assert_int_equal(import(PAIR(family), x, 256, &bits), PSA_ERROR_INVALID_ARGUMENT);
}

static void peers_refused(void **state)
{
    uint8_t p[256], x[256], y[256] = { 0 }, secret[256];
    const psa_dh_family_t family = PSA_DH_FAMILY_RFC7919;
    size_t bits = 0;
    (void)state;
    sw_ffdh_prime(sw_ffdh_find(family, 2048), p);
    generate(family, 2048, x);
    memset(secret, 0xa5, sizeof secret);
    const struct {
        int from_p; /* y = p - value, else value */
        uint8_t value;
        psa_status_t imports, agrees;
    } peers[] = {
        { 0, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { 0, 1, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { 0, 2, PSA_SUCCESS, PSA_SUCCESS },
        { 0, 4, PSA_SUCCESS, PSA_SUCCESS },
        { 1, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { 1, 1, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { 1, 2, PSA_SUCCESS, PSA_ERROR_INVALID_ARGUMENT }, /* -2 is no square: -1 is none, 2 is one */
        { 1, 4, PSA_SUCCESS, PSA_ERROR_INVALID_ARGUMENT },
    };
    for (size_t i = 0; i < sizeof peers / sizeof peers[0]; i++) {
        memset(y, 0, sizeof y);
        if (peers[i].from_p) {
            memcpy(y, p, sizeof y);
        }
        y[255] = (uint8_t)(peers[i].from_p ? p[255] - peers[i].value : peers[i].value);
        assert_int_equal(import(PUBLIC(family), y, 256, &bits), peers[i].imports);
        assert_int_equal(agree(family, 2048, x, y, secret), peers[i].agrees);
        if (peers[i].agrees == PSA_SUCCESS) {
            memset(secret, 0xa5, sizeof secret);
        }
    }
    memset(y, 0xff, sizeof y);
    assert_int_equal(agree(family, 2048, x, y, secret), PSA_ERROR_INVALID_ARGUMENT);
    for (size_t i = 0; i < sizeof secret; i++) {
        assert_int_equal(secret[i], 0xa5);
    }
}

/* The symbol that tells squares apart is Euler's: y^((p-1)/2). */
static void subgroup(void **state)
{
    BN_CTX *context = BN_CTX_new();
    DH *dh = DH_new_by_nid(NID_ffdhe2048);
    BIGNUM *y = BN_new(), *power = BN_new(), *q = BN_new();
    uint8_t x[256], secret[256];
    int squares = 0;
    (void)state;
    generate(PSA_DH_FAMILY_RFC7919, 2048, x);
    BN_rshift1(q, DH_get0_p(dh));
    for (int i = 0; i < 16; i++) {
        uint8_t bytes[256];
        assert_int_equal(BN_rand_range(y, q), 1);
        BN_bn2binpad(y, bytes, 256);
        assert_int_equal(BN_mod_exp(power, y, q, DH_get0_p(dh), context), 1);
        psa_status_t status = agree(PSA_DH_FAMILY_RFC7919, 2048, x, bytes, secret);
        assert_int_equal(status, BN_is_one(power) ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        squares += BN_is_one(power);
    }
    assert_true(squares > 0 && squares < 16); /* wrong once in 2^15 */
    BN_free(y);
    BN_free(power);
    BN_free(q);
    DH_free(dh);
    BN_CTX_free(context);
}

static void entries(void **state)
{
    uint8_t x[256], y[257] = { 0 }, secret[256];
    psa_key_attributes_t attributes;
    size_t length = 99, bits = 0;
    const psa_dh_family_t family = PSA_DH_FAMILY_RFC7919;
    (void)state;
    generate(family, 2048, x);
    y[255] = 4;
    struct psacrypto_key key = test_key(&attributes, PAIR(family), 2048, x, 256);
    const struct psacrypto_key_agreement_entries *e = &sw_key_agreement_entries;
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_FFDH, y, 256, secret, 255, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_FFDH, y, 255, secret, 256, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_FFDH, y, 257, secret, 256, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_ECDH, y, 256, secret, 256, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, secret, 255, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    psa_set_key_type(&attributes, PUBLIC(family));
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_FFDH, y, 256, secret, 256, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PAIR(0x7f));
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_FFDH, y, 256, secret, 256, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PAIR(family));
    assert_int_equal(length, 99);
    psa_algorithm_t combined = PSA_ALG_KEY_AGREEMENT(PSA_ALG_FFDH, PSA_ALG_HKDF(PSA_ALG_SHA_256));
    assert_int_equal(e->agree(NULL, &key, combined, y, 256, y, 256, &length), PSA_SUCCESS); /* over the peer's key */
    assert_int_equal(length, 256);

    assert_int_equal(import(PAIR(family), x, 255, &bits), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(import(PAIR(0x7f), x, 256, &bits), PSA_ERROR_NOT_SUPPORTED);
    bits = 3072;
    assert_int_equal(import(PAIR(family), x, 256, &bits), PSA_ERROR_INVALID_ARGUMENT);
    bits = 1024;
    assert_int_equal(import(PAIR(family), x, 128, &bits), PSA_ERROR_NOT_SUPPORTED);
}

/* The rule of the specification: what is above p - 2 is drawn again, and 1 is added. */
static psa_status_t draw(void *source, uint8_t *output, size_t output_length)
{
    uint8_t p[256];
    int *calls = source;
    assert_int_equal(output_length, 256);
    sw_ffdh_prime(sw_ffdh_find(PSA_DH_FAMILY_RFC7919, 2048), p);
    memcpy(output, p, output_length);
    output[255] = (uint8_t)(p[255] - (*calls == 1 ? 1 : 4));
    if (*calls == 0) {
        memset(output, 0xff, output_length);
    }
    ++*calls;
    return PSA_SUCCESS;
}

static void derives(void **state)
{
    uint8_t blob[256], p[256];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    size_t length = 0;
    int calls = 0;
    (void)state;
    sw_ffdh_prime(sw_ffdh_find(PSA_DH_FAMILY_RFC7919, 2048), p);
    psa_set_key_type(&attributes, PAIR(PSA_DH_FAMILY_RFC7919));
    psa_set_key_bits(&attributes, 2048);
    const struct psacrypto_key_management_entries *e = &sw_key_management_entries;
    assert_int_equal(e->derive(NULL, &attributes, 0, draw, &calls, blob, 256, &length), PSA_SUCCESS);
    assert_int_equal(calls, 3); /* 2^2048 - 1 and p - 1 are too large, p - 4 is not */
    p[255] = (uint8_t)(p[255] - 3);
    assert_memory_equal(blob, p, 256);
    assert_int_equal(e->derive(NULL, &attributes, 0, draw, &calls, blob, 255, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    psa_set_key_bits(&attributes, 2056);
    assert_int_equal(e->derive(NULL, &attributes, 0, draw, &calls, blob, 256, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PUBLIC(PSA_DH_FAMILY_RFC7919));
    assert_int_equal(e->derive(NULL, &attributes, 0, draw, &calls, blob, 256, &length), PSA_ERROR_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_openssl), cmocka_unit_test(vectors_acvp_agreement), cmocka_unit_test(vectors_acvp_keys),
        cmocka_unit_test(vectors_mbed),    cmocka_unit_test(openssl_agrees),         cmocka_unit_test(edges),
        cmocka_unit_test(peers_refused),   cmocka_unit_test(subgroup),               cmocka_unit_test(entries),
        cmocka_unit_test(derives),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
