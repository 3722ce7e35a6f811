/* SPDX-License-Identifier: Apache-2.0 */
/* The shared vectors for HKDF and PBKDF2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/mac/hmac.h"
#include "support/derive.h"
#include "support/hash_list.h"
#include "support/vectors.h"

#define SALT PSA_KEY_DERIVATION_INPUT_SALT
#define SECRET PSA_KEY_DERIVATION_INPUT_SECRET
#define INFO PSA_KEY_DERIVATION_INPUT_INFO
#define PASSWORD PSA_KEY_DERIVATION_INPUT_PASSWORD
#define COST PSA_KEY_DERIVATION_INPUT_COST

#define OUTPUT_MAX 20000

/* The hash of that name; PSA_ALG_NONE where this build has no HMAC with it. */
static psa_algorithm_t hash_named(const char *name)
{
    const struct hash_info *info = hash_list_named(name);
    return info == NULL || sw_hmac_hash(info->alg) == NULL ? PSA_ALG_NONE : info->alg;
}

static struct derive_input field(struct vectors *v, psa_key_derivation_step_t step, const char *name)
{
    struct derive_input input = {.step = step};
    input.data = vectors_hex(v, name, &input.length);
    return input;
}

/* A valid case gives what the field says, whole and in pieces; an invalid one gives nothing. */
static void check(struct vectors *v, psa_algorithm_t alg, const struct derive_input *inputs, const char *output_field, size_t length,
                  int valid)
{
    static uint8_t output[OUTPUT_MAX];
    const size_t pieces[] = {length, 1 + length / 3, 13};
    size_t expected_length;
    const uint8_t *expected = vectors_hex(v, output_field, &expected_length);

    assert_true(length <= sizeof output);
    for (size_t i = 0; i < 3 && length != 0; i++) {
        psa_status_t status = derive(alg, inputs, output, length, pieces[i]);
        if (status != (valid ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_DATA)) {
            fail_msg("%s: status %d", vectors_where(v), (int)status);
        }
        if (valid && (expected_length != length || memcmp(output, expected, length) != 0)) {
            fail_msg("%s: wrong output", vectors_where(v));
        }
        if (COST == inputs[0].step) {
            break; /* slow on purpose: once is enough */
        }
    }
}

static void run_hkdf(const char *file, const char *hash_name, size_t cases)
{
    psa_algorithm_t hash = hash_named(hash_name);

    if (hash == PSA_ALG_NONE) {
        return;
    }
    struct vectors *v = vectors_open(file, NULL);
    while (vectors_next(v)) {
        const struct derive_input inputs[] = {field(v, SALT, "salt"), field(v, SECRET, "ikm"), field(v, INFO, "info"), {0}};
        check(v, PSA_ALG_HKDF(hash), inputs, "okm", (size_t)vectors_number(v, "size"), vectors_result(v) == VECTORS_VALID);
    }
    vectors_close(v, cases);
}

static void test_wycheproof_hkdf(void **state)
{
    (void)state;
    vectors_require();
    run_hkdf("kdf/wycheproof-hkdf_sha1.json", "SHA-1", 87);
    run_hkdf("kdf/wycheproof-hkdf_sha256.json", "SHA-256", 86);
    run_hkdf("kdf/wycheproof-hkdf_sha512.json", "SHA-512", 83);
}

static void run_pbkdf2(const char *file, const char *hash_name, size_t cases)
{
    psa_algorithm_t hash = hash_named(hash_name);

    if (hash == PSA_ALG_NONE) {
        return;
    }
    struct vectors *v = vectors_open(file, NULL);
    while (vectors_next(v)) {
        const struct derive_input cost = {.step = COST, .value = (uint64_t)vectors_number(v, "iterationCount")};
        const struct derive_input inputs[] = {cost, field(v, SALT, "salt"), field(v, PASSWORD, "password"), {0}};
        if (cost.value > 100000 && getenv("PSACRYPTO_TEST_QUICK") != NULL) {
            vectors_unused(v, "more than 100,000 rounds in a quick run");
            continue;
        }
        check(v, PSA_ALG_PBKDF2_HMAC(hash), inputs, "dk", (size_t)vectors_number(v, "dkLen"), vectors_result(v) == VECTORS_VALID);
    }
    vectors_close(v, cases);
}

static void test_wycheproof_pbkdf2(void **state)
{
    (void)state;
    vectors_require();
    run_pbkdf2("kdf/wycheproof-pbkdf2_hmacsha1.json", "SHA-1", 64);
    run_pbkdf2("kdf/wycheproof-pbkdf2_hmacsha224.json", "SHA-224", 58);
    run_pbkdf2("kdf/wycheproof-pbkdf2_hmacsha256.json", "SHA-256", 60);
}

/* Sections are [HKDF(HMAC(name))], [HKDF-Extract(...)], [HKDF-Expand(...)]; fields that are empty may be missing. */

static void optional(struct vectors *v, struct derive_input *input, psa_key_derivation_step_t step, const char *name)
{
    *input = vectors_has(v, name) ? field(v, step, name) : (struct derive_input){.step = step};
}

static void one_botan(struct vectors *v, const char *kind, psa_algorithm_t hash)
{
    struct derive_input salt, info, secret = field(v, SECRET, "Secret");
    size_t length;

    optional(v, &salt, SALT, "Salt");
    (void)vectors_hex(v, "Output", &length);
    if (strcmp(kind, "HKDF") == 0) {
        optional(v, &info, INFO, "Label");
        check(v, PSA_ALG_HKDF(hash), (struct derive_input[]){salt, secret, info, {0}}, "Output", length, 1);
    } else if (strcmp(kind, "HKDF-Extract") == 0) {
        check(v, PSA_ALG_HKDF_EXTRACT(hash), (struct derive_input[]){salt, secret, {0}}, "Output", length, 1);
    } else {
        optional(v, &info, INFO, "Salt"); /* Botan's info is label and salt, joined */
        check(v, PSA_ALG_HKDF_EXPAND(hash), (struct derive_input[]){secret, info, {0}}, "Output", length, 1);
    }
}

static void test_botan_hkdf(void **state)
{
    struct vectors *v = vectors_open("kdf/botan-kdf-hkdf.txt", "Output");

    (void)state;
    while (vectors_next(v)) {
        char kind[20], name[20];
        assert_int_equal(sscanf(vectors_section(v), "%19[^(](HMAC(%19[^)]", kind, name), 2);
        psa_algorithm_t hash = hash_named(name);
        if (hash == PSA_ALG_NONE) {
            vectors_unused(v, "the hash is not in this build");
        } else {
            one_botan(v, kind, hash);
        }
    }
    vectors_close(v, 37);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wycheproof_hkdf),
        cmocka_unit_test(test_wycheproof_pbkdf2),
        cmocka_unit_test(test_botan_hkdf),
    };
    return cmocka_run_group_tests_name("drivers/software/kdf, shared vectors", tests, NULL, NULL);
}
