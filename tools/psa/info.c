/* SPDX-License-Identifier: Apache-2.0 */
/* psa info: what this library has, and where the keys are. */
#include "psa.h"

#include <stdio.h>
#include <string.h>

#include <psacrypto/diagnostics.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Text that grows to the right ---- */

struct line {
    char text[1200];
    size_t length;
};

static void line_add(struct line *line, const char *between, const char *word)
{
    const char *parts[] = { line->length == 0 ? "" : between, word };
    for (size_t i = 0; i < COUNT(parts); i++) {
        size_t length = strlen(parts[i]);
        if (line->length + length < sizeof(line->text)) {
            memcpy(line->text + line->length, parts[i], length + 1u);
            line->length += length;
        }
    }
}

/* ---- Which keys an algorithm takes ---- */

/* All sizes that key types have, and some of those that take any length. */
static const size_t sizes[] = {
    40, 64, 128, 160, 163, 192, 224, 225, 233, 239, 255, 256, 283, 320, 384, 409, 448, 512, 521, 571, 768, 1024, 2048, 3072, 4096, 6144, 8192,
};

/* Types that have every size between two: the smallest and the largest, unless that is any. */
static int add_range(struct line *line, psa_key_location_t location, psa_algorithm_t alg, psa_key_type_t type)
{
    char range[48];
    size_t least = 8, most = 8192;
    if (!psacrypto_supports(location, alg, type, 56) && !psacrypto_supports(location, alg, type, 1032)) {
        return 0;
    }
    while (!psacrypto_supports(location, alg, type, least)) {
        least += 8;
    }
    while (!psacrypto_supports(location, alg, type, most)) {
        most -= 8;
    }
    if (least != 8 || most != 8192) {
        (void)snprintf(range, sizeof(range), "%zu to %zu", least, most);
        line_add(line, " ", range);
    }
    return 1;
}

static void add_sizes(struct line *line, psa_key_location_t location, psa_algorithm_t alg, psa_key_type_t type)
{
    char number[24];
    if (add_range(line, location, alg, type)) {
        return;
    }
    for (size_t i = 0; i < COUNT(sizes); i++) {
        if (psacrypto_supports(location, alg, type, sizes[i])) {
            (void)snprintf(number, sizeof(number), "%zu", sizes[i]);
            line_add(line, " ", number);
        }
    }
}

static int takes_type(psa_key_location_t location, psa_algorithm_t alg, psa_key_type_t type)
{
    for (size_t i = 0; i < COUNT(sizes); i++) {
        if (psacrypto_supports(location, alg, type, sizes[i])) {
            return 1;
        }
    }
    return 0;
}

/* Key pairs stand for their public keys. */
static void add_keys(struct line *line, psa_key_location_t location, psa_algorithm_t alg)
{
    char name[SHORT_NAME_SIZE];
    for (psa_key_type_t type = psacrypto_key_type_next(0); type != 0; type = psacrypto_key_type_next(type)) {
        if (takes_type(location, alg, type) && !(PSA_KEY_TYPE_IS_PUBLIC_KEY(type) && takes_type(location, alg, PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(type)))) {
            struct line own = { "", 0 };
            short_key_type(name, type);
            line_add(&own, "", name);
            add_sizes(&own, location, alg, type);
            line_add(line, ", ", own.text);
        }
    }
}

/* ---- The table: algorithms with the same hashes and the same keys share a row ---- */

struct table_row {
    psa_algorithm_t kind;  /* category */
    struct line names;
    struct line hashes;
    struct line keys;
    int in_element;
};

struct table {
    struct table_row rows[64];
    size_t count;
};

#define CATEGORY(alg) ((alg) & 0x7f000000u)
#define BASE(alg) ((alg) & ~(psa_algorithm_t)0xff)

static int is_keyless(psa_algorithm_t alg)
{
    return PSA_ALG_IS_HASH(alg) || PSA_ALG_IS_XOF(alg);
}

