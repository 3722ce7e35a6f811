/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GHASH (SP 800-38D, 6.4) without tables. An element of GF(2^128) is two words, read big-endian: the coefficient of x^0 is
 * the most significant bit of the first. So integers hold the bits in reverse, which turns a product around as a whole:
 * reverse(a) * reverse(b) is reverse(a * b) over 255 bits, one place short of 256.
 *
 * Needs a multiplication whose time does not depend on its operands, as 64-bit CPUs have.
 */
#include "software/aead/ghash_portable.h"

#include "util/bytes.h"

/* Words of struct ghash_key: H, and what Karatsuba's method takes of it, each also with its bits reversed. */
enum { LOW, HIGH, SUM, LOW_REVERSED, HIGH_REVERSED, SUM_REVERSED };

static uint64_t reverse(uint64_t x)
{
    x = ((x >> 1) & 0x5555555555555555u) | ((x & 0x5555555555555555u) << 1);
    x = ((x >> 2) & 0x3333333333333333u) | ((x & 0x3333333333333333u) << 2);
    x = ((x >> 4) & 0x0F0F0F0F0F0F0F0Fu) | ((x & 0x0F0F0F0F0F0F0F0Fu) << 4);
    x = ((x >> 8) & 0x00FF00FF00FF00FFu) | ((x & 0x00FF00FF00FF00FFu) << 8);
    x = ((x >> 16) & 0x0000FFFF0000FFFFu) | ((x & 0x0000FFFF0000FFFFu) << 16);
    return (x >> 32) | (x << 32);
}

/*
 * The low 64 bits of the carry-less product. Each operand is split into four with one bit in four kept, so that the columns
 * of an integer product lie four bits apart. At column k at most k/4 + 1 <= 16 ones add up: 15 fit in four bits, and 16 is
 * reached only in the last column, where the carry leaves the word.
 */
static inline uint64_t multiply_low(uint64_t a, uint64_t b)
{
    const uint64_t m0 = 0x1111111111111111u, m1 = m0 << 1, m2 = m0 << 2, m3 = m0 << 3;
    const uint64_t a0 = a & m0, a1 = a & m1, a2 = a & m2, a3 = a & m3;
    const uint64_t b0 = b & m0, b1 = b & m1, b2 = b & m2, b3 = b & m3;

    return (((a0 * b0) ^ (a1 * b3) ^ (a2 * b2) ^ (a3 * b1)) & m0)
         | (((a0 * b1) ^ (a1 * b0) ^ (a2 * b3) ^ (a3 * b2)) & m1)
         | (((a0 * b2) ^ (a1 * b1) ^ (a2 * b0) ^ (a3 * b3)) & m2)
         | (((a0 * b3) ^ (a1 * b2) ^ (a2 * b1) ^ (a3 * b0)) & m3);
}

void ghash_portable_expand(struct ghash_key *key, const uint8_t h[16])
{
    uint64_t *words = key->words;

    words[HIGH] = load64_be(h);
    words[LOW] = load64_be(h + 8);
    words[SUM] = words[HIGH] ^ words[LOW];
    words[LOW_REVERSED] = reverse(words[LOW]);
    words[HIGH_REVERSED] = reverse(words[HIGH]);
    words[SUM_REVERSED] = words[LOW_REVERSED] ^ words[HIGH_REVERSED];
}

/* (high, low) *= H. */
static inline void multiply(uint64_t *high, uint64_t *low, const uint64_t *h)
{
    const uint64_t low_reversed = reverse(*low), high_reversed = reverse(*high);

    /* Karatsuba; the upper half of each 127-bit product is the lower half of the reversed one, turned around. */
    const uint64_t low_product = multiply_low(*low, h[LOW]);
    const uint64_t high_product = multiply_low(*high, h[HIGH]);
    const uint64_t middle = multiply_low(*low ^ *high, h[SUM]) ^ low_product ^ high_product;
    uint64_t low_upper = multiply_low(low_reversed, h[LOW_REVERSED]);
    uint64_t high_upper = multiply_low(high_reversed, h[HIGH_REVERSED]);
    uint64_t middle_upper = multiply_low(low_reversed ^ high_reversed, h[SUM_REVERSED]) ^ low_upper ^ high_upper;
    low_upper = reverse(low_upper) >> 1;
    high_upper = reverse(high_upper) >> 1;
    middle_upper = reverse(middle_upper) >> 1;

    /* The 255 bits, moved up by the one place that they are short of. */
    const uint64_t v0 = low_product, v1 = low_upper ^ middle, v2 = high_product ^ middle_upper, v3 = high_upper;
    const uint64_t p0 = v0 << 1;
    uint64_t p1 = (v1 << 1) | (v0 >> 63), p2 = (v2 << 1) | (v1 >> 63), p3 = (v3 << 1) | (v2 >> 63);

    /* p0 and p1 hold x^128 and up: x^128 = x^7 + x^2 + x + 1, and multiplying by x is a shift to the right. */
    p2 ^= p0 ^ (p0 >> 1) ^ (p0 >> 2) ^ (p0 >> 7);
    p1 ^= (p0 << 63) ^ (p0 << 62) ^ (p0 << 57);
    p3 ^= p1 ^ (p1 >> 1) ^ (p1 >> 2) ^ (p1 >> 7);
    p2 ^= (p1 << 63) ^ (p1 << 62) ^ (p1 << 57);
    *high = p3;
    *low = p2;
}

void ghash_portable(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count)
{
    uint64_t high = load64_be(y), low = load64_be(y + 8);

    for (; count != 0; count--) {
        high ^= load64_be(blocks);
        low ^= load64_be(blocks + 8);
        multiply(&high, &low, key->words);
        blocks += 16;
    }
    store64_be(y, high);
    store64_be(y + 8, low);
}
