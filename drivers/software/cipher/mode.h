/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Modes of block ciphers, one row each: a new one is a source that defines a `const struct sw_cipher_mode`, and one line in
 * mode.c. driver.c does what is common: it finds the row and the block cipher, expands the key where that was not done
 * before, checks the sizes of outputs.
 */
#ifndef SOFTWARE_CIPHER_MODE_H
#define SOFTWARE_CIPHER_MODE_H

#include "software/cipher/block_cipher.h"

/* The context of an operation in parts. What held, buffer and iv mean is the mode's. */
struct sw_cipher_context {
    psa_algorithm_t alg;
    uint8_t decrypt;
    uint8_t held;
    uint8_t reserved[2];
    uint8_t buffer[SW_BLOCK_MAX];
    uint8_t iv[SW_BLOCK_MAX];
};

struct sw_cipher_mode {
    psa_algorithm_t alg;
    uint8_t inverse;         /* decryption takes the inverse cipher */
    /* Whether a message may be that long; NULL: any length. */
    int (*length_ok)(const struct sw_block_cipher *cipher, int decrypt, size_t length);
    /* NULL: the mode has no IV. PSA_ERROR_INVALID_ARGUMENT for a length that it does not take. */
    psa_status_t (*set_iv)(const struct sw_block_cipher *cipher, struct sw_cipher_context *context,
                           const uint8_t *iv, size_t iv_length);
    /* What update will write for so much input. */
    size_t (*update_length)(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length);
    void (*update)(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, size_t length, uint8_t *output);
    psa_status_t (*finish)(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                           uint8_t *output, size_t output_size, size_t *output_length);
};

extern const struct sw_cipher_mode sw_ecb_no_padding;
extern const struct sw_cipher_mode sw_cbc_no_padding;
extern const struct sw_cipher_mode sw_cbc_pkcs7;
extern const struct sw_cipher_mode sw_ctr;

/* NULL where this build has no such mode. */
const struct sw_cipher_mode *sw_cipher_mode_find(psa_algorithm_t alg);

/*
 * For modes that take whole blocks alone: blockwise.c keeps what is less than a block in the context's buffer (held says how
 * much), and with keep_last also a last whole block.
 */
typedef void (*sw_blockwise)(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                             const uint8_t *input, uint8_t *output, size_t count);
size_t sw_blockwise_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, int keep_last,
                           size_t length);
void sw_blockwise_update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                         int keep_last, sw_blockwise blocks, const uint8_t *input, size_t length, uint8_t *output);
/* The length of the message must have been a multiple of the block's. */
int sw_blockwise_length_ok(const struct sw_block_cipher *cipher, int decrypt, size_t length);
psa_status_t sw_blockwise_finish(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                                 uint8_t *output, size_t output_size, size_t *output_length);

#endif
