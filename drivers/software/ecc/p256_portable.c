/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/p256_portable.h"

#if defined(__SIZEOF_INT128__)

void p256_multiply_portable(uint64_t r[4], const uint64_t a[4], const uint64_t b[4])
{
    limbs_multiply(P256_LIMBS, r, a, b, p256_prime, P256_PRIME_INVERSE);
}

void p256_square_portable(uint64_t r[4], const uint64_t a[4], unsigned count)
{
    limbs_multiply(P256_LIMBS, r, a, a, p256_prime, P256_PRIME_INVERSE);
    while (--count != 0) {
        limbs_multiply(P256_LIMBS, r, r, r, p256_prime, P256_PRIME_INVERSE);
    }
}

void p256_order_multiply_portable(uint64_t r[4], const uint64_t a[4], const uint64_t b[4])
{
    limbs_multiply(P256_LIMBS, r, a, b, p256_order, P256_ORDER_INVERSE);
}

#endif
