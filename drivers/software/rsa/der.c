/* SPDX-License-Identifier: Apache-2.0 */
/* RSAPrivateKey and RSAPublicKey (RFC 8017, A.1) in DER: one encoding for each key. */
#include "software/rsa/rsa.h"

#if SW_HAS_RSA

#include <string.h>

#define INTEGER 0x02u
#define SEQUENCE 0x30u

/* version, n, e, d, p, q, dp, dq, qinv */
#define PAIR_INTEGERS 9u
#define PUBLIC_INTEGERS 2u

/* ---- Reading ---- */

/* The length octets (X.690, 8.1.3, 10.1): as few as can be. Below 64 KiB, which is far above every key. */
static int read_length(struct math_integer *in, size_t *length)
{
    if (in->length == 0) {
        return 0;
    }
    size_t octets = in->data[0] < 0x80u ? 0 : in->data[0] & 0x7fu;
    if ((in->data[0] >= 0x80u && octets == 0) || octets > 2 || in->length < octets + 1u) {
        return 0;
    }
    *length = octets == 0 ? in->data[0] : octets == 1 ? in->data[1] : (size_t)in->data[1] << 8 | in->data[2];
    in->data += octets + 1u;
    in->length -= octets + 1u;
    return octets == 0 || *length >= (octets == 1 ? 0x80u : 0x100u);
}

/* Takes one element with this tag from the front of *in. */
static int read_element(struct math_integer *in, uint8_t tag, struct math_integer *content)
{
    if (in->length == 0 || in->data[0] != tag) {
        return 0;
    }
    in->data++;
    in->length--;
    if (!read_length(in, &content->length) || in->length < content->length) {
        return 0;
    }
    content->data = in->data;
    in->data += content->length;
    in->length -= content->length;
    return 1;
}

/* An INTEGER (X.690, 8.3) that is not negative; its sign octet goes, so that zero alone begins with a zero. */
static int read_integer(struct math_integer *in, struct math_integer *integer)
{
    if (!read_element(in, INTEGER, integer) || integer->length == 0 || integer->data[0] >= 0x80u) {
        return 0;
    }
    if (integer->data[0] == 0 && integer->length > 1) {
        integer->data++;
        integer->length--;
        return integer->data[0] >= 0x80u;
    }
    return 1;
}

static psa_status_t read_integers(struct math_integer *const *integers, size_t count, const uint8_t *der, size_t length)
{
    struct math_integer whole = { der, length };
    struct math_integer content;
    if (!read_element(&whole, SEQUENCE, &content) || whole.length != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < count; i++) {
        if (!read_integer(&content, integers[i])) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
    }
    return content.length == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

psa_status_t sw_rsa_read(struct math_rsa_key *key, psa_key_type_t type, const uint8_t *der, size_t length)
{
    struct math_integer version = { NULL, 0 };
    struct math_integer *const pair[PAIR_INTEGERS] = { &version, &key->n, &key->e, &key->d, &key->p, &key->q,
                                                       &key->dp, &key->dq, &key->qinv };
    memset(key, 0, sizeof *key);
    if (type == PSA_KEY_TYPE_RSA_PUBLIC_KEY) {
        return read_integers(pair + 1, PUBLIC_INTEGERS, der, length);
    }
    psa_status_t status = read_integers(pair, PAIR_INTEGERS, der, length);
    if (status == PSA_SUCCESS && (version.length != 1 || version.data[0] != 0)) {
        status = PSA_ERROR_INVALID_ARGUMENT;
    }
    return status;
}

size_t sw_rsa_bits(struct math_integer integer)
{
    size_t bits = 8u * integer.length;
    for (unsigned top = 0x80; bits != 0 && top != 0 && (integer.data[0] & top) == 0; top >>= 1) {
        bits--;
    }
    return bits;
}

/* ---- Writing ---- */

static struct math_integer without_zeroes(struct math_integer integer)
{
    while (integer.length > 1 && integer.data[0] == 0) {
        integer.data++;
        integer.length--;
    }
    return integer;
}

static size_t head_length(size_t content)
{
    return content < 0x80u ? 2u : content < 0x100u ? 3u : 4u;
}

static uint8_t *write_head(uint8_t *at, uint8_t tag, size_t content)
{
    *at++ = tag;
    if (content >= 0x100u) {
        *at++ = 0x82;
        *at++ = (uint8_t)(content >> 8);
    } else if (content >= 0x80u) {
        *at++ = 0x81;
    }
    *at++ = (uint8_t)content;
    return at;
}

static size_t integer_content(struct math_integer integer)
{
    return integer.length + (integer.data[0] >= 0x80u ? 1u : 0u);
}

static uint8_t *write_integer(uint8_t *at, struct math_integer integer)
{
    at = write_head(at, INTEGER, integer_content(integer));
    if (integer.data[0] >= 0x80u) {
        *at++ = 0;
    }
    memcpy(at, integer.data, integer.length);
    return at + integer.length;
}

/* The integers lose their leading zeroes. */
static psa_status_t write_integers(uint8_t *der, size_t size, size_t *length, struct math_integer *integers, size_t count)
{
    size_t content = 0;
    for (size_t i = 0; i < count; i++) {
        integers[i] = without_zeroes(integers[i]);
        content += head_length(integer_content(integers[i])) + integer_content(integers[i]);
    }
    if (size < head_length(content) + content) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    uint8_t *at = write_head(der, SEQUENCE, content);
    for (size_t i = 0; i < count; i++) {
        at = write_integer(at, integers[i]);
    }
    *length = head_length(content) + content;
    return PSA_SUCCESS;
}

psa_status_t sw_rsa_write_pair(uint8_t *der, size_t size, size_t *length, const struct math_rsa_key *key)
{
    static const uint8_t version = 0;
    struct math_integer integers[PAIR_INTEGERS] = { { &version, 1 }, key->n, key->e, key->d, key->p,
                                                    key->q, key->dp, key->dq, key->qinv };
    return write_integers(der, size, length, integers, PAIR_INTEGERS);
}

psa_status_t sw_rsa_write_public(uint8_t *der, size_t size, size_t *length, const struct math_rsa_key *key)
{
    struct math_integer integers[PUBLIC_INTEGERS] = { key->n, key->e };
    return write_integers(der, size, length, integers, PUBLIC_INTEGERS);
}

#endif
