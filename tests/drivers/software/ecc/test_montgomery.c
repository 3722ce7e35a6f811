/* SPDX-License-Identifier: Apache-2.0 */
/*
 * X25519 and X448: RFC 7748, shared vectors, OpenSSL; keys by the rules of the specification. In each way that they are
 * compiled: with the kernels of the CPU, the portable ones, limbs of 32 bits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/evp.h>

#include "montgomery_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "software/ecc/montgomery.h"
#include "software/kernels.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY)
#define PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_MONTGOMERY)
#define LENGTH_MAX 56

struct kind {
    size_t bits, length;
    const struct sw_curve_arithmetic *arithmetic, *limbs32;
    const char *answers[2][3];  /* RFC 7748, 5.2: scalar, u, their product */
    uint8_t base;
    const char *iterated[2];    /* after one time, after a thousand */
    const char *keys[5];        /* RFC 7748, 6: a, b, A, B, the secret */
    const char *wycheproof;
    size_t wycheproof_cases;
    int openssl;
    uint8_t zeros, mask, ones;  /* of the first byte, and of the last */
};

static const struct kind kinds[] = {
    {
        255, 32, &sw_x25519, &sw_x25519_limbs32,
        { { "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552" },
          { "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957" } },
        9,
        { "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079",
          "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51" },
        { "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
          "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
          "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
          "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
          "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742" },
        "ecdh/wycheproof-x25519.json", 518, EVP_PKEY_X25519, 0xf8, 0x7f, 0x40,
    },
    {
        448, 56, &sw_x448, &sw_x448_limbs32,
        { { "3d262fddf9ec8e88495266fea19a34d28882acef045104d0d1aae121700a779c984c24f8cdd78fbff44943eba368f54b29259a4f1c600ad3",
            "06fce640fa3487bfda5f6cf2d5263f8aad88334cbd07437f020f08f9814dc031ddbdc38c19c6da2583fa5429db94ada18aa7a7fb4ef8a086",
            "ce3e4ff95a60dc6697da1db1d85e6afbdf79b50a2412d7546d5f239fe14fbaadeb445fc66a01b0779d98223961111e21766282f73dd96b6f" },
          { "203d494428b8399352665ddca42f9de8fef600908e0d461cb021f8c538345dd77c3e4806e25f46d3315c44e0a5b4371282dd2c8d5be3095f",
            "0fbcc2f993cd56d3305b0b7d9e55d4c1a8fb5dbb52f8e9a1e9b6201b165d015894e56c4d3570bee52fe205e28a78b91cdfbde71ce8d157db",
            "884a02576239ff7a2f2f63b2db6a9ff37047ac13568e1e30fe63c4a7ad1b3ee3a5700df34321d62077e63633c575c1c954514e99da7c179d" } },
        5,
        { "3f482c8a9f19b01e6c46ee9711d9dc14fd4bf67af30765c2ae2b846a4d23a8cd0db897086239492caf350b51f833868b9bc2b3bca9cf4113",
          "aa3b4749d55b9daf1e5b00288826c467274ce3ebbdd5c17b975e09d4af6c67cf10d087202db88286e2b79fceea3ec353ef54faa26e219f38" },
        { "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b",
          "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d",
          "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0",
          "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
          "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d" },
        "ecdh/wycheproof-x448.json", 510, EVP_PKEY_X448, 0xfc, 0xff, 0x80,
    },
};


static const struct kind *kind;
static const struct sw_curve *curve;

#define WAYS 3

static const struct sw_curve_arithmetic *choose(size_t way)
{
    platform_cpu_mask(way == 0 ? 0xffffffffu : 0);
    sw_kernels_init();
    return way == 2 ? kind->limbs32 : kind->arithmetic;
}

/* Each test runs for each kind. */
static int setup_kind(size_t i)
{
    kind = &kinds[i];
    curve = sw_curve_find(PSA_ECC_FAMILY_MONTGOMERY, kind->bits);
    return curve != NULL ? 0 : -1;
}

static int setup_x25519(void **state)
{
    (void)state;
    return setup_kind(0);
}

static int setup_x448(void **state)
{
    (void)state;
    return setup_kind(1);
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
    assert_int_equal(length, kind->length);
    memcpy(output, bytes, length);
    free(bytes);
}

static void force_bits(uint8_t *private_key)
{
    uint8_t *last = private_key + kind->length - 1;
    private_key[0] &= kind->zeros;
    *last = (uint8_t)((*last & kind->mask) | kind->ones);
}

static psa_status_t entry_agree(const uint8_t *private_key, const uint8_t *peer, size_t peer_length, uint8_t *secret)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PAIR, kind->bits, private_key, kind->length);
    size_t length = 0;
    psa_status_t status =
        sw_key_agreement_entries.agree(NULL, &key, PSA_ALG_ECDH, peer, peer_length, secret, kind->length, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? kind->length : 0);
    return status;
}

