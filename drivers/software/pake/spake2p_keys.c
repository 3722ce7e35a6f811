/* SPDX-License-Identifier: Apache-2.0 */
/* SPAKE2+ keys as the driver's table of key types wants them (Crypto API, PSA_KEY_TYPE_SPAKE2P_KEY_PAIR). */
#include "software/pake/spake2p.h"

#if SW_HAS_SPAKE2P_KEYS

#include <string.h>

#include "software/key_type.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* RFC 9383, 3.2: so many more bytes are drawn for a scalar than the order has, that the bias of the remainder is nothing. */
#define EXCESS 8u

static int matches(psa_key_type_t type)
{
    return (PSA_WANT_KEY_TYPE_SPAKE2P_KEY_PAIR && PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type)) ||
           (PSA_WANT_KEY_TYPE_SPAKE2P_PUBLIC_KEY && PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type));
}

/* ---- Formats ---- */

static int is_little_endian(const struct sw_group *group)
{
    return group->curve->family == PSA_ECC_FAMILY_TWISTED_EDWARDS;
}

void sw_spake2p_read_scalar(const struct sw_group *group, uint8_t *scalar, const uint8_t *formatted)
{
    size_t length = group->scalar_length;
    for (size_t i = 0; i < length; i++) {
        scalar[i] = is_little_endian(group) ? formatted[length - 1u - i] : formatted[i];
    }
}

/* The other way. */
static void write_scalar(const struct sw_group *group, uint8_t *formatted, const uint8_t *scalar)
{
    size_t length = group->scalar_length;
    memset(formatted, 0, sw_spake2p_scalar_length(group));
    for (size_t i = 0; i < length; i++) {
        formatted[i] = is_little_endian(group) ? scalar[length - 1u - i] : scalar[i];
    }
}

psa_status_t sw_spake2p_read_l(const struct sw_group *group, uint8_t *l, const struct psacrypto_key *key)
{
    uint8_t w1[SW_GROUP_SCALAR_MAX];
    const uint8_t *second = key->blob + sw_spake2p_scalar_length(group);
    if (PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(psa_get_key_type(key->attributes))) {
        memcpy(l, second, group->element_length);
        return PSA_SUCCESS;
    }
    sw_spake2p_read_scalar(group, w1, second);
    psa_status_t status = sw_group_multiply_base(group, l, w1);
    ZEROISE(w1);
    return status;
}

static size_t key_length(const struct sw_group *group, int is_public)
{
    size_t scalar_length = sw_spake2p_scalar_length(group);
    return is_public ? scalar_length + group->element_length : 2u * scalar_length;
}

/* ---- Import ---- */

/* The curve of this size; where the size is not given, the one whose keys have this length. */
static psa_status_t find(struct sw_group *group, psa_key_type_t type, size_t bits, size_t length)
{
    static const uint16_t sizes[] = { 255, 256, 384, 448, 521 };
    psa_ecc_family_t family = PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type);
    struct sw_spake2p_group candidate;
    if (!sw_curve_has_family(family)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (bits != 0 && PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits) == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if ((bits != 0 && bits != sizes[i]) || sw_spake2p_find(&candidate, family, sizes[i]) != PSA_SUCCESS) {
            continue;
        }
        *group = candidate.group;
        if (bits != 0 || key_length(group, PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type)) == length) {
            return PSA_SUCCESS;
        }
    }
    return bits != 0 ? PSA_ERROR_NOT_SUPPORTED : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t check_scalar(const struct sw_group *group, const uint8_t *formatted)
{
    uint8_t scalar[SW_GROUP_SCALAR_MAX];
    uint32_t above = 0;
    sw_spake2p_read_scalar(group, scalar, formatted);
    for (size_t i = group->scalar_length; i < sw_spake2p_scalar_length(group); i++) { /* edwards448 */
        above |= formatted[i];
    }
    uint32_t valid = sw_group_scalar_is_valid(group, scalar) & ct_mask_zero32(above);
    ZEROISE(scalar);
    CT_PUBLIC(&valid, sizeof valid); /* whether a key is one is what the caller asks */
    return valid != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    int is_public = PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type);
    struct sw_group group;
    psa_status_t status = find(&group, type, *bits, data_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (data_length != key_length(&group, is_public)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *bits = group.curve->bits;
    status = check_scalar(&group, data);
    data += sw_spake2p_scalar_length(&group);
    if (status == PSA_SUCCESS) {
        status = is_public ? sw_group_check(&group, data) : check_scalar(&group, data);
    }
    return status;
}

/* ---- Derivation ---- */

/* w = ws modulo the order, ws being drawn. */
static psa_status_t draw_scalar(const struct sw_group *group, uint8_t *formatted, psacrypto_draw_t draw, void *source)
{
    uint8_t drawn[SW_GROUP_SCALAR_MAX + EXCESS], scalar[SW_GROUP_SCALAR_MAX];
    size_t length = group->scalar_length + EXCESS;
    psa_status_t status = draw(source, drawn, length);
    if (status == PSA_SUCCESS) {
        sw_group_scalar_reduce(group, scalar, drawn, length);
        write_scalar(group, formatted, scalar);
        status = check_scalar(group, formatted); /* 0 does not happen */
    }
    ZEROISE(drawn);
    ZEROISE(scalar);
    return status;
}

static psa_status_t derive(psa_key_type_t type, size_t bits, psacrypto_draw_t draw, void *source, struct sw_blob *blob)
{
    struct sw_group group;
    if (!PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type) || bits == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_status_t status = find(&group, type, bits, 0);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (blob->size < key_length(&group, 0)) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    status = draw_scalar(&group, blob->data, draw, source);
    if (status == PSA_SUCCESS) {
        status = draw_scalar(&group, blob->data + sw_spake2p_scalar_length(&group), draw, source);
    }
    if (status == PSA_SUCCESS) {
        blob->length = key_length(&group, 0);
    }
    return status;
}

/* ---- The verifier's key ---- */

static psa_status_t export_public(const struct psacrypto_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct sw_group group;
    psa_status_t status = find(&group, psa_get_key_type(key->attributes), psa_get_key_bits(key->attributes), 0);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (key->length != key_length(&group, 0)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (data_size < key_length(&group, 1)) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    size_t scalar_length = sw_spake2p_scalar_length(&group);
    status = sw_spake2p_read_l(&group, data + scalar_length, key);
    if (status == PSA_SUCCESS) {
        memmove(data, key->blob, scalar_length);
        *data_length = key_length(&group, 1);
    }
    return status;
}

const struct sw_key_type sw_key_type_spake2p = {
    .matches = matches,
    .import = import,
    .derive = derive,
    .export_public = export_public,
};

#endif
