/* SPDX-License-Identifier: Apache-2.0 */
/* EdDSA: RFC 8032, shared vectors, OpenSSL, refusals, keys, verification in parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "eddsa_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "software/kernels.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS)

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

static psa_status_t sign_with(struct psacrypto_key *key, psa_algorithm_t alg, const struct message *m, uint8_t signature[64])
{
    size_t length = 0;
    psa_status_t status =
        (PSA_ALG_IS_HASH_EDDSA(alg) ? sw_sign_entries.sign_hash : sw_sign_entries.sign_message)(
            NULL, key, alg, m->input, m->length, m->context, m->context_length, signature, 64, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? 64 : 0);
    return status;
}

/* From the seed, and from what is kept of it. */
static psa_status_t sign(const uint8_t *private_key, psa_algorithm_t alg, const struct message *m, uint8_t signature[64])
{
    psa_key_attributes_t attributes;
    uint8_t again[64];
    struct psacrypto_key key = test_key(&attributes, PAIR, 255, private_key, 32);
    prepare(&key, &attributes, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    psa_status_t status = sign_with(&key, alg, m, again);
    expect_nothing_behind(&key, alg);
    key.prepared = NULL;
    assert_int_equal(sign_with(&key, alg, m, signature), status);
    assert_true(status != PSA_SUCCESS || memcmp(signature, again, 64) == 0);
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
    struct psacrypto_key key = test_key(&attributes, type, 255, blob, 32);
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
    assert_true(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, alg, PUBLIC, 255) <= sizeof operation);
    psa_status_t status = sw_sign_entries.verify_setup(NULL, key, operation, alg, m->context, m->context_length, signature, 64);
    if (status != PSA_SUCCESS) {
        return status;
    }
    assert_int_equal(sw_sign_entries.verify_update(NULL, key, operation, m->input, cut), PSA_SUCCESS);
    memcpy(moved, operation, sizeof moved);
    assert_int_equal(sw_sign_entries.verify_update(NULL, key, moved, m->input + cut, m->length - cut), PSA_SUCCESS);
    return sw_sign_entries.verify_finish(NULL, key, moved, signature, 64);
}

static psa_status_t verify_parts(const uint8_t *public_key, psa_algorithm_t alg, const struct message *m, size_t cut,
                                 const uint8_t *signature)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PUBLIC, 255, public_key, 32);
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
    uint8_t signature[64], point[32];
    for (int i = 0; i < 2; i++) {
        platform_cpu_mask(masks[i]);
        sw_kernels_init();
        assert_int_equal(sign(private_key, alg, m, signature), PSA_SUCCESS);
        assert_memory_equal(signature, expected, 64);
        assert_int_equal(verify(PUBLIC, public_key, alg, m, signature, 64), PSA_SUCCESS);
        assert_int_equal(verify(PAIR, private_key, alg, m, signature, 64), PSA_SUCCESS);
    }
    assert_int_equal(sw_eddsa_public_key(&sw_ed25519_limbs32, point, private_key), PSA_SUCCESS);
    assert_memory_equal(point, public_key, 32);
    memset(signature, 0, 64);
    assert_int_equal(sw_eddsa_sign(&sw_ed25519_limbs32, signature, private_key, &variant, m->input, m->length), PSA_SUCCESS);
    assert_memory_equal(signature, expected, 64);
    struct sw_eddsa_verification state;
    assert_int_equal(sw_eddsa_verify_start(&sw_ed25519_limbs32, &state, public_key, &variant, signature), PSA_SUCCESS);
    sw_ed25519_limbs32.hash_update(state.hash, m->input, m->length);
    struct sw_eddsa_verification same = state;
    assert_int_equal(sw_eddsa_verify_finish(&sw_ed25519_limbs32, &state, NULL, signature), PSA_SUCCESS);
    assert_in_range(sw_ed25519_limbs32.table_size, 1, sizeof kept);
    assert_int_equal(sw_ed25519_limbs32.make_table_vartime(kept, public_key), 1);
    assert_int_equal(sw_eddsa_verify_finish(&sw_ed25519_limbs32, &same, kept, signature), PSA_SUCCESS);
}

static void decode(uint8_t *output, const char *hex)
{
    size_t length;
    uint8_t *bytes = vectors_decode_hex(hex, &length);
    memcpy(output, bytes, length);
    free(bytes);
}

