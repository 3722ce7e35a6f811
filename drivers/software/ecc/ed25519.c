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

static void read_scalar(limb *k, const uint8_t scalar[32])
{
    limbs_read_little(LIMBS, k, scalar);
}

static void write_scalar(uint8_t scalar[32], const limb *k)
{
    limbs_write_little(LIMBS, scalar, k);
}

static int fits_limbs(const uint8_t scalar[32])
{
    (void)scalar;
    return 1;
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
    write_scalar(scalar, low);
    ZEROISE(low);
    ZEROISE(high);
}

/* ---- Signatures ---- */

#define EDWARDS_LENGTH 32u
#define EDWARDS_LIMBS LIMBS
#define EDWARDS_POINT struct ed25519_point
#define EDWARDS_DIGIT_STRINGS struct ed25519_digits
#define edwards_multiply_base ed25519_multiply_base
#define edwards_encode ed25519_encode
#define edwards_decode ed25519_decode
#define edwards_digits_vartime ed25519_digits_vartime
#define edwards_multiply_both_vartime ed25519_multiply_both_vartime
#define edwards_make_multiples ed25519_make_multiples
#define edwards_multiply_multiples_vartime ed25519_multiply_multiples_vartime
#define edwards_order ed25519_order

#include "software/ecc/edwards_eddsa.h"

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

const struct sw_curve_arithmetic sw_ed25519_arithmetic = {
    .public_key = public_key,
    .check_point = check_point,
    .group = &sw_edwards25519_group,
};

#endif
