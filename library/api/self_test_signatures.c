/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of signatures: ECDSA on P-256. */
#include "api/self_test.h"

#include "dispatch/dispatch.h"

#define SIGNATURE_LENGTH 64u
#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

/* A signature of a digest, and the key that made it. */
struct signature_run {
    struct self_test_key key;
    uint8_t hash[SELF_TEST_OUTPUT_MAX];
    size_t hash_length;
    uint8_t signature[SIGNATURE_LENGTH];
};

static psa_status_t verify_run(struct signature_run *run, psa_algorithm_t alg)
{
    return dispatch_verify_hash(&run->key.key, alg, run->hash, run->hash_length, NULL, 0, run->signature, SIGNATURE_LENGTH);
}

/* The signature verifies; thorough: with one bit changed it does not. */
static psa_status_t test_verify(struct signature_run *run, psa_algorithm_t alg, int thorough)
{
    psa_status_t status = verify_run(run, alg);
    if (status != PSA_SUCCESS || !thorough) {
        return self_test_verdict(alg, status, 1);
    }
    run->signature[SIGNATURE_LENGTH - 1u] ^= 1u;
    status = verify_run(run, alg);
    run->signature[SIGNATURE_LENGTH - 1u] ^= 1u;
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : self_test_verdict(alg, status, 0);
}

/* answer 0: any signature that verifies is right. */
static psa_status_t test_sign(struct signature_run *run, psa_algorithm_t alg, uint32_t answer)
{
    size_t length = 0;
    psa_status_t status = dispatch_sign_hash(&run->key.key, alg, run->hash, run->hash_length, NULL, 0,
                                             run->signature, sizeof(run->signature), &length);
    return self_test_verdict(alg, status, length == SIGNATURE_LENGTH && (answer == 0 || self_test_is_answer(run->signature, length, length, answer)));
}

/* A known signature where the hash has one, else one made here. */
static psa_status_t test_ecdsa(struct signature_run *run, const struct self_test_hash *row)
{
    psa_algorithm_t deterministic = PSA_ALG_DETERMINISTIC_ECDSA(row->hash);
    int known = row->ecdsa != 0 && self_test_has(deterministic, P256_PAIR, 256);
    psa_status_t status = PSA_SUCCESS;
    if (!self_test_has(PSA_ALG_ECDSA(row->hash), P256_PAIR, 256)) {
        return PSA_SUCCESS;
    }
    if (known) {
        status = test_sign(run, deterministic, row->ecdsa);
    } else {
        status = test_sign(run, PSA_ALG_ECDSA(row->hash), 0);
    }
    return status == PSA_SUCCESS ? test_verify(run, PSA_ALG_ECDSA(row->hash), 0) : status;
}

/* What curve and key do is the same with each hash: one is tested from all sides. */
static psa_status_t test_ecdsa_thoroughly(struct signature_run *run, const struct self_test_hash *row)
{
    const psa_algorithm_t algorithms[] = { PSA_ALG_DETERMINISTIC_ECDSA(row->hash), PSA_ALG_ECDSA(row->hash), PSA_ALG_ECDSA_ANY };
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        if (!self_test_has(algorithms[i], P256_PAIR, 256)) {
            continue;
        }
        status = test_sign(run, algorithms[i], 0);
        if (status == PSA_SUCCESS) {
            status = test_verify(run, algorithms[i], 1);
        }
    }
    return status;
}

/* The hash is of use for signing only where the build has it. */
static psa_status_t test_signature_row(struct signature_run *run, const struct self_test_hash *row)
{
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    if (!self_test_has(row->hash, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    self_test_count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    psa_status_t status = dispatch_hash_compute(row->hash, message, sizeof(message), run->hash, PSA_HASH_LENGTH(row->hash), &run->hash_length);
    if (status == PSA_SUCCESS) {
        status = test_ecdsa(run, row);
    }
    return status == PSA_SUCCESS && row->hash == PSA_ALG_SHA_256 ? test_ecdsa_thoroughly(run, row) : status;
}

psa_status_t self_test_signatures_run(void)
{
    struct signature_run run;
    psa_status_t status = PSA_SUCCESS;
    self_test_key_open(&run.key, P256_PAIR, 256, SELF_TEST_SCALAR);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_signature_row(&run, &self_test_hashes[i]);
    }
    self_test_key_close(&run.key);
    return status;
}
