/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES-GCM by AES-NI and PCLMULQDQ: eight counter blocks go through AES while eight ciphertext blocks are multiplied, one in
 * each round, so that both units are busy. One reduction serves eight products.
 */
#include "x86_64/ghash_pclmul.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/aes_ni.h"
#include "x86_64/aes_ni_blocks.h"
#include "x86_64/ghash_pclmul_blocks.h"

#define STEP 8u

/* Key stream for eight blocks, and the hash over eight others. */
INLINE_GCM __m128i step(const struct aes_key *key, const struct ghash_key *hash_key, __m128i x[8], __m128i value, __m128i y,
                        const uint8_t *hashed)
{
    struct ghash_sum sum = ghash_zero();
    __m128i k = encrypt_key(key, 0);

#define DO(i) x[i] = _mm_xor_si128(reverse_bytes(_mm_add_epi32(value, _mm_set_epi32(0, 0, 0, i))), k);
    EACH_OF_8(DO)
#undef DO
#define ENCRYPT(i) x[i] = _mm_aesenc_si128(x[i], k);
#define ROUND(r) \
    k = encrypt_key(key, r); \
    EACH_OF_8(ENCRYPT)
#define HASH(i) ghash_add(&sum, ghash_load(hashed + 16 * (i)), hash_key, 8 - (i));
    ROUND(1)
    HASH(1)
    ROUND(2)
    HASH(2)
    ROUND(3)
    HASH(3)
    ROUND(4)
    HASH(4)
    ROUND(5)
    HASH(5)
    ROUND(6)
    HASH(6)
    ROUND(7)
    HASH(7)
    ROUND(8)
    ghash_add(&sum, _mm_xor_si128(y, ghash_load(hashed)), hash_key, 8);
    ROUND(9)
    y = ghash_reduce(sum);
    if (key->rounds > 10) {
        ROUND(10)
        ROUND(11)
    }
    if (key->rounds > 12) {
        ROUND(12)
        ROUND(13)
    }
    k = encrypt_key(key, key->rounds);
#undef HASH
#undef ROUND
#undef ENCRYPT
#define DO(i) x[i] = _mm_aesenclast_si128(x[i], k);
    EACH_OF_8(DO)
#undef DO
    return y;
}

INLINE_GCM void add_text(uint8_t *output, const uint8_t *input, const __m128i x[8])
{
#define DO(i) store_block(output + 16 * (i), _mm_xor_si128(x[i], load_block(input + 16 * (i))));
    EACH_OF_8(DO)
#undef DO
}

TARGET_GCM void aes_gcm_ni_encrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                   uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    const __m128i eight = _mm_set_epi32(0, 0, 0, STEP);

    if (count >= 2 * STEP) {
        __m128i x[8];
        /* The hash follows eight blocks behind. */
        aes_ni_ctr32(key, counter, input, output, STEP);
        __m128i value = reverse_bytes(load_block(counter)), sum = ghash_load(y);
        for (count -= STEP; count >= STEP; count -= STEP) {
            const uint8_t *hashed = output;
            input += 16 * STEP;
            output += 16 * STEP;
            sum = step(key, hash_key, x, value, sum, hashed);
            add_text(output, input, x);
            value = _mm_add_epi32(value, eight);
        }
        store_block(counter, reverse_bytes(value));
        ghash_store(y, sum);
        ghash_pclmul(hash_key, y, output, STEP);
        input += 16 * STEP;
        output += 16 * STEP;
    }
    aes_ni_ctr32(key, counter, input, output, count);
    ghash_pclmul(hash_key, y, output, count);
}

TARGET_GCM void aes_gcm_ni_decrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                   uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    const __m128i eight = _mm_set_epi32(0, 0, 0, STEP);
    __m128i value = reverse_bytes(load_block(counter)), sum = ghash_load(y);

    for (; count >= STEP; count -= STEP) {
        __m128i x[8];
        sum = step(key, hash_key, x, value, sum, input);
        add_text(output, input, x);
        value = _mm_add_epi32(value, eight);
        input += 16 * STEP;
        output += 16 * STEP;
    }
    store_block(counter, reverse_bytes(value));
    ghash_store(y, sum);
    ghash_pclmul(hash_key, y, input, count);
    aes_ni_ctr32(key, counter, input, output, count);
}

#endif
