/* SPDX-License-Identifier: Apache-2.0 */
/* HKDF: RFC 5869, every hash against OpenSSL, orders of the inputs, cuts of the output, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "software/kdf/hkdf.h"
#include "support/derive.h"
#include "support/hash_list.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define SALT PSA_KEY_DERIVATION_INPUT_SALT
#define SECRET PSA_KEY_DERIVATION_INPUT_SECRET
#define INFO PSA_KEY_DERIVATION_INPUT_INFO

/* ---- RFC 5869, appendix A.1 to A.3 ---- */

struct rfc5869 {
    const char *secret, *salt, *info, *prk, *okm;
};

static const struct rfc5869 rfc5869[] = {
    {
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    },
    {
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031"
        "32333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
        "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f9091"
        "92939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
        "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1"
        "e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
        "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da32"
        "75600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    },
    {
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
        "",
        "",
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    },
};

struct bytes {
    uint8_t *data;
    size_t length;
};

static struct bytes decode(const char *hex)
{
    struct bytes bytes;
    bytes.data = vectors_decode_hex(hex, &bytes.length);
    assert_non_null(bytes.data);
    return bytes;
}

static void expect(psa_algorithm_t alg, const struct derive_input *inputs, const struct bytes *expected)
{
    uint8_t output[100];
    for (size_t piece = 1; piece <= expected->length; piece++) {
        memset(output, 0, sizeof output);
        assert_int_equal(derive(alg, inputs, output, expected->length, piece), PSA_SUCCESS);
        assert_memory_equal(output, expected->data, expected->length);
    }
}

static void check_rfc5869(const struct rfc5869 *c)
{
    struct bytes secret = decode(c->secret), salt = decode(c->salt), info = decode(c->info), prk = decode(c->prk), okm = decode(c->okm);
    psa_algorithm_t hash = PSA_ALG_SHA_256;
    const struct derive_input give_salt = {SALT, salt.data, salt.length, 0}, give_secret = {SECRET, secret.data, secret.length, 0},
                              give_info = {INFO, info.data, info.length, 0}, give_prk = {SECRET, prk.data, prk.length, 0};

    expect(PSA_ALG_HKDF(hash), (struct derive_input[]){give_salt, give_secret, give_info, {0}}, &okm);
    expect(PSA_ALG_HKDF(hash), (struct derive_input[]){give_salt, give_info, give_secret, {0}}, &okm);
    expect(PSA_ALG_HKDF(hash), (struct derive_input[]){give_info, give_salt, give_secret, {0}}, &okm);
    expect(PSA_ALG_HKDF_EXTRACT(hash), (struct derive_input[]){give_salt, give_secret, {0}}, &prk);
    expect(PSA_ALG_HKDF_EXPAND(hash), (struct derive_input[]){give_prk, give_info, {0}}, &okm);
    expect(PSA_ALG_HKDF_EXPAND(hash), (struct derive_input[]){give_info, give_prk, {0}}, &okm);
    if (salt.length == 0) {
        expect(PSA_ALG_HKDF(hash), (struct derive_input[]){give_secret, give_info, {0}}, &okm);
    }
    if (info.length == 0) {
        expect(PSA_ALG_HKDF(hash), (struct derive_input[]){give_salt, give_secret, {0}}, &okm);
    }
    free(secret.data);
    free(salt.data);
    free(info.data);
    free(prk.data);
    free(okm.data);
}

static int missing(psa_algorithm_t alg)
{
    return sw_key_derivation_context_size(alg) == 0 || sw_hmac_hash(PSA_ALG_GET_HASH(alg)) == NULL;
}

static void test_rfc5869(void **state)
{
    (void)state;
    if (missing(PSA_ALG_HKDF(PSA_ALG_SHA_256)) || missing(PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256)) ||
        missing(PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256))) {
        skip();
    }
    for (size_t i = 0; i < sizeof rfc5869 / sizeof rfc5869[0]; i++) {
        check_rfc5869(&rfc5869[i]);
    }
}

/* ---- Against OpenSSL ---- */

