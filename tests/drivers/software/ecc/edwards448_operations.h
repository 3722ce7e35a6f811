/* SPDX-License-Identifier: Apache-2.0 */
/* What test_edwards448.c does with points of edwards448, once for each size of limbs. Points are strings of 57 bytes. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_EDWARDS448_OPERATIONS_H
#define TESTS_DRIVERS_SOFTWARE_ECC_EDWARDS448_OPERATIONS_H

#include <stdint.h>

enum ed448_operation {
    ED448_SUM,            /* a + b */
    ED448_SUM_AFFINE,     /* the same, of a summand with Z = 1 */
    ED448_DIFFERENCE,     /* a - b */
    ED448_DOUBLE,         /* 2 a */
    ED448_SUM_OF_SUMS,    /* (a + b) + (a + a), no Z being 1 */
    ED448_SUM_AND_AFFINE, /* (a + b) + b with Z = 1 */
    ED448_DOUBLE_SUM,     /* 2 (2 (a + b)) */
    ED448_OPERATIONS
};

/* 0 where a string is no point; the answer of ed448_mask_neutral() for the result goes to neutral. */
int ed448_operate(uint8_t r[57], int *neutral, enum ed448_operation operation, const uint8_t a[57], const uint8_t b[57]);
int ed448_limbs32_operate(uint8_t r[57], int *neutral, enum ed448_operation operation, const uint8_t a[57], const uint8_t b[57]);

#endif
