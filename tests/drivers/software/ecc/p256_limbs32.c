/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_p256 sw_p256_limbs32
#define limbs_invert limbs_invert_limbs32

#include "software/ecc/p256.c"

#include "p256_limbs32.h"

void p256_limbs32_multiply(uint8_t r[32], const uint8_t a[32], const uint8_t b[32], int modulo_order)
{
    struct p256_scalar x, y;
    limbs_read(P256_LIMBS, x.v, a);
    limbs_read(P256_LIMBS, y.v, b);
    if (modulo_order) {
        p256_scalar_multiply(&x, &x, &y);
    } else {
        limbs_multiply(P256_LIMBS, x.v, x.v, y.v, p256_prime, P256_PRIME_INVERSE);
    }
    limbs_write(P256_LIMBS, r, x.v);
}
