/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every XOF of tests/vectors/xof, through the driver's entries, with every implementation of the kernels. A section there is
 *
 *     [SHAKE128]
 *     Algorithm = 0x0d000100
 *     OpenSSL = SHAKE128                  left out where OpenSSL 3.0 has none
 *     Shared = xof/x.txt 177 SHAKE-128    shared vectors, how many cases, and which section of it (left out: all);
 *     Shared2 = ...                       with the names of the fields Msg and MD, or In and Out; a context is Z
 *
 *     Message = "abc"                     text, or hexadecimal
 *     Repeat = 2                          how many times; may be left out
 *     Context = ...                       may be left out
 *     Output = ...
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "software/software.h"
#include "software/xof/xof.h"
#include "support/kernel_choice.h"
#include "support/random_source.h"
#include "support/vector_files.h"
#include "support/vectors.h"

#define ENTRIES (&sw_xof_entries)
#define CONTEXT_WORDS (PSACRYPTO_XOF_CONTEXT_SIZE / 8u)
#define XOFS_MAX 8u
#define OUTPUT_MAX 4096u

struct info {
    psa_algorithm_t alg;
    const char *name, *openssl, *shared[2];
};

/* A string of bytes that is given or not. */
struct bytes {
    const uint8_t *data;
    size_t length;
};

static struct info list[XOFS_MAX];
static size_t count;
static char **files;

static void read_list(void)
{
    if (count != 0) {
        return;
    }
    files = vector_files("xof");
    for (size_t i = 0; files[i] != NULL; i++) {
        struct vectors_text text;
        vector_files_open(&text, files[i], "Algorithm");
        while (vectors_text_next(&text)) {
            assert_true(count < XOFS_MAX);
            list[count++] = (struct info){
                .alg = (psa_algorithm_t)strtoul(vectors_text_field(&text, "Algorithm", false), NULL, 0),
                .name = strcpy(malloc(strlen(text.section) + 1), text.section),
                .openssl = vector_files_copy(&text, "OpenSSL"),
                .shared = {vector_files_copy(&text, "Shared"), vector_files_copy(&text, "Shared2")},
            };
        }
        vectors_text_close(&text);
    }
    assert_true(count > 0);
}

/* Of those in this build; NULL at the end. */
static const struct info *next_xof(const struct info *info)
{
    read_list();
    for (info = info == NULL ? list : info + 1; info < list + count; info++) {
        if (sw_xof_find(info->alg) != NULL) {
            return info;
        }
    }
    return NULL;
}

/* ---- Ways to the same output ---- */

static void start(uint64_t *context, psa_algorithm_t alg, struct bytes string)
{
    assert_in_range(sw_xof_context_size(alg), 9, sizeof(uint64_t) * CONTEXT_WORDS);
    memset(context, 0, sizeof(uint64_t) * CONTEXT_WORDS);
    assert_int_equal(ENTRIES->setup(NULL, context, alg), PSA_SUCCESS);
    if (PSA_ALG_XOF_HAS_CONTEXT(alg)) {
        assert_int_equal(ENTRIES->set_context(NULL, context, string.data, string.length), PSA_SUCCESS);
    }
}

static void whole(psa_algorithm_t alg, struct bytes string, struct bytes message, uint8_t *output, size_t output_length)
{
    uint64_t context[CONTEXT_WORDS];

    start(context, alg, string);
    assert_int_equal(ENTRIES->update(NULL, context, message.data, message.length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->output(NULL, context, output, output_length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
}

/* Input in two pieces, output in pieces of one length; the context is moved in between. */
static void in_pieces(psa_algorithm_t alg, struct bytes string, struct bytes message, size_t cut, uint8_t *output, size_t length,
                      size_t piece)
{
    uint64_t context[CONTEXT_WORDS], moved[CONTEXT_WORDS];

    start(context, alg, string);
    assert_int_equal(ENTRIES->update(NULL, context, message.data, cut), PSA_SUCCESS);
    memcpy(moved, context, sizeof moved);
    memset(context, 0xa5, sizeof context);
    assert_int_equal(ENTRIES->update(NULL, moved, message.data + cut, message.length - cut), PSA_SUCCESS);
    for (size_t done = 0; done < length; done += piece) {
        assert_int_equal(ENTRIES->output(NULL, moved, output + done, length - done < piece ? length - done : piece), PSA_SUCCESS);
    }
    assert_int_equal(ENTRIES->update(NULL, moved, message.data, 1), PSA_ERROR_BAD_STATE);
}

/* ---- Known answers ---- */

static const struct info *named(const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0) {
            return &list[i];
        }
    }
    return NULL;
}

static void known_answer(const struct vectors_text *text, const char *file)
{
    const struct info *info = named(text->section);
    const char *repeat = vectors_text_field(text, "Repeat", false);
    const char *string = vectors_text_field(text, "Context", false);
    struct bytes message, context, output;
    uint8_t computed[OUTPUT_MAX];

    assert_non_null(info);
    if (sw_xof_find(info->alg) == NULL) {
        return; /* not in this build */
    }
    message.data = vector_files_decode(vectors_text_field(text, "Message", false), repeat == NULL ? 1 : strtoul(repeat, NULL, 10),
                                       &message.length);
    context.data = vector_files_decode(string == NULL ? "" : string, 1, &context.length);
    output.data = vector_files_decode(vectors_text_field(text, "Output", false), 1, &output.length);
    whole(info->alg, context, message, computed, output.length);
    if (memcmp(computed, output.data, output.length) != 0) {
        fail_msg("%s:%zu: wrong output, kernels %s", file, text->block_line, kernel_choice_name());
    }
    free((void *)(uintptr_t)message.data);
    free((void *)(uintptr_t)context.data);
    free((void *)(uintptr_t)output.data);
}

static void test_known_answers(void **state)
{
    (void)state;
    read_list();
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; files[i] != NULL; i++) {
            struct vectors_text text;
            size_t cases = 0;
            vector_files_open(&text, files[i], "Output");
            while (vectors_text_next(&text)) {
                known_answer(&text, files[i]);
                cases++;
            }
            vectors_text_close(&text);
            assert_true(cases > 0);
        }
    }
}

