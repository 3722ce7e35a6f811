/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points of edwards448 (RFC 8032, 5.2), x^2 + y^2 = 1 + d x^2 y^2 with d = -39081, in extended coordinates: x = X / Z, y = Y / Z,
 * x y = T / Z. The sums hold for all points, as d is no square: nothing here has exceptions (Hisil, Wong, Carter, Dawson,
 * ASIACRYPT 2008, with a = 1). T is kept as two factors, which a doubling, needing no T, does not multiply.
 *
 * All coordinates are tight (f448.h) but for tb, which is a difference, and is a factor of products alone.
 */
#ifndef SOFTWARE_ECC_EDWARDS448_H
#define SOFTWARE_ECC_EDWARDS448_H

#include "software/ecc/edwards448_table.h"
#include "software/ecc/f448.h"
#include "util/zeroise.h"

#define ED448_LIMBS (448 / LIMB_BITS)
#define ED448_MINUS_D 39081u

struct ed448_point {
    struct f448 x, y, z, ta, tb; /* T = ta tb */
};

/* What a summand is used as. */
struct ed448_summand {
    struct f448 x, y, td, z; /* td = -d T */
};

static const struct ed448_point ed448_neutral = { { { 0 } }, { { 1 } }, { { 1 } }, { { 0 } }, { { 1 } } };

/* The order of the base point, L = 2^446 - 13818066809895115352007386748515426880336692474882178609894547503885, and a limb of 0. */
static const limb ed448_order[ED448_LIMBS + 1] = { LIMB_WORD(0x2378c292ab5844f3), LIMB_WORD(0x216cc2728dc58f55),
                                                   LIMB_WORD(0xc44edb49aed63690), LIMB_WORD(0xffffffff7cca23e9),
                                                   LIMB_WORD(0xffffffffffffffff), LIMB_WORD(0xffffffffffffffff),
                                                   LIMB_WORD(0x3fffffffffffffff) };

static inline void ed448_to_summand(struct ed448_summand *r, const struct ed448_point *a)
{
    r->x = a->x;
    r->y = a->y;
    f448_multiply(&r->td, &a->ta, &a->tb);
    f448_multiply_small(&r->td, &r->td, ED448_MINUS_D);
    r->z = a->z;
}

/* The end of sum and double alike: x = E F, y = G H, z = F G, T = E H. */
static inline void ed448_finish(struct ed448_point *r, const struct f448 *e, const struct f448 *f, const struct f448 *g,
                                const struct f448 *h)
{
    f448_multiply(&r->x, e, f);
    f448_multiply(&r->y, g, h);
    f448_multiply(&r->z, f, g);
    r->ta = *e;
    r->tb = *h;
}

/* d = Z1 Z2 */
static inline void ed448_add_common(struct ed448_point *r, const struct ed448_point *a, const struct ed448_summand *b,
                                    const struct f448 *d)
{
    struct f448 ax, by, c, e, f, g, h, t;
    f448_multiply(&c, &a->ta, &a->tb);
    f448_multiply(&c, &c, &b->td); /* -C */
    f448_multiply(&ax, &a->x, &b->x);
    f448_multiply(&by, &a->y, &b->y);
    f448_add(&t, &a->x, &a->y);
    f448_add(&e, &b->x, &b->y);
    f448_multiply(&t, &t, &e);
    f448_subtract_both(&e, &t, &ax, &by);
    f448_add(&f, d, &c);
    f448_subtract(&g, d, &c);
    f448_subtract(&h, &by, &ax);
    ed448_finish(r, &e, &f, &g, &h);
}

static inline void ed448_add(struct ed448_point *r, const struct ed448_point *a, const struct ed448_summand *b)
{
    struct f448 d;
    f448_multiply(&d, &a->z, &b->z);
    ed448_add_common(r, a, b, &d);
}

/* b->z stands for 1 and is not read. */
static inline void ed448_add_affine(struct ed448_point *r, const struct ed448_point *a, const struct ed448_summand *b)
{
    struct f448 d = a->z;
    ed448_add_common(r, a, b, &d);
}

