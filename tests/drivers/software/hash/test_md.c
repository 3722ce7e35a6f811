/* SPDX-License-Identifier: Apache-2.0 */
/* What the hashes after Merkle and Damgard share: the suspend format byte by byte, and the longest message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"
#include "util/bytes.h"

#define ENTRIES (&sw_hash_entries)
#define CONTEXT_WORDS (PSACRYPTO_HASH_CONTEXT_SIZE / 8u)

struct format {
    psa_algorithm_t alg;
    size_t field;           /* bytes of the input length */
    size_t block;
    size_t state;
    uint8_t first_word[8];  /* of the initial state, as the format has it */
};

/* Crypto API 1.5, "Hash suspend state field sizes"; the initial values of RFC 1320, 3.3, and FIPS 180-4, 5.3. */
static const struct format formats[] = {
    {PSA_ALG_MD4, 8, 64, 16, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}},
    {PSA_ALG_MD5, 8, 64, 16, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}},
    {PSA_ALG_RIPEMD160, 8, 64, 20, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}},
    {PSA_ALG_SHA_1, 8, 64, 20, {0x67, 0x45, 0x23, 0x01, 0xef, 0xcd, 0xab, 0x89}},
    {PSA_ALG_SHA_224, 8, 64, 32, {0xc1, 0x05, 0x9e, 0xd8, 0x36, 0x7c, 0xd5, 0x07}},
    {PSA_ALG_SHA_256, 8, 64, 32, {0x6a, 0x09, 0xe6, 0x67, 0xbb, 0x67, 0xae, 0x85}},
    {PSA_ALG_SHA_384, 16, 128, 64, {0xcb, 0xbb, 0x9d, 0x5d, 0xc1, 0x05, 0x9e, 0xd8}},
    {PSA_ALG_SHA_512, 16, 128, 64, {0x6a, 0x09, 0xe6, 0x67, 0xf3, 0xbc, 0xc9, 0x08}},
    {PSA_ALG_SHA_512_224, 16, 128, 64, {0x8c, 0x3d, 0x37, 0xc8, 0x19, 0x54, 0x4d, 0xa2}},
    {PSA_ALG_SHA_512_256, 16, 128, 64, {0x22, 0x31, 0x21, 0x94, 0xfc, 0x2b, 0xf7, 0x2c}},
};

#define FORMATS (sizeof formats / sizeof formats[0])

static int missing(const struct format *f)
{
    return sw_hash_context_size(f->alg) == 0; /* not in this build */
}

/* A state of f with that length, which begins at the initial state's first word; answers the length of it all. */
static size_t make_state(const struct format *f, uint64_t high, uint64_t low, uint8_t *state)
{
    memset(state, 0x5a, PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE);
    store32_be(state, f->alg);
    if (f->field == 16) {
        store64_be(state + 4, high);
    }
    store64_be(state + 4 + f->field - 8, low);
    memcpy(state + 4 + f->field, f->first_word, 8);
    return 4 + f->field + f->state + (size_t)(low % f->block);
}

static psa_status_t resume(const struct format *f, uint64_t *context, const uint8_t *state, size_t length)
{
    memset(context, 0, sizeof(uint64_t) * CONTEXT_WORDS);
    return ENTRIES->resume(NULL, context, f->alg, state, length);
}

static void test_fields(void **state)
{
    (void)state;
    for (const struct format *f = formats; f < formats + FORMATS; f++) {
        uint64_t context[CONTEXT_WORDS] = {0};
        uint8_t suspended[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE], head[20] = {0};
        size_t length = 0;

        if (missing(f)) {
            continue;
        }
        assert_int_equal(ENTRIES->setup(NULL, context, f->alg), PSA_SUCCESS);
        assert_int_equal(ENTRIES->update(NULL, context, (const uint8_t *)"message", 7), PSA_SUCCESS);
        assert_int_equal(ENTRIES->suspend(NULL, context, suspended, sizeof suspended, &length), PSA_SUCCESS);
        assert_int_equal(length, 4 + f->field + f->state + 7);
        store32_be(head, f->alg);
        head[4 + f->field - 1] = 7;
        assert_memory_equal(suspended, head, 4 + f->field);
        assert_memory_equal(suspended + 4 + f->field, f->first_word, 8);
        assert_memory_equal(suspended + 4 + f->field + f->state, "message", 7);
    }
}

/* Suspending what was resumed gives the same bytes, at any length of the message. */
static void test_states_survive(void **state)
{
    static const uint64_t lows[] = {0, 1, 63, 64, 127, 128, 0x123456789, (UINT64_C(1) << 61) - 1};

    (void)state;
    for (const struct format *f = formats; f < formats + FORMATS; f++) {
        for (size_t i = 0; i < sizeof lows / sizeof lows[0] && !missing(f); i++) {
            uint64_t context[CONTEXT_WORDS];
            uint8_t before[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE], after[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE];
            size_t length = make_state(f, i, lows[i], before), again = 0;

            assert_int_equal(resume(f, context, before, length), PSA_SUCCESS);
            assert_int_equal(ENTRIES->suspend(NULL, context, after, sizeof after, &again), PSA_SUCCESS);
            assert_int_equal(again, length);
            assert_memory_equal(after, before, length);
        }
    }
}

