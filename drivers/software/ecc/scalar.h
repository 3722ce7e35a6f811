/* SPDX-License-Identifier: Apache-2.0 */
/* Integers modulo the order of a curve as big-endian strings of curve->order_length bytes. Constant-time. */
#ifndef SOFTWARE_ECC_SCALAR_H
#define SOFTWARE_ECC_SCALAR_H

#include "software/ecc/curve.h"

/* All-ones if 1 <= scalar < n, else 0. */
uint32_t sw_scalar_in_range(const struct sw_curve *curve, const uint8_t *scalar);

/* All-ones if scalar is 0. */
uint32_t sw_scalar_is_zero(const struct sw_curve *curve, const uint8_t *scalar);

/* The leftmost order_bits bits of the data as an integer (FIPS 186-5, 6.4.1, step 2; RFC 6979, 2.3.2): below 2^order_bits. */
void sw_scalar_from_bits(const struct sw_curve *curve, uint8_t *scalar, const uint8_t *data, size_t length);

/* scalar mod n, for scalar < 2n, which every value below 2^order_bits is. */
void sw_scalar_reduce(const struct sw_curve *curve, uint8_t *scalar);

/* A value in 1..n-1, uniform if the drawn bytes are (FIPS 186-5, A.2.2 and A.3.2: testing candidates; the
 * specification's rule for derived keys is the same). On failure scalar is wiped. */
psa_status_t sw_scalar_draw(const struct sw_curve *curve, uint8_t *scalar, psacrypto_draw_t draw, void *source);

/* psacrypto_draw_t over sw_random(); source is not used. */
psa_status_t sw_scalar_draw_random(void *source, uint8_t *output, size_t output_length);

#endif
