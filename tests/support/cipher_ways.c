/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200112L /* posix_memalign() */
#include "support/cipher_ways.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"

#define FILL 0xA5
/* Larger than what lies inside of a psa_cipher_operation_t: that of ARC4 does not. */
#define CONTEXT_MAX 512u

/* Memory of exactly that size, so that a sanitizer sees the first byte beyond; NULL for none. */
static uint8_t *exact(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = length == 0 ? NULL : malloc(length);

    if (length != 0) {
        assert_non_null(copy);
        if (bytes != NULL) {
            memcpy(copy, bytes, length);
        } else {
            memset(copy, FILL, length);
        }
    }
    return copy;
}

/* A direction: what goes in and what must come out. */
struct flow {
    const struct cipher_case *test;
    const struct psacrypto_key *key;
    int decrypt;
    const uint8_t *input, *expected;
    size_t input_length, expected_length;
};

static struct flow flow_of(const struct cipher_case *test, const struct psacrypto_key *key, int decrypt)
{
    const struct flow encryption = { test, key, 0, test->plaintext, test->ciphertext, test->length, test->ciphertext_length };
    const struct flow decryption = { test, key, 1, test->ciphertext, test->plaintext, test->ciphertext_length, test->length };

    return decrypt ? decryption : encryption;
}

static void expect(const struct flow *flow, const char *way, psa_status_t status, const uint8_t *output, size_t length)
{
    if (status != PSA_SUCCESS) {
        fail_msg("%s, kernels %s, %s %s: status %d", flow->test->name, kernel_choice_name(),
                 flow->decrypt ? "decryption" : "encryption", way, (int)status);
    }
    if (length != flow->expected_length || (length != 0 && memcmp(output, flow->expected, length) != 0)) {
        fail_msg("%s, kernels %s, %s %s: wrong output", flow->test->name, kernel_choice_name(),
                 flow->decrypt ? "decryption" : "encryption", way);
    }
}

/* ---- One call ---- */

static psa_status_t call(const struct flow *flow, const uint8_t *input, uint8_t *output, size_t output_size, size_t *length)
{
    const struct psacrypto_cipher_entries *e = &sw_cipher_entries;

    return (flow->decrypt ? e->decrypt : e->encrypt)(NULL, flow->key, flow->test->alg, flow->test->iv, flow->test->iv_length, input,
                                                     flow->input_length, output, output_size, length);
}

