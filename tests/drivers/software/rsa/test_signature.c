/* SPDX-License-Identifier: Apache-2.0 */
/* RSA signatures: shared vectors, OpenSSL in both directions, what is refused, faults. */
#include "rsa_keys.h"

#include "software/rsa/rsa.h"
#include "support/vectors.h"

#define SIGNATURE_MAX 1024

static psa_status_t sign(const struct test_rsa *rsa, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length, uint8_t *signature)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_rsa_pair(rsa, &attributes);
    size_t size = (rsa->bits + 7) / 8, length = 0;
    psa_status_t status = sw_sign_entries.sign_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, size, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? size : 0);
    return status;
}

static psa_status_t verify(const struct test_rsa *rsa, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           const uint8_t *signature, size_t length)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_rsa_public(rsa, &attributes);
    return sw_sign_entries.verify_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, length);
}

static psa_algorithm_t pkcs1(psa_algorithm_t hash)
{
    return PSA_ALG_RSA_PKCS1V15_SIGN(hash);
}

/* ---- Shared vectors ---- */

/* The same key stands in all cases of a group. */
static void use_public(struct test_rsa *key, struct vectors *v)
{
    size_t length;
    const uint8_t *der = vectors_hex(v, "publicKeyAsn", &length);
    if (key->openssl == NULL || key->public_length != length || memcmp(key->public_key, der, length) != 0) {
        test_rsa_free(key);
        test_rsa_from_public(key, der, length);
    }
}

static void verify_file(const char *path, size_t cases)
{
    struct test_rsa key = { .openssl = NULL };
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        uint8_t digest[64];
        size_t message_length, length;
        const struct test_hash *hash = test_hash_find(vectors_string(v, "sha"));
        const uint8_t *message = vectors_hex(v, "msg", &message_length);
        const uint8_t *signature = vectors_hex(v, "sig", &length);
        use_public(&key, v);
        size_t digest_length = test_hash(hash->alg, digest, message, message_length);
        psa_status_t status = verify(&key, pkcs1(hash->alg), digest, digest_length, signature, length);
        /* "acceptable": NULL is missing from the DigestInfo. */
        if (status != (vectors_result(v) == VECTORS_VALID ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE)) {
            fail_msg("%s: %d", vectors_where(v), (int)status);
        }
    }
    vectors_close(v, cases);
    test_rsa_free(&key);
}

static void vectors_pkcs1_verify(void **state)
{
    (void)state;
    verify_file("rsa/wycheproof-rsa_signature_2048_sha224.json", 258);
    verify_file("rsa/wycheproof-rsa_signature_2048_sha256.json", 259);
    verify_file("rsa/wycheproof-rsa_signature_2048_sha3_256.json", 257);
    verify_file("rsa/wycheproof-rsa_signature_2048_sha512.json", 259);
    verify_file("rsa/wycheproof-rsa_signature_2048_sha512_256.json", 257);
    verify_file("rsa/wycheproof-rsa_signature_3072_sha256.json", 259);
    verify_file("rsa/wycheproof-rsa_signature_4096_sha512.json", 259);
}

/* salt_length: what the file wants of all signatures. */
static void pss_file(const char *path, size_t salt_length, size_t cases)
{
    struct test_rsa key = { .openssl = NULL };
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        uint8_t digest[64];
        size_t message_length, length;
        const struct test_hash *hash = test_hash_find(vectors_string(v, "sha"));
        const uint8_t *message = vectors_hex(v, "msg", &message_length);
        const uint8_t *signature = vectors_hex(v, "sig", &length);
        int valid = vectors_result(v) == VECTORS_VALID;
        use_public(&key, v);
        size_t digest_length = test_hash(hash->alg, digest, message, message_length);
        psa_status_t standard = verify(&key, PSA_ALG_RSA_PSS(hash->alg), digest, digest_length, signature, length);
        psa_status_t any = verify(&key, PSA_ALG_RSA_PSS_ANY_SALT(hash->alg), digest, digest_length, signature, length);
        /* What is wrong in some is the length of the salt alone. */
        int other_salt = strstr(vectors_string(v, "comment"), "s_len changed to") != NULL;
        int right_for_any = valid || other_salt;
        int right = valid ? salt_length == digest_length : standard == PSA_SUCCESS && salt_length != digest_length && other_salt;
        if (any != (right_for_any ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE) ||
            standard != (right ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE)) {
            fail_msg("%s: %d, any salt %d (%s)", vectors_where(v), (int)standard, (int)any, vectors_string(v, "comment"));
        }
    }
    vectors_close(v, cases);
    test_rsa_free(&key);
}

