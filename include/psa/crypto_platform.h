/* SPDX-License-Identifier: Apache-2.0 */
/** \file psa/crypto_platform.h \brief For programs written for Mbed TLS: see psacrypto/compat.h. */
#ifndef PSA_CRYPTO_PLATFORM_H
#define PSA_CRYPTO_PLATFORM_H

#include <psacrypto/compat.h>

#endif /* PSA_CRYPTO_PLATFORM_H */
