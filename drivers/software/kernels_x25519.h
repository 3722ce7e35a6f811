/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ladder of X25519 (RFC 7748, 5) on integers modulo 2^255 - 19 of any form. Before it is included,
 *   LADDER_ELEMENT is their type, and there are
 *   ladder_add, ladder_subtract, ladder_multiply(r, a, b), ladder_square(r, a), ladder_multiply_add(r, a, b) for 121665 a + b and
 *   ladder_swap_if(bit, a, b), constant-time, for operands that may be the same.
 */

struct ladder {
    LADDER_ELEMENT x2, z2, x3, z3;
};

/* One step for all bits: (2 P2, P2 + P3), with P3 - P2 = (x1 : 1). */
static inline void ladder_step(struct ladder *l, const LADDER_ELEMENT *x1)
{
    LADDER_ELEMENT a, b, c, d, e;
    ladder_add(&a, &l->x2, &l->z2);
    ladder_subtract(&b, &l->x2, &l->z2);
    ladder_add(&c, &l->x3, &l->z3);
    ladder_subtract(&d, &l->x3, &l->z3);
    ladder_multiply(&d, &d, &a);
    ladder_multiply(&c, &c, &b);
    ladder_square(&a, &a);
    ladder_square(&b, &b);
    ladder_add(&e, &d, &c);
    ladder_subtract(&d, &d, &c);
    ladder_subtract(&c, &a, &b);
    ladder_square(&l->x3, &e);
    ladder_square(&d, &d);
    ladder_multiply(&l->x2, &a, &b);
    ladder_multiply_add(&a, &c, &a);
    ladder_multiply(&l->z3, &d, x1);
    ladder_multiply(&l->z2, &c, &a);
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
