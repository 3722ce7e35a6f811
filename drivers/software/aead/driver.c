/* SPDX-License-Identifier: Apache-2.0 */
/* The AEAD entries of the software driver. */
#include "software/aead/aead.h"
#include "software/software.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* An algorithm with its key: what every entry works out first. */
struct use {
    const struct sw_aead *aead;
    const struct sw_block_cipher *cipher;
    const void *key;            /* expanded */
    size_t expanded_here;       /* bytes of space that hold it, to be wiped */
    uint64_t space[SW_AEAD_KEY_MAX / 8u];
};

/* Where a pointer may be NULL because there is nothing to read: somewhere to point to. */
static const uint8_t nothing[1];

static const uint8_t *readable(const uint8_t *input, size_t length)
{
    return length == 0 ? nothing : input;
}

static int key_length_ok(const struct sw_aead *aead, const struct sw_block_cipher *cipher, size_t key_length)
{
    const uint32_t lengths = cipher != NULL ? cipher->key_lengths : aead->key_lengths;

    return key_length % 8 == 0 && key_length <= 32 && (lengths >> (key_length / 8) & 1u) != 0;
}

static size_t expanded_size(const struct sw_aead *aead, const struct sw_block_cipher *cipher)
{
    return (size_t)aead->hash_key_size + (cipher == NULL ? 0 : cipher->key_size);
}

static psa_status_t use_begin(struct use *use, const struct psacrypto_key *key, psa_algorithm_t alg)
{
    use->expanded_here = 0;
    use->aead = sw_aead_find(&use->cipher, alg, psa_get_key_type(key->attributes));
    if (use->aead == NULL || !key_length_ok(use->aead, use->cipher, key->length)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (key->prepared != NULL) {
        use->key = key->prepared;
    } else if (use->aead->expand == NULL) {
        use->key = key->blob;
    } else {
        use->aead->expand(use->cipher, use->space, key->blob, key->length);
        use->key = use->space;
        use->expanded_here = expanded_size(use->aead, use->cipher);
    }
    return PSA_SUCCESS;
}

static void use_end(struct use *use)
{
    zeroise(use->space, use->expanded_here);
}

/* ---- What the driver table asks ---- */

size_t sw_aead_context_size(psa_algorithm_t alg, psa_key_type_t type)
{
    const struct sw_block_cipher *cipher;
    const struct sw_aead *aead = sw_aead_find(&cipher, alg, type);

    return aead == NULL ? 0 : aead->context_size;
}

size_t sw_aead_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct sw_block_cipher *cipher;
    const struct sw_aead *aead = sw_aead_find(&cipher, alg, psa_get_key_type(key->attributes));

    return aead == NULL || !key_length_ok(aead, cipher, key->length) ? 0 : expanded_size(aead, cipher);
}

psa_status_t sw_aead_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    const struct sw_block_cipher *cipher;
    const struct sw_aead *aead = sw_aead_find(&cipher, alg, psa_get_key_type(key->attributes));

    if (aead == NULL || aead->expand == NULL || !key_length_ok(aead, cipher, key->length)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    aead->expand(cipher, memory, key->blob, key->length);
    return PSA_SUCCESS;
}

/* ---- One message ---- */

static psa_status_t encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                            const uint8_t *plaintext, size_t plaintext_length,
                            uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    struct use use;
    const size_t tag_length = SW_AEAD_TAG_LENGTH(alg);
    const struct aead_message message = {
        nonce, nonce_length, readable(ad, ad_length), ad_length,
        readable(plaintext, plaintext_length), plaintext_length, ciphertext, tag_length,
    };

    (void)instance;
    *ciphertext_length = 0;
    psa_status_t status = use_begin(&use, key, alg);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = use.aead->check(nonce_length, ad_length, plaintext_length);
    if (status != PSA_SUCCESS) {
        goto exit;
    }
    if (ciphertext_size < tag_length || ciphertext_size - tag_length < plaintext_length) {
        status = PSA_ERROR_BUFFER_TOO_SMALL;
        goto exit;
    }
    use.aead->encrypt(use.cipher, use.key, &message, ciphertext + plaintext_length);
    *ciphertext_length = plaintext_length + tag_length;
exit:
    use_end(&use);
    return status;
}

static psa_status_t decrypt_message(const struct use *use, const struct aead_message *message, const uint8_t *tag,
                                    size_t plaintext_size)
{
    const psa_status_t status = use->aead->check(message->nonce_length, message->ad_length, message->length);

    if (status != PSA_SUCCESS) {
        return status;
    }
    if (plaintext_size < message->length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    return use->aead->decrypt(use->cipher, use->key, message, tag) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static psa_status_t decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                            const uint8_t *ciphertext, size_t ciphertext_length,
                            uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    struct use use;
    uint8_t unused;
    const size_t tag_length = SW_AEAD_TAG_LENGTH(alg);

    (void)instance;
    *plaintext_length = 0;
    psa_status_t status = use_begin(&use, key, alg);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (ciphertext_length < tag_length) {
        status = PSA_ERROR_INVALID_SIGNATURE; /* no message of this algorithm */
    } else {
        const size_t length = ciphertext_length - tag_length;
        const struct aead_message message = {
            nonce, nonce_length, readable(ad, ad_length), ad_length,
            ciphertext, length, length == 0 ? &unused : plaintext, tag_length,
        };
        status = decrypt_message(&use, &message, ciphertext + length, plaintext_size);
        *plaintext_length = status == PSA_SUCCESS ? length : 0;
    }
    use_end(&use);
    return status;
}

/* ---- In parts ---- */

static psa_status_t setup(const struct psacrypto_key *key, void *memory, psa_algorithm_t alg, int decrypting)
{
    struct sw_aead_context *context = memory;
    const struct sw_block_cipher *cipher;
    const struct sw_aead *aead = sw_aead_find(&cipher, alg, psa_get_key_type(key->attributes));

    if (aead == NULL || !key_length_ok(aead, cipher, key->length)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    memset(memory, 0, aead->context_size);
    context->alg = alg;
    context->decrypt = (uint8_t)decrypting;
    context->tag_length = (uint8_t)SW_AEAD_TAG_LENGTH(alg);
    return PSA_SUCCESS;
}

static psa_status_t encrypt_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    (void)instance;
    return setup(key, context, alg, 0);
}

static psa_status_t decrypt_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    (void)instance;
    return setup(key, context, alg, 1);
}

