/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of signatures: what all have in common, and ECDSA on P-256. */
#include "api/self_test.h"

#include "dispatch/dispatch.h"

#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_SIGNATURE_LENGTH 64u

psa_status_t self_test_digest(struct self_test_signature *signature, const struct self_test_hash *row)
{
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    self_test_count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    return dispatch_hash_compute(row->hash, message, sizeof(message), signature->hash, PSA_HASH_LENGTH(row->hash), &signature->hash_length);
}

psa_status_t self_test_sign(struct self_test_signature *signature, psa_algorithm_t alg, size_t length, uint32_t answer)
{
    signature->length = 0;
    psa_status_t status = dispatch_sign_hash(&signature->key.key, alg, signature->hash, signature->hash_length, NULL, 0,
                                             signature->bytes, length, &signature->length);
    int right = signature->length == length && (answer == 0 || self_test_is_answer(signature->bytes, length, length, answer));
    return self_test_verdict(alg, status, right);
}

static psa_status_t verify(struct self_test_signature *signature, psa_algorithm_t alg)
{
    return dispatch_verify_hash(&signature->key.key, alg, signature->hash, signature->hash_length, NULL, 0,
                                signature->bytes, signature->length);
}

psa_status_t self_test_verify(struct self_test_signature *signature, psa_algorithm_t alg, int thorough)
{
    psa_status_t status = verify(signature, alg);
    if (status != PSA_SUCCESS || !thorough) {
        return self_test_verdict(alg, status, 1);
    }
    signature->bytes[signature->length - 1u] ^= 1u;
    status = verify(signature, alg);
    signature->bytes[signature->length - 1u] ^= 1u;
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : self_test_verdict(alg, status, 0);
}

/* ---- ECDSA ---- */

/* A known signature where the hash has one, else one made here. */
static psa_status_t test_ecdsa(struct self_test_signature *signature, const struct self_test_hash *row)
{
    psa_algorithm_t deterministic = PSA_ALG_DETERMINISTIC_ECDSA(row->hash);
    psa_algorithm_t randomised = PSA_ALG_ECDSA(row->hash);
    psa_status_t status = PSA_SUCCESS;
    if (!self_test_has(randomised, P256_PAIR, 256)) {
        return PSA_SUCCESS;
    }
    if (row->ecdsa != 0 && self_test_has(deterministic, P256_PAIR, 256)) {
        status = self_test_sign(signature, deterministic, P256_SIGNATURE_LENGTH, row->ecdsa);
    } else {
        status = self_test_sign(signature, randomised, P256_SIGNATURE_LENGTH, 0);
    }
    return status == PSA_SUCCESS ? self_test_verify(signature, randomised, 0) : status;
}

/* What curve and key do is the same with each hash: one is tested from all sides. */
static psa_status_t test_ecdsa_thoroughly(struct self_test_signature *signature, const struct self_test_hash *row)
{
    const psa_algorithm_t algorithms[] = { PSA_ALG_DETERMINISTIC_ECDSA(row->hash), PSA_ALG_ECDSA(row->hash), PSA_ALG_ECDSA_ANY };
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        if (!self_test_has(algorithms[i], P256_PAIR, 256)) {
            continue;
        }
        status = self_test_sign(signature, algorithms[i], P256_SIGNATURE_LENGTH, 0);
        if (status == PSA_SUCCESS) {
            status = self_test_verify(signature, algorithms[i], 1);
        }
    }
    return status;
}

/* The hash is of use for signing only where the build has it. */
static psa_status_t test_row(struct self_test_signature *signature, const struct self_test_hash *row)
{
    if (!self_test_has(row->hash, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = self_test_digest(signature, row);
    if (status == PSA_SUCCESS) {
        status = test_ecdsa(signature, row);
    }
    return status == PSA_SUCCESS && row->hash == PSA_ALG_SHA_256 ? test_ecdsa_thoroughly(signature, row) : status;
}

psa_status_t self_test_ecdsa_run(void)
{
    struct self_test_signature signature;
    psa_status_t status = PSA_SUCCESS;
    self_test_key_open(&signature.key, P256_PAIR, 256, SELF_TEST_SCALAR);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_row(&signature, &self_test_hashes[i]);
    }
    self_test_key_close(&signature.key);
    return status;
}
