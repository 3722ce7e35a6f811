/* SPDX-License-Identifier: Apache-2.0 */
#include "limbs_invert_ways.h"

#include "software/ecc/limbs_invert.h"

/* Limbs above those of m are 0 and stay so. */
void invert_bytes(uint8_t *r, const uint8_t *a, const uint8_t *m, unsigned bits)
{
    limb x[INVERT_LENGTH / LIMB_BYTES], modulus[INVERT_LENGTH / LIMB_BYTES], inverse = 1;
    int n = (int)((bits + LIMB_BITS - 1u) / LIMB_BITS);
    limbs_read_little(INVERT_LENGTH / LIMB_BYTES, x, a);
    limbs_read_little(INVERT_LENGTH / LIMB_BYTES, modulus, m);
    for (int i = 0; i < 6; i++) {
        inverse *= 2u - modulus[0] * inverse;
    }
    limbs_invert(n, x, x, modulus, (limb)0 - inverse, bits);
    limbs_write_little(INVERT_LENGTH / LIMB_BYTES, r, x);
}
