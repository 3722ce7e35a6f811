/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-2 (FIPS 180-4): the compression functions in portable C. */
#ifndef SOFTWARE_HASH_SHA2_H
#define SOFTWARE_HASH_SHA2_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#define SW_HAS_SHA256 (PSA_WANT_ALG_SHA_224 || PSA_WANT_ALG_SHA_256 || PSA_WANT_ALG_SHA_256_192)
#define SW_HAS_SHA512 \
    (PSA_WANT_ALG_SHA_384 || PSA_WANT_ALG_SHA_512 || PSA_WANT_ALG_SHA_512_224 || PSA_WANT_ALG_SHA_512_256)

#if SW_HAS_SHA256

/* Section 6.2.2, for `count` blocks of 64 bytes. */
void sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count);
/* One block each for `lanes` states. */
void sha256_compress_lanes_portable(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes);
void sha256_nested_portable(const uint32_t inner[8], const uint32_t outer[8], const uint8_t *input, size_t length, uint8_t hash[32]);

#else
#define sha256_compress_portable NULL
#define sha256_compress_lanes_portable NULL
#define sha256_nested_portable NULL
#endif

#if SW_HAS_SHA512

/* Section 6.4.2, for `count` blocks of 128 bytes. */
void sha512_compress_portable(uint64_t state[8], const uint8_t *blocks, size_t count);

#else
#define sha512_compress_portable NULL
#endif

#endif
