/* SPDX-License-Identifier: Apache-2.0 */
#include "f448_operations.h"

#include "software/ecc/f448.h"

static void combine(struct f448 *r, enum f448_operation operation, const struct f448 *a, const struct f448 *b)
{
    struct f448 sum, difference, reverse;
    f448_add(&sum, a, b);
    f448_subtract(&difference, a, b);
    f448_subtract(&reverse, b, a);
    switch (operation) {
    case F448_SUM_BY_DIFFERENCE:
        f448_multiply(r, &sum, &difference);
        break;
    case F448_DIFFERENCE_SQUARED:
        f448_square(r, &difference);
        break;
    case F448_SUM_SQUARED:
        f448_square(r, &sum);
        break;
    case F448_DIFFERENCE_BY_REVERSE:
        f448_multiply(r, &difference, &reverse);
        break;
    case F448_BOTH:
        f448_subtract_both(r, &sum, b, b);
        break;
    default:
        f448_multiply_small(r, &difference, 39081);
        break;
    }
}

void f448_operate(uint8_t *r, enum f448_operation operation, const uint8_t *a, const uint8_t *b)
{
    struct f448 x, y, z;
    f448_read(&x, a);
    f448_read(&y, b);
    z = x;
    switch (operation) {
    case F448_PRODUCT:
        if (memcmp(a, b, 56) == 0) {
            f448_square(&z, &x);
        } else {
            f448_multiply(&z, &x, &y);
        }
        break;
    case F448_NEGATED:
    case F448_NOT_NEGATED:
        f448_negate_if((limb)0 - (limb)(operation == F448_NEGATED), &z);
        break;
    case F448_INVERSE:
        f448_invert(&z, &x);
        break;
    case F448_ROOT:
        f448_power_sqrt(&z, &x);
        break;
    default:
        combine(&z, operation, &x, &y);
        break;
    }
    f448_write(r, &z);
}

/* 2 T, or 3 T where differences are not settled. */
static void largest(struct f448 *r, uint32_t pattern)
{
    limb limit = (limb)(LIMB_BITS == 64 ? 3u : 2u) * (((limb)1 << F448_LIMB_BITS) + 1024u);
    for (int i = 0; i < F448_LIMBS; i++) {
        r->v[i] = (pattern >> i & 1u) != 0 ? limit : 0;
    }
}

int f448_limits_hold(uint32_t pattern)
{
    struct f448 a, b, settled_a, settled_b, loose, settled;
    uint8_t bytes[2][56];
    largest(&a, pattern);
    largest(&b, pattern >> 5 | pattern << 11);
    f448_settle(&settled_a, &a);
    f448_settle(&settled_b, &b);
    f448_multiply(&loose, &a, &b);
    f448_multiply(&settled, &settled_a, &settled_b);
    f448_write(bytes[0], &loose);
    f448_write(bytes[1], &settled);
    int holds = memcmp(bytes[0], bytes[1], 56) == 0;
    f448_square(&loose, &a);
    f448_multiply(&settled, &settled_a, &settled_a);
    f448_write(bytes[0], &loose);
    f448_write(bytes[1], &settled);
    return holds && memcmp(bytes[0], bytes[1], 56) == 0;
}
