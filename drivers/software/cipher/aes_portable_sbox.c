/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The AES S-box as a circuit of XOR and AND, applied to 64 bytes at once. The circuit is that of J. Boyar and R. Peralta,
 * "A new combinational logic minimization technique with applications to cryptology" (2010), 115 gates: a linear layer, the
 * inversion in GF(2^8) through the tower of GF(2^4), another linear layer. Names of signals are those of the paper, where
 * x0 is the most significant bit.
 */
#include "software/cipher/aes_portable.h"

/* Outputs of the first linear layer. */
struct top {
    uint64_t x7;
    uint64_t y1, y2, y3, y4, y5, y6, y7, y8, y9, y10, y11, y12, y13, y14, y15, y16, y17, y18, y19, y20, y21;
};

/* What the inversion hands to the last AND layer. */
struct middle {
    uint64_t t29, t33, t37, t40, t41, t42, t43, t44, t45;
};

static inline struct top top_layer(const uint64_t q[8])
{
    struct top s;
    const uint64_t x0 = q[7], x1 = q[6], x2 = q[5], x3 = q[4], x4 = q[3], x5 = q[2], x6 = q[1], x7 = q[0];
    const uint64_t t0 = x1 ^ x2;

    s.x7 = x7;
    s.y14 = x3 ^ x5;
    s.y13 = x0 ^ x6;
    s.y9 = x0 ^ x3;
    s.y8 = x0 ^ x5;
    s.y1 = t0 ^ x7;
    s.y4 = s.y1 ^ x3;
    s.y12 = s.y13 ^ s.y14;
    s.y2 = s.y1 ^ x0;
    s.y5 = s.y1 ^ x6;
    s.y3 = s.y5 ^ s.y8;
    const uint64_t t1 = x4 ^ s.y12;
    s.y15 = t1 ^ x5;
    s.y20 = t1 ^ x1;
    s.y6 = s.y15 ^ x7;
    s.y10 = s.y15 ^ t0;
    s.y11 = s.y20 ^ s.y9;
    s.y7 = x7 ^ s.y11;
    s.y17 = s.y10 ^ s.y11;
    s.y19 = s.y10 ^ s.y8;
    s.y16 = t0 ^ s.y11;
    s.y21 = s.y13 ^ s.y16;
    s.y18 = x0 ^ s.y16;
    return s;
}

static inline struct middle inversion(const struct top *s)
{
    struct middle m;
    const uint64_t t2 = s->y12 & s->y15;
    const uint64_t t4 = (s->y3 & s->y6) ^ t2;
    const uint64_t t6 = (s->y4 & s->x7) ^ t2;
    const uint64_t t7 = s->y13 & s->y16;
    const uint64_t t9 = (s->y5 & s->y1) ^ t7;
    const uint64_t t11 = (s->y2 & s->y7) ^ t7;
    const uint64_t t12 = s->y9 & s->y11;
    const uint64_t t14 = (s->y14 & s->y17) ^ t12;
    const uint64_t t16 = (s->y8 & s->y10) ^ t12;

    const uint64_t t21 = t4 ^ t14 ^ s->y20;
    const uint64_t t22 = t6 ^ t16 ^ s->y19;
    const uint64_t t23 = t9 ^ t14 ^ s->y21;
    const uint64_t t24 = t11 ^ t16 ^ s->y18;

    const uint64_t t25 = t21 ^ t22;
    const uint64_t t26 = t21 & t23;
    const uint64_t t27 = t24 ^ t26;
    m.t29 = (t25 & t27) ^ t22;
    const uint64_t t30 = t23 ^ t24;
    const uint64_t t31 = t22 ^ t26;
    m.t33 = (t31 & t30) ^ t24;
    const uint64_t t34 = t23 ^ m.t33;
    const uint64_t t35 = t27 ^ m.t33;
    const uint64_t t36 = t24 & t35;
    m.t37 = t36 ^ t34;
    const uint64_t t38 = t27 ^ t36;
    m.t40 = t25 ^ (m.t29 & t38);

    m.t41 = m.t40 ^ m.t37;
    m.t42 = m.t29 ^ m.t33;
    m.t43 = m.t29 ^ m.t40;
    m.t44 = m.t33 ^ m.t37;
    m.t45 = m.t42 ^ m.t41;
    return m;
}

void aes_portable_sbox(uint64_t q[8])
{
    const struct top s = top_layer(q);
    const struct middle m = inversion(&s);

    const uint64_t z0 = m.t44 & s.y15, z1 = m.t37 & s.y6, z2 = m.t33 & s.x7;
    const uint64_t z3 = m.t43 & s.y16, z4 = m.t40 & s.y1, z5 = m.t29 & s.y7;
    const uint64_t z6 = m.t42 & s.y11, z7 = m.t45 & s.y17, z8 = m.t41 & s.y10;
    const uint64_t z9 = m.t44 & s.y12, z10 = m.t37 & s.y3, z11 = m.t33 & s.y4;
    const uint64_t z12 = m.t43 & s.y13, z13 = m.t40 & s.y5, z14 = m.t29 & s.y2;
    const uint64_t z15 = m.t42 & s.y9, z16 = m.t45 & s.y14, z17 = m.t41 & s.y8;

    const uint64_t t46 = z15 ^ z16;
    const uint64_t t48 = z5 ^ z13;
    const uint64_t t53 = z0 ^ z3;
    const uint64_t t57 = z2 ^ z12 ^ t53;
    const uint64_t t58 = z4 ^ t46;
    const uint64_t t59 = z3 ^ z6 ^ z7;
    const uint64_t t62 = z7 ^ z8 ^ t58;
    const uint64_t t63 = z9 ^ z10 ^ t58;
    const uint64_t t64 = z4 ^ t59;
    const uint64_t t65 = z14 ^ t57 ^ t62;
    const uint64_t t66 = z1 ^ t63;
    const uint64_t s3 = t53 ^ t66;

    q[7] = t59 ^ t63;
    q[6] = t64 ^ ~s3;
    q[5] = z16 ^ z17 ^ ~(t64 ^ t65);
    q[4] = s3;
    q[3] = z2 ^ z5 ^ t66;
    q[2] = z10 ^ z11 ^ t65;
    q[1] = z12 ^ t48 ^ ~t62;
    q[0] = t48 ^ ~(t46 ^ t57);
}

/* The inverse of the S-box's affine map: b'_i = b_(i+2) + b_(i+5) + b_(i+7) + bit i of 0x05. */
static inline void inverse_affine(uint64_t q[8])
{
    const uint64_t b0 = q[0], b1 = q[1], b2 = q[2], b3 = q[3], b4 = q[4], b5 = q[5], b6 = q[6], b7 = q[7];

    q[0] = ~(b2 ^ b5 ^ b7);
    q[1] = b3 ^ b6 ^ b0;
    q[2] = ~(b4 ^ b7 ^ b1);
    q[3] = b5 ^ b0 ^ b2;
    q[4] = b6 ^ b1 ^ b3;
    q[5] = b7 ^ b2 ^ b4;
    q[6] = b0 ^ b3 ^ b5;
    q[7] = b1 ^ b4 ^ b6;
}

/* S = A o I with I the inversion, so the inverse, I o A^-1, is A^-1 o S o A^-1. */
void aes_portable_inverse_sbox(uint64_t q[8])
{
    inverse_affine(q);
    aes_portable_sbox(q);
    inverse_affine(q);
}
