/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES-GCM by VAES and VPCLMULQDQ: sixteen counter blocks go through AES while sixteen ciphertext blocks are multiplied, four
 * every other round. One reduction serves sixteen products.
 */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/vaes_blocks.h"

#define STEP 16u

TARGET_VAES void ghash_vpclmul(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count)
{
    __m128i sum = narrow_reverse(narrow_load(y));

    if (count >= STEP) {
        const struct quad powers = quad_powers(key);
        __m512i sums = _mm512_zextsi128_si512(sum);
        for (; count >= 2 * STEP; count -= STEP) {
            sums = quad_hash(powers, quad_reverse(quad_load(blocks)), sums);
            blocks += 16 * STEP;
        }
        sum = wide_fold(quad_hash(quad_last_powers(key), quad_reverse(quad_load(blocks)), sums));
        blocks += 16 * STEP;
        count -= STEP;
    }
    if (count != 0) {
        sum = quad_hash_some(key, quad_reverse(quad_load_bytes(blocks, 16 * count)), sum, count);
    }
    narrow_store(y, narrow_reverse(sum));
}

/* Key stream for sixteen blocks, and the hash over sixteen others, which are reversed already. */
INLINE_VAES struct quad step(const struct aes_key *key, struct quad h, __m512i value, __m512i *sums, struct quad hashed)
{
    struct wide_sum sum = wide_zero();
    struct quad x = quad_add_key(counter_blocks(value), wide_key(key, 0));

    x = quad_round(x, wide_key(key, 1));
    wide_add(&sum, hashed.b, h.b);
    x = quad_round(x, wide_key(key, 2));
    wide_add(&sum, hashed.c, h.c);
    x = quad_round(x, wide_key(key, 3));
    wide_add(&sum, hashed.d, h.d);
    x = quad_round(x, wide_key(key, 4));
    /* last, as it waits for the reduction before */
    wide_add(&sum, _mm512_xor_si512(hashed.a, *sums), h.a);
    x = quad_round(x, wide_key(key, 5));
    x = quad_round(x, wide_key(key, 6));
    *sums = wide_reduce(sum);
    x = quad_round(x, wide_key(key, 7));
    x = quad_round(x, wide_key(key, 8));
    x = quad_round(x, wide_key(key, 9));
    for (uint32_t round = 10; round < key->rounds; round++) {
        x = quad_round(x, wide_key(key, round));
    }
    return quad_last_round(x, wide_key(key, key->rounds));
}

TARGET_VAES void aes_gcm_vaes_encrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                      uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    if (count >= 2 * STEP) {
        const struct quad powers = quad_powers(hash_key);
        __m512i value = counter_load(counter);
        __m512i sums = _mm512_zextsi128_si512(narrow_reverse(narrow_load(y)));
        /* The hash follows sixteen blocks behind, whose ciphertext stays in registers. */
        struct quad x = quad_xor(quad_encrypt(key, counter_blocks(value)), quad_load(input));
        for (;;) {
            quad_store(output, x);
            value = counter_add(value, STEP);
            input += 16 * STEP;
            output += 16 * STEP;
            count -= STEP;
            if (count < STEP) {
                break;
            }
            x = quad_xor(step(key, powers, value, &sums, quad_reverse(x)), quad_load(input));
        }
        sums = quad_hash(quad_last_powers(hash_key), quad_reverse(x), sums);
        counter_store(counter, value);
        narrow_store(y, narrow_reverse(wide_fold(sums)));
    }
    aes_vaes_ctr32(key, counter, input, output, count);
    ghash_vpclmul(hash_key, y, output, count);
}

TARGET_VAES void aes_gcm_vaes_decrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                      uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    if (count >= STEP) {
        struct quad powers = quad_powers(hash_key);
        __m512i value = counter_load(counter);
        __m512i sums = _mm512_zextsi128_si512(narrow_reverse(narrow_load(y)));
        for (; count >= STEP; count -= STEP) {
            const struct quad text = quad_load(input);
            powers = count < 2 * STEP ? quad_last_powers(hash_key) : powers;
            quad_store(output, quad_xor(step(key, powers, value, &sums, quad_reverse(text)), text));
            value = counter_add(value, STEP);
            input += 16 * STEP;
            output += 16 * STEP;
        }
        counter_store(counter, value);
        narrow_store(y, narrow_reverse(wide_fold(sums)));
    }
    ghash_vpclmul(hash_key, y, input, count);
    aes_vaes_ctr32(key, counter, input, output, count);
}

#endif