static void openssl_hkdf(const char *digest, int mode, const struct bytes *key, const struct bytes *salt, const struct bytes *info,
                         uint8_t *output, size_t output_length)
{
    char name[32];
    (void)snprintf(name, sizeof name, "%s", digest);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, name, 0),
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key->data, key->length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt->data, salt->length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info->data, info->length),
        OSSL_PARAM_construct_end(),
    };
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    assert_int_equal(EVP_KDF_derive(context, output, output_length, parameters), 1);
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
}

static struct bytes random_piece(struct random_source *source, uint8_t *memory, size_t minimum, size_t maximum)
{
    struct bytes bytes = {memory, minimum + random_source_below(source, maximum - minimum + 1)};
    random_source_bytes(source, memory, bytes.length);
    return bytes;
}

static void compare(psa_algorithm_t alg, const struct derive_input *inputs, const uint8_t *expected, size_t length, size_t piece)
{
    uint8_t output[1000];
    if (!missing(alg)) {
        assert_int_equal(derive(alg, inputs, output, length, piece), PSA_SUCCESS);
        assert_memory_equal(output, expected, length);
    }
}

static void one_round(const struct hash_info *info, const struct sw_hash *hash, struct random_source *source)
{
    uint8_t memory[3][300], expected[1000], output[1000];
    struct bytes secret = random_piece(source, memory[0], hash->length, 300), salt = random_piece(source, memory[1], 1, 300),
                 context = random_piece(source, memory[2], 1, 300);
    size_t length = 1 + random_source_below(source, sizeof output), piece = 1 + random_source_below(source, length);
    const struct derive_input give_salt = {SALT, salt.data, salt.length, 0}, give_secret = {SECRET, secret.data, secret.length, 0},
                              give_info = {INFO, context.data, context.length, 0};

    openssl_hkdf(info->openssl, EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, &secret, &salt, &context, expected, length);
    compare(PSA_ALG_HKDF(info->alg), (struct derive_input[]){give_info, give_salt, give_secret, {0}}, expected, length, piece);

    openssl_hkdf(info->openssl, EVP_KDF_HKDF_MODE_EXPAND_ONLY, &secret, &salt, &context, expected, length);
    compare(PSA_ALG_HKDF_EXPAND(info->alg), (struct derive_input[]){give_secret, give_info, {0}}, expected, length, piece);
    assert_int_equal(sw_hkdf_expand(hash, output, length, secret.data, secret.length, context.data, context.length), PSA_SUCCESS);
    assert_memory_equal(output, expected, length);

    openssl_hkdf(info->openssl, EVP_KDF_HKDF_MODE_EXTRACT_ONLY, &secret, &salt, &context, expected, hash->length);
    compare(PSA_ALG_HKDF_EXTRACT(info->alg), (struct derive_input[]){give_salt, give_secret, {0}}, expected, hash->length, piece);
    sw_hkdf_extract(hash, output, salt.data, salt.length, secret.data, secret.length);
    assert_memory_equal(output, expected, hash->length);
}

static void test_against_openssl(void **state)
{
    struct random_source source = {1};
    size_t count, compared = 0;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct sw_hash *hash = sw_hmac_hash(list[i].alg);
        if (hash == NULL || list[i].openssl == NULL || EVP_get_digestbyname(list[i].openssl) == NULL) {
            continue;
        }
        for (size_t round = 0; round < 50; round++) {
            one_round(&list[i], hash, &source);
        }
        compared++;
    }
    assert_true(compared > 0);
}

/* ---- Limits and errors ---- */

