/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points of edwards25519 (RFC 8032, 5.1), -x^2 + y^2 = 1 + d x^2 y^2, in extended coordinates: x = X / Z, y = Y / Z,
 * x y = T / Z. The sums of RFC 8032, 5.1.4, hold for all points: d is no square, -1 is one. So nothing here has exceptions.
 */
#ifndef SOFTWARE_ECC_EDWARDS25519_H
#define SOFTWARE_ECC_EDWARDS25519_H

#include "software/ecc/edwards25519_table.h"
#include "software/ecc/f25519.h"
#include "util/zeroise.h"

struct ed25519_point {
    struct f25519 x, y, z, t;
};

/* What a summand is used as: Y + X, Y - X, 2 d T, 2 Z. */
struct ed25519_summand {
    struct f25519 sum, difference, t2d, z2;
};

static const struct ed25519_point ed25519_neutral = { { { 0 } }, { { 1 } }, { { 1 } }, { { 0 } } };

/* 2 d */
static const struct f25519 ed25519_2d = { { LIMB_WORD(0xebd69b9426b2f159), LIMB_WORD(0x00e0149a8283b156),
                                            LIMB_WORD(0x198e80f2eef3d130), LIMB_WORD(0x2406d9dc56dffce7) } };

/* The order of the base point, L = 2^252 + 27742317777372353535851937790883648493. */
static const limb ed25519_order[F25519_LIMBS] = { LIMB_WORD(0x5812631a5cf5d3ed), LIMB_WORD(0x14def9dea2f79cd6),
                                                  LIMB_WORD(0x0000000000000000), LIMB_WORD(0x1000000000000000) };

static inline void ed25519_to_summand(struct ed25519_summand *r, const struct ed25519_point *a)
{
    f25519_add(&r->sum, &a->y, &a->x);
    f25519_subtract(&r->difference, &a->y, &a->x);
    f25519_multiply(&r->t2d, &a->t, &ed25519_2d);
    f25519_add(&r->z2, &a->z, &a->z);
}

/* The end of sum and double alike: E, F, G, H of the RFC. */
static inline void ed25519_finish(struct ed25519_point *r, const struct f25519 *e, const struct f25519 *f,
                                  const struct f25519 *g, const struct f25519 *h)
{
    f25519_multiply(&r->x, e, f);
    f25519_multiply(&r->y, g, h);
    f25519_multiply(&r->t, e, h);
    f25519_multiply(&r->z, f, g);
}

/* d = 2 Z1 Z2 */
static inline void ed25519_add_common(struct ed25519_point *r, const struct ed25519_point *a, const struct f25519 *sum,
                                      const struct f25519 *difference, const struct f25519 *t2d, const struct f25519 *d)
{
    struct f25519 e, f, g, h, t;
    f25519_subtract(&t, &a->y, &a->x);
    f25519_multiply(&e, &t, difference);
    f25519_add(&t, &a->y, &a->x);
    f25519_multiply(&h, &t, sum);
    f25519_multiply(&g, &a->t, t2d);
    f25519_subtract(&f, d, &g);
    f25519_add(&g, d, &g);
    f25519_subtract(&t, &h, &e);
    f25519_add(&h, &h, &e);
    ed25519_finish(r, &t, &f, &g, &h);
}

static inline void ed25519_add(struct ed25519_point *r, const struct ed25519_point *a, const struct ed25519_summand *b)
{
    struct f25519 d;
    f25519_multiply(&d, &a->z, &b->z2);
    ed25519_add_common(r, a, &b->sum, &b->difference, &b->t2d, &d);
}

/* b->z2 stands for 2 and is not read. */
static inline void ed25519_add_affine(struct ed25519_point *r, const struct ed25519_point *a, const struct ed25519_summand *b)
{
    struct f25519 d;
    f25519_add(&d, &a->z, &a->z);
    ed25519_add_common(r, a, &b->sum, &b->difference, &b->t2d, &d);
}

static inline void ed25519_double(struct ed25519_point *r, const struct ed25519_point *a)
{
    struct f25519 e, f, g, h, t;
    f25519_square(&g, &a->x);
    f25519_square(&t, &a->y);
    f25519_add(&h, &g, &t);
    f25519_subtract(&g, &g, &t);
    f25519_add(&t, &a->x, &a->y);
    f25519_square(&t, &t);
    f25519_subtract(&e, &h, &t);
    f25519_square(&t, &a->z);
    f25519_add(&t, &t, &t);
    f25519_add(&f, &t, &g);
    ed25519_finish(r, &e, &f, &g, &h);
}

/* -b where mask is all-ones. */
static inline void ed25519_negate_if(limb mask, struct ed25519_summand *b)
{
    f25519_swap_if(mask, &b->sum, &b->difference);
    f25519_negate_if(mask, &b->t2d);
}

static inline void ed25519_encode(uint8_t encoded[32], const struct ed25519_point *a)
{
    struct f25519 inverse, x, y;
    uint8_t bytes[32];
    f25519_invert(&inverse, &a->z);
    f25519_multiply(&x, &a->x, &inverse);
    f25519_multiply(&y, &a->y, &inverse);
    f25519_write(bytes, &x);
    f25519_write(encoded, &y);
    encoded[31] = (uint8_t)(encoded[31] | (bytes[0] & 1u) << 7);
    ZEROISE(inverse); /* Z tells more of a scalar than the point does */
}

