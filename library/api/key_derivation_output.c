/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation: bytes, keys and verification. */
#include "api/key_derivation.h"

#include "api/pake.h"
#include "platform/platform.h"
#include "util/ct.h"

/* ---- The stream ---- */

static psa_status_t check_inputs(const psa_key_derivation_operation_t *operation)
{
    const struct derivation_algorithm *rules = derivation_find(derivation_kdf(operation));
    uint32_t missing = derivation_required(rules) & ~operation->private_inputs;
    for (unsigned row = 0; row < DERIVATION_STEPS_MAX; row++) {
        if ((missing & (1u << row)) != 0) {
            return reason(PSA_ERROR_BAD_STATE, REASON_DERIVATION_MISSING, rules->steps[row].step, 0);
        }
    }
    return PSA_SUCCESS;
}

/* SP 800-108 takes into account how much there will be in all, which is settled by the first output. */
static psa_status_t begin_output(psa_key_derivation_operation_t *operation)
{
    psa_algorithm_t kdf = derivation_kdf(operation);
    psa_status_t status = PSA_SUCCESS;
    if (operation->private_head.private_state == DERIVATION_GIVING) {
        return PSA_SUCCESS;
    }
    if (PSA_ALG_IS_SP800_108_COUNTER_HMAC(kdf) || kdf == PSA_ALG_SP800_108_COUNTER_CMAC) {
        status = dispatch_key_derivation_set_capacity(operation, (size_t)operation->private_capacity);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = DERIVATION_GIVING;
    }
    return status;
}

static psa_status_t exhausted(psa_key_derivation_operation_t *operation, size_t length)
{
    psa_status_t status = reason(PSA_ERROR_INSUFFICIENT_DATA, REASON_DERIVATION_CAPACITY, operation->private_capacity, length);
    operation->private_capacity = 0;
    return status;
}

/* PSA_ERROR_INSUFFICIENT_DATA, and no capacity any more, if there is not as much. */
static psa_status_t check_capacity(psa_key_derivation_operation_t *operation, size_t length)
{
    return length <= operation->private_capacity ? PSA_SUCCESS : exhausted(operation, length);
}

/* The 32 bytes of this one are a secret that is read in a single call. */
static int is_in_pieces(const psa_key_derivation_operation_t *operation, size_t length)
{
    return derivation_kdf(operation) == PSA_ALG_TLS12_ECJPAKE_TO_PMS && length < operation->private_capacity;
}

static psa_status_t read_stream(psa_key_derivation_operation_t *operation, uint8_t *output, size_t output_length)
{
    psa_status_t status = check_capacity(operation, output_length);
    if (status != PSA_SUCCESS || output_length == 0) {
        return status;
    }
    if (is_in_pieces(operation, output_length)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_DERIVATION_CAPACITY, operation->private_capacity, output_length);
    }
    status = begin_output(operation);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_output_bytes(operation, output, output_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_capacity -= output_length;
        return status;
    }
    zeroise(output, output_length);
    return status == PSA_ERROR_INSUFFICIENT_DATA ? exhausted(operation, output_length) : status;
}

/* A password token is all that this one gives. */
static psa_status_t check_is_stream(const psa_key_derivation_operation_t *operation)
{
    psa_algorithm_t kdf = derivation_kdf(operation);
    return PSA_ALG_IS_WPA3_SAE_H2E(kdf) ? reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, kdf, 0) : PSA_SUCCESS;
}

/* ---- Bytes ---- */

/* The operation is active, with all inputs that it needs. */
static psa_status_t begin(const psa_key_derivation_operation_t *operation)
{
    psa_status_t status = derivation_begin(operation);
    return status == PSA_SUCCESS ? check_inputs(operation) : status;
}

/* A key that may only verify went in: nothing comes out. */
static psa_status_t check_permitted(const psa_key_derivation_operation_t *operation)
{
    return (operation->private_usage & PSA_KEY_USAGE_DERIVE) != 0
        ? PSA_SUCCESS
        : reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_USAGE, PSA_KEY_USAGE_DERIVE, operation->private_usage);
}

psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output, size_t output_length)
{
    psa_status_t status = begin(operation);
    if (status == PSA_SUCCESS) {
        status = check_permitted(operation);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(output, output_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = check_is_stream(operation);
    }
    if (status == PSA_SUCCESS) {
        status = read_stream(operation, output, output_length);
    }
    return reason_close(derivation_fail(operation, status));
}

/* ---- Verification ---- */

#define CHUNK 256u

/* Reads all of it before it says whether it was the same. */
static psa_status_t compare(psa_key_derivation_operation_t *operation, const uint8_t *expected, size_t length)
{
    uint8_t output[CHUNK];
    uint32_t same = ~(uint32_t)0;
    psa_status_t status = check_capacity(operation, length);
    while (length != 0 && status == PSA_SUCCESS) {
        size_t part = length < CHUNK ? length : CHUNK;
        status = read_stream(operation, output, part);
        same &= ct_mask_equal(output, expected, part);
        expected += part;
        length -= part;
    }
    ZEROISE(output);
    CT_PUBLIC(&same, sizeof(same)); /* the answer is what the caller is told */
    if (status == PSA_SUCCESS && same == 0) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    return status;
}

psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation, const uint8_t *expected_output,
                                             size_t output_length)
{
    psa_status_t status = begin(operation);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(expected_output, output_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = check_is_stream(operation);
    }
    if (status == PSA_SUCCESS) {
        status = compare(operation, expected_output, output_length);
    }
    return reason_close(derivation_fail(operation, status));
}

