/* SPDX-License-Identifier: Apache-2.0 */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/aes_ni.h"
#include "x86_64/vaes_blocks.h"

#define STEP 16u

/* Fewer blocks than these are AES-NI's: one narrow block has less to wait for. */
#define FEW 3u

TARGET_VAES void aes_vaes_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    if (count < FEW) {
        aes_ni_encrypt(key, input, output, count);
        return;
    }
    for (; count >= STEP; count -= STEP) {
        quad_store(output, quad_encrypt(key, quad_load(input)));
        input += 16 * STEP;
        output += 16 * STEP;
    }
    if (count != 0) {
        quad_store_bytes(output, 16 * count, quad_encrypt(key, quad_load_bytes(input, 16 * count)));
    }
}

TARGET_VAES void aes_vaes_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    if (count < FEW) {
        aes_ni_decrypt(key, input, output, count);
        return;
    }
    for (; count >= STEP; count -= STEP) {
        quad_store(output, quad_decrypt(key, quad_load(input)));
        input += 16 * STEP;
        output += 16 * STEP;
    }
    if (count != 0) {
        quad_store_bytes(output, 16 * count, quad_decrypt(key, quad_load_bytes(input, 16 * count)));
    }
}

/* For each block the one before it; before is what goes before x.a, in its highest lane. */
INLINE_VAES struct quad previous_blocks(struct quad x, __m512i before)
{
    const struct quad previous = {
        _mm512_alignr_epi64(x.a, before, 6), _mm512_alignr_epi64(x.b, x.a, 6), _mm512_alignr_epi64(x.c, x.b, 6),
        _mm512_alignr_epi64(x.d, x.c, 6),
    };
    return previous;
}

TARGET_VAES void aes_vaes_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    __m512i before = _mm512_broadcast_i32x4(narrow_load(iv));

    for (; count >= STEP; count -= STEP) {
        const struct quad x = quad_load(input);
        quad_store(output, quad_xor(quad_decrypt(key, x), previous_blocks(x, before)));
        before = x.d;
        input += 16 * STEP;
        output += 16 * STEP;
    }
    narrow_store(iv, _mm512_extracti32x4_epi32(before, 3));
    if (count < FEW) {
        aes_ni_cbc_decrypt(key, iv, input, output, count);
    } else {
        const struct quad x = quad_load_bytes(input, 16 * count);
        narrow_store(iv, narrow_load(input + 16 * (count - 1)));
        quad_store_bytes(output, 16 * count, quad_xor(quad_decrypt(key, x), previous_blocks(x, before)));
    }
}

TARGET_VAES void aes_vaes_ctr32(const struct aes_key *key, uint8_t counter[16],
                                const uint8_t *input, uint8_t *output, size_t count)
{
    __m512i value;

    if (count < FEW) {
        aes_ni_ctr32(key, counter, input, output, count);
        return;
    }
    value = counter_load(counter);
    for (; count >= STEP; count -= STEP) {
        quad_store(output, quad_xor(quad_encrypt(key, counter_blocks(value)), quad_load(input)));
        value = counter_add(value, STEP);
        input += 16 * STEP;
        output += 16 * STEP;
    }
    if (count != 0) {
        const struct quad text = quad_load_bytes(input, 16 * count);
        quad_store_bytes(output, 16 * count, quad_xor(quad_encrypt(key, counter_blocks(value)), text));
        value = counter_add(value, (int)count);
    }
    counter_store(counter, value);
}

#endif
