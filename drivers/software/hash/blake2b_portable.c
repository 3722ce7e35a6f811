/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2b's compression function in portable C. */
#include "software/hash/blake2.h"

#include "util/bytes.h"
#include "util/zeroise.h"

#if SW_HAS_BLAKE2B

#define BLAKE2_WORD uint64_t
#define BLAKE2_ROUNDS 12
#define BLAKE2_R1 32
#define BLAKE2_R2 24
#define BLAKE2_R3 16
#define BLAKE2_R4 63
#define BLAKE2_ROTATE rotr64

#include "software/hash/blake2_rounds.h"

/* RFC 7693, section 2.6. */
static const uint64_t iv[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

static void compress_one(uint64_t h[8], uint64_t m[16], const uint8_t *block, uint64_t length, uint32_t flags)
{
    uint64_t v[16] = {
        h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], iv[0], iv[1], iv[2], iv[3],
        iv[4] ^ length,
        iv[5],
        iv[6] ^ ((uint64_t)0 - (flags & SW_BLAKE2_LAST_BLOCK)),
        iv[7] ^ ((uint64_t)0 - (flags / SW_BLAKE2_LAST_NODE)),
    };

    for (unsigned i = 0; i < 16; i++) {
        m[i] = load64_le(block + 8 * i);
    }
    keep_in_memory(m);
    blake2_rounds(v, m);
    h[0] ^= v[0] ^ v[8];
    h[1] ^= v[1] ^ v[9];
    h[2] ^= v[2] ^ v[10];
    h[3] ^= v[3] ^ v[11];
    h[4] ^= v[4] ^ v[12];
    h[5] ^= v[5] ^ v[13];
    h[6] ^= v[6] ^ v[14];
    h[7] ^= v[7] ^ v[15];
}

void blake2b_compress_portable(uint64_t h[8], const uint8_t *blocks, size_t count, uint64_t length, uint32_t flags)
{
    uint64_t m[16];

    for (; count != 0; count--) {
        compress_one(h, m, blocks, length, count == 1 ? flags : 0);
        blocks += 128;
        length += 128;
    }
    ZEROISE(m);
}

#endif
