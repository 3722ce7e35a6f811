/* SPDX-License-Identifier: Apache-2.0 */
/* The command line, read with getopt_long(). */
#define _GNU_SOURCE

#include "psa.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <psacrypto/diagnostics.h>

struct option_row {
    char letter;
    const char *name;
    const char *value;  /* NULL: takes none */
    const char *help;
};

static const struct option_row rows[] = {
    { 'S', "store", "DIRECTORY", "where the keys are, in place of $PSACRYPTO_STORE" },
    { 'k', "key", "ID", "the key" },
    { 'i', "id", "ID", "id of the new key, from 1 to 0x3fffffff; left out: the one after the highest" },
    { 't', "type", "TYPE", "type of the key, with its size or not: aes-256, hmac, p-256, \"ecc-key-pair(secp-r1)\"" },
    { 'b', "bits", "NUMBER", "size of the key" },
    { 'a', "algorithm", "ALGORITHM", "gcm, sha-256, \"hmac(sha-256)\", \"ecdsa(sha-256)\" ..." },
    { 'u', "usage", "FLAGS", "what the key may be used for: encrypt,decrypt,sign,verify,derive,export,copy ..." },
    { 'l', "location", "PLACE", "where the key lives: local, secure-element, or a number" },
    { 'f', "format", "FORMAT", "raw, hex, pem or der" },
    { 'p', "public", NULL, "the public part of a key pair" },
    { 'o', "output", "FILE", "write to this file, whole or not at all" },
    { 'F', "force", NULL, "replace a file; write secrets to a terminal" },
    { 's', "signature", "FILE", "the signature" },
    { 'K', "public-key", "FILE", "a public key in PEM, in place of one in the store" },
    { 'c', "check", "DIGITS", "compare with this value, in hexadecimal digits" },
    { 'x', "hex", NULL, "hexadecimal digits in place of bytes" },
    { 'P', "prompt", NULL, "read the secret from the terminal, without echo" },
    { 'd', "descriptor", "NUMBER", "read the secret from this open file descriptor" },
    { 'm', "markdown", NULL, "only the algorithms, as a table for a page" },
    { 'T', "self-test", NULL, "compute known answers with every algorithm" },
    { 'h', "help", NULL, "this text" },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* Every verb takes these. */
static int is_taken(const char *letters, char letter)
{
    return letter == 'S' || letter == 'h' || strchr(letters, letter) != NULL;
}

void options_help(const char *letters)
{
    for (size_t i = 0; i < ROWS; i++) {
        char left[64];
        if (is_taken(letters, rows[i].letter)) {
            (void)snprintf(left, sizeof(left), "-%c, --%s%s%s", rows[i].letter, rows[i].name,
                           rows[i].value == NULL ? "" : " ", rows[i].value == NULL ? "" : rows[i].value);
            printf("  %-28s %s\n", left, rows[i].help);
        }
    }
}

/* ---- Values ---- */

static int read_number(uint32_t *number, const char *text, uint32_t most)
{
    char *end;
    if (text[0] < '0' || text[0] > '9') {
        return 0;
    }
    unsigned long long value = strtoull(text, &end, text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10);
    *number = (uint32_t)value;
    return *end == '\0' && value <= most;
}

int options_key_id(psa_key_id_t *id, const char *text)
{
    if (!read_number(id, text, PSA_KEY_ID_VENDOR_MAX) || *id == PSA_KEY_ID_NULL) {
        return fail(EXIT_USAGE, "%s is not the id of a key", text);
    }
    return EXIT_DONE;
}

static int read_location(psa_key_location_t *location, const char *text)
{
    if (strcmp(text, "local") == 0) {
        *location = PSA_KEY_LOCATION_LOCAL_STORAGE;
        return EXIT_DONE;
    }
    if (strcmp(text, "secure-element") == 0) {
        *location = PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT;
        return EXIT_DONE;
    }
    return read_number(location, text, 0xffffffu) ? EXIT_DONE : fail(EXIT_USAGE, "%s is not a location", text);
}

static int read_type(struct options *options, const char *text)
{
    size_t bits;
    if (psacrypto_key_type_from_name(text, &options->type, &bits) != PSA_SUCCESS || options->type == PSA_KEY_TYPE_NONE) {
        return fail(EXIT_USAGE, "%s is not a type of keys", text);
    }
    if (bits != 0) {
        options->bits = bits;
    }
    return EXIT_DONE;
}

static int read_algorithm(struct options *options, const char *text)
{
    if (psacrypto_algorithm_from_name(text, &options->alg) != PSA_SUCCESS) {
        return fail(EXIT_USAGE, "%s is not an algorithm", text);
    }
    return EXIT_DONE;
}

static int read_usage(struct options *options, const char *text)
{
    options->has_usage = 1;
    if (psacrypto_key_usage_from_name(text, &options->usage) != PSA_SUCCESS) {
        return fail(EXIT_USAGE, "%s are not usage flags", text);
    }
    return EXIT_DONE;
}

static int read_format(struct options *options, const char *text)
{
    static const char *const formats[] = { "raw", "hex", "pem", "der" };
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (strcmp(text, formats[i]) == 0) {
            options->format = formats[i];
            return EXIT_DONE;
        }
    }
    return fail(EXIT_USAGE, "%s is not a format", text);
}