static psa_status_t set_lengths(void *instance, const struct psacrypto_key *key, void *memory,
                                size_t ad_length, size_t plaintext_length)
{
    struct sw_aead_context *context = memory;

    (void)instance;
    (void)key;
    context->lengths_set = 1;
    context->ad_announced = ad_length;
    context->announced = plaintext_length;
    return PSA_SUCCESS;
}

static psa_status_t set_nonce(void *instance, const struct psacrypto_key *key, void *memory,
                              const uint8_t *nonce, size_t nonce_length)
{
    struct use use;
    struct sw_aead_context *context = memory;

    (void)instance;
    psa_status_t status = use_begin(&use, key, context->alg);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (use.aead->needs_lengths && !context->lengths_set) {
        status = PSA_ERROR_BAD_STATE;
        goto exit;
    }
    status = use.aead->check(nonce_length, context->ad_announced, context->announced);
    if (status != PSA_SUCCESS) {
        goto exit;
    }
    context->nonce_length = nonce_length < 255 ? (uint8_t)nonce_length : 255;
    use.aead->start(use.cipher, use.key, memory, nonce, nonce_length);
exit:
    use_end(&use);
    return status;
}

static psa_status_t update_ad(void *instance, const struct psacrypto_key *key, void *memory,
                              const uint8_t *input, size_t input_length)
{
    struct use use;
    struct sw_aead_context *context = memory;

    (void)instance;
    if (input_length == 0) {
        return PSA_SUCCESS;
    }
    psa_status_t status = use_begin(&use, key, context->alg);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = use.aead->check(context->nonce_length, context->ad_length + input_length, context->length);
    if (status == PSA_SUCCESS) {
        use.aead->update_ad(use.cipher, use.key, memory, input, input_length);
        context->ad_length += input_length;
    }
    use_end(&use);
    return status;
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *memory,
                           const uint8_t *input, size_t input_length,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    struct use use;
    struct sw_aead_context *context = memory;

    (void)instance;
    *output_length = 0;
    if (input_length == 0) {
        return PSA_SUCCESS;
    }
    if (output_size < input_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    psa_status_t status = use_begin(&use, key, context->alg);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = use.aead->check(context->nonce_length, context->ad_length, context->length + input_length);
    if (status == PSA_SUCCESS) {
        use.aead->update(use.cipher, use.key, memory, input, input_length, output);
        context->length += input_length;
        *output_length = input_length;
    }
    use_end(&use);
    return status;
}

static psa_status_t whole_tag(const struct psacrypto_key *key, void *memory, uint8_t tag[16])
{
    struct use use;
    const struct sw_aead_context *context = memory;

    psa_status_t status = use_begin(&use, key, context->alg);
    if (status != PSA_SUCCESS) {
        return status;
    }
    use.aead->finish(use.cipher, use.key, memory, tag);
    use_end(&use);
    return PSA_SUCCESS;
}

/* All text has been written by update: nothing is kept back. */
static psa_status_t finish(void *instance, const struct psacrypto_key *key, void *memory,
                           uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length,
                           uint8_t *tag, size_t tag_size, size_t *tag_length)
{
    const struct sw_aead_context *context = memory;
    uint8_t computed[16];

    (void)instance;
    (void)ciphertext;
    (void)ciphertext_size;
    *ciphertext_length = 0;
    *tag_length = 0;
    if (tag_size < context->tag_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    const psa_status_t status = whole_tag(key, memory, computed);
    if (status == PSA_SUCCESS) {
        memcpy(tag, computed, context->tag_length);
        *tag_length = context->tag_length;
    }
    ZEROISE(computed);
    return status;
}

static psa_status_t verify(void *instance, const struct psacrypto_key *key, void *memory,
                           uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length,
                           const uint8_t *tag, size_t tag_length)
{
    const struct sw_aead_context *context = memory;
    uint8_t computed[16];

    (void)instance;
    (void)plaintext;
    (void)plaintext_size;
    *plaintext_length = 0;
    if (tag_length != context->tag_length) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    psa_status_t status = whole_tag(key, memory, computed);
    if (status == PSA_SUCCESS) {
        uint32_t verified = ct_mask_equal(computed, tag, tag_length);
        CT_PUBLIC(&verified, sizeof(verified)); /* whether the message is authentic is the answer */
        status = verified != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
    }
    ZEROISE(computed);
    return status;
}

/* The library wipes the context, and there is nothing else. */
static psa_status_t forget(void *instance, void *context)
{
    (void)instance;
    (void)context;
    return PSA_SUCCESS;
}

const struct psacrypto_aead_entries sw_aead_entries = {
    .encrypt = encrypt,
    .decrypt = decrypt,
    .encrypt_setup = encrypt_setup,
    .decrypt_setup = decrypt_setup,
    .set_lengths = set_lengths,
    .set_nonce = set_nonce,
    .update_ad = update_ad,
    .update = update,
    .finish = finish,
    .verify = verify,
    .abort = forget,
};