/* The list and the table are about the same XOFs. */
static void test_every_xof_of_the_table_is_listed(void **state)
{
    size_t found = 0, in_table = 0;

    (void)state;
    for (const struct info *info = next_xof(NULL); info != NULL; info = next_xof(info)) {
        found++;
        assert_int_equal(sw_xof_find(info->alg)->alg, info->alg);
        assert_int_equal(sw_xof_find(info->alg)->set_context != NULL, PSA_ALG_XOF_HAS_CONTEXT(info->alg));
    }
    for (psa_algorithm_t low = 0; low < 0x10000; low++) {
        in_table += sw_xof_find(0x0d000000u | low) != NULL;
    }
    assert_int_equal(found, in_table);
}

/* ---- Cuts ---- */

static void all_cuts(psa_algorithm_t alg, struct random_source *source)
{
    uint8_t bytes[400], expected[400], output[400];
    uint8_t string[40];

    random_source_bytes(source, bytes, sizeof bytes);
    random_source_bytes(source, string, sizeof string);
    for (size_t n = 0; n <= sizeof bytes; n += n < 20 ? 1 : 19) {
        struct bytes message = {bytes, n}, context = {string, n % sizeof string};
        whole(alg, context, message, expected, sizeof expected);
        for (size_t cut = 0; cut <= n; cut++) {
            memset(output, 0, sizeof output);
            in_pieces(alg, context, message, cut, output, sizeof output, 1 + cut);
            assert_memory_equal(output, expected, sizeof output);
        }
    }
}

static void test_every_cut(void **state)
{
    struct random_source source = {1};

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (const struct info *info = next_xof(NULL); info != NULL; info = next_xof(info)) {
            all_cuts(info->alg, &source);
        }
    }
}

/* ---- Against OpenSSL ---- */

static void openssl_output(const EVP_MD *digest, const uint8_t *message, size_t n, uint8_t *output, size_t length)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert_int_equal(EVP_DigestInit_ex(context, digest, NULL), 1);
    assert_int_equal(EVP_DigestUpdate(context, message, n), 1);
    assert_int_equal(EVP_DigestFinalXOF(context, output, length), 1);
    EVP_MD_CTX_free(context);
}

static void test_against_openssl(void **state)
{
    static uint8_t message[3000], output[OUTPUT_MAX], expected[OUTPUT_MAX];
    const struct bytes none = {NULL, 0};
    struct random_source source = {2};
    size_t compared = 0;

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (const struct info *info = next_xof(NULL); info != NULL; info = next_xof(info)) {
            const EVP_MD *digest = info->openssl == NULL ? NULL : EVP_get_digestbyname(info->openssl);
            assert_true(info->openssl == NULL || digest != NULL);
            for (size_t n = 0; digest != NULL && n < 400; n++) {
                size_t message_length = n < 350 ? n : random_source_below(&source, sizeof message);
                size_t length = 1 + random_source_below(&source, n < 350 ? 400 : OUTPUT_MAX);
                random_source_bytes(&source, message, message_length);
                openssl_output(digest, message, message_length, expected, length);
                whole(info->alg, none, (struct bytes){message, message_length}, output, length);
                assert_memory_equal(output, expected, length);
                compared++;
            }
        }
    }
    if (compared == 0) {
        skip(); /* a build without those that OpenSSL has */
    }
}

/* ---- Shared vectors ---- */

