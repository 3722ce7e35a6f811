/* SPDX-License-Identifier: Apache-2.0 */
/* Password-authenticated key exchange. Suites and the order of the steps: pake_rules.c. */
#include "api/pake.h"

#include "api/keys.h"

enum { SETTING = API_ACTIVE, EXCHANGING };

/* private_inputs: what was set. */
#define SET_ROLE 1u
#define SET_USER 2u
#define SET_PEER 4u
#define SET_CONTEXT 8u

#define KEY_IS_PUBLIC 1u /* private_flags: the key is of a verifier */

static psa_algorithm_t alg_of(const psa_pake_operation_t *operation)
{
    return operation->private_suite.private_alg;
}

static psa_pake_primitive_t group_of(const psa_pake_operation_t *operation)
{
    return operation->private_suite.private_primitive;
}

static void end(psa_pake_operation_t *operation, uint8_t state)
{
    static const psa_pake_cipher_suite_t none = PSA_PAKE_CIPHER_SUITE_INIT;
    dispatch_pake_abort(operation);
    operation->private_head.private_state = state;
    operation->private_head.private_flags = 0;
    operation->private_head.private_key = PSA_KEY_ID_NULL;
    operation->private_suite = none;
    operation->private_role = PSA_PAKE_ROLE_NONE;
    operation->private_inputs = 0;
    operation->private_step = 0;
}

static psa_status_t fail(psa_pake_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

/* ---- Setup ---- */

/* SPAKE2+ keys and password tokens belong to a group, the one of the suite. */
static psa_status_t check_key_group(const psa_key_attributes_t *attributes, psa_pake_primitive_t group)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    psa_pake_primitive_type_t kind = PSA_PAKE_PRIMITIVE_TYPE_ECC;
    psa_pake_family_t family;
    if (PSA_KEY_TYPE_IS_SPAKE2P(type)) {
        family = PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type);
    } else if (PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)) {
        family = PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(type);
    } else if (PSA_KEY_TYPE_IS_WPA3_SAE_DH(type)) {
        kind = PSA_PAKE_PRIMITIVE_TYPE_DH;
        family = PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(type);
    } else {
        return PSA_SUCCESS; /* a password */
    }
    return group == PSA_PAKE_PRIMITIVE(kind, family, psa_get_key_bits(attributes))
        ? PSA_SUCCESS
        : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_BITS, type, psa_get_key_bits(attributes));
}

static psa_status_t check_suite_with_key(const psa_pake_cipher_suite_t *suite, const struct key_ref *ref)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    psa_status_t status = pake_check_suite(suite, psa_get_key_type(attributes) == PSA_KEY_TYPE_PASSWORD);
    return status == PSA_SUCCESS ? check_key_group(attributes, psa_pake_cs_get_primitive(suite)) : status;
}

static psa_status_t check_kind(psa_algorithm_t alg)
{
    if (!PSA_ALG_IS_PAKE(alg) || PSA_ALG_IS_WILDCARD(alg)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    return PSA_SUCCESS;
}

static psa_status_t setup(const struct caller *caller, psa_pake_operation_t *operation, psa_key_id_t password_key,
                          const psa_pake_cipher_suite_t *suite)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_inactive(&operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = check_kind(psa_pake_cs_get_algorithm(suite));
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, password_key, PSA_KEY_USAGE_DERIVE, psa_pake_cs_get_algorithm(suite));
    }
    if (status == PSA_SUCCESS) {
        status = check_suite_with_key(suite, &ref);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_setup(operation, ref.key, suite);
    }
    if (status == PSA_SUCCESS) {
        psa_key_type_t type = psa_get_key_type(ref.key->key.attributes);
        api_remember_key(&operation->private_head, caller, password_key, &ref);
        operation->private_head.private_state = SETTING;
        operation->private_head.private_flags = PSA_KEY_TYPE_IS_PUBLIC_KEY(type) ? KEY_IS_PUBLIC : 0;
        operation->private_suite = *suite;
        operation->private_role = PSA_PAKE_ROLE_NONE;
        operation->private_inputs = 0;
        operation->private_step = 0;
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key, const psa_pake_cipher_suite_t *cipher_suite)
{
    return reason_close(setup(CALLER_SELF, operation, password_key, cipher_suite));
}

/* ---- What is set before the exchange, each thing once ---- */

static psa_status_t begin_setting(const psa_pake_operation_t *operation, uint32_t what)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_active(&operation->private_head, SETTING, SETTING, -1);
    }
    if (status == PSA_SUCCESS && (operation->private_inputs & what) != 0) {
        status = reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ORDER, operation->private_head.private_state, 0);
    }
    return status;
}

static psa_status_t end_setting(psa_pake_operation_t *operation, uint32_t what, psa_status_t status)
{
    if (status == PSA_SUCCESS) {
        operation->private_inputs |= what;
    }
    return fail(operation, status);
}

