/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the psa tool share. */
#ifndef TOOLS_PSA_PSA_H
#define TOOLS_PSA_PSA_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

/* ---- Exit statuses: docs/tool.md ---- */

enum exit_status {
    EXIT_DONE = 0,
    EXIT_USAGE = 1,       /* wrong arguments, or ones that do not go together */
    EXIT_NO_KEY = 2,      /* there is no such key */
    EXIT_REFUSED = 3,     /* the key's policy does not permit it */
    EXIT_UNVERIFIED = 4,  /* a signature, MAC, hash or sealed file is not what it claims to be */
    EXIT_STORE = 5,       /* the store of keys fails, or is damaged */
    EXIT_FILES = 6,       /* reading or writing fails */
    EXIT_UNSUPPORTED = 7, /* this build, or the key's location, does not have it */
    EXIT_EXISTS = 8,      /* the key or the file is there already */
    EXIT_OTHER = 9        /* no memory, no entropy, a fault of the library */
};

/* ---- errors.c: one line on standard error; each answers the exit status ---- */

/* Named at the beginning of each line. */
void errors_verb(const char *verb);
/* printf() */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int fail(enum exit_status status, const char *format, ...);
/* What the library answered, and why. subject may be NULL. */
int fail_call(psa_status_t status, const char *subject);
/* errno, about a file. */
int fail_file(const char *name);

/* ---- options.c ---- */

struct options {
    const char *store;
    psa_key_id_t key;           /* 0: not given */
    psa_algorithm_t alg;        /* 0: not given */
    psa_key_type_t type;        /* 0: not given */
    size_t bits;                /* 0: not given */
    psa_key_usage_t usage;
    int has_usage;
    psa_key_location_t location;
    const char *format;         /* NULL: not given */
    const char *output;         /* NULL: standard output */
    int force;
    int public_part;
    const char *signature;
    const char *public_key;
    const char *check;
    int hex;
    int prompt;
    int descriptor;             /* -1: not given */
    int markdown;
    int self_test;
    int help;
    char **arguments;           /* what is no option, ended by NULL */
    int argument_count;
};

/* letters: the options that the verb takes. arguments[0] is the verb. */
int options_read(struct options *options, const char *letters, int count, char **arguments);
/* The lines of help about these options, on standard output. */
void options_help(const char *letters);
int options_key_id(psa_key_id_t *id, const char *text);

/* ---- files.c ---- */

#define PORTION 65536u

struct input {
    int descriptor;
    const char *name;
};

/* name NULL or "-": standard input. */
int input_open(struct input *input, const char *name);
/* Reads until size bytes are there or the end is. */
int input_read(struct input *input, void *data, size_t size, size_t *length);
void input_close(struct input *input);

/*
 * Written to a new file beside its target, which takes the target's name when it is whole; or, for standard output and what
 * is no regular file, as it comes.
 */
struct output {
    int descriptor;
    const char *name;
    char *temporary;  /* NULL: none */
    int force;
    int secret;       /* for the owner alone */
};

int output_open(struct output *output, const struct options *options, int secret);
int output_write(struct output *output, const void *data, size_t length);
/* status: of the work; anything but EXIT_DONE leaves no file behind. Answers the status of all of it. */
int output_close(struct output *output, int status);
/* Whether people read what is written. */
int output_is_terminal(const struct output *output);

/* Memory for secrets: data that may grow, wiped when it is given back. */
struct secret {
    uint8_t *data;
    size_t length;
    size_t size;
};

#define SECRET_NONE { NULL, 0, 0 }

int secret_allocate(struct secret *secret, size_t size);
void secret_free(struct secret *secret);
void wipe(void *memory, size_t length);

/* ---- secrets.c ---- */

/* A whole input, up to a limit that no key exceeds. */
int secret_read(struct secret *secret, struct input *input);
/* From the terminal, without echo, twice. */
int secret_prompt(struct secret *secret, const char *what);

/* ---- text.c ---- */

#define SHORT_NAME_SIZE 256u

/* Names as the specification has them, without PSA_ALG_ and the other prefixes. */
void short_algorithm(char name[SHORT_NAME_SIZE], psa_algorithm_t alg);
void short_key_type(char name[SHORT_NAME_SIZE], psa_key_type_t type);
/* In small letters, joined by commas; "-" for none. */
void short_usage(char name[SHORT_NAME_SIZE], psa_key_usage_t usage);
void short_location(char name[SHORT_NAME_SIZE], psa_key_location_t location);
void short_lifetime(char name[SHORT_NAME_SIZE], psa_key_lifetime_t lifetime);

/* text: 2 * length + 1 characters */
void hex_write(char *text, const uint8_t *data, size_t length);
/* Digits of either case, blanks and line ends skipped. Answers 0 if it is not hexadecimal or longer than size. */
int hex_read(uint8_t *data, size_t size, size_t *length, const char *text, size_t text_length);
int write_digits(struct output *output, const uint8_t *data, size_t length);
/* The bytes, or the digits and a line end. */
int write_bytes_or_hex(struct output *output, const uint8_t *data, size_t length, int hex);

/* ---- algorithms.c: what a key is for, where the command line does not say it ---- */

/* The algorithm of an operation with a key: what was asked for, else what the key permits, wildcards narrowed. */
psa_algorithm_t algorithm_for(const struct options *options, const psa_key_attributes_t *attributes);
/* Usage of a new key that permits alg. */
psa_key_usage_t usage_for(psa_algorithm_t alg, int public_key);
int key_attributes(psa_key_attributes_t *attributes, psa_key_id_t key);

/* ---- signature_der.c: ECDSA signatures as other software has them (RFC 3279, 2.2.3) ---- */

#define SIGNATURE_DER_SIZE(raw_length) ((raw_length) + 16u)

/* raw: r and s, half each. Answers the length, 0 if der is too small. */
size_t signature_to_der(uint8_t *der, size_t der_size, const uint8_t *raw, size_t raw_length);
/* Answers 0 if it is not such a signature, or r or s is longer than half. */
int signature_from_der(uint8_t *raw, size_t raw_length, const uint8_t *der, size_t der_length);

/* ---- sealed.c: sealed files ---- */

int seal(struct input *input, struct output *output, psa_key_id_t key, const psa_key_attributes_t *attributes, psa_algorithm_t alg);
int unseal(struct input *input, struct output *output, psa_key_id_t key, const psa_key_attributes_t *attributes);

/* ---- Verbs: each in the file of its name, or of its kind ---- */

int verb_generate(const struct options *options);
int verb_import(const struct options *options);
int verb_export(const struct options *options);
int verb_list(const struct options *options);
int verb_show(const struct options *options);
int verb_destroy(const struct options *options);
int verb_hash(const struct options *options);
int verb_mac(const struct options *options);
int verb_encrypt(const struct options *options);
int verb_decrypt(const struct options *options);
int verb_sign(const struct options *options);
int verb_verify(const struct options *options);
int verb_random(const struct options *options);
int verb_info(const struct options *options);

#endif
