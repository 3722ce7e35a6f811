/* SPDX-License-Identifier: Apache-2.0 */
#include "software/cipher/block_cipher.h"

#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* Blocks of CBC-MAC whose ciphertext has room. */
#define MAC_STRETCH 16u
/* Blocks that GCM enciphers before it hashes them: they are still in the first cache. */
#define GCM_STRETCH 64u

static const struct sw_block_cipher *const ciphers[] = {
#if PSA_WANT_KEY_TYPE_AES
    &sw_aes,
#endif
#if PSA_WANT_KEY_TYPE_ARIA
    &sw_aria,
#endif
#if PSA_WANT_KEY_TYPE_CAMELLIA
    &sw_camellia,
#endif
#if PSA_WANT_KEY_TYPE_SM4
    &sw_sm4,
#endif
#if PSA_WANT_KEY_TYPE_DES
    &sw_des,
#endif
    NULL,
};

const struct sw_block_cipher *sw_block_cipher_find(psa_key_type_t type)
{
    for (size_t i = 0; ciphers[i] != NULL; i++) {
        if (ciphers[i]->type == type) {
            return ciphers[i];
        }
    }
    return NULL;
}

/* SP 800-38A, 6.2. */
static void cbc_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *iv,
                        const uint8_t *input, uint8_t *output, size_t count)
{
    const size_t block = cipher->block_length;

    for (; count != 0; count--) {
        sw_block_xor_one(iv, iv, input, block);
        cipher->encrypt(key, iv, iv, 1);
        sw_block_copy(output, iv, block);
        input += block;
        output += block;
    }
}

static void cbc_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *iv,
                        const uint8_t *input, uint8_t *output, size_t count)
{
    const size_t block = cipher->block_length;
    /* The ciphertext blocks to add, the IV in front: the output may lie over the input. */
    uint8_t previous[(SW_BLOCK_BATCH + 1) * SW_BLOCK_MAX];
    uint8_t batch[SW_BLOCK_BATCH * SW_BLOCK_MAX];
    const size_t used = sw_block_batch(count) * block;

    memcpy(previous, iv, block);
    while (count != 0) {
        const size_t n = sw_block_batch(count);
        memcpy(previous + block, input, n * block);
        cipher->decrypt(key, input, batch, n);
        sw_block_xor(output, batch, previous, n * block);
        memcpy(previous, previous + n * block, block);
        input += n * block;
        output += n * block;
        count -= n;
    }
    memcpy(iv, previous, block);
    zeroise(batch, used);
}

static void ctr32(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter,
                  const uint8_t *input, uint8_t *output, size_t count)
{
    const size_t block = cipher->block_length;
    uint8_t batch[SW_BLOCK_BATCH * SW_BLOCK_MAX];
    const size_t used = sw_block_batch(count) * block;
    const uint64_t above = (uint64_t)load32_be(counter + block - 8) << 32;
    uint32_t value = load32_be(counter + block - 4);

    while (count != 0) {
        const size_t n = sw_block_batch(count);
        for (size_t i = 0; i < n; i++) {
            /* in halves of 16 bytes, which are read as such; a block of 8 bytes is the second one */
            memcpy(batch + i * block, counter, 8);
            store64_be(batch + (i + 1) * block - 8, above | value);
            value = ct_barrier32(value + 1); /* else it may serve the compiler as the loop's own counter */
        }
        cipher->encrypt(key, batch, batch, n);
        sw_block_xor(output, input, batch, n * block);
        input += n * block;
        output += n * block;
        count -= n;
    }
    store32_be(counter + block - 4, value);
    zeroise(batch, used);
}

void sw_block_cbc_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *iv,
                          const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->cbc_encrypt != NULL) {
        cipher->cbc_encrypt(key, iv, input, output, count);
    } else {
        cbc_encrypt(cipher, key, iv, input, output, count);
    }
}

