/* SPDX-License-Identifier: Apache-2.0 */
/* limbs_invert() for each size of limbs: a and m are little-endian, of 72 bytes. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_LIMBS_INVERT_WAYS_H
#define TESTS_DRIVERS_SOFTWARE_ECC_LIMBS_INVERT_WAYS_H

#include <stdint.h>

#define INVERT_LENGTH 72

void invert_bytes(uint8_t *r, const uint8_t *a, const uint8_t *m, unsigned bits);
void invert_bytes_limbs32(uint8_t *r, const uint8_t *a, const uint8_t *m, unsigned bits);

#endif
