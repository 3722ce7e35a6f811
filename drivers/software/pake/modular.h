/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integers modulo any m as big-endian strings of m's length, at most SW_GROUP_SCALAR_MAX bytes. Constant-time: what it takes depends on
 * the lengths alone. A product costs two additions for each bit, far less than what is done with it in the group.
 *
 * Values are below m where not said otherwise. Outputs may lie over inputs.
 */
#ifndef SOFTWARE_PAKE_MODULAR_H
#define SOFTWARE_PAKE_MODULAR_H

#include "software/pake/group.h"

struct sw_modulus {
    const uint8_t *m;
    size_t length;
};

/* r = the bytes, any number of them, modulo m. */
void sw_modular_reduce(struct sw_modulus modulus, uint8_t *r, const uint8_t *bytes, size_t length);

void sw_modular_add(struct sw_modulus modulus, uint8_t *r, const uint8_t *a, const uint8_t *b);
/* r = -a */
void sw_modular_negate(struct sw_modulus modulus, uint8_t *r, const uint8_t *a);
void sw_modular_multiply(struct sw_modulus modulus, uint8_t *r, const uint8_t *a, const uint8_t *b);

/* All-ones if a, any string of m's length, is in 1..m-1, else 0. */
uint32_t sw_modular_is_valid(struct sw_modulus modulus, const uint8_t *a);

#endif
