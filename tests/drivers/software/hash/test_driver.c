/* SPDX-License-Identifier: Apache-2.0 */
/* Every hash of tests/vectors/hash, through the driver's entries, with every implementation of the kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "software/hash/hash.h"
#include "software/software.h"
#include "support/hash_list.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"

#define ENTRIES (&sw_hash_entries)
#define CONTEXT_WORDS (1u + SW_HASH_CONTEXT_LARGEST / 8u)

/* A cut of every message up to this length. */
#define CUT_LENGTH_MAX 200u

static void expect_hash(const char *name, const uint8_t *expected, size_t expected_length, const uint8_t *hash, size_t length)
{
    if (length != expected_length || memcmp(hash, expected, length) != 0) {
        fail_msg("%s, kernels %s: wrong hash", name, kernel_choice_name());
    }
}

/* ---- Ways to hash ---- */

static void hash_whole(psa_algorithm_t alg, const uint8_t *message, size_t message_length, uint8_t *hash, size_t *hash_length)
{
    assert_int_equal(ENTRIES->compute(NULL, alg, message, message_length, hash, PSA_HASH_LENGTH(alg), hash_length), PSA_SUCCESS);
}

static void start(uint64_t *context, psa_algorithm_t alg)
{
    assert_in_range(sw_hash_context_size(alg), 9, sizeof(uint64_t) * CONTEXT_WORDS);
    memset(context, 0, sizeof(uint64_t) * CONTEXT_WORDS);
    assert_int_equal(ENTRIES->setup(NULL, context, alg), PSA_SUCCESS);
}

/* In pieces of at most `piece` bytes, the first one of `first`. */
static void hash_pieces(psa_algorithm_t alg, const uint8_t *message, size_t message_length, size_t first, size_t piece,
                        uint8_t *hash, size_t *hash_length)
{
    uint64_t context[CONTEXT_WORDS];

    start(context, alg);
    assert_int_equal(ENTRIES->update(NULL, context, message, first), PSA_SUCCESS);
    for (size_t done = first; done < message_length; done += piece) {
        size_t rest = message_length - done;
        assert_int_equal(ENTRIES->update(NULL, context, message + done, rest < piece ? rest : piece), PSA_SUCCESS);
    }
    assert_int_equal(ENTRIES->finish(NULL, context, hash, PSA_HASH_LENGTH(alg), hash_length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
}

/* Through a clone and, where there is a format for it, a suspended state. Both go on, with the same result. */
static void hash_interrupted(psa_algorithm_t alg, const uint8_t *message, size_t message_length, size_t cut,
                             const uint8_t *expected)
{
    uint64_t one[CONTEXT_WORDS], two[CONTEXT_WORDS];
    uint8_t state[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE], hash[PSA_HASH_MAX_SIZE];
    size_t state_length = 0, length;

    start(one, alg);
    assert_int_equal(ENTRIES->update(NULL, one, message, cut), PSA_SUCCESS);
    memset(two, 0, sizeof two);
    assert_int_equal(ENTRIES->clone(NULL, one, two), PSA_SUCCESS);
    if (PSA_HASH_SUSPEND_OUTPUT_SIZE(alg) != 0) {
        assert_int_equal(ENTRIES->suspend(NULL, one, state, PSA_HASH_SUSPEND_OUTPUT_SIZE(alg), &state_length), PSA_SUCCESS);
        memset(one, 0, sizeof one);
        assert_int_equal(ENTRIES->resume(NULL, one, alg, state, state_length), PSA_SUCCESS);
    } else {
        assert_int_equal(ENTRIES->suspend(NULL, one, state, sizeof state, &state_length), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(ENTRIES->resume(NULL, one, alg, state, sizeof state), PSA_ERROR_NOT_SUPPORTED);
    }
    assert_int_equal(ENTRIES->update(NULL, one, message + cut, message_length - cut), PSA_SUCCESS);
    assert_int_equal(ENTRIES->finish(NULL, one, hash, sizeof hash, &length), PSA_SUCCESS);
    assert_int_equal(length, PSA_HASH_LENGTH(alg));
    assert_memory_equal(hash, expected, length);
    assert_int_equal(ENTRIES->update(NULL, two, message + cut, message_length - cut), PSA_SUCCESS);
    assert_int_equal(ENTRIES->finish(NULL, two, hash, sizeof hash, &length), PSA_SUCCESS);
    assert_memory_equal(hash, expected, length);
}

/* ---- Known answers ---- */

static void known_answer(const struct hash_case *c, void *argument)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t length = 0;
    size_t *tested = argument;

    if (sw_hash_find(c->info->alg) == NULL) {
        return; /* not in this build */
    }
    ++*tested;
    hash_whole(c->info->alg, c->message, c->message_length, hash, &length);
    if (length != c->hash_length || memcmp(hash, c->hash, length) != 0) {
        fail_msg("%s:%zu: wrong hash, kernels %s", c->file, c->line, kernel_choice_name());
    }
    hash_pieces(c->info->alg, c->message, c->message_length, c->message_length / 3, 1000, hash, &length);
    expect_hash(c->info->name, c->hash, c->hash_length, hash, length);
}

static void test_known_answers(void **state)
{
    (void)state;
    for (size_t i = 0; kernel_choice(i); i++) {
        size_t tested = 0;
        size_t cases = hash_list_cases(known_answer, &tested);
        assert_true(tested >= 4 && tested <= cases);
    }
}

/* The list and the table are about the same hashes: none of the table goes untested. */
static void test_every_hash_of_the_table_is_listed(void **state)
{
    size_t count, found = 0, in_table = 0;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        found += sw_hash_find(list[i].alg) != NULL;
    }
    for (psa_algorithm_t type = 0; type < 0x100; type++) {
        in_table += sw_hash_find(0x02000000u | type) != NULL;
    }
    assert_int_equal(found, in_table);
}

/* Rows agree with the macros of the specification. */
static void test_rows(void **state)
{
    size_t count;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct sw_hash *hash = sw_hash_find(list[i].alg);
        if (hash == NULL) {
            continue;
        }
        assert_int_equal(hash->alg, list[i].alg);
        assert_int_equal(hash->length, PSA_HASH_LENGTH(hash->alg));
        assert_true(hash->block == 0 || hash->block == PSA_HASH_BLOCK_LENGTH(hash->alg));
        assert_true(hash->block == 0 || hash->block >= hash->length);
        assert_in_range(hash->block, 0, SW_HASH_BLOCK_MAX);
        assert_in_range(hash->length, 1, SW_HASH_LENGTH_MAX);
        assert_int_equal(hash->context_size % 8, 0);
        assert_in_range(hash->context_size, 8, hash->block == 0 ? SW_HASH_CONTEXT_LARGEST : SW_HASH_CONTEXT_MAX);
        assert_int_equal(hash->state_length, PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(hash->alg));
        assert_int_equal(hash->suspend != NULL, hash->state_length != 0 && hash->md == NULL);
        assert_int_equal(hash->resume != NULL, hash->state_length != 0 && hash->md == NULL);
    }
}

