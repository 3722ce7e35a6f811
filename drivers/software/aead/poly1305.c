/* SPDX-License-Identifier: Apache-2.0 */
#include "software/aead/poly1305.h"

#include "util/bytes.h"
#include "util/ct.h"

void poly1305_init(struct poly1305 *state, const uint8_t key[32])
{
    state->h[0] = 0;
    state->h[1] = 0;
    state->h[2] = 0;
    /* The clamp of RFC 8439, 2.5: r0, r1 < 2^60, and r1 is a multiple of 4. */
    state->r[0] = load64_le(key) & 0x0FFFFFFC0FFFFFFFu;
    state->r[1] = load64_le(key + 8) & 0x0FFFFFFC0FFFFFFCu;
    state->s[0] = load64_le(key + 16);
    state->s[1] = load64_le(key + 24);
}

/* x += y + *carry, and the carry out. */
static inline uint64_t add(uint64_t x, uint64_t y, uint64_t *carry)
{
    const uint64_t sum = x + y;
    const uint64_t result = sum + *carry;

    *carry = (uint64_t)(sum < x) | (uint64_t)(result < sum);
    return result;
}

void poly1305_finish(const struct poly1305 *state, uint8_t tag[16])
{
    /* h < 2^131 to h < 2^130 + 5: what is above 2^130 comes back five times at the bottom. */
    uint64_t carry = 0;
    uint64_t h0 = add(state->h[0], 5 * (state->h[2] >> 2), &carry);
    uint64_t h1 = add(state->h[1], 0, &carry);
    const uint64_t h2 = (state->h[2] & 3) + carry;

    /* h - p = h + 5 - 2^130 is the residue unless it is negative. */
    carry = 0;
    const uint64_t g0 = add(h0, 5, &carry);
    const uint64_t g1 = add(h1, 0, &carry);
    const uint64_t at_least_p = ~ct_mask_zero64((h2 + carry) >> 2);
    h0 = ct_select64(at_least_p, g0, h0);
    h1 = ct_select64(at_least_p, g1, h1);

    /* + s, modulo 2^128 */
    carry = 0;
    h0 = add(h0, state->s[0], &carry);
    h1 = add(h1, state->s[1], &carry);
    store64_le(tag, h0);
    store64_le(tag + 8, h1);
}

/*
 * One step is h = (h + block + 2^128) * r modulo 2^130 - 5, h brought below 2^130 + 2^128 only. Multiples of 2^130 come back
 * five times at the bottom; since the words of r above the first are multiples of 4, r_i * 2^128 = 5 * (r_i / 4).
 */
#if defined(__SIZEOF_INT128__)

__extension__ typedef unsigned __int128 uint128;

void poly1305_portable(struct poly1305 *state, const uint8_t *blocks, size_t count)
{
    const uint64_t r0 = state->r[0], r1 = state->r[1];
    const uint64_t s1 = (r1 >> 2) * 5; /* < 2^61 */
    uint64_t h0 = state->h[0], h1 = state->h[1], h2 = state->h[2];

    for (; count != 0; count--) {
        uint128 sum = (uint128)h0 + load64_le(blocks);
        h0 = (uint64_t)sum;
        sum = (uint128)h1 + load64_le(blocks + 8) + (uint64_t)(sum >> 64);
        h1 = (uint64_t)sum;
        h2 += (uint64_t)(sum >> 64) + 1; /* <= 9: h < 2^131 at the start of a call */

        /* Each product < 2^125, so columns 0 and 1 stay < 2^127; h2 * r0 < 2^64. */
        const uint128 d0 = (uint128)h0 * r0 + (uint128)h1 * s1;
        const uint128 d1 = (uint128)h0 * r1 + (uint128)h1 * r0 + h2 * s1 + (uint64_t)(d0 >> 64);
        h2 = h2 * r0 + (uint64_t)(d1 >> 64);

        sum = (uint128)(uint64_t)d0 + (h2 >> 2) + (h2 & ~(uint64_t)3);
        h0 = (uint64_t)sum;
        sum = (uint128)(uint64_t)d1 + (uint64_t)(sum >> 64);
        h1 = (uint64_t)sum;
        h2 = (h2 & 3) + (uint64_t)(sum >> 64);
        blocks += 16;
    }
    state->h[0] = h0;
    state->h[1] = h1;
    state->h[2] = h2;
}

#else

void poly1305_portable(struct poly1305 *state, const uint8_t *blocks, size_t count)
{
    const uint64_t r0 = (uint32_t)state->r[0], r1 = state->r[0] >> 32, r2 = (uint32_t)state->r[1], r3 = state->r[1] >> 32;
    const uint64_t s1 = (r1 >> 2) * 5, s2 = (r2 >> 2) * 5, s3 = (r3 >> 2) * 5; /* < 2^29 */
    uint32_t h0 = (uint32_t)state->h[0], h1 = (uint32_t)(state->h[0] >> 32);
    uint32_t h2 = (uint32_t)state->h[1], h3 = (uint32_t)(state->h[1] >> 32);
    uint32_t h4 = (uint32_t)state->h[2];

    for (; count != 0; count--) {
        uint64_t c = (uint64_t)h0 + load32_le(blocks);
        const uint64_t a0 = (uint32_t)c;
        c = (c >> 32) + h1 + load32_le(blocks + 4);
        const uint64_t a1 = (uint32_t)c;
        c = (c >> 32) + h2 + load32_le(blocks + 8);
        const uint64_t a2 = (uint32_t)c;
        c = (c >> 32) + h3 + load32_le(blocks + 12);
        const uint64_t a3 = (uint32_t)c;
        const uint64_t a4 = (c >> 32) + h4 + 1; /* <= 9: h < 2^131 at the start of a call */

        /* Products < 2^61, at most five to a column and a carry: < 2^64. */
        c = a0 * r0 + a1 * s3 + a2 * s2 + a3 * s1;
        const uint32_t b0 = (uint32_t)c;
        c = (c >> 32) + a0 * r1 + a1 * r0 + a2 * s3 + a3 * s2 + a4 * s1;
        const uint32_t b1 = (uint32_t)c;
        c = (c >> 32) + a0 * r2 + a1 * r1 + a2 * r0 + a3 * s3 + a4 * s2;
        const uint32_t b2 = (uint32_t)c;
        c = (c >> 32) + a0 * r3 + a1 * r2 + a2 * r1 + a3 * r0 + a4 * s3;
        const uint32_t b3 = (uint32_t)c;
        const uint64_t b4 = (c >> 32) + a4 * r0;

        c = (b4 >> 2) * 5 + b0;
        h0 = (uint32_t)c;
        c = (c >> 32) + b1;
        h1 = (uint32_t)c;
        c = (c >> 32) + b2;
        h2 = (uint32_t)c;
        c = (c >> 32) + b3;
        h3 = (uint32_t)c;
        h4 = (uint32_t)(b4 & 3) + (uint32_t)(c >> 32);
        blocks += 16;
    }
    state->h[0] = h0 | (uint64_t)h1 << 32;
    state->h[1] = h2 | (uint64_t)h3 << 32;
    state->h[2] = h4;
}

#endif
