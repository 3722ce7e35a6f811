/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation: setup, capacity and inputs. Which steps there are and their order is metadata/derivation.c. */
#include "api/key_derivation.h"

#include "api/operations.h"
#include "platform/platform.h"

static psa_algorithm_t kdf_of(psa_algorithm_t alg)
{
    return PSA_ALG_IS_KEY_AGREEMENT(alg) ? PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) : alg;
}

psa_algorithm_t derivation_kdf(const psa_key_derivation_operation_t *operation)
{
    return kdf_of(operation->private_head.private_alg);
}

static void end(psa_key_derivation_operation_t *operation, uint8_t state)
{
    dispatch_key_derivation_abort(operation);
    derivation_record_free(operation);
    operation->private_head.private_state = state;
    operation->private_head.private_flags = 0;
    operation->private_head.private_alg = PSA_ALG_NONE;
    operation->private_capacity = 0;
    operation->private_inputs = 0;
    operation->private_usage = 0;
}

psa_status_t derivation_fail(psa_key_derivation_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && status != PSA_ERROR_INSUFFICIENT_DATA && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

psa_status_t derivation_begin(const psa_key_derivation_operation_t *operation)
{
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? api_check_active(&operation->private_head, DERIVATION_TAKING, DERIVATION_GIVING, -1) : status;
}

/* ---- Setup and capacity ---- */

/* What is no key derivation is an invalid argument; a derivation over something that is no hash is one we do not have. */
static psa_status_t check_alg(psa_algorithm_t alg)
{
    int is_agreement_alone = PSA_ALG_IS_KEY_AGREEMENT(alg) && PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg);
    if (is_agreement_alone || !PSA_ALG_IS_KEY_DERIVATION(kdf_of(alg)) || PSA_ALG_IS_WILDCARD(alg)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    return algorithm_is_specific(alg) ? PSA_SUCCESS : reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
}

/* Begins in local storage, where most derivations stay: what the software does not have is said now. */
static psa_status_t setup(const struct caller *caller, psa_key_derivation_operation_t *operation, psa_algorithm_t alg)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_inactive(&operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = check_alg(alg);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_setup(operation, alg, PSA_KEY_LOCATION_LOCAL_STORAGE);
    }
    if (status == PSA_SUCCESS) {
        uint64_t capacity = derivation_capacity(kdf_of(alg));
        operation->private_head.private_state = DERIVATION_TAKING;
        operation->private_head.private_flags = 0;
        operation->private_head.private_alg = alg;
        operation->private_head.private_owner = caller->owner;
        operation->private_capacity = capacity < SIZE_MAX ? capacity : SIZE_MAX;
        operation->private_record = 0;
        operation->private_inputs = 0;
        operation->private_usage = PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_VERIFY_DERIVATION;
    }
    return status;
}

psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, alg));
}

psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation, size_t *capacity)
{
    psa_status_t status = derivation_begin(operation);
    if (status == PSA_SUCCESS) {
        *capacity = (size_t)operation->private_capacity;
    }
    return reason_close(status);
}

static int depends_on_capacity(psa_algorithm_t kdf)
{
    return PSA_ALG_IS_SP800_108_COUNTER_HMAC(kdf) || kdf == PSA_ALG_SP800_108_COUNTER_CMAC;
}

psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity)
{
    psa_status_t status = derivation_begin(operation);
    if (status == PSA_SUCCESS && capacity > operation->private_capacity) {
        /* Alone among the failures, this one leaves the operation as it is. */
        return reason_close(reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_CAPACITY, operation->private_capacity, capacity));
    }
    if (status == PSA_SUCCESS && operation->private_head.private_state == DERIVATION_GIVING &&
        depends_on_capacity(derivation_kdf(operation))) {
        status = reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ORDER, operation->private_head.private_state, 0);
    }
    if (status == PSA_SUCCESS) {
        operation->private_capacity = capacity;
    }
    return reason_close(derivation_fail(operation, status));
}

