/* SPDX-License-Identifier: Apache-2.0 */
/** \file psa/crypto_extra.h \brief For programs written for Mbed TLS: see psacrypto/compat.h. */
#ifndef PSA_CRYPTO_EXTRA_H
#define PSA_CRYPTO_EXTRA_H

#include <psacrypto/compat.h>

#endif /* PSA_CRYPTO_EXTRA_H */
