/* SPDX-License-Identifier: Apache-2.0 */
/* AEAD in parts. States in order: set up, lengths announced, nonce set, body begun. */
#include "api/aead.h"

#include "dispatch/random.h"

enum { SET_UP = API_ACTIVE, ANNOUNCED, NONCE_SET, BODY };
enum { ENCRYPT = 0, DECRYPT = 1 };

#define ANNOUNCED_FLAG 1u /* private_flags */

static psa_algorithm_t base_of(const psa_aead_operation_t *operation)
{
    return PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(operation->private_head.private_alg);
}

static int is_announced(const psa_aead_operation_t *operation)
{
    return (operation->private_head.private_flags & ANNOUNCED_FLAG) != 0;
}

static void end(psa_aead_operation_t *operation, uint8_t state)
{
    dispatch_aead_abort(operation);
    operation->private_head.private_state = state;
    operation->private_head.private_flags = 0;
    operation->private_head.private_key = PSA_KEY_ID_NULL;
}

static psa_status_t fail(psa_aead_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

static psa_status_t setup(const struct caller *caller, psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg, int decrypt)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_inactive(&operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = api_aead_check_kind(caller, key, alg);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, decrypt ? PSA_KEY_USAGE_DECRYPT : PSA_KEY_USAGE_ENCRYPT, alg);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_setup(operation, ref.key, alg, decrypt);
    }
    if (status == PSA_SUCCESS) {
        psa_key_type_t type = psa_get_key_type(ref.key->key.attributes);
        api_remember_key(&operation->private_head, caller, key, &ref);
        operation->private_head.private_state = SET_UP;
        operation->private_head.private_direction = (uint8_t)decrypt;
        operation->private_head.private_flags = 0;
        operation->private_ad_announced = 0;
        operation->private_body_announced = 0;
        operation->private_ad_length = 0;
        operation->private_body_length = 0;
        operation->private_tag_length = (uint32_t)((alg >> 16) & 0x3fu);
        operation->private_nonce_length = (uint32_t)PSA_AEAD_NONCE_LENGTH(type, alg);
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg, ENCRYPT));
}

psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg, DECRYPT));
}

/* In a state first .. last, with the key of setup held again. */
static psa_status_t begin_step(struct key_ref *ref, const psa_aead_operation_t *operation, unsigned first, unsigned last, int direction)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_active(&operation->private_head, first, last, direction);
    }
    return status == PSA_SUCCESS ? api_acquire_again(ref, &operation->private_head) : status;
}

/* The longest message that the algorithm takes (SP 800-38D, 5.2.1.1; RFC 8439, 2.8). */
static int body_is_too_long(const psa_aead_operation_t *operation, uint64_t length)
{
    switch (base_of(operation)) {
    case PSA_ALG_GCM:
        return length > (UINT64_C(1) << 36) - 32u;
    case PSA_ALG_CHACHA20_POLY1305:
    case PSA_ALG_XCHACHA20_POLY1305:
        return length > (UINT64_C(1) << 38) - 64u;
    default:
        return 0;
    }
}

psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length, size_t plaintext_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, SET_UP, SET_UP, -1);
    if (status == PSA_SUCCESS && body_is_too_long(operation, plaintext_length)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_TOO_LONG, 0, plaintext_length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_set_lengths(operation, ref.key, ad_length, plaintext_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_ad_announced = ad_length;
        operation->private_body_announced = plaintext_length;
        operation->private_head.private_flags |= ANNOUNCED_FLAG;
        operation->private_head.private_state = ANNOUNCED;
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

static psa_status_t set_nonce(psa_aead_operation_t *operation, const struct key_ref *ref, const uint8_t *nonce, size_t nonce_length)
{
    /* CCM authenticates the lengths before anything else (RFC 3610, 2.2). */
    if (base_of(operation) == PSA_ALG_CCM && !is_announced(operation)) {
        return reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ORDER, operation->private_head.private_state, 0);
    }
    psa_status_t status = api_aead_check_nonce(operation->private_head.private_alg, psa_get_key_type(ref->key->key.attributes),
                                               nonce_length, operation->private_body_announced);
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_set_nonce(operation, ref->key, nonce, nonce_length);
        /* The nonce is as it should be: what was announced before is too long. */
        status = status == PSA_ERROR_INVALID_ARGUMENT ? reason_default(status, REASON_INPUT_TOO_LONG, 0, operation->private_ad_announced)
                                                      : status;
        /* A length that drivers need not have. */
        status = status == PSA_ERROR_NOT_SUPPORTED
            ? reason_default(status, REASON_NONCE_LENGTH, operation->private_head.private_alg, nonce_length) : status;
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = NONCE_SET;
    }
    return status;
}

psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, SET_UP, ANNOUNCED, -1);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(nonce, nonce_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = set_nonce(operation, &ref, nonce, nonce_length);
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

/* CCM: the smallest length field of at least two bytes that has room for the message (Crypto API, PSA_ALG_CCM). */
static size_t nonce_length_of(const psa_aead_operation_t *operation)
{
    size_t field = 2;
    if (base_of(operation) != PSA_ALG_CCM) {
        return operation->private_nonce_length;
    }
    while (field < 8u && operation->private_body_announced >> (8u * field) != 0) {
        field++;
    }
    return 15u - field;
}

psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce, size_t nonce_size, size_t *nonce_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = nonce_length_of(operation);
    uint8_t drawn[PSA_AEAD_NONCE_MAX_SIZE];
    psa_status_t status = begin_step(&ref, operation, SET_UP, ANNOUNCED, ENCRYPT);
    if (status == PSA_SUCCESS) {
        status = api_check_size(nonce_size, length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_random(drawn, length);
    }
    if (status == PSA_SUCCESS) {
        status = set_nonce(operation, &ref, drawn, length);
    }
    if (status == PSA_SUCCESS) {
        memcpy(nonce, drawn, length);
    }
    status = fail(operation, key_store_release(&ref, status));
    *nonce_length = status == PSA_SUCCESS ? length : 0;
    return reason_close(status);
}

psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, NONCE_SET, NONCE_SET, -1);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS && is_announced(operation) &&
        input_length > operation->private_ad_announced - operation->private_ad_length) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ANNOUNCED_LENGTH, operation->private_ad_announced,
                        operation->private_ad_length + input_length);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = dispatch_aead_update_ad(operation, ref.key, input, input_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_ad_length += input_length;
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

static psa_status_t check_body(const psa_aead_operation_t *operation, size_t input_length)
{
    uint64_t total = operation->private_body_length + input_length;
    if (is_announced(operation) && operation->private_ad_length != operation->private_ad_announced) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ANNOUNCED_LENGTH, operation->private_ad_announced, operation->private_ad_length);
    }
    if (is_announced(operation) && input_length > operation->private_body_announced - operation->private_body_length) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ANNOUNCED_LENGTH, operation->private_body_announced, total);
    }
    return total < input_length || body_is_too_long(operation, total)
        ? reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_TOO_LONG, 0, total) : PSA_SUCCESS;
}

static psa_status_t update_held(psa_aead_operation_t *operation, const struct key_ref *ref, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *length)
{
    struct api_input in;
    psa_status_t status = api_input_open(&in, input, input_length, output, output_size, 1);
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_update(operation, ref->key, in.data, in.length, output, output_size, length);
        api_input_close(&in);
    }
    if (status == PSA_ERROR_BUFFER_TOO_SMALL) {
        psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
        size_t enough = PSA_AEAD_UPDATE_OUTPUT_SIZE(type, operation->private_head.private_alg, input_length);
        return reason_default(status, REASON_BUFFER, enough, output_size);
    }
    return status;
}

psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length,
                             uint8_t *output, size_t output_size, size_t *output_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = begin_step(&ref, operation, NONCE_SET, BODY, -1);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = check_body(operation, input_length);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = update_held(operation, &ref, input, input_length, output, output_size, &length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_body_length += input_length;
        operation->private_head.private_state = BODY;
    }
    status = fail(operation, key_store_release(&ref, status));
    return reason_close(api_commit(status, output, output_size, length, output_length));
}

static psa_status_t check_totals(const psa_aead_operation_t *operation)
{
    if (!is_announced(operation)) {
        return PSA_SUCCESS;
    }
    if (operation->private_ad_length != operation->private_ad_announced) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ANNOUNCED_LENGTH, operation->private_ad_announced, operation->private_ad_length);
    }
    return operation->private_body_length == operation->private_body_announced
        ? PSA_SUCCESS
        : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ANNOUNCED_LENGTH, operation->private_body_announced, operation->private_body_length);
}

psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length,
                             uint8_t *tag, size_t tag_size, size_t *tag_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    size_t tag_written = 0;
    psa_status_t status = begin_step(&ref, operation, NONCE_SET, BODY, ENCRYPT);
    if (status == PSA_SUCCESS) {
        status = check_totals(operation);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_size(tag_size, operation->private_tag_length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_finish(operation, ref.key, ciphertext, ciphertext_size, &length, tag, tag_size, &tag_written);
    }
    status = fail(operation, key_store_release(&ref, status));
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    (void)api_commit(status, tag, tag_size, tag_written, tag_length);
    return reason_close(api_commit(status, ciphertext, ciphertext_size, length, ciphertext_length));
}

psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length,
                             const uint8_t *tag, size_t tag_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = begin_step(&ref, operation, NONCE_SET, BODY, DECRYPT);
    if (status == PSA_SUCCESS) {
        status = check_totals(operation);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(tag, tag_length, 5);
    }
    if (status == PSA_SUCCESS && tag_length != operation->private_tag_length) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_verify(operation, ref.key, plaintext, plaintext_size, &length, tag, tag_length);
        status = status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
    }
    status = fail(operation, key_store_release(&ref, status));
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    return reason_close(api_commit(status, plaintext, plaintext_size, length, plaintext_length));
}

psa_status_t psa_aead_abort(psa_aead_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