static void whole(const struct flow *flow)
{
    uint8_t *input = exact(flow->input, flow->input_length);
    uint8_t *output = exact(NULL, flow->expected_length);
    size_t length = 99;

    psa_status_t status = call(flow, input, output, flow->expected_length, &length);
    expect(flow, "in one call", status, output, length);
    if (flow->expected_length != 0) {
        assert_int_equal(call(flow, input, output, flow->expected_length - 1, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    }
    free(input);
    free(output);

    const size_t size = flow->input_length > flow->expected_length ? flow->input_length : flow->expected_length;
    uint8_t *text = exact(NULL, size);
    if (flow->input_length != 0) {
        memcpy(text, flow->input, flow->input_length);
    }
    status = call(flow, text, text, size, &length);
    expect(flow, "in place", status, text, length);
    free(text);
}

/* ---- In parts ---- */

static size_t block_length(const struct cipher_case *test)
{
    return test->type == PSA_KEY_TYPE_DES ? 8 : 16;
}

/* How much must have come out after so much input. */
static size_t output_after(const struct flow *flow, size_t input_length)
{
    const size_t block = block_length(flow->test);

    if (PSA_ALG_IS_STREAM_CIPHER(flow->test->alg)) {
        return input_length;
    }
    if (flow->test->alg == PSA_ALG_XTS) {
        return input_length < block ? 0 : (input_length - block) / block * block; /* a block for the stealing */
    }
    if (flow->test->alg == PSA_ALG_CBC_PKCS7 && flow->decrypt && input_length != 0) {
        return (input_length - 1) / block * block;
    }
    return input_length / block * block;
}

static void begin(const struct flow *flow, uint64_t *context)
{
    const struct psacrypto_cipher_entries *e = &sw_cipher_entries;

    memset(context, 0, CONTEXT_MAX);
    assert_in_range(sw_cipher_context_size(flow->test->alg, flow->test->type, 8 * flow->test->key_length), 1, CONTEXT_MAX);
    assert_int_equal((flow->decrypt ? e->decrypt_setup : e->encrypt_setup)(NULL, flow->key, context, flow->test->alg), PSA_SUCCESS);
    if (flow->test->iv_length != 0) {
        assert_int_equal(e->set_iv(NULL, flow->key, context, flow->test->iv, flow->test->iv_length), PSA_SUCCESS);
    }
}

/* A part in memory that is as large as its input and its output are; the output over the input or apart. */
static void part(const struct flow *flow, uint64_t *context, size_t done, size_t n, int in_place, uint8_t *output)
{
    const size_t before = output_after(flow, done), after = output_after(flow, done + n), expected = after - before;
    const size_t size = n > expected ? n : expected;
    uint8_t *text = exact(NULL, size), *apart = exact(NULL, expected);
    size_t length = 99;

    if (n != 0) {
        memcpy(text, flow->input + done, n);
    }
    assert_int_equal(sw_cipher_entries.update(NULL, flow->key, context, text, n, in_place ? text : apart, expected, &length), PSA_SUCCESS);
    assert_int_equal(length, expected);
    if (expected != 0) {
        memcpy(output + before, in_place ? text : apart, expected);
    }
    free(text);
    free(apart);
}

/* The context is moved between the parts. */
static psa_status_t parts(const struct flow *flow, size_t first, size_t piece, int in_place, uint8_t *output, size_t *length)
{
    uint64_t context[2][CONTEXT_MAX / 8u];
    size_t done = 0, last = 99;
    int which = 0;

    begin(flow, context[0]);
    part(flow, context[0], 0, 0, in_place, output);
    while (done < flow->input_length) {
        const size_t wanted = done == 0 && first != 0 ? first : piece;
        const size_t n = wanted < flow->input_length - done ? wanted : flow->input_length - done;
        part(flow, context[which], done, n, in_place, output);
        memcpy(context[1 - which], context[which], sizeof(context[0]));
        memset(context[which], FILL, sizeof(context[0]));
        which = 1 - which;
        done += n;
    }
    const size_t so_far = output_after(flow, done);
    const size_t room = flow->expected_length > so_far ? flow->expected_length - so_far : 0;
    uint8_t *rest = exact(NULL, room);
    const psa_status_t status = sw_cipher_entries.finish(NULL, flow->key, context[which], rest, room, &last);
    *length = so_far + last;
    if (status == PSA_SUCCESS && last != 0) {
        memcpy(output + so_far, rest, last);
    }
    free(rest);
    return status;
}

static void run_parts(const struct flow *flow, size_t first, size_t piece)
{
    uint8_t *output = malloc(flow->input_length + flow->expected_length + 32);
    size_t length = 0;

    assert_non_null(output);
    for (int in_place = 0; in_place < 2; in_place++) {
        const psa_status_t status = parts(flow, first, piece, in_place, output, &length);
        expect(flow, in_place ? "in parts in place" : "in parts", status, output, length);
    }
    free(output);
}

/* ---- All of it ---- */

static struct psacrypto_key key_of(const struct cipher_case *test, psa_key_attributes_t *attributes)
{
    struct psacrypto_key key = { .attributes = attributes, .blob = test->key, .length = test->key_length };

    memset(attributes, 0, sizeof(*attributes));
    psa_set_key_type(attributes, test->type);
    psa_set_key_bits(attributes, 8 * test->key_length);
    return key;
}

static void *prepare(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    void *memory = NULL;

    assert_int_equal(posix_memalign(&memory, 64, sw_cipher_prepared_size(key, alg)), 0);
    assert_int_equal(sw_cipher_prepare(key, alg, memory), PSA_SUCCESS);
    return memory;
}

/* Keys that are not prepared are expanded for every part: few parts. A quick run takes one of the cuts, drawn anew each time. */
static void run(const struct cipher_case *test, const struct psacrypto_key *key)
{
    static const size_t pieces[] = { 1, 7, 15, 16, 17, 32, 100, 4096 };
    static struct random_source random = { 40 };
    const size_t count = sizeof(pieces) / sizeof(pieces[0]), parts_max = key->prepared == NULL ? 20 : 300;

    for (int decrypt = 0; decrypt < 2; decrypt++) {
        const struct flow flow = flow_of(test, key, decrypt);
        whole(&flow);
        for (size_t i = quick() ? random_source_below(&random, count) : 0; i < count; i += quick_step(count)) {
            if (test->length / pieces[i] < parts_max) {
                run_parts(&flow, pieces[(i + 3) % count], pieces[i]);
            }
        }
    }
}

void cipher_ways(const struct cipher_case *test)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = key_of(test, &attributes);
    void *memory = prepare(&key, test->alg);

    run(test, &key);
    key.prepared = memory;
    run(test, &key);
    free(memory);
}

void cipher_parts(const struct cipher_case *test, size_t first, size_t piece)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = key_of(test, &attributes);
    void *memory = prepare(&key, test->alg);

    key.prepared = memory;
    for (int decrypt = 0; decrypt < 2; decrypt++) {
        const struct flow flow = flow_of(test, &key, decrypt);
        run_parts(&flow, first, piece);
    }
    free(memory);
}

void cipher_ways_refused(const struct cipher_case *test, psa_status_t expected)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = key_of(test, &attributes);
    const struct flow flow = flow_of(test, &key, 1);
    uint8_t *output = malloc(flow.input_length + 64);
    size_t length = 0;

    assert_non_null(output);
    psa_status_t status = call(&flow, flow.input, output, flow.input_length, &length);
    if (status == expected) {
        status = parts(&flow, 0, 5, 0, output, &length);
    }
    if (status != expected) {
        fail_msg("%s, kernels %s: status %d where %d was expected", test->name, kernel_choice_name(), (int)status, (int)expected);
    }
    free(output);
}
