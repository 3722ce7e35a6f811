/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two passes of AES-GCM's decryption on vectors of 512 bits. GHASH leaves the unit for AES alone, and AES, which takes longer, the
 * one for products: so the first pass makes key stream for half of the text while it hashes all of it, and the second makes the other
 * half while it adds the first. Together they take as long as encryption does in one.
 */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/vaes_masks.h"
#include "x86_64/vaes_modes.h"

TARGET_VAES void aes_gcm_vaes_hash_ahead(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                                         const uint8_t *input, size_t count, uint8_t *stream, size_t ahead)
{
    const struct quad powers = quad_powers(hash_key);
    wide value = counter_load(counter);
    wide sums = wide_first(narrow_reverse(narrow_load(y)));

    for (size_t left = ahead; left != 0; left -= STEP) {
        const struct quad first = quad_reverse(quad_load(input)), second = quad_reverse(quad_load(input + 16 * STEP));
        quad_store(stream, gcm_step(key, powers, value, &sums, first));
        sums = quad_hash(left == STEP ? quad_last_powers(hash_key) : powers, second, sums);
        value = wide_count(value, STEP);
        input += 32 * STEP;
        stream += 16 * STEP;
    }
    counter_store(counter, value);
    narrow_store(y, narrow_reverse(wide_fold(sums)));
    ghash_vpclmul(hash_key, y, input, count - 2 * ahead);
}

TARGET_VAES void aes_gcm_vaes_open_text(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count,
                                        const uint8_t *stream, size_t ahead)
{
    struct rest rest = { input + 16 * ahead, output + 16 * ahead, count - ahead };
    wide value = counter_load(counter);

    for (size_t i = 0; i < 16 * ahead; i += 16 * STEP) {
        const struct quad x = quad_encrypt(key, counter_blocks(value));
        quad_store(output + i, quad_xor(quad_load(input + i), quad_load(stream + i)));
        quad_store(rest.output, quad_xor(x, quad_load(rest.input)));
        value = wide_count(value, STEP);
        one_step(&rest);
    }
    counter_store(counter, value);
    aes_vaes_ctr32(key, counter, rest.input, rest.output, rest.count);
}

#endif
