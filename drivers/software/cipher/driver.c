/* SPDX-License-Identifier: Apache-2.0 */
/* The cipher entries of the software driver. */
#include "software/cipher/mode.h"
#include "software/software.h"
#include "util/atomic.h"
#include "util/zeroise.h"

STATIC_ASSERT(sizeof(struct sw_cipher_context) <= PSACRYPTO_CIPHER_CONTEXT_SIZE, cipher_context_lies_inline);

/* The expanded keys of a mode. */
struct expanded {
    struct sw_block_key keys[2];
};

/* What is prepared for a key: the mode, and the expanded keys at an address that 64 divides. */
struct prepared {
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;
    psa_algorithm_t alg;
    uint8_t pad[64u - 2u * sizeof(void *) - sizeof(psa_algorithm_t)];
    uint64_t keys[];            /* none for a stream cipher */
};
STATIC_ASSERT(offsetof(struct prepared, keys) == 64u, expanded_keys_are_aligned);

/* A mode with its key: what every entry works out first. */
struct use {
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;
    const void *key;            /* expanded; a stream cipher's as it is */
    size_t expanded_here;       /* bytes of space that hold it, to be wiped */
    struct expanded space;
};

static int key_length_ok(const struct sw_cipher_mode *mode, const struct sw_block_cipher *cipher, size_t key_length)
{
    if (cipher == NULL) {
        return key_length >= mode->key_min && key_length <= mode->key_max;
    }
    if (mode->two_keys) {
        return key_length % 2 == 0 && sw_block_key_length_ok(cipher, key_length / 2);
    }
    return sw_block_key_length_ok(cipher, key_length) &&
           (mode->key_length_ok == NULL || mode->key_length_ok(cipher, key_length));
}

static psa_status_t look_up(const struct sw_cipher_mode **mode, const struct sw_block_cipher **cipher,
                            const struct psacrypto_key *key, psa_algorithm_t alg)
{
    *mode = sw_cipher_mode_find(cipher, alg, psa_get_key_type(key->attributes));
    return *mode != NULL && key_length_ok(*mode, *cipher, key->length) ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t find(const struct sw_cipher_mode **mode, const struct sw_block_cipher **cipher,
                         const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct prepared *prepared = key->prepared;

    if (prepared == NULL || prepared->alg != alg) {
        return look_up(mode, cipher, key, alg);
    }
    *mode = prepared->mode;
    *cipher = prepared->cipher;
    return PSA_SUCCESS;
}

static size_t expanded_size(const struct sw_cipher_mode *mode, const struct sw_block_cipher *cipher)
{
    return cipher == NULL ? 0 : (size_t)cipher->key_size << mode->two_keys;
}

/* The second of two keys enciphers alone. */
static void expand(const struct sw_cipher_mode *mode, const struct sw_block_cipher *cipher, void *memory,
                   const struct psacrypto_key *key, int with_decrypt)
{
    const size_t length = key->length >> mode->two_keys;

    cipher->expand(memory, key->blob, length, with_decrypt);
    if (mode->two_keys) {
        cipher->expand((uint8_t *)memory + cipher->key_size, key->blob + length, length, 0);
    }
}

static psa_status_t use_begin(struct use *use, const struct psacrypto_key *key, psa_algorithm_t alg, int decrypting)
{
    const psa_status_t status = find(&use->mode, &use->cipher, key, alg);

    use->expanded_here = 0;
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (use->cipher == NULL) {
        use->key = key->blob;
    } else if (key->prepared != NULL) {
        use->key = ((const struct prepared *)key->prepared)->keys;
    } else {
        expand(use->mode, use->cipher, &use->space, key, decrypting && use->mode->inverse);
        use->key = &use->space;
        use->expanded_here = expanded_size(use->mode, use->cipher);
    }
    return PSA_SUCCESS;
}

static void use_end(struct use *use)
{
    zeroise(&use->space, use->expanded_here);
}

/* ---- What the driver table asks ---- */

size_t sw_cipher_context_size(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct sw_block_cipher *cipher;
    const struct sw_cipher_mode *mode = sw_cipher_mode_find(&cipher, alg, type);

    /* No size: for some size. */
    return mode == NULL || (bits != 0 && !key_length_ok(mode, cipher, bits / 8u)) ? 0 : mode->context_size;
}

size_t sw_cipher_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;

    return look_up(&mode, &cipher, key, alg) == PSA_SUCCESS ? sizeof(struct prepared) + expanded_size(mode, cipher) : 0;
}

