/* SPDX-License-Identifier: Apache-2.0 */
/* The subgroup of prime order of edwards448. Constant-time; the sums have no exceptions. */
#include <psacrypto/config.h>

#include "software/ecc/eddsa.h"

#if PSA_WANT_ECC_TWISTED_EDWARDS_448

#include "software/ecc/edwards448.h"

#define LIMBS ED448_LIMBS
#define DIGITS 91u

/* entry = +-table[index], which is read whole. */
static void lookup(struct ed448_summand *entry, const struct ed448_summand table[16], uint32_t index, limb negative)
{
    memset(entry, 0, sizeof *entry);
    for (uint32_t i = 0; i < 16; i++) {
        limb mask = limb_barrier((limb)0 - (limb)(ct_mask_equal32(i, index) & 1u));
        for (int j = 0; j < F448_LIMBS; j++) {
            entry->x.v[j] |= table[i].x.v[j] & mask;
            entry->y.v[j] |= table[i].y.v[j] & mask;
            entry->td.v[j] |= table[i].td.v[j] & mask;
            entry->z.v[j] |= table[i].z.v[j] & mask;
        }
    }
    ed448_negate_if(negative, entry);
}

/* table[i] = (2 i + 1) a */
static void odd_multiples(struct ed448_summand table[16], const struct ed448_point *a)
{
    struct ed448_point twice, sum;
    ed448_double(&twice, a);
    ed448_to_summand(&table[0], a);
    for (int i = 1; i < 16; i++) {
        ed448_add(&sum, &twice, &table[i - 1]);
        ed448_to_summand(&table[i], &sum);
    }
    ZEROISE(twice);
    ZEROISE(sum);
}

/* r = k a for an odd k below 2^450, by 91 odd digits of five bits (p256_multiply.h), the first of which is 1. */
static void multiply_odd(struct ed448_point *r, const limb k[LIMBS + 1], const struct ed448_point *a)
{
    struct ed448_summand table[16], entry;
    odd_multiples(table, a);
    *r = *a;
    for (unsigned i = DIGITS - 1u; i-- > 0;) {
        for (int j = 0; j < 5; j++) {
            ed448_double(r, r);
        }
        uint32_t bits = limbs_bits(LIMBS + 1, k, 5u * i, 6);
        uint32_t negative = ct_barrier32((bits >> 5) - 1u);
        lookup(&entry, table, ((bits >> 1) ^ negative) & 15u, (limb)0 - (limb)(negative & 1u));
        ed448_add(r, r, &entry);
    }
    ZEROISE(table);
    ZEROISE(entry);
}

static psa_status_t check(const struct sw_curve *curve, const uint8_t *encoded)
{
    limb order[LIMBS + 1] = { 0 };
    struct ed448_point point, product;
    (void)curve;
    memcpy(order, ed448_order, sizeof ed448_order);
    if (ed448_decode(&point, encoded) == 0 || f448_mask_zero(&point.x) != 0) { /* x = 0: orders 1 and 2 */
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    multiply_odd(&product, order, &point);
    return ed448_mask_neutral(&product) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t multiply_base(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *scalar)
{
    limb k[LIMBS];
    struct ed448_point product;
    (void)curve;
    limbs_read(LIMBS, k, scalar);
    ed448_multiply_base(&product, k);
    ed448_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t multiply(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *scalar, const uint8_t *point)
{
    limb k[LIMBS], odd[LIMBS + 1];
    struct ed448_point a, product;
    (void)curve;
    limbs_read(LIMBS, k, scalar);
    ed448_make_odd(odd, k);
    (void)ed448_decode(&a, point);
    multiply_odd(&product, odd, &a);
    ed448_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(odd);
    ZEROISE(a);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t add(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *a, const uint8_t *b)
{
    struct ed448_point first, second;
    struct ed448_summand summand;
    (void)curve;
    (void)ed448_decode(&first, a);
    (void)ed448_decode(&second, b);
    ed448_to_summand(&summand, &second);
    ed448_add(&first, &first, &summand);
    ed448_encode(encoded, &first);
    ZEROISE(first);
    ZEROISE(second);
    ZEROISE(summand);
    return PSA_SUCCESS;
}

/* L (RFC 8032, 5.2) */
static const uint8_t order[] = {
    0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7c, 0xca, 0x23, 0xe9,
    0xc4, 0x4e, 0xdb, 0x49, 0xae, 0xd6, 0x36, 0x90, 0x21, 0x6c, 0xc2, 0x72, 0x8d, 0xc5, 0x8f, 0x55,
    0x23, 0x78, 0xc2, 0x92, 0xab, 0x58, 0x44, 0xf3,
};

const struct sw_curve_group sw_edwards448_group = {
    .order = order,
    .order_length = sizeof order,
    .cofactor = 4,
    .neutral = 1,
    .check = check,
    .multiply_base = multiply_base,
    .multiply = multiply,
    .add = add,
};

#endif