/* ---- Cuts ---- */

static void all_cuts(const struct hash_info *info, const uint8_t *message)
{
    uint8_t expected[PSA_HASH_MAX_SIZE], hash[PSA_HASH_MAX_SIZE];
    size_t expected_length = 0, length = 0;

    for (size_t n = 0; n <= CUT_LENGTH_MAX; n += n < 20 ? 1 : 13) {
        hash_whole(info->alg, message, n, expected, &expected_length);
        for (size_t cut = 0; cut <= n; cut += n < 20 ? slow_step(3) : quick_step(3)) {
            hash_pieces(info->alg, message, n, cut, n + 1, hash, &length);
            expect_hash(info->name, expected, expected_length, hash, length);
            hash_interrupted(info->alg, message, n, cut, expected);
        }
        for (size_t piece = 1; piece < n; piece += 1 + n / 5) {
            hash_pieces(info->alg, message, n, 0, piece, hash, &length);
            expect_hash(info->name, expected, expected_length, hash, length);
        }
    }
}

static void test_every_cut(void **state)
{
    uint8_t message[CUT_LENGTH_MAX];
    struct random_source source = {1};
    size_t count;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    random_source_bytes(&source, message, sizeof message);
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < count; i++) {
            if (sw_hash_find(list[i].alg) != NULL) {
                all_cuts(&list[i], message);
            }
        }
    }
}

/* ---- Against OpenSSL ---- */

