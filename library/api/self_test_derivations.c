/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of key derivations. */
#include "api/self_test.h"

#include "dispatch/dispatch.h"

#define BYTES_LENGTH 16u          /* salt, seed, info, label, context */
#define SECRET_LENGTH 32u
#define CMAC_KEY_LENGTH 16u
#define POINT_LENGTH 65u          /* 04, then x and y, which count up like the secret */
#define COST 2u
#define MASTER_SECRET_LENGTH 48u
#define FIXED_LENGTH 32u

/* What goes in, in this order; the last has step 0. */
struct input {
    psa_key_derivation_step_t step;
    const uint8_t *data;             /* NULL: length is an integer */
    size_t length;
    psa_key_type_t type;             /* NONE: bytes, not a key */
};

static psa_status_t put_key(psa_key_derivation_operation_t *operation, const struct input *input)
{
    struct self_test_key key;
    self_test_key_open_bytes(&key, input->type, 8u * input->length, input->data, input->length);
    psa_status_t status = dispatch_key_derivation_input_key(operation, input->step, &key.key);
    self_test_key_close(&key);
    return status;
}

static psa_status_t put(psa_key_derivation_operation_t *operation, const struct input *input)
{
    if (input->type != PSA_KEY_TYPE_NONE) {
        return put_key(operation, input);
    }
    return input->data == NULL ? dispatch_key_derivation_input_integer(operation, input->step, input->length)
                               : dispatch_key_derivation_input_bytes(operation, input->step, input->data, input->length);
}

static psa_status_t derive(psa_algorithm_t alg, uint8_t *output, size_t output_length, const struct input *inputs)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_status_t status = dispatch_key_derivation_setup(&operation, alg, PSA_KEY_LOCATION_LOCAL_STORAGE);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_set_capacity(&operation, output_length);
    }
    for (; status == PSA_SUCCESS && inputs->step != 0; inputs++) {
        status = put(&operation, inputs);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_output_bytes(&operation, output, output_length);
    }
    dispatch_key_derivation_abort(&operation);
    return status;
}

