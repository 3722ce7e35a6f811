/* SPDX-License-Identifier: Apache-2.0 */
/* SM3 (GB/T 32905-2016; ISO/IEC 10118-3:2018). */
#include "software/hash/md.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_SM3

/* gcc would not inline all of this by itself, and leave calls through pointers and working variables in memory. */
#if defined(__GNUC__)
#define UNROLLED static inline __attribute__((always_inline))
#else
#define UNROLLED static inline
#endif

/* GB/T 32905, section 4.1. */
static const uint32_t initial[8] = {
    0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
};

/* Section 4.2: T(j) rotated by j. */
static const uint32_t constants[64] = {
    0x79cc4519, 0xf3988a32, 0xe7311465, 0xce6228cb, 0x9cc45197, 0x3988a32f, 0x7311465e, 0xe6228cbc,
    0xcc451979, 0x988a32f3, 0x311465e7, 0x6228cbce, 0xc451979c, 0x88a32f39, 0x11465e73, 0x228cbce6,
    0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
    0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
    0x7a879d8a, 0xf50f3b14, 0xea1e7629, 0xd43cec53, 0xa879d8a7, 0x50f3b14f, 0xa1e7629e, 0x43cec53d,
    0x879d8a7a, 0x0f3b14f5, 0x1e7629ea, 0x3cec53d4, 0x79d8a7a8, 0xf3b14f50, 0xe7629ea1, 0xcec53d43,
    0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
    0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
};

/* Section 4.3: the functions FF(j) and GG(j), which are the same for j < 16. */

static inline uint32_t parity(uint32_t x, uint32_t y, uint32_t z)
{
    return x ^ y ^ z;
}

static inline uint32_t maj(uint32_t x, uint32_t y, uint32_t z)
{
    return (x & y) | (z & (x | y));
}

static inline uint32_t ch(uint32_t x, uint32_t y, uint32_t z)
{
    return z ^ (x & (y ^ z));
}

/* Section 4.4. */

static inline uint32_t p0(uint32_t x)
{
    return x ^ rotl32(x, 9) ^ rotl32(x, 17);
}

static inline uint32_t p1(uint32_t x)
{
    return x ^ rotl32(x, 15) ^ rotl32(x, 23);
}

typedef uint32_t (*step_function)(uint32_t x, uint32_t y, uint32_t z);

/* Section 5.3.2: W(j), which takes the place of W(j - 16). */
UNROLLED void expand(uint32_t w[16], unsigned j)
{
    w[j % 16] = p1(w[j % 16] ^ w[(j + 7) % 16] ^ rotl32(w[(j + 13) % 16], 15)) ^ rotl32(w[(j + 3) % 16], 7) ^ w[(j + 10) % 16];
}

/* Section 5.3.3, step j, for which the word of step j + 4 is made as well. Instead of renaming the variables, which one is A moves down by
 * one each time. */
UNROLLED void step(uint32_t v[8], uint32_t w[16], step_function ff, step_function gg, unsigned j)
{
    /* A B C D in v[0..3] and E F G H in v[4..7] turn, each by themselves. */
    uint32_t *a = &v[(64 - j) % 4], *b = &v[(65 - j) % 4], *c = &v[(66 - j) % 4], *d = &v[(67 - j) % 4];
    uint32_t *e = &v[4 + (64 - j) % 4], *f = &v[4 + (65 - j) % 4], *g = &v[4 + (66 - j) % 4], *h = &v[4 + (67 - j) % 4];

    if (j >= 12) {
        expand(w, j + 4);
    }
    const uint32_t word = w[j % 16], later = w[(j + 4) % 16];
    const uint32_t turned = rotl32(*a, 12);
    const uint32_t ss1 = rotl32(turned + *e + constants[j], 7);

    *d += ff(*a, *b, *c) + (ss1 ^ turned) + (word ^ later);
    *h = p0(*h + gg(*e, *f, *g) + ss1 + word);
    *b = rotl32(*b, 9);
    *f = rotl32(*f, 19);
}

UNROLLED void four_steps(uint32_t v[8], uint32_t w[16], step_function ff, step_function gg, unsigned first)
{
    step(v, w, ff, gg, first);
    step(v, w, ff, gg, first + 1);
    step(v, w, ff, gg, first + 2);
    step(v, w, ff, gg, first + 3);
    keep_in_memory(w);
}

UNROLLED void sixteen_steps(uint32_t v[8], uint32_t w[16], step_function ff, step_function gg, unsigned first)
{
    four_steps(v, w, ff, gg, first);
    four_steps(v, w, ff, gg, first + 4);
    four_steps(v, w, ff, gg, first + 8);
    four_steps(v, w, ff, gg, first + 12);
}

static void compress_one(uint32_t state[8], uint32_t w[16], const uint8_t *block)
{
    uint32_t v[8] = {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};

#pragma GCC unroll 16
    for (unsigned j = 0; j < 16; j++) {
        w[j] = load32_be(block + 4 * j);
    }
    keep_in_memory(w);
    sixteen_steps(v, w, parity, parity, 0);
    sixteen_steps(v, w, maj, ch, 16);
    sixteen_steps(v, w, maj, ch, 32);
    sixteen_steps(v, w, maj, ch, 48);
    state[0] ^= v[0];
    state[1] ^= v[1];
    state[2] ^= v[2];
    state[3] ^= v[3];
    state[4] ^= v[4];
    state[5] ^= v[5];
    state[6] ^= v[6];
    state[7] ^= v[7];
}

static void compress(void *state, const uint8_t *blocks, size_t count)
{
    uint32_t w[16];

    for (; count != 0; count--, blocks += 64) {
        compress_one(state, w, blocks);
    }
    ZEROISE(w);
}

static const struct sw_md md = {.compress = compress, .block = 64, .word = 4, .words = 8, .little = 0};

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
    sw_md_finish(&md, context, hash, 32);
}

const struct sw_hash sw_sm3 = {
    .alg = PSA_ALG_SM3,
    .length = 32,
    .block = 64,
    .context_size = SW_MD_CONTEXT_SIZE(4, 8, 64),
    .md = &md,
    .init = init,
    .update = update,
    .finish = finish,
};

#endif
