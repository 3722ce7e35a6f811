/* SPDX-License-Identifier: Apache-2.0 */
/* EdDSA: RFC 8032, shared vectors, OpenSSL, refusals, keys, verification in parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/bn.h>
#include <openssl/evp.h>

#include "eddsa_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "software/kernels.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS)

#define LENGTH_MAX 57

struct kind {
    size_t bits, length;
    const struct sw_eddsa *limbs32;
    const struct sw_curve_arithmetic *arithmetic_limbs32;
    psa_algorithm_t prehashed, other_prehashed;
    const char *answer[4]; /* RFC 8032, 7: private key, public key, message, signature */
    struct {
        const char *path;
        psa_algorithm_t alg;
        size_t cases;
    } rfc8032[3];
    const char *acvp;      /* the curve's name there */
    const char *prehash;   /* OpenSSL's name of the hash */
    int openssl;
    const char *order;     /* L, decimal */
    const char *prime;     /* little-endian, hexadecimal, without the byte of the sign */
};

static const struct kind kinds[] = {
    {
        255, 32, &sw_ed25519_limbs32, &sw_ed25519_arithmetic_limbs32, PSA_ALG_ED25519PH, PSA_ALG_ED448PH,
        { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
          "72",
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
        { { "eddsa/rfc8032-ed25519.json", PSA_ALG_PURE_EDDSA, 5 },
          { "eddsa/rfc8032-ed25519ctx.json", PSA_ALG_EDDSA_CTX, 4 },
          { "eddsa/rfc8032-ed25519ph.json", PSA_ALG_ED25519PH, 1 } },
        "ED-25519", "SHA512", EVP_PKEY_ED25519,
        "7237005577332262213973186563042994240857116359379907606001950938285454250989",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    },
    {
        448, 57, &sw_ed448_limbs32, &sw_ed448_arithmetic_limbs32, PSA_ALG_ED448PH, PSA_ALG_ED25519PH,
        { "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e",
          "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480",
          "03",
          "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd77980"
          "5e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00" },
        { { "eddsa/rfc8032-ed448.json", PSA_ALG_PURE_EDDSA, 9 }, /* those with a context: PSA_ALG_EDDSA_CTX */
          { "eddsa/rfc8032-ed448ph.json", PSA_ALG_ED448PH, 2 },
          { NULL, 0, 0 } },
        "ED-448", "SHAKE256", EVP_PKEY_ED448,
        "181709681073901722637330951972001133588410340171829515070372549795146003961539585716195755291692375963310293709091662304773755859649779",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    },
};

static const struct kind *kind;

static int setup_ed25519(void **state)
{
    (void)state;
    kind = &kinds[0];
    return 0;
}

static int setup_ed448(void **state)
{
    (void)state;
    kind = &kinds[1];
    return 0;
}

/* ---- Through the entries ---- */

struct message {
    const uint8_t *input, *context;
    size_t length, context_length;
};

/* What the library keeps with a key of this usage; it ends where it says it does. */
static uint64_t kept[1024];

static void prepare(struct psacrypto_key *key, psa_key_attributes_t *attributes, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_set_key_usage_flags(attributes, usage);
    size_t size = psacrypto_software_driver.prepared_size(NULL, key, alg);
    assert_in_range(size, 1, sizeof kept - 8u);
    memset(kept, 0xa5, sizeof kept);
    assert_int_equal(psacrypto_software_driver.prepare(NULL, key, alg, kept), PSA_SUCCESS);
    key->prepared = kept;
}

static void expect_nothing_behind(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    size_t size = psacrypto_software_driver.prepared_size(NULL, key, alg);
    assert_true(kept[(size + 7u) / 8u] == UINT64_C(0xa5a5a5a5a5a5a5a5));
}

static psa_status_t sign_with(struct psacrypto_key *key, psa_algorithm_t alg, const struct message *m, uint8_t *signature)
{
    size_t length = 0;
    psa_status_t status =
        (PSA_ALG_IS_HASH_EDDSA(alg) ? sw_sign_entries.sign_hash : sw_sign_entries.sign_message)(
            NULL, key, alg, m->input, m->length, m->context, m->context_length, signature, 2 * kind->length, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? 2 * kind->length : 0);
    return status;
}

/* From the seed, and from what is kept of it. */
static psa_status_t sign(const uint8_t *private_key, psa_algorithm_t alg, const struct message *m, uint8_t *signature)
{
    psa_key_attributes_t attributes;
    uint8_t again[2 * LENGTH_MAX];
    struct psacrypto_key key = test_key(&attributes, PAIR, kind->bits, private_key, kind->length);
    prepare(&key, &attributes, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    psa_status_t status = sign_with(&key, alg, m, again);
    expect_nothing_behind(&key, alg);
    key.prepared = NULL;
    assert_int_equal(sign_with(&key, alg, m, signature), status);
    assert_true(status != PSA_SUCCESS || memcmp(signature, again, 2 * kind->length) == 0);
    return status;
}

static psa_status_t verify_with(const struct psacrypto_key *key, psa_algorithm_t alg, const struct message *m,
                                const uint8_t *signature, size_t signature_length)
{
    return (PSA_ALG_IS_HASH_EDDSA(alg) ? sw_sign_entries.verify_hash : sw_sign_entries.verify_message)(
        NULL, key, alg, m->input, m->length, m->context, m->context_length, signature, signature_length);
}

static psa_status_t verify(psa_key_type_t type, const uint8_t *blob, psa_algorithm_t alg, const struct message *m,
                           const uint8_t *signature, size_t signature_length)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, type, kind->bits, blob, kind->length);
    psa_status_t status = verify_with(&key, alg, m, signature, signature_length);
    prepare(&key, &attributes, PSA_KEY_USAGE_VERIFY_HASH, alg);
    for (int i = 0; i < 3; i++) { /* the second time makes the table, the third uses it */
        assert_int_equal(verify_with(&key, alg, m, signature, signature_length), status);
    }
    expect_nothing_behind(&key, alg);
    return status;
}