static void vectors_pss(void **state)
{
    (void)state;
    pss_file("rsa/wycheproof-rsa_pss_2048_sha1_mgf1_20.json", 20, 88);
    pss_file("rsa/wycheproof-rsa_pss_2048_sha256_mgf1_0.json", 0, 103);
    pss_file("rsa/wycheproof-rsa_pss_2048_sha256_mgf1_32.json", 32, 108);
    pss_file("rsa/wycheproof-rsa_pss_2048_sha512_256_mgf1_32.json", 32, 115);
    pss_file("rsa/wycheproof-rsa_pss_3072_sha256_mgf1_32.json", 32, 108);
    pss_file("rsa/wycheproof-rsa_pss_4096_sha512_mgf1_64.json", 64, 179);
}

static void sign_file(const char *path, size_t cases)
{
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        struct test_rsa key;
        uint8_t digest[64], signature[SIGNATURE_MAX];
        size_t der_length, message_length, length;
        const struct test_hash *hash = test_hash_find(vectors_string(v, "sha"));
        const uint8_t *der = vectors_hex(v, "privateKeyPkcs8", &der_length);
        const uint8_t *message = vectors_hex(v, "msg", &message_length);
        const uint8_t *expected = vectors_hex(v, "sig", &length);
        test_rsa_from_private(&key, der, der_length);
        size_t digest_length = test_hash(hash->alg, digest, message, message_length);
        assert_int_equal(sign(&key, pkcs1(hash->alg), digest, digest_length, signature), PSA_SUCCESS);
        assert_int_equal(length, (key.bits + 7) / 8);
        assert_memory_equal(signature, expected, length);
        test_rsa_free(&key);
    }
    vectors_close(v, cases);
}

static void vectors_pkcs1_sign(void **state)
{
    (void)state;
    sign_file("rsa/wycheproof-rsa_pkcs1_1024_sig_gen.json", 33);
    sign_file("rsa/wycheproof-rsa_pkcs1_1536_sig_gen.json", 32);
    sign_file("rsa/wycheproof-rsa_pkcs1_2048_sig_gen.json", 43);
}

/* "PKCS1v15(SHA-1)"; the hash's name without the rest. NULL: Raw. */
static const struct test_hash *hash_of_section(const char *section)
{
    char name[20];
    const char *start = strchr(section, '(') + 1;
    size_t length = strcspn(start, ")");
    assert_true(length < sizeof name);
    memcpy(name, start, length);
    name[length] = 0;
    return strcmp(name, "Raw") == 0 ? NULL : test_hash_find(name);
}

static void vectors_botan(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("rsa/botan-rsa_sig-pkcs1.txt", "Signature");
    while (vectors_next(v)) {
        struct test_rsa key;
        uint8_t digest[64], signature[SIGNATURE_MAX];
        size_t message_length, length;
        const struct test_hash *hash = hash_of_section(vectors_section(v));
        const uint8_t *message = vectors_hex(v, "Msg", &message_length);
        const uint8_t *expected = vectors_hex(v, "Signature", &length);
        test_rsa_from_primes(&key, vectors_string(v, "E"), vectors_string(v, "P"), vectors_string(v, "Q"));
        if (key.bits < SW_RSA_BITS_MIN) {
            vectors_unused(v, "fewer than 1024 bits");
            test_rsa_free(&key);
            continue;
        }
        psa_algorithm_t alg = hash == NULL ? PSA_ALG_RSA_PKCS1V15_SIGN_RAW : pkcs1(hash->alg);
        size_t digest_length = hash == NULL ? message_length : test_hash(hash->alg, digest, message, message_length);
        const uint8_t *signed_bytes = hash == NULL ? message : digest;
        if (strncmp(vectors_section(v), "PSS", 3) == 0) {
            alg = PSA_ALG_RSA_PSS(hash->alg);
        } else {
            assert_int_equal(sign(&key, alg, signed_bytes, digest_length, signature), PSA_SUCCESS);
            assert_memory_equal(signature + (key.bits + 7) / 8 - length, expected, length);
        }
        uint8_t padded[SIGNATURE_MAX] = { 0 };
        memcpy(padded + (key.bits + 7) / 8 - length, expected, length);
        assert_int_equal(verify(&key, alg, signed_bytes, digest_length, padded, (key.bits + 7) / 8), PSA_SUCCESS);
        test_rsa_free(&key);
    }
    vectors_close(v, 75);
}

