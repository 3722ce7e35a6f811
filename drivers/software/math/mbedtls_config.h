/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mbed TLS as it is compiled from its source (make MBEDTLS_SOURCE=...; 2.28 or 3.6): bignum and ECP, over the library's
 * own memory, without a generator of its own (every multiplication by a secret is given one).
 */
#ifndef SOFTWARE_MATH_MBEDTLS_CONFIG_H
#define SOFTWARE_MATH_MBEDTLS_CONFIG_H

#include "software/math/memory.h"

#define MBEDTLS_HAVE_ASM
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_GENPRIME /* the test for primes */
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_NO_INTERNAL_RNG /* 2.28 */

#define MBEDTLS_ECP_DP_SECP192R1_ENABLED
#define MBEDTLS_ECP_DP_SECP224R1_ENABLED
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#define MBEDTLS_ECP_DP_SECP521R1_ENABLED
#define MBEDTLS_ECP_DP_SECP192K1_ENABLED
#define MBEDTLS_ECP_DP_SECP224K1_ENABLED
#define MBEDTLS_ECP_DP_SECP256K1_ENABLED
#define MBEDTLS_ECP_DP_BP256R1_ENABLED
#define MBEDTLS_ECP_DP_BP384R1_ENABLED
#define MBEDTLS_ECP_DP_BP512R1_ENABLED

#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO math_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO math_free

#endif
