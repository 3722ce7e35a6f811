/* SPDX-License-Identifier: Apache-2.0 */
/* GHASH and AES-GCM on vectors of 512 bits. */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/vaes_masks.h"
#include "x86_64/vaes_modes.h"

TARGET_VAES void ghash_vpclmul(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count)
{
    __m128i sum = ghash_steps(key, narrow_reverse(narrow_load(y)), &blocks, &count);

    if (count != 0) {
        sum = quad_hash_some(key, quad_reverse(quad_load_bytes(blocks, 16 * count)), sum, count);
    }
    narrow_store(y, narrow_reverse(sum));
}

TARGET_VAES void aes_gcm_vaes_encrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                      uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    gcm_encrypt_steps(key, hash_key, counter, y, &rest);
    aes_vaes_ctr32(key, counter, rest.input, rest.output, rest.count);
    ghash_vpclmul(hash_key, y, rest.output, rest.count);
}

TARGET_VAES void aes_gcm_vaes_decrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                      uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    gcm_decrypt_steps(key, hash_key, counter, y, &rest);
    ghash_vpclmul(hash_key, y, rest.input, rest.count);
    aes_vaes_ctr32(key, counter, rest.input, rest.output, rest.count);
}

#endif