/* In two parts, cut at `cut`. */
static psa_status_t verify_parts_with(const struct psacrypto_key *key, psa_algorithm_t alg, const struct message *m, size_t cut,
                                      const uint8_t *signature)
{
    uint64_t operation[64] = { 0 }, moved[64];
    assert_true(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, alg, PUBLIC, kind->bits) <= sizeof operation);
    psa_status_t status = sw_sign_entries.verify_setup(NULL, key, operation, alg, m->context, m->context_length, signature,
                                                       2 * kind->length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    assert_int_equal(sw_sign_entries.verify_update(NULL, key, operation, m->input, cut), PSA_SUCCESS);
    memcpy(moved, operation, sizeof moved);
    assert_int_equal(sw_sign_entries.verify_update(NULL, key, moved, m->input + cut, m->length - cut), PSA_SUCCESS);
    return sw_sign_entries.verify_finish(NULL, key, moved, signature, 2 * kind->length);
}

static psa_status_t verify_parts(const uint8_t *public_key, psa_algorithm_t alg, const struct message *m, size_t cut,
                                 const uint8_t *signature)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PUBLIC, kind->bits, public_key, kind->length);
    psa_status_t status = verify_parts_with(&key, alg, m, cut, signature);
    prepare(&key, &attributes, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(verify_parts_with(&key, alg, m, cut, signature), status);
    }
    return status;
}

/* A key, a message, a signature, every way. */
static void check(const uint8_t *private_key, const uint8_t *public_key, psa_algorithm_t alg, const struct message *m,
                  const uint8_t *expected)
{
    static const uint32_t masks[] = { 0xffffffffu, 0 };
    struct sw_eddsa_variant variant = { alg == PSA_ALG_PURE_EDDSA, PSA_ALG_IS_HASH_EDDSA(alg) ? 1 : 0, m->context, m->context_length };
    const size_t signature_length = 2 * kind->length;
    uint8_t signature[2 * LENGTH_MAX], point[LENGTH_MAX];
    for (int i = 0; i < 2; i++) {
        platform_cpu_mask(masks[i]);
        sw_kernels_init();
        assert_int_equal(sign(private_key, alg, m, signature), PSA_SUCCESS);
        assert_memory_equal(signature, expected, signature_length);
        assert_int_equal(verify(PUBLIC, public_key, alg, m, signature, signature_length), PSA_SUCCESS);
        assert_int_equal(verify(PAIR, private_key, alg, m, signature, signature_length), PSA_SUCCESS);
    }
    const struct sw_eddsa *limbs32 = kind->limbs32;
    assert_int_equal(sw_eddsa_public_key(limbs32, point, private_key), PSA_SUCCESS);
    assert_memory_equal(point, public_key, kind->length);
    memset(signature, 0, sizeof signature);
    assert_int_equal(sw_eddsa_sign(limbs32, signature, private_key, &variant, m->input, m->length), PSA_SUCCESS);
    assert_memory_equal(signature, expected, signature_length);
    struct sw_eddsa_verification state;
    assert_int_equal(sw_eddsa_verify_start(limbs32, &state, public_key, &variant, signature), PSA_SUCCESS);
    limbs32->hash_update(state.hash, m->input, m->length);
    struct sw_eddsa_verification same = state;
    assert_int_equal(sw_eddsa_verify_finish(limbs32, &state, NULL, signature), PSA_SUCCESS);
    assert_in_range(limbs32->table_size, 1, sizeof kept);
    assert_int_equal(limbs32->make_table_vartime(kept, public_key), 1);
    assert_int_equal(sw_eddsa_verify_finish(limbs32, &same, kept, signature), PSA_SUCCESS);
}

