/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DES keys: eight bytes of odd parity, or two or three times that (Crypto API, PSA_KEY_TYPE_DES). Keys made here have that parity.
 * Those imported may have any, and are exported as they came: the cipher never looks at these bits, and keys in use, those of the
 * official conformance suite among them, do not keep to the rule.
 */
#include <psacrypto/config.h>

#include "software/key_type.h"
#include "util/bytes.h"
#include "util/ct.h"

#if PSA_WANT_KEY_TYPE_DES

#define KEY_LENGTH 8u

static int matches(psa_key_type_t type)
{
    return type == PSA_KEY_TYPE_DES;
}

static int length_is_valid(size_t length)
{
    return length == KEY_LENGTH || length == 2 * KEY_LENGTH || length == 3 * KEY_LENGTH;
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    (void)type;
    (void)data;
    if (!length_is_valid(data_length) || (*bits != 0 && *bits != 8u * data_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *bits = 8u * data_length;
    return PSA_SUCCESS;
}

/* SP 800-67, 3.3.2: keys under which enciphering is deciphering, or is so under another of them. */
static const uint64_t weak_keys[] = {
    0x0101010101010101u, 0xFEFEFEFEFEFEFEFEu, 0xE0E0E0E0F1F1F1F1u, 0x1F1F1F1F0E0E0E0Eu, 0x011F011F010E010Eu, 0x1F011F010E010E01u,
    0x01E001E001F101F1u, 0xE001E001F101F101u, 0x01FE01FE01FE01FEu, 0xFE01FE01FE01FE01u, 0x1FE01FE00EF10EF1u, 0xE01FE01FF10EF10Eu,
    0x1FFE1FFE0EFE0EFEu, 0xFE1FFE1FFE0EFE0Eu, 0xE0FEE0FEF1FEF1FEu, 0xFEE0FEE0FEF1FEF1u,
};

static int is_weak(const uint8_t key[KEY_LENGTH])
{
    const uint64_t value = load64_be(key);
    uint64_t weak = 0;

    for (size_t i = 0; i < sizeof(weak_keys) / sizeof(weak_keys[0]); i++) {
        weak |= ct_mask_zero64(value ^ weak_keys[i]);
    }
    CT_PUBLIC(&weak, sizeof(weak)); /* such a key is discarded */
    return weak != 0;
}

/* The sum of a byte's bits, modulo 2. */
static uint8_t parity(uint8_t x)
{
    x ^= x >> 4;
    x ^= x >> 2;
    return (x ^ x >> 1) & 1u;
}

/* "Key derivation": eight bytes, their parity set; again if the key is a weak one. */
static psa_status_t draw_one(uint8_t key[KEY_LENGTH], psacrypto_draw_t draw, void *source)
{
    psa_status_t status;

    do {
        status = draw(source, key, KEY_LENGTH);
        for (size_t i = 0; i < KEY_LENGTH; i++) {
            key[i] ^= parity(key[i]) ^ 1u;
        }
    } while (status == PSA_SUCCESS && is_weak(key));
    return status;
}

static psa_status_t derive(psa_key_type_t type, size_t bits, psacrypto_draw_t draw, void *source, struct sw_blob *blob)
{
    const size_t length = bits / 8u;

    (void)type;
    if (bits % 8u != 0 || !length_is_valid(length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (blob->size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    for (size_t i = 0; i < length; i += KEY_LENGTH) {
        const psa_status_t status = draw_one(blob->data + i, draw, source);
        if (status != PSA_SUCCESS) {
            return status;
        }
    }
    blob->length = length;
    return PSA_SUCCESS;
}

static psa_status_t generate(psa_key_type_t type, size_t bits, const struct sw_custom *custom, struct sw_blob *blob)
{
    return sw_generate_by_derive(&sw_key_type_des, type, bits, custom, blob);
}

const struct sw_key_type sw_key_type_des = {
    .matches = matches,
    .import = import,
    .generate = generate,
    .derive = derive,
};

#endif