/* ---- Steps ---- */

/* A step of the operation's algorithm, whose turn it is. */
struct input {
    const struct derivation_algorithm *rules;
    const struct derivation_step *step;
    unsigned row;
};

static psa_status_t find_step(struct input *input, const psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step)
{
    input->rules = derivation_find(derivation_kdf(operation));
    int row = input->rules == NULL ? -1 : derivation_step_index(input->rules, step);
    if (row < 0) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_STEP, step, operation->private_head.private_alg);
    }
    input->row = (unsigned)row;
    input->step = &input->rules->steps[row];
    return PSA_SUCCESS;
}

static psa_status_t missing_before(const struct input *input, uint32_t missing)
{
    unsigned row = 0;
    while ((missing & (1u << row)) == 0) {
        row++;
    }
    return reason(PSA_ERROR_BAD_STATE, REASON_DERIVATION_MISSING, input->rules->steps[row].step, 0);
}

static psa_status_t check_turn(const psa_key_derivation_operation_t *operation, const struct input *input)
{
    uint32_t given = operation->private_inputs;
    int again = (given & (1u << input->row)) != 0 && input->step->rule != DERIVATION_REPEATABLE;
    if (operation->private_head.private_state != DERIVATION_TAKING || again || (given & input->step->before) != 0) {
        return reason(PSA_ERROR_BAD_STATE, REASON_DERIVATION_STEP, input->step->step, operation->private_head.private_alg);
    }
    uint32_t missing = input->step->after & ~given;
    return missing == 0 ? PSA_SUCCESS : missing_before(input, missing);
}

/* An uncompressed point of P-256. */
#define ECJPAKE_SECRET_LENGTH 65u

/* What an algorithm demands of the value of a step. */
static psa_status_t check_data(psa_algorithm_t kdf, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    int is_secret = step == PSA_KEY_DERIVATION_INPUT_SECRET;
    if (kdf == PSA_ALG_TLS12_ECJPAKE_TO_PMS && is_secret && data_length != ECJPAKE_SECRET_LENGTH) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, ECJPAKE_SECRET_LENGTH, data_length);
    }
    if (PSA_ALG_IS_TLS12_PSK_TO_MS(kdf) && is_secret && data_length > PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_TOO_LONG, PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE, data_length);
    }
    /* A null byte ends the label (SP 800-108, 4): within it, it would make two labels and contexts alike. */
    if (depends_on_capacity(kdf) && step == PSA_KEY_DERIVATION_INPUT_LABEL && data_length != 0 && memchr(data, 0, data_length) != NULL) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_STEP, step, kdf);
    }
    return PSA_SUCCESS;
}

static int is_main_secret(psa_key_derivation_step_t step)
{
    return step == PSA_KEY_DERIVATION_INPUT_SECRET || step == PSA_KEY_DERIVATION_INPUT_PASSWORD;
}

/* Once its secret is here, a derivation has no reason to move. */
static void stay(psa_key_derivation_operation_t *operation)
{
    operation->private_head.private_flags |= DERIVATION_STAYS;
    derivation_record_free(operation);
}

static psa_status_t give_bytes(psa_key_derivation_operation_t *operation, const struct input *input,
                               const uint8_t *data, size_t data_length)
{
    psa_status_t status = check_data(derivation_kdf(operation), input->step->step, data, data_length);
    if (status == PSA_SUCCESS && is_main_secret(input->step->step)) {
        stay(operation);
    }
    if (status == PSA_SUCCESS) {
        status = derivation_record_bytes(operation, input->step->step, data, data_length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_input_bytes(operation, input->step->step, data, data_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_inputs |= 1u << input->row;
    }
    return status;
}

/* ---- Inputs that are no keys ---- */

psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                            const uint8_t *data, size_t data_length)
{
    struct input input;
    psa_status_t status = derivation_begin(operation);
    if (status == PSA_SUCCESS) {
        status = find_step(&input, operation, step);
    }
    if (status == PSA_SUCCESS && !input.step->bytes) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_STEP, step, operation->private_head.private_alg);
    }
    if (status == PSA_SUCCESS) {
        status = check_turn(operation, &input);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(data, data_length, 3);
    }
    if (status == PSA_SUCCESS) {
        status = give_bytes(operation, &input, data, data_length);
    }
    return reason_close(derivation_fail(operation, status));
}

