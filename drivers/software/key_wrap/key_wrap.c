/* SPDX-License-Identifier: Apache-2.0 */
/* The key wrap entries of the software driver: KW and KWP (SP 800-38F, 6) over any block cipher with blocks of 16 bytes. */
#include "software/cipher/block_cipher.h"
#include "software/software.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define SEMIBLOCK 8u
/* 6.2, ICV1; 6.3, ICV2, which the length follows. */
#define ICV1 UINT64_C(0xA6A6A6A6A6A6A6A6)
#define ICV2 UINT64_C(0xA65959A6)

static int is_here(psa_algorithm_t alg)
{
    return (PSA_WANT_ALG_KW && alg == PSA_ALG_KW) || (PSA_WANT_ALG_KWP && alg == PSA_ALG_KWP);
}

static const struct sw_block_cipher *find(psa_algorithm_t alg, psa_key_type_t type)
{
    const struct sw_block_cipher *cipher = sw_block_cipher_find(type);

    return is_here(alg) && cipher != NULL && cipher->block_length == 2 * SEMIBLOCK ? cipher : NULL;
}

int sw_key_wrap_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct sw_block_cipher *cipher = find(alg, type);

    return cipher != NULL && (bits == 0 || (bits % 8 == 0 && sw_block_key_length_ok(cipher, bits / 8)));
}

/* 6.1, algorithm 1: the function W over one semiblock and `count` more, two at least, in place. */
static void w(const struct sw_block_cipher *cipher, const void *key, uint8_t *text, size_t count)
{
    uint8_t block[2 * SEMIBLOCK];
    uint64_t t = 1;

    memcpy(block, text, SEMIBLOCK);
    for (unsigned round = 0; round < 6; round++) {
        for (size_t i = 1; i <= count; i++, t++) {
            memcpy(block + SEMIBLOCK, text + i * SEMIBLOCK, SEMIBLOCK);
            cipher->encrypt(key, block, block, 1);
            store64_be(block, load64_be(block) ^ t);
            memcpy(text + i * SEMIBLOCK, block + SEMIBLOCK, SEMIBLOCK);
        }
    }
    memcpy(text, block, SEMIBLOCK);
    ZEROISE(block);
}

/* 6.1, algorithm 2: the inverse. The first semiblock comes apart from the others, which text has. */
static uint64_t w_inverse(const struct sw_block_cipher *cipher, const void *key, uint64_t first, uint8_t *text, size_t count)
{
    uint8_t block[2 * SEMIBLOCK];
    uint64_t t = 6 * (uint64_t)count;

    for (unsigned round = 0; round < 6; round++) {
        for (size_t i = count; i > 0; i--, t--) {
            uint8_t *semiblock = text + (i - 1) * SEMIBLOCK;
            store64_be(block, first ^ t);
            memcpy(block + SEMIBLOCK, semiblock, SEMIBLOCK);
            cipher->decrypt(key, block, block, 1);
            first = load64_be(block);
            memcpy(semiblock, block + SEMIBLOCK, SEMIBLOCK);
        }
    }
    ZEROISE(block);
    return first;
}

/* ---- Wrapping ---- */