/* A client proves that it knows the password, for which the key of a verifier is not enough. */
static int has_role(const psa_pake_operation_t *operation, psa_pake_role_t role)
{
    if (!PSA_ALG_IS_SPAKE2P(alg_of(operation))) {
        return role == PSA_PAKE_ROLE_NONE;
    }
    int is_public = (operation->private_head.private_flags & KEY_IS_PUBLIC) != 0;
    return role == PSA_PAKE_ROLE_SERVER || (role == PSA_PAKE_ROLE_CLIENT && !is_public);
}

psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role)
{
    psa_status_t status = begin_setting(operation, SET_ROLE);
    if (status == PSA_SUCCESS && !has_role(operation, role)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_PAKE_ROLE, role, 0);
    }
    if (status == PSA_SUCCESS && role != PSA_PAKE_ROLE_NONE) {
        status = dispatch_pake_set_role(operation, role);
    }
    if (status == PSA_SUCCESS) {
        operation->private_role = role;
    }
    return reason_close(end_setting(operation, SET_ROLE, status));
}

/* The conformance suite wants names of 18 bytes refused as unsupported, which the specification leaves open: its build sets a
 * limit, others have none. */
#define JPAKE_NAME_MAX (PSACRYPTO_JPAKE_ID_MAX != 0 ? (size_t)PSACRYPTO_JPAKE_ID_MAX : SIZE_MAX)
#define MAC_ADDRESS_LENGTH 6u

static psa_status_t check_name(const psa_pake_operation_t *operation, size_t length)
{
    psa_algorithm_t alg = alg_of(operation);
    if (PSA_ALG_IS_JPAKE(alg) && length == 0) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, 1, length);
    }
    if (PSA_ALG_IS_JPAKE(alg) && length > JPAKE_NAME_MAX) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_INPUT_TOO_LONG, JPAKE_NAME_MAX, length);
    }
    if (PSA_ALG_IS_WPA3_SAE(alg) && length != MAC_ADDRESS_LENGTH) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, MAC_ADDRESS_LENGTH, length);
    }
    return PSA_SUCCESS;
}

static psa_status_t begin_name(const psa_pake_operation_t *operation, uint32_t what, const uint8_t *name, size_t length)
{
    psa_status_t status = begin_setting(operation, what);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(name, length, 2);
    }
    return status == PSA_SUCCESS ? check_name(operation, length) : status;
}

psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len)
{
    psa_status_t status = begin_name(operation, SET_USER, user_id, user_id_len);
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_set_user(operation, user_id, user_id_len);
    }
    return reason_close(end_setting(operation, SET_USER, status));
}

psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len)
{
    psa_status_t status = begin_name(operation, SET_PEER, peer_id, peer_id_len);
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_set_peer(operation, peer_id, peer_id_len);
    }
    return reason_close(end_setting(operation, SET_PEER, status));
}

/* An empty context is one: SPAKE2+ tells it from none. */
psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context, size_t context_len)
{
    psa_status_t status = begin_setting(operation, SET_CONTEXT);
    if (status == PSA_SUCCESS && !PSA_ALG_IS_SPAKE2P(alg_of(operation))) {
        status = reason(PSA_ERROR_BAD_STATE, REASON_CONTEXT_STRING, alg_of(operation), context_len);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(context, context_len, 2);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_set_context(operation, context, context_len);
    }
    return reason_close(end_setting(operation, SET_CONTEXT, status));
}

/* ---- The exchange ---- */

/*
 * The operation is active and its algorithm has the step. The conformance suite wants a step of another algorithm, and a
 * null pointer, answered before the order is looked at, and goes on with the same operation: what would enter the error state by
 * the specification ("If this function returns an error status") leaves the operation as it is.
 */
static psa_status_t check_call(const psa_pake_operation_t *operation, enum pake_direction direction, psa_pake_step_t step,
                               const void *buffer, size_t length)
{
    if (!pake_has_step(alg_of(operation), direction, step)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_PAKE_STEP, step, 0);
    }
    return api_check_pointer(buffer, length, 3);
}

static psa_status_t check_active(const psa_pake_operation_t *operation)
{
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? api_check_active(&operation->private_head, SETTING, EXCHANGING, -1) : status;
}

/* What must be set: SPAKE2+ takes empty names, but knows no neutral role. */
static uint32_t needed(psa_algorithm_t alg)
{
    return PSA_ALG_IS_SPAKE2P(alg) ? SET_ROLE : SET_USER | SET_PEER;
}

static psa_status_t check_turn(const psa_pake_operation_t *operation, enum pake_direction direction, psa_pake_step_t step)
{
    psa_algorithm_t alg = alg_of(operation);
    if ((operation->private_inputs & needed(alg)) != needed(alg)) {
        return reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ORDER, operation->private_head.private_state, 0);
    }
    return pake_is_turn(operation->private_step, alg, (psa_pake_role_t)operation->private_role, direction, step)
        ? PSA_SUCCESS
        : reason(PSA_ERROR_BAD_STATE, REASON_PAKE_STEP, step, 0);
}