/* ---- OpenSSL ---- */

static EVP_PKEY_CTX *openssl_context(const struct test_rsa *key, const struct test_hash *hash, int pss, int to_sign)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->openssl, NULL);
    assert_int_equal(to_sign ? EVP_PKEY_sign_init(context) : EVP_PKEY_verify_init(context), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(context, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING), 1);
    if (hash != NULL) {
        assert_int_equal(EVP_PKEY_CTX_set_signature_md(context, EVP_get_digestbyname(hash->openssl)), 1);
    }
    return context;
}

static int openssl_verifies(const struct test_rsa *key, const struct test_hash *hash, int pss, const uint8_t *digest, size_t digest_length,
                            const uint8_t *signature)
{
    EVP_PKEY_CTX *context = openssl_context(key, hash, pss, 0);
    if (pss) {
        assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_AUTO), 1);
    }
    int result = EVP_PKEY_verify(context, signature, (key->bits + 7) / 8, digest, digest_length);
    EVP_PKEY_CTX_free(context);
    return result == 1;
}

static void openssl_signs(const struct test_rsa *key, const struct test_hash *hash, int pss, int salt_length, const uint8_t *digest,
                          size_t digest_length, uint8_t *signature)
{
    EVP_PKEY_CTX *context = openssl_context(key, hash, pss, 1);
    size_t length = SIGNATURE_MAX;
    if (pss) {
        assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, salt_length), 1);
    }
    assert_int_equal(EVP_PKEY_sign(context, signature, &length, digest, digest_length), 1);
    EVP_PKEY_CTX_free(context);
}

static int pss_fits(const struct test_rsa *key, size_t digest_length)
{
    return (key->bits + 6) / 8 >= 2 * digest_length + 2;
}