/* The policy comes first, then the type, then whether the derivation is so far. */
static psa_status_t check_expected(const psa_key_derivation_operation_t *operation, const struct key_ref *ref)
{
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    psa_status_t status = derivation_permits(operation, ref, PSA_KEY_USAGE_VERIFY_DERIVATION);
    if (status == PSA_SUCCESS && type != PSA_KEY_TYPE_PASSWORD_HASH) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
    }
    if (status == PSA_SUCCESS) {
        status = check_inputs(operation);
    }
    return status == PSA_SUCCESS ? check_is_stream(operation) : status;
}

/* The driver of the key compares, and the library never sees what was expected. */
static psa_status_t compare_there(psa_key_derivation_operation_t *operation, const struct key_ref *ref, size_t size)
{
    uint8_t *output = platform_secret_allocate(size);
    if (output == NULL) {
        return api_no_memory(size);
    }
    psa_status_t status = read_stream(operation, output, size);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_verify_key(ref->key, operation->private_head.private_alg, output, size);
    }
    platform_secret_free(output, size);
    return status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
}

/* Any other hash is compared here; that of an element only if it gives it out. */
static psa_status_t compare_exported(psa_key_derivation_operation_t *operation, const struct key_ref *ref, size_t size)
{
    size_t length = 0;
    uint8_t *expected = platform_secret_allocate(size);
    if (expected == NULL) {
        return api_no_memory(size);
    }
    psa_status_t status = dispatch_key_export(ref->key, expected, size, &length);
    if (status == PSA_SUCCESS) {
        status = compare(operation, expected, length);
    }
    platform_secret_free(expected, size);
    return status;
}

static psa_status_t compare_key(psa_key_derivation_operation_t *operation, const struct key_ref *ref)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    size_t size = PSA_EXPORT_KEY_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes));
    return (dispatch_key_derivation_can_verify(ref->key) ? compare_there : compare_exported)(operation, ref, size);
}

psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation, psa_key_id_t expected)
{
    struct key_ref ref = KEY_REF_NONE;
    const struct caller caller = { operation->private_head.private_owner };
    psa_status_t status = derivation_begin(operation);
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, &caller, expected, 0, PSA_ALG_NONE);
    }
    if (status == PSA_SUCCESS) {
        status = check_expected(operation, &ref);
    }
    if (status == PSA_SUCCESS) {
        status = compare_key(operation, &ref);
    }
    return reason_close(derivation_fail(operation, key_store_release(&ref, status)));
}

/* ---- Keys ---- */

static int is_token(psa_key_type_t type)
{
    return PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type) || PSA_KEY_TYPE_IS_WPA3_SAE_DH(type);
}

static psa_pake_primitive_t group_of_token(const psa_key_attributes_t *attributes)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    size_t bits = psa_get_key_bits(attributes);
    return PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)
        ? PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(type), bits)
        : PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(type), bits);
}

/* Password tokens and WPA3_SAE_H2E are for each other alone, and the size of the group says which hash it takes. */
static psa_status_t check_token(const psa_key_derivation_operation_t *operation, const psa_key_attributes_t *attributes)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    psa_algorithm_t kdf = derivation_kdf(operation);
    if (is_token(type) != PSA_ALG_IS_WPA3_SAE_H2E(kdf)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_ALGORITHM, type, kdf);
    }
    if (is_token(type) && pake_sae_hash(group_of_token(attributes)) != PSA_ALG_GET_HASH(kdf)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_BITS, type, psa_get_key_bits(attributes));
    }
    return PSA_SUCCESS;
}

static psa_status_t check_attributes(const psa_key_derivation_operation_t *operation, const psa_key_attributes_t *attributes)
{
    psa_algorithm_t alg = operation->private_head.private_alg;
    psa_algorithm_t policy = psa_get_key_algorithm(attributes);
    /* A password hash is for comparing with what made it. */
    if (psa_get_key_type(attributes) == PSA_KEY_TYPE_PASSWORD_HASH && policy != alg && policy != PSA_ALG_NONE) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ALGORITHM, policy, alg);
    }
    return check_token(operation, attributes);
}

