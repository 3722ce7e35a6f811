/* SPDX-License-Identifier: Apache-2.0 */
/* AES and its modes on vectors of 512 bits: sixteen blocks at once. */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/aes_ni.h"
#include "x86_64/vaes_masks.h"
#include "x86_64/vaes_modes.h"

/* Fewer blocks than these are AES-NI's: one narrow block has less to wait for. */
#define FEW 3u

TARGET_VAES void aes_vaes_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    if (count < FEW) {
        aes_ni_encrypt(key, input, output, count);
        return;
    }
    encrypt_steps(key, &rest);
    if (rest.count != 0) {
        quad_store_bytes(rest.output, 16 * rest.count, quad_encrypt(key, quad_load_bytes(rest.input, 16 * rest.count)));
    }
}

TARGET_VAES void aes_vaes_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    if (count < FEW) {
        aes_ni_decrypt(key, input, output, count);
        return;
    }
    decrypt_steps(key, &rest);
    if (rest.count != 0) {
        quad_store_bytes(rest.output, 16 * rest.count, quad_decrypt(key, quad_load_bytes(rest.input, 16 * rest.count)));
    }
}

TARGET_VAES void aes_vaes_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    struct rest rest = { input, output, count };
    const wide before = cbc_decrypt_steps(key, iv, &rest);

    if (rest.count < FEW) {
        aes_ni_cbc_decrypt(key, iv, rest.input, rest.output, rest.count);
    } else {
        const struct quad x = quad_load_bytes(rest.input, 16 * rest.count);
        narrow_store(iv, narrow_load(rest.input + 16 * (rest.count - 1)));
        quad_store_bytes(rest.output, 16 * rest.count, quad_xor(quad_decrypt(key, x), previous_blocks(x, before)));
    }
}

TARGET_VAES void aes_vaes_ctr32(const struct aes_key *key, uint8_t counter[16],
                                const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    if (count < FEW) {
        aes_ni_ctr32(key, counter, input, output, count);
        return;
    }
    wide value = ctr32_steps(key, counter_load(counter), &rest);
    if (rest.count != 0) {
        const struct quad text = quad_load_bytes(rest.input, 16 * rest.count);
        quad_store_bytes(rest.output, 16 * rest.count, quad_xor(quad_encrypt(key, counter_blocks(value)), text));
        value = wide_count(value, (int)rest.count);
    }
    counter_store(counter, value);
}

#endif
