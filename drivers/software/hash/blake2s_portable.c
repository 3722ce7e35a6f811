/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2s's compression function in portable C. */
#include "software/hash/blake2.h"

#include "util/bytes.h"

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

static void compress_one(uint32_t h[8], const uint8_t *block, uint64_t length, uint32_t flags)
{
    uint32_t v[16];
    uint32_t m[16];

#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++) {
        v[i] = h[i];
        v[i + 8] = iv[i];
    }
    v[12] ^= (uint32_t)length;
    v[13] ^= (uint32_t)(length >> 32);
    v[14] ^= (uint32_t)0 - (flags & SW_BLAKE2_LAST_BLOCK);
    v[15] ^= (uint32_t)0 - (flags / SW_BLAKE2_LAST_NODE);
#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; i++) {
        m[i] = load32_le(block + 4 * i);
    }
    blake2_rounds(v, m);
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++) {
        h[i] ^= v[i] ^ v[i + 8];
    }
}

void blake2s_compress_portable(uint32_t h[8], const uint8_t *blocks, size_t count, uint64_t length, uint32_t flags)
{
    for (; count != 0; count--) {
        compress_one(h, blocks, length, count == 1 ? flags : 0);
        blocks += 64;
        length += 64;
    }
}

#endif