static void both_ways(const struct test_rsa *key, const struct test_hash *hash)
{
    uint8_t message[16], digest[64], ours[SIGNATURE_MAX], theirs[SIGNATURE_MAX];
    size_t length = (key->bits + 7) / 8;
    assert_int_equal(RAND_bytes(message, sizeof message), 1);
    size_t n = test_hash(hash->alg, digest, message, sizeof message);

    openssl_signs(key, hash, 0, 0, digest, n, theirs);
    assert_int_equal(sign(key, pkcs1(hash->alg), digest, n, ours), PSA_SUCCESS);
    assert_memory_equal(ours, theirs, length);
    assert_int_equal(verify(key, pkcs1(hash->alg), digest, n, theirs, length), PSA_SUCCESS);
    digest[0] ^= 1;
    assert_int_equal(verify(key, pkcs1(hash->alg), digest, n, theirs, length), PSA_ERROR_INVALID_SIGNATURE);

    assert_int_equal(sign(key, PSA_ALG_RSA_PSS(hash->alg), digest, n, ours), PSA_SUCCESS);
    assert_true(openssl_verifies(key, hash, 1, digest, n, ours));
    assert_int_equal(verify(key, PSA_ALG_RSA_PSS(hash->alg), digest, n, ours, length), PSA_SUCCESS);
    assert_int_equal(verify(key, PSA_ALG_RSA_PSS_ANY_SALT(hash->alg), digest, n, ours, length), PSA_SUCCESS);
    assert_int_equal(sign(key, PSA_ALG_RSA_PSS_ANY_SALT(hash->alg), digest, n, ours), PSA_SUCCESS);
    assert_int_equal(verify(key, PSA_ALG_RSA_PSS(hash->alg), digest, n, ours, length), PSA_SUCCESS);

    if (pss_fits(key, n)) {
        openssl_signs(key, hash, 1, RSA_PSS_SALTLEN_DIGEST, digest, n, theirs);
        assert_int_equal(verify(key, PSA_ALG_RSA_PSS(hash->alg), digest, n, theirs, length), PSA_SUCCESS);
        openssl_signs(key, hash, 1, 7, digest, n, theirs);
        assert_int_equal(verify(key, PSA_ALG_RSA_PSS(hash->alg), digest, n, theirs, length), PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(verify(key, PSA_ALG_RSA_PSS_ANY_SALT(hash->alg), digest, n, theirs, length), PSA_SUCCESS);
        theirs[length - 1] ^= 1;
        assert_int_equal(verify(key, PSA_ALG_RSA_PSS_ANY_SALT(hash->alg), digest, n, theirs, length), PSA_ERROR_INVALID_SIGNATURE);
    }
    openssl_signs(key, hash, 1, RSA_PSS_SALTLEN_MAX, digest, n, theirs);
    assert_int_equal(verify(key, PSA_ALG_RSA_PSS_ANY_SALT(hash->alg), digest, n, theirs, length), PSA_SUCCESS);
}

/* Odd sizes put the bits of PSS everywhere in a byte: a message of one bit less than the modulus. */
static void openssl_agrees(void **state)
{
    static const int sizes[] = { 1024, 1032, 1025, 1026, 1027, 1030, 1031, 2048, 3072, 4096 };
    (void)state;
    for (size_t i = 0; i < (test_quick() ? 3 : sizeof sizes / sizeof sizes[0]); i++) {
        struct test_rsa key;
        test_rsa_generate(&key, sizes[i], i % 2 == 0 ? 65537 : 3);
        for (size_t h = 0; h < TEST_HASHES; h++) {
            both_ways(&key, &test_hashes[h]);
        }
        test_rsa_free(&key);
    }
}

static void raw(void **state)
{
    struct test_rsa key;
    uint8_t bytes[128], ours[SIGNATURE_MAX], theirs[SIGNATURE_MAX];
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    memset(bytes, 0x5a, sizeof bytes);
    for (size_t n = 0; n <= 117; n += 13) {
        openssl_signs(&key, NULL, 0, 0, bytes, n, theirs);
        assert_int_equal(sign(&key, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, bytes, n, ours), PSA_SUCCESS);
        assert_memory_equal(ours, theirs, 128);
        assert_int_equal(verify(&key, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, bytes, n, ours, 128), PSA_SUCCESS);
    }
    assert_int_equal(sign(&key, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, bytes, 118, ours), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(verify(&key, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, bytes, 118, ours, 128), PSA_ERROR_INVALID_ARGUMENT);
    test_rsa_free(&key);
}

/* ---- Refusals and faults ---- */

static void refused(void **state)
{
    static const uint8_t hash[64];
    struct test_rsa key;
    uint8_t signature[SIGNATURE_MAX];
    psa_key_attributes_t attributes;
    size_t length = 9;
    const struct psacrypto_sign_entries *e = &sw_sign_entries;
    const psa_algorithm_t alg = pkcs1(PSA_ALG_SHA_256), pss = PSA_ALG_RSA_PSS(PSA_ALG_SHA_256);
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    struct psacrypto_key public_key = test_rsa_public(&key, &attributes);
    assert_int_equal(e->sign_hash(NULL, &public_key, alg, hash, 32, NULL, 0, signature, 128, &length), PSA_ERROR_INVALID_ARGUMENT);
    struct psacrypto_key pair = test_rsa_pair(&key, &attributes);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 127, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 31, NULL, 0, signature, 128, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->sign_hash(NULL, &pair, pss, hash, 31, NULL, 0, signature, 128, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, hash, 1, signature, 128, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->sign_hash(NULL, &pair, pkcs1(PSA_ALG_SHAKE256_512), hash, 64, NULL, 0, signature, 128, &length),
                     PSA_ERROR_NOT_SUPPORTED); /* it has no OID */
    assert_int_equal(length, 9);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 128, &length), PSA_SUCCESS);
    assert_int_equal(e->verify_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 128), PSA_SUCCESS); /* a pair verifies too */
    static const size_t lengths[] = { 0, 1, 127, 129, 256 };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        assert_int_equal(verify(&key, alg, hash, 32, signature, lengths[i]), PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(verify(&key, pss, hash, 32, signature, lengths[i]), PSA_ERROR_INVALID_SIGNATURE);
    }
    memset(signature, 0xff, sizeof signature); /* not below n */
    assert_int_equal(verify(&key, alg, hash, 32, signature, 128), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(verify(&key, pss, hash, 32, signature, 128), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(verify(&key, alg, hash, 31, signature, 128), PSA_ERROR_INVALID_SIGNATURE);
    test_rsa_free(&key);
}

/* Every bit of a part that CRT works with: what comes of it stays inside. */
static void faults(void **state)
{
    static const uint8_t hash[32] = { 1 };
    struct test_rsa key;
    struct math_rsa_key parts;
    uint8_t signature[128], untouched[128];
    (void)state;
    memset(signature, 0xa5, sizeof signature);
    memcpy(untouched, signature, sizeof signature);
    test_rsa_generate(&key, 1024, 65537);
    assert_int_equal(sw_rsa_read(&parts, PSA_KEY_TYPE_RSA_KEY_PAIR, key.pair, key.pair_length), PSA_SUCCESS);
    const struct math_integer damaged[] = { parts.dp, parts.dq, parts.qinv, parts.p, parts.q };
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        for (size_t bit = 8; bit < 8 * damaged[i].length - 8; bit += 61) { /* neither even nor of another length */
            uint8_t *byte = &key.pair[damaged[i].data - key.pair + (ptrdiff_t)(bit / 8)];
            *byte ^= (uint8_t)(1u << bit % 8);
            assert_int_equal(sign(&key, pkcs1(PSA_ALG_SHA_256), hash, 32, signature), PSA_ERROR_CORRUPTION_DETECTED);
            *byte ^= (uint8_t)(1u << bit % 8);
        }
    }
    assert_memory_equal(signature, untouched, sizeof signature);
    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY; /* for a salt; constant-time arithmetic blinds nothing */
    assert_int_equal(sign(&key, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), hash, 32, signature), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_memory_equal(signature, untouched, sizeof signature);
    assert_int_equal(sign(&key, pkcs1(PSA_ALG_SHA_256), hash, 32, signature), PSA_SUCCESS);
    test_random.status = PSA_SUCCESS;
    test_rsa_free(&key);
}

