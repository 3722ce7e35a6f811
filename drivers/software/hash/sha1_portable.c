/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-1's compression function (FIPS 180-4, section 6.1.2) in portable C. */
#include "software/hash/sha1.h"

#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_SHA_1

/* gcc would not inline all of this by itself, and leave calls through pointers and working variables in memory. */
#if defined(__GNUC__)
#define UNROLLED static inline __attribute__((always_inline))
#else
#define UNROLLED static inline
#endif

/* Section 4.1.1: the functions of the four groups of twenty steps, with the constants of section 4.2.1. */

static inline uint32_t ch(uint32_t x, uint32_t y, uint32_t z)
{
    return (z ^ (x & (y ^ z))) + 0x5a827999u;
}

static inline uint32_t parity(uint32_t x, uint32_t y, uint32_t z)
{
    return (x ^ y ^ z) + 0x6ed9eba1u;
}

static inline uint32_t maj(uint32_t x, uint32_t y, uint32_t z)
{
    return ((x & y) | (z & (x | y))) + 0x8f1bbcdcu;
}

static inline uint32_t parity_again(uint32_t x, uint32_t y, uint32_t z)
{
    return (x ^ y ^ z) + 0xca62c1d6u;
}

/* Step 1: W(t), which from t = 16 on takes the place of W(t - 16). */
UNROLLED uint32_t word(uint32_t w[16], unsigned t)
{
    if (t >= 16) {
        w[t % 16] = rotl32(w[(t + 13) % 16] ^ w[(t + 8) % 16] ^ w[(t + 2) % 16] ^ w[t % 16], 1);
    }
    return w[t % 16];
}

/* Step 3, less the renaming of the variables: the caller passes them one place further each time. */
UNROLLED void step(uint32_t a, uint32_t *b, uint32_t f_plus_k, uint32_t *e, uint32_t w)
{
    *e += rotl32(a, 5) + f_plus_k + w;
    *b = rotl32(*b, 30);
}

typedef uint32_t (*step_function)(uint32_t x, uint32_t y, uint32_t z);

UNROLLED void five_steps(uint32_t v[5], step_function f, uint32_t w[16], unsigned t)
{
    step(v[0], &v[1], f(v[1], v[2], v[3]), &v[4], word(w, t));
    step(v[4], &v[0], f(v[0], v[1], v[2]), &v[3], word(w, t + 1));
    step(v[3], &v[4], f(v[4], v[0], v[1]), &v[2], word(w, t + 2));
    step(v[2], &v[3], f(v[3], v[4], v[0]), &v[1], word(w, t + 3));
    step(v[1], &v[2], f(v[2], v[3], v[4]), &v[0], word(w, t + 4));
}

UNROLLED void ten_steps(uint32_t v[5], step_function f, uint32_t w[16], unsigned t)
{
    five_steps(v, f, w, t);
    five_steps(v, f, w, t + 5);
    keep_in_memory(w);
}

UNROLLED void twenty_steps(uint32_t v[5], step_function f, uint32_t w[16], unsigned t)
{
    ten_steps(v, f, w, t);
    ten_steps(v, f, w, t + 10);
}

static void compress_one(uint32_t state[5], uint32_t w[16], const uint8_t *block)
{
    uint32_t v[5] = {state[0], state[1], state[2], state[3], state[4]};

#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; i++) {
        w[i] = load32_be(block + 4 * i);
    }
    keep_in_memory(w);
    twenty_steps(v, ch, w, 0);
    twenty_steps(v, parity, w, 20);
    twenty_steps(v, maj, w, 40);
    twenty_steps(v, parity_again, w, 60);
    state[0] += v[0];
    state[1] += v[1];
    state[2] += v[2];
    state[3] += v[3];
    state[4] += v[4];
}

void sha1_compress_portable(uint32_t state[5], const uint8_t *blocks, size_t count)
{
    uint32_t w[16];

    for (; count != 0; count--, blocks += 64) {
        compress_one(state, w, blocks);
    }
    ZEROISE(w);
}

#endif
