/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mbed TLS as it is compiled from its source (make MBEDTLS_SOURCE=...; 2.28 or 3.6): bignum, over the library's own
 * memory.
 */
#ifndef SOFTWARE_MATH_MBEDTLS_CONFIG_H
#define SOFTWARE_MATH_MBEDTLS_CONFIG_H

#include "software/math/memory.h"

#define MBEDTLS_HAVE_ASM
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_GENPRIME /* the test for primes */

#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO math_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO math_free

#endif