/* Constants of the moduli, which operations read and do not change. */
static void prepared(void **state)
{
    static const uint8_t hash[32] = { 7 };
    struct test_rsa key;
    psa_key_attributes_t attributes;
    uint8_t plain[256], signature[256];
    uint64_t memory[256];
    size_t length;
    const psa_algorithm_t alg = pkcs1(PSA_ALG_SHA_256);
    const size_t public_size = 16 + 2 * 256, pair_size = public_size + 2 * (16 + 2 * 128);
    (void)state;
    test_rsa_generate(&key, 2048, 65537);
    assert_int_equal(sign(&key, alg, hash, 32, plain), PSA_SUCCESS);
    struct psacrypto_key pair = test_rsa_pair(&key, &attributes);
    assert_int_equal(psacrypto_software_driver.prepared_size(NULL, &pair, alg), pair_size);
    assert_int_equal(psacrypto_software_driver.prepared_size(NULL, &pair, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256)), pair_size);
    memset(memory, 0xa5, sizeof memory);
    assert_int_equal(psacrypto_software_driver.prepare(NULL, &pair, alg, memory), PSA_SUCCESS);
    pair.prepared = memory;
    uint64_t before[256];
    memcpy(before, memory, sizeof before);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 256, &length), PSA_SUCCESS);
    assert_memory_equal(signature, plain, 256);
    assert_memory_equal(memory, before, sizeof memory);
    assert_true(memory[pair_size / 8u] == UINT64_C(0xa5a5a5a5a5a5a5a5));
    assert_int_equal(sw_sign_entries.verify_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 256), PSA_SUCCESS);
    memory[31] ^= 1; /* they are used */
    assert_int_equal(sw_sign_entries.verify_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 256), PSA_ERROR_INVALID_SIGNATURE);

    struct psacrypto_key public_key = test_rsa_public(&key, &attributes);
    assert_int_equal(psacrypto_software_driver.prepared_size(NULL, &public_key, PSA_ALG_RSA_PSS(PSA_ALG_SHA_1)), public_size);
    assert_int_equal(psacrypto_software_driver.prepare(NULL, &public_key, alg, memory), PSA_SUCCESS);
    public_key.prepared = memory;
    assert_int_equal(sw_sign_entries.verify_hash(NULL, &public_key, alg, hash, 32, NULL, 0, signature, 256), PSA_SUCCESS);
    test_rsa_free(&key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_pkcs1_verify), cmocka_unit_test(vectors_pss), cmocka_unit_test(vectors_pkcs1_sign),
        cmocka_unit_test(vectors_botan),        cmocka_unit_test(openssl_agrees), cmocka_unit_test(raw),
        cmocka_unit_test(refused),              cmocka_unit_test(faults),      cmocka_unit_test(prepared),
    };
    OpenSSL_add_all_digests();
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
