/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/scalar.h"

#include <string.h>

#include "software/software.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* A candidate is refused with probability below 1/2 on every curve, so that this many in a row mean a broken source. */
#define CANDIDATES_MAX 128

uint32_t sw_scalar_is_zero(const struct sw_curve *curve, const uint8_t *scalar)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < curve->order_length; i++) {
        bits |= scalar[i];
    }
    return ct_mask_zero32(bits);
}

/* difference = scalar - n modulo 2^(8 * order_length); the borrow, 0 or 1, is 1 exactly if scalar < n. */
static uint32_t subtract_order(const struct sw_curve *curve, uint8_t *difference, const uint8_t *scalar)
{
    uint32_t borrow = 0;
    for (size_t i = curve->order_length; i-- > 0;) {
        uint32_t x = (uint32_t)scalar[i] - curve->order[i] - borrow;
        difference[i] = (uint8_t)x;
        borrow = (x >> 8) & 1u;
    }
    return borrow;
}

/* All-ones if scalar < n. */
static uint32_t below_order(const struct sw_curve *curve, const uint8_t *scalar)
{
    uint8_t difference[SW_CURVE_LENGTH_MAX];
    uint32_t borrow = subtract_order(curve, difference, scalar);
    ZEROISE(difference);
    return (uint32_t)0 - borrow;
}

uint32_t sw_scalar_in_range(const struct sw_curve *curve, const uint8_t *scalar)
{
    return below_order(curve, scalar) & ~sw_scalar_is_zero(curve, scalar);
}

void sw_scalar_reduce(const struct sw_curve *curve, uint8_t *scalar)
{
    uint8_t difference[SW_CURVE_LENGTH_MAX];
    uint32_t borrow = subtract_order(curve, difference, scalar);
    ct_copy_if(borrow - 1u, scalar, difference, curve->order_length);
    ZEROISE(difference);
}

/* scalar >>= bits, 0 <= bits < 8. */
static void shift_right(uint8_t *scalar, size_t length, unsigned bits)
{
    uint32_t above = 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t x = (above << 8) | scalar[i];
        above = scalar[i];
        scalar[i] = (uint8_t)(x >> bits);
    }
}

void sw_scalar_from_bits(const struct sw_curve *curve, uint8_t *scalar, const uint8_t *data, size_t length)
{
    size_t order_length = curve->order_length;
    size_t taken = length < order_length ? length : order_length;

    memset(scalar, 0, order_length - taken);
    if (taken != 0) {
        memcpy(scalar + (order_length - taken), data, taken);
    }
    if (taken == order_length) {
        shift_right(scalar, order_length, (unsigned)(8u * order_length - curve->order_bits));
    }
}

/* scalar += 1 modulo 2^(8 * order_length). */
static void increment(const struct sw_curve *curve, uint8_t *scalar)
{
    uint32_t carry = 1;
    for (size_t i = curve->order_length; i-- > 0;) {
        uint32_t x = (uint32_t)scalar[i] + carry;
        scalar[i] = (uint8_t)x;
        carry = x >> 8;
    }
}

psa_status_t sw_scalar_draw(const struct sw_curve *curve, uint8_t *scalar, psacrypto_draw_t draw, void *source)
{
    unsigned excess = (unsigned)(8u * curve->order_length - curve->order_bits);
    psa_status_t status = PSA_ERROR_CORRUPTION_DETECTED;

    for (int i = 0; i < CANDIDATES_MAX; i++) {
        status = draw(source, scalar, curve->order_length);
        if (status != PSA_SUCCESS) {
            break;
        }
        scalar[0] &= (uint8_t)(0xffu >> excess);
        /* k > n - 2 is refused and k + 1 taken: that is k + 1 in 1..n-1. k + 1 does not wrap to 0 within order_length
         * bytes unless k is all-ones, and then 0 is out of range as well. */
        increment(curve, scalar);
        uint32_t accepted = sw_scalar_in_range(curve, scalar);
        CT_PUBLIC(&accepted, sizeof accepted); /* a refused candidate is thrown away */
        if (accepted != 0) {
            return PSA_SUCCESS;
        }
        status = PSA_ERROR_CORRUPTION_DETECTED;
    }
    zeroise(scalar, curve->order_length);
    return status;
}

psa_status_t sw_scalar_draw_random(void *source, uint8_t *output, size_t output_length)
{
    (void)source;
    return sw_random(output, output_length);
}
