/* SPDX-License-Identifier: Apache-2.0 */
/* Edwards curves and integers modulo an order compiled with limbs of 32 bits, whatever the machine. */
#ifndef TESTS_DRIVERS_SOFTWARE_PAKE_LIMBS32_H
#define TESTS_DRIVERS_SOFTWARE_PAKE_LIMBS32_H

#include "software/pake/modular.h"

extern const struct sw_curve_group sw_edwards25519_group_limbs32;
extern const struct sw_curve_group sw_edwards448_group_limbs32;

void sw_modular_reduce_limbs32(struct sw_modulus modulus, uint8_t *r, const uint8_t *bytes, size_t length);
void sw_modular_add_limbs32(struct sw_modulus modulus, uint8_t *r, const uint8_t *a, const uint8_t *b);
void sw_modular_negate_limbs32(struct sw_modulus modulus, uint8_t *r, const uint8_t *a);
void sw_modular_multiply_limbs32(struct sw_modulus modulus, uint8_t *r, const uint8_t *a, const uint8_t *b);

#endif