/* RFC 8032, 7.1, TEST 2 */
static void rfc8032(void **state)
{
    uint8_t private_key[32], public_key[32], signature[64], message = 0x72, out[32];
    psa_key_attributes_t attributes;
    size_t length;
    (void)state;
    decode(private_key, "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    decode(public_key, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    decode(signature, "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    struct message m = { &message, NULL, 1, 0 };
    check(private_key, public_key, PSA_ALG_PURE_EDDSA, &m, signature);
    struct psacrypto_key key = test_key(&attributes, PAIR, 255, private_key, 32);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, out, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(out, public_key, 32);
}

/* ---- Shared vectors ---- */

static void rfc_file(const char *path, psa_algorithm_t alg, size_t cases)
{
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        size_t length, message_length, context_length = 0;
        const uint8_t *private_key = vectors_hex(v, "secretKey", &length), *public_key = vectors_hex(v, "publicKey", &length);
        const uint8_t *message = vectors_hex(v, "message", &message_length), *signature = vectors_hex(v, "signature", &length);
        const uint8_t *context = vectors_has(v, "context") ? vectors_hex(v, "context", &context_length) : NULL;
        uint8_t hash[64];
        struct message m = { message, context, message_length, context_length };
        if (PSA_ALG_IS_HASH_EDDSA(alg)) {
            SHA512(message, message_length, hash);
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
    rfc_file("eddsa/rfc8032-ed25519.json", PSA_ALG_PURE_EDDSA, 5);
    rfc_file("eddsa/rfc8032-ed25519ctx.json", PSA_ALG_EDDSA_CTX, 4);
    rfc_file("eddsa/rfc8032-ed25519ph.json", PSA_ALG_ED25519PH, 1);
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
    size_t blob_length, bits = 255;
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
        if (strcmp(vectors_string(v, "curve"), "ED-25519") != 0) {
            vectors_unused(v, "Ed448 is not implemented");
            continue;
        }
        const uint8_t *q = vectors_hex(v, "q", &length);
        psa_status_t expected = vectors_result(v) == VECTORS_VALID ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(import(PUBLIC, q, length), expected);
        assert_int_equal(sw_ed25519_arithmetic_limbs32.check_point(NULL, q), expected);
    }
    vectors_close(v, 8);
}

/* ---- OpenSSL ---- */

static void openssl_same(void **state)
{
    struct random_source source = { 51 };
    uint8_t private_key[32], public_key[32], signature[64], message[300];
    (void)state;
    for (unsigned i = 0; i < 120; i++) {
        size_t length = i < 4 ? i : i * 2 + 1, public_length = 32, signature_length = 64;
        random_source_bytes(&source, private_key, 32);
        random_source_bytes(&source, message, length);
        memset(private_key, i % 3 == 0 ? 0xff : 0x5a, i % 32);
        EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, private_key, 32);
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        assert_int_equal(EVP_PKEY_get_raw_public_key(key, public_key, &public_length), 1);
        assert_int_equal(EVP_DigestSignInit(ctx, NULL, NULL, NULL, key), 1);
        assert_int_equal(EVP_DigestSign(ctx, signature, &signature_length, message, length), 1);
        struct message m = { message, NULL, length, 0 };
        check(private_key, public_key, PSA_ALG_PURE_EDDSA, &m, signature);
        signature[i % 64] ^= (uint8_t)(1u << i % 8);
        assert_int_equal(verify(PUBLIC, public_key, PSA_ALG_PURE_EDDSA, &m, signature, 64), PSA_ERROR_INVALID_SIGNATURE);
        EVP_MD_CTX_free(ctx);
        EVP_PKEY_free(key);
    }
}

/* ---- Refusals ---- */

/* S + L is the same equation, and no encoding of S. */
static void s_not_reduced(void **state)
{
    uint8_t private_key[32] = { 9 }, signature[64];
    struct message m = { private_key, NULL, 32, 0 };
    BIGNUM *s = BN_new(), *order = NULL;
    (void)state;
    assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, signature), PSA_SUCCESS);
    BN_dec2bn(&order, "7237005577332262213973186563042994240857116359379907606001950938285454250989");
    BN_lebin2bn(signature + 32, 32, s);
    BN_add(s, s, order);
    BN_bn2lebinpad(s, signature + 32, 32);
    assert_int_equal(verify(PAIR, private_key, PSA_ALG_PURE_EDDSA, &m, signature, 64), PSA_ERROR_INVALID_SIGNATURE);
    BN_free(s);
    BN_free(order);
}

