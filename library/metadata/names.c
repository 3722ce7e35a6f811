/* SPDX-License-Identifier: Apache-2.0 */
#include "metadata/names.h"

/* ---- Words ---- */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static int ends_word(char c)
{
    return c == '\0' || c == '(' || c == ')' || c == ',' || c == '|' || c == ':';
}

struct word word_take(const char **at)
{
    struct word word = { *at, 0 };
    while (!ends_word(word.start[word.length])) {
        word.length++;
    }
    *at += word.length;
    return word;
}

int character_take(const char **at, char character)
{
    while (**at == ' ') {
        ++*at;
    }
    if (**at != character) {
        return 0;
    }
    *at += character != '\0';
    return 1;
}

static struct word skip_marks(struct word word)
{
    while (word.length != 0 && !is_letter(*word.start) && !is_digit(*word.start)) {
        word.start++;
        word.length--;
    }
    return word;
}

int word_begins(struct word word, const char *name, struct word *rest)
{
    for (; *name != '\0'; name++) {
        if (!is_letter(*name) && !is_digit(*name)) {
            continue;
        }
        word = skip_marks(word);
        if (word.length == 0 || lower(*word.start) != lower(*name)) {
            return 0;
        }
        word.start++;
        word.length--;
    }
    *rest = skip_marks(word);
    return 1;
}

struct word word_without(struct word word, const char *prefix)
{
    struct word rest;
    return word_begins(word, prefix, &rest) && rest.length != 0 ? rest : word;
}

int word_is(struct word word, const char *name)
{
    struct word rest;
    return word_begins(word, name, &rest) && rest.length == 0;
}

static int digit_value(char c)
{
    return is_digit(c) ? c - '0' : lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : 16;
}

static int digits_value(struct word word, unsigned base, uint32_t *number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < word.length; i++) {
        unsigned digit = (unsigned)digit_value(word.start[i]);
        if (digit >= base) {
            return 0;
        }
        value = value * base + digit;
        if (value > UINT32_MAX) {
            return 0;
        }
    }
    *number = (uint32_t)value;
    return word.length != 0;
}

int word_number(struct word word, uint32_t *number)
{
    struct word rest;
    word = skip_marks(word);
    while (word.length != 0 && word.start[word.length - 1u] == ' ') {
        word.length--;
    }
    return word_begins(word, "0x", &rest) ? digits_value(rest, 16, number) : digits_value(word, 10, number);
}

/* ---- Statuses ---- */