psa_status_t sw_cipher_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct prepared *prepared = memory;
    const psa_status_t status = look_up(&prepared->mode, &prepared->cipher, key, alg);

    if (status != PSA_SUCCESS) {
        return status;
    }
    prepared->alg = alg;
    if (prepared->cipher != NULL) {
        expand(prepared->mode, prepared->cipher, prepared->keys, key, prepared->mode->inverse);
    }
    return PSA_SUCCESS;
}

/* ---- In parts ---- */

static void start(struct sw_cipher_context *context, const struct sw_cipher_mode *mode, const struct psacrypto_key *key,
                  int decrypting)
{
    memset(context, 0, mode->context_size);
    context->alg = mode->alg;
    context->decrypt = (uint8_t)decrypting;
    context->left = UINT64_MAX;
    if (mode->begin != NULL) {
        mode->begin(context, key->blob, key->length);
    }
}

static psa_status_t setup(const struct psacrypto_key *key, struct sw_cipher_context *context, psa_algorithm_t alg,
                          int decrypting)
{
    const struct sw_cipher_mode *mode;
    const struct sw_block_cipher *cipher;
    const psa_status_t status = find(&mode, &cipher, key, alg);

    if (status == PSA_SUCCESS) {
        start(context, mode, key, decrypting);
    }
    return status;
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
    if (mode->set_iv == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    return mode->set_iv(cipher, cipher == NULL ? key->blob : NULL, context, iv, iv_length);
}

static psa_status_t update_with(const struct use *use, struct sw_cipher_context *context,
                                const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    const size_t length = use->mode->update_length(use->cipher, context, input_length);

    *output_length = 0;
    if (input_length > context->left) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (output_size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    context->left -= input_length;
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

static psa_status_t begin_message(const struct use *use, struct sw_cipher_context *context, const struct psacrypto_key *key,
                                  int decrypting, const uint8_t *iv, size_t iv_length, size_t length)
{
    if (use->mode->length_ok != NULL && !use->mode->length_ok(use->cipher, decrypting, length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    start(context, use->mode, key, decrypting);
    if (use->mode->set_iv == NULL) {
        return iv_length == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
    }
    return use->mode->set_iv(use->cipher, use->cipher == NULL ? key->blob : NULL, context, iv, iv_length);
}

static psa_status_t whole_with(const struct use *use, struct sw_cipher_context *context,
                               const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length)
{
    if (output_size < input_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    use->mode->whole(use->cipher, use->key, context, input, input_length, output);
    *output_length = input_length;
    return PSA_SUCCESS;
}

static psa_status_t parts_with(const struct use *use, struct sw_cipher_context *context,
                               const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length)
{
    size_t last = 0;

    psa_status_t status = update_with(use, context, input, input_length, output, output_size, output_length);
    if (status == PSA_SUCCESS) {
        const size_t written = *output_length;
        uint8_t *rest = output_size == written ? NULL : output + written;
        status = use->mode->finish(use->cipher, use->key, context, rest, output_size - written, &last);
        *output_length += last;
    }
    return status;
}

static psa_status_t message(const struct psacrypto_key *key, psa_algorithm_t alg, int decrypting,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    struct use use;
    uint64_t memory[SW_CIPHER_CONTEXT_MAX / 8u];
    struct sw_cipher_context *context = (struct sw_cipher_context *)(void *)memory;

    *output_length = 0;
    psa_status_t status = use_begin(&use, key, alg, decrypting);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = begin_message(&use, context, key, decrypting, iv, iv_length, input_length);
    if (status == PSA_SUCCESS) {
        status = (use.mode->whole != NULL ? whole_with : parts_with)(&use, context, input, input_length,
                                                                     output, output_size, output_length);
    }
    zeroise(memory, use.mode->context_size);
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
