/* SPDX-License-Identifier: Apache-2.0 */
/* Finite-field Diffie-Hellman keys as the driver's table of key types wants them: x and y = 2^x mod p, both as long as p. */
#include "software/ffdh/group.h"

#if SW_HAS_FFDH

#include "software/key_type.h"
#include "util/ct.h"

static int matches(psa_key_type_t type)
{
    return (PSA_WANT_KEY_TYPE_DH_KEY_PAIR && PSA_KEY_TYPE_IS_DH_KEY_PAIR(type)) ||
           (PSA_WANT_KEY_TYPE_DH_PUBLIC_KEY && PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type));
}

static const struct sw_ffdh_group *group_of(const psa_key_attributes_t *attributes)
{
    return sw_ffdh_find(PSA_KEY_TYPE_DH_GET_FAMILY(psa_get_key_type(attributes)), psa_get_key_bits(attributes));
}

/* All-ones if value > p - less, else 0: the borrow of a subtraction. less is 1 or 2, and p ends in FF. */
static uint32_t is_above(const uint8_t *value, const uint8_t *p, uint32_t less, size_t length)
{
    uint32_t borrow = less;
    for (size_t i = length; i-- > 0;) {
        borrow = ((uint32_t)p[i] - value[i] - borrow) >> 31;
    }
    return ct_mask_nonzero32(borrow);
}

/* All-ones if value <= most, a byte, else 0. */
static uint32_t is_at_most(const uint8_t *value, uint8_t most, size_t length)
{
    uint32_t above = ct_mask_less32(most, value[length - 1u]);
    for (size_t i = 0; i + 1u < length; i++) {
        above |= value[i];
    }
    return ct_mask_zero32(above);
}

/* A private key: 1 <= x <= p - 1, the range of those that are derived. A public one: 2 <= y <= p - 2 (RFC 7919, 5.1); that it is in the
 * subgroup is looked at when a private key is to meet it. */
static psa_status_t check_range(const uint8_t *value, const uint8_t *p, int is_public, size_t length)
{
    uint32_t wrong = is_public ? is_at_most(value, 1, length) | is_above(value, p, 2, length)
                               : is_at_most(value, 0, length) | is_above(value, p, 1, length);
    CT_PUBLIC(&wrong, sizeof wrong); /* whether a key is one is what the caller asks */
    return wrong == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    uint8_t p[SW_FFDH_LENGTH_MAX];
    psa_dh_family_t family = PSA_KEY_TYPE_DH_GET_FAMILY(type);
    size_t size = *bits != 0 ? *bits : 8u * data_length;
    const struct sw_ffdh_group *group = sw_ffdh_find(family, size);
    if (group == NULL) {
        return *bits != 0 || !sw_ffdh_has_family(family) ? PSA_ERROR_NOT_SUPPORTED : PSA_ERROR_INVALID_ARGUMENT;
    }
    if (8u * data_length != size) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *bits = size;
    sw_ffdh_prime(group, p);
    return check_range(data, p, PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type), data_length);
}

/* "Key derivation" of PSA_KEY_TYPE_DH_KEY_PAIR(): k is drawn until it is at most p - 2, x = k + 1. */
static psa_status_t draw_private(uint8_t *x, const uint8_t *p, size_t length, psacrypto_draw_t draw, void *source)
{
    uint32_t above = 1;
    psa_status_t status = PSA_SUCCESS;
    while (status == PSA_SUCCESS && above != 0) {
        status = draw(source, x, length);
        above = is_above(x, p, 2, length);
        CT_PUBLIC(&above, sizeof above); /* what is thrown away says nothing of what is kept */
    }
    uint32_t carry = 1;
    for (size_t i = length; i-- > 0;) {
        carry += x[i];
        x[i] = (uint8_t)carry;
        carry >>= 8;
    }
    return status;
}

static psa_status_t derive(psa_key_type_t type, size_t bits, psacrypto_draw_t draw, void *source, struct sw_blob *blob)
{
    uint8_t p[SW_FFDH_LENGTH_MAX];
    const struct sw_ffdh_group *group = sw_ffdh_find(PSA_KEY_TYPE_DH_GET_FAMILY(type), bits);
    if (!PSA_KEY_TYPE_IS_DH_KEY_PAIR(type)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (group == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (blob->size < bits / 8u) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    sw_ffdh_prime(group, p);
    psa_status_t status = draw_private(blob->data, p, bits / 8u, draw, source);
    if (status == PSA_SUCCESS) {
        blob->length = bits / 8u;
    }
    return status;
}

static psa_status_t generate(psa_key_type_t type, size_t bits, const struct sw_custom *custom, struct sw_blob *blob)
{
    return sw_generate_by_derive(&sw_key_type_ffdh, type, bits, custom, blob);
}

static psa_status_t export_public(const struct psacrypto_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    uint8_t p[SW_FFDH_LENGTH_MAX];
    uint8_t generator[SW_FFDH_LENGTH_MAX] = { 0 };
    const struct sw_ffdh_group *group = group_of(key->attributes);
    if (group == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (key->length != group->bits / 8u) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (data_size < key->length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    sw_ffdh_prime(group, p);
    generator[key->length - 1u] = 2;
    psa_status_t status = math_group_power(data, p, key->length, generator, key->blob);
    if (status == PSA_SUCCESS) {
        *data_length = key->length;
    }
    return status;
}

const struct sw_key_type sw_key_type_ffdh = {
    .matches = matches,
    .import = import,
    .generate = generate,
    .derive = derive,
    .export_public = export_public,
};

#endif
