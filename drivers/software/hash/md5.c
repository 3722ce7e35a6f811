/* SPDX-License-Identifier: Apache-2.0 */
/* MD5 (RFC 1321). Collisions are a matter of seconds: for old formats and protocols. */
#include "software/hash/md.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_MD5

/* gcc would not inline all of this by itself, and leave calls through pointers and working variables in memory. */
#if defined(__GNUC__)
#define UNROLLED static inline __attribute__((always_inline))
#else
#define UNROLLED static inline
#endif

/* RFC 1321, section 3.3. */
static const uint32_t initial[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

/* Section 3.4: the integer part of 2^32 abs(sin(i + 1)). */
static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

/* The functions of the four rounds: sum + f(x, y, z). Each step waits for x, what the step before has made: what can be done without
 * it comes first. */

static inline uint32_t f(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return sum + (z ^ (x & (y ^ z)));
}

/* The two halves have no bit in common. */
static inline uint32_t g(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return (sum + (y & ~z)) + (x & z);
}

static inline uint32_t h(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return sum + (x ^ (y ^ z));
}

static inline uint32_t i(uint32_t sum, uint32_t x, uint32_t y, uint32_t z)
{
    return sum + (y ^ (x | ~z));
}

/* A round: step n takes the word at first + n stride, and rotates by shifts[n % 4]. */
struct round {
    uint32_t (*function)(uint32_t sum, uint32_t x, uint32_t y, uint32_t z);
    unsigned first, stride;
    unsigned shifts[4];
};

UNROLLED void step(uint32_t *a, uint32_t b, uint32_t c, uint32_t d, const struct round round, uint32_t word_plus_sine, unsigned n)
{
    *a = b + rotl32(round.function(*a + word_plus_sine, b, c, d), round.shifts[n]);
}

/* Instead of renaming the variables, four steps pass them one place further each time. */
UNROLLED void four_steps(uint32_t v[4], const struct round round, const uint32_t w[16], const uint32_t *k, unsigned n)
{
    const unsigned at = round.first + n * round.stride;
    const unsigned by = round.stride;

    step(&v[0], v[1], v[2], v[3], round, w[at % 16] + k[n], 0);
    step(&v[3], v[0], v[1], v[2], round, w[(at + by) % 16] + k[n + 1], 1);
    step(&v[2], v[3], v[0], v[1], round, w[(at + 2 * by) % 16] + k[n + 2], 2);
    step(&v[1], v[2], v[3], v[0], round, w[(at + 3 * by) % 16] + k[n + 3], 3);
}

UNROLLED void sixteen_steps(uint32_t v[4], const struct round round, const uint32_t w[16], const uint32_t *k)
{
    four_steps(v, round, w, k, 0);
    four_steps(v, round, w, k, 4);
    four_steps(v, round, w, k, 8);
    four_steps(v, round, w, k, 12);
}

static void compress_one(uint32_t state[4], uint32_t w[16], const uint8_t *block)
{
    uint32_t v[4] = {state[0], state[1], state[2], state[3]};

    for (unsigned n = 0; n < 16; n++) {
        w[n] = load32_le(block + 4 * n);
    }
    keep_in_memory(w);
    sixteen_steps(v, (struct round){f, 0, 1, {7, 12, 17, 22}}, w, sines);
    keep_in_memory(w);
    sixteen_steps(v, (struct round){g, 1, 5, {5, 9, 14, 20}}, w, sines + 16);
    keep_in_memory(w);
    sixteen_steps(v, (struct round){h, 5, 3, {4, 11, 16, 23}}, w, sines + 32);
    keep_in_memory(w);
    sixteen_steps(v, (struct round){i, 0, 7, {6, 10, 15, 21}}, w, sines + 48);
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

const struct sw_hash sw_md5 = {
    .alg = PSA_ALG_MD5,
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
