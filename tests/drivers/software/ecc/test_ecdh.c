/* SPDX-License-Identifier: Apache-2.0 */
/* ECDH: RFC 5903, shared vectors, OpenSSL, peers that must be refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"

#include <openssl/ecdh.h>
#include <openssl/x509.h>

#include "../services.h"
#include "support/vectors.h"

static psa_status_t agree(const struct test_curve *row, const uint8_t *private_key, const uint8_t *peer, size_t peer_length,
                          uint8_t *secret)
{
    const struct sw_curve *curve = &row->curve;
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), curve->bits, private_key,
                                        curve->order_length);
    size_t length = 0;
    psa_status_t status = sw_key_agreement_entries.agree(NULL, &key, PSA_ALG_ECDH, peer, peer_length, secret,
                                                         curve->field_length, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? curve->field_length : 0);
    return status;
}

static void decode(uint8_t *output, size_t length, const char *hex)
{
    BIGNUM *integer = NULL;
    assert_true(BN_hex2bn(&integer, strncmp(hex, "0x", 2) == 0 ? hex + 2 : hex) > 0);
    assert_true(BN_bn2binpad(integer, output, (int)length) > 0);
    BN_free(integer);
}

/* RFC 5903, 8.1 */
static void rfc5903(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    uint8_t i[32], r[32], gi[65] = { 4 }, gr[65] = { 4 }, expected[32], secret[32], public_key[65];
    (void)state;
    decode(i, 32, "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433");
    decode(gi + 1, 32, "DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180");
    decode(gi + 33, 32, "5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3");
    decode(r, 32, "C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53");
    decode(gr + 1, 32, "D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63");
    decode(gr + 33, 32, "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB");
    decode(expected, 32, "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE");

    assert_int_equal(agree(row, i, gr, 65, secret), PSA_SUCCESS);
    assert_memory_equal(secret, expected, 32);
    assert_int_equal(agree(row, r, gi, 65, secret), PSA_SUCCESS);
    assert_memory_equal(secret, expected, 32);
    assert_int_equal(row->curve.arithmetic->public_key(&row->curve, public_key, i), PSA_SUCCESS);
    assert_memory_equal(public_key, gi, 65);
}

/* ---- Shared vectors ---- */

static const char no_curve[] = "curve is not implemented";
static const char not_a_peer[] = "the peer is not encoded as PSA has it (ASN.1 of other parameters)";

/* The point in a SubjectPublicKeyInfo of the curve: it ends the structure. NULL unless the rest is what it always is. */
static const uint8_t *point_of_spki(const struct test_curve *row, const uint8_t *spki, size_t length, size_t *point_length)
{
    EC_KEY *key = test_curve_key(row);
    EC_KEY_set_asn1_flag(key, OPENSSL_EC_NAMED_CURVE);
    assert_int_equal(EC_KEY_set_public_key(key, EC_GROUP_get0_generator(EC_KEY_get0_group(key))), 1);
    uint8_t *template = NULL;
    int template_length = i2d_EC_PUBKEY(key, &template);
    const uint8_t *point = NULL;
    size_t head = (size_t)template_length - row->curve.public_length;
    if (length == (size_t)template_length && memcmp(spki, template, head) == 0) {
        *point_length = row->curve.public_length;
        point = spki + head;
    }
    OPENSSL_free(template);
    EC_KEY_free(key);
    return point;
}

