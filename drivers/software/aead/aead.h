/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AEADs, one row each: a new one is a source that defines a `const struct sw_aead`, and one line in table.c. driver.c does
 * what is common: it finds the row and the block cipher, expands the key where that was not done before, keeps the sums of
 * the lengths, checks them and the sizes of outputs.
 */
#ifndef SOFTWARE_AEAD_AEAD_H
#define SOFTWARE_AEAD_AEAD_H

#include "software/cipher/block_cipher.h"

/* Room for the expanded key of any AEAD. */
#define SW_AEAD_KEY_MAX (sizeof(struct ghash_key) + sizeof(struct sw_block_key))

/* Where the tag length lies in an algorithm; a row's alg has zeros there. */
#define SW_AEAD_TAG_LENGTH(alg) (((alg) >> 16) & 0x3fu)
#define SW_AEAD_BASE(alg) ((psa_algorithm_t)(alg) & ~(psa_algorithm_t)0x003f0000u)

/* What every context of an operation in parts begins with. */
struct sw_aead_context {
    psa_algorithm_t alg;
    uint8_t decrypt;
    uint8_t lengths_set;
    uint8_t tag_length;
    uint8_t nonce_length;       /* 255 for all from there on */
    uint64_t ad_announced;      /* set_lengths */
    uint64_t announced;
    uint64_t ad_length;         /* so far; a row sees the sum before the bytes that it is given */
    uint64_t length;
};

struct sw_aead {
    psa_algorithm_t alg;
    psa_key_type_t key_type;    /* 0: every block cipher with blocks of 16 bytes */
    uint32_t tag_lengths;       /* bit n: tags of n bytes */
    uint8_t key_lengths;        /* bit n: keys of 8n bytes; 0 where those of the block cipher count */
    uint16_t context_size;
    uint16_t hash_key_size;     /* of the expanded key, beside that of the block cipher; 0 where there is no expansion */
    uint8_t needs_lengths;      /* in parts: set_lengths before set_nonce */
    /* PSA_ERROR_INVALID_ARGUMENT for a nonce that the algorithm has not, or too much text. */
    psa_status_t (*check)(size_t nonce_length, uint64_t ad_length, uint64_t length);
    /* key: hash_key_size bytes and the block cipher's, aligned to 8. NULL: key is the key itself, there is no expansion. */
    void (*expand)(const struct sw_block_cipher *cipher, void *key, const uint8_t *bytes, size_t key_length);

    /* One message. cipher is NULL where key_type is not 0. */
    void (*encrypt)(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message, uint8_t *tag);
    /* All-ones if the tag is right, else 0; output is written only in the first case. */
    uint32_t (*decrypt)(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message,
                        const uint8_t *tag);

    /* In parts. The lengths in the context's header are those before the call. */
    void (*start)(const struct sw_block_cipher *cipher, const void *key, void *context,
                  const uint8_t *nonce, size_t nonce_length);
    void (*update_ad)(const struct sw_block_cipher *cipher, const void *key, void *context,
                      const uint8_t *input, size_t length);
    void (*update)(const struct sw_block_cipher *cipher, const void *key, void *context,
                   const uint8_t *input, size_t length, uint8_t *output);
    /* The whole tag, 16 bytes. */
    void (*finish)(const struct sw_block_cipher *cipher, const void *key, void *context, uint8_t tag[16]);
};

extern const struct sw_aead sw_gcm;
extern const struct sw_aead sw_ccm;
extern const struct sw_aead sw_chacha20_poly1305;
extern const struct sw_aead sw_xchacha20_poly1305;
extern const struct sw_aead sw_ascon_aead128;

/* The row for an algorithm and its key; NULL where there is none. *cipher: NULL unless the row works on block ciphers. */
const struct sw_aead *sw_aead_find(const struct sw_block_cipher **cipher, psa_algorithm_t alg, psa_key_type_t type);

#endif
