/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The subgroup of prime order L of a twisted Edwards curve, as PAKEs want it (curve.h). Constant-time; the sums have no exceptions.
 * Before it is included,
 *   EDWARDS_LIMBS are those of a scalar, EDWARDS_ODD_LIMBS those of an odd number with the same multiples, which has EDWARDS_DIGITS digits
 *   of five bits; EDWARDS_POINT and EDWARDS_SUMMAND are types, and there are
 *   edwards_double, edwards_add, edwards_to_summand, edwards_negate_if, edwards_encode, edwards_decode and edwards_multiply_base, each like
 *   the curve's own function of that name, edwards_order, of EDWARDS_ODD_LIMBS,
 *   edwards_make_odd(odd, k) for that number, edwards_take_if(mask, r, a) for r |= a where mask is all-ones, and the masks
 *   edwards_mask_x_zero(point) and edwards_mask_neutral(point).
 */

/* entry = +-table[index], which is read whole. */
static void lookup(EDWARDS_SUMMAND *entry, const EDWARDS_SUMMAND table[16], uint32_t index, limb negative)
{
    memset(entry, 0, sizeof *entry);
    for (uint32_t i = 0; i < 16; i++) {
        edwards_take_if(limb_barrier((limb)0 - (limb)(ct_mask_equal32(i, index) & 1u)), entry, &table[i]);
    }
    edwards_negate_if(negative, entry);
}

/* table[i] = (2 i + 1) a */
static void odd_multiples(EDWARDS_SUMMAND table[16], const EDWARDS_POINT *a)
{
    EDWARDS_POINT twice, sum;
    edwards_double(&twice, a);
    edwards_to_summand(&table[0], a);
    for (int i = 1; i < 16; i++) {
        edwards_add(&sum, &twice, &table[i - 1]);
        edwards_to_summand(&table[i], &sum);
    }
    ZEROISE(twice);
    ZEROISE(sum);
}

/* r = k a for an odd k, by odd digits (p256_multiply.h), the first of which is 1. */
static void multiply_odd(EDWARDS_POINT *r, const limb k[EDWARDS_ODD_LIMBS], const EDWARDS_POINT *a)
{
    EDWARDS_SUMMAND table[16], entry;
    odd_multiples(table, a);
    *r = *a;
    for (unsigned i = EDWARDS_DIGITS - 1u; i-- > 0;) {
        for (int j = 0; j < 5; j++) {
            edwards_double(r, r);
        }
        uint32_t bits = limbs_bits(EDWARDS_ODD_LIMBS, k, 5u * i, 6);
        uint32_t negative = ct_barrier32((bits >> 5) - 1u);
        lookup(&entry, table, ((bits >> 1) ^ negative) & 15u, (limb)0 - (limb)(negative & 1u));
        edwards_add(r, r, &entry);
    }
    ZEROISE(table);
    ZEROISE(entry);
}

static psa_status_t check(const struct sw_curve *curve, const uint8_t *encoded)
{
    EDWARDS_POINT point, product;
    (void)curve;
    if (edwards_decode(&point, encoded) == 0 || edwards_mask_x_zero(&point) != 0) { /* x = 0: orders 1 and 2 */
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    multiply_odd(&product, edwards_order, &point);
    return edwards_mask_neutral(&product) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t multiply_base(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *scalar)
{
    limb k[EDWARDS_LIMBS];
    EDWARDS_POINT product;
    (void)curve;
    limbs_read(EDWARDS_LIMBS, k, scalar);
    edwards_multiply_base(&product, k);
    edwards_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t multiply(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *scalar, const uint8_t *point)
{
    limb k[EDWARDS_LIMBS], odd[EDWARDS_ODD_LIMBS];
    EDWARDS_POINT a, product;
    (void)curve;
    limbs_read(EDWARDS_LIMBS, k, scalar);
    edwards_make_odd(odd, k);
    (void)edwards_decode(&a, point);
    multiply_odd(&product, odd, &a);
    edwards_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(odd);
    ZEROISE(a);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t add(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *a, const uint8_t *b)
{
    EDWARDS_POINT first, second;
    EDWARDS_SUMMAND summand;
    (void)curve;
    (void)edwards_decode(&first, a);
    (void)edwards_decode(&second, b);
    edwards_to_summand(&summand, &second);
    edwards_add(&first, &first, &summand);
    edwards_encode(encoded, &first);
    ZEROISE(first);
    ZEROISE(second);
    ZEROISE(summand);
    return PSA_SUCCESS;
}
