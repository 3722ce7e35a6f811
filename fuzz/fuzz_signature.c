/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signatures. Input: a row of the list below, mode, cut, which bit; two bytes each of the lengths of key and signature, one of the
 * context's; then key, signature, context, message.
 *
 * Mode even: the key is a public one of any bytes. Where it is imported, it is exported as it came, any signature gets an answer, and
 * in parts the same one. Mode odd: the key is a private one. Where it is imported, its signature of the message is right for
 * OpenSSL too, where that has the algorithm, and with one bit changed it is not; nor is the message with one.
 */
#include <openssl/evp.h>
#include <psa/crypto.h>

#include "input.h"

#define ECC(family) PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_##family)
#define SIGNATURE_MAX 1024u /* RSA of 8192 bits */

enum form {
    OF_MESSAGE, /* in parts too */
    OF_HASH,    /* the message is the hash */
};

static const struct row {
    psa_algorithm_t algorithm;
    psa_key_type_t type; /* of the pair */
    size_t bits;         /* 0: those of the key */
    enum form form;
    int has_context;
    int openssl; /* a raw key of this kind signs the same; 0: none does */
} rows[] = {
    {PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC(SECP_R1), 256, OF_MESSAGE, 0, 0},
    {PSA_ALG_ECDSA_ANY, ECC(SECP_R1), 256, OF_HASH, 0, 0},
    {PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_512), ECC(SECP_R1), 384, OF_MESSAGE, 0, 0},
    {PSA_ALG_ECDSA(PSA_ALG_SHA_512), ECC(SECP_R1), 521, OF_MESSAGE, 0, 0},
    {PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC(SECP_K1), 256, OF_MESSAGE, 0, 0},
    {PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC(SECP_K1), 225, OF_MESSAGE, 0, 0},
    {PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC(BRAINPOOL_P_R1), 256, OF_MESSAGE, 0, 0},
    {PSA_ALG_PURE_EDDSA, ECC(TWISTED_EDWARDS), 255, OF_MESSAGE, 0, EVP_PKEY_ED25519},
    {PSA_ALG_PURE_EDDSA, ECC(TWISTED_EDWARDS), 448, OF_MESSAGE, 0, EVP_PKEY_ED448},
    {PSA_ALG_EDDSA_CTX, ECC(TWISTED_EDWARDS), 255, OF_MESSAGE, 1, 0},
    {PSA_ALG_EDDSA_CTX, ECC(TWISTED_EDWARDS), 448, OF_MESSAGE, 1, 0},
    {PSA_ALG_ED25519PH, ECC(TWISTED_EDWARDS), 255, OF_MESSAGE, 1, 0},
    {PSA_ALG_ED448PH, ECC(TWISTED_EDWARDS), 448, OF_MESSAGE, 1, 0},
    {PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), PSA_KEY_TYPE_RSA_KEY_PAIR, 0, OF_MESSAGE, 0, 0},
    {PSA_ALG_RSA_PKCS1V15_SIGN_RAW, PSA_KEY_TYPE_RSA_KEY_PAIR, 0, OF_HASH, 0, 0},
    {PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), PSA_KEY_TYPE_RSA_KEY_PAIR, 0, OF_MESSAGE, 0, 0},
    {PSA_ALG_RSA_PSS_ANY_SALT(PSA_ALG_SHA_256), PSA_KEY_TYPE_RSA_KEY_PAIR, 0, OF_MESSAGE, 0, 0},
};

struct run {
    const struct row *row;
    psa_key_id_t key;
    size_t cut;
    uint8_t *context, *message;
    size_t context_length, message_length;
};

static psa_key_id_t import(const struct row *row, psa_key_type_t type, const uint8_t *material, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = PSA_KEY_ID_NULL;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, row->bits);
    psa_set_key_algorithm(&attributes, row->algorithm);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE |
                                             PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_EXPORT);
    (void)psa_import_key(&attributes, material, length, &key);
    return key;
}

/* ---- Verification ---- */

static psa_status_t verify_at_once(const struct run *run, const uint8_t *signature, size_t length)
{
    const struct row *row = run->row;
    if (row->form == OF_HASH) {
        return psa_verify_hash(run->key, row->algorithm, run->message, run->message_length, signature, length);
    }
    return row->has_context ? psa_verify_message_with_context(run->key, row->algorithm, run->message, run->message_length, run->context,
                                                              run->context_length, signature, length)
                            : psa_verify_message(run->key, row->algorithm, run->message, run->message_length, signature, length);
}

