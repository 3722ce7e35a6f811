/* SPDX-License-Identifier: Apache-2.0 */
/* The subgroup of prime order of edwards25519. Constant-time; the sums have no exceptions. */
#include <psacrypto/config.h>

#include "software/ecc/eddsa.h"

#if PSA_WANT_ECC_TWISTED_EDWARDS_255

#include "software/ecc/edwards25519.h"

#define LIMBS F25519_LIMBS
#define DIGITS 52u

/* entry = +-table[index], which is read whole. */
static void lookup(struct ed25519_summand *entry, const struct ed25519_summand table[16], uint32_t index, limb negative)
{
    memset(entry, 0, sizeof *entry);
    for (uint32_t i = 0; i < 16; i++) {
        limb mask = limb_barrier((limb)0 - (limb)(ct_mask_equal32(i, index) & 1u));
        for (int j = 0; j < LIMBS; j++) {
            entry->sum.v[j] |= table[i].sum.v[j] & mask;
            entry->difference.v[j] |= table[i].difference.v[j] & mask;
            entry->t2d.v[j] |= table[i].t2d.v[j] & mask;
            entry->z2.v[j] |= table[i].z2.v[j] & mask;
        }
    }
    ed25519_negate_if(negative, entry);
}

/* table[i] = (2 i + 1) a */
static void odd_multiples(struct ed25519_summand table[16], const struct ed25519_point *a)
{
    struct ed25519_point twice, sum;
    ed25519_double(&twice, a);
    ed25519_to_summand(&table[0], a);
    for (int i = 1; i < 16; i++) {
        ed25519_add(&sum, &twice, &table[i - 1]);
        ed25519_to_summand(&table[i], &sum);
    }
    ZEROISE(twice);
    ZEROISE(sum);
}

/* r = k a for an odd k below 2^256, by 52 odd digits of five bits (p256_multiply.h), the first of which is 1. */
static void multiply_odd(struct ed25519_point *r, const limb *k, const struct ed25519_point *a)
{
    struct ed25519_summand table[16], entry;
    odd_multiples(table, a);
    *r = *a;
    for (unsigned i = DIGITS - 1u; i-- > 0;) {
        for (int j = 0; j < 5; j++) {
            ed25519_double(r, r);
        }
        uint32_t bits = limbs_bits(LIMBS, k, 5u * i, 6);
        uint32_t negative = ct_barrier32((bits >> 5) - 1u);
        lookup(&entry, table, ((bits >> 1) ^ negative) & 15u, (limb)0 - (limb)(negative & 1u));
        ed25519_add(r, r, &entry);
    }
    ZEROISE(table);
    ZEROISE(entry);
}

/* An odd number with the same multiples of points of order L, below 2^254: k or k + L. */
static void read_scalar(limb *odd, limb *k, const uint8_t *scalar)
{
    limb sum[LIMBS];
    limbs_read(LIMBS, k, scalar);
    (void)limbs_add(LIMBS, sum, k, ed25519_order);
    limbs_select(LIMBS, odd, (limb)0 - (k[0] & 1u), k, sum);
    ZEROISE(sum);
}

static psa_status_t check(const struct sw_curve *curve, const uint8_t *encoded)
{
    struct ed25519_point point, product;
    struct f25519 difference;
    (void)curve;
    if (ed25519_decode(&point, encoded) == 0 || f25519_mask_zero(&point.x) != 0) { /* x = 0: orders 1 and 2 */
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    multiply_odd(&product, ed25519_order, &point);
    f25519_subtract(&difference, &product.y, &product.z);
    return (f25519_mask_zero(&product.x) & f25519_mask_zero(&difference)) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t multiply_base(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *scalar)
{
    limb k[LIMBS];
    struct ed25519_point product;
    (void)curve;
    limbs_read(LIMBS, k, scalar);
    ed25519_multiply_base(&product, k);
    ed25519_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t multiply(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *scalar, const uint8_t *point)
{
    limb k[LIMBS], odd[LIMBS];
    struct ed25519_point a, product;
    (void)curve;
    read_scalar(odd, k, scalar);
    (void)ed25519_decode(&a, point);
    multiply_odd(&product, odd, &a);
    ed25519_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(odd);
    ZEROISE(a);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t add(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *a, const uint8_t *b)
{
    struct ed25519_point first, second;
    struct ed25519_summand summand;
    (void)curve;
    (void)ed25519_decode(&first, a);
    (void)ed25519_decode(&second, b);
    ed25519_to_summand(&summand, &second);
    ed25519_add(&first, &first, &summand);
    ed25519_encode(encoded, &first);
    ZEROISE(first);
    ZEROISE(second);
    ZEROISE(summand);
    return PSA_SUCCESS;
}

/* L = 2^252 + 27742317777372353535851937790883648493 (RFC 8032, 5.1) */
static const uint8_t order[] = {
    0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7, 0x9c, 0xd6, 0x58, 0x12, 0x63, 0x1a, 0x5c, 0xf5, 0xd3, 0xed,
};

const struct sw_curve_group sw_edwards25519_group = {
    .order = order,
    .order_length = sizeof order,
    .cofactor = 8,
    .neutral = 1,
    .check = check,
    .multiply_base = multiply_base,
    .multiply = multiply,
    .add = add,
};

#endif