static void decode(uint8_t *output, const char *hex)
{
    size_t length;
    uint8_t *bytes = vectors_decode_hex(hex, &length);
    memcpy(output, bytes, length);
    free(bytes);
}

/* RFC 8032, 7.1, TEST 2, and 7.4, 1 octet */
static void rfc8032(void **state)
{
    uint8_t private_key[LENGTH_MAX], public_key[LENGTH_MAX], signature[2 * LENGTH_MAX], message, out[LENGTH_MAX];
    psa_key_attributes_t attributes;
    size_t length;
    (void)state;
    decode(private_key, kind->answer[0]);
    decode(public_key, kind->answer[1]);
    decode(&message, kind->answer[2]);
    decode(signature, kind->answer[3]);
    struct message m = { &message, NULL, 1, 0 };
    check(private_key, public_key, PSA_ALG_PURE_EDDSA, &m, signature);
    struct psacrypto_key key = test_key(&attributes, PAIR, kind->bits, private_key, kind->length);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, out, kind->length, &length), PSA_SUCCESS);
    assert_int_equal(length, kind->length);
    assert_memory_equal(out, public_key, length);
}

/* ---- Shared vectors ---- */

/* The hash that the prehashed variants sign, 64 bytes. */
static void prehash(uint8_t hash[64], const uint8_t *message, size_t length)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    assert_int_equal(EVP_DigestInit(ctx, EVP_get_digestbyname(kind->prehash)), 1);
    assert_int_equal(EVP_DigestUpdate(ctx, message, length), 1);
    assert_int_equal(kind->bits == 448 ? EVP_DigestFinalXOF(ctx, hash, 64) : EVP_DigestFinal(ctx, hash, NULL), 1);
    EVP_MD_CTX_free(ctx);
}

static void rfc_file(const char *path, psa_algorithm_t file_alg, size_t cases)
{
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        size_t length, message_length, context_length = 0;
        const uint8_t *private_key = vectors_hex(v, "secretKey", &length), *public_key = vectors_hex(v, "publicKey", &length);
        const uint8_t *message = vectors_hex(v, "message", &message_length), *signature = vectors_hex(v, "signature", &length);
        const uint8_t *context = vectors_has(v, "context") ? vectors_hex(v, "context", &context_length) : NULL;
        psa_algorithm_t alg = file_alg == PSA_ALG_PURE_EDDSA && context_length != 0 ? PSA_ALG_EDDSA_CTX : file_alg;
        uint8_t hash[64];
        struct message m = { message, context, message_length, context_length };
        if (PSA_ALG_IS_HASH_EDDSA(alg)) {
            prehash(hash, message, message_length);
            m.input = hash;
            m.length = 64;
        }
        check(private_key, public_key, alg, &m, signature);
        for (size_t cut = 0; cut <= m.length && !PSA_ALG_IS_HASH_EDDSA(alg); cut += 1 + m.length / 5) {
            assert_int_equal(verify_parts(public_key, alg, &m, cut, signature), PSA_SUCCESS);
        }
    }
    vectors_close(v, cases);
}

static void vectors_rfc8032(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3 && kind->rfc8032[i].path != NULL; i++) {
        rfc_file(kind->rfc8032[i].path, kind->rfc8032[i].alg, kind->rfc8032[i].cases);
    }
}

