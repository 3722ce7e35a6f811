/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ECDSA signatures in DER: SEQUENCE { INTEGER r, INTEGER s } (RFC 3279, 2.2.3). The PSA Crypto API has r and s as big-endian
 * numbers of half the length each.
 */
#include "psa.h"

#include <string.h>

#define TAG_INTEGER 0x02u
#define TAG_SEQUENCE 0x30u

/* P-521 gives 139 bytes of contents: the length may take two bytes. */
static size_t header(uint8_t *der, uint8_t tag, size_t length)
{
    size_t count = 0;
    der[count++] = tag;
    if (length >= 0x80u) {
        der[count++] = 0x81u;
    }
    der[count++] = (uint8_t)length;
    return count;
}

/* Without leading zeros, but for one where the first bit is set: it would be a sign. */
static size_t put_integer(uint8_t *der, const uint8_t *number, size_t length)
{
    while (length > 1u && *number == 0) {
        number++;
        length--;
    }
    size_t sign = *number >> 7;
    size_t at = header(der, TAG_INTEGER, sign + length);
    der[at] = 0;
    memcpy(der + at + sign, number, length);
    return at + sign + length;
}

size_t signature_to_der(uint8_t *der, size_t der_size, const uint8_t *raw, size_t raw_length)
{
    uint8_t body[SIGNATURE_DER_SIZE(2u * 66u)];
    size_t half = raw_length / 2u;
    if (half == 0 || half > 66u || raw_length % 2u != 0) {
        return 0;
    }
    size_t length = put_integer(body, raw, half);
    length += put_integer(body + length, raw + half, half);
    if (der_size < length + 3u) {
        return 0;
    }
    size_t at = header(der, TAG_SEQUENCE, length);
    memcpy(der + at, body, length);
    return at + length;
}

/* What is left to read. */
struct rest {
    const uint8_t *at;
    size_t length;
};

/* The contents of the next element; strict: the shortest form of the length. */
static int take(struct rest *contents, struct rest *rest, uint8_t tag)
{
    if (rest->length < 2u || rest->at[0] != tag) {
        return 0;
    }
    size_t count = 2;
    size_t length = rest->at[1];
    if (length == 0x81u && rest->length > 2u) {
        length = rest->at[count++];
        if (length < 0x80u) {
            return 0;
        }
    } else if (length >= 0x80u) {
        return 0;
    }
    if (length > rest->length - count) {
        return 0;
    }
    contents->at = rest->at + count;
    contents->length = length;
    rest->at += count + length;
    rest->length -= count + length;
    return 1;
}

static int take_integer(uint8_t *number, size_t length, struct rest *rest)
{
    struct rest contents;
    if (!take(&contents, rest, TAG_INTEGER) || contents.length == 0 || contents.at[0] >= 0x80u) {
        return 0;
    }
    if (contents.at[0] == 0 && contents.length > 1u) {
        contents.at++;
        contents.length--;
        if (contents.at[0] < 0x80u) {
            return 0;
        }
    }
    if (contents.length > length) {
        return 0;
    }
    memset(number, 0, length - contents.length);
    memcpy(number + length - contents.length, contents.at, contents.length);
    return 1;
}

int signature_from_der(uint8_t *raw, size_t raw_length, const uint8_t *der, size_t der_length)
{
    struct rest all = { der, der_length };
    struct rest body;
    size_t half = raw_length / 2u;
    return take(&body, &all, TAG_SEQUENCE) && all.length == 0 && take_integer(raw, half, &body) && take_integer(raw + half, half, &body) &&
           body.length == 0;
}
