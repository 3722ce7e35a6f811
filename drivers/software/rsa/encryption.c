/* SPDX-License-Identifier: Apache-2.0 */
/* The asymmetric encryption entries of the software driver: RSAES-PKCS1-v1_5 and RSAES-OAEP (RFC 8017, 7). */
#include "software/rsa/rsa.h"
#include "software/software.h"

#if SW_HAS_RSA

#include "util/ct.h"
#include "util/zeroise.h"

static const struct sw_rsa_encryption *const encryptions[] = {
#if PSA_WANT_ALG_RSA_PKCS1V15_CRYPT
    &sw_rsa_pkcs1_encryption,
#endif
#if PSA_WANT_ALG_RSA_OAEP
    &sw_rsa_oaep,
#endif
    NULL,
};

static const struct sw_rsa_encryption *find(psa_algorithm_t alg, psa_key_type_t type)
{
    const struct sw_rsa_encryption *const *row = encryptions;
    while (*row != NULL && !(*row)->matches(alg)) {
        row++;
    }
    return PSA_KEY_TYPE_IS_RSA(type) ? *row : NULL;
}

int sw_asymmetric_encryption_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct sw_rsa_encryption *row = find(alg, type);
    return row != NULL && bits >= SW_RSA_BITS_MIN && bits <= SW_RSA_BITS_MAX && row->supports(alg, (bits + 7u) / 8u);
}

static psa_status_t encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input,
                            size_t input_length, const uint8_t *salt, size_t salt_length, uint8_t *output, size_t output_size,
                            size_t *output_length)
{
    uint8_t encoded[SW_RSA_LENGTH_MAX];
    struct math_rsa_key rsa;
    const struct sw_rsa_encryption *row = find(alg, psa_get_key_type(key->attributes));
    (void)instance;
    psa_status_t status = row == NULL ? PSA_ERROR_NOT_SUPPORTED : sw_rsa_open(&rsa, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (output_size < rsa.n.length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    status = row->encode(alg, encoded, rsa.n.length, input, input_length, salt, salt_length);
    if (status == PSA_SUCCESS) {
        status = math_rsa_public_vartime(&rsa, output, encoded);
    }
    if (status == PSA_SUCCESS) {
        *output_length = rsa.n.length;
    }
    ZEROISE(encoded);
    return status;
}

static psa_status_t decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input,
                            size_t input_length, const uint8_t *salt, size_t salt_length, uint8_t *output, size_t output_size,
                            size_t *output_length)
{
    uint8_t encoded[SW_RSA_LENGTH_MAX];
    struct math_rsa_key rsa;
    const struct sw_rsa_encryption *row = find(alg, psa_get_key_type(key->attributes));
    (void)instance;
    psa_status_t status = row == NULL ? PSA_ERROR_NOT_SUPPORTED : sw_rsa_open(&rsa, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (rsa.p.length == 0 || input_length != rsa.n.length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    status = math_rsa_private(&rsa, encoded, input);
    if (status == PSA_SUCCESS) {
        CT_SECRET(encoded, rsa.n.length);
        status = row->decode(alg, output, output_size, output_length, encoded, rsa.n.length, salt, salt_length);
    }
    ZEROISE(encoded);
    return status;
}

const struct psacrypto_asymmetric_encryption_entries sw_asymmetric_encryption_entries = {
    .encrypt = encrypt,
    .decrypt = decrypt,
};

size_t sw_asymmetric_encryption_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    return find(alg, psa_get_key_type(key->attributes)) != NULL ? sw_rsa_prepared_size(key) : 0;
}

psa_status_t sw_asymmetric_encryption_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    return find(alg, psa_get_key_type(key->attributes)) != NULL ? sw_rsa_prepare(key, memory) : PSA_ERROR_NOT_SUPPORTED;
}

#else

/* A build without RSA encrypts with no key: the functions that driver.c asks for, and no entry. */
const struct psacrypto_asymmetric_encryption_entries sw_asymmetric_encryption_entries = { .encrypt = NULL };

int sw_asymmetric_encryption_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)alg;
    (void)type;
    (void)bits;
    return 0;
}

size_t sw_asymmetric_encryption_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    (void)key;
    (void)alg;
    return 0;
}

psa_status_t sw_asymmetric_encryption_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    (void)key;
    (void)alg;
    (void)memory;
    return PSA_ERROR_NOT_SUPPORTED;
}

#endif
