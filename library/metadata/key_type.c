/* SPDX-License-Identifier: Apache-2.0 */
/* Key types and their sizes (Crypto API, "Key types"). Families of curves and groups have a row each. */
#include "metadata/metadata.h"

enum {
    PUBLIC_ONLY = 1,  /* verification alone: no key pair exists */
    ANY_SIZE = 2,     /* sizes[0] .. sizes[1] in bits */
    PLAIN = 4,        /* any bytes of the right length */
    STEP_OF_8 = 8     /* sizes[0] .. sizes[1] in whole bytes */
};

#define SIZES 6

struct key_type {
    psa_key_type_t type; /* the public form of asymmetric types */
    uint8_t flags;
    uint16_t sizes[SIZES];
};

#define ANY_BYTES { 8, 65528 }

/* In the order of how often they come. */
static const struct key_type symmetric[] = {
    { PSA_KEY_TYPE_AES, PLAIN, { 128, 192, 256, 384, 512 } }, /* 384 and 512: two halves, for XTS */
    { PSA_KEY_TYPE_RAW_DATA, PLAIN | STEP_OF_8, ANY_BYTES },
    { PSA_KEY_TYPE_HMAC, PLAIN | STEP_OF_8, ANY_BYTES },
    { PSA_KEY_TYPE_BLAKE2, PLAIN | STEP_OF_8, { 8, 512 } },
    { PSA_KEY_TYPE_DERIVE, PLAIN | STEP_OF_8, ANY_BYTES },
    { PSA_KEY_TYPE_PASSWORD, PLAIN | STEP_OF_8, ANY_BYTES },
    { PSA_KEY_TYPE_PASSWORD_HASH, PLAIN | STEP_OF_8, ANY_BYTES },
    { PSA_KEY_TYPE_PEPPER, PLAIN | STEP_OF_8, ANY_BYTES },
    { PSA_KEY_TYPE_ARIA, PLAIN, { 128, 192, 256, 384, 512 } },
    { PSA_KEY_TYPE_CAMELLIA, PLAIN, { 128, 192, 256, 384, 512 } },
    { PSA_KEY_TYPE_SM4, PLAIN, { 128, 256 } },
    { PSA_KEY_TYPE_DES, 0, { 64, 128, 192 } }, /* parity: a rule of its own */
    { PSA_KEY_TYPE_ARC4, PLAIN | STEP_OF_8, { 40, 2048 } },
    { PSA_KEY_TYPE_CHACHA20, PLAIN, { 256 } },
    { PSA_KEY_TYPE_XCHACHA20, PLAIN, { 256 } },
    { PSA_KEY_TYPE_ASCON, PLAIN, { 128, 256 } },
};

/* RSA sizes are those that this library works with. A modulus that others made may have any of them. */
static const struct key_type asymmetric[] = {
    { PSA_KEY_TYPE_RSA_PUBLIC_KEY, ANY_SIZE, { 1024, 8192 } },
    { PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY, 0, { 128, 192, 256 } },
    { PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY, 0, { 512, 768, 1024 } },
    { PSA_KEY_TYPE_LMS_PUBLIC_KEY, PUBLIC_ONLY, { 192, 256 } },
    { PSA_KEY_TYPE_HSS_PUBLIC_KEY, PUBLIC_ONLY, { 192, 256 } },
    { PSA_KEY_TYPE_XMSS_PUBLIC_KEY, PUBLIC_ONLY, { 192, 256, 512 } },
    { PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY, PUBLIC_ONLY, { 192, 256, 512 } },
};

struct family {
    uint8_t family;
    uint16_t sizes[SIZES + 1];
};

static const struct family curves[] = {
    { PSA_ECC_FAMILY_SECP_K1, { 192, 225, 256 } }, /* secp224k1 has an order of 225 bits */
    { PSA_ECC_FAMILY_SECP_R1, { 192, 224, 256, 384, 521 } },
    { PSA_ECC_FAMILY_SECP_R2, { 160 } },
    { PSA_ECC_FAMILY_SECT_K1, { 163, 233, 239, 283, 409, 571 } },
    { PSA_ECC_FAMILY_SECT_R1, { 163, 233, 283, 409, 571 } },
    { PSA_ECC_FAMILY_SECT_R2, { 163 } },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, { 160, 192, 224, 256, 320, 384, 512 } },
    { PSA_ECC_FAMILY_FRP, { 256 } },
    { PSA_ECC_FAMILY_MONTGOMERY, { 255, 448 } },
    { PSA_ECC_FAMILY_TWISTED_EDWARDS, { 255, 448 } },
};

