/* SPDX-License-Identifier: Apache-2.0 */
/* Multiplication modulo p and n of P-256: the constants, and the portable kernels for limbs of 64 bits. */
#ifndef SOFTWARE_ECC_P256_PORTABLE_H
#define SOFTWARE_ECC_P256_PORTABLE_H

#include "software/ecc/limbs.h"

#define P256_LIMBS (256 / LIMB_BITS)

/* p = 2^256 - 2^224 + 2^192 + 2^96 - 1; -1/p is 1 modulo 2^96 and so for limbs of either size. */
static const limb p256_prime[P256_LIMBS] = { LIMB_WORD(0xffffffffffffffff), LIMB_WORD(0x00000000ffffffff),
                                                  LIMB_WORD(0x0000000000000000), LIMB_WORD(0xffffffff00000001) };
#define P256_PRIME_INVERSE 1u

/* The order n of the base point, and -1/n modulo 2^64, of which a shorter limb takes the lower half. */
static const limb p256_order[P256_LIMBS] = { LIMB_WORD(0xf3b9cac2fc632551), LIMB_WORD(0xbce6faada7179e84),
                                                  LIMB_WORD(0xffffffffffffffff), LIMB_WORD(0xffffffff00000000) };
#define P256_ORDER_INVERSE ((limb)UINT64_C(0xccd1c8aaee00bc4f))

#if defined(__SIZEOF_INT128__)
/* The kernels of the same names (kernels.h). */
void p256_multiply_portable(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
void p256_square_portable(uint64_t r[4], const uint64_t a[4], unsigned count);
void p256_order_multiply_portable(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
#endif

#endif