static int read_bits(struct options *options, const char *text)
{
    uint32_t bits;
    if (!read_number(&bits, text, 65528) || bits == 0) {
        return fail(EXIT_USAGE, "%s is not a size of keys", text);
    }
    options->bits = bits;
    return EXIT_DONE;
}

static int read_descriptor(struct options *options, const char *text)
{
    uint32_t number;
    if (!read_number(&number, text, 65535)) {
        return fail(EXIT_USAGE, "%s is not a file descriptor", text);
    }
    options->descriptor = (int)number;
    return EXIT_DONE;
}

/* ---- Options ---- */

static int read_flag(struct options *options, int letter)
{
    switch (letter) {
    case 'p':
        options->public_part = 1;
        return EXIT_DONE;
    case 'F':
        options->force = 1;
        return EXIT_DONE;
    case 'x':
        options->hex = 1;
        return EXIT_DONE;
    case 'P':
        options->prompt = 1;
        return EXIT_DONE;
    case 'm':
        options->markdown = 1;
        return EXIT_DONE;
    case 'T':
        options->self_test = 1;
        return EXIT_DONE;
    case 'h':
        options->help = 1;
        return EXIT_DONE;
    default:
        return EXIT_USAGE; /* getopt_long() has said why */
    }
}

static int read_option(struct options *options, int letter, const char *text)
{
    switch (letter) {
    case 'S':
        options->store = text;
        return EXIT_DONE;
    case 'i':
    case 'k':
        return options_key_id(&options->key, text);
    case 't':
        return read_type(options, text);
    case 'b':
        return read_bits(options, text);
    case 'a':
        return read_algorithm(options, text);
    case 'u':
        return read_usage(options, text);
    case 'l':
        return read_location(&options->location, text);
    case 'f':
        return read_format(options, text);
    case 'o':
        options->output = text;
        return EXIT_DONE;
    case 's':
        options->signature = text;
        return EXIT_DONE;
    case 'K':
        options->public_key = text;
        return EXIT_DONE;
    case 'c':
        options->check = text;
        return EXIT_DONE;
    case 'd':
        return read_descriptor(options, text);
    default:
        return read_flag(options, letter);
    }
}

int options_read(struct options *options, const char *letters, int count, char **arguments)
{
    struct option known[ROWS + 1u];
    char shorts[2u * ROWS + 1u];
    size_t taken = 0, length = 0;
    memset(options, 0, sizeof(*options));
    memset(known, 0, sizeof(known));
    options->descriptor = -1;
    for (size_t i = 0; i < ROWS; i++) {
        if (is_taken(letters, rows[i].letter)) {
            known[taken].name = rows[i].name;
            known[taken].has_arg = rows[i].value != NULL ? required_argument : no_argument;
            known[taken].val = rows[i].letter;
            taken++;
            shorts[length++] = rows[i].letter;
            if (rows[i].value != NULL) {
                shorts[length++] = ':';
            }
        }
    }
    shorts[length] = '\0';
    int letter;
    while ((letter = getopt_long(count, arguments, shorts, known, NULL)) != -1) {
        int status = read_option(options, letter, optarg);
        if (status != EXIT_DONE) {
            return status;
        }
    }
    options->arguments = arguments + optind;
    options->argument_count = count - optind;
    return EXIT_DONE;
}