static psa_status_t test_one(psa_algorithm_t alg, size_t length, uint32_t answer, const struct input *inputs)
{
    uint8_t output[SELF_TEST_OUTPUT_MAX];
    if (answer == 0 || !self_test_has(alg, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(alg, output, length, inputs);
    return self_test_verdict(alg, status, self_test_is_answer(output, length, length, answer));
}

struct material {
    uint8_t secret[SECRET_LENGTH];
    uint8_t salt[BYTES_LENGTH];
    uint8_t info[BYTES_LENGTH];
    uint8_t point[POINT_LENGTH];
};

#define BYTES(step, data, length) { PSA_KEY_DERIVATION_INPUT_##step, data, length, PSA_KEY_TYPE_NONE }
#define END { 0, NULL, 0, PSA_KEY_TYPE_NONE }

/* Both steps of HKDF give what HKDF gives. A wrong answer is put down to the second. */
static psa_status_t test_hkdf_steps(const struct self_test_hash *row, const struct material *material)
{
    uint8_t extracted[SELF_TEST_OUTPUT_MAX];
    psa_algorithm_t extract = PSA_ALG_HKDF_EXTRACT(row->hash);
    size_t hash_length = PSA_HASH_LENGTH(row->hash);
    const struct input first[] = { BYTES(SALT, material->salt, BYTES_LENGTH), BYTES(SECRET, material->secret, SECRET_LENGTH), END };
    const struct input second[] = {
        BYTES(SECRET, extracted, hash_length), BYTES(INFO, material->info, BYTES_LENGTH), END,
    };
    if (row->hkdf == 0 || !self_test_has(extract, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(extract, extracted, hash_length, first);
    if (status != PSA_SUCCESS) {
        return self_test_verdict(extract, status, 0);
    }
    return test_one(PSA_ALG_HKDF_EXPAND(row->hash), hash_length + 16u, row->hkdf, second);
}

static psa_status_t test_hkdf(const struct self_test_hash *row, const struct material *material)
{
    const struct input inputs[] = {
        BYTES(SALT, material->salt, BYTES_LENGTH), BYTES(SECRET, material->secret, SECRET_LENGTH),
        BYTES(INFO, material->info, BYTES_LENGTH), END,
    };
    psa_status_t status = test_one(PSA_ALG_HKDF(row->hash), PSA_HASH_LENGTH(row->hash) + 16u, row->hkdf, inputs);
    return status == PSA_SUCCESS ? test_hkdf_steps(row, material) : status;
}

static psa_status_t test_pbkdf2(const struct self_test_hash *row, const struct material *material)
{
    const struct input inputs[] = {
        BYTES(COST, NULL, COST), BYTES(SALT, material->salt, BYTES_LENGTH),
        BYTES(PASSWORD, material->secret, SECRET_LENGTH), END,
    };
    return test_one(PSA_ALG_PBKDF2_HMAC(row->hash), PSA_HASH_LENGTH(row->hash) + 16u, row->pbkdf2, inputs);
}

static psa_status_t test_tls12(const struct self_test_hash *row, const struct material *material)
{
    const struct input inputs[] = {
        BYTES(SEED, material->salt, BYTES_LENGTH), BYTES(SECRET, material->secret, SECRET_LENGTH),
        BYTES(LABEL, material->info, BYTES_LENGTH), END,
    };
    psa_status_t status = test_one(PSA_ALG_TLS12_PRF(row->hash), PSA_HASH_LENGTH(row->hash) + 16u, row->tls12_prf, inputs);
    return status == PSA_SUCCESS ? test_one(PSA_ALG_TLS12_PSK_TO_MS(row->hash), MASTER_SECRET_LENGTH, row->tls12_psk, inputs) : status;
}

static psa_status_t test_sp800_108(const struct self_test_hash *row, const struct material *material)
{
    const struct input inputs[] = {
        BYTES(SECRET, material->secret, SECRET_LENGTH), BYTES(LABEL, material->info, BYTES_LENGTH),
        BYTES(CONTEXT, material->salt, BYTES_LENGTH), END,
    };
    return test_one(PSA_ALG_SP800_108_COUNTER_HMAC(row->hash), PSA_HASH_LENGTH(row->hash) + 16u, row->sp800_108, inputs);
}

static psa_status_t test_row(const struct self_test_hash *row, const struct material *material)
{
    psa_status_t status = test_hkdf(row, material);
    if (status == PSA_SUCCESS) {
        status = test_pbkdf2(row, material);
    }
    if (status == PSA_SUCCESS) {
        status = test_tls12(row, material);
    }
    return status == PSA_SUCCESS ? test_sp800_108(row, material) : status;
}

/* The pwd-values of a group, the one that most builds have; a build without it is not asked. */
static psa_status_t test_sae(const struct self_test_derivation *row, const struct material *material)
{
    const struct input inputs[] = {
        BYTES(SALT, material->salt, BYTES_LENGTH), BYTES(PASSWORD, material->secret, SECRET_LENGTH),
        BYTES(INFO, material->info, BYTES_LENGTH),
        { PSACRYPTO_KEY_DERIVATION_INPUT_GROUP, NULL, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256),
          PSA_KEY_TYPE_NONE },
        END,
    };
    return self_test_has(PSA_ALG_ECDH, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256)
        ? test_one(row->alg, FIXED_LENGTH, row->output, inputs) : PSA_SUCCESS;
}

/* Those of which there are few. */
static psa_status_t test_fixed(const struct self_test_derivation *row, const struct material *material)
{
    const struct input pms[] = { BYTES(SECRET, material->point, POINT_LENGTH), END };
    const struct input sp800_108[] = {
        { PSA_KEY_DERIVATION_INPUT_SECRET, material->secret, CMAC_KEY_LENGTH, PSA_KEY_TYPE_AES },
        BYTES(LABEL, material->info, BYTES_LENGTH),
        BYTES(CONTEXT, material->salt, BYTES_LENGTH), END,
    };
    const struct input pbkdf2[] = {
        BYTES(COST, NULL, COST), BYTES(SALT, material->salt, BYTES_LENGTH),
        BYTES(PASSWORD, material->secret, SECRET_LENGTH), END,
    };
    const struct input *inputs = row->alg == PSA_ALG_TLS12_ECJPAKE_TO_PMS ? pms : row->alg == PSA_ALG_SP800_108_COUNTER_CMAC ? sp800_108 : pbkdf2;
    return test_one(row->alg, FIXED_LENGTH, row->output, inputs);
}

psa_status_t self_test_derivations_run(void)
{
    struct material material;
    psa_status_t status = PSA_SUCCESS;
    self_test_count_up(material.secret, SECRET_LENGTH, SELF_TEST_SECRET);
    self_test_count_up(material.salt, BYTES_LENGTH, SELF_TEST_SALT);
    self_test_count_up(material.info, BYTES_LENGTH, SELF_TEST_INFO);
    material.point[0] = 0x04;
    self_test_count_up(material.point + 1, POINT_LENGTH - 1u, SELF_TEST_SECRET);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_row(&self_test_hashes[i], &material);
    }
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_derivation_count; i++) {
        const struct self_test_derivation *row = &self_test_derivations[i];
        status = PSA_ALG_IS_WPA3_SAE_H2E(row->alg) ? test_sae(row, &material) : test_fixed(row, &material);
    }
    return status;
}
