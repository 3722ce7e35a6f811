/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Building blocks of the AES-NI kernels. Round keys lie in struct aes_key as the instructions take them: 15 of 16 bytes for
 * encryption, then 15 for the equivalent inverse cipher (FIPS 197, 5.3.5) in the order of their use.
 *
 * Eight blocks at once are a macro argument eight times over, and not a loop: so each stays in a register.
 */
#ifndef X86_64_AES_NI_BLOCKS_H
#define X86_64_AES_NI_BLOCKS_H

#include <immintrin.h>

#include "software/kernels.h"

#define TARGET_AES_NI __attribute__((target("aes,sse4.1")))
#define INLINE_AES_NI static inline __attribute__((always_inline, target("aes,sse4.1")))

#define EACH_OF_8(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7)

INLINE_AES_NI __m128i load_block(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

INLINE_AES_NI void store_block(uint8_t *p, __m128i x)
{
    _mm_storeu_si128((__m128i *)(void *)p, x);
}

INLINE_AES_NI __m128i encrypt_key(const struct aes_key *key, uint32_t round)
{
    return _mm_loadu_si128((const __m128i *)(const void *)key->words + round);
}

INLINE_AES_NI __m128i decrypt_key(const struct aes_key *key, uint32_t round)
{
    return _mm_loadu_si128((const __m128i *)(const void *)key->words + 15 + round);
}

INLINE_AES_NI __m128i encrypt_1(const struct aes_key *key, __m128i x)
{
    x = _mm_xor_si128(x, encrypt_key(key, 0));
    for (uint32_t round = 1; round < key->rounds; round++) {
        x = _mm_aesenc_si128(x, encrypt_key(key, round));
    }
    return _mm_aesenclast_si128(x, encrypt_key(key, key->rounds));
}

INLINE_AES_NI void encrypt_2(const struct aes_key *key, __m128i *a, __m128i *b)
{
    __m128i k = encrypt_key(key, 0), x = _mm_xor_si128(*a, k), y = _mm_xor_si128(*b, k);

    for (uint32_t round = 1; round < key->rounds; round++) {
        k = encrypt_key(key, round);
        x = _mm_aesenc_si128(x, k);
        y = _mm_aesenc_si128(y, k);
    }
    k = encrypt_key(key, key->rounds);
    *a = _mm_aesenclast_si128(x, k);
    *b = _mm_aesenclast_si128(y, k);
}

INLINE_AES_NI void encrypt_8(const struct aes_key *key, __m128i x[8])
{
    __m128i k = encrypt_key(key, 0);

#define DO(i) x[i] = _mm_xor_si128(x[i], k);
    EACH_OF_8(DO)
#undef DO
#define DO(i) x[i] = _mm_aesenc_si128(x[i], k);
    for (uint32_t round = 1; round < key->rounds; round++) {
        k = encrypt_key(key, round);
        EACH_OF_8(DO)
    }
#undef DO
    k = encrypt_key(key, key->rounds);
#define DO(i) x[i] = _mm_aesenclast_si128(x[i], k);
    EACH_OF_8(DO)
#undef DO
}

INLINE_AES_NI __m128i decrypt_1(const struct aes_key *key, __m128i x)
{
    x = _mm_xor_si128(x, decrypt_key(key, 0));
    for (uint32_t round = 1; round < key->rounds; round++) {
        x = _mm_aesdec_si128(x, decrypt_key(key, round));
    }
    return _mm_aesdeclast_si128(x, decrypt_key(key, key->rounds));
}

INLINE_AES_NI void decrypt_8(const struct aes_key *key, __m128i x[8])
{
    __m128i k = decrypt_key(key, 0);

#define DO(i) x[i] = _mm_xor_si128(x[i], k);
    EACH_OF_8(DO)
#undef DO
#define DO(i) x[i] = _mm_aesdec_si128(x[i], k);
    for (uint32_t round = 1; round < key->rounds; round++) {
        k = decrypt_key(key, round);
        EACH_OF_8(DO)
    }
#undef DO
    k = decrypt_key(key, key->rounds);
#define DO(i) x[i] = _mm_aesdeclast_si128(x[i], k);
    EACH_OF_8(DO)
#undef DO
}

/* All sixteen bytes in the other order. */
INLINE_AES_NI __m128i reverse_bytes(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

#endif
