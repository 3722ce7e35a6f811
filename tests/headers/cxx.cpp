// SPDX-License-Identifier: Apache-2.0
// The public headers in C++: initialisers and inline functions compile, macros are constant expressions.
#include <psa/crypto.h>
#include <psa/internal_trusted_storage.h>
#include <psa/protected_storage.h>
#include <psacrypto/compat.h>
#include <psacrypto/library.h>

extern "C" int cxx_probe(void);

static const psa_custom_key_parameters_t custom = PSA_CUSTOM_KEY_PARAMETERS_INIT;

static psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
static psa_xof_operation_t xof = PSA_XOF_OPERATION_INIT;
static psa_mac_operation_t mac = PSA_MAC_OPERATION_INIT;
static psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
static psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
static psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
static psa_sign_operation_t sign = PSA_SIGN_OPERATION_INIT;
static psa_verify_operation_t verify = PSA_VERIFY_OPERATION_INIT;
static psa_pake_operation_t pake = PSA_PAKE_OPERATION_INIT;

// Array sizes: these must be constants.
struct sizes {
    unsigned char signature[PSA_SIGN_OUTPUT_SIZE(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256,
                                                 PSA_ALG_ECDSA(PSA_ALG_SHA_256))];
    unsigned char share[PSA_PAKE_OUTPUT_SIZE(PSA_ALG_JPAKE(PSA_ALG_SHA_256),
                                             PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1,
                                                                256),
                                             PSA_PAKE_STEP_KEY_SHARE)];
    unsigned char wrapped[PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_KW, PSA_KEY_TYPE_AES, 256)];
    unsigned char sealed[PSA_AEAD_ENCRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_GCM, 10)];
};

int cxx_probe(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;

    attributes = psa_key_attributes_init();
    suite = psa_pake_cipher_suite_init();
    hash = psa_hash_operation_init();
    xof = psa_xof_operation_init();
    mac = psa_mac_operation_init();
    cipher = psa_cipher_operation_init();
    aead = psa_aead_operation_init();
    derivation = psa_key_derivation_operation_init();
    sign = psa_sign_operation_init();
    verify = psa_verify_operation_init();
    pake = psa_pake_operation_init();
    psa_set_key_id(&attributes, 1);
    psa_pake_cs_set_algorithm(&suite, PSA_ALG_JPAKE(PSA_ALG_SHA_256));
    psa_set_key_enrollment_algorithm(&attributes, PSA_ALG_ECDH);
    psa_reset_key_attributes(&attributes);
    return sizeof(struct sizes) == 64 + 65 + 40 + 26 && custom.flags == 0 && psa_get_key_id(&attributes) == PSA_KEY_ID_NULL;
}
