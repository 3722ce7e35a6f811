/* SPDX-License-Identifier: Apache-2.0 */
/* Keys that are bytes: secrets, passwords, symmetric keys. A type is one row with the lengths that it has. */
#include <psacrypto/config.h>

#include "software/key_type.h"

struct lengths {
    psa_key_type_t type;
    uint16_t minimum, maximum, step; /* bytes; the step is a power of two */
};

/* 65528 bits: the longest whole bytes that the size attribute, which has 16 bits, can say. */
#define LENGTH_MAX 8191u

/* The one that comes most often first. */
static const struct lengths table[] = {
#if PSA_WANT_KEY_TYPE_AES
    { PSA_KEY_TYPE_AES, 16, 32, 8 },
    { PSA_KEY_TYPE_AES, 48, 64, 16 }, /* XTS: two keys; those of 128 bits have the length of one of 256 */
#endif
#if PSA_WANT_KEY_TYPE_RAW_DATA
    { PSA_KEY_TYPE_RAW_DATA, 1, LENGTH_MAX, 1 },
#endif
#if PSA_WANT_KEY_TYPE_DERIVE
    { PSA_KEY_TYPE_DERIVE, 1, LENGTH_MAX, 1 },
#endif
#if PSA_WANT_KEY_TYPE_PASSWORD
    { PSA_KEY_TYPE_PASSWORD, 1, LENGTH_MAX, 1 },
#endif
#if PSA_WANT_KEY_TYPE_PASSWORD_HASH
    { PSA_KEY_TYPE_PASSWORD_HASH, 1, LENGTH_MAX, 1 },
#endif
#if PSA_WANT_KEY_TYPE_PEPPER
    { PSA_KEY_TYPE_PEPPER, 1, LENGTH_MAX, 1 },
#endif
#if PSA_WANT_KEY_TYPE_HMAC
    /* Longer than the hash's block as well: such a key is kept, and exported, as given. */
    { PSA_KEY_TYPE_HMAC, 1, LENGTH_MAX, 1 },
#endif
#if PSA_WANT_KEY_TYPE_BLAKE2
    { PSA_KEY_TYPE_BLAKE2, 1, 64, 1 },
#endif
#if PSA_WANT_KEY_TYPE_ARIA
    { PSA_KEY_TYPE_ARIA, 16, 32, 8 },
    { PSA_KEY_TYPE_ARIA, 48, 64, 16 },
#endif
#if PSA_WANT_KEY_TYPE_CAMELLIA
    { PSA_KEY_TYPE_CAMELLIA, 16, 32, 8 },
    { PSA_KEY_TYPE_CAMELLIA, 48, 64, 16 },
#endif
#if PSA_WANT_KEY_TYPE_SM4
    { PSA_KEY_TYPE_SM4, 16, 32, 16 },
#endif
#if PSA_WANT_KEY_TYPE_ARC4
    { PSA_KEY_TYPE_ARC4, 5, 256, 1 },
#endif
#if PSA_WANT_KEY_TYPE_XCHACHA20
    { PSA_KEY_TYPE_XCHACHA20, 32, 32, 1 },
#endif
#if PSA_WANT_KEY_TYPE_CHACHA20
    { PSA_KEY_TYPE_CHACHA20, 32, 32, 1 },
#endif
#if PSA_WANT_KEY_TYPE_ASCON
    { PSA_KEY_TYPE_ASCON, 16, 32, 16 },
#endif
    { PSA_KEY_TYPE_NONE, 0, 0, 1 }, /* the end */
};

static const struct lengths *find(psa_key_type_t type)
{
    const struct lengths *row = table;
    while (row->type != PSA_KEY_TYPE_NONE && row->type != type) {
        row++;
    }
    return row->type != PSA_KEY_TYPE_NONE ? row : NULL;
}

static int matches(psa_key_type_t type)
{
    return find(type) != NULL;
}

/* A type may have two rows, one behind the other. */
static int length_is_valid(psa_key_type_t type, size_t length)
{
    for (const struct lengths *row = find(type); row->type == type; row++) {
        if (length >= row->minimum && length <= row->maximum && ((length - row->minimum) & (row->step - 1u)) == 0) {
            return 1;
        }
    }
    return 0;
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    (void)data;
    if (!length_is_valid(type, data_length) || (*bits != 0 && *bits != 8u * data_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *bits = 8u * data_length;
    return PSA_SUCCESS;
}

static psa_status_t derive(psa_key_type_t type, size_t bits, psacrypto_draw_t draw, void *source, struct sw_blob *blob)
{
    size_t length = bits / 8u;
    if (bits % 8u != 0 || !length_is_valid(type, length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (blob->size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    psa_status_t status = draw(source, blob->data, length);
    if (status == PSA_SUCCESS) {
        blob->length = length;
    }
    return status;
}

static psa_status_t generate(psa_key_type_t type, size_t bits, const struct sw_custom *custom, struct sw_blob *blob)
{
    return sw_generate_by_derive(&sw_key_type_unstructured, type, bits, custom, blob);
}

const struct sw_key_type sw_key_type_unstructured = {
    .matches = matches,
    .import = import,
    .generate = generate,
    .derive = derive,
};