/* Ed448 alone, signatures that do not fit among them. */
static void vectors_botan(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("eddsa/botan-pubkey-ed448.txt", "Signature");
    while (vectors_next(v)) {
        size_t length, signature_length, message_length;
        const uint8_t *message = vectors_hex(v, "Msg", &message_length);
        const uint8_t *private_key = vectors_hex(v, "PrivateKey", &length), *public_key = vectors_hex(v, "PublicKey", &length);
        const uint8_t *signature = vectors_hex(v, "Signature", &signature_length);
        int prehashed = strcmp(vectors_section(v), "Pure") != 0;
        psa_algorithm_t alg = prehashed ? PSA_ALG_ED448PH : PSA_ALG_PURE_EDDSA;
        uint8_t hash[64];
        struct message m = { message, NULL, message_length, 0 };
        if (prehashed) {
            prehash(hash, message, message_length);
            m.input = hash;
            m.length = 64;
        }
        if (public_key[0] == 1 && public_key[1] == 0) {
            vectors_unused(v, "the neutral element as a public key, which RFC 8032 does not refuse");
        } else if (vectors_number(v, "Valid") == 1) {
            check(private_key, public_key, alg, &m, signature);
        } else if (verify(PUBLIC, public_key, alg, &m, signature, signature_length) != PSA_ERROR_INVALID_SIGNATURE) {
            fail_msg("%s", vectors_where(v));
        }
    }
    vectors_close(v, 89);
}

static void vectors_wycheproof(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("eddsa/wycheproof-ed25519.json", NULL);
    while (vectors_next(v)) {
        size_t length, signature_length;
        uint8_t *public_key = vectors_decode_hex(
            json_string_value(json_object_get(json_object_get(vectors_json_group(v), "publicKey"), "pk")), &length);
        struct message m = { NULL, NULL, 0, 0 };
        m.input = vectors_hex(v, "msg", &m.length);
        const uint8_t *signature = vectors_hex(v, "sig", &signature_length);
        psa_status_t expected = vectors_result(v) == VECTORS_VALID ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
        psa_status_t status = verify(PUBLIC, public_key, PSA_ALG_PURE_EDDSA, &m, signature, signature_length);
        if (status != expected || (signature_length == 64 &&
                                   verify_parts(public_key, PSA_ALG_PURE_EDDSA, &m, m.length / 2, signature) != expected)) {
            fail_msg("%s: %d", vectors_where(v), (int)status);
        }
        free(public_key);
    }
    vectors_close(v, 151);
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t blob[64];
    size_t blob_length, bits = kind->bits;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    return sw_key_management_entries.import(NULL, &attributes, 0, data, length, blob, sizeof blob, &blob_length, &bits);
}

static void vectors_keyver(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("eddsa/acvp-EDDSA-KeyVer-1.0.json", NULL);
    while (vectors_next(v)) {
        size_t length;
        const char *name = vectors_string(v, "curve");
        kind = strcmp(name, kinds[0].acvp) == 0 ? &kinds[0] : &kinds[1];
        assert_string_equal(name, kind->acvp);
        const uint8_t *q = vectors_hex(v, "q", &length);
        psa_status_t expected = vectors_result(v) == VECTORS_VALID ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(import(PUBLIC, q, length), expected);
        assert_int_equal(kind->arithmetic_limbs32->check_point(NULL, q), expected);
    }
    vectors_close(v, 8);
}

/* ---- OpenSSL ---- */

static void openssl_same(void **state)
{
    struct random_source source = { 51 };
    uint8_t private_key[LENGTH_MAX], public_key[LENGTH_MAX], signature[2 * LENGTH_MAX], message[300];
    (void)state;
    for (unsigned i = 0; i < 120; i += (unsigned)quick_step(5)) {
        size_t length = i < 4 ? i : i * 2 + 1, public_length = kind->length, signature_length = 2 * kind->length;
        random_source_bytes(&source, private_key, kind->length);
        random_source_bytes(&source, message, length);
        memset(private_key, i % 3 == 0 ? 0xff : 0x5a, i % kind->length);
        EVP_PKEY *key = EVP_PKEY_new_raw_private_key(kind->openssl, NULL, private_key, kind->length);
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        assert_int_equal(EVP_PKEY_get_raw_public_key(key, public_key, &public_length), 1);
        assert_int_equal(EVP_DigestSignInit(ctx, NULL, NULL, NULL, key), 1);
        assert_int_equal(EVP_DigestSign(ctx, signature, &signature_length, message, length), 1);
        struct message m = { message, NULL, length, 0 };
        check(private_key, public_key, PSA_ALG_PURE_EDDSA, &m, signature);
        signature[i % signature_length] ^= (uint8_t)(1u << i % 8);
        assert_int_equal(verify(PUBLIC, public_key, PSA_ALG_PURE_EDDSA, &m, signature, signature_length),
                         PSA_ERROR_INVALID_SIGNATURE);
        EVP_MD_CTX_free(ctx);
        EVP_PKEY_free(key);
    }
}

