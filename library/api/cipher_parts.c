/* SPDX-License-Identifier: Apache-2.0 */
/* Unauthenticated ciphers in parts. */
#include "api/api.h"

#include "dispatch/random.h"

enum { WAITS_FOR_IV = API_ACTIVE, RUNNING };
enum { ENCRYPT = 0, DECRYPT = 1 };

static void end(psa_cipher_operation_t *operation, uint8_t state)
{
    dispatch_cipher_abort(operation);
    operation->private_head.private_state = state;
    operation->private_head.private_key = PSA_KEY_ID_NULL;
}

static psa_status_t fail(psa_cipher_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

static psa_status_t setup(const struct caller *caller, psa_cipher_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg, int decrypt)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_inactive(&operation->private_head);
    }
    if (status == PSA_SUCCESS && !PSA_ALG_IS_CIPHER(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, decrypt ? PSA_KEY_USAGE_DECRYPT : PSA_KEY_USAGE_ENCRYPT, alg);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_cipher_setup(operation, ref.key, alg, decrypt);
    }
    if (status == PSA_SUCCESS) {
        psa_key_type_t type = psa_get_key_type(ref.key->key.attributes);
        api_remember_key(&operation->private_head, caller, key, &ref);
        operation->private_iv_length = (uint32_t)PSA_CIPHER_IV_LENGTH(type, alg);
        operation->private_block_length = (uint32_t)PSA_BLOCK_CIPHER_BLOCK_LENGTH(type);
        operation->private_input_length = 0;
        operation->private_head.private_direction = (uint8_t)decrypt;
        operation->private_head.private_state = operation->private_iv_length == 0 ? RUNNING : WAITS_FOR_IV;
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg, ENCRYPT));
}

psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg, DECRYPT));
}

static psa_status_t begin_step(struct key_ref *ref, const psa_cipher_operation_t *operation, unsigned state, int direction)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_active(&operation->private_head, state, state, direction);
    }
    return status == PSA_SUCCESS ? api_acquire_again(ref, &operation->private_head) : status;
}

psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, WAITS_FOR_IV, -1);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(iv, iv_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_cipher_set_iv(operation, ref.key, iv, iv_length);
        status = status == PSA_ERROR_INVALID_ARGUMENT ? reason(status, REASON_IV_LENGTH, operation->private_iv_length, iv_length) : status;
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = RUNNING;
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size, size_t *iv_length)
{
    struct key_ref ref = KEY_REF_NONE;
    uint8_t drawn[PSA_CIPHER_IV_MAX_SIZE];
    size_t length = operation->private_iv_length;
    psa_status_t status = begin_step(&ref, operation, WAITS_FOR_IV, ENCRYPT);
    if (status == PSA_SUCCESS) {
        status = api_check_size(iv_size, length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_random(drawn, length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_cipher_set_iv(operation, ref.key, drawn, length);
    }
    if (status == PSA_SUCCESS) {
        memcpy(iv, drawn, length);
        operation->private_head.private_state = RUNNING;
    }
    status = fail(operation, key_store_release(&ref, status));
    *iv_length = status == PSA_SUCCESS ? length : 0;
    return reason_close(status);
}

/* Byte i of the output comes of no later byte of the input: nothing is held back across the two buffers. */
static int works_in_place(const psa_cipher_operation_t *operation)
{
    psa_algorithm_t alg = operation->private_head.private_alg;
    if (PSA_ALG_IS_STREAM_CIPHER(alg)) {
        return 1;
    }
    return operation->private_input_length % operation->private_block_length == 0 && alg != PSA_ALG_XTS &&
           (alg != PSA_ALG_CBC_PKCS7 || operation->private_head.private_direction == ENCRYPT);
}

static psa_status_t update_held(psa_cipher_operation_t *operation, const struct key_ref *ref, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *length)
{
    struct api_input in;
    psa_status_t status = api_input_open(&in, input, input_length, output, output_size, works_in_place(operation));
    if (status == PSA_SUCCESS) {
        status = dispatch_cipher_update(operation, ref->key, in.data, in.length, output, output_size, length);
        api_input_close(&in);
    }
    if (status == PSA_ERROR_BUFFER_TOO_SMALL) {
        psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
        size_t enough = PSA_CIPHER_UPDATE_OUTPUT_SIZE(type, operation->private_head.private_alg, input_length);
        return reason_default(status, REASON_BUFFER, enough, output_size);
    }
    return status;
}

psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = begin_step(&ref, operation, RUNNING, -1);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = update_held(operation, &ref, input, input_length, output, output_size, &length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_input_length += input_length;
    }
    status = fail(operation, key_store_release(&ref, status));
    return reason_close(api_commit(status, output, output_size, length, output_length));
}

psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output, size_t output_size, size_t *output_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = begin_step(&ref, operation, RUNNING, -1);
    if (status == PSA_SUCCESS) {
        status = dispatch_cipher_finish(operation, ref.key, output, output_size, &length);
        status = status == PSA_ERROR_INVALID_PADDING ? reason(status, REASON_PADDING, 0, 0) : status;
    }
    if (status == PSA_ERROR_BUFFER_TOO_SMALL) {
        status = reason_default(status, REASON_BUFFER, operation->private_block_length, output_size);
    }
    if (status == PSA_ERROR_INVALID_ARGUMENT) {
        status = reason_default(status, REASON_INPUT_LENGTH, 0, operation->private_input_length); /* no whole blocks */
    }
    status = fail(operation, key_store_release(&ref, status));
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    return reason_close(api_commit(status, output, output_size, length, output_length));
}

psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
