/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2s's compression function in portable C. */
#include "software/hash/blake2.h"

#include "util/bytes.h"
#include "util/zeroise.h"

#if SW_HAS_BLAKE2S

#define BLAKE2_WORD uint32_t
#define BLAKE2_ROUNDS 10
#define BLAKE2_R1 16
#define BLAKE2_R2 12
#define BLAKE2_R3 8
#define BLAKE2_R4 7
#define BLAKE2_ROTATE rotr32

#include "software/hash/blake2_rounds.h"

/* RFC 7693, section 2.6. */
static const uint32_t iv[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static void compress_one(uint32_t h[8], uint32_t m[16], const uint8_t *block, uint64_t length, uint32_t flags)
{
    uint32_t v[16] = {
        h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], iv[0], iv[1], iv[2], iv[3],
        iv[4] ^ (uint32_t)length,
        iv[5] ^ (uint32_t)(length >> 32),
        iv[6] ^ ((uint32_t)0 - (flags & SW_BLAKE2_LAST_BLOCK)),
        iv[7] ^ ((uint32_t)0 - (flags / SW_BLAKE2_LAST_NODE)),
    };

    for (unsigned i = 0; i < 16; i++) {
        m[i] = load32_le(block + 4 * i);
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

void blake2s_compress_portable(uint32_t h[8], const uint8_t *blocks, size_t count, uint64_t length, uint32_t flags)
{
    uint32_t m[16];

    for (; count != 0; count--) {
        compress_one(h, m, blocks, length, count == 1 ? flags : 0);
        blocks += 64;
        length += 64;
    }
    ZEROISE(m);
}

#endif