static inline void ed448_double(struct ed448_point *r, const struct ed448_point *a)
{
    struct f448 xx, yy, zz, e, f, g, h, t;
    f448_square(&xx, &a->x);
    f448_square(&yy, &a->y);
    f448_square(&zz, &a->z);
    f448_add(&t, &a->x, &a->y);
    f448_square(&t, &t);
    f448_subtract_both(&e, &t, &xx, &yy);
    f448_add(&g, &xx, &yy);
    f448_subtract_both(&f, &g, &zz, &zz);
    f448_subtract(&h, &xx, &yy);
    ed448_finish(r, &e, &f, &g, &h);
}

/* -b where mask is all-ones. */
static inline void ed448_negate_if(limb mask, struct ed448_summand *b)
{
    f448_negate_if(mask, &b->x);
    f448_negate_if(mask, &b->td);
}

/* From 24 words of a table; z is not written. */
static inline void ed448_from_words(struct ed448_summand *r, const uint64_t words[24])
{
    f448_from_words(&r->x, words);
    f448_from_words(&r->y, words + 8);
    f448_from_words(&r->td, words + 16);
}

/* RFC 8032, 5.2.2 */
static inline void ed448_encode(uint8_t encoded[57], const struct ed448_point *a)
{
    struct f448 inverse, x, y;
    uint8_t bytes[56];
    f448_invert(&inverse, &a->z);
    f448_multiply(&x, &a->x, &inverse);
    f448_multiply(&y, &a->y, &inverse);
    f448_write(bytes, &x);
    f448_write(encoded, &y);
    encoded[56] = (uint8_t)(bytes[0] << 7);
    ZEROISE(inverse); /* Z tells more of a scalar than the point does */
}

/* x = sqrt((1 - y^2) / (1 - d y^2)) (RFC 8032, 5.2.3, steps 2 and 3). 0 where there is none, else all-ones. */
static inline limb ed448_recover_x(struct f448 *x, const struct f448 *y)
{
    struct f448 u, v, t, w;
    f448_square(&t, y);
    f448_subtract(&u, &f448_one, &t);
    f448_multiply_small(&v, &t, ED448_MINUS_D);
    f448_add(&v, &v, &f448_one);
    f448_multiply(&t, &u, &v);
    f448_square(&w, &u);
    f448_multiply(&w, &w, &t); /* u^3 v */
    f448_square(&t, &t);
    f448_multiply(&t, &t, &w); /* u^5 v^3 */
    f448_power_sqrt(&t, &t);
    f448_multiply(x, &t, &w); /* u^3 v (u^5 v^3)^((p - 3) / 4) */
    f448_square(&t, x);
    f448_multiply(&t, &t, &v);
    f448_settle(&u, &u);
    f448_subtract(&t, &t, &u);
    f448_settle(&t, &t);
    return f448_mask_zero(&t);
}

/* RFC 8032, 5.2.3. 0 for what is no encoding of a point, else all-ones. Constant-time, for points that are secret. */
static inline limb ed448_decode(struct ed448_point *point, const uint8_t encoded[57])
{
    struct f448 canonical;
    uint8_t bytes[56];
    f448_read(&point->y, encoded);
    f448_canonical(&canonical, &point->y);
    limb sign = (limb)encoded[56] >> 7, wrong = encoded[56] & 0x7fu;
    for (int i = 0; i < F448_LIMBS; i++) {
        wrong |= canonical.v[i] ^ point->y.v[i];
    }
    limb valid = limbs_mask_zero(1, &wrong) & ed448_recover_x(&point->x, &point->y);
    valid &= ~(((limb)0 - sign) & f448_mask_zero(&point->x)); /* there is no -0 */
    f448_write(bytes, &point->x);
    f448_negate_if((limb)0 - ((limb)(bytes[0] & 1u) ^ sign), &point->x);
    point->z = f448_one;
    point->ta = point->x;
    point->tb = point->y;
    return valid;
}

