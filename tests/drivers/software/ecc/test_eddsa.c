/* SPDX-License-Identifier: Apache-2.0 */
/* EdDSA: RFC 8032, shared vectors, OpenSSL, verification in parts. */
#include "eddsa_calls.h"

#include "software/kernels.h"
#include "support/quick.h"
#include "support/random_source.h"

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
    };
    return cmocka_run_group_tests(tests, driver_setup, teardown);
}
