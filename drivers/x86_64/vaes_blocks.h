/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES and GHASH on four vectors at once: building blocks of the VAES and VPCLMULQDQ kernels. vaes_512.h or vaes_256.h, which comes
 * before, says how wide a vector is.
 */
#ifndef X86_64_VAES_BLOCKS_H
#define X86_64_VAES_BLOCKS_H

/* Blocks in four vectors. */
#define STEP (4u * LANES)

struct quad {
    wide a, b, c, d;
};

/* Sums of products, lane by lane, before reduction: low + middle * 2^64 + high * 2^128. */
struct wide_sum {
    wide low, middle, high;
};

INLINE_VAES __m128i narrow_load(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

INLINE_VAES void narrow_store(uint8_t *p, __m128i x)
{
    _mm_storeu_si128((__m128i *)(void *)p, x);
}

INLINE_VAES __m128i narrow_reverse(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

INLINE_VAES struct quad quad_load(const uint8_t *p)
{
    const size_t size = sizeof(wide);
    const struct quad x = { wide_load(p), wide_load(p + size), wide_load(p + 2 * size), wide_load(p + 3 * size) };
    return x;
}

INLINE_VAES void quad_store(uint8_t *p, struct quad x)
{
    const size_t size = sizeof(wide);

    wide_store(p, x.a);
    wide_store(p + size, x.b);
    wide_store(p + 2 * size, x.c);
    wide_store(p + 3 * size, x.d);
}

INLINE_VAES struct quad quad_xor(struct quad x, struct quad y)
{
    x.a = wide_xor(x.a, y.a);
    x.b = wide_xor(x.b, y.b);
    x.c = wide_xor(x.c, y.c);
    x.d = wide_xor(x.d, y.d);
    return x;
}

INLINE_VAES struct quad quad_reverse(struct quad x)
{
    x.a = wide_reverse(x.a);
    x.b = wide_reverse(x.b);
    x.c = wide_reverse(x.c);
    x.d = wide_reverse(x.d);
    return x;
}

/* ---- AES ---- */

INLINE_VAES wide wide_key(const struct aes_key *key, uint32_t round)
{
    return wide_broadcast((const __m128i *)(const void *)key->words + round);
}

INLINE_VAES wide wide_inverse_key(const struct aes_key *key, uint32_t round)
{
    return wide_key(key, 15 + round);
}

INLINE_VAES struct quad quad_add_key(struct quad x, wide k)
{
    x.a = wide_xor(x.a, k);
    x.b = wide_xor(x.b, k);
    x.c = wide_xor(x.c, k);
    x.d = wide_xor(x.d, k);
    return x;
}

INLINE_VAES struct quad quad_round(struct quad x, wide k)
{
    x.a = wide_round(x.a, k);
    x.b = wide_round(x.b, k);
    x.c = wide_round(x.c, k);
    x.d = wide_round(x.d, k);
    return x;
}

INLINE_VAES struct quad quad_last_round(struct quad x, wide k)
{
    x.a = wide_last_round(x.a, k);
    x.b = wide_last_round(x.b, k);
    x.c = wide_last_round(x.c, k);
    x.d = wide_last_round(x.d, k);
    return x;
}

INLINE_VAES struct quad quad_encrypt(const struct aes_key *key, struct quad x)
{
    x = quad_add_key(x, wide_key(key, 0));
#pragma GCC unroll 9
    for (uint32_t round = 1; round < 10; round++) {
        x = quad_round(x, wide_key(key, round));
    }
    for (uint32_t round = 10; round < key->rounds; round++) {
        x = quad_round(x, wide_key(key, round));
    }
    return quad_last_round(x, wide_key(key, key->rounds));
}

INLINE_VAES struct quad quad_decrypt(const struct aes_key *key, struct quad x)
{
    wide k;

    x = quad_add_key(x, wide_inverse_key(key, 0));
    for (uint32_t round = 1; round < key->rounds; round++) {
        k = wide_inverse_key(key, round);
        x.a = wide_inverse_round(x.a, k);
        x.b = wide_inverse_round(x.b, k);
        x.c = wide_inverse_round(x.c, k);
        x.d = wide_inverse_round(x.d, k);
    }
    k = wide_inverse_key(key, key->rounds);
    x.a = wide_last_inverse_round(x.a, k);
    x.b = wide_last_inverse_round(x.b, k);
    x.c = wide_last_inverse_round(x.c, k);
    x.d = wide_last_inverse_round(x.d, k);
    return x;
}

/* Counters: the block reversed in each lane, so that the number is its lowest 32 bits; n, n + 1, ... */
INLINE_VAES wide counter_load(const uint8_t counter[16])
{
    return wide_count_up(wide_reverse(wide_broadcast(counter)));
}

INLINE_VAES void counter_store(uint8_t counter[16], wide value)
{
    narrow_store(counter, wide_lowest(wide_reverse(value)));
}

INLINE_VAES struct quad counter_blocks(wide value)
{
    const struct quad x = {
        wide_reverse(value), wide_reverse(wide_count(value, LANES)), wide_reverse(wide_count(value, 2 * LANES)),
        wide_reverse(wide_count(value, 3 * LANES)),
    };
    return x;
}

/* ---- GHASH ---- */

INLINE_VAES struct wide_sum wide_zero(void)
{
    const struct wide_sum zero = { wide_set64(0), wide_set64(0), wide_set64(0) };
    return zero;
}

/* sum += x * h, lane by lane */
INLINE_VAES void wide_add(struct wide_sum *sum, wide x, wide h)
{
    sum->low = wide_xor(sum->low, WIDE_PRODUCT(x, h, 0x00));
    sum->middle = wide_xor3(sum->middle, WIDE_PRODUCT(x, h, 0x01), WIDE_PRODUCT(x, h, 0x10));
    sum->high = wide_xor(sum->high, WIDE_PRODUCT(x, h, 0x11));
}

/* As ghash_reduce(), in each lane. */
INLINE_VAES wide wide_reduce(struct wide_sum sum)
{
    const wide c = wide_set64(0xC200000000000000u);
    const wide middle = wide_xor3(sum.middle, WIDE_SWAP(sum.low), WIDE_PRODUCT(sum.low, c, 0x10));

    return wide_xor3(sum.high, WIDE_SWAP(middle), WIDE_PRODUCT(middle, c, 0x10));
}

/* Powers of H for the blocks of a vector, of which the first is multiplied by H^exponent. */
INLINE_VAES wide wide_powers(const struct ghash_key *key, size_t exponent)
{
    return wide_load((const __m128i *)(const void *)key->words + (16 - exponent));
}

/* H^exponent for all of them. */
INLINE_VAES wide wide_power(const struct ghash_key *key, size_t exponent)
{
    return wide_broadcast((const __m128i *)(const void *)key->words + (16 - exponent));
}

/*
 * Four vectors and four again: each lane keeps a sum of its own, of every LANES-th block. So all lanes take the same powers. Only in
 * the last four vectors do the lanes differ, by their distance from the end; then the sums are added up.
 */
INLINE_VAES struct quad quad_powers(const struct ghash_key *key)
{
    const struct quad h = {
        wide_power(key, STEP), wide_power(key, 3 * LANES), wide_power(key, 2 * LANES), wide_power(key, LANES),
    };
    return h;
}

INLINE_VAES struct quad quad_last_powers(const struct ghash_key *key)
{
    const struct quad h = {
        wide_powers(key, STEP), wide_powers(key, 3 * LANES), wide_powers(key, 2 * LANES), wide_powers(key, LANES),
    };
    return h;
}

/* Blocks that are reversed already. What is added last waits for the reduction before. */
INLINE_VAES wide quad_hash(struct quad h, struct quad x, wide y)
{
    struct wide_sum sum = wide_zero();

    wide_add(&sum, x.b, h.b);
    wide_add(&sum, x.c, h.c);
    wide_add(&sum, x.d, h.d);
    wide_add(&sum, wide_xor(x.a, y), h.a);
    return wide_reduce(sum);
}

#endif
