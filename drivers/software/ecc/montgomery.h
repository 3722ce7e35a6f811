/* SPDX-License-Identifier: Apache-2.0 */
/* X25519 and X448 in code of our own, and their keys. Constant-time, no memory of the heap, no randomness. */
#ifndef SOFTWARE_ECC_MONTGOMERY_H
#define SOFTWARE_ECC_MONTGOMERY_H

#include "software/ecc/curve.h"

/* Private keys are scalars as decodeScalar25519() and decodeScalar448() leave them, little-endian (RFC 7748, 5). */
extern const struct sw_curve_keys sw_montgomery_keys;

extern const struct sw_curve_arithmetic sw_x25519;
extern const struct sw_curve_arithmetic sw_x448;

/* Any bytes are a public key: bits above the field's are ignored, values from p on are reduced, points of the twist do no harm. */
psa_status_t sw_montgomery_check_point(const struct sw_curve *curve, const uint8_t *point);

/* PSA_ERROR_INVALID_ARGUMENT, and the secret wiped, if it is all zeros: the peer's point was of small order (RFC 7748, 6). */
psa_status_t sw_montgomery_check_secret(const struct sw_curve *curve, uint8_t *secret);

#endif