void sw_block_cbc_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *iv,
                          const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->cbc_decrypt != NULL) {
        cipher->cbc_decrypt(key, iv, input, output, count);
    } else {
        cbc_decrypt(cipher, key, iv, input, output, count);
    }
}

/* The chaining value of CBC is the MAC; the ciphertext itself is of no use. */
void sw_block_cbc_mac(const struct sw_block_cipher *cipher, const void *key, uint8_t *mac, const uint8_t *blocks, size_t count)
{
    uint8_t unused[MAC_STRETCH * SW_BLOCK_MAX];

    while (count != 0) {
        const size_t n = count < MAC_STRETCH ? count : MAC_STRETCH;
        sw_block_cbc_encrypt(cipher, key, mac, blocks, unused, n);
        blocks += n * cipher->block_length;
        count -= n;
    }
    ZEROISE(unused);
}

void sw_block_ctr32(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter,
                    const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->ctr32 != NULL) {
        cipher->ctr32(key, counter, input, output, count);
    } else {
        ctr32(cipher, key, counter, input, output, count);
    }
}

/* Adds one to the part of the counter block above its last four bytes. */
static void carry(uint8_t *counter, size_t block)
{
    for (size_t i = block - 4; i > 0; i--) {
        if (++counter[i - 1] != 0) {
            return;
        }
    }
}

void sw_block_ctr(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter,
                  const uint8_t *input, uint8_t *output, size_t count)
{
    const size_t block = cipher->block_length;

    while (count != 0) {
        /* 1 .. 2^32 blocks until the last four bytes wrap */
        const uint64_t left = (UINT64_C(1) << 32) - load32_be(counter + block - 4);
        const size_t n = count < left ? count : (size_t)left;
        sw_block_ctr32(cipher, key, counter, input, output, n);
        if (n == left) {
            carry(counter, block);
        }
        input += n * block;
        output += n * block;
        count -= n;
    }
}

/* tweak[0] holds the first eight bytes. */
static void double_tweak(uint64_t tweak[2])
{
    const uint64_t carry = 0 - ct_barrier64(tweak[1] >> 63);

    tweak[1] = tweak[1] << 1 | tweak[0] >> 63;
    tweak[0] = tweak[0] << 1 ^ (0x87 & carry);
}

static void load_tweak(uint64_t words[2], const uint8_t *tweak)
{
    words[0] = load64_le(tweak);
    words[1] = load64_le(tweak + 8);
}

static void store_tweak(uint8_t *tweak, const uint64_t words[2])
{
    store64_le(tweak, words[0]);
    store64_le(tweak + 8, words[1]);
}

void sw_block_next_tweak(uint8_t *tweak)
{
    uint64_t words[2];

    load_tweak(words, tweak);
    double_tweak(words);
    store_tweak(tweak, words);
}

static void xts(void (*blocks)(const void *key, const uint8_t *input, uint8_t *output, size_t count), const void *key,
                uint8_t *tweak, const uint8_t *input, uint8_t *output, size_t count)
{
    uint8_t tweaks[SW_BLOCK_BATCH * 16], batch[SW_BLOCK_BATCH * 16];
    const size_t used = 16 * sw_block_batch(count);
    uint64_t next[2];

    load_tweak(next, tweak);
    while (count != 0) {
        const size_t n = sw_block_batch(count);
        for (size_t i = 0; i < n; i++) {
            store_tweak(tweaks + 16 * i, next);
            double_tweak(next);
        }
        sw_block_xor(batch, input, tweaks, 16 * n);
        blocks(key, batch, batch, n);
        sw_block_xor(output, batch, tweaks, 16 * n);
        input += 16 * n;
        output += 16 * n;
        count -= n;
    }
    store_tweak(tweak, next);
    ZEROISE(next);
    zeroise(tweaks, used);
    zeroise(batch, used);
}

void sw_block_xts_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *tweak,
                          const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->xts_encrypt != NULL) {
        cipher->xts_encrypt(key, tweak, input, output, count);
    } else {
        xts(cipher->encrypt, key, tweak, input, output, count);
    }
}

