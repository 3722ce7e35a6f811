/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256's compression function (FIPS 180-4, section 6.2.2). */
#include "software/hash/sha2.h"

#include "software/kernels_sha256.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if SW_HAS_SHA256

/* Functions of section 4.1.2, in forms that need one operation less. */

static inline uint32_t ch(uint32_t x, uint32_t y, uint32_t z)
{
    return z ^ (x & (y ^ z));
}

static inline uint32_t maj(uint32_t x, uint32_t y, uint32_t z)
{
    return (x & y) | (z & (x | y));
}

static inline uint32_t big_sigma0(uint32_t x)
{
    return rotr32(x, 2) ^ rotr32(x, 13) ^ rotr32(x, 22);
}

static inline uint32_t big_sigma1(uint32_t x)
{
    return rotr32(x, 6) ^ rotr32(x, 11) ^ rotr32(x, 25);
}

static inline uint32_t small_sigma0(uint32_t x)
{
    return rotr32(x, 7) ^ rotr32(x, 18) ^ (x >> 3);
}

static inline uint32_t small_sigma1(uint32_t x)
{
    return rotr32(x, 17) ^ rotr32(x, 19) ^ (x >> 10);
}

/* Step 3 of the section. The caller passes the working variables one place further each time, so that nothing is moved. */
static inline void step(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g, uint32_t *h, uint32_t k_plus_w)
{
    uint32_t t1 = *h + big_sigma1(e) + ch(e, f, g) + k_plus_w;
    *d += t1;
    *h = t1 + big_sigma0(a) + maj(a, b, c);
}

/* w holds the last 16 words of the message schedule: W(t) takes the place of W(t - 16). */
static inline void eight_steps(uint32_t v[8], const uint32_t w[8], const uint32_t *k)
{
    step(v[0], v[1], v[2], &v[3], v[4], v[5], v[6], &v[7], k[0] + w[0]);
    step(v[7], v[0], v[1], &v[2], v[3], v[4], v[5], &v[6], k[1] + w[1]);
    step(v[6], v[7], v[0], &v[1], v[2], v[3], v[4], &v[5], k[2] + w[2]);
    step(v[5], v[6], v[7], &v[0], v[1], v[2], v[3], &v[4], k[3] + w[3]);
    step(v[4], v[5], v[6], &v[7], v[0], v[1], v[2], &v[3], k[4] + w[4]);
    step(v[3], v[4], v[5], &v[6], v[7], v[0], v[1], &v[2], k[5] + w[5]);
    step(v[2], v[3], v[4], &v[5], v[6], v[7], v[0], &v[1], k[6] + w[6]);
    step(v[1], v[2], v[3], &v[4], v[5], v[6], v[7], &v[0], k[7] + w[7]);
}

/* Step 1, for the next word in place i of 16. */
static inline void schedule(uint32_t w[16], unsigned i)
{
    w[i] += small_sigma0(w[(i + 1) % 16]) + w[(i + 9) % 16] + small_sigma1(w[(i + 14) % 16]);
}

static inline void schedule_eight(uint32_t w[16], unsigned i)
{
    schedule(w, i);
    schedule(w, i + 1);
    schedule(w, i + 2);
    schedule(w, i + 3);
    schedule(w, i + 4);
    schedule(w, i + 5);
    schedule(w, i + 6);
    schedule(w, i + 7);
    keep_in_memory(w);
}

static void compress_one(uint32_t state[8], uint32_t w[16], const uint8_t *block)
{
    uint32_t v[8] = {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};

#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; i++) {
        w[i] = load32_be(block + 4 * i);
    }
    keep_in_memory(w);
    eight_steps(v, w, sha256_constants);
    eight_steps(v, w + 8, sha256_constants + 8);
    for (unsigned t = 16; t < 64; t += 16) {
        schedule_eight(w, 0);
        eight_steps(v, w, sha256_constants + t);
        schedule_eight(w, 8);
        eight_steps(v, w + 8, sha256_constants + t + 8);
    }
    state[0] += v[0];
    state[1] += v[1];
    state[2] += v[2];
    state[3] += v[3];
    state[4] += v[4];
    state[5] += v[5];
    state[6] += v[6];
    state[7] += v[7];
}

void sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count)
{
    uint32_t w[16];

    for (; count != 0; count--, blocks += 64) {
        compress_one(state, w, blocks);
    }
    ZEROISE(w);
}

void sha256_compress_lanes_portable(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes)
{
    for (size_t i = 0; i < lanes; i++) {
        sha256_compress_portable(states[i], blocks[i], 1);
    }
}

static void store_words(uint8_t bytes[32], const uint32_t words[8])
{
    for (size_t i = 0; i < 8; i++) {
        store32_be(bytes + 4 * i, words[i]);
    }
}

void sha256_nested_portable(const uint32_t inner[8], const uint32_t outer[8], const uint8_t *input, size_t length, uint8_t hash[32])
{
    uint32_t state[8];
    uint8_t first[64] = { 0 };
    uint8_t second[64] = { [32] = 0x80, [62] = 0x03 }; /* padded for 96 bytes: 0x300 bits */

    bytes_copy(first, input, length);
    first[length] = 0x80;
    store16_be(first + 62, (uint16_t)(8u * (64u + length)));
    memcpy(state, inner, sizeof state);
    sha256_compress_portable(state, first, 1);
    store_words(second, state);
    memcpy(state, outer, sizeof state);
    sha256_compress_portable(state, second, 1);
    store_words(hash, state);
    ZEROISE(state);
    ZEROISE(first);
    ZEROISE(second);
}

#endif
