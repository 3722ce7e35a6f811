/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inverses by Bernstein and Yang, "Fast constant-time gcd computation and modular inversion" (2019): a division step takes
 * (delta, f, g), f odd, to (1 - delta, g, (g - f) / 2) if delta > 0 and g is odd, else to (1 + delta, f, (g + (g mod 2) f) / 2).
 * From (1, m, a), after so many steps as theorem 11.2 says, f is 1 or -1 and g is 0 (f = m for a = 0).
 *
 * With d a = f and e a = g modulo m throughout, d is the inverse or its opposite. B steps depend on the lowest B bits alone, and
 * are one matrix of integers, divided by 2^B: |u| + |v| <= 2^B and |q| + |r| <= 2^B.
 */
#include "software/ecc/limbs_invert.h"

#include "util/zeroise.h"

#define BATCH (LIMB_BITS - 2) /* B */
#define BATCH_MASK (((limb)1 << BATCH) - 1u)
#define WORDS ((521 + 1 + BATCH - 1) / BATCH)

/* The sum of v[i] 2^(B i): the highest word has the sign, the others are in 0..2^B-1. */
struct integer {
    limb_signed v[WORDS];
};

struct state {
    struct integer f, g, d, e, m;
    limb m_inverse; /* -1/m modulo 2^LIMB_BITS */
    limb delta;     /* modulo 2^LIMB_BITS; it does not pass the number of steps */
    limb_signed u, v, q, r;
    int words;
};

/* One batch on the lowest bits. */
static void make_matrix(struct state *s)
{
    limb f = (limb)s->f.v[0], g = (limb)s->g.v[0], delta = s->delta;
    limb u = 1, v = 0, q = 0, r = 1;
    for (int i = 0; i < BATCH; i++) {
        limb positive = limb_barrier((limb)0 - (((limb)0 - delta) >> (LIMB_BITS - 1)));
        limb odd = limb_barrier((limb)0 - (g & 1u));
        limb swap = positive & odd;
        g += ((f ^ positive) - positive) & odd; /* g - f or g + f */
        q += ((u ^ positive) - positive) & odd;
        r += ((v ^ positive) - positive) & odd;
        f += g & swap; /* what g was */
        u += q & swap;
        v += r & swap;
        delta = (delta ^ swap) - swap + 1u;
        g >>= 1;
        u <<= 1;
        v <<= 1;
    }
    s->delta = delta;
    s->u = (limb_signed)u;
    s->v = (limb_signed)v;
    s->q = (limb_signed)q;
    s->r = (limb_signed)r;
}

/* f, g = (u f + v g, q f + r g) / 2^B, without a rest. Sums are at most 2^2B and a carry. */
static void update_f_and_g(struct state *s)
{
    limb2_signed f = 0, g = 0;
    for (int i = 0; i < s->words; i++) {
        limb_signed fi = s->f.v[i], gi = s->g.v[i];
        f += (limb2_signed)s->u * fi + (limb2_signed)s->v * gi;
        g += (limb2_signed)s->q * fi + (limb2_signed)s->r * gi;
        if (i > 0) {
            s->f.v[i - 1] = (limb_signed)((limb)f & BATCH_MASK);
            s->g.v[i - 1] = (limb_signed)((limb)g & BATCH_MASK);
        }
        f >>= BATCH;
        g >>= BATCH;
    }
    s->f.v[s->words - 1] = (limb_signed)f;
    s->g.v[s->words - 1] = (limb_signed)g;
}

/* All-ones if it is negative. */
static limb_signed sign_of(const struct state *s, const struct integer *x)
{
    limb sign = (limb)x->v[s->words - 1] >> (LIMB_BITS - 1);
    return (limb_signed)limb_barrier((limb)0 - sign);
}

/* The multiple of m, `start` or up to 2^B - 1 less, that makes the lowest B bits of x + m times it 0. */
static limb_signed multiple_of_m(const struct state *s, limb_signed start, limb x)
{
    return start - (limb_signed)(((limb)start - s->m_inverse * x) & BATCH_MASK);
}

/*
 * d, e = (u d + v e, q d + r e) / 2^B modulo m, in -2m+1..m-1 as they were: m is added to what is negative, which is then in
 * -m+1..m-1, and its combination in -2^B m+1..2^B m-1. At most (2^B - 1) m is subtracted to divide. Sums are below 2^(2B + 2).
 */
static void update_d_and_e(struct state *s)
{
    limb_signed d_sign = sign_of(s, &s->d), e_sign = sign_of(s, &s->e);
    limb d0 = (limb)s->u * (limb)s->d.v[0] + (limb)s->v * (limb)s->e.v[0];
    limb e0 = (limb)s->q * (limb)s->d.v[0] + (limb)s->r * (limb)s->e.v[0];
    limb_signed d_multiple = multiple_of_m(s, (s->u & d_sign) + (s->v & e_sign), d0);
    limb_signed e_multiple = multiple_of_m(s, (s->q & d_sign) + (s->r & e_sign), e0);
    limb2_signed d = 0, e = 0;
    for (int i = 0; i < s->words; i++) {
        limb_signed di = s->d.v[i], ei = s->e.v[i], mi = s->m.v[i];
        d += (limb2_signed)s->u * di + (limb2_signed)s->v * ei + (limb2_signed)d_multiple * mi;
        e += (limb2_signed)s->q * di + (limb2_signed)s->r * ei + (limb2_signed)e_multiple * mi;
        if (i > 0) {
            s->d.v[i - 1] = (limb_signed)((limb)d & BATCH_MASK);
            s->e.v[i - 1] = (limb_signed)((limb)e & BATCH_MASK);
        }
        d >>= BATCH;
        e >>= BATCH;
    }
    s->d.v[s->words - 1] = (limb_signed)d;
    s->e.v[s->words - 1] = (limb_signed)e;
}

/* d += m if it is negative; then -d where `negated` is all-ones. */
static void correct(struct state *s, limb_signed negated)
{
    limb_signed mask = sign_of(s, &s->d), carry = 0;
    for (int i = 0; i < s->words; i++) {
        carry += ((s->d.v[i] + (s->m.v[i] & mask)) ^ negated) - negated;
        s->d.v[i] = i < s->words - 1 ? (limb_signed)((limb)carry & BATCH_MASK) : carry;
        carry >>= BATCH;
    }
}

static void split(struct integer *r, int words, int n, const limb *a)
{
    for (int i = 0; i < words; i++) {
        r->v[i] = (limb_signed)limbs_slice(n, a, (unsigned)(i * BATCH), BATCH);
    }
}

void limbs_invert(int n, limb *r, const limb *a, const limb *m, limb m_inverse, unsigned bits)
{
    struct state s = { .m_inverse = m_inverse, .delta = 1, .e = { { 1 } }, .words = (int)(bits + BATCH) / BATCH };
    unsigned steps = (49u * bits + 57u) / 17u;
    split(&s.m, s.words, n, m);
    split(&s.g, s.words, n, a);
    s.f = s.m;
    for (unsigned done = 0; done < steps; done += BATCH) {
        make_matrix(&s);
        update_f_and_g(&s);
        update_d_and_e(&s);
    }
    correct(&s, sign_of(&s, &s.f)); /* in -m+1..m-1 */
    correct(&s, 0);
    memset(r, 0, (size_t)n * sizeof *r);
    for (int i = 0; i < s.words; i++) {
        limbs_put_slice(n, r, (unsigned)(i * BATCH), (limb)s.d.v[i]);
    }
    ZEROISE(s);
}
