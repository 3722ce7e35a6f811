/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of the curves that Mbed TLS does not have. Apart from its headers, which take over the names of our options. */
#ifndef SOFTWARE_MATH_ECP_PARAMETERS_H
#define SOFTWARE_MATH_ECP_PARAMETERS_H

#include "software/ecc/curve.h"

/* y^2 = x^3 + a x + b modulo p, base point (gx, gy) of prime order n, cofactor 1. In hexadecimal. */
struct math_ecp_parameters {
    const char *p, *a, *b, *gx, *gy, *n;
};

/* NULL for a curve that is not here. */
const struct math_ecp_parameters *math_ecp_parameters_find(psa_ecc_family_t family, size_t bits);

#endif
