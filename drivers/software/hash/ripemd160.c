/* SPDX-License-Identifier: Apache-2.0 */
/* RIPEMD-160 (H. Dobbertin, A. Bosselaers, B. Preneel: RIPEMD-160, a strengthened version of RIPEMD, 1996; ISO/IEC 10118-3). */
#include "software/hash/md.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_RIPEMD160

/* gcc would not inline all of this by itself, and leave calls through pointers and working variables in memory. */
#if defined(__GNUC__)
#define UNROLLED static inline __attribute__((always_inline))
#else
#define UNROLLED static inline
#endif

/* Appendix A of the paper, as is all that follows. */
static const uint32_t initial[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

/* sum + f(x, y, z). Each step waits for x, what the step before has made: what can be done without it comes first. */

static inline uint32_t f1(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return sum + (x ^ (y ^ z));
}

static inline uint32_t f2(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return sum + (z ^ (x & (y ^ z)));
}

static inline uint32_t f3(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return sum + ((x | ~y) ^ z);
}

/* The two halves have no bit in common. */
static inline uint32_t f4(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return (sum + (y & ~z)) + (x & z);
}

static inline uint32_t f5(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return sum + (x ^ (y | ~z));
}

/* The order of the words, and by how much each step rotates: five rounds of the left line, then of the right one. */

static const uint8_t left_words[80] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
    3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12, 1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
    4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
};

static const uint8_t right_words[80] = {
    5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, 6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
    15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13, 8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
    12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
};

static const uint8_t left_shifts[80] = {
    11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
    11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
    9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
};

static const uint8_t right_shifts[80] = {
    8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
    9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
    8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
};

typedef uint32_t (*round_function)(uint32_t sum, uint32_t x, uint32_t y, uint32_t z);

/* A line: its working variables and tables. */
struct line {
    uint32_t v[5];
    const uint8_t *words, *shifts;
};

/* Step `at`; which variable is A moves down by one with each. */
UNROLLED void step(struct line *line, const uint32_t w[16], round_function f, uint32_t k, unsigned at)
{
    uint32_t *v = line->v;
    const unsigned a = (80 - at) % 5, b = (a + 1) % 5, c = (a + 2) % 5, d = (a + 3) % 5, e = (a + 4) % 5;

    v[a] = rotl32(f(v[a] + w[line->words[at]] + k, v[b], v[c], v[d]), line->shifts[at]) + v[e];
    v[c] = rotl32(v[c], 10);
}

/* Four steps of both lines, which do not depend on each other. */
UNROLLED void four_of_both(struct line *left, struct line *right, uint32_t w[16], round_function left_f, uint32_t left_k,
                           round_function right_f, uint32_t right_k, unsigned first)
{
    step(left, w, left_f, left_k, first);
    step(right, w, right_f, right_k, first);
    step(left, w, left_f, left_k, first + 1);
    step(right, w, right_f, right_k, first + 1);
    step(left, w, left_f, left_k, first + 2);
    step(right, w, right_f, right_k, first + 2);
    step(left, w, left_f, left_k, first + 3);
    step(right, w, right_f, right_k, first + 3);
    keep_in_memory(w);
}

UNROLLED void round_of_both(struct line *left, struct line *right, uint32_t w[16], round_function left_f, uint32_t left_k,
                            round_function right_f, uint32_t right_k, unsigned first)
{
    four_of_both(left, right, w, left_f, left_k, right_f, right_k, first);
    four_of_both(left, right, w, left_f, left_k, right_f, right_k, first + 4);
    four_of_both(left, right, w, left_f, left_k, right_f, right_k, first + 8);
    four_of_both(left, right, w, left_f, left_k, right_f, right_k, first + 12);
}

static void compress_one(uint32_t state[5], uint32_t w[16], const uint8_t *block)
{
    struct line left = {{state[0], state[1], state[2], state[3], state[4]}, left_words, left_shifts};
    struct line right = {{state[0], state[1], state[2], state[3], state[4]}, right_words, right_shifts};

    for (unsigned n = 0; n < 16; n++) {
        w[n] = load32_le(block + 4 * n);
    }
    keep_in_memory(w);
    round_of_both(&left, &right, w, f1, 0x00000000, f5, 0x50a28be6, 0);
    round_of_both(&left, &right, w, f2, 0x5a827999, f4, 0x5c4dd124, 16);
    round_of_both(&left, &right, w, f3, 0x6ed9eba1, f3, 0x6d703ef3, 32);
    round_of_both(&left, &right, w, f4, 0x8f1bbcdc, f2, 0x7a6d76e9, 48);
    round_of_both(&left, &right, w, f5, 0xa953fd4e, f1, 0x00000000, 64);
    uint32_t first = state[1] + left.v[2] + right.v[3];
    state[1] = state[2] + left.v[3] + right.v[4];
    state[2] = state[3] + left.v[4] + right.v[0];
    state[3] = state[4] + left.v[0] + right.v[1];
    state[4] = state[0] + left.v[1] + right.v[2];
    state[0] = first;
}

static void compress(void *state, const uint8_t *blocks, size_t count)
{
    uint32_t w[16];

    for (; count != 0; count--, blocks += 64) {
        compress_one(state, w, blocks);
    }
    ZEROISE(w);
}

static const struct sw_md md = {.compress = compress, .block = 64, .word = 4, .words = 5, .little = 1};

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
    sw_md_finish(&md, context, hash, 20);
}

const struct sw_hash sw_ripemd160 = {
    .alg = PSA_ALG_RIPEMD160,
    .length = 20,
    .block = 64,
    .context_size = SW_MD_CONTEXT_SIZE(4, 5, 64),
    .md = &md,
    .state_length = 20,
    .init = init,
    .update = update,
    .finish = finish,
};

#endif