static void test_wrong_states(void **state)
{
    uint64_t context[CONTEXT_WORDS];
    uint8_t bytes[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE + 1];

    (void)state;
    for (const struct format *f = formats; f < formats + FORMATS; f++) {
        if (missing(f)) {
            continue;
        }
        size_t length = make_state(f, 0, 3, bytes);
        bytes[length] = 0;
        for (size_t n = 0; n <= length + 1; n++) {
            assert_int_equal(resume(f, context, bytes, n), n == length ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        }
        bytes[3] ^= 1; /* another algorithm */
        assert_int_equal(resume(f, context, bytes, length), PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* FIPS 180-4, section 1: messages of less than 2^64 (2^128) bits. */
static void test_longest_message(void **state)
{
    (void)state;
    for (const struct format *f = formats; f < formats + FORMATS; f++) {
        uint64_t context[CONTEXT_WORDS];
        uint8_t bytes[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE] = {0}, hash[PSA_HASH_MAX_SIZE];
        uint64_t top = f->field == 8 ? 0 : (UINT64_C(1) << 61) - 1;
        uint64_t low = f->field == 8 ? (UINT64_C(1) << 61) - 1 : UINT64_MAX;
        size_t length;

        if (missing(f)) {
            continue;
        }
        length = make_state(f, top, low, bytes);
        assert_int_equal(resume(f, context, bytes, length), PSA_SUCCESS);
        assert_int_equal(ENTRIES->update(NULL, context, bytes, 0), PSA_SUCCESS);
        assert_int_equal(ENTRIES->update(NULL, context, bytes, 1), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->finish(NULL, context, hash, sizeof hash, &length), PSA_SUCCESS);

        length = make_state(f, top, low - 1, bytes);
        assert_int_equal(resume(f, context, bytes, length), PSA_SUCCESS);
        assert_int_equal(ENTRIES->update(NULL, context, bytes, 2), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->update(NULL, context, bytes, 1), PSA_SUCCESS);

        length = f->field == 8 ? make_state(f, 0, low + 1, bytes) : make_state(f, top + 1, 0, bytes);
        assert_int_equal(resume(f, context, bytes, length), PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* ---- MD2, whose format is another one ---- */

/* "abcdefghijklmnopqrs", computed by a model of RFC 1319: checksum and digest after one block. */
static const uint8_t md2_state[72] = {
    0x02, 0x00, 0x00, 0x01, 3,
    0x19, 0xe2, 0x9d, 0x99, 0x9f, 0x99, 0x83, 0xf8, 0x60, 0x54, 0x7a, 0x73, 0x82, 0xeb, 0x64, 0xc0,
    0x8b, 0x08, 0xf2, 0xb4, 0x66, 0x34, 0x02, 0xaf, 0x2c, 0x48, 0x06, 0x4b, 0x27, 0x80, 0xd0, 0x11,
    0xee, 0xc9, 0xb3, 0x7e, 0x36, 0x3c, 0x3c, 0x90, 0x1e, 0x43, 0x24, 0x9c, 0x86, 0x1d, 0x3a, 0x2c,
    0x9d, 0xf1, 0xe4, 0x15, 0x35, 0x12, 0x14, 0x2e, 0x92, 0x06, 0x02, 0x13, 0xf4, 0x1a, 0x95, 0xfd,
    'q', 'r', 's',
};

static void test_md2(void **state)
{
    uint64_t context[CONTEXT_WORDS] = {0};
    uint8_t bytes[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE] = {0};
    size_t length = 0;

    (void)state;
    if (sw_hash_context_size(PSA_ALG_MD2) == 0) {
        skip();
    }
    assert_int_equal(ENTRIES->setup(NULL, context, PSA_ALG_MD2), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, context, (const uint8_t *)"abcdefghijklmnopqrs", 19), PSA_SUCCESS);
    assert_int_equal(ENTRIES->suspend(NULL, context, bytes, sizeof bytes, &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof md2_state);
    assert_memory_equal(bytes, md2_state, length);

    for (size_t n = 0; n <= length + 1; n++) {
        psa_status_t expected = n == length ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(ENTRIES->resume(NULL, context, PSA_ALG_MD2, bytes, n), expected);
    }
    bytes[4] = 16; /* a whole block is never unprocessed */
    assert_int_equal(ENTRIES->resume(NULL, context, PSA_ALG_MD2, bytes, length + 13), PSA_ERROR_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_states_survive),
        cmocka_unit_test(test_wrong_states),
        cmocka_unit_test(test_longest_message),
        cmocka_unit_test(test_md2),
    };
    return cmocka_run_group_tests_name("drivers/software/hash/md", tests, NULL, NULL);
}