static int has_algorithm(psa_key_location_t location, psa_algorithm_t alg)
{
    struct line keys = { "", 0 };
    if (is_keyless(alg)) {
        return psacrypto_supports(location, alg, PSA_KEY_TYPE_NONE, 0);
    }
    /* Signatures with a hash that there is not: only of hashes made elsewhere. */
    if (PSA_ALG_IS_SIGN(alg) && PSA_ALG_GET_HASH(alg) != PSA_ALG_NONE && !psacrypto_supports(0, PSA_ALG_GET_HASH(alg), PSA_KEY_TYPE_NONE, 0)) {
        return 0;
    }
    add_keys(&keys, location, alg);
    return keys.length != 0;
}

/* "HMAC(SHA_256)" -> "HMAC(hash)"; whether there is a hash. */
static int base_name(char name[SHORT_NAME_SIZE], psa_algorithm_t alg)
{
    short_algorithm(name, alg);
    char *bracket = strchr(name, '(');
    if (bracket != NULL) {
        (void)strcpy(bracket, "(hash)");
    }
    return bracket != NULL;
}

static psa_algorithm_t with_hash_of(psa_algorithm_t alg, psa_algorithm_t hash)
{
    return BASE(alg) | (hash & 0xffu);
}

static int has_with_keys(psa_algorithm_t alg, const struct line *keys)
{
    struct line own = { "", 0 };
    if (!has_algorithm(PSA_KEY_LOCATION_LOCAL_STORAGE, alg)) {
        return 0;
    }
    add_keys(&own, PSA_KEY_LOCATION_LOCAL_STORAGE, alg);
    return strcmp(own.text, keys->text) == 0;
}

/* The hashes of this build with which alg is there and takes these keys (has 1), or is not or takes others. Answers how many. */
static size_t list_hashes(struct line *hashes, psa_algorithm_t alg, const struct line *keys, int has)
{
    char name[SHORT_NAME_SIZE];
    size_t count = 0;
    for (psa_algorithm_t hash = psacrypto_algorithm_next(0); hash != 0; hash = psacrypto_algorithm_next(hash)) {
        if (PSA_ALG_IS_HASH(hash) && has_algorithm(0, hash) && has_with_keys(with_hash_of(alg, hash), keys) == has) {
            short_algorithm(name, hash);
            line_add(hashes, ", ", name);
            count++;
        }
    }
    return count;
}

/* The shorter of two ways to say it. */
static void add_hashes(struct line *hashes, psa_algorithm_t alg, const struct line *keys)
{
    struct line with = { "", 0 }, without = { "", 0 };
    size_t there = list_hashes(&with, alg, keys, 1);
    size_t missing = list_hashes(&without, alg, keys, 0);
    if (missing >= there) {
        *hashes = with;
        return;
    }
    line_add(hashes, "", missing == 0 ? "all" : "all but ");
    line_add(hashes, "", without.text);
}

static struct table_row *find_row(struct table *table, const struct table_row *wanted)
{
    for (size_t i = 0; i < table->count; i++) {
        struct table_row *row = &table->rows[i];
        if (row->kind == wanted->kind && row->in_element == wanted->in_element && strcmp(row->keys.text, wanted->keys.text) == 0 &&
            strcmp(row->hashes.text, wanted->hashes.text) == 0) {
            return row;
        }
    }
    if (table->count == COUNT(table->rows)) {
        return NULL;
    }
    table->rows[table->count] = *wanted;
    return &table->rows[table->count++];
}

static void add_algorithm(struct table *table, psa_algorithm_t alg, const struct line *keys, int with_hash)
{
    char name[SHORT_NAME_SIZE];
    struct table_row row;
    memset(&row, 0, sizeof(row));
    row.kind = CATEGORY(alg);
    row.in_element = is_keyless(alg) || has_algorithm(PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT, alg);
    row.keys = *keys;
    if (with_hash) {
        add_hashes(&row.hashes, alg, keys);
    }
    struct table_row *found = find_row(table, &row);
    if (found != NULL) {
        (void)base_name(name, alg);
        line_add(&found->names, ", ", name);
    }
}

/* An algorithm with a hash has a row for each set of keys that it takes with one hash or another. */
struct seen {
    psa_algorithm_t base;
    struct line keys[8];
    size_t count;
};

