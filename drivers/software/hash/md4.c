/* SPDX-License-Identifier: Apache-2.0 */
/* MD4 (RFC 1320). Collisions are found by hand: for old formats and protocols. */
#include "software/hash/md.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_MD4

/* gcc would not inline all of this by itself, and leave calls through pointers and working variables in memory. */
#if defined(__GNUC__)
#define UNROLLED static inline __attribute__((always_inline))
#else
#define UNROLLED static inline
#endif

/* RFC 1320, section 3.3. */
static const uint32_t initial[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

/* Section 3.4: the functions of the three rounds, with their constants. */

static inline uint32_t f(uint32_t x, uint32_t y, uint32_t z)
{
    return z ^ (x & (y ^ z));
}

/* The majority, whose two terms have no bit in common: only one of them waits for x, the newest. */
static inline uint32_t g(uint32_t x, uint32_t y, uint32_t z)
{
    return (x & (y ^ z)) + (y & z) + 0x5a827999u;
}

static inline uint32_t h(uint32_t x, uint32_t y, uint32_t z)
{
    return (x ^ y ^ z) + 0x6ed9eba1u;
}

/* A round: the order of the words, and by how much the steps rotate. */
struct round {
    uint32_t (*function)(uint32_t x, uint32_t y, uint32_t z);
    uint8_t words[16];
    uint8_t shifts[4];
};

static const struct round rounds[3] = {
    {f, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {3, 7, 11, 19}},
    {g, {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15}, {3, 5, 9, 13}},
    {h, {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}, {3, 9, 11, 15}},
};

UNROLLED void step(uint32_t *a, uint32_t f_of_bcd, uint32_t word, unsigned shift)
{
    *a = rotl32(*a + f_of_bcd + word, shift);
}

/* Instead of renaming the variables, four steps pass them one place further each time. */
UNROLLED void sixteen_steps(uint32_t v[4], const struct round *r, const uint32_t w[16])
{
#pragma GCC unroll 4
    for (unsigned n = 0; n < 16; n += 4) {
        step(&v[0], r->function(v[1], v[2], v[3]), w[r->words[n]], r->shifts[0]);
        step(&v[3], r->function(v[0], v[1], v[2]), w[r->words[n + 1]], r->shifts[1]);
        step(&v[2], r->function(v[3], v[0], v[1]), w[r->words[n + 2]], r->shifts[2]);
        step(&v[1], r->function(v[2], v[3], v[0]), w[r->words[n + 3]], r->shifts[3]);
    }
}

static void compress_one(uint32_t state[4], uint32_t w[16], const uint8_t *block)
{
    uint32_t v[4] = {state[0], state[1], state[2], state[3]};

    for (unsigned n = 0; n < 16; n++) {
        w[n] = load32_le(block + 4 * n);
    }
    keep_in_memory(w);
    sixteen_steps(v, &rounds[0], w);
    keep_in_memory(w);
    sixteen_steps(v, &rounds[1], w);
    keep_in_memory(w);
    sixteen_steps(v, &rounds[2], w);
    state[0] += v[0];
    state[1] += v[1];
    state[2] += v[2];
    state[3] += v[3];
}

static void compress(void *state, const uint8_t *blocks, size_t count)
{
    uint32_t w[16];

    for (; count != 0; count--, blocks += 64) {
        compress_one(state, w, blocks);
    }
    ZEROISE(w);
}

static const struct sw_md md = {.compress = compress, .block = 64, .word = 4, .words = 4, .little = 1};

static void init(void *context)
{
    sw_md_init(&md, context, initial);
}

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_md_update(&md, context, input, input_length);
}

static void finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 16);
}

const struct sw_hash sw_md4 = {
    .alg = PSA_ALG_MD4,
    .length = 16,
    .block = 64,
    .context_size = SW_MD_CONTEXT_SIZE(4, 4, 64),
    .md = &md,
    .state_length = 16,
    .init = init,
    .update = update,
    .finish = finish,
};

#endif
