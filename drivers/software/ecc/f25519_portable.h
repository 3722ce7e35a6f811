/* SPDX-License-Identifier: Apache-2.0 */
/* Multiplication modulo 2^255 - 19 (f25519.h), and the portable kernels for limbs of 64 bits. */
#ifndef SOFTWARE_ECC_F25519_PORTABLE_H
#define SOFTWARE_ECC_F25519_PORTABLE_H

#include "software/ecc/limbs.h"

#define F25519_LIMBS (256 / LIMB_BITS)

/* r + 2^256 carry = r + 38 carry, below 2^256. 38 carry is far below 2^LIMB_BITS: where that carries once more, the rest is
 * below 38 carry, and 38 can be added to its first limb. */
static inline void f25519_fold_carry(limb *r, limb carry)
{
    limb2 x = (limb2)38u * carry;
    for (int i = 0; i < F25519_LIMBS; i++) {
        x += r[i];
        r[i] = (limb)x;
        x >>= LIMB_BITS;
    }
    r[0] += 38u * (limb)x;
}

static inline void f25519_multiply_limbs(limb *r, const limb *a, const limb *b)
{
    limb t[2 * F25519_LIMBS] = { 0 }, carry;
    for (int i = 0; i < F25519_LIMBS; i++) {
        carry = 0;
        for (int j = 0; j < F25519_LIMBS; j++) {
            limb2 x = (limb2)a[j] * b[i] + t[i + j] + carry;
            t[i + j] = (limb)x;
            carry = (limb)(x >> LIMB_BITS);
        }
        t[i + F25519_LIMBS] = carry;
    }
    carry = 0;
    for (int i = 0; i < F25519_LIMBS; i++) {
        limb2 x = (limb2)t[i + F25519_LIMBS] * 38u + t[i] + carry;
        r[i] = (limb)x;
        carry = (limb)(x >> LIMB_BITS); /* at most 38 */
    }
    f25519_fold_carry(r, carry);
}

#if defined(__SIZEOF_INT128__)
/* The kernels of the same names (kernels.h). */
void f25519_multiply_portable(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
void f25519_square_portable(uint64_t r[4], const uint64_t a[4], unsigned count);
#endif

#endif
