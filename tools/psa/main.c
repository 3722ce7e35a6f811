/* SPDX-License-Identifier: Apache-2.0 */
/* The psa tool: keys in the store, and what they do with files and pipes. docs/tool.md is its manual. */
#define _GNU_SOURCE

#include "psa.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <psacrypto/library.h>
#include <psacrypto/store.h>

struct verb {
    const char *name;
    int (*run)(const struct options *options);
    const char *options;
    int most;                /* arguments beside the options; -1: any number */
    const char *arguments;
    const char *help;
};

static const struct verb verbs[] = {
    { "generate", verb_generate, "itbaul", 0, "", "make a key; prints its id" },
    { "import", verb_import, "itbaulfPd", 1, "[FILE]", "take a key from a file, a pipe or the terminal; prints its id" },
    { "export", verb_export, "kfpoF", 0, "", "write a key, or its public part" },
    { "list", verb_list, "", 0, "", "which keys there are" },
    { "show", verb_show, "k", 0, "", "what a key is and may do, and its public part" },
    { "destroy", verb_destroy, "k", -1, "[ID...]", "destroy keys for good" },
    { "hash", verb_hash, "ac", -1, "[FILE...]", "hash files; SHA-256 unless --algorithm says otherwise" },
    { "mac", verb_mac, "kac", -1, "[FILE...]", "authenticate files" },
    { "encrypt", verb_encrypt, "kaoF", 1, "[FILE]", "seal a file" },
    { "decrypt", verb_decrypt, "koF", 1, "[FILE]", "open a sealed file" },
    { "sign", verb_sign, "kafoF", 1, "[FILE]", "sign a file" },
    { "verify", verb_verify, "kaKsf", 1, "[FILE]", "verify the signature of a file" },
    { "random", verb_random, "xoF", 1, "NUMBER", "random bytes" },
    { "info", verb_info, "mT", 0, "", "what this library has, and where the keys are" },
};

#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

static void help_all(FILE *to)
{
    fprintf(to, "usage: psa VERB [OPTION...] [ARGUMENT...]     psa VERB --help\n\n");
    for (size_t i = 0; i < VERBS; i++) {
        fprintf(to, "  %-9s %s\n", verbs[i].name, verbs[i].help);
    }
    fprintf(to, "\nFILE left out, or -: standard input.\n");
}

static int help_verb(const struct verb *verb)
{
    printf("usage: psa %s [OPTION...]%s%s     %s\n\n", verb->name, verb->arguments[0] == '\0' ? "" : " ", verb->arguments, verb->help);
    options_help(verb->options);
    return EXIT_DONE;
}

static const struct verb *find_verb(const char *name)
{
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

/* No core dump with keys in it. */
static void forbid_core_dumps(void)
{
    static const struct rlimit none = { 0, 0 };
    (void)setrlimit(RLIMIT_CORE, &none);
}

static int with_library(const struct verb *verb, const struct options *options)
{
    psa_status_t status = options->store == NULL ? PSA_SUCCESS : psacrypto_set_store_directory(options->store);
    if (status == PSA_SUCCESS) {
        status = psa_crypto_init();
    }
    if (status != PSA_SUCCESS) {
        return fail_call(status, NULL);
    }
    int result = verb->run(options);
    psacrypto_shutdown();
    return result;
}

static int run(const struct verb *verb, int count, char **arguments)
{
    struct options options;
    char name[32];
    (void)snprintf(name, sizeof(name), "psa %s", verb->name);
    arguments[0] = name; /* what getopt_long() complains with */
    int status = options_read(&options, verb->options, count, arguments);
    if (status != EXIT_DONE) {
        return status;
    }
    if (options.help) {
        return help_verb(verb);
    }
    if (verb->most >= 0 && options.argument_count > verb->most) {
        return fail(EXIT_USAGE, "%s is too much", options.arguments[verb->most]);
    }
    return with_library(verb, &options);
}

/* What was printed must have arrived, too. */
static int flush(int status)
{
    int lost = ferror(stdout) != 0;
    lost = fflush(stdout) != 0 || lost;
    return status == EXIT_DONE && lost ? fail_file("standard output") : status;
}

int main(int count, char **arguments)
{
    forbid_core_dumps();
    if (count < 2) {
        help_all(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "-h") == 0 || strcmp(arguments[1], "help") == 0) {
        help_all(stdout);
        return flush(EXIT_DONE);
    }
    if (strcmp(arguments[1], "--version") == 0) {
        printf("psa (libpsacrypto) %s\n", psacrypto_version());
        return flush(EXIT_DONE);
    }
    const struct verb *verb = find_verb(arguments[1]);
    if (verb == NULL) {
        return fail(EXIT_USAGE, "there is no verb %s: psa --help", arguments[1]);
    }
    errors_verb(verb->name);
    return flush(run(verb, count - 1, arguments + 1));
}
