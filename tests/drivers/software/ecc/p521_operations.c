/* SPDX-License-Identifier: Apache-2.0 */
#include "p521_operations.h"

#include "software/ecc/p521_field.h"

static void operate(limb *r, enum p521_operation operation, const limb *a, const limb *b, int same)
{
    limb sum[P521_LIMBS], difference[P521_LIMBS];
    p521_add(sum, a, b);
    p521_subtract(difference, a, b);
    memcpy(r, operation == P521_SUM ? sum : operation == P521_DIFFERENCE ? difference : a, sizeof sum);
    switch (operation) {
    case P521_PRODUCT:
        if (same) {
            p521_square(r, r);
        } else {
            p521_multiply(r, r, b);
        }
        break;
    case P521_SUM_BY_DIFFERENCE:
        p521_multiply(r, sum, difference);
        break;
    case P521_DIFFERENCE_SQUARED:
        p521_square(r, difference);
        break;
    case P521_SQUARES:
        p521_square_times(r, r, 5);
        break;
    case P521_ZERO:
        memset(r, 0, sizeof sum);
        r[0] = p521_mask_zero(a) & 1u;
        break;
    default:
        break;
    }
}

static void read(limb *r, const uint8_t *bytes)
{
    limb integer[P521_INTEGER_LIMBS] = { 0 };
    for (int i = 0; i < 66; i++) {
        integer[i / LIMB_BYTES] |= (limb)bytes[i] << (8 * (i % LIMB_BYTES));
    }
    p521_from_integer(r, integer);
}

static void write(uint8_t *bytes, const limb *a)
{
    limb integer[P521_INTEGER_LIMBS];
    p521_to_integer(integer, a);
    for (int i = 0; i < 66; i++) {
        bytes[i] = (uint8_t)(integer[i / LIMB_BYTES] >> (8 * (i % LIMB_BYTES)));
    }
}

void p521_operate(uint8_t *r, enum p521_operation operation, const uint8_t *a, const uint8_t *b)
{
    limb x[P521_LIMBS], y[P521_LIMBS], z[P521_LIMBS];
    read(x, a);
    read(y, b);
    operate(z, operation, x, y, memcmp(a, b, 66) == 0);
    write(r, z);
}

static void limits(limb *r, uint32_t pattern)
{
    limb largest = P521_LIMB_MASK + ((pattern >> 18 & 1u) != 0 ? 0u : 257u);
    for (int i = 0; i < P521_LIMBS; i++) {
        r[i] = (pattern >> i & 1u) != 0 ? largest : 0;
    }
}

int p521_operate_on_limits(uint8_t *r, enum p521_operation operation, uint32_t a, uint32_t b)
{
    limb x[P521_LIMBS], y[P521_LIMBS], z[P521_LIMBS];
    limits(x, a);
    limits(y, b);
    operate(z, operation, x, y, a == b);
    write(r, z);
    return P521_LIMB_BITS;
}
