/* SPDX-License-Identifier: Apache-2.0 */
/* What the sources behind bignum.h share. An error is one of Mbed TLS's, or one of these two. */
#ifndef SOFTWARE_MATH_BIGNUM_MPI_H
#define SOFTWARE_MATH_BIGNUM_MPI_H

#include "software/math/bignum.h"
#include "software/math/mbedtls.h"

#define MATH_OUT_OF_RANGE 1 /* PSA_ERROR_INVALID_ARGUMENT */
#define MATH_FAULT 2        /* PSA_ERROR_CORRUPTION_DETECTED */

static inline int mpi_read(mbedtls_mpi *integer, struct math_integer bytes)
{
    return mbedtls_mpi_read_binary(integer, bytes.data, bytes.length);
}

static inline psa_status_t mpi_status(int error, psa_status_t random)
{
    return error == MATH_OUT_OF_RANGE ? PSA_ERROR_INVALID_ARGUMENT : math_status(error, random);
}

#endif