/* RFC 7748, 5.2 */
static void rfc7748(void **state)
{
    uint8_t k[LENGTH_MAX], u[LENGTH_MAX], expected[LENGTH_MAX], secret[LENGTH_MAX];
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        const struct sw_curve_arithmetic *arithmetic = choose(w);
        for (size_t i = 0; i < 2; i++) {
            decode(k, kind->answers[i][0]);
            decode(u, kind->answers[i][1]);
            decode(expected, kind->answers[i][2]);
            assert_int_equal(arithmetic->agree(curve, secret, k, u), PSA_SUCCESS);
            assert_memory_equal(secret, expected, kind->length);
        }
    }
}

/* RFC 7748, 5.2: k, u = X(k, u), k a thousand times. */
static void rfc7748_iterated(void **state)
{
    uint8_t k[LENGTH_MAX], u[LENGTH_MAX], expected[LENGTH_MAX], next[LENGTH_MAX];
    int times = quick() ? 1 : 1000;
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        const struct sw_curve_arithmetic *arithmetic = choose(w);
        memset(k, 0, sizeof k);
        k[0] = kind->base;
        memcpy(u, k, sizeof u);
        for (int i = 1; i <= times; i++) {
            assert_int_equal(arithmetic->agree(curve, next, k, u), PSA_SUCCESS);
            memcpy(u, k, kind->length);
            memcpy(k, next, kind->length);
            if (i == 1 || i == 1000) {
                decode(expected, kind->iterated[i == 1000]);
                assert_memory_equal(k, expected, kind->length);
            }
        }
    }
}

static void export_public(uint8_t *public_key, const uint8_t *private_key)
{
    psa_key_attributes_t attributes;
    size_t length;
    struct psacrypto_key key = test_key(&attributes, PAIR, kind->bits, private_key, kind->length);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, public_key, kind->length, &length), PSA_SUCCESS);
    assert_int_equal(length, kind->length);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, public_key, kind->length - 1, &length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
}

