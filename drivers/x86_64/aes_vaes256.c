/* SPDX-License-Identifier: Apache-2.0 */
/* AES, its modes and GHASH on vectors of 256 bits: eight blocks at once. Fewer are left to AES-NI and PCLMULQDQ. */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/aes_ni.h"
#include "x86_64/ghash_pclmul.h"
#include "x86_64/vaes_256.h"

#include "x86_64/vaes_modes.h"

TARGET_VAES void aes_vaes256_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    encrypt_steps(key, &rest);
    aes_ni_encrypt(key, rest.input, rest.output, rest.count);
}

TARGET_VAES void aes_vaes256_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    decrypt_steps(key, &rest);
    aes_ni_decrypt(key, rest.input, rest.output, rest.count);
}

TARGET_VAES void aes_vaes256_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                                         size_t count)
{
    struct rest rest = { input, output, count };

    (void)cbc_decrypt_steps(key, iv, &rest);
    aes_ni_cbc_decrypt(key, iv, rest.input, rest.output, rest.count);
}

TARGET_VAES void aes_vaes256_ctr32(const struct aes_key *key, uint8_t counter[16],
                                   const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    counter_store(counter, ctr32_steps(key, counter_load(counter), &rest));
    aes_ni_ctr32(key, counter, rest.input, rest.output, rest.count);
}

TARGET_VAES void aes_vaes256_xts_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                         size_t count)
{
    struct rest rest = { input, output, count };

    if (count >= STEP) {
        narrow_store(tweak, wide_lowest(xts_encrypt_steps(key, tweaks_load(tweak), &rest).a));
    }
    aes_ni_xts_encrypt(key, tweak, rest.input, rest.output, rest.count);
}

TARGET_VAES void aes_vaes256_xts_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                         size_t count)
{
    struct rest rest = { input, output, count };

    if (count >= STEP) {
        narrow_store(tweak, wide_lowest(xts_decrypt_steps(key, tweaks_load(tweak), &rest).a));
    }
    aes_ni_xts_decrypt(key, tweak, rest.input, rest.output, rest.count);
}

TARGET_VAES void ghash_vpclmul256(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count)
{
    if (count >= STEP) {
        narrow_store(y, narrow_reverse(ghash_steps(key, narrow_reverse(narrow_load(y)), &blocks, &count)));
    }
    ghash_pclmul(key, y, blocks, count);
}

TARGET_VAES void aes_gcm_vaes256_encrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                         uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    gcm_encrypt_steps(key, hash_key, counter, y, &rest);
    aes_vaes256_ctr32(key, counter, rest.input, rest.output, rest.count);
    ghash_vpclmul256(hash_key, y, rest.output, rest.count);
}

TARGET_VAES void aes_gcm_vaes256_decrypt(const struct aes_key *key, const struct ghash_key *hash_key,
                                         uint8_t counter[16], uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    struct rest rest = { input, output, count };

    gcm_decrypt_steps(key, hash_key, counter, y, &rest);
    ghash_vpclmul256(hash_key, y, rest.input, rest.count);
    aes_vaes256_ctr32(key, counter, rest.input, rest.output, rest.count);
}

#endif
