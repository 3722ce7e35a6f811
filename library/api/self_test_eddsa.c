/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of EdDSA: of messages, with a context and without, and of hashes. */
#include "api/self_test.h"

#include "dispatch/dispatch.h"

#define TYPE PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define CONTEXT_LENGTH 16u

struct run {
    struct self_test_signature signature;
    psa_algorithm_t alg;
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    uint8_t context[CONTEXT_LENGTH];
    size_t context_length;
};

static psa_status_t sign(struct run *run, size_t size)
{
    struct self_test_signature *signature = &run->signature;
    if (PSA_ALG_IS_HASH_EDDSA(run->alg)) {
        return dispatch_sign_hash(&signature->key.key, run->alg, signature->hash, signature->hash_length, NULL, 0,
                                  signature->bytes, size, &signature->length);
    }
    return dispatch_sign_message(&signature->key.key, run->alg, run->message, sizeof(run->message), run->context, run->context_length,
                                 signature->bytes, size, &signature->length);
}

static psa_status_t verify(struct run *run)
{
    struct self_test_signature *signature = &run->signature;
    if (PSA_ALG_IS_HASH_EDDSA(run->alg)) {
        return dispatch_verify_hash(&signature->key.key, run->alg, signature->hash, signature->hash_length, NULL, 0,
                                    signature->bytes, signature->length);
    }
    return dispatch_verify_message(&signature->key.key, run->alg, run->message, sizeof(run->message), run->context, run->context_length,
                                   signature->bytes, signature->length);
}

static psa_status_t sign_and_verify(struct run *run, size_t length, uint32_t answer)
{
    psa_status_t status = sign(run, length);
    if (status != PSA_SUCCESS || !self_test_is_answer(run->signature.bytes, run->signature.length, length, answer)) {
        return self_test_verdict(run->alg, status, 0);
    }
    status = verify(run);
    if (status != PSA_SUCCESS) {
        return self_test_verdict(run->alg, status, 0);
    }
    run->signature.bytes[0] ^= 1u;
    status = verify(run);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : self_test_verdict(run->alg, status, 0);
}

static psa_status_t test_row(struct run *run, const struct self_test_eddsa *row)
{
    struct self_test_signature *signature = &run->signature;
    psa_algorithm_t hash = PSA_ALG_GET_HASH(row->alg);
    psa_status_t status = PSA_SUCCESS;
    if (!self_test_has(row->alg, TYPE, row->bits)) {
        return PSA_SUCCESS;
    }
    run->alg = row->alg;
    run->context_length = row->alg == PSA_ALG_EDDSA_CTX ? CONTEXT_LENGTH : 0;
    if (hash != PSA_ALG_NONE) {
        status = dispatch_hash_compute(hash, run->message, sizeof(run->message), signature->hash, PSA_HASH_LENGTH(hash), &signature->hash_length);
    }
    self_test_key_open(&signature->key, TYPE, row->bits == 448 ? 456 : 256, SELF_TEST_SCALAR); /* 57 bytes, or 32 */
    psa_set_key_bits(&signature->key.attributes, row->bits);
    if (status == PSA_SUCCESS) {
        status = sign_and_verify(run, PSA_SIGN_OUTPUT_SIZE(TYPE, row->bits, row->alg), row->signature);
    }
    self_test_key_close(&signature->key);
    return status;
}

psa_status_t self_test_eddsa_run(void)
{
    struct run run;
    psa_status_t status = PSA_SUCCESS;
    self_test_count_up(run.message, sizeof(run.message), SELF_TEST_MESSAGE);
    self_test_count_up(run.context, sizeof(run.context), SELF_TEST_INFO);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_eddsa_count; i++) {
        status = test_row(&run, &self_test_eddsa_answers[i]);
    }
    return status;
}