/* With an XOF, as many bytes as the hash has. */
static unsigned openssl_hash(const struct hash_info *info, const EVP_MD *digest, const uint8_t *message, size_t n, uint8_t *hash)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned length = (unsigned)PSA_HASH_LENGTH(info->alg);

    assert_int_equal(EVP_DigestInit_ex(context, digest, NULL), 1);
    assert_int_equal(EVP_DigestUpdate(context, message, n), 1);
    if ((EVP_MD_get_flags(digest) & EVP_MD_FLAG_XOF) != 0) {
        assert_int_equal(EVP_DigestFinalXOF(context, hash, length), 1);
    } else {
        assert_int_equal(EVP_DigestFinal_ex(context, hash, &length), 1);
    }
    EVP_MD_CTX_free(context);
    return length;
}

static void compare_with_openssl(const struct hash_info *info, const EVP_MD *digest, struct random_source *source, uint8_t *message,
                                 size_t n)
{
    uint8_t expected[EVP_MAX_MD_SIZE], hash[PSA_HASH_MAX_SIZE];
    size_t length = 0;

    random_source_bytes(source, message, n);
    size_t expected_length = openssl_hash(info, digest, message, n, expected);
    hash_whole(info->alg, message, n, hash, &length);
    expect_hash(info->name, expected, expected_length, hash, length);
    hash_pieces(info->alg, message, n, random_source_below(source, n + 1), 1 + random_source_below(source, n + 1), hash, &length);
    expect_hash(info->name, expected, expected_length, hash, length);
}

static void test_against_openssl(void **state)
{
    enum { LONGEST = 20000 };
    uint8_t *message = malloc(LONGEST);
    struct random_source source = {2};
    size_t count, compared = 0;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    assert_non_null(message);
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < count; i++) {
            const EVP_MD *digest = list[i].openssl == NULL ? NULL : EVP_get_digestbyname(list[i].openssl);
            assert_true(list[i].openssl == NULL || digest != NULL);
            if (digest == NULL || sw_hash_find(list[i].alg) == NULL) {
                continue;
            }
            compared++;
            for (size_t n = 0; n < 300; n += slow_step(7)) {
                compare_with_openssl(&list[i], digest, &source, message, n);
            }
            for (size_t round = 0; round < 20; round += slow_step(5)) {
                compare_with_openssl(&list[i], digest, &source, message, random_source_below(&source, LONGEST));
            }
        }
    }
    free(message);
    assert_true(compared > 0);
}

/* ---- Errors, and outputs that lie over inputs ---- */