static const struct {
    psa_status_t status;
    const char *name;
} statuses[] = {
    { PSA_SUCCESS, "PSA_SUCCESS" },
    { PSA_ERROR_GENERIC_ERROR, "PSA_ERROR_GENERIC_ERROR" },
    { PSA_ERROR_NOT_PERMITTED, "PSA_ERROR_NOT_PERMITTED" },
    { PSA_ERROR_NOT_SUPPORTED, "PSA_ERROR_NOT_SUPPORTED" },
    { PSA_ERROR_INVALID_ARGUMENT, "PSA_ERROR_INVALID_ARGUMENT" },
    { PSA_ERROR_INVALID_HANDLE, "PSA_ERROR_INVALID_HANDLE" },
    { PSA_ERROR_BAD_STATE, "PSA_ERROR_BAD_STATE" },
    { PSA_ERROR_BUFFER_TOO_SMALL, "PSA_ERROR_BUFFER_TOO_SMALL" },
    { PSA_ERROR_ALREADY_EXISTS, "PSA_ERROR_ALREADY_EXISTS" },
    { PSA_ERROR_DOES_NOT_EXIST, "PSA_ERROR_DOES_NOT_EXIST" },
    { PSA_ERROR_INSUFFICIENT_MEMORY, "PSA_ERROR_INSUFFICIENT_MEMORY" },
    { PSA_ERROR_INSUFFICIENT_STORAGE, "PSA_ERROR_INSUFFICIENT_STORAGE" },
    { PSA_ERROR_INSUFFICIENT_DATA, "PSA_ERROR_INSUFFICIENT_DATA" },
    { PSA_ERROR_COMMUNICATION_FAILURE, "PSA_ERROR_COMMUNICATION_FAILURE" },
    { PSA_ERROR_STORAGE_FAILURE, "PSA_ERROR_STORAGE_FAILURE" },
    { PSA_ERROR_HARDWARE_FAILURE, "PSA_ERROR_HARDWARE_FAILURE" },
    { PSA_ERROR_INSUFFICIENT_ENTROPY, "PSA_ERROR_INSUFFICIENT_ENTROPY" },
    { PSA_ERROR_INVALID_SIGNATURE, "PSA_ERROR_INVALID_SIGNATURE" },
    { PSA_ERROR_INVALID_PADDING, "PSA_ERROR_INVALID_PADDING" },
    { PSA_ERROR_CORRUPTION_DETECTED, "PSA_ERROR_CORRUPTION_DETECTED" },
    { PSA_ERROR_DATA_CORRUPT, "PSA_ERROR_DATA_CORRUPT" },
    { PSA_ERROR_DATA_INVALID, "PSA_ERROR_DATA_INVALID" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *status_name(psa_status_t status)
{
    for (size_t i = 0; i < COUNT(statuses); i++) {
        if (statuses[i].status == status) {
            return statuses[i].name;
        }
    }
    return NULL;
}

int status_from_name(psa_status_t *status, const char *name)
{
    struct word word = word_without(word_without(word_take(&name), "PSA_"), "ERROR_");
    for (size_t i = 0; *name == '\0' && i < COUNT(statuses); i++) {
        const char *own = statuses[i].name + (statuses[i].status == PSA_SUCCESS ? sizeof("PSA") : sizeof("PSA_ERROR"));
        if (word_is(word, own)) {
            *status = statuses[i].status;
            return 1;
        }
    }
    return 0;
}

/* ---- Usage flags ---- */

struct usage_row {
    psa_key_usage_t flag;
    const char *name;
};

static const struct usage_row usages[] = {
    { PSA_KEY_USAGE_EXPORT, "EXPORT" },
    { PSA_KEY_USAGE_COPY, "COPY" },
    { PSA_KEY_USAGE_CACHE, "CACHE" },
    { PSA_KEY_USAGE_DERIVE_PUBLIC, "DERIVE_PUBLIC" },
    { PSA_KEY_USAGE_ENCRYPT, "ENCRYPT" },
    { PSA_KEY_USAGE_DECRYPT, "DECRYPT" },
    { PSA_KEY_USAGE_SIGN_MESSAGE, "SIGN_MESSAGE" },
    { PSA_KEY_USAGE_VERIFY_MESSAGE, "VERIFY_MESSAGE" },
    { PSA_KEY_USAGE_SIGN_HASH, "SIGN_HASH" },
    { PSA_KEY_USAGE_VERIFY_HASH, "VERIFY_HASH" },
    { PSA_KEY_USAGE_DERIVE, "DERIVE" },
    { PSA_KEY_USAGE_VERIFY_DERIVATION, "VERIFY_DERIVATION" },
    { PSA_KEY_USAGE_WRAP, "WRAP" },
    { PSA_KEY_USAGE_UNWRAP, "UNWRAP" },
};

/* Of a hash, and of a message with it. */
static const struct usage_row short_usages[] = {
    { PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_SIGN_HASH, "SIGN" },
    { PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH, "VERIFY" },
};

void usage_name(struct text *text, psa_key_usage_t usage)
{
    const char *between = "";
    for (size_t i = 0; i < COUNT(usages); i++) {
        if ((usage & usages[i].flag) != 0) {
            text_string(text, between);
            text_string(text, "PSA_KEY_USAGE_");
            text_string(text, usages[i].name);
            usage &= ~usages[i].flag;
            between = " | ";
        }
    }
    if (usage != 0) {
        text_string(text, between);
        text_hexadecimal(text, usage, 8);
    } else if (*between == '\0') {
        text_character(text, '0');
    }
}

static int find_usage(psa_key_usage_t *flag, const struct usage_row *rows, size_t count, struct word word)
{
    for (size_t i = 0; i < count; i++) {
        if (word_is(word, rows[i].name)) {
            *flag = rows[i].flag;
            return 1;
        }
    }
    return 0;
}

static int one_usage(psa_key_usage_t *flag, struct word word)
{
    word = word_without(word, "PSA_KEY_USAGE_");
    return find_usage(flag, usages, COUNT(usages), word) || find_usage(flag, short_usages, COUNT(short_usages), word) ||
           word_number(word, flag);
}

/* Up to a blank, a comma or a bar. */
static struct word take_flag(const char **at)
{
    while (**at == ' ' || **at == ',' || **at == '|') {
        ++*at;
    }
    struct word word = { *at, 0 };
    while (!ends_word(word.start[word.length]) && word.start[word.length] != ' ') {
        word.length++;
    }
    *at += word.length;
    return word;
}

int usage_from_name(psa_key_usage_t *usage, const char *names)
{
    struct word word;
    *usage = 0;
    while ((word = take_flag(&names)).length != 0) {
        psa_key_usage_t flag;
        if (!one_usage(&flag, word)) {
            return 0;
        }
        *usage |= flag;
    }
    return *names == '\0';
}
