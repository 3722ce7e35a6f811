/* SPDX-License-Identifier: Apache-2.0 */
/* psa generate, psa import: keys that stay in the store. */
#define _GNU_SOURCE

#include "psa.h"

#include <stdio.h>
#include <string.h>

#include <psacrypto/keys.h>

/* The id after the highest that there is. */
static int free_id(psa_key_id_t *id)
{
    uint64_t cursor = 0;
    psa_key_id_t key;
    psa_status_t status;
    *id = PSA_KEY_ID_USER_MIN;
    while ((status = psacrypto_key_next(&cursor, &key)) == PSA_SUCCESS) {
        if (key <= PSA_KEY_ID_USER_MAX && key >= *id) {
            *id = key + 1u;
        }
    }
    if (status != PSA_ERROR_DOES_NOT_EXIST) {
        return fail_call(status, NULL);
    }
    return *id <= PSA_KEY_ID_USER_MAX ? EXIT_DONE : fail(EXIT_USAGE, "choose an id: --id ID");
}

static int new_attributes(psa_key_attributes_t *attributes, const struct options *options, int public_key)
{
    psa_key_id_t id = options->key;
    if (options->alg == PSA_ALG_NONE && !options->has_usage) {
        return fail(EXIT_USAGE, "what for? --algorithm ALGORITHM, or --usage FLAGS");
    }
    if (id == PSA_KEY_ID_NULL) {
        int status = free_id(&id);
        if (status != EXIT_DONE) {
            return status;
        }
    }
    psa_set_key_lifetime(attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, options->location));
    psa_set_key_id(attributes, id);
    psa_set_key_type(attributes, options->type);
    psa_set_key_bits(attributes, options->bits);
    psa_set_key_algorithm(attributes, options->alg);
    psa_set_key_usage_flags(attributes, options->has_usage ? options->usage : usage_for(options->alg, public_key));
    return EXIT_DONE;
}

/* The id is what the tool answers. */
static int made(psa_status_t status, psa_key_id_t key)
{
    if (status != PSA_SUCCESS) {
        return fail_call(status, NULL);
    }
    printf("%u\n", (unsigned)key);
    return EXIT_DONE;
}

int verb_generate(const struct options *options)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    if (options->type == PSA_KEY_TYPE_NONE) {
        return fail(EXIT_USAGE, "which type? --type TYPE, such as aes-256");
    }
    int status = new_attributes(&attributes, options, PSA_KEY_TYPE_IS_PUBLIC_KEY(options->type));
    if (status != EXIT_DONE) {
        return status;
    }
    psa_status_t result = psa_generate_key(&attributes, &key);
    return made(result, key);
}

/* ---- Import ---- */

static int read_secret(struct secret *secret, const struct options *options)
{
    struct input input;
    if (options->prompt) {
        return secret_prompt(secret, "Secret");
    }
    if (options->descriptor >= 0) {
        input.descriptor = options->descriptor;
        input.name = "the file descriptor";
        return secret_read(secret, &input);
    }
    int status = input_open(&input, options->arguments[0]);
    if (status == EXIT_DONE) {
        status = secret_read(secret, &input);
        input_close(&input);
    }
    return status;
}

static const char *format_of(const struct options *options, const struct secret *secret)
{
    static const char boundary[] = "-----BEGIN ";
    if (options->format != NULL) {
        return options->format;
    }
    return memmem(secret->data, secret->length, boundary, sizeof(boundary) - 1u) != NULL ? "pem" : "raw";
}

static int is_public_pem(const struct secret *secret)
{
    static const char label[] = "PUBLIC KEY-----";
    return memmem(secret->data, secret->length, label, sizeof(label) - 1u) != NULL;
}

static int import_hex(const psa_key_attributes_t *attributes, const struct secret *secret, psa_key_id_t *key)
{
    struct secret bytes = SECRET_NONE;
    int status = secret_allocate(&bytes, secret->length / 2u + 1u);
    if (status == EXIT_DONE && !hex_read(bytes.data, bytes.size, &bytes.length, (const char *)secret->data, secret->length)) {
        status = fail(EXIT_USAGE, "these are not hexadecimal digits");
    }
    if (status == EXIT_DONE) {
        psa_status_t result = psa_import_key(attributes, bytes.data, bytes.length, key);
        status = made(result, *key);
    }
    secret_free(&bytes);
    return status;
}

static int import_secret(const struct options *options, const struct secret *secret)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = PSA_KEY_ID_NULL;
    const char *format = format_of(options, secret);
    int pem = strcmp(format, "pem") == 0;
    int structured = pem || strcmp(format, "der") == 0;
    if (options->type == PSA_KEY_TYPE_NONE && !structured) {
        return fail(EXIT_USAGE, "which type? --type TYPE, such as aes; keys in PEM say it themselves");
    }
    int status = new_attributes(&attributes, options, PSA_KEY_TYPE_IS_PUBLIC_KEY(options->type) || (pem && is_public_pem(secret)));
    if (status != EXIT_DONE) {
        return status;
    }
    if (strcmp(format, "hex") == 0) {
        return import_hex(&attributes, secret, &key);
    }
    psa_status_t result = pem ? psacrypto_import_key_pem(&attributes, (const char *)secret->data, secret->length, &key)
        : structured ? psacrypto_import_key_der(&attributes, secret->data, secret->length, &key)
                     : psa_import_key(&attributes, secret->data, secret->length, &key);
    return made(result, key);
}

int verb_import(const struct options *options)
{
    struct secret secret = SECRET_NONE;
    int sources = options->prompt + (options->descriptor >= 0) + options->argument_count;
    if (sources > 1) {
        return fail(EXIT_USAGE, "one file, or --prompt, or --descriptor");
    }
    int status = read_secret(&secret, options);
    if (status == EXIT_DONE) {
        status = import_secret(options, &secret);
    }
    secret_free(&secret);
    return status;
}