static psa_status_t give_integer(psa_key_derivation_operation_t *operation, const struct input *input, uint64_t value)
{
    psa_status_t status = derivation_record_integer(operation, input->step->step, value);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_input_integer(operation, input->step->step, value);
        status = status == PSA_ERROR_NOT_SUPPORTED ? reason(status, REASON_DERIVATION_COST, value, 0) : status;
    }
    if (status == PSA_SUCCESS) {
        operation->private_inputs |= 1u << input->row;
    }
    return status;
}

psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, uint64_t value)
{
    struct input input;
    psa_status_t status = derivation_begin(operation);
    if (status == PSA_SUCCESS) {
        status = find_step(&input, operation, step);
    }
    if (status == PSA_SUCCESS && !input.step->integer) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_STEP, step, operation->private_head.private_alg);
    }
    if (status == PSA_SUCCESS && value == 0) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_COST, value, 0);
    }
    if (status == PSA_SUCCESS) {
        status = check_turn(operation, &input);
    }
    if (status == PSA_SUCCESS) {
        status = give_integer(operation, &input, value);
    }
    return reason_close(derivation_fail(operation, status));
}

/* ---- Keys ---- */

/*
 * The policy alone: which types a step takes is the step's own affair. A key that permits a key agreement with its derivation
 * may be an input of that derivation, whatever its type.
 */
psa_status_t derivation_permits(const psa_key_derivation_operation_t *operation, const struct key_ref *ref, psa_key_usage_t usage)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    psa_algorithm_t alg = operation->private_head.private_alg;
    psa_status_t status = key_store_permits(ref, usage, PSA_ALG_NONE);
    if (status == PSA_SUCCESS && !policy_permits(attributes->private_alg, alg, usage) &&
        !policy_permits(attributes->private_alg2, alg, usage)) {
        status = reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_ALGORITHM, attributes->private_alg, alg);
    }
    return status;
}

/*
 * Of several errors, that there is no such key is told first: the conformance suite asks again, with another invalid
 * identifier, after the failure that put the operation into its error state.
 */
static psa_status_t acquire(struct key_ref *ref, const psa_key_derivation_operation_t *operation, psa_key_id_t key)
{
    const struct caller caller = { operation->private_head.private_owner };
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(ref, &caller, key, 0, PSA_ALG_NONE);
    }
    return status == PSA_SUCCESS ? derivation_begin(operation) : status;
}

/* An input key must permit to derive or, at least, to verify; what all keys permit decides about the outputs. */
static psa_status_t check_usage(psa_key_usage_t *usage, const psa_key_derivation_operation_t *operation, const struct key_ref *ref)
{
    *usage = psa_get_key_usage_flags(ref->key->key.attributes) & (PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_VERIFY_DERIVATION);
    return derivation_permits(operation, ref, *usage != 0 ? *usage : PSA_KEY_USAGE_DERIVE);
}

/* The derivation goes on where the key lies, with what was given so far. */
static psa_status_t move(psa_key_derivation_operation_t *operation, psa_key_location_t location)
{
    if ((operation->private_head.private_flags & DERIVATION_STAYS) != 0) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_LOCATION, location, 0);
    }
    dispatch_key_derivation_abort(operation);
    psa_status_t status = dispatch_key_derivation_setup(operation, operation->private_head.private_alg, location);
    if (status == PSA_SUCCESS) {
        operation->private_head.private_flags |= DERIVATION_ELSEWHERE;
        status = derivation_record_replay(operation);
    }
    derivation_record_free(operation);
    return status;
}

