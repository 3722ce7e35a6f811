/* SPDX-License-Identifier: Apache-2.0 */
/* Names and digits for people. */
#include "psa.h"

#include <stdio.h>
#include <string.h>

#include <psacrypto/diagnostics.h>

static const char *const prefixes[] = {
    "PSA_ALG_", "PSA_KEY_TYPE_", "PSA_ECC_FAMILY_", "PSA_DH_FAMILY_", "PSA_SLH_DSA_FAMILY_", "PSA_KEY_USAGE_",
};

/* How much of the text is a prefix. */
static size_t prefix_length(const char *text)
{
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        size_t length = strlen(prefixes[i]);
        if (strncmp(text, prefixes[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

static void shorten(char name[SHORT_NAME_SIZE], const char *from)
{
    size_t length = 0;
    while (*from != '\0' && length + 1u < SHORT_NAME_SIZE) {
        size_t skip = prefix_length(from);
        from += skip;
        if (skip == 0) {
            name[length++] = *from++;
        }
    }
    name[length] = '\0';
}

void short_algorithm(char name[SHORT_NAME_SIZE], psa_algorithm_t alg)
{
    char whole[PSACRYPTO_TEXT_SIZE];
    (void)psacrypto_algorithm_name(alg, whole, sizeof(whole));
    shorten(name, whole);
}

void short_key_type(char name[SHORT_NAME_SIZE], psa_key_type_t type)
{
    char whole[PSACRYPTO_TEXT_SIZE];
    (void)psacrypto_key_type_name(type, whole, sizeof(whole));
    shorten(name, whole);
}

/* "A | B_C" -> "a,b-c" */
void short_usage(char name[SHORT_NAME_SIZE], psa_key_usage_t usage)
{
    char whole[PSACRYPTO_TEXT_SIZE];
    char upper[SHORT_NAME_SIZE];
    size_t length = 0;
    (void)psacrypto_key_usage_name(usage, whole, sizeof(whole));
    shorten(upper, usage == 0 ? "-" : whole);
    for (const char *at = upper; *at != '\0'; at++) {
        if (*at == '|') {
            name[length++] = ',';
        } else if (*at != ' ') {
            name[length++] = *at == '_' ? '-' : *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        }
    }
    name[length] = '\0';
}

void short_location(char name[SHORT_NAME_SIZE], psa_key_location_t location)
{
    if (location == PSA_KEY_LOCATION_LOCAL_STORAGE) {
        (void)strcpy(name, "local");
    } else if (location == PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT) {
        (void)strcpy(name, "secure-element");
    } else {
        (void)snprintf(name, SHORT_NAME_SIZE, "0x%x", (unsigned)location);
    }
}

void short_lifetime(char name[SHORT_NAME_SIZE], psa_key_lifetime_t lifetime)
{
    psa_key_persistence_t persistence = PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime);
    if (persistence == PSA_KEY_PERSISTENCE_VOLATILE) {
        (void)strcpy(name, "volatile");
    } else if (persistence == PSA_KEY_PERSISTENCE_DEFAULT) {
        (void)strcpy(name, "persistent");
    } else if (persistence == PSA_KEY_PERSISTENCE_READ_ONLY) {
        (void)strcpy(name, "read-only");
    } else {
        (void)snprintf(name, SHORT_NAME_SIZE, "0x%02x", (unsigned)persistence);
    }
}

/* ---- Hexadecimal digits ---- */

void hex_write(char *text, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        text[2u * i] = "0123456789abcdef"[data[i] >> 4];
        text[2u * i + 1u] = "0123456789abcdef"[data[i] & 15u];
    }
    text[2u * length] = '\0';
}

static int digit_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int hex_read(uint8_t *data, size_t size, size_t *length, const char *text, size_t text_length)
{
    size_t digits = 0;
    for (size_t i = 0; i < text_length; i++) {
        int value = digit_value(text[i]);
        if (strchr(" \t\r\n", text[i]) != NULL && text[i] != '\0') {
            continue;
        }
        if (value < 0 || digits / 2u >= size) {
            return 0;
        }
        data[digits / 2u] = (uint8_t)(digits % 2u == 0 ? value << 4 : data[digits / 2u] | value);
        digits++;
    }
    *length = digits / 2u;
    return digits % 2u == 0;
}

int write_digits(struct output *output, const uint8_t *data, size_t length)
{
    char digits[2u * 64u + 1u];
    int status = EXIT_DONE;
    for (size_t at = 0; status == EXIT_DONE && at < length; at += 64u) {
        size_t portion = length - at < 64u ? length - at : 64u;
        hex_write(digits, data + at, portion);
        status = output_write(output, digits, 2u * portion);
    }
    wipe(digits, sizeof(digits));
    return status;
}

int write_bytes_or_hex(struct output *output, const uint8_t *data, size_t length, int hex)
{
    if (!hex) {
        return output_write(output, data, length);
    }
    int status = write_digits(output, data, length);
    return status == EXIT_DONE ? output_write(output, "\n", 1) : status;
}
