/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SOFTWARE_ECC_LIMBS_INVERT_H
#define SOFTWARE_ECC_LIMBS_INVERT_H

#include "software/ecc/limbs.h"

/* r = 1/a mod m in n limbs, 0 for 0, for a < m, an odd prime of `bits` bits, 46 to 521; m_inverse = -1/m mod 2^LIMB_BITS.
 * Constant-time. r may be a. */
void limbs_invert(int n, limb *r, const limb *a, const limb *m, limb m_inverse, unsigned bits);

#endif
