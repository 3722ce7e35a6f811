/* SPDX-License-Identifier: Apache-2.0 */
/* psa hash, psa mac, psa random: a line of digits per file, as sha256sum writes and reads it. */
#include "psa.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGEST_MAX 128u

/* A hash or a MAC in parts. key is 0 for hashes. */
struct digest {
    psa_key_id_t key;
    psa_algorithm_t alg;
    union {
        psa_hash_operation_t hash;
        psa_mac_operation_t mac;
    } of;
};

static psa_status_t digest_setup(struct digest *digest, int verify)
{
    memset(&digest->of, 0, sizeof(digest->of));
    if (digest->key == PSA_KEY_ID_NULL) {
        return psa_hash_setup(&digest->of.hash, digest->alg);
    }
    return verify ? psa_mac_verify_setup(&digest->of.mac, digest->key, digest->alg)
                  : psa_mac_sign_setup(&digest->of.mac, digest->key, digest->alg);
}

static psa_status_t digest_update(struct digest *digest, const uint8_t *data, size_t length)
{
    return digest->key == PSA_KEY_ID_NULL ? psa_hash_update(&digest->of.hash, data, length)
                                          : psa_mac_update(&digest->of.mac, data, length);
}

static psa_status_t digest_finish(struct digest *digest, uint8_t *value, size_t *length)
{
    return digest->key == PSA_KEY_ID_NULL ? psa_hash_finish(&digest->of.hash, value, DIGEST_MAX, length)
                                          : psa_mac_sign_finish(&digest->of.mac, value, DIGEST_MAX, length);
}

static psa_status_t digest_verify(struct digest *digest, const uint8_t *value, size_t length)
{
    return digest->key == PSA_KEY_ID_NULL ? psa_hash_verify(&digest->of.hash, value, length)
                                          : psa_mac_verify_finish(&digest->of.mac, value, length);
}

static void digest_abort(struct digest *digest)
{
    if (digest->key == PSA_KEY_ID_NULL) {
        (void)psa_hash_abort(&digest->of.hash);
    } else {
        (void)psa_mac_abort(&digest->of.mac);
    }
}

static int read_all(struct digest *digest, struct input *input)
{
    static uint8_t portion[PORTION];
    size_t length = sizeof(portion);
    while (length == sizeof(portion)) {
        int status = input_read(input, portion, sizeof(portion), &length);
        psa_status_t result = status == EXIT_DONE ? digest_update(digest, portion, length) : PSA_SUCCESS;
        if (status != EXIT_DONE || result != PSA_SUCCESS) {
            return status != EXIT_DONE ? status : fail_call(result, NULL);
        }
    }
    return EXIT_DONE;
}

/* A name with a line end in it would look like two lines: then the line begins with a backslash, as sha256sum does it. */
static void print_line(const uint8_t *value, size_t length, const char *name)
{
    char digits[2u * DIGEST_MAX + 1u];
    hex_write(digits, value, length);
    printf("%s%s  ", strpbrk(name, "\\\n\r") != NULL ? "\\" : "", digits);
    for (; *name != '\0'; name++) {
        if (*name == '\\' || *name == '\n' || *name == '\r') {
            putchar('\\');
        }
        putchar(*name == '\n' ? 'n' : *name == '\r' ? 'r' : *name);
    }
    putchar('\n');
}

static int print_digest(struct digest *digest, struct input *input, const char *name)
{
    uint8_t value[DIGEST_MAX];
    size_t length = 0;
    psa_status_t status = digest_setup(digest, 0);
    int result = status == PSA_SUCCESS ? read_all(digest, input) : fail_call(status, NULL);
    if (result == EXIT_DONE) {
        status = digest_finish(digest, value, &length);
        result = status == PSA_SUCCESS ? EXIT_DONE : fail_call(status, NULL);
    }
    if (result == EXIT_DONE) {
        print_line(value, length, name);
    }
    digest_abort(digest);
    return result;
}

static int check_digest(struct digest *digest, struct input *input, const char *digits)
{
    uint8_t value[DIGEST_MAX];
    size_t length = 0;
    if (!hex_read(value, sizeof(value), &length, digits, strlen(digits))) {
        return fail(EXIT_USAGE, "%s is not hexadecimal", digits);
    }
    psa_status_t status = digest_setup(digest, 1);
    int result = status == PSA_SUCCESS ? read_all(digest, input) : fail_call(status, NULL);
    if (result == EXIT_DONE) {
        status = digest_verify(digest, value, length);
        result = status == PSA_SUCCESS ? EXIT_DONE : fail_call(status, input->name);
    }
    digest_abort(digest);
    return result;
}

static int one_file(struct digest *digest, const struct options *options, const char *name)
{
    struct input input;
    int status = input_open(&input, name);
    if (status != EXIT_DONE) {
        return status;
    }
    status = options->check != NULL ? check_digest(digest, &input, options->check) : print_digest(digest, &input, name == NULL ? "-" : name);
    input_close(&input);
    return status;
}

/* One file that cannot be read does not hide the others. */
static int all_files(struct digest *digest, const struct options *options)
{
    int result = EXIT_DONE;
    if (options->check != NULL && options->argument_count > 1) {
        return fail(EXIT_USAGE, "one file to check");
    }
    if (options->argument_count == 0) {
        return one_file(digest, options, NULL);
    }
    for (int i = 0; i < options->argument_count; i++) {
        int status = one_file(digest, options, options->arguments[i]);
        result = status == EXIT_DONE ? result : status;
    }
    return result;
}

int verb_hash(const struct options *options)
{
    struct digest digest = { PSA_KEY_ID_NULL, options->alg != PSA_ALG_NONE ? options->alg : PSA_ALG_SHA_256, { PSA_HASH_OPERATION_INIT } };
    return all_files(&digest, options);
}

int verb_mac(const struct options *options)
{
    psa_key_attributes_t attributes;
    struct digest digest = { options->key, PSA_ALG_NONE, { PSA_HASH_OPERATION_INIT } };
    int status = key_attributes(&attributes, options->key);
    if (status != EXIT_DONE) {
        return status;
    }
    digest.alg = algorithm_for(options, &attributes);
    return all_files(&digest, options);
}

/* ---- Random bytes ---- */

static int write_random(struct output *output, unsigned long long count, int hex)
{
    uint8_t portion[4096];
    int status = EXIT_DONE;
    while (status == EXIT_DONE && count != 0) {
        size_t length = count < sizeof(portion) ? (size_t)count : sizeof(portion);
        psa_status_t result = psa_generate_random(portion, length);
        status = result != PSA_SUCCESS ? fail_call(result, NULL)
                 : hex                 ? write_digits(output, portion, length)
                                       : output_write(output, portion, length);
        count -= length;
    }
    wipe(portion, sizeof(portion));
    return status == EXIT_DONE && hex ? output_write(output, "\n", 1) : status;
}

int verb_random(const struct options *options)
{
    struct output output;
    char *end;
    if (options->argument_count != 1 || options->arguments[0][0] < '0' || options->arguments[0][0] > '9') {
        return fail(EXIT_USAGE, "how many bytes?");
    }
    errno = 0;
    unsigned long long count = strtoull(options->arguments[0], &end, 10);
    if (*end != '\0' || errno != 0) {
        return fail(EXIT_USAGE, "%s is not a number of bytes", options->arguments[0]);
    }
    int status = output_open(&output, options, 1);
    if (status == EXIT_DONE) {
        status = write_random(&output, count, options->hex || output_is_terminal(&output));
        status = output_close(&output, status);
    }
    return status;
}
