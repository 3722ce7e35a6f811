/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The only #include of Mbed TLS: its bignum, of 2.28 or of 3.x. What is used is public in both: integers by functions; members
 * that 3.x made private are not touched.
 */
#ifndef SOFTWARE_MATH_MBEDTLS_H
#define SOFTWARE_MATH_MBEDTLS_H

#include <psacrypto/driver.h>

/*
 * Mbed TLS says PSA_WANT_xxx too, of its own build. From here on those names are its own: no source that includes this
 * header asks for one. As a system header it may define them anew without a warning.
 */
#if defined(__GNUC__)
#pragma GCC system_header
#endif

#include <mbedtls/bignum.h>

#if defined(MBEDTLS_PSA_CRYPTO_CONFIG)
#error "Mbed TLS configured by PSA_WANT_xxx would take our options for its own"
#endif

/* What Mbed TLS asks for bytes; *context is a psa_status_t that remembers why sw_random() failed. */
int math_blind(void *context, unsigned char *output, size_t output_size);

/* The status for an error of Mbed TLS; blinding: what math_blind() remembered. */
psa_status_t math_status(int error, psa_status_t blinding);

#endif
