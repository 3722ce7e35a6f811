/* SPDX-License-Identifier: Apache-2.0 */
/* Ed25519 (RFC 8032, 5.1): scalars modulo L, points as strings, the equation of verification. */
#include <psacrypto/config.h>

#include "software/ecc/eddsa.h"

#if PSA_WANT_ECC_TWISTED_EDWARDS_255

#include "software/ecc/edwards25519_vartime.h"

#define LIMBS F25519_LIMBS
/* -1/L modulo 2^64, of which a shorter limb takes the lower half. */
#define ORDER_INVERSE ((limb)UINT64_C(0xd2b51da312547e1b))

/* ---- SHA-512 ---- */

static int hash_init(void *context)
{
    const struct sw_hash *hash = sw_hash_find(PSA_ALG_SHA_512);
    if (hash == NULL) {
        return 0;
    }
    hash->init(context);
    return 1;
}

static void hash_update(void *context, const uint8_t *input, size_t input_length)
{
    if (input_length != 0) { /* else it may be NULL */
        sw_hash_find(PSA_ALG_SHA_512)->update(context, input, input_length);
    }
}

static void hash_finish(void *context, uint8_t *output)
{
    sw_hash_find(PSA_ALG_SHA_512)->finish(context, output);
}

/* ---- Scalars ---- */

/* 2^512 and 2^768 mod L: in Montgomery multiplication they stand for factors 2^256 and 2^512. */
static const limb r2[LIMBS] = { LIMB_WORD(0xa40611e3449c0f01), LIMB_WORD(0xd00e1ba768859347),
                                LIMB_WORD(0xceec73d217f5be65), LIMB_WORD(0x0399411b7c309a3d) };
static const limb r3[LIMBS] = { LIMB_WORD(0x2a9e49687b83a2db), LIMB_WORD(0x278324e6aef7f3ec),
                                LIMB_WORD(0x8065dc6c04ec5b65), LIMB_WORD(0x0e530b773599cec7) };

static void multiply(limb *r, const limb *a, const limb *b)
{
    limbs_multiply(LIMBS, r, a, b, ed25519_order, ORDER_INVERSE);
}

static void prune(uint8_t *scalar)
{
    scalar[0] &= 0xf8;
    scalar[31] = (uint8_t)((scalar[31] & 0x7f) | 0x40);
}

/* hash = low + 2^256 high: the sum of both halves times 2^256, which a multiplication by 1 divides by 2^256. */
static void reduce(uint8_t *scalar, const uint8_t *hash)
{
    static const limb one[LIMBS] = { 1 };
    limb low[LIMBS], high[LIMBS];
    limbs_read_little(LIMBS, low, hash);
    limbs_read_little(LIMBS, high, hash + 32);
    multiply(low, low, r2);
    multiply(high, high, r3);
    limbs_add_mod(LIMBS, low, low, high, ed25519_order);
    multiply(low, low, one);
    limbs_write_little(LIMBS, scalar, low);
    ZEROISE(low);
    ZEROISE(high);
}

static void multiply_add(uint8_t *s, const uint8_t *r, const uint8_t *k, const uint8_t *a)
{
    limb x[LIMBS], y[LIMBS];
    limbs_read_little(LIMBS, x, a);
    limbs_read_little(LIMBS, y, k);
    multiply(x, x, r2); /* a 2^256 mod L */
    multiply(x, x, y);
    limbs_read_little(LIMBS, y, r);
    limbs_add_mod(LIMBS, x, x, y, ed25519_order);
    limbs_write_little(LIMBS, s, x);
    ZEROISE(x);
    ZEROISE(y);
}

/* ---- Points ---- */

static void multiply_base(uint8_t *encoded, const uint8_t *scalar)
{
    limb k[LIMBS];
    struct ed25519_point product;
    limbs_read_little(LIMBS, k, scalar);
    ed25519_multiply_base(&product, k);
    ed25519_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(product);
}

/* ---- S B - k A ---- */

/* The digits of S and of -k. 0 where S is not below L. */
static int read_equation_vartime(struct ed25519_digits *digits, const uint8_t *s, const uint8_t *k)
{
    limb x[LIMBS], y[LIMBS], t[LIMBS];
    limbs_read_little(LIMBS, x, s);
    if (limbs_subtract(LIMBS, t, x, ed25519_order) == 0) {
        return 0;
    }
    limbs_read_little(LIMBS, y, k);
    ed25519_digits_vartime(digits, x, y);
    for (unsigned i = 0; i < ED25519_DIGITS; i++) {
        digits->point[i] = (int8_t)-digits->point[i];
    }
    return 1;
}

static int is_encoding_of(const uint8_t *r, const struct ed25519_point *sum)
{
    uint8_t encoded[32];
    ed25519_encode(encoded, sum);
    return memcmp(encoded, r, 32) == 0;
}

static int verify_vartime(const uint8_t *r, const uint8_t *s, const uint8_t *k, const uint8_t *a)
{
    struct ed25519_digits digits;
    struct ed25519_point point, sum;
    if (!read_equation_vartime(&digits, s, k) || ed25519_decode(&point, a) == 0) {
        return 0;
    }
    ed25519_multiply_both_vartime(&sum, &digits, &point);
    return is_encoding_of(r, &sum);
}

static int make_table_vartime(void *table, const uint8_t *a)
{
    struct ed25519_point point;
    if (ed25519_decode(&point, a) == 0) {
        return 0;
    }
    ed25519_make_multiples(table, &point);
    return 1;
}

static int verify_by_table_vartime(const uint8_t *r, const uint8_t *s, const uint8_t *k, const void *table)
{
    struct ed25519_digits digits;
    struct ed25519_point sum;
    if (!read_equation_vartime(&digits, s, k)) {
        return 0;
    }
    ed25519_multiply_multiples_vartime(&sum, &digits, table);
    return is_encoding_of(r, &sum);
}

/* ---- Tables ---- */

const struct sw_eddsa sw_ed25519 = {
    .bits = 255,
    .length = 32,
    .domain = "SigEd25519 no Ed25519 collisions",
    .hash_init = hash_init,
    .hash_update = hash_update,
    .hash_finish = hash_finish,
    .prune = prune,
    .reduce = reduce,
    .multiply_add = multiply_add,
    .multiply_base = multiply_base,
    .verify_vartime = verify_vartime,
    .table_size = sizeof(struct ed25519_multiples),
    .make_table_vartime = make_table_vartime,
    .verify_by_table_vartime = verify_by_table_vartime,
};

static psa_status_t public_key(const struct sw_curve *curve, uint8_t *point, const uint8_t *private_key)
{
    (void)curve;
    return sw_eddsa_public_key(&sw_ed25519, point, private_key);
}

static psa_status_t check_point(const struct sw_curve *curve, const uint8_t *encoded)
{
    struct ed25519_point point;
    (void)curve;
    return ed25519_decode(&point, encoded) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

const struct sw_curve_arithmetic sw_ed25519_arithmetic = {
    .public_key = public_key,
    .check_point = check_point,
    .group = &sw_edwards25519_group,
};

#endif