/* No key type that is derived has production parameters. */
static psa_status_t check_custom(const psa_key_attributes_t *attributes, const psa_custom_key_parameters_t *custom,
                                 const uint8_t *custom_data, size_t custom_data_length)
{
    if (custom->flags != 0 || (custom_data_length != 0 && !PSA_KEY_TYPE_IS_RSA(psa_get_key_type(attributes)))) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_CUSTOM_PARAMETERS, custom->flags, custom_data_length);
    }
    if (custom_data_length != 0) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_CUSTOM_PARAMETERS, custom->flags, custom_data_length);
    }
    return api_check_pointer(custom_data, custom_data_length, 4);
}

/* Nothing that the application knows becomes the root of keys: the secret was a key, and all keys may derive. */
static psa_status_t check_may_make_keys(const psa_key_derivation_operation_t *operation)
{
    psa_status_t status = check_permitted(operation);
    if (status == PSA_SUCCESS && (operation->private_head.private_flags & DERIVATION_SECRET_IS_KEY) == 0) {
        status = reason(PSA_ERROR_NOT_PERMITTED, REASON_DERIVATION_KEY_TYPE, PSA_KEY_DERIVATION_INPUT_SECRET, PSA_KEY_TYPE_NONE);
    }
    return status;
}

/* m / 8 bytes of output are the key, wherever it is to lie. */
static psa_status_t make_plain(psa_key_derivation_operation_t *operation, struct key_creation *creation)
{
    size_t bits = psa_get_key_bits(&creation->attributes);
    size_t length = bits / 8u;
    uint8_t *data = platform_secret_allocate(length);
    if (data == NULL) {
        return api_no_memory(length);
    }
    psa_status_t status = read_stream(operation, data, length);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_import(&creation->attributes, creation->owner, data, length,
                                     creation->blob, creation->blob_size, &creation->blob_length, &bits);
    }
    platform_secret_free(data, length);
    return status;
}

/* psacrypto_draw_t: for a driver that makes a key by a rule of its own. */
static psa_status_t draw(void *source, uint8_t *output, size_t output_length)
{
    return read_stream(source, output, output_length);
}

/* Only the output says which group the token is of, so that the driver is told last. One token is all there is. */
static psa_status_t make_token(psa_key_derivation_operation_t *operation, struct key_creation *creation)
{
    psa_status_t status = check_capacity(operation, 1);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_input_integer(operation, PSACRYPTO_KEY_DERIVATION_INPUT_GROUP,
                                                       group_of_token(&creation->attributes));
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derive(&creation->attributes, creation->owner, draw, operation,
                                     creation->blob, creation->blob_size, &creation->blob_length);
    }
    operation->private_capacity = 0;
    return status;
}

static psa_status_t make(psa_key_derivation_operation_t *operation, struct key_creation *creation)
{
    psa_key_type_t type = psa_get_key_type(&creation->attributes);
    if (key_type_is_plain_bytes(type)) {
        return make_plain(operation, creation);
    }
    if (is_token(type)) {
        return make_token(operation, creation);
    }
    return dispatch_key_derive(&creation->attributes, creation->owner, draw, operation,
                               creation->blob, creation->blob_size, &creation->blob_length);
}

static psa_status_t output_key(const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation,
                               const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                               psa_key_id_t *key)
{
    struct key_creation creation;
    const struct caller caller = { operation->private_head.private_owner };
    /* Tokens cannot be generated, only derived: to the key store they are keys that are complete. */
    enum key_creation_kind kind = is_token(psa_get_key_type(attributes)) ? KEY_CREATION_COPY : KEY_CREATION_GENERATE;
    key_creation_none(&creation);
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = begin(operation);
    if (status == PSA_SUCCESS) {
        status = check_may_make_keys(operation);
    }
    if (status == PSA_SUCCESS) {
        status = check_attributes(operation, attributes);
    }
    if (status == PSA_SUCCESS) {
        status = key_creation_start(&creation, &caller, attributes, kind, 0);
    }
    if (status == PSA_SUCCESS) {
        status = check_custom(attributes, custom, custom_data, custom_data_length);
    }
    if (status == PSA_SUCCESS) {
        status = make(operation, &creation);
    }
    return derivation_fail(operation, key_creation_finish(&creation, status, key));
}

psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation,
                                           psa_key_id_t *key)
{
    static const psa_custom_key_parameters_t none = PSA_CUSTOM_KEY_PARAMETERS_INIT;
    return reason_close(output_key(attributes, operation, &none, NULL, 0, key));
}

psa_status_t psa_key_derivation_output_key_custom(const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation,
                                                  const psa_custom_key_parameters_t *custom, const uint8_t *custom_data,
                                                  size_t custom_data_length, psa_key_id_t *key)
{
    return reason_close(output_key(attributes, operation, custom, custom_data, custom_data_length, key));
}