static void test_unknown_algorithms(void **state)
{
    static const psa_algorithm_t none[] = {
        PSA_ALG_NONE, PSA_ALG_ANY_HASH, 0x02000000u, 0x02000080u, PSA_ALG_HMAC(PSA_ALG_SHA_256), 0x82000009u,
    };
    uint64_t context[CONTEXT_WORDS] = {0};
    uint8_t hash[PSA_HASH_MAX_SIZE] = {0};
    size_t length = 77;

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_null(sw_hash_find(none[i]));
        assert_int_equal(sw_hash_context_size(none[i]), 0);
        assert_int_equal(ENTRIES->compute(NULL, none[i], hash, 0, hash, sizeof hash, &length), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(ENTRIES->setup(NULL, context, none[i]), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(ENTRIES->resume(NULL, context, none[i], hash, sizeof hash), PSA_ERROR_NOT_SUPPORTED);
    }
    assert_int_equal(length, 77);
}

static void test_inactive_context(void **state)
{
    uint64_t context[CONTEXT_WORDS] = {0}, target[CONTEXT_WORDS] = {0};
    uint8_t buffer[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE] = {0};
    size_t length = 77;

    (void)state;
    assert_int_equal(ENTRIES->update(NULL, context, buffer, 0), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->finish(NULL, context, buffer, sizeof buffer, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->suspend(NULL, context, buffer, sizeof buffer, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->clone(NULL, context, target), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    assert_int_equal(length, 77);
}

static void test_small_buffers(void **state)
{
    uint64_t context[CONTEXT_WORDS];
    uint8_t buffer[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE];
    size_t count, length = 77;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        psa_algorithm_t alg = list[i].alg;
        if (sw_hash_find(alg) == NULL) {
            continue;
        }
        for (size_t size = 0; size < PSA_HASH_LENGTH(alg); size++) {
            assert_int_equal(ENTRIES->compute(NULL, alg, NULL, 0, buffer, size, &length), PSA_ERROR_BUFFER_TOO_SMALL);
            start(context, alg);
            assert_int_equal(ENTRIES->finish(NULL, context, buffer, size, &length), PSA_ERROR_BUFFER_TOO_SMALL);
        }
        size_t suspended = PSA_HASH_SUSPEND_OUTPUT_SIZE(alg);
        for (size_t size = 0; size < suspended; size++) {
            start(context, alg);
            memset(buffer, 0, sizeof buffer);
            assert_int_equal(ENTRIES->update(NULL, context, buffer, PSA_HASH_BLOCK_LENGTH(alg) - 1), PSA_SUCCESS);
            assert_int_equal(ENTRIES->suspend(NULL, context, buffer, size, &length), PSA_ERROR_BUFFER_TOO_SMALL);
        }
    }
    assert_int_equal(length, 77);
}

/* A message that is longer than the hash allows is not even looked at. */
static void test_longest_message(void **state)
{
    uint64_t context[CONTEXT_WORDS];
    uint8_t byte = 0, hash[PSA_HASH_MAX_SIZE];
    size_t count, length = 77;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct sw_hash *row = sw_hash_find(list[i].alg);
        if (row == NULL || row->longest == 0) {
            continue;
        }
        size_t over = (size_t)row->longest + 1;
        assert_int_equal(ENTRIES->compute(NULL, row->alg, &byte, over, hash, sizeof hash, &length), PSA_ERROR_INVALID_ARGUMENT);
        start(context, row->alg);
        assert_int_equal(ENTRIES->update(NULL, context, &byte, over), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->update(NULL, context, &byte, 1), PSA_SUCCESS);
        assert_int_equal(ENTRIES->update(NULL, context, &byte, over - 1), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->finish(NULL, context, hash, sizeof hash, &length), PSA_SUCCESS);
    }
}

static void test_hash_over_message(void **state)
{
    uint8_t message[300], expected[PSA_HASH_MAX_SIZE], buffer[300];
    struct random_source source = {3};
    size_t count, length = 0;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    random_source_bytes(&source, message, sizeof message);
    for (size_t i = 0; i < count; i++) {
        if (sw_hash_find(list[i].alg) == NULL) {
            continue;
        }
        hash_whole(list[i].alg, message, sizeof message, expected, &length);
        for (size_t offset = 0; offset + length <= sizeof buffer; offset += 7) {
            memcpy(buffer, message, sizeof buffer);
            assert_int_equal(ENTRIES->compute(NULL, list[i].alg, buffer, sizeof buffer, buffer + offset, length, &length), PSA_SUCCESS);
            assert_memory_equal(buffer + offset, expected, length);
        }
    }
}

/* Random bytes as a suspended state: refused, or a context that works. */
static void test_random_states(void **state)
{
    struct random_source source = {4};
    uint8_t buffer[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE + 5], hash[PSA_HASH_MAX_SIZE];
    uint64_t context[CONTEXT_WORDS];
    size_t count, length;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t round = 0; round < 20000 / quick_step(3); round++) {
        psa_algorithm_t alg = list[round % count].alg;
        size_t size = random_source_below(&source, sizeof buffer + 1);
        random_source_bytes(&source, buffer, size);
        if (size >= 4 && random_source_below(&source, 8) != 0) {
            memcpy(buffer, (uint8_t[]){(uint8_t)(alg >> 24), 0, 0, (uint8_t)alg}, 4);
        }
        for (size_t i = 4; i < 4 + PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg) && i < size; i++) {
            buffer[i] &= (uint8_t)random_source_next(&source) & (uint8_t)random_source_next(&source);
        }
        memset(context, 0, sizeof context);
        if (ENTRIES->resume(NULL, context, alg, buffer, size) == PSA_SUCCESS) {
            (void)ENTRIES->update(NULL, context, buffer, size);
            assert_int_equal(ENTRIES->finish(NULL, context, hash, sizeof hash, &length), PSA_SUCCESS);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_every_hash_of_the_table_is_listed),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_every_cut),
        cmocka_unit_test(test_against_openssl),
        cmocka_unit_test(test_unknown_algorithms),
        cmocka_unit_test(test_inactive_context),
        cmocka_unit_test(test_small_buffers),
        cmocka_unit_test(test_longest_message),
        cmocka_unit_test(test_hash_over_message),
        cmocka_unit_test(test_random_states),
    };
    return cmocka_run_group_tests_name("drivers/software/hash/driver", tests, NULL, NULL);
}