/* y not below p, x = 0 with the sign of a negative one, no x at all (RFC 8032, 5.1.3). */
static void points_refused(void **state)
{
    uint8_t point[32];
    unsigned valid = 0;
    (void)state;
    for (unsigned low = 0; low < 256; low++) { /* p is 0x7fff...ed */
        memset(point, 0xff, 32);
        point[0] = (uint8_t)low;
        point[31] = 0x7f;
        psa_status_t status = import(PUBLIC, point, 32);
        assert_true(low < 0xed || status == PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(status, sw_ed25519_arithmetic_limbs32.check_point(NULL, point));
        valid += status == PSA_SUCCESS;
    }
    assert_true(valid > 80 && valid < 160); /* about half have an x */
    memset(point, 0, 32);
    point[0] = 1; /* the neutral element: a point, if a poor public key */
    assert_int_equal(import(PUBLIC, point, 32), PSA_SUCCESS);
    point[31] = 0x80;
    assert_int_equal(import(PUBLIC, point, 32), PSA_ERROR_INVALID_ARGUMENT);
    for (size_t length = 0; length < 34; length++) {
        uint8_t key[34] = { 3 };
        assert_int_equal(import(PAIR, key, length), length == 32 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_true(length == 32 || import(PUBLIC, key, length) == PSA_ERROR_INVALID_ARGUMENT);
    }
}

static void variants(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_PURE_EDDSA, PSA_ALG_EDDSA_CTX, PSA_ALG_ED25519PH };
    uint8_t private_key[32] = { 7 }, hash[64] = { 8 }, context[256] = { 1 }, signatures[3][64];
    psa_key_attributes_t attributes;
    (void)state;
    struct message m = { hash, context, 64, 0 };
    struct psacrypto_key key = test_key(&attributes, PAIR, 255, private_key, 32);
    size_t length = 99;
    for (int i = 0; i < 3; i++) { /* three algorithms, one key and input: three signatures, each good for one */
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), PSA_SUCCESS);
        for (int j = 0; j < 3; j++) {
            assert_int_equal(verify(PAIR, private_key, algs[j], &m, signatures[i], 64),
                             i == j ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        }
        m.context_length = 255;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), i == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS);
        m.context_length = 256;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), PSA_ERROR_INVALID_ARGUMENT);
        m.context_length = 0;
        for (size_t l = 0; l < 64; l++) {
            assert_int_equal(verify(PAIR, private_key, algs[i], &m, signatures[i], l), PSA_ERROR_INVALID_SIGNATURE);
        }
    }
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signatures[0], 63, &length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, PSA_ALG_ED25519PH, hash, 64, NULL, 0, signatures[0], 64, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signatures[0], 64, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &key, PSA_ALG_ED448PH, hash, 64, NULL, 0, signatures[0], 64, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PUBLIC);
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signatures[0], 64, &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 99);
    assert_int_equal(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, PSA_ALG_PURE_EDDSA, PAIR, 448), 0);
    assert_int_equal(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, PSA_ALG_ED448PH, PAIR, 255), 0);
}

/* The signature may be written over the message. */
static void overlap(void **state)
{
    uint8_t private_key[32] = { 5 }, apart[64], buffer[64 + 32];
    (void)state;
    for (size_t offset = 0; offset <= 64; offset += 8) {
        struct message m = { buffer + offset, NULL, 32, 0 };
        memset(buffer, 0x5a, sizeof buffer);
        assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, apart), PSA_SUCCESS);
        assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, buffer), PSA_SUCCESS);
        assert_memory_equal(apart, buffer, 64);
    }
}

static int teardown(void **state)
{
    platform_cpu_mask(0xffffffffu);
    return driver_teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc8032),
        cmocka_unit_test(vectors_rfc8032),
        cmocka_unit_test(vectors_wycheproof),
        cmocka_unit_test(vectors_keyver),
        cmocka_unit_test(openssl_same),
        cmocka_unit_test(s_not_reduced),
        cmocka_unit_test(points_refused),
        cmocka_unit_test(variants),
        cmocka_unit_test(overlap),
    };
    return cmocka_run_group_tests(tests, driver_setup, teardown);
}
