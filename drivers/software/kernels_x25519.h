/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ladder of X25519 (RFC 7748, 5) on integers modulo 2^255 - 19 of any form. Before it is included,
 *   LADDER_ELEMENT is their type, and there are
 *   ladder_add, ladder_subtract, ladder_multiply(r, a, b), ladder_square(r, a), ladder_multiply_add(r, a, b) for 121665 a + b and
 *   ladder_swap_if(bit, a, b), constant-time, for operands that may be the same.
 */

struct ladder {
    LADDER_ELEMENT x2, z2, x3, z3;
    LADDER_ELEMENT a, b, c, d, e; /* of a step; they are wiped with the rest */
};

/* One step for all bits: (2 P2, P2 + P3), with P3 - P2 = (x1 : 1). */
static inline void ladder_step(struct ladder *l, const LADDER_ELEMENT *x1)
{
    ladder_add(&l->a, &l->x2, &l->z2);
    ladder_subtract(&l->b, &l->x2, &l->z2);
    ladder_add(&l->c, &l->x3, &l->z3);
    ladder_subtract(&l->d, &l->x3, &l->z3);
    ladder_multiply(&l->d, &l->d, &l->a);
    ladder_multiply(&l->c, &l->c, &l->b);
    ladder_square(&l->a, &l->a);
    ladder_square(&l->b, &l->b);
    ladder_add(&l->e, &l->d, &l->c);
    ladder_subtract(&l->d, &l->d, &l->c);
    ladder_subtract(&l->c, &l->a, &l->b);
    ladder_square(&l->x3, &l->e);
    ladder_square(&l->d, &l->d);
    ladder_multiply(&l->x2, &l->a, &l->b);
    ladder_multiply_add(&l->a, &l->c, &l->a);
    ladder_multiply(&l->z3, &l->d, x1);
    ladder_multiply(&l->z2, &l->c, &l->a);
}

/* k is 32 bytes as decodeScalar25519() leaves them, little-endian: its last bit is 0, so that nothing is left to swap. x2 and z2 of
 * the answer are those of the product; x2, z2, x3, z3 hold 1, 0, u, 1 before. */
static inline void ladder_climb(struct ladder *l, const uint8_t k[32], const LADDER_ELEMENT *u)
{
    unsigned swap = 0;
    for (unsigned t = 255; t-- > 0;) {
        unsigned bit = (unsigned)k[t / 8u] >> t % 8u & 1u;
        ladder_swap_if(swap ^ bit, &l->x2, &l->x3);
        ladder_swap_if(swap ^ bit, &l->z2, &l->z3);
        swap = bit;
        ladder_step(l, u);
    }
}
