/* SPDX-License-Identifier: Apache-2.0 */
/* What test_f448.c does with the field modulo 2^448 - 2^224 - 1, once for each size of limbs. Elements are strings of 56 bytes. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_F448_OPERATIONS_H
#define TESTS_DRIVERS_SOFTWARE_ECC_F448_OPERATIONS_H

#include <stdint.h>

enum f448_operation {
    F448_PRODUCT,               /* a b, a^2 where they are the same */
    F448_SUM_BY_DIFFERENCE,     /* (a + b) (a - b) */
    F448_DIFFERENCE_SQUARED,
    F448_SUM_SQUARED,
    F448_DIFFERENCE_BY_REVERSE, /* (a - b) (b - a) */
    F448_BOTH,                  /* (a + b) - b - b */
    F448_SMALL,                 /* (a - b) 39081 */
    F448_NEGATED,               /* -a */
    F448_NOT_NEGATED,           /* a */
    F448_INVERSE,               /* 1 / a, or 0 */
    F448_ROOT,                  /* a^((p - 3) / 4) */
    F448_OPERATIONS
};

void f448_operate(uint8_t *r, enum f448_operation operation, const uint8_t *a, const uint8_t *b);
void f448_limbs32_operate(uint8_t *r, enum f448_operation operation, const uint8_t *a, const uint8_t *b);

/* 1 if products of the largest limbs that are allowed are those of the settled elements, for both operands, and for every
 * choice of limbs (bits of `pattern`, and the same turned) that are 0. */
int f448_limits_hold(uint32_t pattern);
int f448_limbs32_limits_hold(uint32_t pattern);

#endif
