/* SPDX-License-Identifier: Apache-2.0 */
/** \file psa/crypto_compat.h \brief For programs written for Mbed TLS: see psacrypto/compat.h. */
#ifndef PSA_CRYPTO_COMPAT_H
#define PSA_CRYPTO_COMPAT_H

#include <psacrypto/compat.h>

#endif /* PSA_CRYPTO_COMPAT_H */
