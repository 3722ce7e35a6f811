/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short messages of AES-GCM in one go: nothing leaves the registers between the nonce and the tag, and all products of GHASH
 * share one reduction. Lengths and addresses are public, and decide branches.
 */
#include "x86_64/ghash_pclmul.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "util/bytes.h"
#include "util/ct.h"
#include "x86_64/aes_ni_blocks.h"
#include "x86_64/ghash_pclmul_blocks.h"

/* E(J0), and key stream for up to four blocks. */
struct pads {
    __m128i mask, stream[4];
};

/* 1 to 15 bytes, and zeros: by loads that overlap within them. */
INLINE_GCM __m128i load_part(const uint8_t *p, size_t n)
{
    uint64_t low, high = 0;

    if (n >= 8) {
        low = load64_le(p);
        high = n == 8 ? 0 : load64_le(p + n - 8) >> (8 * (16 - n));
    } else if (n >= 4) {
        low = load32_le(p) | (uint64_t)load32_le(p + n - 4) << (8 * (n - 4));
    } else {
        low = p[0] | (uint64_t)p[n / 2] << (8 * (n / 2)) | (uint64_t)p[n - 1] << (8 * (n - 1));
    }
    return _mm_set_epi64x((long long)high, (long long)low);
}

INLINE_GCM void store_part(uint8_t *p, size_t n, __m128i x)
{
    const uint64_t low = (uint64_t)_mm_cvtsi128_si64(x), high = (uint64_t)_mm_extract_epi64(x, 1);

    if (n > 8) {
        store64_le(p + n - 8, low >> (8 * (n - 8)) | high << (8 * (16 - n)));
        store64_le(p, low);
    } else if (n == 8) {
        store64_le(p, low);
    } else if (n >= 4) {
        store32_le(p + n - 4, (uint32_t)(low >> (8 * (n - 4))));
        store32_le(p, (uint32_t)low);
    } else {
        p[n - 1] = (uint8_t)(low >> (8 * (n - 1)));
        p[n / 2] = (uint8_t)(low >> (8 * (n / 2)));
        p[0] = (uint8_t)low;
    }
}

/* The first n of 16 bytes, the others zero; n <= 16. */
INLINE_GCM __m128i first_bytes(__m128i x, size_t n)
{
    static const uint8_t window[32] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };

    return _mm_and_si128(x, load_block(window + 16 - n));
}

INLINE_GCM struct pads make_pads(const struct aes_key *key, const uint8_t nonce[12], size_t length)
{
    struct pads pads;
    const __m128i k = encrypt_key(key, 0), last = encrypt_key(key, key->rounds);
    const __m128i j0 = _mm_insert_epi32(_mm_set_epi64x((long long)load32_le(nonce + 8), (long long)load64_le(nonce)), 1 << 24, 3);
    __m128i x0 = _mm_xor_si128(j0, k), x1 = _mm_xor_si128(_mm_insert_epi32(j0, 2 << 24, 3), k);
    __m128i x2 = _mm_xor_si128(_mm_insert_epi32(j0, 3 << 24, 3), k), x3 = _mm_xor_si128(_mm_insert_epi32(j0, 4 << 24, 3), k);
    __m128i x4 = _mm_xor_si128(_mm_insert_epi32(j0, 5 << 24, 3), k);

    if (length <= 16) {
        for (uint32_t round = 1; round < key->rounds; round++) {
            const __m128i r = encrypt_key(key, round);
            x0 = _mm_aesenc_si128(x0, r);
            x1 = _mm_aesenc_si128(x1, r);
        }
    } else {
        for (uint32_t round = 1; round < key->rounds; round++) {
            const __m128i r = encrypt_key(key, round);
            x0 = _mm_aesenc_si128(x0, r);
            x1 = _mm_aesenc_si128(x1, r);
            x2 = _mm_aesenc_si128(x2, r);
            x3 = _mm_aesenc_si128(x3, r);
            x4 = _mm_aesenc_si128(x4, r);
        }
    }
    pads.mask = _mm_aesenclast_si128(x0, last);
    pads.stream[0] = _mm_aesenclast_si128(x1, last);
    pads.stream[1] = _mm_aesenclast_si128(x2, last);
    pads.stream[2] = _mm_aesenclast_si128(x3, last);
    pads.stream[3] = _mm_aesenclast_si128(x4, last);
    return pads;
}