static psa_status_t verify_in_parts(const struct run *run, const uint8_t *signature, size_t length)
{
    psa_verify_operation_t operation = PSA_VERIFY_OPERATION_INIT;
    size_t cut = run->cut < run->message_length ? run->cut : run->message_length;
    psa_status_t status = psa_verify_setup(&operation, run->key, run->row->algorithm, signature, length);
    if (status == PSA_SUCCESS && run->row->has_context) {
        status = psa_verify_set_context(&operation, run->context, run->context_length);
    }
    if (status == PSA_SUCCESS) {
        status = psa_verify_update(&operation, run->message, cut);
    }
    if (status == PSA_SUCCESS) {
        status = psa_verify_update(&operation, cut < run->message_length ? run->message + cut : NULL, run->message_length - cut);
    }
    if (status == PSA_SUCCESS) {
        status = psa_verify_finish(&operation);
    }
    CHECK(psa_verify_abort(&operation) == PSA_SUCCESS);
    return status;
}

static psa_status_t verify(const struct run *run, const uint8_t *signature, size_t length)
{
    psa_status_t status = verify_at_once(run, signature, length);
    CHECK(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_SIGNATURE || status == PSA_ERROR_INVALID_ARGUMENT);
    if (run->row->form == OF_MESSAGE) {
        CHECK(verify_in_parts(run, signature, length) == status);
    }
    return status;
}

/* ---- Any public key ---- */

static void check_public(const struct run *run, const uint8_t *material, size_t length)
{
    uint8_t *exported = input_memory(PSA_EXPORT_PUBLIC_KEY_MAX_SIZE);
    size_t exported_length;
    CHECK(psa_export_public_key(run->key, exported, PSA_EXPORT_PUBLIC_KEY_MAX_SIZE, &exported_length) == PSA_SUCCESS);
    CHECK(exported_length == length && memcmp(exported, material, length) == 0);
    free(exported);
}

/* ---- A private key ---- */

static size_t sign(const struct run *run, uint8_t *signature)
{
    const struct row *row = run->row;
    size_t length = 0;
    psa_status_t status =
        row->form == OF_HASH ? psa_sign_hash(run->key, row->algorithm, run->message, run->message_length, signature, SIGNATURE_MAX, &length) :
        row->has_context     ? psa_sign_message_with_context(run->key, row->algorithm, run->message, run->message_length, run->context,
                                                             run->context_length, signature, SIGNATURE_MAX, &length) :
                               psa_sign_message(run->key, row->algorithm, run->message, run->message_length, signature, SIGNATURE_MAX, &length);
    /* A raw input may be too long, a key too short for a hash. */
    CHECK(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_ARGUMENT);
    return length;
}

static void check_by_openssl(const struct run *run, const uint8_t *material, size_t material_length, const uint8_t *signature, size_t length)
{
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(run->row->openssl, NULL, material, material_length);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    CHECK(key != NULL && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1);
    CHECK(EVP_DigestVerify(context, signature, length, run->message, run->message_length) == 1);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
}

static void check_pair(const struct run *run, const uint8_t *material, size_t material_length, size_t bit)
{
    uint8_t *signature = input_memory(SIGNATURE_MAX);
    size_t length = sign(run, signature);
    if (length != 0) {
        CHECK(verify(run, signature, length) == PSA_SUCCESS);
        if (run->row->openssl != 0) {
            check_by_openssl(run, material, material_length, signature, length);
        }
        signature[bit / 8 % length] ^= (uint8_t)(1u << bit % 8);
        CHECK(verify(run, signature, length) == PSA_ERROR_INVALID_SIGNATURE);
        signature[bit / 8 % length] ^= (uint8_t)(1u << bit % 8);
        if (run->message_length != 0 && run->row->form == OF_MESSAGE) {
            run->message[bit / 8 % run->message_length] ^= (uint8_t)(1u << bit % 8);
            CHECK(verify(run, signature, length) == PSA_ERROR_INVALID_SIGNATURE);
        }
    }
    free(signature);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct run run = {.row = &rows[input_byte(&input) % (sizeof(rows) / sizeof(rows[0]))]};
    int is_pair = input_byte(&input) & 1;
    run.cut = input_byte(&input);
    size_t bit = input_u16(&input), key_length = input_u16(&input), signature_length = input_u16(&input), context_length = input_byte(&input);
    uint8_t *material = input_take(&input, key_length, &key_length);
    uint8_t *signature = input_take(&input, signature_length, &signature_length);
    run.context = input_take(&input, context_length, &run.context_length);
    run.message = input_take(&input, SIZE_MAX, &run.message_length);

    run.key = import(run.row, is_pair ? run.row->type : PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(run.row->type), material, key_length);
    if (run.key != PSA_KEY_ID_NULL) {
        (void)verify(&run, signature, signature_length);
        if (is_pair) {
            check_pair(&run, material, key_length, bit);
        } else {
            check_public(&run, material, key_length);
        }
        CHECK(psa_destroy_key(run.key) == PSA_SUCCESS);
    }
    free(material);
    free(signature);
    free(run.context);
    free(run.message);
    return 0;
}
