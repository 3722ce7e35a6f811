/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "hash_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>
#include <openssl/provider.h>

#include "vector_files.h"

#define HASHES_MAX 64

static struct hash_info hashes[HASHES_MAX];
static size_t hash_count;
static char **files;

/* ---- The list ---- */

/* Of OpenSSL, beside the usual ones; loaded by name until the program ends. */
static OSSL_PROVIDER *providers[2];

static void unload_providers(void)
{
    for (size_t i = 0; i < 2; i++) {
        (void)OSSL_PROVIDER_unload(providers[i]);
    }
}

/* The default provider is there by itself only as long as no other is. */
static int load_provider(const char *name)
{
    if (providers[1] == NULL) {
        providers[0] = OSSL_PROVIDER_load(NULL, "default");
        providers[1] = OSSL_PROVIDER_load(NULL, name);
        assert_int_equal(atexit(unload_providers), 0);
    }
    return providers[1] != NULL;
}

/* What OpenSSL calls it; NULL where the provider that has it is not installed. */
static const char *openssl_name(const struct vectors_text *text)
{
    const char *provider = vectors_text_field(text, "Provider", false);
    if (provider != NULL && !load_provider(provider)) {
        return NULL;
    }
    return vector_files_copy(text, "OpenSSL");
}

static void add_hash(const struct vectors_text *text)
{
    assert_true(hash_count < HASHES_MAX);
    struct hash_info *info = &hashes[hash_count++];

    info->name = strdup(text->section);
    assert_non_null(info->name);
    info->alg = (psa_algorithm_t)strtoul(vectors_text_field(text, "Algorithm", false), NULL, 0);
    info->aliases = vector_files_copy(text, "Aliases");
    info->openssl = openssl_name(text);
    info->cavp = vector_files_copy(text, "Cavp");
    info->monte = vector_files_copy(text, "Monte");
    info->botan = vector_files_copy(text, "Botan");
    info->evp = vector_files_copy(text, "Evp");
    info->xof = vector_files_copy(text, "Xof");
    info->json = vector_files_copy(text, "Json");
}

const struct hash_info *hash_list(size_t *count)
{
    if (hash_count == 0) {
        files = vector_files("hash");
        for (size_t i = 0; files[i] != NULL; i++) {
            struct vectors_text text;
            vector_files_open(&text, files[i], "Algorithm");
            while (vectors_text_next(&text)) {
                add_hash(&text);
            }
            vectors_text_close(&text);
        }
    }
    assert_true(hash_count > 0);
    *count = hash_count;
    return hashes;
}

static int among_words(const char *words, const char *name)
{
    size_t length = strlen(name);
    while (words != NULL && *words != 0) {
        size_t word = strcspn(words, " ");
        if (word == length && strncasecmp(words, name, length) == 0) {
            return 1;
        }
        words += word + strspn(words + word, " ");
    }
    return 0;
}

const struct hash_info *hash_list_named(const char *name)
{
    size_t count;
    const struct hash_info *list = hash_list(&count);

    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(list[i].name, name) == 0 || among_words(list[i].aliases, name)) {
            return &list[i];
        }
    }
    return NULL;
}

/* ---- Known answers ---- */

static void one_case(const struct vectors_text *text, const char *file, void (*each)(const struct hash_case *, void *),
                     void *argument)
{
    struct hash_case hash_case = {.info = hash_list_named(text->section), .file = file, .line = text->block_line};
    const char *message = vectors_text_field(text, "Message", false);
    const char *repeat = vectors_text_field(text, "Repeat", false);

    if (hash_case.info == NULL || message == NULL) {
        fail_msg("%s:%zu: no algorithm, or no message", file, hash_case.line);
    }
    uint8_t *data = vector_files_decode(message, repeat == NULL ? 1 : strtoul(repeat, NULL, 10), &hash_case.message_length);
    uint8_t *hash = vector_files_decode(vectors_text_field(text, "Hash", false), 1, &hash_case.hash_length);
    hash_case.message = data;
    hash_case.hash = hash;
    each(&hash_case, argument);
    free(data);
    free(hash);
}

size_t hash_list_cases(void (*each)(const struct hash_case *, void *), void *argument)
{
    size_t count = 0;

    (void)hash_list(&count);
    count = 0;
    for (size_t i = 0; files[i] != NULL; i++) {
        struct vectors_text text;
        vector_files_open(&text, files[i], "Hash");
        while (vectors_text_next(&text)) {
            one_case(&text, files[i], each, argument);
            count++;
        }
        vectors_text_close(&text);
    }
    return count;
}
