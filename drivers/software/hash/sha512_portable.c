/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-512's compression function (FIPS 180-4, section 6.4.2). */
#include "software/hash/sha2.h"

#include "util/bytes.h"

#if SW_HAS_SHA512

/* Section 4.2.3. */
static const uint64_t constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

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
}

static void compress_one(uint64_t state[8], const uint8_t *block)
{
    uint64_t v[8];
    uint64_t w[16];

    memcpy(v, state, sizeof v);
#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; i++) {
        w[i] = load64_be(block + 8 * i);
    }
    eight_steps(v, w, constants);
    eight_steps(v, w + 8, constants + 8);
    for (unsigned t = 16; t < 80; t += 16) {
        schedule_eight(w, 0);
        eight_steps(v, w, constants + t);
        schedule_eight(w, 8);
        eight_steps(v, w + 8, constants + t + 8);
    }
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++) {
        state[i] += v[i];
    }
}

void sha512_compress_portable(uint64_t state[8], const uint8_t *blocks, size_t count)
{
    for (; count != 0; count--, blocks += 128) {
        compress_one(state, blocks);
    }
}

#endif
