/* SPDX-License-Identifier: Apache-2.0 */
#include "api/operations.h"

enum { COMPUTING = API_ACTIVE };
enum { SIGN = 0, VERIFY = 1 };

/* MACs are not cut shorter than this. */
#define MAC_LEAST 4u

static psa_status_t check_kind(psa_algorithm_t alg)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS && !PSA_ALG_IS_MAC(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    return status;
}

/*
 * The key is looked at first. HMAC over something that is no hash, and a MAC cut too short, are things that this
 * library does not have; a MAC longer than its algorithm gives is nothing at all.
 */
static psa_status_t acquire(struct key_ref *ref, const struct caller *caller, psa_key_id_t key, psa_key_usage_t usage, psa_algorithm_t alg)
{
    size_t cut = (alg >> 16) & 0x3fu;
    psa_status_t status = key_store_acquire(ref, caller, key, 0, PSA_ALG_NONE);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = key_store_permits(ref, usage, alg);
    if (status == PSA_ERROR_INVALID_ARGUMENT && PSA_ALG_IS_HMAC(alg) && !algorithm_is_valid(PSA_ALG_FULL_LENGTH_MAC(alg))) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
    }
    if (status == PSA_SUCCESS && cut != 0 && cut < MAC_LEAST) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_TAG_LENGTH, alg, cut);
    }
    return status == PSA_SUCCESS ? status : key_store_release(ref, status);
}

static size_t mac_length_of(const struct key_ref *ref, psa_algorithm_t alg)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    return PSA_MAC_LENGTH(psa_get_key_type(attributes), psa_get_key_bits(attributes), alg);
}

psa_status_t api_mac_compute(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t needed = 0, length = 0;
    psa_status_t status = check_kind(alg);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 3);
    }
    if (status == PSA_SUCCESS) {
        status = acquire(&ref, caller, key, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    }
    if (status == PSA_SUCCESS) {
        needed = mac_length_of(&ref, alg);
        status = api_check_size(mac_size, needed);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_mac_compute(ref.key, alg, input, input_length, mac, needed, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, mac, mac_size, length, mac_length);
}

psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    return reason_close(api_mac_compute(CALLER_SELF, key, alg, input, input_length, mac, mac_size, mac_length));
}

psa_status_t api_mac_verify(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = check_kind(alg);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 3);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(mac, mac_length, 5);
    }
    if (status == PSA_SUCCESS) {
        status = acquire(&ref, caller, key, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    }
    if (status == PSA_SUCCESS && mac_length != mac_length_of(&ref, alg)) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_mac_verify(ref.key, alg, input, input_length, mac, mac_length);
        status = status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length)
{
    return reason_close(api_mac_verify(CALLER_SELF, key, alg, input, input_length, mac, mac_length));
}

/* ---- In parts ---- */

static void end(psa_mac_operation_t *operation, uint8_t state)
{
    dispatch_mac_abort(operation);
    operation->private_head.private_state = state;
    operation->private_head.private_key = PSA_KEY_ID_NULL;
}

static psa_status_t fail(psa_mac_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

static psa_status_t setup(const struct caller *caller, psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg, int verify)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = api_check_inactive(&operation->private_head);
    if (status == PSA_SUCCESS) {
        status = check_kind(alg);
    }
    if (status == PSA_SUCCESS) {
        status = acquire(&ref, caller, key, verify ? PSA_KEY_USAGE_VERIFY_MESSAGE : PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_mac_setup(operation, ref.key, alg, verify);
    }
    if (status == PSA_SUCCESS) {
        api_remember_key(&operation->private_head, caller, key, &ref);
        operation->private_head.private_state = COMPUTING;
        operation->private_head.private_direction = (uint8_t)verify;
        operation->private_mac_length = mac_length_of(&ref, alg);
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg, SIGN));
}

psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg, VERIFY));
}

static psa_status_t begin_step(struct key_ref *ref, const psa_mac_operation_t *operation, int direction)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_active(&operation->private_head, COMPUTING, COMPUTING, direction);
    }
    return status == PSA_SUCCESS ? api_acquire_again(ref, &operation->private_head) : status;
}

psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, -1);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = dispatch_mac_update(operation, ref.key, input, input_length);
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = begin_step(&ref, operation, SIGN);
    if (status == PSA_SUCCESS) {
        status = api_check_size(mac_size, (size_t)operation->private_mac_length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_mac_sign_finish(operation, ref.key, mac, (size_t)operation->private_mac_length, &length);
    }
    status = fail(operation, key_store_release(&ref, status));
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    return reason_close(api_commit(status, mac, mac_size, length, mac_length));
}

psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac, size_t mac_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, VERIFY);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(mac, mac_length, 2);
    }
    if (status == PSA_SUCCESS && mac_length != operation->private_mac_length) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_mac_verify_finish(operation, ref.key, mac, mac_length);
        status = status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
    }
    status = fail(operation, key_store_release(&ref, status));
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    return reason_close(status);
}

psa_status_t psa_mac_abort(psa_mac_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
