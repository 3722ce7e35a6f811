/* SPDX-License-Identifier: Apache-2.0 */
/*
 * X25519: RFC 7748, shared vectors, OpenSSL; keys by the rules of the specification; the field and the table against
 * OpenSSL's integers. In each way that it is compiled: with the kernels of the CPU, the portable ones, limbs of 32 bits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/bn.h>
#include <openssl/evp.h>

#include "montgomery_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "software/ecc/edwards25519_table.h"
#include "software/ecc/montgomery.h"
#include "software/kernels.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY)
#define PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_MONTGOMERY)

struct way {
    const struct sw_curve_arithmetic *arithmetic;
    uint32_t cpu_mask;
};

static const struct way ways[] = { { &sw_x25519, 0xffffffffu }, { &sw_x25519, 0 }, { &sw_x25519_limbs32, 0 } };
#define WAYS 3

static const struct sw_curve *curve;

static void choose(size_t way)
{
    platform_cpu_mask(ways[way].cpu_mask);
    sw_kernels_init();
}

static int setup(void **state)
{
    curve = sw_curve_find(PSA_ECC_FAMILY_MONTGOMERY, 255);
    return driver_setup(state);
}

static int teardown(void **state)
{
    platform_cpu_mask(0xffffffffu);
    return driver_teardown(state);
}

static void decode(uint8_t *output, const char *hex)
{
    size_t length;
    uint8_t *bytes = vectors_decode_hex(hex, &length);
    memcpy(output, bytes, length);
    free(bytes);
}

static psa_status_t entry_agree(const uint8_t *private_key, const uint8_t *peer, size_t peer_length, uint8_t *secret)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PAIR, 255, private_key, 32);
    size_t length = 0;
    psa_status_t status = sw_key_agreement_entries.agree(NULL, &key, PSA_ALG_ECDH, peer, peer_length, secret, 32, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? 32 : 0);
    return status;
}

/* RFC 7748, 5.2 */
static void rfc7748(void **state)
{
    uint8_t k[32], u[32], expected[32], secret[32];
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        choose(w);
        decode(k, "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4");
        decode(u, "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
        decode(expected, "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
        assert_int_equal(ways[w].arithmetic->agree(curve, secret, k, u), PSA_SUCCESS);
        assert_memory_equal(secret, expected, 32);
        decode(k, "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d");
        decode(u, "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493");
        decode(expected, "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
        assert_int_equal(ways[w].arithmetic->agree(curve, secret, k, u), PSA_SUCCESS);
        assert_memory_equal(secret, expected, 32);
    }
}

/* RFC 7748, 5.2: k, u = X25519(k, u), k a thousand times. */
static void rfc7748_iterated(void **state)
{
    uint8_t k[32], u[32], expected[32], next[32];
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        choose(w);
        memset(k, 0, 32);
        k[0] = 9;
        memcpy(u, k, 32);
        for (int i = 0; i < 1000; i++) {
            assert_int_equal(ways[w].arithmetic->agree(curve, next, k, u), PSA_SUCCESS);
            memcpy(u, k, 32);
            memcpy(k, next, 32);
            if (i == 0) {
                decode(expected, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
                assert_memory_equal(k, expected, 32);
            }
        }
        decode(expected, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
        assert_memory_equal(k, expected, 32);
    }
}

/* RFC 7748, 6.1: keys, through the entries. */
static void rfc7748_keys(void **state)
{
    uint8_t a[32], b[32], public_a[32], public_b[32], expected[32], out[32];
    psa_key_attributes_t attributes;
    size_t length;
    (void)state;
    decode(a, "70076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c6a"); /* 77..2a with its forced bits set */
    decode(b, "58ab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e06b");
    decode(public_a, "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    decode(public_b, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    decode(expected, "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    struct psacrypto_key key = test_key(&attributes, PAIR, 255, a, 32);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, out, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(out, public_a, 32);
    assert_int_equal(entry_agree(a, public_b, 32, out), PSA_SUCCESS);
    assert_memory_equal(out, expected, 32);
    assert_int_equal(entry_agree(b, public_a, 32, out), PSA_SUCCESS);
    assert_memory_equal(out, expected, 32);
    for (size_t l = 0; l < 34; l++) {
        assert_int_equal(entry_agree(b, public_a, l, out), l == 32 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
}

static void vectors_wycheproof(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ecdh/wycheproof-x25519.json", NULL);
    while (vectors_next(v)) {
        size_t length;
        static const uint8_t zero[32];
        const uint8_t *private_key = vectors_hex(v, "private", &length), *peer = vectors_hex(v, "public", &length);
        const uint8_t *shared = vectors_hex(v, "shared", &length);
        /* All-zero results are acceptable there, and refused here. */
        psa_status_t expected = memcmp(shared, zero, 32) == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS;
        uint8_t secret[32];
        assert_int_not_equal(vectors_result(v), VECTORS_INVALID);
        for (size_t w = 0; w < WAYS; w++) {
            choose(w);
            if (ways[w].arithmetic->agree(curve, secret, private_key, peer) != expected) {
                fail_msg("%s", vectors_where(v));
            }
            assert_memory_equal(secret, shared, 32);
        }
        assert_int_equal(entry_agree(private_key, peer, 32, secret), expected);
    }
    vectors_close(v, 518);
}

static void random_bytes(uint8_t *bytes, size_t length, unsigned pattern)
{
    static struct random_source source = { 41 };
    random_source_bytes(&source, bytes, length);
    if (pattern % 4 == 0) {
        memset(bytes, 0xff, length / 2 + pattern % 16);
    } else if (pattern % 4 == 1) {
        memset(bytes + pattern % 16, 0, length / 2);
    }
}

static void openssl_x25519(uint8_t *secret, uint8_t *public_key, const uint8_t *private_key, const uint8_t *peer)
{
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, private_key, 32);
    EVP_PKEY *other = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, peer, 32);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
    size_t length = 32;
    assert_int_equal(EVP_PKEY_get_raw_public_key(key, public_key, &length), 1);
    assert_int_equal(EVP_PKEY_derive_init(ctx), 1);
    assert_int_equal(EVP_PKEY_derive_set_peer(ctx, other), 1);
    assert_int_equal(EVP_PKEY_derive(ctx, secret, &length), 1);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(key);
    EVP_PKEY_free(other);
}

static void openssl_same(void **state)
{
    uint8_t private_key[32], peer[32], secret[32], public_key[32], expected[32], expected_public[32];
    (void)state;
    for (unsigned i = 0; i < 200; i++) {
        random_bytes(private_key, 32, i);
        random_bytes(peer, 32, i / 4);
        openssl_x25519(expected, expected_public, private_key, peer);
        for (size_t w = 0; w < WAYS; w++) {
            choose(w);
            assert_int_equal(ways[w].arithmetic->agree(curve, secret, private_key, peer), PSA_SUCCESS);
            assert_memory_equal(secret, expected, 32);
            assert_int_equal(ways[w].arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
            assert_memory_equal(public_key, expected_public, 32);
        }
    }
}

/* ---- Keys ---- */

static psa_status_t import(psa_key_type_t type, size_t bits, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t blob[64];
    size_t blob_length;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_status_t status = sw_key_management_entries.import(NULL, &attributes, 0, data, length, blob, sizeof blob, &blob_length, &bits);
    assert_true(status != PSA_SUCCESS || (bits == 255 && blob_length == 32 && memcmp(blob, data, 32) == 0));
    return status;
}

/* The forced bits of a private key are part of its format; any 32 bytes are a public key. */
static void imports(void **state)
{
    uint8_t key[33];
    (void)state;
    memset(key, 0x58, sizeof key);
    assert_int_equal(import(PAIR, 255, key, 32), PSA_SUCCESS);
    assert_int_equal(import(PAIR, 0, key, 32), PSA_SUCCESS);
    assert_int_equal(import(PAIR, 256, key, 32), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import(PAIR, 255, key, 31), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(import(PAIR, 255, key, 33), PSA_ERROR_INVALID_ARGUMENT);
    for (unsigned bit = 0; bit < 256; bit++) {
        int forced = bit < 3 || bit > 253;
        key[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(import(PAIR, 255, key, 32), forced ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS);
        assert_int_equal(import(PUBLIC, 255, key, 32), PSA_SUCCESS);
        key[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    assert_int_equal(import(PUBLIC, 0, key, 32), PSA_SUCCESS);
    assert_int_equal(import(PUBLIC, 255, key, 33), PSA_ERROR_INVALID_ARGUMENT);
}

static psa_status_t draw_ones(void *source, uint8_t *output, size_t output_length)
{
    memset(output, 0xff, output_length);
    return *(psa_status_t *)source;
}

/* "Key derivation": the bytes drawn, the forced bits set. */
static void derivation(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_status_t source = PSA_SUCCESS;
    uint8_t key[32], expected[32];
    size_t length = 77;
    (void)state;
    psa_set_key_type(&attributes, PAIR);
    psa_set_key_bits(&attributes, 255);
    memset(expected, 0xff, 32);
    expected[0] = 0xf8;
    expected[31] = 0x7f;
    assert_int_equal(sw_key_management_entries.derive(NULL, &attributes, 0, draw_ones, &source, key, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(key, expected, 32);
    source = PSA_ERROR_INSUFFICIENT_DATA;
    memset(expected, 0, 32);
    assert_int_equal(sw_key_management_entries.derive(NULL, &attributes, 0, draw_ones, &source, key, 32, &length),
                     PSA_ERROR_INSUFFICIENT_DATA);
    assert_memory_equal(key, expected, 32);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(sw_key_management_entries.generate(NULL, &attributes, 0, NULL, NULL, 0, key, 32, &length), PSA_SUCCESS);
        assert_int_equal(import(PAIR, 255, key, length), PSA_SUCCESS);
    }
}

/* A curve for agreement alone. */
static void no_signatures(void **state)
{
    uint8_t key[32] = { 0x40 }, signature[64];
    psa_key_attributes_t attributes;
    size_t length;
    (void)state;
    struct psacrypto_key pair = test_key(&attributes, PAIR, 255, key, 32);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &pair, PSA_ALG_ECDSA_ANY, key, 32, NULL, 0, signature, 64, &length),
                     PSA_ERROR_NOT_SUPPORTED);
}

/* ---- The field ---- */

static BIGNUM *prime(void)
{
    BIGNUM *p = BN_new();
    BN_one(p);
    BN_lshift(p, p, 255);
    BN_sub_word(p, 19);
    return p;
}

/* Operands up to 2^256 - 1: limbs of zeros and ones, near multiples of p, random. */
static void operand(uint8_t bytes[32], unsigned number)
{
    if (number < 16) {
        for (int i = 0; i < 32; i++) {
            bytes[i] = (number >> (i / 8)) & 1u ? 0xff : 0;
        }
    } else if (number < 64) {
        memset(bytes, 0xff, 32);
        bytes[0] = (uint8_t)(0xff - (number - 16));
        bytes[31] = number % 2 == 0 ? 0xff : 0x7f;
    } else {
        random_bytes(bytes, 32, 2);
    }
}

#if defined(__SIZEOF_INT128__)
static void kernel(uint8_t r[32], const uint8_t a[32], const uint8_t b[32])
{
    uint64_t x[4] = { 0 }, y[4] = { 0 };
    for (int i = 0; i < 32; i++) {
        x[i / 8] |= (uint64_t)a[i] << (8 * (i % 8));
        y[i / 8] |= (uint64_t)b[i] << (8 * (i % 8));
    }
    if (memcmp(a, b, 32) == 0) {
        sw_kernels.f25519_square(x, x, 1);
    } else {
        sw_kernels.f25519_multiply(x, x, y);
    }
    for (int i = 0; i < 32; i++) {
        r[i] = (uint8_t)(x[i / 8] >> (8 * (i % 8)));
    }
}
#else
static void kernel(uint8_t r[32], const uint8_t a[32], const uint8_t b[32])
{
    f25519_limbs32_multiply(r, a, b);
}
#endif

static void multiplication(void **state)
{
    BIGNUM *p = prime(), *product = BN_new(), *x = BN_new(), *y = BN_new();
    BN_CTX *ctx = BN_CTX_new();
    uint8_t a[32], b[32], got[32];
    (void)state;
    for (unsigned i = 0; i < 80 * 80; i++) {
        operand(a, i % 80);
        operand(b, i / 80);
        if (i % 81 == 0) { /* squares */
            memcpy(b, a, 32);
        }
        BN_lebin2bn(a, 32, x);
        BN_lebin2bn(b, 32, y);
        BN_mod_mul(product, x, y, p, ctx);
        for (size_t w = 0; w < WAYS; w++) {
            choose(w);
            (w == 2 ? f25519_limbs32_multiply : kernel)(got, a, b);
            BN_lebin2bn(got, 32, x);
            BN_mod(x, x, p, ctx);
            assert_int_equal(BN_cmp(x, product), 0);
        }
    }
    BN_free(p);
    BN_free(product);
    BN_free(x);
    BN_free(y);
    BN_CTX_free(ctx);
}

/* ---- The table, by sums of points in affine coordinates ---- */

struct affine {
    BIGNUM *x, *y;
};

/* r = a + b on -x^2 + y^2 = 1 + d x^2 y^2 */
static void affine_add(struct affine *r, const struct affine *a, const struct affine *b, const BIGNUM *d, const BIGNUM *p, BN_CTX *ctx)
{
    BIGNUM *x1y2 = BN_new(), *y1x2 = BN_new(), *x1x2 = BN_new(), *y1y2 = BN_new(), *k = BN_new(), *t = BN_new();
    BN_mod_mul(x1y2, a->x, b->y, p, ctx);
    BN_mod_mul(y1x2, a->y, b->x, p, ctx);
    BN_mod_mul(x1x2, a->x, b->x, p, ctx);
    BN_mod_mul(y1y2, a->y, b->y, p, ctx);
    BN_mod_mul(k, x1x2, y1y2, p, ctx);
    BN_mod_mul(k, k, d, p, ctx);
    BN_mod_add(x1y2, x1y2, y1x2, p, ctx);
    BN_mod_add(y1y2, y1y2, x1x2, p, ctx);
    BN_add_word(k, 1);
    BN_mod_inverse(t, k, p, ctx);
    BN_mod_mul(r->x, x1y2, t, p, ctx);
    BN_sub_word(k, 1);
    BN_sub(k, BN_value_one(), k);
    BN_nnmod(k, k, p, ctx);
    BN_mod_inverse(t, k, p, ctx);
    BN_mod_mul(r->y, y1y2, t, p, ctx);
    BN_free(x1y2);
    BN_free(y1x2);
    BN_free(x1x2);
    BN_free(y1y2);
    BN_free(k);
    BN_free(t);
}

static void check_entry(const uint64_t entry[12], const struct affine *point, const BIGNUM *d, const BIGNUM *p, BN_CTX *ctx)
{
    BIGNUM *expected[3] = { BN_new(), BN_new(), BN_new() };
    uint8_t got[32], bytes[32];
    BN_mod_add(expected[0], point->y, point->x, p, ctx);
    BN_mod_sub(expected[1], point->y, point->x, p, ctx);
    BN_mod_mul(expected[2], point->x, point->y, p, ctx);
    BN_mod_mul(expected[2], expected[2], d, p, ctx);
    BN_mod_add(expected[2], expected[2], expected[2], p, ctx);
    for (int c = 0; c < 3; c++) {
        for (int i = 0; i < 32; i++) {
            got[i] = (uint8_t)(entry[4 * c + i / 8] >> (8 * (i % 8)));
        }
        BN_bn2lebinpad(expected[c], bytes, 32);
        assert_memory_equal(got, bytes, 32);
        BN_free(expected[c]);
    }
}

static void table(void **state)
{
    BIGNUM *p = prime(), *d = NULL;
    BN_CTX *ctx = BN_CTX_new();
    struct affine base = { NULL, NULL }, twice = { BN_new(), BN_new() }, point = { BN_new(), BN_new() };
    (void)state;
    /* RFC 8032, 5.1 */
    BN_dec2bn(&d, "37095705934669439343138083508754565189542113879843219016388785533085940283555");
    BN_dec2bn(&base.x, "15112221349535400772501151409588531511454012693041857206046113283949847762202");
    BN_dec2bn(&base.y, "46316835694926478169428394003475163141307993866256225615783033603165251855960");
    for (unsigned t = 0; t < 13; t++) {
        affine_add(&twice, &base, &base, d, p, ctx);
        BN_copy(point.x, base.x);
        BN_copy(point.y, base.y);
        for (unsigned j = 0; j < 16; j++) {
            check_entry(ed25519_table[t][j], &point, d, p, ctx);
            affine_add(&point, &point, &twice, d, p, ctx);
        }
        for (int i = 0; i < 20; i++) {
            affine_add(&base, &base, &base, d, p, ctx);
        }
    }
    BN_free(p);
    BN_free(d);
    BN_free(base.x);
    BN_free(base.y);
    BN_free(twice.x);
    BN_free(twice.y);
    BN_free(point.x);
    BN_free(point.y);
    BN_CTX_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiplication),
        cmocka_unit_test(table),
        cmocka_unit_test(rfc7748),
        cmocka_unit_test(rfc7748_iterated),
        cmocka_unit_test(rfc7748_keys),
        cmocka_unit_test(vectors_wycheproof),
        cmocka_unit_test(openssl_same),
        cmocka_unit_test(imports),
        cmocka_unit_test(derivation),
        cmocka_unit_test(no_signatures),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