static int is_new(struct seen *seen, psa_algorithm_t alg, const struct line *keys)
{
    if (seen->base != BASE(alg)) {
        seen->base = BASE(alg);
        seen->count = 0;
    }
    for (size_t i = 0; i < seen->count; i++) {
        if (strcmp(seen->keys[i].text, keys->text) == 0) {
            return 0;
        }
    }
    if (seen->count < COUNT(seen->keys)) {
        seen->keys[seen->count++] = *keys;
    }
    return 1;
}

static void fill_table(struct table *table)
{
    static struct seen seen;
    char name[SHORT_NAME_SIZE];
    memset(&seen, 0, sizeof(seen));
    for (psa_algorithm_t alg = psacrypto_algorithm_next(0); alg != 0; alg = psacrypto_algorithm_next(alg)) {
        struct line keys = { "", 0 };
        if (!has_algorithm(PSA_KEY_LOCATION_LOCAL_STORAGE, alg)) {
            continue;
        }
        if (!is_keyless(alg)) {
            add_keys(&keys, PSA_KEY_LOCATION_LOCAL_STORAGE, alg);
        }
        int with_hash = base_name(name, alg);
        if (!with_hash || is_new(&seen, alg, &keys)) {
            add_algorithm(table, alg, &keys, with_hash);
        }
    }
}

static const struct {
    psa_algorithm_t kind;
    const char *name;
} kinds[] = {
    { 0x02000000, "Hash" }, { 0x0d000000, "Extendable output" }, { 0x03000000, "MAC" }, { 0x04000000, "Cipher" },
    { 0x05000000, "AEAD" }, { 0x0b000000, "Key wrapping" }, { 0x08000000, "Key derivation" }, { 0x06000000, "Signature" },
    { 0x07000000, "Asymmetric encryption" }, { 0x09000000, "Key agreement" }, { 0x0c000000, "Key encapsulation" },
    { 0x0a000000, "PAKE" },
};

static void print_row(const struct table_row *row, const char *kind)
{
    printf("| %s | %s | %s | %s | %s |\n", kind, row->names.text, row->hashes.text, row->keys.text,
           row->keys.length == 0 ? "" : row->in_element ? "yes" : "no");
}

static void print_table(void)
{
    static struct table table;
    fill_table(&table);
    printf("| | Algorithms | Hashes | Keys | In the secure element |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < COUNT(kinds); i++) {
        for (size_t j = 0; j < table.count; j++) {
            if (table.rows[j].kind == kinds[i].kind) {
                print_row(&table.rows[j], kinds[i].name);
            }
        }
    }
}

/* ---- The rest ---- */

static void print_drivers(void)
{
    psa_key_location_t location;
    char place[SHORT_NAME_SIZE];
    const char *name;
    for (uint32_t i = 1; (name = psacrypto_driver_name(i, &location)) != NULL; i++) {
        short_location(place, location);
        printf("driver %u   %s (%s)\n", (unsigned)i, name, place);
    }
}

static int print_store(void)
{
    char store[PSACRYPTO_STORE_PATH_MAX + PSACRYPTO_TEXT_SIZE];
    if (psacrypto_store_text(store, sizeof(store)) == 0) {
        printf("store      none\n");
        return fail_call(psacrypto_last_error().status, "store");
    }
    printf("store      %s\n", store);
    return EXIT_DONE;
}

static int self_test(void)
{
    psa_status_t status = psacrypto_self_test();
    if (status != PSA_SUCCESS) {
        return fail_call(status, "self-test");
    }
    printf("self-test  all answers are right\n");
    return EXIT_DONE;
}

int verb_info(const struct options *options)
{
    char cpu[PSACRYPTO_TEXT_SIZE];
    if (options->markdown) {
        print_table();
        return EXIT_DONE;
    }
    printf("library    libpsacrypto %s\n", psacrypto_version());
    printf("interface  PSA Certified Crypto API %d.%d\n", PSA_CRYPTO_API_VERSION_MAJOR, PSA_CRYPTO_API_VERSION_MINOR);
    printf("cpu        %s\n", psacrypto_cpu_text(cpu, sizeof(cpu)) == 0 ? "portable code alone" : cpu);
    print_drivers();
    int status = print_store();
    if (options->self_test && status == EXIT_DONE) {
        status = self_test();
    }
    printf("\n");
    print_table();
    return status;
}