/* RFC 7748, 6: keys, through the entries. */
static void rfc7748_keys(void **state)
{
    uint8_t a[LENGTH_MAX], b[LENGTH_MAX], public_a[LENGTH_MAX + 1], public_b[LENGTH_MAX], expected[LENGTH_MAX], out[LENGTH_MAX];
    (void)state;
    decode(a, kind->keys[0]);
    decode(b, kind->keys[1]);
    decode(public_a, kind->keys[2]);
    decode(public_b, kind->keys[3]);
    decode(expected, kind->keys[4]);
    force_bits(a);
    force_bits(b);
    export_public(out, a);
    assert_memory_equal(out, public_a, kind->length);
    export_public(out, b);
    assert_memory_equal(out, public_b, kind->length);
    assert_int_equal(entry_agree(a, public_b, kind->length, out), PSA_SUCCESS);
    assert_memory_equal(out, expected, kind->length);
    for (size_t l = 0; l <= kind->length + 1; l++) {
        memset(out, 0, sizeof out);
        assert_int_equal(entry_agree(b, public_a, l, out), l == kind->length ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_true(l != kind->length || memcmp(out, expected, l) == 0);
    }
}

static void vectors_wycheproof(void **state)
{
    (void)state;
    struct vectors *v = vectors_open(kind->wycheproof, NULL);
    while (vectors_next(v)) {
        size_t length, peer_length;
        static const uint8_t zero[LENGTH_MAX];
        uint8_t private_key[LENGTH_MAX], secret[LENGTH_MAX];
        const uint8_t *given = vectors_hex(v, "private", &length), *peer = vectors_hex(v, "public", &peer_length);
        assert_int_equal(length, kind->length);
        memcpy(private_key, given, length);
        const uint8_t *shared = vectors_hex(v, "shared", &length);
        if (peer_length != kind->length) {
            assert_int_not_equal(vectors_result(v), VECTORS_VALID);
            assert_int_equal(entry_agree(private_key, peer, peer_length, secret), PSA_ERROR_INVALID_ARGUMENT);
            continue;
        }
        /* All-zero results are acceptable there, and refused here. */
        psa_status_t expected = memcmp(shared, zero, kind->length) == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS;
        assert_int_not_equal(vectors_result(v), VECTORS_INVALID);
        for (size_t w = 0; w < WAYS; w++) {
            if (choose(w)->agree(curve, secret, private_key, peer) != expected) {
                fail_msg("%s", vectors_where(v));
            }
            assert_memory_equal(secret, shared, kind->length);
        }
        assert_int_equal(entry_agree(private_key, peer, peer_length, secret), expected);
    }
    vectors_close(v, kind->wycheproof_cases);
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

static void openssl_agree(uint8_t *secret, uint8_t *public_key, const uint8_t *private_key, const uint8_t *peer)
{
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(kind->openssl, NULL, private_key, kind->length);
    EVP_PKEY *other = EVP_PKEY_new_raw_public_key(kind->openssl, NULL, peer, kind->length);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
    size_t length = kind->length;
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
    uint8_t private_key[LENGTH_MAX], peer[LENGTH_MAX], secret[LENGTH_MAX], public_key[LENGTH_MAX];
    uint8_t expected[LENGTH_MAX], expected_public[LENGTH_MAX];
    (void)state;
    for (unsigned i = 0; i < 200; i++) {
        random_bytes(private_key, kind->length, i);
        random_bytes(peer, kind->length, i / 4);
        openssl_agree(expected, expected_public, private_key, peer);
        for (size_t w = 0; w < WAYS; w++) {
            const struct sw_curve_arithmetic *arithmetic = choose(w);
            assert_int_equal(arithmetic->agree(curve, secret, private_key, peer), PSA_SUCCESS);
            assert_memory_equal(secret, expected, kind->length);
            assert_int_equal(arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
            assert_memory_equal(public_key, expected_public, kind->length);
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
    assert_true(status != PSA_SUCCESS ||
                (bits == kind->bits && blob_length == kind->length && memcmp(blob, data, kind->length) == 0));
    return status;
}

/* The forced bits of a private key are part of its format; any bytes are a public key. */
static void imports(void **state)
{
    uint8_t key[LENGTH_MAX + 1], low = (uint8_t)~kind->zeros, high = (uint8_t)(~kind->mask | kind->ones);
    (void)state;
    memset(key, 0x58, sizeof key);
    force_bits(key);
    assert_int_equal(import(PAIR, kind->bits, key, kind->length), PSA_SUCCESS);
    assert_int_equal(import(PAIR, 0, key, kind->length), PSA_SUCCESS);
    assert_int_equal(import(PAIR, kind->bits + 1, key, kind->length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import(PAIR, kind->bits, key, kind->length - 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(import(PAIR, kind->bits, key, kind->length + 1), PSA_ERROR_INVALID_ARGUMENT);
    for (unsigned bit = 0; bit < 8 * kind->length; bit++) {
        uint8_t flip = (uint8_t)(1u << bit % 8);
        int forced = (bit / 8 == 0 && (flip & low) != 0) || (bit / 8 == kind->length - 1 && (flip & high) != 0);
        key[bit / 8] ^= flip;
        assert_int_equal(import(PAIR, kind->bits, key, kind->length), forced ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS);
        assert_int_equal(import(PUBLIC, kind->bits, key, kind->length), PSA_SUCCESS);
        key[bit / 8] ^= flip;
    }
    assert_int_equal(import(PUBLIC, 0, key, kind->length), PSA_SUCCESS);
    assert_int_equal(import(PUBLIC, kind->bits, key, kind->length + 1), PSA_ERROR_INVALID_ARGUMENT);
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
    uint8_t key[LENGTH_MAX], expected[LENGTH_MAX];
    size_t length = 77;
    (void)state;
    psa_set_key_type(&attributes, PAIR);
    psa_set_key_bits(&attributes, kind->bits);
    memset(expected, 0xff, sizeof expected);
    force_bits(expected);
    assert_int_equal(sw_key_management_entries.derive(NULL, &attributes, 0, draw_ones, &source, key, kind->length, &length),
                     PSA_SUCCESS);
    assert_int_equal(length, kind->length);
    assert_memory_equal(key, expected, kind->length);
    source = PSA_ERROR_INSUFFICIENT_DATA;
    memset(expected, 0, sizeof expected);
    assert_int_equal(sw_key_management_entries.derive(NULL, &attributes, 0, draw_ones, &source, key, kind->length, &length),
                     PSA_ERROR_INSUFFICIENT_DATA);
    assert_memory_equal(key, expected, kind->length);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(sw_key_management_entries.generate(NULL, &attributes, 0, NULL, NULL, 0, key, kind->length, &length),
                         PSA_SUCCESS);
        assert_int_equal(import(PAIR, kind->bits, key, length), PSA_SUCCESS);
    }
}

/* A curve for agreement alone. */
static void no_signatures(void **state)
{
    uint8_t key[LENGTH_MAX] = { 0x40 }, signature[2 * LENGTH_MAX];
    psa_key_attributes_t attributes;
    size_t length;
    (void)state;
    struct psacrypto_key pair = test_key(&attributes, PAIR, kind->bits, key, kind->length);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &pair, PSA_ALG_ECDSA_ANY, key, 32, NULL, 0, signature, sizeof signature, &length),
                     PSA_ERROR_NOT_SUPPORTED);
}

#define EACH(test) cmocka_unit_test_setup(test, setup_x25519), cmocka_unit_test_setup(test, setup_x448)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(rfc7748), EACH(rfc7748_iterated), EACH(rfc7748_keys), EACH(vectors_wycheproof), EACH(openssl_same),
        EACH(imports), EACH(derivation),       EACH(no_signatures),
    };
    return cmocka_run_group_tests(tests, driver_setup, teardown);
}
