/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Curves over Mbed TLS's bignum and ECP, which this folder alone includes. That arithmetic is blinded with randomness,
 * not constant-time: SECURITY.md lists the secrets that pass through it.
 */
#ifndef SOFTWARE_MATH_ECP_H
#define SOFTWARE_MATH_ECP_H

#include <psacrypto/config.h>

#include "software/ecc/curve.h"

/* Whether a row of ecc/table.c uses this: in a build without such curves the sources here are empty, and nothing of
 * Mbed TLS is compiled against or linked. */
#define SW_HAS_MATH_ECP                                                                                              \
    (PSA_WANT_ECC_SECP_K1_192 | PSA_WANT_ECC_SECP_K1_224 | PSA_WANT_ECC_SECP_K1_256 | PSA_WANT_ECC_SECP_R1_192 |     \
     PSA_WANT_ECC_SECP_R1_224 | PSA_WANT_ECC_SECP_R1_384 | PSA_WANT_ECC_SECP_R1_521 |                                \
     PSA_WANT_ECC_BRAINPOOL_P_R1_160 | PSA_WANT_ECC_BRAINPOOL_P_R1_192 | PSA_WANT_ECC_BRAINPOOL_P_R1_224 |           \
     PSA_WANT_ECC_BRAINPOOL_P_R1_256 | PSA_WANT_ECC_BRAINPOOL_P_R1_320 | PSA_WANT_ECC_BRAINPOOL_P_R1_384 |           \
     PSA_WANT_ECC_BRAINPOOL_P_R1_512 | PSA_WANT_ECC_FRP_256)

/* For short Weierstrass curves over prime fields of which ecp_group.c has a row. */
extern const struct sw_curve_arithmetic math_ecp;

/* Lets go of the groups that are kept between calls. No other call may run; later ones load them again. */
#if SW_HAS_MATH_ECP
void math_ecp_close(void);
#else
static inline void math_ecp_close(void)
{
}
#endif

#endif
