/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sealing: authenticated encryption under the store's root key. Each name has a key of its own, derived from the
 * root, so that nonces, which are random, only have to differ between versions of one object.
 */
#ifndef STORAGE_SEAL_H
#define STORAGE_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/store.h>

#define SEAL_ROOT_LENGTH 32u
#define SEAL_NONCE_LENGTH 12u
#define SEAL_TAG_LENGTH 16u

/* As they are stored: try them in this order until one is not PSA_ERROR_NOT_SUPPORTED. */
#define SEAL_AES_256_GCM 1u
#define SEAL_CHACHA20_POLY1305 2u
#define SEAL_ALGORITHMS 2u

/* What derived keys are for: the same name may carry both. */
#define SEAL_FOR_RECORD "key record      "
#define SEAL_FOR_PROTECTED "protected object"
#define SEAL_FOR_ROLLBACK "rollback state  "

struct seal {
    uint8_t algorithm;
    const uint8_t *root;
    const char *purpose; /* SEAL_FOR_..., 16 bytes */
    const struct psacrypto_store_name *name;
    const uint8_t *nonce;
    const uint8_t *ad;
    size_t ad_length;
};

/* Where a store has no root key of the device, one drawn at random lies in it. PSA_ERROR_DOES_NOT_EXIST: not yet. */
psa_status_t seal_root_load(uint8_t root[SEAL_ROOT_LENGTH]);
/* Draws it if need be: PSA_ERROR_INSUFFICIENT_ENTROPY. */
psa_status_t seal_root_make(uint8_t root[SEAL_ROOT_LENGTH]);

/* output: length + SEAL_TAG_LENGTH bytes; may be input. */
psa_status_t seal_encrypt(const struct seal *seal, const uint8_t *input, size_t length, uint8_t *output);
/* length: of the text; input holds the tag behind it. PSA_ERROR_INVALID_SIGNATURE: not what was sealed. */
psa_status_t seal_decrypt(const struct seal *seal, const uint8_t *input, size_t length, uint8_t *output);

#endif