void sw_block_xts_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *tweak,
                          const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->xts_decrypt != NULL) {
        cipher->xts_decrypt(key, tweak, input, output, count);
    } else {
        xts(cipher->decrypt, key, tweak, input, output, count);
    }
}

/* One call for both blocks of a step: bitsliced code takes no longer for two than for one. */
static void ccm_pair(const struct sw_block_cipher *cipher, const void *key, const uint8_t *counter, uint8_t pair[32])
{
    memcpy(pair + 16, counter, 16);
    cipher->encrypt(key, pair, pair, 2);
}

static void ccm_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter, uint8_t *mac,
                        const uint8_t *input, uint8_t *output, size_t count)
{
    uint8_t pair[32];

    memcpy(pair, mac, 16);
    for (; count != 0; count--) {
        sw_block_xor(pair, pair, input, 16);
        ccm_pair(cipher, key, counter, pair);
        store64_be(counter + 8, load64_be(counter + 8) + 1);
        sw_block_xor(output, input, pair + 16, 16);
        input += 16;
        output += 16;
    }
    memcpy(mac, pair, 16);
    ZEROISE(pair);
}

/* A step enciphers the MAC of this plaintext block together with the counter of the next one. */
static void ccm_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter, uint8_t *mac,
                        const uint8_t *input, uint8_t *output, size_t count)
{
    uint8_t pair[32];
    uint8_t plaintext[16];

    if (count == 0) {
        return;
    }
    cipher->encrypt(key, counter, pair + 16, 1);
    memcpy(pair, mac, 16);
    for (; count != 0; count--) {
        store64_be(counter + 8, load64_be(counter + 8) + 1);
        sw_block_xor(plaintext, input, pair + 16, 16);
        sw_block_xor(pair, pair, plaintext, 16);
        ccm_pair(cipher, key, counter, pair);
        if (output != NULL) {
            memcpy(output, plaintext, 16);
            output += 16;
        }
        input += 16;
    }
    memcpy(mac, pair, 16);
    ZEROISE(pair);
    ZEROISE(plaintext);
}

void sw_block_ccm_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter, uint8_t *mac,
                          const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->ccm_encrypt != NULL) {
        cipher->ccm_encrypt(key, counter, mac, input, output, count);
    } else {
        ccm_encrypt(cipher, key, counter, mac, input, output, count);
    }
}

void sw_block_ccm_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter, uint8_t *mac,
                          const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->ccm_decrypt != NULL) {
        cipher->ccm_decrypt(key, counter, mac, input, output, count);
    } else {
        ccm_decrypt(cipher, key, counter, mac, input, output, count);
    }
}

void sw_block_gcm_encrypt(const struct sw_block_cipher *cipher, const void *key, const struct ghash_key *hash_key,
                          uint8_t *counter, uint8_t *y, const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->gcm_encrypt != NULL) {
        cipher->gcm_encrypt(key, hash_key, counter, y, input, output, count);
        return;
    }
    while (count != 0) {
        const size_t n = count < GCM_STRETCH ? count : GCM_STRETCH;
        sw_block_ctr32(cipher, key, counter, input, output, n);
        sw_kernels.ghash(hash_key, y, output, n);
        input += 16 * n;
        output += 16 * n;
        count -= n;
    }
}

void sw_block_gcm_decrypt(const struct sw_block_cipher *cipher, const void *key, const struct ghash_key *hash_key,
                          uint8_t *counter, uint8_t *y, const uint8_t *input, uint8_t *output, size_t count)
{
    if (cipher->gcm_decrypt != NULL) {
        cipher->gcm_decrypt(key, hash_key, counter, y, input, output, count);
        return;
    }
    while (count != 0) {
        const size_t n = count < GCM_STRETCH ? count : GCM_STRETCH;
        sw_kernels.ghash(hash_key, y, input, n);
        sw_block_ctr32(cipher, key, counter, input, output, n);
        input += 16 * n;
        output += 16 * n;
        count -= n;
    }
}
