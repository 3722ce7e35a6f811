/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-1 (FIPS 180-4): the compression function in portable C. */
#ifndef SOFTWARE_HASH_SHA1_H
#define SOFTWARE_HASH_SHA1_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#if PSA_WANT_ALG_SHA_1

/* Section 6.1.2, for `count` blocks of 64 bytes. */
void sha1_compress_portable(uint32_t state[5], const uint8_t *blocks, size_t count);

#else
#define sha1_compress_portable NULL
#endif

#endif
