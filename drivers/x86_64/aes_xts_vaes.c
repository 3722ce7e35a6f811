/* SPDX-License-Identifier: Apache-2.0 */
/* XTS with AES on vectors of 512 bits. */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/vaes_masks.h"
#include "x86_64/vaes_modes.h"

/* The tweak of block n, 0 to 15. */
INLINE_VAES void tweak_store(uint8_t tweak[16], struct quad t, size_t n)
{
    const __m512i four = n < 8 ? (n < 4 ? t.a : t.b) : (n < 12 ? t.c : t.d);
    const long long first = (long long)(2 * (n % 4));
    const __m512i lane = _mm512_permutexvar_epi64(_mm512_set_epi64(0, 0, 0, 0, 0, 0, first + 1, first), four);

    narrow_store(tweak, wide_lowest(lane));
}

TARGET_VAES void aes_xts_vaes_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    struct rest rest = { input, output, count };
    const struct quad t = xts_encrypt_steps(key, tweaks_load(tweak), &rest);

    if (rest.count != 0) {
        const struct quad text = quad_xor(quad_load_bytes(rest.input, 16 * rest.count), t);
        quad_store_bytes(rest.output, 16 * rest.count, quad_xor(quad_encrypt(key, text), t));
    }
    tweak_store(tweak, t, rest.count);
}

TARGET_VAES void aes_xts_vaes_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    struct rest rest = { input, output, count };
    const struct quad t = xts_decrypt_steps(key, tweaks_load(tweak), &rest);

    if (rest.count != 0) {
        const struct quad text = quad_xor(quad_load_bytes(rest.input, 16 * rest.count), t);
        quad_store_bytes(rest.output, 16 * rest.count, quad_xor(quad_decrypt(key, text), t));
    }
    tweak_store(tweak, t, rest.count);
}

#endif
