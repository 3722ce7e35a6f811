/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Modes of block ciphers and stream ciphers, one row each: a new one is a source that defines a `const struct sw_cipher_mode`,
 * and one line in mode.c. driver.c does what is common: it finds the row and the block cipher, expands the key where that was
 * not done before, checks the sizes of keys and outputs and the length of the text.
 */
#ifndef SOFTWARE_CIPHER_MODE_H
#define SOFTWARE_CIPHER_MODE_H

#include "software/cipher/block_cipher.h"

/* The context of an operation in parts, or what it begins with. What held, mark, buffer and iv mean is the mode's. */
struct sw_cipher_context {
    psa_algorithm_t alg;
    uint8_t decrypt;
    uint8_t held;
    uint8_t mark;
    uint8_t reserved;
    uint64_t left;           /* bytes of text that may still come; set_iv lowers it where the mode has a limit */
    uint8_t buffer[2 * SW_BLOCK_MAX];
    uint8_t iv[SW_BLOCK_MAX];
};

/* The largest context_size of a row. */
#define SW_CIPHER_CONTEXT_MAX 328u

struct sw_cipher_mode {
    psa_algorithm_t alg;
    psa_key_type_t key_type; /* of a stream cipher; 0: every block cipher */
    uint16_t context_size;
    uint8_t inverse;         /* decryption takes the inverse cipher */
    uint8_t two_keys;        /* the key is two of the block cipher's, one behind the other; so are the expanded keys */
    uint8_t block_length;    /* 16: for block ciphers with such blocks alone */
    uint16_t key_min, key_max; /* of a stream cipher, in bytes */
    /* Whether it takes keys of that many bytes; NULL: all that the block cipher has. */
    int (*key_length_ok)(const struct sw_block_cipher *cipher, size_t key_length);
    /* A stream cipher's, with its key, before anything else; may be NULL. */
    void (*begin)(struct sw_cipher_context *context, const uint8_t *key, size_t key_length);
    /* Whether a message may be that long; NULL: any length. */
    int (*length_ok)(const struct sw_block_cipher *cipher, int decrypt, size_t length);
    /* NULL: the mode has no IV. PSA_ERROR_INVALID_ARGUMENT for a length that it does not take. key: of a stream cipher, else
     * NULL. */
    psa_status_t (*set_iv)(const struct sw_block_cipher *cipher, const uint8_t *key, struct sw_cipher_context *context,
                           const uint8_t *iv, size_t iv_length);
    /* What update will write for so much input. */
    size_t (*update_length)(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length);
    /* key: expanded; a stream cipher's as it is. cipher: NULL for a stream cipher. */
    void (*update)(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, size_t length, uint8_t *output);
    psa_status_t (*finish)(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                           uint8_t *output, size_t output_size, size_t *output_length);
    /* Instead of update and finish, for a message that comes at once and is as long as its output; NULL: these two. */
    void (*whole)(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                  const uint8_t *input, size_t length, uint8_t *output);
};

extern const struct sw_cipher_mode sw_ecb_no_padding;
extern const struct sw_cipher_mode sw_cbc_no_padding;
extern const struct sw_cipher_mode sw_cbc_pkcs7;
extern const struct sw_cipher_mode sw_ctr;
extern const struct sw_cipher_mode sw_ccm_star_no_tag;
extern const struct sw_cipher_mode sw_cfb;
extern const struct sw_cipher_mode sw_ofb;
extern const struct sw_cipher_mode sw_xts;
extern const struct sw_cipher_mode sw_chacha20;
extern const struct sw_cipher_mode sw_xchacha20;
extern const struct sw_cipher_mode sw_arc4;

/* The row for an algorithm and its key; NULL where this build has none. *cipher: NULL for a stream cipher. */
const struct sw_cipher_mode *sw_cipher_mode_find(const struct sw_block_cipher **cipher, psa_algorithm_t alg, psa_key_type_t type);

/* For modes whose IV is a block: it is put into the context's iv. */
psa_status_t sw_block_set_iv(const struct sw_block_cipher *cipher, const uint8_t *key, struct sw_cipher_context *context,
                             const uint8_t *iv, size_t iv_length);

/* For modes that write a byte for each byte at once: update_length and finish. */
size_t sw_stream_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length);
psa_status_t sw_stream_finish(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                              uint8_t *output, size_t output_size, size_t *output_length);

/*
 * For modes that take whole blocks alone: blockwise.c keeps what is less than a block in the context's buffer (held says how
 * much), and in any case the last `keep` bytes, 0 to a block.
 */
typedef void (*sw_blockwise)(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                             const uint8_t *input, uint8_t *output, size_t count);
size_t sw_blockwise_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t keep,
                           size_t length);
void sw_blockwise_update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                         size_t keep, sw_blockwise blocks, const uint8_t *input, size_t length, uint8_t *output);
/* The length of the message must have been a multiple of the block's. */
int sw_blockwise_length_ok(const struct sw_block_cipher *cipher, int decrypt, size_t length);
psa_status_t sw_blockwise_finish(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                                 uint8_t *output, size_t output_size, size_t *output_length);

#endif
