/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200112L /* posix_memalign() */
#include "support/aead_ways.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "util/bytes.h"

#define FILL 0xA5

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

static void expect(const struct aead_case *test, const char *way, psa_status_t status, const uint8_t *output, size_t output_length,
                   const uint8_t *expected, size_t expected_length)
{
    if (status != PSA_SUCCESS) {
        fail_msg("%s, kernels %s, %s: status %d", test->name, kernel_choice_name(), way, (int)status);
    }
    if (output_length != expected_length || (expected_length != 0 && memcmp(output, expected, expected_length) != 0)) {
        fail_msg("%s, kernels %s, %s: wrong output", test->name, kernel_choice_name(), way);
    }
}

/* ---- One call ---- */

static void encrypt_whole(const struct aead_case *test, const struct psacrypto_key *key, int in_place)
{
    const size_t size = test->length + test->tag_length;
    uint8_t *ad = exact(test->ad, test->ad_length), *nonce = exact(test->nonce, test->nonce_length);
    uint8_t *input = in_place ? NULL : exact(test->plaintext, test->length);
    uint8_t *output = exact(NULL, size);
    size_t length = 99;

    if (in_place && test->length != 0) {
        memcpy(output, test->plaintext, test->length);
    }
    const psa_status_t status =
        sw_aead_entries.encrypt(NULL, key, test->alg, nonce, test->nonce_length, ad, test->ad_length,
                                in_place ? output : input, test->length, output, size, &length);
    expect(test, in_place ? "encryption in place" : "encryption", status, output, length, test->ciphertext, size);
    free(ad);
    free(nonce);
    free(input);
    free(output);
}

static psa_status_t decrypt_whole(const struct aead_case *test, const struct psacrypto_key *key, const uint8_t *ciphertext,
                                  const uint8_t *ad, uint8_t *output, size_t *length)
{
    return sw_aead_entries.decrypt(NULL, key, test->alg, test->nonce, test->nonce_length, ad, test->ad_length,
                                   ciphertext, test->length + test->tag_length, output, test->length, length);
}

static void decrypt_apart(const struct aead_case *test, const struct psacrypto_key *key)
{
    uint8_t *input = exact(test->ciphertext, test->length + test->tag_length);
    uint8_t *output = exact(NULL, test->length);
    size_t length = 99;

    const psa_status_t status = decrypt_whole(test, key, input, test->ad, output, &length);
    expect(test, "decryption", status, output, length, test->plaintext, test->length);
    free(input);
    free(output);
}

static void decrypt_in_place(const struct aead_case *test, const struct psacrypto_key *key)
{
    uint8_t *text = exact(test->ciphertext, test->length + test->tag_length);
    size_t length = 99;

    const psa_status_t status = decrypt_whole(test, key, text, test->ad, text, &length);
    expect(test, "decryption in place", status, text, length, test->plaintext, test->length);
    free(text);
}

/* No byte of the output may have changed. */
static void refuse(const struct aead_case *test, const struct psacrypto_key *key, const uint8_t *ciphertext, const uint8_t *ad)
{
    uint8_t *output = exact(NULL, test->length);
    size_t length = 99;

    if (decrypt_whole(test, key, ciphertext, ad, output, &length) != PSA_ERROR_INVALID_SIGNATURE || length != 0) {
        fail_msg("%s, kernels %s: a forgery is not refused", test->name, kernel_choice_name());
    }
    for (size_t i = 0; i < test->length; i++) {
        if (output[i] != FILL) {
            fail_msg("%s, kernels %s: unverified plaintext in the output", test->name, kernel_choice_name());
        }
    }
    free(output);
}

