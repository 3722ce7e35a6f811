/* SPDX-License-Identifier: Apache-2.0 */
/* P-256 in code of our own. Constant-time, no memory of the heap, no randomness. */
#ifndef SOFTWARE_ECC_P256_H
#define SOFTWARE_ECC_P256_H

#include "software/ecc/curve.h"

extern const struct sw_curve_arithmetic sw_p256;

#endif