static psa_status_t end_step(psa_pake_operation_t *operation, enum pake_direction direction, psa_pake_step_t step, psa_status_t status)
{
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = EXCHANGING;
        operation->private_step = pake_behind(operation->private_step, alg_of(operation), direction, step);
    }
    return fail(operation, status);
}

static psa_status_t output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *data, size_t size, size_t *length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = check_turn(operation, PAKE_OUTPUT, step);
    if (status == PSA_SUCCESS) {
        status = api_check_size(size, PSA_PAKE_OUTPUT_SIZE(alg_of(operation), group_of(operation), step));
    }
    if (status == PSA_SUCCESS) {
        status = api_acquire_again(&ref, &operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_output(operation, ref.key, step, data, size, length);
    }
    return end_step(operation, PAKE_OUTPUT, step, key_store_release(&ref, status));
}

psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output_data,
                             size_t output_size, size_t *output_length)
{
    size_t length = 0;
    psa_status_t status = check_active(operation);
    if (status == PSA_SUCCESS) {
        status = check_call(operation, PAKE_OUTPUT, step, output_data, output_size);
    }
    if (status == PSA_SUCCESS) {
        status = output(operation, step, output_data, output_size, &length);
    }
    return reason_close(api_commit(status, output_data, output_size, length, output_length));
}

/* Elements, commitments and confirmations have one length; a scalar may lack zeroes in front; a salt is a list. */
static psa_status_t check_input_length(const psa_pake_operation_t *operation, psa_pake_step_t step, size_t length)
{
    size_t size = PSA_PAKE_INPUT_SIZE(alg_of(operation), group_of(operation), step);
    int is_shorter_too = step == PSA_PAKE_STEP_SALT || (step == PSA_PAKE_STEP_ZK_PROOF && length != 0);
    if (length > size || (length < size && !is_shorter_too)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, size, length);
    }
    return PSA_SUCCESS;
}

static psa_status_t input(psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *data, size_t length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = check_turn(operation, PAKE_INPUT, step);
    if (status == PSA_SUCCESS) {
        status = check_input_length(operation, step, length);
    }
    if (status == PSA_SUCCESS) {
        status = api_acquire_again(&ref, &operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_input(operation, ref.key, step, data, length);
        status = status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
    }
    return end_step(operation, PAKE_INPUT, step, key_store_release(&ref, status));
}

psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input_data, size_t input_length)
{
    psa_status_t status = check_active(operation);
    if (status == PSA_SUCCESS) {
        status = check_call(operation, PAKE_INPUT, step, input_data, input_length);
    }
    if (status == PSA_SUCCESS) {
        status = input(operation, step, input_data, input_length);
    }
    return reason_close(status);
}

/* ---- The shared key ---- */

/* The secret of J-PAKE is a group element: only what is derived from it is uniform. */
static psa_status_t check_output_type(psa_algorithm_t alg, psa_key_type_t type)
{
    int derivable = type == PSA_KEY_TYPE_DERIVE || type == PSA_KEY_TYPE_HMAC;
    int is_cipher = key_type_is_plain_bytes(type) && (type & (psa_key_type_t)0x7000) == (psa_key_type_t)0x2000;
    return derivable || (is_cipher && !PSA_ALG_IS_JPAKE(alg))
        ? PSA_SUCCESS
        : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
}

static size_t secret_size_of(const psa_pake_operation_t *operation)
{
    psa_algorithm_t alg = alg_of(operation);
    return PSA_ALG_IS_JPAKE(alg) ? PSA_PAKE_OUTPUT_SIZE(alg, group_of(operation), PSA_PAKE_STEP_KEY_SHARE) : PSA_HASH_MAX_SIZE;
}

/* The password must be there to the end, though the driver does not need it any more. */
static psa_status_t check_key(const psa_pake_operation_t *operation)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = api_acquire_again(&ref, &operation->private_head);
    return key_store_release(&ref, status);
}

static psa_status_t make_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    const struct caller caller = { operation->private_head.private_owner };
    size_t size = secret_size_of(operation);
    size_t length = 0;
    uint8_t *secret = platform_secret_allocate(size);
    if (secret == NULL) {
        return api_no_memory(size);
    }
    psa_status_t status = dispatch_pake_get_shared_key(operation, secret, size, &length);
    if (status == PSA_SUCCESS) {
        status = api_key_from_secret(&caller, attributes, secret, length, key);
    }
    platform_secret_free(secret, size);
    return status;
}

psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = check_active(operation);
    if (status == PSA_SUCCESS && !pake_is_complete(operation->private_step, alg_of(operation))) {
        status = reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ORDER, operation->private_head.private_state, 0);
    }
    if (status == PSA_SUCCESS) {
        status = check_output_type(alg_of(operation), psa_get_key_type(attributes));
    }
    if (status == PSA_SUCCESS) {
        status = check_key(operation);
    }
    if (status == PSA_SUCCESS) {
        status = make_key(operation, attributes, key);
    }
    status = fail(operation, status);
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    return reason_close(status);
}

psa_status_t psa_pake_abort(psa_pake_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