static psa_status_t give_key(psa_key_derivation_operation_t *operation, const struct input *input, const struct key_ref *ref)
{
    const struct psacrypto_key *key = &ref->key->key;
    psa_key_location_t location = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(key->attributes));
    psa_status_t status = PSA_SUCCESS;
    if (location == PSA_KEY_LOCATION_LOCAL_STORAGE) {
        status = check_data(derivation_kdf(operation), input->step->step, key->blob, key->length);
    } else if ((operation->private_head.private_flags & DERIVATION_ELSEWHERE) == 0) {
        status = move(operation, location);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_input_key(operation, input->step->step, ref->key);
    }
    if (status == PSA_SUCCESS) {
        stay(operation);
    }
    return status;
}

static psa_status_t input_key(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, const struct key_ref *ref,
                              psa_key_usage_t usage)
{
    struct input input;
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    psa_status_t status = find_step(&input, operation, step);
    if (status == PSA_SUCCESS && !derivation_step_takes(input.rules, (int)input.row, type)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_KEY_TYPE, step, type);
    }
    if (status == PSA_SUCCESS) {
        status = check_turn(operation, &input);
    }
    if (status == PSA_SUCCESS) {
        status = give_key(operation, &input, ref);
    }
    if (status == PSA_SUCCESS) {
        operation->private_inputs |= 1u << input.row;
        operation->private_usage &= usage;
        operation->private_head.private_flags |= is_main_secret(step) ? DERIVATION_SECRET_IS_KEY : 0;
    }
    return status;
}

psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, psa_key_id_t key)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_key_usage_t usage = 0;
    psa_status_t status = acquire(&ref, operation, key);
    if (status == PSA_SUCCESS) {
        status = check_usage(&usage, operation, &ref);
    }
    if (status == PSA_SUCCESS) {
        status = input_key(operation, step, &ref, usage);
    }
    return reason_close(derivation_fail(operation, key_store_release(&ref, status)));
}

/* ---- Secrets that are agreed ---- */

/* A step takes an agreed secret where it takes a secret as a key. */
static psa_status_t check_agreement(struct input *input, const psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step)
{
    psa_status_t status = find_step(input, operation, step);
    if (status == PSA_SUCCESS && !derivation_step_takes(input->rules, (int)input->row, PSA_KEY_TYPE_DERIVE)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_STEP, step, operation->private_head.private_alg);
    }
    return status == PSA_SUCCESS ? check_turn(operation, input) : status;
}

static psa_status_t agree(psa_key_derivation_operation_t *operation, const struct input *input, const struct key_ref *ref,
                          const uint8_t *peer_key, size_t peer_key_length)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    size_t size = PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes));
    size_t length = 0;
    uint8_t *secret = platform_secret_allocate(size);
    if (secret == NULL) {
        return api_no_memory(size);
    }
    psa_status_t status = api_agree_held(ref, operation->private_head.private_alg, peer_key, peer_key_length, secret, size, &length);
    if (status == PSA_SUCCESS) {
        status = give_bytes(operation, input, secret, length);
    }
    platform_secret_free(secret, size);
    if (status == PSA_SUCCESS) {
        operation->private_head.private_flags |= is_main_secret(input->step->step) ? DERIVATION_SECRET_IS_KEY : 0;
    }
    return status;
}

psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                              psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length)
{
    struct key_ref ref = KEY_REF_NONE;
    struct input input;
    psa_algorithm_t alg = operation->private_head.private_alg;
    psa_status_t status = acquire(&ref, operation, private_key);
    if (status == PSA_SUCCESS && !PSA_ALG_IS_KEY_AGREEMENT(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_permits(&ref, PSA_KEY_USAGE_DERIVE, alg);
    }
    if (status == PSA_SUCCESS) {
        status = check_agreement(&input, operation, step);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(peer_key, peer_key_length, 4);
    }
    if (status == PSA_SUCCESS) {
        status = agree(operation, &input, &ref, peer_key, peer_key_length);
    }
    return reason_close(derivation_fail(operation, key_store_release(&ref, status)));
}

psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