/* Adds bytes, filled up with zeros, and moves the exponent to what comes behind them. */
INLINE_GCM void hash_bytes(struct ghash_sum *sum, const struct ghash_key *hash_key, size_t *exponent, const uint8_t *p, size_t n)
{
    for (; n >= 16; n -= 16) {
        ghash_add(sum, ghash_load(p), hash_key, (*exponent)--);
        p += 16;
    }
    if (n != 0) {
        ghash_add(sum, ghash_reverse(load_part(p, n)), hash_key, (*exponent)--);
    }
}

/* The exponent of H for the first block of the message. */
INLINE_GCM size_t blocks_of(const struct aead_message *message)
{
    return (message->ad_length + 15) / 16 + (message->length + 15) / 16 + 1;
}

INLINE_GCM __m128i hash_end(struct ghash_sum *sum, const struct ghash_key *hash_key, const struct aead_message *message)
{
    const __m128i lengths = _mm_set_epi64x((long long)(8 * message->ad_length), (long long)(8 * message->length));

    ghash_add(sum, lengths, hash_key, 1);
    return ghash_reverse(ghash_reduce(*sum));
}

TARGET_GCM void aes_gcm_ni_seal_short(const struct aes_key *key, const struct ghash_key *hash_key,
                                      const struct aead_message *message, uint8_t *tag)
{
    const struct pads pads = make_pads(key, message->nonce, message->length);
    struct ghash_sum sum = ghash_zero();
    size_t exponent = blocks_of(message), i = 0, left = message->length;

    hash_bytes(&sum, hash_key, &exponent, message->ad, message->ad_length);
    for (; left >= 16; left -= 16, i++) {
        const __m128i x = _mm_xor_si128(load_block(message->input + 16 * i), pads.stream[i]);
        store_block(message->output + 16 * i, x);
        ghash_add(&sum, ghash_reverse(x), hash_key, exponent--);
    }
    if (left != 0) {
        const __m128i x = _mm_xor_si128(load_part(message->input + 16 * i, left), first_bytes(pads.stream[i], left));
        store_part(message->output + 16 * i, left, x);
        ghash_add(&sum, ghash_reverse(x), hash_key, exponent);
    }
    const __m128i whole = _mm_xor_si128(hash_end(&sum, hash_key, message), pads.mask);
    if (message->tag_length == 16) {
        store_block(tag, whole);
    } else {
        store_part(tag, message->tag_length, whole);
    }
}

TARGET_GCM uint32_t aes_gcm_ni_open_short(const struct aes_key *key, const struct ghash_key *hash_key,
                                          const struct aead_message *message, const uint8_t *tag)
{
    const struct pads pads = make_pads(key, message->nonce, message->length);
    const uint32_t wanted = (1u << message->tag_length) - 1;
    struct ghash_sum sum = ghash_zero();
    size_t exponent = blocks_of(message), i = 0, left = message->length;

    hash_bytes(&sum, hash_key, &exponent, message->ad, message->ad_length);
    hash_bytes(&sum, hash_key, &exponent, message->input, message->length);
    const __m128i whole = _mm_xor_si128(hash_end(&sum, hash_key, message), pads.mask);
    const __m128i given = message->tag_length == 16 ? load_block(tag) : load_part(tag, message->tag_length);
    const uint32_t equal = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(whole, given)) & wanted;
    uint32_t verified = ct_mask_equal32(equal, wanted);
    CT_PUBLIC(&verified, sizeof(verified)); /* whether the message is authentic is the answer */
    if (verified == 0) {
        return 0;
    }
    for (; left >= 16; left -= 16, i++) {
        store_block(message->output + 16 * i, _mm_xor_si128(load_block(message->input + 16 * i), pads.stream[i]));
    }
    if (left != 0) {
        const uint8_t *input = message->input + 16 * i;
        store_part(message->output + 16 * i, left, _mm_xor_si128(load_part(input, left), pads.stream[i]));
    }
    return verified;
}

#endif
