/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SOFTWARE_ECC_LIMBS_VARTIME_H
#define SOFTWARE_ECC_LIMBS_VARTIME_H

#include "software/ecc/limbs.h"

/* k = sum digits[i] 2^i, i <= n LIMB_BITS, each 0 or odd and below 2^(width - 1) in absolute value, width - 1 zeros at least
 * between two of them (Guide to Elliptic Curve Cryptography, algorithm 3.35). width is at most 8. */
static inline void limbs_naf_vartime(int n, int8_t *digits, const limb *k, unsigned width)
{
    unsigned bits = (unsigned)(n * LIMB_BITS);
    uint32_t carry = 0;
    memset(digits, 0, bits + 1u);
    for (unsigned i = 0; i < bits;) {
        if (limbs_bits(n, k, i, 1) == carry) {
            i++;
            continue;
        }
        unsigned taken = bits - i < width ? bits - i : width;
        int digit = (int)(limbs_bits(n, k, i, taken) + carry);
        carry = taken == width && digit >= 1 << (width - 1u);
        digits[i] = (int8_t)(digit - (int)(carry << width));
        i += taken;
    }
    digits[bits] = (int8_t)carry;
}

#endif