static void refuse_altered(const struct aead_case *test, const struct psacrypto_key *key)
{
    const size_t size = test->length + test->tag_length;
    uint8_t *ciphertext = exact(test->ciphertext, size);
    uint8_t *ad = exact(test->ad, test->ad_length);
    /* the first and the last byte of each part */
    const size_t places[] = { 0, test->length == 0 ? 0 : test->length - 1, test->length, size - 1 };

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        ciphertext[places[i]] ^= 0x80;
        refuse(test, key, ciphertext, ad);
        ciphertext[places[i]] ^= 0x80;
    }
    if (test->ad_length != 0) {
        ad[test->ad_length - 1] ^= 1;
        refuse(test, key, ciphertext, ad);
    }
    free(ciphertext);
    free(ad);
}

/* ---- In parts ---- */

struct parts {
    const struct aead_case *test;
    const struct psacrypto_key *key;
    size_t first, piece;
    uint64_t context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
};

static size_t next_part(const struct parts *parts, size_t done, size_t length)
{
    const size_t n = done == 0 ? parts->first : parts->piece;
    return n < length - done ? n : length - done;
}

static void begin_parts(struct parts *parts, int decrypt)
{
    const struct aead_case *test = parts->test;
    const struct psacrypto_aead_entries *e = &sw_aead_entries;

    memset(parts->context, 0, sizeof(parts->context));
    assert_in_range(sw_aead_context_size(test->alg, test->type), 1, sizeof(parts->context));
    assert_int_equal((decrypt ? e->decrypt_setup : e->encrypt_setup)(NULL, parts->key, parts->context, test->alg), PSA_SUCCESS);
    if (PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(test->alg) == PSA_ALG_CCM || test->length % 2 == 0) {
        assert_int_equal(e->set_lengths(NULL, parts->key, parts->context, test->ad_length, test->length), PSA_SUCCESS);
    }
    assert_int_equal(e->set_nonce(NULL, parts->key, parts->context, test->nonce, test->nonce_length), PSA_SUCCESS);
    assert_int_equal(e->update_ad(NULL, parts->key, parts->context, NULL, 0), PSA_SUCCESS);
    for (size_t done = 0, n; done < test->ad_length; done += n) {
        uint64_t moved[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
        n = next_part(parts, done, test->ad_length);
        uint8_t *part = exact(test->ad + done, n);
        assert_int_equal(e->update_ad(NULL, parts->key, parts->context, part, n), PSA_SUCCESS);
        free(part);
        /* contexts may be moved between calls */
        memcpy(moved, parts->context, sizeof(moved));
        memset(parts->context, FILL, sizeof(parts->context));
        memcpy(parts->context, moved, sizeof(moved));
        n = n == 0 ? 1 : n;
    }
}

static void update_parts(struct parts *parts, uint8_t *text)
{
    const struct aead_case *test = parts->test;
    size_t length = 99;

    assert_int_equal(sw_aead_entries.update(NULL, parts->key, parts->context, NULL, 0, NULL, 0, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    for (size_t done = 0, n; done < test->length; done += n) {
        n = next_part(parts, done, test->length);
        uint8_t *part = exact(text + done, n);
        uint8_t *output = exact(NULL, n);
        const int in_place = done % 2 == 0;
        assert_int_equal(sw_aead_entries.update(NULL, parts->key, parts->context, part, n, in_place ? part : output, n, &length),
                         PSA_SUCCESS);
        assert_int_equal(length, n);
        memcpy(text + done, in_place ? part : output, n);
        free(part);
        free(output);
    }
}

static void encrypt_parts(struct parts *parts)
{
    const struct aead_case *test = parts->test;
    uint8_t *text = exact(test->plaintext, test->length);
    uint8_t *tag = exact(NULL, test->tag_length);
    size_t length = 99, tag_length = 99;

    begin_parts(parts, 0);
    update_parts(parts, text);
    const psa_status_t status = sw_aead_entries.finish(NULL, parts->key, parts->context, NULL, 0, &length,
                                                       tag, test->tag_length, &tag_length);
    expect(test, "encryption in parts", PSA_SUCCESS, text, test->length, test->ciphertext, test->length);
    expect(test, "tag of encryption in parts", status, tag, tag_length, test->ciphertext + test->length, test->tag_length);
    assert_int_equal(length, 0);
    free(text);
    free(tag);
}

static psa_status_t decrypt_parts(struct parts *parts, uint8_t *text, const uint8_t *tag)
{
    size_t length = 99;

    begin_parts(parts, 1);
    update_parts(parts, text);
    const psa_status_t status = sw_aead_entries.verify(NULL, parts->key, parts->context, NULL, 0, &length,
                                                       tag, parts->test->tag_length);
    assert_int_equal(length, 0);
    return status;
}

static void verify_parts(struct parts *parts)
{
    const struct aead_case *test = parts->test;
    uint8_t *text = exact(test->ciphertext, test->length);
    uint8_t *tag = exact(test->ciphertext + test->length, test->tag_length);

    psa_status_t status = decrypt_parts(parts, text, tag);
    expect(test, "decryption in parts", status, text, test->length, test->plaintext, test->length);
    tag[test->tag_length - 1] ^= 1;
    bytes_copy(text, test->ciphertext, test->length);
    status = decrypt_parts(parts, text, tag);
    if (status != PSA_ERROR_INVALID_SIGNATURE) {
        fail_msg("%s, kernels %s: a forgery is not refused in parts", test->name, kernel_choice_name());
    }
    free(text);
    free(tag);
}

static void run_parts(const struct aead_case *test, const struct psacrypto_key *key, size_t first, size_t piece)
{
    struct parts parts = { .test = test, .key = key, .first = first, .piece = piece };

    encrypt_parts(&parts);
    verify_parts(&parts);
}

/* ---- All of it ---- */

static struct psacrypto_key key_of(const struct aead_case *test, psa_key_attributes_t *attributes)
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
    const size_t size = sw_aead_prepared_size(key, alg);

    if (size != 0) {
        assert_int_equal(posix_memalign(&memory, 64, size), 0);
        assert_int_equal(sw_aead_prepare(key, alg, memory), PSA_SUCCESS);
    }
    return memory;
}

/* Keys that are not prepared are expanded for every part: few parts. A quick run takes one of the cuts, drawn anew each time. */
static void run(const struct aead_case *test, const struct psacrypto_key *key)
{
    static const size_t pieces[] = { 1, 7, 16, 17, 64, 100, 4096 };
    static struct random_source random = { 41 };
    const size_t count = sizeof(pieces) / sizeof(pieces[0]), parts_max = key->prepared == NULL ? 20 : 300;

    encrypt_whole(test, key, 0);
    encrypt_whole(test, key, 1);
    decrypt_apart(test, key);
    decrypt_in_place(test, key);
    refuse_altered(test, key);
    for (size_t i = quick() ? random_source_below(&random, count) : 0; i < count; i += quick_step(count)) {
        if (test->length / pieces[i] < parts_max && test->ad_length / pieces[i] < parts_max) {
            run_parts(test, key, pieces[(i + 3) % count], pieces[i]);
        }
    }
}

void aead_ways(const struct aead_case *test)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = key_of(test, &attributes);
    void *memory = prepare(&key, test->alg);

    run(test, &key);
    if (memory != NULL) {
        key.prepared = memory;
        run(test, &key);
    }
    free(memory);
}

void aead_ways_forged(const struct aead_case *test)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = key_of(test, &attributes);
    void *memory = prepare(&key, test->alg);
    struct parts parts = { .test = test, .key = &key, .first = 5, .piece = 32 };
    uint8_t *text = exact(test->ciphertext, test->length);

    refuse(test, &key, test->ciphertext, test->ad);
    assert_int_equal(decrypt_parts(&parts, text, test->ciphertext + test->length), PSA_ERROR_INVALID_SIGNATURE);
    key.prepared = memory;
    refuse(test, &key, test->ciphertext, test->ad);
    free(text);
    free(memory);
}

void aead_parts(const struct aead_case *test, size_t first, size_t piece)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = key_of(test, &attributes);
    void *memory = prepare(&key, test->alg);

    key.prepared = memory;
    run_parts(test, &key, first, piece);
    free(memory);
}
