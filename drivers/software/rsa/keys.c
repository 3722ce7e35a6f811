/* SPDX-License-Identifier: Apache-2.0 */
/* RSA keys as the driver's table of key types wants them. */
#include "software/rsa/rsa.h"

#if SW_HAS_RSA

#include "platform/platform.h"
#include "software/key_type.h"

static int matches(psa_key_type_t type)
{
    return (PSA_WANT_KEY_TYPE_RSA_KEY_PAIR && type == PSA_KEY_TYPE_RSA_KEY_PAIR) ||
           (PSA_WANT_KEY_TYPE_RSA_PUBLIC_KEY && type == PSA_KEY_TYPE_RSA_PUBLIC_KEY);
}

/* ---- Import ---- */

/* Odd, above 1, of a size for which the size macros of PSA have room. */
static int exponent_is_valid(struct math_integer e)
{
    size_t bits = sw_rsa_bits(e);
    return bits >= 2 && bits <= SW_RSA_EXPONENT_BITS_MAX && (e.data[e.length - 1] & 1u) != 0;
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    struct math_rsa_key key;
    psa_status_t status = sw_rsa_read(&key, type, data, data_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    size_t size = sw_rsa_bits(key.n);
    if ((*bits != 0 && *bits != size) || (key.n.data[key.n.length - 1] & 1u) == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (size < SW_RSA_BITS_MIN || size > SW_RSA_BITS_MAX) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    *bits = size;
    if (!exponent_is_valid(key.e)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (data_length > PSA_EXPORT_KEY_OUTPUT_SIZE(type, size)) {
        return PSA_ERROR_NOT_SUPPORTED; /* primes of very different sizes have a coefficient for which there is no room */
    }
    return type == PSA_KEY_TYPE_RSA_PUBLIC_KEY ? PSA_SUCCESS : math_rsa_check(&key);
}

/* ---- Generation ---- */

/* The exponent: the custom data, which is little-endian, turned round into big_endian; 65537 where there is none. */
static psa_status_t read_exponent(struct math_integer *e, uint8_t *big_endian, const struct sw_custom *custom)
{
    static const uint8_t usual[] = { 1, 0, 1 };
    size_t length = custom->length;
    *e = (struct math_integer){ usual, sizeof usual };
    if (custom->flags != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (length == 0) {
        return PSA_SUCCESS;
    }
    while (length > 1 && custom->data[length - 1u] == 0) {
        length--;
    }
    if (length > SW_RSA_EXPONENT_BITS_MAX / 8u) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    for (size_t i = 0; i < length; i++) {
        big_endian[i] = custom->data[length - 1u - i];
    }
    *e = (struct math_integer){ big_endian, length };
    return exponent_is_valid(*e) ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

/* n and d, and five parts of half the length. */
static size_t parts_size(size_t length)
{
    return 2u * length + 5u * ((length + 1u) / 2u);
}

static struct math_rsa_output place_parts(uint8_t *parts, size_t length)
{
    size_t half = (length + 1u) / 2u;
    uint8_t *halves = parts + 2u * length;
    return (struct math_rsa_output){ length, parts, parts + length, halves, halves + half, halves + 2u * half,
                                     halves + 3u * half, halves + 4u * half };
}

static psa_status_t generate_into(uint8_t *parts, size_t bits, struct math_integer e, struct sw_blob *blob)
{
    struct math_rsa_output made = place_parts(parts, bits / 8u);
    size_t length = made.modulus_length;
    size_t half = (length + 1u) / 2u;
    const struct math_rsa_key key = {
        .n = { made.n, length }, .e = e, .d = { made.d, length }, .p = { made.p, half }, .q = { made.q, half },
        .dp = { made.dp, half }, .dq = { made.dq, half }, .qinv = { made.qinv, half },
    };
    psa_status_t status = math_rsa_generate(&made, bits, e);
    return status == PSA_SUCCESS ? sw_rsa_write_pair(blob->data, blob->size, &blob->length, &key) : status;
}

static psa_status_t generate(psa_key_type_t type, size_t bits, const struct sw_custom *custom, struct sw_blob *blob)
{
    uint8_t big_endian[SW_RSA_EXPONENT_BITS_MAX / 8u];
    struct math_integer e;
    if (type != PSA_KEY_TYPE_RSA_KEY_PAIR || bits % 8u != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (bits < SW_RSA_BITS_MIN || bits > SW_RSA_BITS_MAX) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = read_exponent(&e, big_endian, custom);
    if (status != PSA_SUCCESS) {
        return status;
    }
    size_t size = parts_size(bits / 8u);
    uint8_t *parts = platform_secret_allocate(size);
    if (parts == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    status = generate_into(parts, bits, e, blob);
    platform_secret_free(parts, size);
    return status;
}

/* ---- Use ---- */

psa_status_t sw_rsa_open(struct math_rsa_key *key, const struct psacrypto_key *from)
{
    psa_status_t status = sw_rsa_read(key, psa_get_key_type(from->attributes), from->blob, from->length);
    if (status == PSA_SUCCESS && (key->n.length > SW_RSA_LENGTH_MAX || sw_rsa_bits(key->n) < SW_RSA_BITS_MIN)) {
        status = PSA_ERROR_INVALID_ARGUMENT;
    }
    key->prepared = from->prepared;
    return status;
}

static psa_status_t export_public(const struct psacrypto_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct math_rsa_key parts;
    psa_status_t status = sw_rsa_open(&parts, key);
    return status == PSA_SUCCESS ? sw_rsa_write_public(data, data_size, data_length, &parts) : status;
}

size_t sw_rsa_prepared_size(const struct psacrypto_key *key)
{
    struct math_rsa_key parts;
    return sw_rsa_open(&parts, key) == PSA_SUCCESS ? math_rsa_prepared_size(&parts) : 0;
}

psa_status_t sw_rsa_prepare(const struct psacrypto_key *key, void *memory)
{
    struct math_rsa_key parts;
    psa_status_t status = sw_rsa_open(&parts, key);
    return status == PSA_SUCCESS ? math_rsa_prepare(&parts, memory) : status;
}

/* The specification leaves a derivation of RSA keys to the implementation: there is none here. */
const struct sw_key_type sw_key_type_rsa = {
    .matches = matches,
    .import = import,
    .generate = generate,
    .export_public = export_public,
};

#endif
