/* SPDX-License-Identifier: Apache-2.0 */
/* What test_p521.c does with the field modulo 2^521 - 1, once for each size of limbs. Elements are strings of 66 bytes, little-endian. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_P521_OPERATIONS_H
#define TESTS_DRIVERS_SOFTWARE_ECC_P521_OPERATIONS_H

#include <stdint.h>

enum p521_operation {
    P521_PRODUCT, /* a b, a^2 where they are the same */
    P521_SUM,
    P521_DIFFERENCE,
    P521_SUM_BY_DIFFERENCE, /* (a + b) (a - b) */
    P521_DIFFERENCE_SQUARED,
    P521_SQUARES,   /* a^(2^5) */
    P521_ZERO,      /* 1 for a = 0 modulo p, else 0 */
    P521_OPERATIONS
};

void p521_operate(uint8_t *r, enum p521_operation operation, const uint8_t *a, const uint8_t *b);
void p521_limbs32_operate(uint8_t *r, enum p521_operation operation, const uint8_t *a, const uint8_t *b);

/* The same for limbs that are T where the pattern has a bit, else 0. Bit 18: full ones, 2^W - 1, not T. The
 * answer is the bits of a limb. */
int p521_operate_on_limits(uint8_t *r, enum p521_operation operation, uint32_t a, uint32_t b);
int p521_limbs32_operate_on_limits(uint8_t *r, enum p521_operation operation, uint32_t a, uint32_t b);

#endif
