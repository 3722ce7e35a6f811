/* SPDX-License-Identifier: Apache-2.0 */
/* psa list, psa show, psa export, psa destroy. */
#include "psa.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <psacrypto/keys.h>

/* ---- list ---- */

struct key_list {
    psa_key_id_t *keys;
    size_t count;
    size_t room;
};

static int add_key(struct key_list *list, psa_key_id_t key)
{
    if (list->count == list->room) {
        size_t room = list->room == 0 ? 64u : 2u * list->room;
        psa_key_id_t *keys = realloc(list->keys, room * sizeof(*keys));
        if (keys == NULL) {
            return fail(EXIT_OTHER, "there is no memory left");
        }
        list->keys = keys;
        list->room = room;
    }
    list->keys[list->count++] = key;
    return EXIT_DONE;
}

static int compare_keys(const void *a, const void *b)
{
    psa_key_id_t first = *(const psa_key_id_t *)a;
    psa_key_id_t second = *(const psa_key_id_t *)b;
    return first < second ? -1 : first > second;
}

static int collect_keys(struct key_list *list)
{
    uint64_t cursor = 0;
    psa_key_id_t key;
    psa_status_t status;
    while ((status = psacrypto_key_next(&cursor, &key)) == PSA_SUCCESS) {
        int result = add_key(list, key);
        if (result != EXIT_DONE) {
            return result;
        }
    }
    if (status != PSA_ERROR_DOES_NOT_EXIST) {
        return fail_call(status, NULL);
    }
    if (list->count != 0) {
        qsort(list->keys, list->count, sizeof(*list->keys), compare_keys);
    }
    return EXIT_DONE;
}

static void print_key(const psa_key_attributes_t *attributes)
{
    char type[SHORT_NAME_SIZE], alg[SHORT_NAME_SIZE], usage[SHORT_NAME_SIZE], lifetime[SHORT_NAME_SIZE], location[SHORT_NAME_SIZE];
    short_key_type(type, psa_get_key_type(attributes));
    short_algorithm(alg, psa_get_key_algorithm(attributes));
    short_usage(usage, psa_get_key_usage_flags(attributes));
    short_lifetime(lifetime, psa_get_key_lifetime(attributes));
    short_location(location, PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(attributes)));
    printf("%-6u %-24s %5zu  %-28s %-10s %-14s %s\n", (unsigned)psa_get_key_id(attributes), type, psa_get_key_bits(attributes), alg,
           lifetime, location, usage);
}

/* A key that cannot be read does not hide the others. */
static int print_keys(const struct key_list *list)
{
    int result = EXIT_DONE;
    printf("%-6s %-24s %5s  %-28s %-10s %-14s %s\n", "ID", "TYPE", "BITS", "ALGORITHM", "LIFETIME", "LOCATION", "USAGE");
    for (size_t i = 0; i < list->count; i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        psa_status_t status = psa_get_key_attributes(list->keys[i], &attributes);
        if (status == PSA_SUCCESS) {
            print_key(&attributes);
        } else if (status != PSA_ERROR_INVALID_HANDLE) { /* else destroyed meanwhile */
            char subject[24];
            (void)snprintf(subject, sizeof(subject), "key %u", (unsigned)list->keys[i]);
            result = fail_call(status, subject);
        }
    }
    return result;
}

int verb_list(const struct options *options)
{
    struct key_list list = { NULL, 0, 0 };
    (void)options;
    int status = collect_keys(&list);
    if (status == EXIT_DONE) {
        status = print_keys(&list);
    }
    free(list.keys);
    return status;
}

/* ---- show ---- */

static int has_pem(psa_key_type_t type)
{
    return PSA_KEY_TYPE_IS_ECC(type) || PSA_KEY_TYPE_IS_RSA(type);
}

static int print_public_key(psa_key_id_t key, psa_key_type_t type, size_t bits)
{
    size_t size = PSACRYPTO_KEY_PEM_SIZE(type, bits), length;
    char *text = malloc(size);
    if (text == NULL) {
        return fail(EXIT_OTHER, "there is no memory left");
    }
    psa_status_t status = psacrypto_export_public_key_pem(key, text, size, &length);
    if (status == PSA_SUCCESS) {
        fputs(text, stdout);
    }
    free(text);
    return status == PSA_SUCCESS ? EXIT_DONE : fail_call(status, NULL);
}