static void wycheproof(const char *path, size_t cases)
{
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        const struct test_curve *row = test_curve_find(vectors_string(v, "curve"));
        uint8_t private_key[SW_CURVE_LENGTH_MAX], secret[SW_CURVE_LENGTH_MAX];
        size_t peer_length, private_length, shared_length;
        const uint8_t *peer = vectors_hex(v, "public", &peer_length);
        const uint8_t *given = vectors_hex(v, "private", &private_length);
        const uint8_t *shared = vectors_hex(v, "shared", &shared_length);
        enum vectors_result wanted = vectors_result(v);
        assert_non_null(row);
        if (strcmp(vectors_string(v, "encoding"), "asn") == 0) {
            peer = point_of_spki(row, peer, peer_length, &peer_length);
        }
        if (peer == NULL || !test_pad(private_key, row->curve.order_length, given, private_length)) {
            vectors_unused(v, not_a_peer);
            continue;
        }
        psa_status_t status = agree(row, private_key, peer, peer_length, secret);
        /* Compressed points are valid there, and no format of PSA. */
        int compressed = peer_length != 0 && (peer[0] == 2 || peer[0] == 3);
        psa_status_t expected = wanted == VECTORS_INVALID || compressed ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS;
        if (status != expected && !(wanted == VECTORS_ACCEPTABLE && status == PSA_ERROR_INVALID_ARGUMENT)) {
            fail_msg("%s: %d", vectors_where(v), (int)status);
        }
        if (status == PSA_SUCCESS) {
            assert_int_equal(shared_length, row->curve.field_length);
            assert_memory_equal(secret, shared, shared_length);
        }
    }
    vectors_close(v, cases);
}

static void vectors_wycheproof(void **state)
{
    (void)state;
    wycheproof("ecdh/wycheproof-ecdh_secp256r1_ecpoint.json", 355);
}

static void vectors_wycheproof_other(void **state)
{
    (void)state;
    if (getenv("PSACRYPTO_TEST_QUICK") != NULL) {
        skip();
    }
    wycheproof("ecdh/wycheproof-ecdh_secp224r1_ecpoint.json", 458);
    wycheproof("ecdh/wycheproof-ecdh_secp384r1_ecpoint.json", 790);
    wycheproof("ecdh/wycheproof-ecdh_secp521r1_ecpoint.json", 661);
    wycheproof("ecdh/wycheproof-ecdh_secp256k1.json", 752);
    wycheproof("ecdh/wycheproof-ecdh_brainpoolP224r1.json", 787);
    wycheproof("ecdh/wycheproof-ecdh_brainpoolP256r1.json", 804);
}

static void vectors_openssl(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ecdh/openssl-ecdh-all-curves-a.json", NULL);
    while (vectors_next(v)) {
        const struct test_curve *row = test_curve_find(vectors_string(v, "curve"));
        uint8_t private_key[SW_CURVE_LENGTH_MAX], shared[SW_CURVE_LENGTH_MAX], secret[SW_CURVE_LENGTH_MAX];
        size_t peer_length;
        const uint8_t *peer = vectors_hex(v, "peer_public", &peer_length);
        if (row == NULL) {
            vectors_unused(v, no_curve);
            continue;
        }
        decode(private_key, row->curve.order_length, vectors_string(v, "private"));
        decode(shared, row->curve.field_length, vectors_string(v, "shared"));
        assert_int_equal(agree(row, private_key, peer, peer_length, secret), PSA_SUCCESS);
        assert_memory_equal(secret, shared, row->curve.field_length);
    }
    vectors_close(v, 43);
}

static void vectors_botan(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ecdh/botan-ecdh-brainpool-frp.txt", "K");
    while (vectors_next(v)) {
        const struct test_curve *row = test_curve_find(vectors_section(v));
        uint8_t private_key[SW_CURVE_LENGTH_MAX], shared[SW_CURVE_LENGTH_MAX], secret[SW_CURVE_LENGTH_MAX];
        size_t peer_length;
        const uint8_t *peer = vectors_hex(v, "CounterKey", &peer_length);
        if (row == NULL) {
            vectors_unused(v, no_curve);
            continue;
        }
        decode(private_key, row->curve.order_length, vectors_string(v, "Secret"));
        decode(shared, row->curve.field_length, vectors_string(v, "K"));
        assert_int_equal(agree(row, private_key, peer, peer_length, secret), PSA_SUCCESS);
        assert_memory_equal(secret, shared, row->curve.field_length);
    }
    vectors_close(v, 31);
}

