/* SPDX-License-Identifier: Apache-2.0 */
/* Ed448 (RFC 8032, 5.2): scalars modulo L, points as strings, the equation of verification. */
#include <psacrypto/config.h>

#include "software/ecc/eddsa.h"

#if PSA_WANT_ECC_TWISTED_EDWARDS_448

#include "software/ecc/edwards448_vartime.h"
#include "software/xof/xof.h"

#define LIMBS ED448_LIMBS
/* -1/L modulo 2^64, of which a shorter limb takes the lower half. */
#define ORDER_INVERSE ((limb)UINT64_C(0x03bd440fae918bc5))
#define HASH_LENGTH 114u

/* ---- SHAKE256 ---- */

static int hash_init(void *context)
{
    const struct sw_xof *xof = sw_xof_find(PSA_ALG_SHAKE256);
    if (xof == NULL) {
        return 0;
    }
    xof->init(context);
    return 1;
}

static void hash_update(void *context, const uint8_t *input, size_t input_length)
{
    if (input_length != 0) { /* else it may be NULL */
        sw_xof_find(PSA_ALG_SHAKE256)->update(context, input, input_length);
    }
}

static void hash_finish(void *context, uint8_t *output)
{
    const struct sw_xof *xof = sw_xof_find(PSA_ALG_SHAKE256);
    xof->end_input(context);
    xof->output(context, output, HASH_LENGTH);
}

/* ---- Scalars ---- */

/* B^2, B^3 and B^4 mod L for B = 2^448: in Montgomery multiplication they stand for factors B, B^2 and B^3. */
static const limb r2[LIMBS] = { LIMB_WORD(0xe3539257049b9b60), LIMB_WORD(0x7af32c4bc1b195d9), LIMB_WORD(0x0d66de2388ea1859),
                                LIMB_WORD(0xae17cf725ee4d838), LIMB_WORD(0x1a9cc14ba3c47c44), LIMB_WORD(0x2052bcb7e4d070af),
                                LIMB_WORD(0x3402a939f823b729) };
static const limb r3[LIMBS] = { LIMB_WORD(0x62db79e25f9b74ed), LIMB_WORD(0x32d533584f61d636), LIMB_WORD(0x3e0d0c8b5fa74964),
                                LIMB_WORD(0x178769ed878dfcda), LIMB_WORD(0xe4c71af86754b842), LIMB_WORD(0xed66e7f42bab736d),
                                LIMB_WORD(0x0d30a4f69d3af5f1) };
static const limb r4[LIMBS] = { LIMB_WORD(0xf23989320785209e), LIMB_WORD(0xbbddbe45ec1d63ac), LIMB_WORD(0xdd3886273db9f5b5),
                                LIMB_WORD(0x5ebb7c56b3aff7f5), LIMB_WORD(0xee0d93089a06c3fb), LIMB_WORD(0xe5c5b8eb1af94cb2),
                                LIMB_WORD(0x184d17470727eb5c) };

static void multiply(limb *r, const limb *a, const limb *b)
{
    limbs_multiply(LIMBS, r, a, b, ed448_order, ORDER_INVERSE);
}

static void read_scalar(limb *k, const uint8_t scalar[57])
{
    limbs_read_little(LIMBS, k, scalar);
}

static void write_scalar(uint8_t scalar[57], const limb *k)
{
    limbs_write_little(LIMBS, scalar, k);
    scalar[56] = 0;
}

static int fits_limbs(const uint8_t scalar[57])
{
    return scalar[56] == 0;
}

static void prune(uint8_t *scalar)
{
    scalar[0] &= 0xfc;
    scalar[55] |= 0x80;
    scalar[56] = 0;
}

/* hash = low + B middle + B^2 high: the sum of the three times B, which a multiplication by 1 divides by B. */
static void reduce(uint8_t *scalar, const uint8_t *hash)
{
    static const limb one[LIMBS] = { 1 };
    uint8_t last[56] = { hash[112], hash[113] };
    limb low[LIMBS], middle[LIMBS], high[LIMBS];
    limbs_read_little(LIMBS, low, hash);
    limbs_read_little(LIMBS, middle, hash + 56);
    limbs_read_little(LIMBS, high, last);
    multiply(low, low, r2);
    multiply(middle, middle, r3);
    multiply(high, high, r4);
    limbs_add_mod(LIMBS, low, low, middle, ed448_order);
    limbs_add_mod(LIMBS, low, low, high, ed448_order);
    multiply(low, low, one);
    write_scalar(scalar, low);
    ZEROISE(last);
    ZEROISE(low);
    ZEROISE(middle);
    ZEROISE(high);
}

/* ---- Signatures ---- */

#define EDWARDS_LENGTH 57u
#define EDWARDS_LIMBS LIMBS
#define EDWARDS_POINT struct ed448_point
#define EDWARDS_DIGIT_STRINGS struct ed448_digits
#define edwards_multiply_base ed448_multiply_base
#define edwards_encode ed448_encode
#define edwards_decode ed448_decode
#define edwards_digits_vartime ed448_digits_vartime
#define edwards_multiply_both_vartime ed448_multiply_both_vartime
#define edwards_make_multiples ed448_make_multiples
#define edwards_multiply_multiples_vartime ed448_multiply_multiples_vartime
#define edwards_order ed448_order

#include "software/ecc/edwards_eddsa.h"

/* ---- Tables ---- */

const struct sw_eddsa sw_ed448 = {
    .bits = 448,
    .length = 57,
    .domain = "SigEd448",
    .always_domain = 1,
    .hash_init = hash_init,
    .hash_update = hash_update,
    .hash_finish = hash_finish,
    .prune = prune,
    .reduce = reduce,
    .multiply_add = multiply_add,
    .multiply_base = multiply_base,
    .verify_vartime = verify_vartime,
    .table_size = sizeof(struct ed448_multiples),
    .make_table_vartime = make_table_vartime,
    .verify_by_table_vartime = verify_by_table_vartime,
};

static psa_status_t public_key(const struct sw_curve *curve, uint8_t *point, const uint8_t *private_key)
{
    (void)curve;
    return sw_eddsa_public_key(&sw_ed448, point, private_key);
}

const struct sw_curve_arithmetic sw_ed448_arithmetic = {
    .public_key = public_key,
    .check_point = check_point,
    .group = &sw_edwards448_group,
};

#endif