static const struct family groups[] = {
    { PSA_DH_FAMILY_RFC7919, { 2048, 3072, 4096, 6144, 8192 } },
    { PSA_DH_FAMILY_RFC3526, { 2048, 3072, 4096, 6144, 8192 } },
};

static const struct family slh_dsa_sets[] = {
    { PSA_SLH_DSA_FAMILY_SHA2_S, { 128, 192, 256 } },
    { PSA_SLH_DSA_FAMILY_SHA2_F, { 128, 192, 256 } },
    { PSA_SLH_DSA_FAMILY_SHAKE_S, { 128, 192, 256 } },
    { PSA_SLH_DSA_FAMILY_SHAKE_F, { 128, 192, 256 } },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct key_type *find(const struct key_type *rows, size_t count, psa_key_type_t type)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].type == type) {
            return &rows[i];
        }
    }
    return NULL;
}

static const struct key_type *find_plain_row(psa_key_type_t type)
{
    if (!PSA_KEY_TYPE_IS_ASYMMETRIC(type)) {
        return find(symmetric, COUNT(symmetric), type);
    }
    if (!PSA_KEY_TYPE_IS_PUBLIC_KEY(type) && !PSA_KEY_TYPE_IS_KEY_PAIR(type)) {
        return NULL;
    }
    const struct key_type *row = find(asymmetric, COUNT(asymmetric), PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type));
    return row != NULL && (row->flags & PUBLIC_ONLY) != 0 && row->type != type ? NULL : row;
}

static const struct family *find_family(const struct family *rows, size_t count, uint8_t family)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].family == family) {
            return &rows[i];
        }
    }
    return NULL;
}

static int curve_has_spake2p(uint8_t family)
{
    return family == PSA_ECC_FAMILY_SECP_R1 || family == PSA_ECC_FAMILY_TWISTED_EDWARDS;
}

static const struct family *family_of(psa_key_type_t type)
{
    if (PSA_KEY_TYPE_IS_ECC(type)) {
        return find_family(curves, COUNT(curves), PSA_KEY_TYPE_ECC_GET_FAMILY(type));
    }
    if (PSA_KEY_TYPE_IS_DH(type)) {
        return find_family(groups, COUNT(groups), PSA_KEY_TYPE_DH_GET_FAMILY(type));
    }
    if (PSA_KEY_TYPE_IS_SPAKE2P(type)) {
        uint8_t family = PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type);
        return curve_has_spake2p(family) ? find_family(curves, COUNT(curves), family) : NULL;
    }
    if (PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)) {
        return find_family(curves, COUNT(curves), PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(type));
    }
    if (PSA_KEY_TYPE_IS_WPA3_SAE_DH(type)) {
        return find_family(groups, COUNT(groups), PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(type));
    }
    if (PSA_KEY_TYPE_IS_SLH_DSA(type)) {
        return find_family(slh_dsa_sets, COUNT(slh_dsa_sets), PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(type));
    }
    return NULL;
}

int key_type_exists(psa_key_type_t type)
{
    return find_plain_row(type) != NULL || family_of(type) != NULL;
}

static int among(const uint16_t *sizes, size_t count, size_t bits)
{
    for (size_t i = 0; i < count; i++) {
        if (sizes[i] == bits) {
            return bits != 0;
        }
    }
    return 0;
}

int key_type_has_bits(psa_key_type_t type, size_t bits)
{
    const struct key_type *row = find_plain_row(type);
    if (row == NULL) {
        const struct family *family = family_of(type);
        return family != NULL && among(family->sizes, COUNT(family->sizes), bits);
    }
    if ((row->flags & (STEP_OF_8 | ANY_SIZE)) != 0) {
        return ((row->flags & ANY_SIZE) != 0 || bits % 8u == 0) && bits >= row->sizes[0] && bits <= row->sizes[1];
    }
    return among(row->sizes, SIZES, bits);
}

int key_type_has_length(psa_key_type_t type, size_t bits, size_t length)
{
    size_t size = PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits);
    if (!key_type_has_bits(type, bits)) {
        return 0;
    }
    return PSA_KEY_TYPE_IS_RSA(type) ? length != 0 && length <= size : size == 0 || length == size;
}

int key_type_can_be_generated(psa_key_type_t type)
{
    return !PSA_KEY_TYPE_IS_PUBLIC_KEY(type) && !PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type) && !PSA_KEY_TYPE_IS_WPA3_SAE_DH(type);
}

int key_type_is_plain_bytes(psa_key_type_t type)
{
    const struct key_type *row = find(symmetric, COUNT(symmetric), type);
    return row != NULL && (row->flags & PLAIN) != 0;
}
