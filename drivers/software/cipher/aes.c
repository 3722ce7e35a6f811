/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES among the block ciphers: each entry calls the kernel that was chosen for this CPU. A mode for which there is no kernel
 * of its own is composed of the single blocks of whichever kernel there is (aes_composed.h).
 */
#include "software/cipher/aes_composed.h"
#include "software/cipher/block_cipher.h"

static void expand(void *key, const uint8_t *bytes, size_t key_length, int with_decrypt)
{
    sw_kernels.aes_expand(key, bytes, key_length, with_decrypt);
}

static void encrypt(const void *key, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_encrypt(key, input, output, count);
}

static void decrypt(const void *key, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_decrypt(key, input, output, count);
}

static void cbc_encrypt(const void *key, uint8_t *iv, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_cbc_encrypt(key, iv, input, output, count);
}

static void cbc_decrypt(const void *key, uint8_t *iv, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_cbc_decrypt(key, iv, input, output, count);
}

static void ctr32(const void *key, uint8_t *counter, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_ctr32(key, counter, input, output, count);
}

static void xts_encrypt(const void *key, uint8_t *tweak, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_xts_encrypt(key, tweak, input, output, count);
}

static void xts_decrypt(const void *key, uint8_t *tweak, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_xts_decrypt(key, tweak, input, output, count);
}

static void ccm_encrypt(const void *key, uint8_t *counter, uint8_t *mac, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_ccm_encrypt(key, counter, mac, input, output, count);
}

static void ccm_decrypt(const void *key, uint8_t *counter, uint8_t *mac, const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_ccm_decrypt(key, counter, mac, input, output, count);
}

static void gcm_encrypt(const void *key, const struct ghash_key *hash_key, uint8_t *counter, uint8_t *y,
                        const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_gcm_encrypt(key, hash_key, counter, y, input, output, count);
}

static void gcm_decrypt(const void *key, const struct ghash_key *hash_key, uint8_t *counter, uint8_t *y,
                        const uint8_t *input, uint8_t *output, size_t count)
{
    sw_kernels.aes_gcm_decrypt(key, hash_key, counter, y, input, output, count);
}

static int gcm_hash_ahead(const void *key, const struct ghash_key *hash_key, uint8_t *counter, uint8_t *y,
                          const uint8_t *input, size_t count, uint8_t *stream, size_t ahead)
{
    if (sw_kernels.aes_gcm_hash_ahead == NULL) {
        return 0;
    }
    sw_kernels.aes_gcm_hash_ahead(key, hash_key, counter, y, input, count, stream, ahead);
    return 1;
}

static void gcm_open_text(const void *key, uint8_t *counter, const uint8_t *input, uint8_t *output, size_t count,
                          const uint8_t *stream, size_t ahead)
{
    sw_kernels.aes_gcm_open_text(key, counter, input, output, count, stream, ahead);
}

static int is_short(const struct aead_message *message)
{
    const size_t max = sw_kernels.aes_gcm_short_max;

    return message->nonce_length == 12 && max != 0 && message->length <= max && message->ad_length <= max;
}

static int gcm_seal_short(const void *key, const struct ghash_key *hash_key, const struct aead_message *message, uint8_t *tag)
{
    if (!is_short(message)) {
        return 0;
    }
    sw_kernels.aes_gcm_seal_short(key, hash_key, message, tag);
    return 1;
}

static int gcm_open_short(const void *key, const struct ghash_key *hash_key, const struct aead_message *message,
                          const uint8_t *tag, uint32_t *verified)
{
    if (!is_short(message)) {
        return 0;
    }
    *verified = sw_kernels.aes_gcm_open_short(key, hash_key, message, tag);
    return 1;
}

const struct sw_block_cipher sw_aes = {
    .type = PSA_KEY_TYPE_AES,
    .block_length = 16,
    .key_lengths = 1u << 2 | 1u << 3 | 1u << 4,
    .key_size = sizeof(struct aes_key),
    .expand = expand,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .cbc_encrypt = cbc_encrypt,
    .cbc_decrypt = cbc_decrypt,
    .ctr32 = ctr32,
    .xts_encrypt = xts_encrypt,
    .xts_decrypt = xts_decrypt,
    .ccm_encrypt = ccm_encrypt,
    .ccm_decrypt = ccm_decrypt,
    .gcm_encrypt = gcm_encrypt,
    .gcm_decrypt = gcm_decrypt,
    .gcm_hash_ahead = gcm_hash_ahead,
    .gcm_open_text = gcm_open_text,
    .gcm_seal_short = gcm_seal_short,
    .gcm_open_short = gcm_open_short,
};

/* AES with nothing but its single blocks: sw_block_*() make every mode of these. */
static const struct sw_block_cipher blocks_alone = {
    .type = PSA_KEY_TYPE_AES,
    .block_length = 16,
    .encrypt = encrypt,
    .decrypt = decrypt,
};

void aes_composed_cbc_encrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                              size_t count)
{
    sw_block_cbc_encrypt(&blocks_alone, key, iv, input, output, count);
}

void aes_composed_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                              size_t count)
{
    sw_block_cbc_decrypt(&blocks_alone, key, iv, input, output, count);
}

void aes_composed_ctr32(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count)
{
    sw_block_ctr32(&blocks_alone, key, counter, input, output, count);
}

void aes_composed_xts_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                              size_t count)
{
    sw_block_xts_encrypt(&blocks_alone, key, tweak, input, output, count);
}

void aes_composed_xts_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                              size_t count)
{
    sw_block_xts_decrypt(&blocks_alone, key, tweak, input, output, count);
}

void aes_composed_ccm_encrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                              uint8_t *output, size_t count)
{
    sw_block_ccm_encrypt(&blocks_alone, key, counter, mac, input, output, count);
}

void aes_composed_ccm_decrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                              uint8_t *output, size_t count)
{
    sw_block_ccm_decrypt(&blocks_alone, key, counter, mac, input, output, count);
}

/* AES with its CTR kernel, whichever that is, and GHASH apart. */
static const struct sw_block_cipher without_gcm = {
    .type = PSA_KEY_TYPE_AES,
    .block_length = 16,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .ctr32 = ctr32,
};

void aes_composed_gcm_encrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16],
                              uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    sw_block_gcm_encrypt(&without_gcm, key, hash_key, counter, y, input, output, count);
}

void aes_composed_gcm_decrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16],
                              uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count)
{
    sw_block_gcm_decrypt(&without_gcm, key, hash_key, counter, y, input, output, count);
}
