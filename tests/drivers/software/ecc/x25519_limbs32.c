/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_x25519 sw_x25519_limbs32

#include "software/ecc/x25519.c"

#include "montgomery_limbs32.h"

void f25519_limbs32_multiply(uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    struct f25519 x, y;
    f25519_read(&x, a);
    f25519_read(&y, b);
    f25519_multiply(&x, &x, &y);
    limbs_write_little(F25519_LIMBS, r, x.v);
}