static psa_status_t check_key_length(psa_algorithm_t alg, size_t length)
{
    if (alg == PSA_ALG_KW) {
        return length >= 2 * SEMIBLOCK && length % SEMIBLOCK == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
    }
    return length != 0 && length <= UINT32_MAX - SEMIBLOCK ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

/* text: the whole, with the key behind the first semiblock and zeros behind the key. */
static void wrap_text(const struct sw_block_cipher *cipher, const void *key, psa_algorithm_t alg, uint8_t *text,
                      size_t padded, size_t length)
{
    store64_be(text, alg == PSA_ALG_KW ? ICV1 : ICV2 << 32 | (uint64_t)length);
    if (padded == SEMIBLOCK) {
        cipher->encrypt(key, text, text, 1); /* 6.3: a single block */
    } else {
        w(cipher, key, text, padded / SEMIBLOCK);
    }
}

static psa_status_t wrap(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg,
                         const uint8_t *key_data, size_t key_data_length,
                         uint8_t *data, size_t data_size, size_t *data_length)
{
    const struct sw_block_cipher *cipher = find(alg, psa_get_key_type(wrapping_key->attributes));
    struct sw_block_key key;

    (void)instance;
    *data_length = 0;
    if (cipher == NULL || !sw_block_key_length_ok(cipher, wrapping_key->length)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = check_key_length(alg, key_data_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    const size_t padded = (key_data_length + SEMIBLOCK - 1) / SEMIBLOCK * SEMIBLOCK;
    if (data_size < padded + SEMIBLOCK) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memmove(data + SEMIBLOCK, key_data, key_data_length);
    memset(data + SEMIBLOCK + key_data_length, 0, padded - key_data_length);
    cipher->expand(&key, wrapping_key->blob, wrapping_key->length, 0);
    wrap_text(cipher, &key, alg, data, padded, key_data_length);
    zeroise(&key, cipher->key_size);
    *data_length = padded + SEMIBLOCK;
    return PSA_SUCCESS;
}

/* ---- Unwrapping ---- */

/* 6.3, algorithm 6, steps 5 to 8. All-ones if the text is `length` bytes, its other bytes up to `padded` being zeros; else 0. */
static uint32_t padding_is_right(uint64_t first, const uint8_t *text, size_t padded)
{
    const uint32_t length = (uint32_t)first;
    const uint32_t before = (uint32_t)(padded - SEMIBLOCK); /* the last semiblock has a byte of the key at least */
    uint32_t bad = (uint32_t)(first >> 32) ^ (uint32_t)ICV2;

    bad |= ~ct_mask_less32(before, length) | ct_mask_less32((uint32_t)padded, length);
    for (uint32_t i = 0; i < SEMIBLOCK; i++) {
        bad |= text[before + i] & ~ct_mask_less32(before + i, length);
    }
    return ct_mask_zero32(bad);
}

/* The length of the key in text (padded bytes), 0 where it is not authentic. */
static size_t unwrap_text(const struct sw_block_cipher *cipher, const void *key, psa_algorithm_t alg, uint64_t first,
                          uint8_t *text, size_t padded)
{
    uint8_t block[2 * SEMIBLOCK];

    if (padded == SEMIBLOCK) {
        store64_be(block, first);
        memcpy(block + SEMIBLOCK, text, SEMIBLOCK);
        cipher->decrypt(key, block, block, 1);
        first = load64_be(block);
        memcpy(text, block + SEMIBLOCK, SEMIBLOCK);
        ZEROISE(block);
    } else {
        first = w_inverse(cipher, key, first, text, padded / SEMIBLOCK);
    }
    uint32_t right = alg == PSA_ALG_KW ? (uint32_t)ct_mask_zero64(first ^ ICV1) : padding_is_right(first, text, padded);
    size_t length = alg == PSA_ALG_KW ? padded : (size_t)(uint32_t)first;
    /* Whether the text is authentic, and the length of the key if it is, are the answer. */
    CT_PUBLIC(&right, sizeof(right));
    if (right == 0) {
        return 0;
    }
    CT_PUBLIC(&length, sizeof(length));
    return length;
}

static psa_status_t unwrap(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg,
                           const uint8_t *data, size_t data_length,
                           uint8_t *key_data, size_t key_data_size, size_t *key_data_length)
{
    const struct sw_block_cipher *cipher = find(alg, psa_get_key_type(wrapping_key->attributes));
    const size_t least = alg == PSA_ALG_KW ? 3 * SEMIBLOCK : 2 * SEMIBLOCK;
    struct sw_block_key key;

    (void)instance;
    *key_data_length = 0;
    if (cipher == NULL || !sw_block_key_length_ok(cipher, wrapping_key->length)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (data_length < least || data_length % SEMIBLOCK != 0 || data_length > UINT32_MAX) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    const size_t padded = data_length - SEMIBLOCK;
    if (key_data_size < padded) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    const uint64_t first = load64_be(data);
    memmove(key_data, data + SEMIBLOCK, padded);
    cipher->expand(&key, wrapping_key->blob, wrapping_key->length, 1);
    *key_data_length = unwrap_text(cipher, &key, alg, first, key_data, padded);
    zeroise(&key, cipher->key_size);
    if (*key_data_length == 0) {
        zeroise(key_data, padded);
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    return PSA_SUCCESS;
}

const struct psacrypto_key_wrap_entries sw_key_wrap_entries = {
    .wrap = wrap,
    .unwrap = unwrap,
};