/* x = sqrt((y^2 - 1) / (d y^2 + 1)) (RFC 8032, 5.1.3, steps 2 and 3). 0 where there is none, else all-ones. */
static inline limb ed25519_recover_x(struct f25519 *x, const struct f25519 *y)
{
    static const struct f25519 d = { { LIMB_WORD(0x75eb4dca135978a3), LIMB_WORD(0x00700a4d4141d8ab),
                                       LIMB_WORD(0x8cc740797779e898), LIMB_WORD(0x52036cee2b6ffe73) } };
    static const struct f25519 sqrt_minus_1 = { { LIMB_WORD(0xc4ee1b274a0ea0b0), LIMB_WORD(0x2f431806ad2fe478),
                                                  LIMB_WORD(0x2b4d00993dfbd7a7), LIMB_WORD(0x2b8324804fc1df0b) } };
    struct f25519 u, v, v3, t;
    f25519_square(&t, y);
    f25519_subtract(&u, &t, &f25519_one);
    f25519_multiply(&v, &t, &d);
    f25519_add(&v, &v, &f25519_one);
    f25519_square(&v3, &v);
    f25519_multiply(&v3, &v3, &v);
    f25519_square(&t, &v3);
    f25519_multiply(&t, &t, &v);
    f25519_multiply(&t, &t, &u); /* u v^7 */
    f25519_power_sqrt(&t, &t);
    f25519_multiply(&t, &t, &v3);
    f25519_multiply(x, &t, &u); /* u v^3 (u v^7)^((p - 5) / 8) */
    f25519_square(&t, x);
    f25519_multiply(&t, &t, &v);
    f25519_subtract(&v3, &t, &u);
    limb first = f25519_mask_zero(&v3); /* v x^2 = u */
    f25519_add(&v3, &t, &u);
    limb second = f25519_mask_zero(&v3); /* v x^2 = -u */
    f25519_multiply(&t, x, &sqrt_minus_1);
    limbs_select(F25519_LIMBS, x->v, first, x->v, t.v);
    return first | second;
}

/* RFC 8032, 5.1.3. 0 for what is no encoding of a point, else all-ones. Constant-time, for points that are secret. */
static inline limb ed25519_decode(struct ed25519_point *point, const uint8_t *encoded)
{
    uint8_t bytes[32];
    struct f25519 canonical;
    memcpy(bytes, encoded, 32);
    limb sign = bytes[31] >> 7;
    bytes[31] &= 0x7f;
    f25519_read(&point->y, bytes);
    f25519_canonical(&canonical, &point->y);
    limb different = 0;
    for (int i = 0; i < F25519_LIMBS; i++) {
        different |= canonical.v[i] ^ point->y.v[i];
    }
    limb valid = limbs_mask_zero(1, &different) & ed25519_recover_x(&point->x, &point->y);
    valid &= ~(((limb)0 - sign) & f25519_mask_zero(&point->x)); /* there is no -0 */
    f25519_write(bytes, &point->x);
    f25519_negate_if((limb)0 - ((limb)(bytes[0] & 1u) ^ sign), &point->x);
    point->z = f25519_one;
    f25519_multiply(&point->t, &point->x, &point->y);
    return valid;
}

/* ---- k B ---- */

/* entry = +-table[index], which is read whole. */
static inline void ed25519_lookup(struct ed25519_summand *entry, const uint64_t table[16][12], uint32_t index, limb negative)
{
    uint64_t words[12] = { 0 };
    for (uint32_t i = 0; i < 16; i++) {
        uint64_t mask = ct_barrier64((uint64_t)0 - (uint64_t)(ct_mask_equal32(i, index) & 1u));
        for (int j = 0; j < 12; j++) {
            words[j] |= table[i][j] & mask;
        }
    }
    limbs_from_words(F25519_LIMBS, entry->sum.v, words);
    limbs_from_words(F25519_LIMBS, entry->difference.v, words + 4);
    limbs_from_words(F25519_LIMBS, entry->t2d.v, words + 8);
    ed25519_negate_if(negative, entry);
    ZEROISE(words);
}

/* Digit i < 51 of an odd k (see p256_multiply.h), looked up and added. */
static inline void ed25519_add_digit(struct ed25519_point *r, const uint64_t table[16][12], const limb *k, unsigned i)
{
    struct ed25519_summand entry;
    uint32_t bits = limbs_bits(F25519_LIMBS, k, 5u * i, 6);
    uint32_t negative = ct_barrier32((bits >> 5) - 1u);
    ed25519_lookup(&entry, table, ((bits >> 1) ^ negative) & 15u, (limb)0 - (limb)(negative & 1u));
    ed25519_add_affine(r, r, &entry);
    ZEROISE(entry);
}

/*
 * r = k B for k < 2^255. 52 odd digits of five bits as in p256_multiply.h, of k or of k + L, whichever is odd, below 2^256;
 * digit 4 t + s belongs to ed25519_table[t], which holds odd multiples of 2^(20 t) B.
 */
static inline void ed25519_multiply_base(struct ed25519_point *r, const limb *k)
{
    limb odd[F25519_LIMBS], sum[F25519_LIMBS];
    struct ed25519_summand first;
    (void)limbs_add(F25519_LIMBS, sum, k, ed25519_order);
    limbs_select(F25519_LIMBS, odd, (limb)0 - (k[0] & 1u), k, sum);

    *r = ed25519_neutral;
    ed25519_lookup(&first, ed25519_table[12], 0, 0); /* the last digit is 1 */
    ed25519_add_affine(r, r, &first);
    for (unsigned s = 4; s-- > 0;) {
        for (int i = 0; i < 5 && s != 3; i++) {
            ed25519_double(r, r);
        }
        for (unsigned t = s == 3 ? 12u : 13u; t-- > 0;) {
            ed25519_add_digit(r, ed25519_table[t], odd, 4u * t + s);
        }
    }
    ZEROISE(odd);
    ZEROISE(sum);
}

#endif