static void run_shared(const struct info *info, const char *shared)
{
    char path[160], section[40] = "";
    size_t cases;
    uint8_t output[OUTPUT_MAX];
    struct bytes message, expected, context = {NULL, 0};

    assert_in_range(sscanf(shared, "%159s %zu %39s", path, &cases, section), 2, 3);
    int botan = strstr(path, "botan") != NULL;
    struct vectors *v = vectors_open(path, botan ? "Out" : "MD");
    while (vectors_next(v)) {
        if (section[0] != 0 && strcmp(vectors_section(v), section) != 0) {
            vectors_unused(v, "another XOF, tested with its own name");
            continue;
        }
        message.data = vectors_hex(v, botan ? "In" : "Msg", &message.length);
        expected.data = vectors_hex(v, botan ? "Out" : "MD", &expected.length);
        if (PSA_ALG_XOF_HAS_CONTEXT(info->alg)) {
            context.data = vectors_hex(v, "Z", &context.length);
        }
        assert_in_range(expected.length, 1, sizeof output);
        whole(info->alg, context, message, output, expected.length);
        if (memcmp(output, expected.data, expected.length) != 0) {
            fail_msg("%s: wrong %s", vectors_where(v), info->name);
        }
    }
    vectors_close(v, cases);
}

static void test_shared_vectors(void **state)
{
    (void)state;
    vectors_require();
    for (const struct info *info = next_xof(NULL); info != NULL; info = next_xof(info)) {
        for (size_t i = 0; i < 2; i++) {
            if (info->shared[i] != NULL) {
                run_shared(info, info->shared[i]);
            }
        }
    }
}

/* ---- Errors ---- */

static void test_unknown_algorithms(void **state)
{
    static const psa_algorithm_t none[] = {PSA_ALG_NONE, PSA_ALG_SHA_256, 0x0d000000u, 0x0d00ff00u, PSA_ALG_SHAKE128 | 1u};
    uint64_t context[CONTEXT_WORDS] = {0};

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(sw_xof_context_size(none[i]), 0);
        assert_int_equal(ENTRIES->setup(NULL, context, none[i]), PSA_ERROR_NOT_SUPPORTED);
    }
}

static void test_inactive_context(void **state)
{
    uint64_t context[CONTEXT_WORDS] = {0};
    uint8_t byte = 7;

    (void)state;
    assert_int_equal(ENTRIES->update(NULL, context, &byte, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->set_context(NULL, context, &byte, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->output(NULL, context, &byte, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    assert_int_equal(byte, 7);
}

/* Those without a context refuse one. */
static void test_context_where_there_is_none(void **state)
{
    uint64_t context[CONTEXT_WORDS] = {0};
    uint8_t byte = 7;

    (void)state;
    for (const struct info *info = next_xof(NULL); info != NULL; info = next_xof(info)) {
        if (!PSA_ALG_XOF_HAS_CONTEXT(info->alg)) {
            start(context, info->alg, (struct bytes){NULL, 0});
            assert_int_equal(ENTRIES->set_context(NULL, context, &byte, 1), PSA_ERROR_INVALID_ARGUMENT);
        }
    }
}

/* SP 800-232, section 5.3: customization strings of up to 256 bytes. */
static void test_longest_context(void **state)
{
    static const uint8_t string[257];
    uint64_t context[CONTEXT_WORDS] = {0};

    (void)state;
    if (sw_xof_find(PSA_ALG_ASCON_CXOF128) == NULL) {
        skip();
    }
    assert_int_equal(ENTRIES->setup(NULL, context, PSA_ALG_ASCON_CXOF128), PSA_SUCCESS);
    assert_int_equal(ENTRIES->set_context(NULL, context, string, 257), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(ENTRIES->set_context(NULL, context, string, 256), PSA_SUCCESS);
}

/* No output asks for nothing, but ends the input; the output that follows is that of the message. */
static void test_empty_output(void **state)
{
    uint64_t context[CONTEXT_WORDS];
    uint8_t message[3] = {1, 2, 3}, output[16], expected[16];
    const struct bytes none = {message, 0};

    (void)state;
    for (const struct info *info = next_xof(NULL); info != NULL; info = next_xof(info)) {
        whole(info->alg, none, (struct bytes){message, sizeof message}, expected, sizeof expected);
        start(context, info->alg, none);
        assert_int_equal(ENTRIES->update(NULL, context, message, sizeof message), PSA_SUCCESS);
        assert_int_equal(ENTRIES->output(NULL, context, output, 0), PSA_SUCCESS);
        assert_int_equal(ENTRIES->update(NULL, context, message, sizeof message), PSA_ERROR_BAD_STATE);
        assert_int_equal(ENTRIES->output(NULL, context, output, sizeof output), PSA_SUCCESS);
        assert_memory_equal(output, expected, sizeof output);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_every_xof_of_the_table_is_listed),
        cmocka_unit_test(test_every_cut),
        cmocka_unit_test(test_against_openssl),
        cmocka_unit_test(test_shared_vectors),
        cmocka_unit_test(test_unknown_algorithms),
        cmocka_unit_test(test_inactive_context),
        cmocka_unit_test(test_context_where_there_is_none),
        cmocka_unit_test(test_longest_context),
        cmocka_unit_test(test_empty_output),
    };
    return cmocka_run_group_tests_name("drivers/software/xof/driver", tests, NULL, NULL);
}
