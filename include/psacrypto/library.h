/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/library.h
 * \brief The library as a whole: version, shutdown, self-test.
 */
#ifndef PSACRYPTO_LIBRARY_H
#define PSACRYPTO_LIBRARY_H

#include <psa/error.h>
#include <psacrypto/config.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Version of these headers. psacrypto_version() tells that of the library. */
#define PSACRYPTO_VERSION_MAJOR 0
#define PSACRYPTO_VERSION_MINOR 1
#define PSACRYPTO_VERSION_PATCH 0

/**
 * \brief Version of the library, for people to read.
 *
 * \return a constant such as "0.1.0": major, minor and patch. Never null. Works before
 *         psa_crypto_init(), from any thread.
 */
const char *psacrypto_version(void);

/**
 * \brief Give back everything that the library holds: volatile keys are wiped, files closed, memory freed.
 *
 * Afterwards the library is as it was before psa_crypto_init(), which may be called again. Keys in
 * a store stay there. Operations that were active are lost; their objects must be initialised anew.
 * No other call may run at the same time. Without psa_crypto_init() before it, it closes the store that psa_its_*() opened.
 */
void psacrypto_shutdown(void);

/**
 * \brief Compute a known answer with every algorithm of this build and compare.
 *
 * \retval PSA_SUCCESS                   all are right
 * \retval PSA_ERROR_BAD_STATE           the library is not initialised: psa_crypto_init()
 * \retval PSA_ERROR_CORRUPTION_DETECTED an answer is wrong; nothing more can be expected of this library
 * \retval PSA_ERROR_INSUFFICIENT_MEMORY no memory to find out
 * \retval PSA_ERROR_INSUFFICIENT_ENTROPY no random bytes for an algorithm that takes them
 *
 * Safe to call from any thread, beside other calls. Takes up to a second.
 */
psa_status_t psacrypto_self_test(void);

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_LIBRARY_H */
