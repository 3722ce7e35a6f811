/* SPDX-License-Identifier: Apache-2.0 */
/* Groups of Mbed TLS, loaded once and then shared by all threads. */
#ifndef SOFTWARE_MATH_ECP_GROUP_H
#define SOFTWARE_MATH_ECP_GROUP_H

#include "software/ecc/curve.h"
#include "software/math/mbedtls.h"

/*
 * *group stays valid until math_ecp_close(). It holds the table of multiples of the base point, so that
 * multiplications only read it, although Mbed TLS's prototypes do not say const.
 */
psa_status_t math_ecp_group(const struct sw_curve *curve, mbedtls_ecp_group **group);

#endif
