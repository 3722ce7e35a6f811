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

static void load(struct sw_modulus modulus, struct integer *r, const uint8_t *bytes)
{
    limbs_load(limbs_of(modulus), r->v, bytes, modulus.length);
}

static void store(struct sw_modulus modulus, uint8_t *bytes, const struct integer *a)
{
    limbs_store(bytes, modulus.length, a->v);
}

void sw_modular_reduce(struct sw_modulus modulus, uint8_t *r, const uint8_t *bytes, size_t length)
{
    struct integer m, x, t;
    load(modulus, &m, modulus.m);
    limbs_reduce_bytes(limbs_of(modulus), t.v, x.v, bytes, length, m.v);
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
    limbs_reduce_in(n, y.v, x.v, carry, x.v, m.v);
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
    limbs_reduce_in(n, t.v, x.v, 0, x.v, m.v);
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
        limbs_append_mod(n, t.v, x.v, 0, m.v);
        limb mask = limb_barrier((limb)0 - ((z.v[i / LIMB_BITS] >> (i % LIMB_BITS)) & 1u));
        for (int j = 0; j < n; j++) {
            t.v[j] = y.v[j] & mask;
        }
        limb carry = limbs_add(n, x.v, x.v, t.v);
        limbs_reduce_in(n, t.v, x.v, carry, x.v, m.v);
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