int verb_show(const struct options *options)
{
    psa_key_attributes_t attributes;
    char name[SHORT_NAME_SIZE];
    int status = key_attributes(&attributes, options->key);
    if (status != EXIT_DONE) {
        return status;
    }
    psa_key_type_t type = psa_get_key_type(&attributes);
    size_t bits = psa_get_key_bits(&attributes);
    psa_key_lifetime_t lifetime = psa_get_key_lifetime(&attributes);
    printf("id         %u\n", (unsigned)psa_get_key_id(&attributes));
    short_key_type(name, type);
    printf("type       %s\nbits       %zu\n", name, bits);
    short_algorithm(name, psa_get_key_algorithm(&attributes));
    printf("algorithm  %s\n", name);
    short_usage(name, psa_get_key_usage_flags(&attributes));
    printf("usage      %s\n", name);
    short_lifetime(name, lifetime);
    printf("lifetime   %s\n", name);
    short_location(name, PSA_KEY_LIFETIME_GET_LOCATION(lifetime));
    printf("location   %s\n", name);
    return has_pem(type) ? print_public_key(options->key, type, bits) : EXIT_DONE;
}

/* ---- export ---- */

static psa_status_t export_as(struct secret *data, const struct options *options, const char *format)
{
    int public = options->public_part;
    if (strcmp(format, "pem") == 0) {
        return (public ? psacrypto_export_public_key_pem : psacrypto_export_key_pem)(options->key, (char *)data->data, data->size, &data->length);
    }
    if (strcmp(format, "der") == 0) {
        return (public ? psacrypto_export_public_key_der : psacrypto_export_key_der)(options->key, data->data, data->size, &data->length);
    }
    return (public ? psa_export_public_key : psa_export_key)(options->key, data->data, data->size, &data->length);
}

static int write_key(const struct options *options, const struct secret *data, const char *format, int is_secret)
{
    struct output output;
    int status = output_open(&output, options, is_secret);
    if (status != EXIT_DONE) {
        return status;
    }
    if (is_secret && output_is_terminal(&output) && !options->force) {
        status = fail(EXIT_USAGE, "a secret for a terminal? --force, or --output FILE");
    } else {
        status = write_bytes_or_hex(&output, data->data, data->length, strcmp(format, "hex") == 0);
    }
    return output_close(&output, status);
}

int verb_export(const struct options *options)
{
    psa_key_attributes_t attributes;
    struct secret data = SECRET_NONE;
    int status = key_attributes(&attributes, options->key);
    if (status != EXIT_DONE) {
        return status;
    }
    psa_key_type_t type = psa_get_key_type(&attributes);
    const char *format = options->format != NULL ? options->format : has_pem(type) ? "pem" : "raw";
    /* The largest form of a key, be it in the end a public one. */
    status = secret_allocate(&data, PSACRYPTO_KEY_PEM_SIZE(type, psa_get_key_bits(&attributes)));
    if (status == EXIT_DONE) {
        psa_status_t result = export_as(&data, options, format);
        status = result != PSA_SUCCESS ? fail_call(result, NULL)
                                       : write_key(options, &data, format, !options->public_part && !PSA_KEY_TYPE_IS_PUBLIC_KEY(type));
    }
    secret_free(&data);
    return status;
}

/* ---- destroy ---- */

int verb_destroy(const struct options *options)
{
    psa_key_id_t key = options->key;
    if (key == PSA_KEY_ID_NULL && options->argument_count == 0) {
        return fail(EXIT_USAGE, "which key? --key ID");
    }
    int result = EXIT_DONE;
    for (int i = key != PSA_KEY_ID_NULL ? -1 : 0; result == EXIT_DONE && i < options->argument_count; i++) {
        result = i < 0 ? EXIT_DONE : options_key_id(&key, options->arguments[i]);
        psa_status_t status = result == EXIT_DONE ? psa_destroy_key(key) : PSA_SUCCESS;
        result = status == PSA_SUCCESS ? result : fail_call(status, NULL);
    }
    return result;
}
