/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/config.h
 * \brief Options of the library.
 */
#ifndef PSACRYPTO_CONFIG_H
#define PSACRYPTO_CONFIG_H

#if defined(PSACRYPTO_CONFIG_FILE)
#include PSACRYPTO_CONFIG_FILE
#endif

#endif /* PSACRYPTO_CONFIG_H */
