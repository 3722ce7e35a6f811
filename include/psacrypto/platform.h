/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/platform.h
 * \brief What a program gives to the library beneath the APIs: entropy, a seed, or a random generator of its own.
 *
 * A program on an operating system needs none of this. docs/porting.md tells what a device without one needs.
 */
#ifndef PSACRYPTO_PLATFORM_H
#define PSACRYPTO_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>
#include <psacrypto/config.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * \brief A source of entropy of the program's own.
 *
 * The library calls it from one thread at a time, not only while psa_crypto_init() runs but whenever a thread's
 * generator needs a seed. It must not call the library.
 *
 * \param context           What psacrypto_set_entropy_source() was given.
 * \param[out] output       To be filled whole.
 * \param output_size       In bytes; 64 at a time.
 *
 * \retval PSA_SUCCESS                    all of output is filled
 * \retval PSA_ERROR_INSUFFICIENT_ENTROPY there is nothing yet: the call that wanted random bytes fails, and the
 *                                        next one asks again
 * \return any other status: the call that wanted random bytes fails with it
 */
typedef psa_status_t (*psacrypto_entropy_source_t)(void *context, uint8_t *output, size_t output_size);

/** The density of a source whose bytes are nothing but entropy. */
#define PSACRYPTO_ENTROPY_FULL 64u

/**
 * \brief Use a source of the program's own in the place of the platform's and the drivers'.
 *
 * Each draw passes the health tests of SP 800-90B, 4.4 with the claimed density, and is conditioned (SP 800-90A, 10.3.2)
 * into seeds of full entropy. A raw source (a density below PSACRYPTO_ENTROPY_FULL) has 1024 bytes tested before any
 * is used, as SP 800-90B, 4.3 wants. A source that fails a test is tested anew from the start; if it
 * fails again, the call that wanted random bytes answers PSA_ERROR_INSUFFICIENT_ENTROPY.
 *
 * \param source    NULL: back to what the build has.
 * \param context   First argument of every call of source.
 * \param density   Bits of min-entropy in 8 bytes of output (SP 800-90B, 3.1), 1 to PSACRYPTO_ENTROPY_FULL.
 *                  Ignored when source is NULL.
 *
 * \retval PSA_ERROR_INVALID_ARGUMENT  density is 0 or above PSACRYPTO_ENTROPY_FULL
 * \retval PSA_ERROR_BAD_STATE         the library is in use: call it before psa_crypto_init()
 * \retval PSA_ERROR_NOT_SUPPORTED     this build has no generator of its own to seed
 *
 * Not thread-safe.
 */
psa_status_t psacrypto_set_entropy_source(psacrypto_entropy_source_t source, void *context, uint32_t density);

/** Least and greatest size of a seed, in bytes. */
#define PSACRYPTO_SEED_SIZE_MIN 48u
#define PSACRYPTO_SEED_SIZE_MAX 128u

/**
 * \brief Put the first seed into the store of a device that has no source of entropy, once, when it is made.
 *
 * From then on the library replaces the seed in the store before it uses it, at each start. The seed must be secret, and
 * no two devices may be given the same. Where there is a source of entropy the seed is not looked at.
 *
 * \param seed       Bytes of full entropy.
 * \param seed_size  PSACRYPTO_SEED_SIZE_MIN to PSACRYPTO_SEED_SIZE_MAX.
 *
 * \retval PSA_ERROR_INVALID_ARGUMENT      seed is NULL or seed_size out of range
 * \retval PSA_ERROR_ALREADY_EXISTS        the store has a seed
 * \retval PSA_ERROR_INSUFFICIENT_STORAGE  the store is full
 * \retval PSA_ERROR_STORAGE_FAILURE       the store cannot be opened, read or written
 * \retval PSA_ERROR_NOT_SUPPORTED         this build has no generator of its own to seed
 *
 * Works before psa_crypto_init() and after it. Safe to call beside other calls.
 */
psa_status_t psacrypto_inject_seed(const uint8_t *seed, size_t seed_size);

#if PSACRYPTO_RANDOM_EXTERNAL
/**
 * \brief Random bytes of the program's own generator; the program defines it when the library is built with
 *        PSACRYPTO_RANDOM_EXTERNAL.
 *
 * Everything random in the library comes from it. The bytes must be fit for keys, and those of a child of fork()
 * must differ from its parent's. It is called from any thread, from several at once, and must not call the library.
 *
 * \param[out] output  To be filled whole.
 * \param output_size  In bytes; not 0.
 *
 * \retval PSA_SUCCESS  all of output is filled
 * \return any other status: the call that wanted random bytes fails with it, and output is wiped
 */
psa_status_t psacrypto_external_random(uint8_t *output, size_t output_size);
#endif

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_PLATFORM_H */