/* ---- OpenSSL ---- */

static EC_KEY *openssl_key(const struct test_curve *row, uint8_t *private_key, uint8_t *public_key)
{
    const struct sw_curve *curve = &row->curve;
    EC_KEY *key = test_curve_key(row);
    assert_int_equal(EC_KEY_generate_key(key), 1);
    assert_true(BN_bn2binpad(EC_KEY_get0_private_key(key), private_key, curve->order_length) > 0);
    assert_int_equal(EC_POINT_point2oct(EC_KEY_get0_group(key), EC_KEY_get0_public_key(key), POINT_CONVERSION_UNCOMPRESSED,
                                        public_key, curve->public_length, NULL), curve->public_length);
    return key;
}

static void openssl_same_secret(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct test_curve *row = test_curve_find(test_curves[i].names[0]);
        const struct sw_curve *curve = &row->curve;
        for (int repeat = 0; repeat < (row->curve.family == PSA_ECC_FAMILY_SECP_R1 && row->curve.bits == 256 ? 20 : 2); repeat++) {
            uint8_t a[SW_CURVE_LENGTH_MAX], b[SW_CURVE_LENGTH_MAX], public_a[SW_CURVE_POINT_MAX], public_b[SW_CURVE_POINT_MAX];
            uint8_t ours[SW_CURVE_LENGTH_MAX], theirs[SW_CURVE_LENGTH_MAX], public_ours[SW_CURVE_POINT_MAX];
            EC_KEY *key_a = openssl_key(row, a, public_a), *key_b = openssl_key(row, b, public_b);
            assert_int_equal(agree(row, a, public_b, curve->public_length, ours), PSA_SUCCESS);
            assert_int_equal(ECDH_compute_key(theirs, curve->field_length, EC_KEY_get0_public_key(key_a), key_b, NULL),
                             curve->field_length);
            assert_memory_equal(ours, theirs, curve->field_length);
            assert_int_equal(curve->arithmetic->public_key(curve, public_ours, a), PSA_SUCCESS);
            assert_memory_equal(public_ours, public_a, curve->public_length);
            EC_KEY_free(key_a);
            EC_KEY_free(key_b);
        }
    }
}

/* ---- Refusals ---- */

