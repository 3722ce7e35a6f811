/* SPDX-License-Identifier: Apache-2.0 */
/* PBKDF2-HMAC: RFC 7914, every hash against OpenSSL, salts in several parts, cuts of the output, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "software/mac/hmac.h"
#include "support/derive.h"
#include "support/hash_list.h"
#include "support/kernel_choice.h"
#include "support/random_source.h"

#define COST PSA_KEY_DERIVATION_INPUT_COST
#define SALT PSA_KEY_DERIVATION_INPUT_SALT
#define PASSWORD PSA_KEY_DERIVATION_INPUT_PASSWORD

static int missing(psa_algorithm_t hash)
{
    return sw_key_derivation_context_size(PSA_ALG_PBKDF2_HMAC(hash)) == 0 || sw_hmac_hash(hash) == NULL;
}

/* RFC 7914, section 11. */
static void test_rfc7914(void **state)
{
    static const uint8_t expected[64] = {
        0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f, 0xec, 0x16, 0x91, 0xc2, 0x25, 0x44, 0xb6, 0x05,
        0xf9, 0x41, 0x85, 0x21, 0x6d, 0xde, 0x04, 0x65, 0xe6, 0x8b, 0x9d, 0x57, 0xc2, 0x0d, 0xac, 0xbc,
        0x49, 0xca, 0x9c, 0xcc, 0xf1, 0x79, 0xb6, 0x45, 0x99, 0x16, 0x64, 0xb3, 0x9d, 0x77, 0xef, 0x31,
        0x7c, 0x71, 0xb8, 0x45, 0xb1, 0xe3, 0x0b, 0xd5, 0x09, 0x11, 0x20, 0x41, 0xd3, 0xa1, 0x97, 0x83,
    };
    const uint8_t *text = (const uint8_t *)"passwdsalt";
    uint8_t output[64];

    (void)state;
    if (missing(PSA_ALG_SHA_256)) {
        skip();
    }
    for (size_t piece = 1; piece <= sizeof output; piece++) {
        size_t cut = piece % 5; /* the salt in two parts */
        const struct derive_input inputs[] = {
            {COST, NULL, 0, 1}, {SALT, text + 6, cut, 0}, {SALT, text + 6 + cut, 4 - cut, 0}, {PASSWORD, text, 6, 0}, {0},
        };
        memset(output, 0, sizeof output);
        assert_int_equal(derive(PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), inputs, output, sizeof output, piece), PSA_SUCCESS);
        assert_memory_equal(output, expected, sizeof output);
    }
}

static void one_round(const struct hash_info *info, struct random_source *source)
{
    uint8_t password[300], salt[300], expected[300], output[300];
    size_t password_length = random_source_below(source, sizeof password), salt_length = random_source_below(source, sizeof salt);
    size_t length = 1 + random_source_below(source, sizeof output), cut = random_source_below(source, salt_length + 1);
    uint64_t cost = 1 + random_source_below(source, 20);

    random_source_bytes(source, password, password_length);
    random_source_bytes(source, salt, salt_length);
    const struct derive_input inputs[] = {
        {COST, NULL, 0, cost}, {SALT, salt, cut, 0}, {SALT, salt + cut, salt_length - cut, 0}, {PASSWORD, password, password_length, 0}, {0},
    };
    assert_int_equal(PKCS5_PBKDF2_HMAC((const char *)password, (int)password_length, salt, (int)salt_length, (int)cost,
                                       EVP_get_digestbyname(info->openssl), (int)length, expected), 1);
    assert_int_equal(derive(PSA_ALG_PBKDF2_HMAC(info->alg), inputs, output, length, 1 + random_source_below(source, length)), PSA_SUCCESS);
    assert_memory_equal(output, expected, length);
}

static void test_against_openssl(void **state)
{
    struct random_source source = {1};
    size_t count, compared = 0;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (missing(list[i].alg) || list[i].openssl == NULL || EVP_get_digestbyname(list[i].openssl) == NULL) {
            continue;
        }
        for (size_t round = 0; round < 50; round++) {
            one_round(&list[i], &source);
        }
        compared++;
    }
    assert_true(compared > 0);
}

/* Blocks are made several at once: any number of them, and any cut, with each way to do it. */
static void test_many_blocks(void **state)
{
    static const psa_algorithm_t hashes[] = {PSA_ALG_SHA_1, PSA_ALG_SHA_256, PSA_ALG_SHA_384, PSA_ALG_SHA3_256};
    static const char *const names[] = {"SHA1", "SHA256", "SHA384", "SHA3-256"};
    static const uint8_t text[] = "password and salt";
    uint8_t expected[20 * 48], output[sizeof expected];

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const struct derive_input inputs[] = {{COST, NULL, 0, 3}, {SALT, text + 13, 4, 0}, {PASSWORD, text, 8, 0}, {0}};
        const size_t length = PSA_HASH_LENGTH(hashes[i]);
        if (missing(hashes[i])) {
            continue;
        }
        assert_int_equal(PKCS5_PBKDF2_HMAC((const char *)text, 8, text + 13, 4, 3, EVP_get_digestbyname(names[i]), (int)(20 * length), expected),
                         1);
        for (size_t choice = 0; kernel_choice(choice); choice++) {
            for (size_t blocks = 1; blocks <= 20; blocks++) {
                memset(output, 0, sizeof output);
                assert_int_equal(derive(PSA_ALG_PBKDF2_HMAC(hashes[i]), inputs, output, 20 * length, blocks * length), PSA_SUCCESS);
                assert_memory_equal(output, expected, 20 * length);
                assert_int_equal(derive(PSA_ALG_PBKDF2_HMAC(hashes[i]), inputs, output, 20 * length - 5, blocks * length - blocks), PSA_SUCCESS);
                assert_memory_equal(output, expected, 20 * length - 5);
            }
        }
    }
}

static void expect_cost(uint64_t cost, psa_status_t expected)
{
    const struct derive_input inputs[] = {{COST, NULL, 0, cost}, {0}};
    assert_int_equal(derive(PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), inputs, NULL, 0, 1), expected);
}

static void test_costs(void **state)
{
    (void)state;
    if (missing(PSA_ALG_SHA_256)) {
        skip();
    }
    expect_cost(0, PSA_ERROR_INVALID_ARGUMENT);
    expect_cost(1, PSA_SUCCESS);
    expect_cost(0xffffffffu, PSA_SUCCESS);
    expect_cost(UINT64_C(0x100000000), PSA_ERROR_NOT_SUPPORTED);
    expect_cost(UINT64_MAX, PSA_ERROR_NOT_SUPPORTED);
}

static void test_incomplete_inputs(void **state)
{
    static const uint8_t text[] = {'x'};
    static const struct derive_input cost = {COST, NULL, 0, 2}, salt = {SALT, text, 1, 0}, password = {PASSWORD, text, 1, 0};
    psa_algorithm_t alg = PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256);
    uint8_t output[1];

    (void)state;
    if (missing(PSA_ALG_SHA_256)) {
        skip();
    }
    assert_int_equal(derive(alg, (struct derive_input[]){cost, salt, {0}}, output, 1, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(derive(alg, (struct derive_input[]){salt, password, {0}}, output, 1, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(derive(alg, (struct derive_input[]){cost, salt, password, {0}}, output, 1, 1), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc7914),
        cmocka_unit_test(test_against_openssl),
        cmocka_unit_test(test_many_blocks),
        cmocka_unit_test(test_costs),
        cmocka_unit_test(test_incomplete_inputs),
    };
    return cmocka_run_group_tests_name("drivers/software/kdf/pbkdf2", tests, NULL, NULL);
}
