/* SPDX-License-Identifier: Apache-2.0 */
/* XTS (IEEE 1619, 5.3) with AES-NI: eight blocks at once. */
#include "x86_64/aes_ni.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/aes_ni_blocks.h"

/* t x: both halves are doubled; the bit that leaves the lower one goes into the upper one, the bit that leaves that one comes back as
 * x^7 + x^2 + x + 1 (5.2). */
INLINE_AES_NI __m128i next_tweak(__m128i t)
{
    const __m128i signs = _mm_shuffle_epi32(_mm_srai_epi32(t, 31), 0x13);

    return _mm_xor_si128(_mm_add_epi64(t, t), _mm_and_si128(signs, _mm_set_epi32(0, 1, 0, 0x87)));
}

/* Inlined into both directions, where `decrypting` is a constant. */
INLINE_AES_NI void xts(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count, int decrypting)
{
    __m128i next = load_block(tweak);

    for (; count >= 8; count -= 8) {
        __m128i x[8], t[8];
#define DO(i) t[i] = next; next = next_tweak(next); x[i] = _mm_xor_si128(t[i], load_block(input + 16 * (i)));
        EACH_OF_8(DO)
#undef DO
        if (decrypting) {
            decrypt_8(key, x);
        } else {
            encrypt_8(key, x);
        }
#define DO(i) store_block(output + 16 * (i), _mm_xor_si128(x[i], t[i]));
        EACH_OF_8(DO)
#undef DO
        input += 128;
        output += 128;
    }
    for (; count != 0; count--) {
        const __m128i x = _mm_xor_si128(load_block(input), next);
        store_block(output, _mm_xor_si128(decrypting ? decrypt_1(key, x) : encrypt_1(key, x), next));
        next = next_tweak(next);
        input += 16;
        output += 16;
    }
    store_block(tweak, next);
}

TARGET_AES_NI void aes_ni_xts_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    xts(key, tweak, input, output, count, 0);
}

TARGET_AES_NI void aes_ni_xts_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    xts(key, tweak, input, output, count, 1);
}

#endif
