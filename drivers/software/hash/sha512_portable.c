/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-512's compression function (FIPS 180-4, section 6.4.2). */
#include "software/hash/sha2.h"

#include "software/kernels_sha512.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if SW_HAS_SHA512

/* Functions of section 4.1.3, in forms that need one operation less. */

static inline uint64_t ch(uint64_t x, uint64_t y, uint64_t z)
{
    return z ^ (x & (y ^ z));
}

static inline uint64_t maj(uint64_t x, uint64_t y, uint64_t z)
{
    return (x & y) | (z & (x | y));
}

static inline uint64_t big_sigma0(uint64_t x)
{
    return rotr64(x, 28) ^ rotr64(x, 34) ^ rotr64(x, 39);
}

static inline uint64_t big_sigma1(uint64_t x)
{
    return rotr64(x, 14) ^ rotr64(x, 18) ^ rotr64(x, 41);
}

static inline uint64_t small_sigma0(uint64_t x)
{
    return rotr64(x, 1) ^ rotr64(x, 8) ^ (x >> 7);
}

static inline uint64_t small_sigma1(uint64_t x)
{
    return rotr64(x, 19) ^ rotr64(x, 61) ^ (x >> 6);
}

/* Step 3 of the section. The caller passes the working variables one place further each time, so that nothing is moved. */
static inline void step(uint64_t a, uint64_t b, uint64_t c, uint64_t *d, uint64_t e, uint64_t f, uint64_t g, uint64_t *h, uint64_t k_plus_w)
{
    uint64_t t1 = *h + big_sigma1(e) + ch(e, f, g) + k_plus_w;
    *d += t1;
    *h = t1 + big_sigma0(a) + maj(a, b, c);
}

/* w holds the last 16 words of the message schedule: W(t) takes the place of W(t - 16). */
static inline void eight_steps(uint64_t v[8], const uint64_t w[8], const uint64_t *k)
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
static inline void schedule(uint64_t w[16], unsigned i)
{
    w[i] += small_sigma0(w[(i + 1) % 16]) + w[(i + 9) % 16] + small_sigma1(w[(i + 14) % 16]);
}

static inline void schedule_eight(uint64_t w[16], unsigned i)
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

static void compress_one(uint64_t state[8], uint64_t w[16], const uint8_t *block)
{
    uint64_t v[8] = {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};

#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; i++) {
        w[i] = load64_be(block + 8 * i);
    }
    keep_in_memory(w);
    eight_steps(v, w, sha512_constants);
    eight_steps(v, w + 8, sha512_constants + 8);
    for (unsigned t = 16; t < 80; t += 16) {
        schedule_eight(w, 0);
        eight_steps(v, w, sha512_constants + t);
        schedule_eight(w, 8);
        eight_steps(v, w + 8, sha512_constants + t + 8);
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

void sha512_compress_portable(uint64_t state[8], const uint8_t *blocks, size_t count)
{
    uint64_t w[16];

    for (; count != 0; count--, blocks += 128) {
        compress_one(state, w, blocks);
    }
    ZEROISE(w);
}

#endif
