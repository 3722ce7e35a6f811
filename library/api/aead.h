/* SPDX-License-Identifier: Apache-2.0 */
#ifndef API_AEAD_H
#define API_AEAD_H

#include "api/api.h"

/* The inputs of a one-shot call. */
struct api_aead {
    const uint8_t *nonce;
    size_t nonce_length;
    const uint8_t *ad;
    size_t ad_length;
    const uint8_t *data;
    size_t length;
};

psa_status_t api_aead_encrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_aead *in,
                              uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length);
psa_status_t api_aead_decrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_aead *in,
                              uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length);

/* PSA_ERROR_INVALID_ARGUMENT for a nonce that the algorithm has not, or that leaves a text of that length no room. */
psa_status_t api_aead_check_nonce(psa_algorithm_t alg, psa_key_type_t type, size_t nonce_length, uint64_t length);

/* PSA_ERROR_NOT_SUPPORTED for what is no AEAD algorithm; before that the key must be there (the order of the official suite). */
psa_status_t api_aead_check_kind(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg);

/* The text may start where the output does; nonce and additional data must not lie in it at all. */
static inline psa_status_t api_inputs_open(struct api_input *data, struct api_input *ad, struct api_input *nonce,
                                           const struct api_aead *in, const uint8_t *output, size_t output_length)
{
    ad->copy = NULL;
    nonce->copy = NULL;
    psa_status_t status = api_input_open(data, in->data, in->length, output, output_length, 1);
    if (status == PSA_SUCCESS) {
        status = api_input_open(ad, in->ad, in->ad_length, output, output_length, 0);
    }
    return status == PSA_SUCCESS ? api_input_open(nonce, in->nonce, in->nonce_length, output, output_length, 0) : status;
}

static inline void api_inputs_close(struct api_input *data, struct api_input *ad, struct api_input *nonce)
{
    api_input_close(data);
    api_input_close(ad);
    api_input_close(nonce);
}

#endif