/* What is signed here, OpenSSL verifies. */
static void openssl_verifies(void **state)
{
    struct random_source source = { 52 };
    uint8_t private_key[LENGTH_MAX], public_key[LENGTH_MAX], signature[2 * LENGTH_MAX], message[300];
    (void)state;
    for (size_t i = 0; i < 20; i++) {
        struct message m = { message, NULL, i * 13, 0 };
        random_source_bytes(&source, private_key, kind->length);
        random_source_bytes(&source, message, m.length);
        assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, signature), PSA_SUCCESS);
        assert_int_equal(sw_eddsa_public_key(sw_eddsa_find(kind->bits), public_key, private_key), PSA_SUCCESS);
        EVP_PKEY *key = EVP_PKEY_new_raw_public_key(kind->openssl, NULL, public_key, kind->length);
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key), 1);
        assert_int_equal(EVP_DigestVerify(ctx, signature, 2 * kind->length, message, m.length), 1);
        EVP_MD_CTX_free(ctx);
        EVP_PKEY_free(key);
    }
}

/* ---- Refusals ---- */

/* S + L, and as many times L as fit, is the same equation, and no encoding of S. */
static void s_not_reduced(void **state)
{
    uint8_t private_key[LENGTH_MAX] = { 9 }, signature[2 * LENGTH_MAX];
    int length = (int)kind->length;
    struct message m = { private_key, NULL, kind->length, 0 };
    BIGNUM *s = BN_new(), *order = NULL;
    (void)state;
    assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, signature), PSA_SUCCESS);
    assert_int_equal(verify(PAIR, private_key, PSA_ALG_PURE_EDDSA, &m, signature, 2 * kind->length), PSA_SUCCESS);
    BN_dec2bn(&order, kind->order);
    BN_lebin2bn(signature + length, length, s);
    for (int i = 0; i < 16; i++) {
        BN_add(s, s, order);
        if (BN_bn2lebinpad(s, signature + length, length) == length) {
            assert_int_equal(verify(PAIR, private_key, PSA_ALG_PURE_EDDSA, &m, signature, 2 * kind->length),
                             PSA_ERROR_INVALID_SIGNATURE);
        }
    }
    BN_free(s);
    BN_free(order);
}

