/* SPDX-License-Identifier: Apache-2.0 */
/* Modular arithmetic on bytes, in limbs of either width. */
#ifndef TESTS_DRIVERS_SOFTWARE_MATH_MONTGOMERY_WAYS_H
#define TESTS_DRIVERS_SOFTWARE_MATH_MONTGOMERY_WAYS_H

#include "software/math/bignum.h"

struct montgomery_way {
    /* r has m's length; a and b have any. vartime: by the other function. */
    void (*power)(uint8_t *r, struct math_integer m, struct math_integer base, struct math_integer exponent, int vartime);
    void (*multiply)(uint8_t *r, struct math_integer m, struct math_integer a, struct math_integer b);
    void (*subtract)(uint8_t *r, struct math_integer m, struct math_integer a, struct math_integer b);
    psa_status_t (*rsa_private)(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input);
};

extern const struct montgomery_way montgomery_limbs32;

#endif
