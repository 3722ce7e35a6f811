/* SPDX-License-Identifier: Apache-2.0 */
#include "software/pake/modular.h"

#include "software/ecc/limbs.h"
#include "util/zeroise.h"

#define LIMBS ((SW_GROUP_SCALAR_MAX + LIMB_BYTES - 1u) / LIMB_BYTES)

struct integer {
    limb v[LIMBS];
};

static int limbs_of(struct sw_modulus modulus)
{
    return (int)((modulus.length + LIMB_BYTES - 1u) / LIMB_BYTES);
}

/* r = the bytes, which are as many as m's. */
static void load(struct sw_modulus modulus, struct integer *r, const uint8_t *bytes)
{
    memset(r, 0, sizeof *r);
    for (size_t i = 0; i < modulus.length; i++) {
        r->v[i / LIMB_BYTES] |= (limb)bytes[modulus.length - 1u - i] << (8u * (i % LIMB_BYTES));
    }
}

static void store(struct sw_modulus modulus, uint8_t *bytes, const struct integer *a)
{
    for (size_t i = 0; i < modulus.length; i++) {
        bytes[modulus.length - 1u - i] = (uint8_t)(a->v[i / LIMB_BYTES] >> (8u * (i % LIMB_BYTES)));
    }
}

/* r = carry B + r - m if that is not negative, else r: below m for an input below 2 m. t is room. */
static void reduce_once(int n, struct integer *r, limb carry, const struct integer *m, struct integer *t)
{
    limb borrow = limbs_subtract(n, t->v, r->v, m->v);
    limbs_select(n, r->v, (limb)0 - (borrow & (carry ^ 1u)), r->v, t->v);
}

/* r = 2 r + bit modulo m: 2 r + 1 is at most 2 m - 1. */
static void append(int n, struct integer *r, limb bit, const struct integer *m, struct integer *t)
{
    limb carry = limbs_add(n, r->v, r->v, r->v);
    r->v[0] |= bit;
    reduce_once(n, r, carry, m, t);
}

void sw_modular_reduce(struct sw_modulus modulus, uint8_t *r, const uint8_t *bytes, size_t length)
{
    struct integer m, x = { { 0 } }, t;
    int n = limbs_of(modulus);
    load(modulus, &m, modulus.m);
    for (size_t i = 0; i < 8u * length; i++) {
        append(n, &x, (bytes[i / 8u] >> (7u - i % 8u)) & 1u, &m, &t);
    }
    store(modulus, r, &x);
    ZEROISE(x);
    ZEROISE(t);
}

void sw_modular_add(struct sw_modulus modulus, uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    struct integer m, x, y;
    int n = limbs_of(modulus);
    load(modulus, &m, modulus.m);
    load(modulus, &x, a);
    load(modulus, &y, b);
    limb carry = limbs_add(n, x.v, x.v, y.v);
    reduce_once(n, &x, carry, &m, &y);
    store(modulus, r, &x);
    ZEROISE(x);
    ZEROISE(y);
}

void sw_modular_negate(struct sw_modulus modulus, uint8_t *r, const uint8_t *a)
{
    struct integer m, x, t;
    int n = limbs_of(modulus);
    load(modulus, &m, modulus.m);
    load(modulus, &x, a);
    (void)limbs_subtract(n, x.v, m.v, x.v); /* 1..m */
    reduce_once(n, &x, 0, &m, &t);
    store(modulus, r, &x);
    ZEROISE(x);
    ZEROISE(t);
}

/* From the top bit of b down: x = 2 x + bit a. */
void sw_modular_multiply(struct sw_modulus modulus, uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    struct integer m, x = { { 0 } }, y, z, t;
    int n = limbs_of(modulus);
    load(modulus, &m, modulus.m);
    load(modulus, &y, a);
    load(modulus, &z, b);
    for (int i = (int)(8u * modulus.length); i-- > 0;) {
        append(n, &x, 0, &m, &t);
        limb mask = limb_barrier((limb)0 - ((z.v[i / LIMB_BITS] >> (i % LIMB_BITS)) & 1u));
        for (int j = 0; j < n; j++) {
            t.v[j] = y.v[j] & mask;
        }
        limb carry = limbs_add(n, x.v, x.v, t.v);
        reduce_once(n, &x, carry, &m, &t);
    }
    store(modulus, r, &x);
    ZEROISE(x);
    ZEROISE(y);
    ZEROISE(z);
    ZEROISE(t);
}

uint32_t sw_modular_is_valid(struct sw_modulus modulus, const uint8_t *a)
{
    uint32_t borrow = 0, bits = 0;
    for (size_t i = modulus.length; i-- > 0;) {
        borrow = ((uint32_t)a[i] - modulus.m[i] - borrow) >> 31;
        bits |= a[i];
    }
    return ct_mask_nonzero32(borrow) & ct_mask_nonzero32(bits);
}