/* 255 blocks and no byte more; what was refused has taken nothing. */
static void test_longest_output(void **state)
{
    static const uint8_t key[64] = {1};
    static const struct derive_input inputs[] = {{SECRET, key, sizeof key, 0}, {INFO, key, 5, 0}, {0}};
    size_t count;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        static uint8_t output[255 * SW_HASH_LENGTH_MAX + 1], expected[255 * SW_HASH_LENGTH_MAX];
        psa_algorithm_t alg = PSA_ALG_HKDF_EXPAND(list[i].alg);
        const struct sw_hash *hash = sw_hmac_hash(list[i].alg);
        uint64_t context[DERIVE_CONTEXT_WORDS];
        if (hash == NULL || missing(alg)) {
            continue;
        }
        size_t longest = 255u * hash->length;
        memset(output, 0, sizeof output);
        assert_int_equal(sw_hkdf_expand(hash, output, longest + 1, key, sizeof key, key, 5), PSA_ERROR_INSUFFICIENT_DATA);
        assert_int_equal(output[0], 0);
        assert_int_equal(sw_hkdf_expand(hash, expected, longest, key, sizeof key, key, 5), PSA_SUCCESS);
        assert_int_equal(derive(alg, inputs, output, longest, 1000), PSA_SUCCESS);
        assert_memory_equal(output, expected, longest);

        assert_int_equal(derive_start(context, alg, inputs), PSA_SUCCESS);
        assert_int_equal(sw_key_derivation_entries.output_bytes(NULL, context, output, 7), PSA_SUCCESS);
        assert_int_equal(sw_key_derivation_entries.output_bytes(NULL, context, output, longest - 6), PSA_ERROR_INSUFFICIENT_DATA);
        assert_int_equal(sw_key_derivation_entries.output_bytes(NULL, context, output, longest - 7), PSA_SUCCESS);
        assert_memory_equal(output, expected + 7, longest - 7);
        assert_int_equal(sw_key_derivation_entries.output_bytes(NULL, context, output, 1), PSA_ERROR_INSUFFICIENT_DATA);
        assert_int_equal(sw_key_derivation_entries.output_bytes(NULL, context, output, 0), PSA_SUCCESS);
        assert_int_equal(sw_key_derivation_entries.abort(NULL, context), PSA_SUCCESS);
    }
}

static void test_extract_gives_one_block(void **state)
{
    static const uint8_t key[32] = {1};
    static const struct derive_input inputs[] = {{SALT, key, 3, 0}, {SECRET, key, sizeof key, 0}, {0}};
    uint8_t output[33];

    (void)state;
    if (missing(PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256))) {
        skip();
    }
    assert_int_equal(derive(PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256), inputs, output, 33, 33), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(derive(PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256), inputs, output, 33, 32), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(derive(PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256), inputs, output, 32, 31), PSA_SUCCESS);
}

/* RFC 5869, section 2.3: the PRK is at least as long as the hash. */
static void test_short_prk(void **state)
{
    static const uint8_t key[32] = {1};
    uint8_t output[8];

    (void)state;
    if (missing(PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256))) {
        skip();
    }
    for (size_t length = 0; length <= sizeof key; length++) {
        const struct derive_input inputs[] = {{SECRET, key, length, 0}, {INFO, key, 1, 0}, {0}};
        psa_status_t status = derive(PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256), inputs, output, sizeof output, sizeof output);
        assert_int_equal(status, length < sizeof key ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS);
    }
}

static void test_out_of_order(void **state)
{
    static const uint8_t key[32] = {1};
    static const struct derive_input give_salt = {SALT, key, 3, 0}, give_secret = {SECRET, key, 32, 0}, give_info = {INFO, key, 3, 0};
    static const psa_algorithm_t algorithms[] = {
        PSA_ALG_HKDF(PSA_ALG_SHA_256), PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256),
    };
    uint8_t output[8];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        if (missing(algorithms[i])) {
            continue;
        }
        assert_int_equal(derive(algorithms[i], (struct derive_input[]){give_secret, give_salt, {0}}, output, 1, 1), PSA_ERROR_BAD_STATE);
        assert_int_equal(derive(algorithms[i], (struct derive_input[]){give_secret, give_secret, {0}}, output, 1, 1), PSA_ERROR_BAD_STATE);
        assert_int_equal(derive(algorithms[i], (struct derive_input[]){give_salt, {0}}, output, 1, 1), PSA_ERROR_BAD_STATE);
    }
    if (!missing(PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256))) {
        assert_int_equal(derive(PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256), (struct derive_input[]){give_info, {0}}, output, 1, 1),
                         PSA_ERROR_BAD_STATE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc5869),
        cmocka_unit_test(test_against_openssl),
        cmocka_unit_test(test_longest_output),
        cmocka_unit_test(test_extract_gives_one_block),
        cmocka_unit_test(test_short_prk),
        cmocka_unit_test(test_out_of_order),
    };
    return cmocka_run_group_tests_name("drivers/software/kdf/hkdf", tests, NULL, NULL);
}