static void peers_refused(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    uint8_t private_key[32] = { 0x11 }, peer[66], bad[66], secret[32];
    (void)state;
    assert_int_equal(row->curve.arithmetic->public_key(&row->curve, peer, private_key), PSA_SUCCESS);
    assert_int_equal(agree(row, private_key, peer, 65, secret), PSA_SUCCESS);

    for (size_t length = 0; length <= 66; length++) {
        if (length != 65) {
            assert_int_equal(agree(row, private_key, peer, length, secret), PSA_ERROR_INVALID_ARGUMENT);
        }
    }
    for (int first = 0; first < 256; first++) { /* every form but the uncompressed one, the hybrid ones included */
        memcpy(bad, peer, 65);
        bad[0] = (uint8_t)first;
        assert_int_equal(agree(row, private_key, bad, 65, secret), first == 4 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
    for (size_t i = 1; i < 65; i++) { /* not on the curve */
        memcpy(bad, peer, 65);
        bad[i] ^= 0x20;
        assert_int_equal(agree(row, private_key, bad, 65, secret), PSA_ERROR_INVALID_ARGUMENT);
    }
    memset(bad, 0, 65); /* infinity, as some write it */
    assert_int_equal(agree(row, private_key, bad, 1, secret), PSA_ERROR_INVALID_ARGUMENT);
    bad[0] = 4;
    assert_int_equal(agree(row, private_key, bad, 65, secret), PSA_ERROR_INVALID_ARGUMENT);
    memset(bad + 1, 0xff, 64); /* coordinates not below p */
    assert_int_equal(agree(row, private_key, bad, 65, secret), PSA_ERROR_INVALID_ARGUMENT);

    /* A point of another curve with coordinates of the same length. */
    const struct test_curve *other = test_curve_find("secp256k1");
    assert_int_equal(other->curve.arithmetic->public_key(&other->curve, bad, private_key), PSA_SUCCESS);
    assert_int_equal(agree(row, private_key, bad, 65, secret), PSA_ERROR_INVALID_ARGUMENT);
}

/* x + p in the place of x, for a point whose x is small enough to fit: the same residue, but no encoding. */
static void coordinate_not_reduced(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    EC_GROUP *group = test_curve_group(row);
    EC_POINT *point = EC_POINT_new(group);
    BIGNUM *x = BN_new(), *p = BN_new();
    uint8_t peer[65], private_key[32] = { 0x22 }, secret[32];
    (void)state;
    assert_int_equal(EC_GROUP_get_curve(group, p, NULL, NULL, NULL), 1);
    BN_set_word(x, 5); /* 2^256 - p is larger than this */
    assert_int_equal(EC_POINT_set_compressed_coordinates(group, point, x, 0, NULL), 1);
    assert_int_equal(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, peer, 65, NULL), 65);
    assert_int_equal(agree(row, private_key, peer, 65, secret), PSA_SUCCESS);
    BN_add(x, x, p);
    assert_int_equal(BN_bn2binpad(x, peer + 1, 32), 32);
    assert_int_equal(agree(row, private_key, peer, 65, secret), PSA_ERROR_INVALID_ARGUMENT);
    BN_free(x);
    BN_free(p);
    EC_POINT_free(point);
    EC_GROUP_free(group);
}

static void entries(void **state)
{
    const struct sw_curve *curve = sw_curve_find(PSA_ECC_FAMILY_SECP_R1, 256);
    uint8_t private_key[32] = { 0x33 }, peer[65], secret[32], expected[32];
    psa_key_attributes_t attributes;
    size_t length = 99;
    (void)state;
    assert_int_equal(curve->arithmetic->public_key(curve, peer, private_key), PSA_SUCCESS);
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), 256, private_key, 32);
    const struct psacrypto_key_agreement_entries *e = &sw_key_agreement_entries;

    assert_int_equal(e->agree(NULL, &key, PSA_ALG_ECDH, peer, 65, secret, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_FFDH, peer, 65, secret, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve->family));
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_ECDH, peer, 65, secret, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECT_K1));
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_ECDH, peer, 65, secret, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family));
    assert_int_equal(length, 99);

    assert_int_equal(e->agree(NULL, &key, PSA_ALG_ECDH, peer, 65, expected, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    psa_algorithm_t combined = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256));
    assert_int_equal(e->agree(NULL, &key, combined, peer, 65, secret, 32, &length), PSA_SUCCESS);
    assert_memory_equal(secret, expected, 32);
    assert_int_equal(e->agree(NULL, &key, PSA_ALG_ECDH, peer, 65, peer, 65, &length), PSA_SUCCESS); /* over the peer's key */
    assert_memory_equal(peer, expected, 32);
}

/* Constant-time arithmetic blinds nothing. */
static void random_not_needed(void **state)
{
    const struct test_curve *row = test_curve_find("P-384");
    uint8_t private_key[48] = { 0x44 }, peer[97], secret[48];
    (void)state;
    assert_int_equal(row->curve.arithmetic->public_key(&row->curve, peer, private_key), PSA_SUCCESS);
    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    assert_int_equal(agree(row, private_key, peer, 97, secret), PSA_SUCCESS);
    test_random.status = PSA_SUCCESS;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc5903),
        cmocka_unit_test(vectors_wycheproof),
        cmocka_unit_test(vectors_wycheproof_other),
        cmocka_unit_test(vectors_openssl),
        cmocka_unit_test(vectors_botan),
        cmocka_unit_test(openssl_same_secret),
        cmocka_unit_test(peers_refused),
        cmocka_unit_test(coordinate_not_reduced),
        cmocka_unit_test(entries),
        cmocka_unit_test(random_not_needed),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
