/* SPDX-License-Identifier: Apache-2.0 */
/* The half of libpsacrypto: what Mbed TLS 2.28 cannot do shows whose functions these are. */
#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>

#include "link.h"

static psa_key_id_t signer;

static psa_key_id_t new_key(psa_ecc_family_t family, size_t bits, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = PSA_KEY_ID_NULL;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(family));
    psa_set_key_bits(&attributes, bits);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA_ANY);
    need(psa_generate_key(&attributes, &key) == PSA_SUCCESS, "psa_generate_key()");
    return key;
}

void ours_begin(void)
{
    need(psa_crypto_init() == PSA_SUCCESS, "psa_crypto_init()");
    need(psacrypto_version()[0] != 0, "psacrypto_version()"); /* a name that no other library has */
    signer = new_key(PSA_ECC_FAMILY_SECP_R1, 256, PSA_KEY_USAGE_SIGN_HASH);
}

/* FIPS 202, SHA3-256 of the empty message: Mbed TLS 2.28 has no SHA-3. */
static void hash_empty(void)
{
    static const uint8_t expected[4] = { 0xa7, 0xff, 0xc6, 0xf8 };
    uint8_t digest[32];
    size_t length = 0;

    need(psa_hash_compute(PSA_ALG_SHA3_256, NULL, 0, digest, sizeof(digest), &length) == PSA_SUCCESS, "psa_hash_compute()");
    need(length == 32 && memcmp(digest, expected, sizeof(expected)) == 0, "SHA3-256");
}

static void sign_and_verify(psa_ecc_family_t family, size_t bits)
{
    static const uint8_t digest[32] = { 1 };
    uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
    size_t length = 0;
    const psa_key_id_t key = new_key(family, bits, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH);

    need(psa_sign_hash(key, PSA_ALG_ECDSA_ANY, digest, sizeof(digest), signature, sizeof(signature), &length) == PSA_SUCCESS,
         "psa_sign_hash()");
    need(psa_verify_hash(key, PSA_ALG_ECDSA_ANY, digest, sizeof(digest), signature, length) == PSA_SUCCESS, "psa_verify_hash()");
    need(psa_destroy_key(key) == PSA_SUCCESS, "psa_destroy_key()");
}

/* A curve of code of its own, and curves on the bignum of the Mbed TLS inside. */
void ours_work(void)
{
    hash_empty();
    sign_and_verify(PSA_ECC_FAMILY_SECP_R1, 256);
    sign_and_verify(PSA_ECC_FAMILY_SECP_R1, 384);
    sign_and_verify(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256);
}

void ours_sign(const unsigned char hash[32], unsigned char public_key[65], unsigned char signature[64])
{
    size_t length;

    need(psa_export_public_key(signer, public_key, 65, &length) == PSA_SUCCESS, "psa_export_public_key()");
    need(psa_sign_hash(signer, PSA_ALG_ECDSA_ANY, hash, 32, signature, 64, &length) == PSA_SUCCESS, "psa_sign_hash()");
}
