/* SPDX-License-Identifier: Apache-2.0 */
/* The cipher entries of the software driver. */
#include "software/cipher/mode.h"
#include "software/software.h"
#include "util/atomic.h"
#include "util/zeroise.h"

STATIC_ASSERT(sizeof(struct sw_cipher_context) <= PSACRYPTO_CIPHER_CONTEXT_SIZE, cipher_context_lies_inline);

/* A mode with its key: what every entry works out first. */
struct use {
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;
    const void *key;            /* expanded */
    size_t expanded_here;       /* bytes of space that hold it, to be wiped */
    struct sw_block_key space;
};

static psa_status_t find(const struct sw_cipher_mode **mode, const struct sw_block_cipher **cipher,
                         const struct psacrypto_key *key, psa_algorithm_t alg)
{
    *mode = sw_cipher_mode_find(alg);
    *cipher = sw_block_cipher_find(psa_get_key_type(key->attributes));
    if (*mode == NULL || *cipher == NULL || !sw_block_key_length_ok(*cipher, key->length)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return PSA_SUCCESS;
}

static psa_status_t use_begin(struct use *use, const struct psacrypto_key *key, psa_algorithm_t alg, int decrypting)
{
    const psa_status_t status = find(&use->mode, &use->cipher, key, alg);

    use->expanded_here = 0;
    if (status != PSA_SUCCESS) {
        return status;
    }
    use->key = key->prepared;
    if (use->key == NULL) {
        use->cipher->expand(&use->space, key->blob, key->length, decrypting && use->mode->inverse);
        use->key = &use->space;
        use->expanded_here = use->cipher->key_size;
    }
    return PSA_SUCCESS;
}

static void use_end(struct use *use)
{
    zeroise(&use->space, use->expanded_here);
}

/* ---- What the driver table asks ---- */

size_t sw_cipher_context_size(psa_algorithm_t alg, psa_key_type_t type)
{
    return sw_cipher_mode_find(alg) == NULL || sw_block_cipher_find(type) == NULL ? 0 : sizeof(struct sw_cipher_context);
}

size_t sw_cipher_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;

    return find(&mode, &cipher, key, alg) == PSA_SUCCESS ? cipher->key_size : 0;
}

psa_status_t sw_cipher_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;
    const psa_status_t status = find(&mode, &cipher, key, alg);

    if (status == PSA_SUCCESS) {
        cipher->expand(memory, key->blob, key->length, mode->inverse);
    }
    return status;
}

/* ---- In parts ---- */

static psa_status_t setup(const struct psacrypto_key *key, struct sw_cipher_context *context, psa_algorithm_t alg,
                          int decrypting)
{
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;

    memset(context, 0, sizeof(*context));
    context->alg = alg;
    context->decrypt = (uint8_t)decrypting;
    return find(&mode, &cipher, key, alg);
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

static psa_status_t set_iv(void *instance, const struct psacrypto_key *key, void *memory,
                           const uint8_t *iv, size_t iv_length)
{
    struct sw_cipher_context *context = memory;
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;

    (void)instance;
    const psa_status_t status = find(&mode, &cipher, key, context->alg);
    if (status != PSA_SUCCESS) {
        return status;
    }
    return mode->set_iv == NULL ? PSA_ERROR_BAD_STATE : mode->set_iv(cipher, context, iv, iv_length);
}

static psa_status_t update_with(const struct use *use, struct sw_cipher_context *context,
                                const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    const size_t length = use->mode->update_length(use->cipher, context, input_length);

    *output_length = 0;
    if (output_size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    if (input_length != 0) {
        use->mode->update(use->cipher, use->key, context, input, input_length, output);
    }
    *output_length = length;
    return PSA_SUCCESS;
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *memory,
                           const uint8_t *input, size_t input_length,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    struct use use;
    struct sw_cipher_context *context = memory;

    (void)instance;
    *output_length = 0;
    psa_status_t status = use_begin(&use, key, context->alg, context->decrypt);
    if (status == PSA_SUCCESS) {
        status = update_with(&use, context, input, input_length, output, output_size, output_length);
        use_end(&use);
    }
    return status;
}

static psa_status_t finish(void *instance, const struct psacrypto_key *key, void *memory,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    struct use use;
    struct sw_cipher_context *context = memory;

    (void)instance;
    *output_length = 0;
    psa_status_t status = use_begin(&use, key, context->alg, context->decrypt);
    if (status == PSA_SUCCESS) {
        status = use.mode->finish(use.cipher, use.key, context, output, output_size, output_length);
        use_end(&use);
    }
    return status;
}

/* The library wipes the context, and there is nothing else. */
static psa_status_t forget(void *instance, void *context)
{
    (void)instance;
    (void)context;
    return PSA_SUCCESS;
}

/* ---- One message ---- */

static psa_status_t begin_message(const struct use *use, struct sw_cipher_context *context, int decrypting,
                                  const uint8_t *iv, size_t iv_length, size_t length)
{
    if (use->mode->length_ok != NULL && !use->mode->length_ok(use->cipher, decrypting, length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    memset(context, 0, sizeof(*context));
    context->decrypt = (uint8_t)decrypting;
    if (use->mode->set_iv == NULL) {
        return iv_length == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
    }
    return use->mode->set_iv(use->cipher, context, iv, iv_length);
}

static psa_status_t message(const struct psacrypto_key *key, psa_algorithm_t alg, int decrypting,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    struct use use;
    struct sw_cipher_context context;
    size_t last = 0;

    *output_length = 0;
    psa_status_t status = use_begin(&use, key, alg, decrypting);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = begin_message(&use, &context, decrypting, iv, iv_length, input_length);
    if (status == PSA_SUCCESS) {
        status = update_with(&use, &context, input, input_length, output, output_size, output_length);
    }
    if (status == PSA_SUCCESS) {
        const size_t written = *output_length;
        uint8_t *rest = output_size == written ? NULL : output + written;
        status = use.mode->finish(use.cipher, use.key, &context, rest, output_size - written, &last);
        *output_length += last;
    }
    ZEROISE(context);
    use_end(&use);
    return status;
}

static psa_status_t encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)instance;
    return message(key, alg, 0, iv, iv_length, input, input_length, output, output_size, output_length);
}

static psa_status_t decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)instance;
    return message(key, alg, 1, iv, iv_length, input, input_length, output, output_size, output_length);
}

const struct psacrypto_cipher_entries sw_cipher_entries = {
    .encrypt = encrypt,
    .decrypt = decrypt,
    .encrypt_setup = encrypt_setup,
    .decrypt_setup = decrypt_setup,
    .set_iv = set_iv,
    .update = update,
    .finish = finish,
    .abort = forget,
};