/* y not below p, x = 0 with the sign of a negative one, no x at all, bits that mean nothing (RFC 8032, 5.1.3 and 5.2.3). */
static void points_refused(void **state)
{
    uint8_t point[LENGTH_MAX + 1], sign_bit = 0x80, *last = point + kind->length - 1;
    BIGNUM *y = BN_new(), *p = NULL;
    unsigned valid = 0;
    (void)state;
    decode(point, kind->prime);
    p = BN_lebin2bn(point, (int)strlen(kind->prime) / 2, NULL);
    for (unsigned i = 0; i < 240; i++) { /* around p */
        BN_copy(y, p);
        BN_sub_word(y, 220);
        BN_add_word(y, i);
        BN_bn2lebinpad(y, point, (int)kind->length);
        psa_status_t status = import(PUBLIC, point, kind->length);
        assert_true(BN_cmp(y, p) < 0 || status == PSA_ERROR_INVALID_ARGUMENT || *last >= 0x80);
        assert_int_equal(status, kind->arithmetic_limbs32->check_point(NULL, point));
        valid += BN_cmp(y, p) < 0 && status == PSA_SUCCESS;
    }
    assert_true(valid > 70 && valid < 150); /* about half have an x */
    memset(point, 0, sizeof point);
    point[0] = 1; /* the neutral element: a point, if a poor public key */
    assert_int_equal(import(PUBLIC, point, kind->length), PSA_SUCCESS);
    *last = sign_bit;
    assert_int_equal(import(PUBLIC, point, kind->length), PSA_ERROR_INVALID_ARGUMENT);
    for (unsigned bit = 0; bit < 7 && kind->bits == 448; bit++) {
        *last = (uint8_t)(1u << bit);
        assert_int_equal(import(PUBLIC, point, kind->length), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(kind->arithmetic_limbs32->check_point(NULL, point), PSA_ERROR_INVALID_ARGUMENT);
    }
    for (size_t length = 0; length < kind->length + 2; length++) {
        uint8_t key[LENGTH_MAX + 2] = { 3 };
        assert_int_equal(import(PAIR, key, length), length == kind->length ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_true(length == kind->length || import(PUBLIC, key, length) == PSA_ERROR_INVALID_ARGUMENT);
    }
    BN_free(y);
    BN_free(p);
}

/* Three algorithms, one key and input: signatures that are good for one each. Without a context those of messages are the
 * same on edwards448, which has a domain in either. */
static void variants(void **state)
{
    const psa_algorithm_t algs[] = { PSA_ALG_PURE_EDDSA, PSA_ALG_EDDSA_CTX, kind->prehashed };
    uint8_t private_key[LENGTH_MAX] = { 7 }, hash[64] = { 8 }, context[256] = { 1 }, signatures[3][2 * LENGTH_MAX];
    (void)state;
    struct message m = { hash, context, 64, 0 };
    for (int i = 0; i < 3; i++) {
        m.context_length = 0;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), PSA_SUCCESS);
        for (int j = 0; j < 3; j++) {
            int same = i == j || (kind->bits == 448 && i < 2 && j < 2);
            assert_int_equal(verify(PAIR, private_key, algs[j], &m, signatures[i], 2 * kind->length),
                             same ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        }
        for (size_t l = 0; l < 2 * kind->length; l++) {
            assert_int_equal(verify(PAIR, private_key, algs[i], &m, signatures[i], l), PSA_ERROR_INVALID_SIGNATURE);
        }
        m.context_length = 256;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), PSA_ERROR_INVALID_ARGUMENT);
        m.context_length = 255;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), i == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS);
        for (int j = 1; j < 3 && i != 0; j++) {
            assert_int_equal(verify(PAIR, private_key, algs[j], &m, signatures[i], 2 * kind->length),
                             i == j ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        }
        context[254] ^= 1;
        assert_int_equal(verify(PAIR, private_key, algs[i], &m, signatures[i], 2 * kind->length),
                         i == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_ERROR_INVALID_SIGNATURE);
    }
}

static void refusals(void **state)
{
    uint8_t private_key[LENGTH_MAX] = { 7 }, hash[64] = { 8 }, signature[2 * LENGTH_MAX];
    const size_t size = 2 * kind->length;
    psa_key_attributes_t attributes;
    (void)state;
    struct psacrypto_key key = test_key(&attributes, PAIR, kind->bits, private_key, kind->length);
    size_t length = 99;
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signature, size - 1, &length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, kind->prehashed, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &key, kind->other_prehashed, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PUBLIC);
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 99);
    assert_int_equal(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, PSA_ALG_PURE_EDDSA, PAIR, 256), 0);
    assert_int_equal(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, kind->other_prehashed, PAIR, kind->bits), 0);
}

/* The signature may be written over the message. */
static void overlap(void **state)
{
    uint8_t private_key[LENGTH_MAX] = { 5 }, apart[2 * LENGTH_MAX], buffer[2 * LENGTH_MAX + 32];
    (void)state;
    for (size_t offset = 0; offset <= 2 * kind->length; offset += 8) {
        struct message m = { buffer + offset, NULL, 32, 0 };
        memset(buffer, 0x5a, sizeof buffer);
        assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, apart), PSA_SUCCESS);
        assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, buffer), PSA_SUCCESS);
        assert_memory_equal(apart, buffer, 2 * kind->length);
    }
}

static int teardown(void **state)
{
    platform_cpu_mask(0xffffffffu);
    return driver_teardown(state);
}

#define EACH(test) cmocka_unit_test_setup(test, setup_ed25519), cmocka_unit_test_setup(test, setup_ed448)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(rfc8032),
        EACH(vectors_rfc8032),
        cmocka_unit_test_setup(vectors_wycheproof, setup_ed25519),
        cmocka_unit_test_setup(vectors_botan, setup_ed448),
        cmocka_unit_test(vectors_keyver),
        EACH(openssl_same),
        EACH(openssl_verifies),
        EACH(s_not_reduced),
        EACH(points_refused),
        EACH(variants),
        EACH(refusals),
        EACH(overlap),
    };
    return cmocka_run_group_tests(tests, driver_setup, teardown);
}