/* Whether a is the neutral element: all-ones or 0. */
static inline limb ed448_mask_neutral(const struct ed448_point *a)
{
    struct f448 difference;
    f448_subtract(&difference, &a->y, &a->z);
    f448_settle(&difference, &difference);
    return f448_mask_zero(&a->x) & f448_mask_zero(&difference);
}

/* odd = k or k + L, whichever is odd: the same multiple of points of order L. k is below B = 2^448. */
static inline void ed448_make_odd(limb odd[ED448_LIMBS + 1], const limb *k)
{
    limb sum[ED448_LIMBS], mask = (limb)0 - (k[0] & 1u);
    limb carry = limbs_add(ED448_LIMBS, sum, k, ed448_order);
    limbs_select(ED448_LIMBS, odd, mask, k, sum);
    odd[ED448_LIMBS] = carry & ~limb_barrier(mask);
    ZEROISE(sum);
}

/* ---- k B ---- */

/*
 * Signed combs (Hamburg, "Fast and compact elliptic-curve cryptography", 3.3). An odd number below 2^450 is a sum of +-2^i for
 * i < 450, + where bit i + 1 of it plus 2^450 is 1. There are five combs of five teeth each, spaced by 18 bits: tooth j of comb c
 * at place e stands for the sign of 2^(90 c + 18 j + e).
 */
#define ED448_COMBS 5u
#define ED448_TEETH 5u
#define ED448_SPACING 18u

struct ed448_combs {
    limb bits[ED448_LIMBS + 1];
};

static inline void ed448_to_combs(struct ed448_combs *combs, const limb *k)
{
    ed448_make_odd(combs->bits, k);
    combs->bits[ED448_LIMBS] |= 4u; /* 2^450 */
}

/* What a comb finds at its place: the signs of all teeth but the last as a number, turned where that of the last is -. */
struct ed448_tooth {
    uint32_t index;
    limb negative; /* all-ones or 0 */
};

static inline struct ed448_tooth ed448_tooth(const struct ed448_combs *combs, unsigned c, unsigned e)
{
    uint32_t bits = 0;
    for (unsigned j = 0; j < ED448_TEETH; j++) {
        unsigned at = (ED448_TEETH * c + j) * ED448_SPACING + e + 1u;
        bits |= limbs_bits(ED448_LIMBS + 1, combs->bits, at, 1) << j;
    }
    uint32_t negative = ct_barrier32((bits >> 4) - 1u);
    struct ed448_tooth tooth = { (bits ^ negative) & 15u, (limb)0 - (limb)(negative & 1u) };
    return tooth;
}

/* entry = +-table[index], which is read whole. */
static inline void ed448_lookup(struct ed448_summand *entry, const uint64_t table[16][24], struct ed448_tooth tooth)
{
    uint64_t words[24] = { 0 };
    for (uint32_t i = 0; i < 16; i++) {
        uint64_t mask = ct_barrier64((uint64_t)0 - (uint64_t)(ct_mask_equal32(i, tooth.index) & 1u));
        for (int j = 0; j < 24; j++) {
            words[j] |= table[i][j] & mask;
        }
    }
    ed448_from_words(entry, words);
    ed448_negate_if(tooth.negative, entry);
    ZEROISE(words);
}

/* r = k B for k < 2^448. */
static inline void ed448_multiply_base(struct ed448_point *r, const limb *k)
{
    struct ed448_combs combs;
    struct ed448_summand entry;
    ed448_to_combs(&combs, k);
    *r = ed448_neutral;
    for (unsigned e = ED448_SPACING; e-- > 0;) {
        ed448_double(r, r);
        for (unsigned c = 0; c < ED448_COMBS; c++) {
            ed448_lookup(&entry, ed448_table[c], ed448_tooth(&combs, c, e));
            ed448_add_affine(r, r, &entry);
        }
    }
    ZEROISE(combs);
    ZEROISE(entry);
}

#endif
