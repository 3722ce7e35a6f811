/* SPDX-License-Identifier: Apache-2.0 */
/* The rows through the PSA Crypto API: compiled once against this library and once against Debian's Mbed TLS. */
#include <psa/crypto.h>
#include <stdlib.h>
#include <string.h>

#if defined(NAMES)
#include NAMES
#endif

#include "rows.h"
#include "worker.h"

#define ECC_R1 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define ECC_K1 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_K1)
#define ECC_BRAINPOOL PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_BRAINPOOL_P_R1)
#define ECC_MONTGOMERY PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY)
#if defined(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR)
#define SPAKE2P_R1 PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define SPAKE2P_EDWARDS PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)
#else
#define SPAKE2P_R1 1
#define SPAKE2P_EDWARDS 1
#endif
#define ECC_EDWARDS PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define RSA PSA_KEY_TYPE_RSA_KEY_PAIR
#define DH_RFC7919 PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919)
#define BYTES_MAX 16384

/* What Debian's Mbed TLS has no name for. */
#ifndef PSA_ALG_BLAKE2B_HASH512
#define PSA_ALG_BLAKE2B_HASH512 ((psa_algorithm_t)0x0200001e)
#define PSA_ALG_BLAKE2S_HASH256 ((psa_algorithm_t)0x0200001c)
#endif
#ifndef PSA_ALG_SM3
#define PSA_ALG_SM3 ((psa_algorithm_t)0x02000014)
#endif

#ifndef PSA_KEY_DERIVATION_INPUT_COST
#define PSA_KEY_DERIVATION_INPUT_COST ((psa_key_derivation_step_t)0x0205)
#define PSA_KEY_DERIVATION_INPUT_PASSWORD ((psa_key_derivation_step_t)0x0102)

static psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, uint64_t value)
{
    (void)operation;
    (void)step;
    (void)value;
    return PSA_ERROR_NOT_SUPPORTED;
}
#endif
#ifndef PSA_KEY_DERIVATION_INPUT_CONTEXT
#define PSA_KEY_DERIVATION_INPUT_CONTEXT ((psa_key_derivation_step_t)0x0206)
#endif
#ifndef PSA_KEY_USAGE_WRAP
#define PSA_KEY_USAGE_WRAP 0
#define WITHOUT_WRAP
#endif

/* ---- State of the row that is prepared ---- */

static psa_key_id_t *keys;
static size_t key_count;
static uint8_t peer[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
static size_t peer_length;
static uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
static size_t signature_length;

/* Bytes with one bit each: DES asks for an odd number. */
static const uint8_t material[64] = {1, 2, 4, 8, 16, 32, 64, 128, 2, 4, 8, 16, 32, 64, 128, 1, 4, 8, 16, 32, 64, 128, 1, 2};

/* Each thread has buffers of its own, on lines of their own. */
static struct {
    uint8_t input[BYTES_MAX + 64], output[BYTES_MAX + 64];
} buffers[WORKER_THREADS];

static void set_attributes(psa_key_attributes_t *attributes, const struct worker_row *row)
{
    psa_set_key_type(attributes, row->type);
    psa_set_key_bits(attributes, row->bits);
    psa_set_key_algorithm(attributes, row->algorithm);
    psa_set_key_usage_flags(attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_SIGN_HASH |
                                            PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT |
                                            PSA_KEY_USAGE_WRAP);
}

#include "pake.h"

static psa_status_t make_key(const struct worker_row *row, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    set_attributes(&attributes, row);
    return PSA_KEY_TYPE_IS_ASYMMETRIC(row->type) ? psa_generate_key(&attributes, key) :
                                                   psa_import_key(&attributes, material, row->bits / 8, key);
}

static int prepare_keys(const struct worker_row *row, size_t count)
{
    keys = calloc(count, sizeof(*keys));
    worker_check(keys != NULL, "memory");
    for (key_count = 0; key_count < count; key_count++) {
        if (make_key(row, &keys[key_count]) != PSA_SUCCESS) {
            return -1;
        }
    }
    return 0;
}

static void finish_key(const struct worker_row *row)
{
    (void)row;
    while (key_count > 0) {
        (void)psa_destroy_key(keys[--key_count]);
    }
    free(keys);
    keys = NULL;
}

/* ---- Families ---- */

static int prepare_hash(const struct worker_row *row)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t length;
    return psa_hash_compute(row->algorithm, material, 1, hash, sizeof(hash), &length) == PSA_SUCCESS ? 0 : -1;
}

static void run_hash(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_hash_compute(row->algorithm, buffers[thread].input, row->size, buffers[thread].output, 64, &length) == PSA_SUCCESS,
                     "psa_hash_compute");
    }
}

#define finish_hash NULL

static int prepare_aead(const struct worker_row *row)
{
    uint8_t output[16];
    size_t length;
    return prepare_keys(row, 1) != 0 ||
           psa_aead_encrypt(keys[0], row->algorithm, material, PSA_AEAD_NONCE_LENGTH(row->type, row->algorithm), NULL, 0, NULL, 0, output,
                            sizeof(output), &length) != PSA_SUCCESS;
}

static void run_aead(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t nonce_length = PSA_AEAD_NONCE_LENGTH(row->type, row->algorithm), length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_aead_encrypt(keys[0], row->algorithm, material, nonce_length, NULL, 0, buffers[thread].input, row->size,
                                      buffers[thread].output, row->size + 16, &length) == PSA_SUCCESS,
                     "psa_aead_encrypt");
    }
}

#define finish_aead finish_key

/* What was sealed lies in the input. */
static int prepare_open(const struct worker_row *row)
{
    size_t length;
    if (prepare_aead(row) != 0) {
        return -1;
    }
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        worker_check(psa_aead_encrypt(keys[0], row->algorithm, material, PSA_AEAD_NONCE_LENGTH(row->type, row->algorithm), NULL, 0,
                                      buffers[i].output, row->size, buffers[i].input, row->size + 16, &length) == PSA_SUCCESS,
                     "psa_aead_encrypt");
    }
    return 0;
}

static void run_open(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t nonce_length = PSA_AEAD_NONCE_LENGTH(row->type, row->algorithm), length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_aead_decrypt(keys[0], row->algorithm, material, nonce_length, NULL, 0, buffers[thread].input, row->size + 16,
                                      buffers[thread].output, row->size, &length) == PSA_SUCCESS,
                     "psa_aead_decrypt");
    }
}

#define finish_open finish_key

/* In parts, with an IV that is given, as OpenSSL's is. */
static int prepare_cipher_parts(const struct worker_row *row)
{
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    if (prepare_keys(row, 1) != 0 || psa_cipher_encrypt_setup(&operation, keys[0], row->algorithm) != PSA_SUCCESS) {
        return -1;
    }
    return psa_cipher_abort(&operation) == PSA_SUCCESS ? 0 : -1;
}

static void run_cipher_parts(const struct worker_row *row, size_t iterations, unsigned thread)
{
    const size_t iv_length = PSA_CIPHER_IV_LENGTH(row->type, row->algorithm);
    for (size_t i = 0; i < iterations; i++) {
        psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
        size_t length;
        worker_check(psa_cipher_encrypt_setup(&operation, keys[0], row->algorithm) == PSA_SUCCESS &&
                         (iv_length == 0 || psa_cipher_set_iv(&operation, material, iv_length) == PSA_SUCCESS) &&
                         psa_cipher_update(&operation, buffers[thread].input, row->size, buffers[thread].output, BYTES_MAX + 64, &length) ==
                             PSA_SUCCESS &&
                         psa_cipher_finish(&operation, buffers[thread].output, 64, &length) == PSA_SUCCESS,
                     "psa_cipher");
    }
}

#define finish_cipher_parts finish_key

/* In one call, which draws an IV; OpenSSL's side is given one. */
static void run_cipher(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_cipher_encrypt(keys[0], row->algorithm, buffers[thread].input, row->size, buffers[thread].output,
                                        BYTES_MAX + 64, &length) == PSA_SUCCESS,
                     "psa_cipher_encrypt");
    }
}

#define prepare_cipher prepare_cipher_parts
#define finish_cipher finish_key

static int prepare_mac(const struct worker_row *row)
{
    uint8_t mac[PSA_MAC_MAX_SIZE];
    size_t length;
    return prepare_keys(row, 1) != 0 || psa_mac_compute(keys[0], row->algorithm, NULL, 0, mac, sizeof(mac), &length) != PSA_SUCCESS;
}

static void run_mac(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_mac_compute(keys[0], row->algorithm, buffers[thread].input, row->size, buffers[thread].output, 64, &length) ==
                         PSA_SUCCESS,
                     "psa_mac_compute");
    }
}

#define finish_mac finish_key

/* The inputs of a derivation in their order, ended by 0; of the row that is prepared. */
static const psa_key_derivation_step_t *steps;

static psa_status_t give(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step)
{
    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SECRET:
    case PSA_KEY_DERIVATION_INPUT_PASSWORD: return psa_key_derivation_input_key(operation, step, keys[0]);
    case PSA_KEY_DERIVATION_INPUT_COST: return psa_key_derivation_input_integer(operation, step, PBKDF2_COST);
    default: return psa_key_derivation_input_bytes(operation, step, material, 16);
    }
}

static psa_status_t derive(const struct worker_row *row, uint8_t *output, size_t output_length)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_status_t status = psa_key_derivation_setup(&operation, row->algorithm);
    for (const psa_key_derivation_step_t *step = steps; *step != 0 && status == PSA_SUCCESS; step++) {
        status = give(&operation, *step);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_output_bytes(&operation, output, output_length);
    }
    (void)psa_key_derivation_abort(&operation);
    return status;
}

static int prepare_derivation(const struct worker_row *row, const psa_key_derivation_step_t *inputs)
{
    uint8_t output[32];
    steps = inputs;
    return prepare_keys(row, 1) != 0 || derive(row, output, sizeof(output)) != PSA_SUCCESS;
}

#define DERIVATION(family, ...) \
    static int prepare_##family(const struct worker_row *row) \
    { \
        static const psa_key_derivation_step_t inputs[] = {__VA_ARGS__, 0}; \
        return prepare_derivation(row, inputs); \
    }

DERIVATION(kdf, PSA_KEY_DERIVATION_INPUT_SALT, PSA_KEY_DERIVATION_INPUT_SECRET, PSA_KEY_DERIVATION_INPUT_INFO)
DERIVATION(pbkdf2, PSA_KEY_DERIVATION_INPUT_COST, PSA_KEY_DERIVATION_INPUT_SALT, PSA_KEY_DERIVATION_INPUT_PASSWORD)
DERIVATION(prf, PSA_KEY_DERIVATION_INPUT_SEED, PSA_KEY_DERIVATION_INPUT_SECRET, PSA_KEY_DERIVATION_INPUT_LABEL)
DERIVATION(counter, PSA_KEY_DERIVATION_INPUT_SECRET, PSA_KEY_DERIVATION_INPUT_LABEL, PSA_KEY_DERIVATION_INPUT_CONTEXT)

static void run_kdf(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        worker_check(derive(row, buffers[thread].output, row->size) == PSA_SUCCESS, "psa_key_derivation");
    }
}

#define run_pbkdf2 run_kdf
#define run_prf run_kdf
#define run_counter run_kdf
#define finish_kdf finish_key
#define finish_pbkdf2 finish_key
#define finish_prf finish_key
#define finish_counter finish_key

#ifdef PSA_XOF_OPERATION_INIT
static psa_status_t xof(const struct worker_row *row, const uint8_t *input, size_t input_length, uint8_t *output)
{
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    psa_status_t status = psa_xof_setup(&operation, row->algorithm);
    if (status == PSA_SUCCESS) {
        status = psa_xof_update(&operation, input, input_length);
    }
    if (status == PSA_SUCCESS) {
        status = psa_xof_output(&operation, output, 32);
    }
    (void)psa_xof_abort(&operation);
    return status;
}

static int prepare_xof(const struct worker_row *row)
{
    uint8_t output[32];
    return xof(row, material, 1, output) == PSA_SUCCESS ? 0 : -1;
}

static void run_xof(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        worker_check(xof(row, buffers[thread].input, row->size, buffers[thread].output) == PSA_SUCCESS, "psa_xof");
    }
}
#else
#define prepare_xof NULL
#define run_xof NULL
#endif

#define finish_xof NULL

#ifndef WITHOUT_WRAP
static psa_status_t wrap(const struct worker_row *row, uint8_t *output)
{
    size_t length;
    return psa_wrap_key(keys[0], row->algorithm, keys[1], output, 64, &length);
}

/* The second key is the one to wrap. */
static int prepare_wrap(const struct worker_row *row)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t output[64];
    if (prepare_keys(row, 2) != 0 || psa_destroy_key(keys[1]) != PSA_SUCCESS) {
        return -1;
    }
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    return psa_import_key(&attributes, material, row->size, &keys[1]) != PSA_SUCCESS || wrap(row, output) != PSA_SUCCESS;
}

static void run_wrap(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        worker_check(wrap(row, buffers[thread].output) == PSA_SUCCESS, "psa_wrap_key");
    }
}
#else
#define prepare_wrap NULL
#define run_wrap NULL
#endif

#define finish_wrap finish_key

static psa_status_t encrypt(const struct worker_row *row, uint8_t *output, size_t *length)
{
    return psa_asymmetric_encrypt(keys[0], row->algorithm, material, row->size, NULL, 0, output, sizeof(signature), length);
}

static int prepare_encrypt(const struct worker_row *row)
{
    return prepare_keys(row, 1) != 0 || encrypt(row, signature, &signature_length) != PSA_SUCCESS;
}

static void run_encrypt(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(encrypt(row, buffers[thread].output, &length) == PSA_SUCCESS, "psa_asymmetric_encrypt");
    }
}

#define finish_encrypt finish_key
#define prepare_decrypt prepare_encrypt

static void run_decrypt(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_asymmetric_decrypt(keys[0], row->algorithm, signature, signature_length, NULL, 0, buffers[thread].output,
                                            sizeof(signature), &length) == PSA_SUCCESS,
                     "psa_asymmetric_decrypt");
    }
}

#define finish_decrypt finish_key

static int prepare_sign(const struct worker_row *row)
{
    return prepare_keys(row, 1) != 0 ||
           psa_sign_hash(keys[0], row->algorithm, material, row->size, signature, sizeof(signature), &signature_length) != PSA_SUCCESS;
}

static void run_sign(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_sign_hash(keys[0], row->algorithm, material, row->size, buffers[thread].output, sizeof(signature), &length) ==
                         PSA_SUCCESS,
                     "psa_sign_hash");
    }
}

#define finish_sign finish_key

/* With the public key alone, as those who verify have it. */
static psa_status_t keep_public_key(const struct worker_row *row)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_status_t status = psa_export_public_key(keys[0], peer, sizeof(peer), &peer_length);
    if (status == PSA_SUCCESS) {
        status = psa_destroy_key(keys[0]);
    }
    set_attributes(&attributes, row);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(row->type));
    return status != PSA_SUCCESS ? status : psa_import_key(&attributes, peer, peer_length, &keys[0]);
}

static int prepare_verify(const struct worker_row *row)
{
    return prepare_sign(row) != 0 || keep_public_key(row) != PSA_SUCCESS;
}

static void run_verify(const struct worker_row *row, size_t iterations, unsigned thread)
{
    (void)thread;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_verify_hash(keys[0], row->algorithm, material, row->size, signature, signature_length) == PSA_SUCCESS,
                     "psa_verify_hash");
    }
}

#define finish_verify finish_key

static int prepare_sign_message(const struct worker_row *row)
{
    return prepare_keys(row, 1) != 0 || psa_sign_message(keys[0], row->algorithm, material, row->size, signature,
                                                         sizeof(signature), &signature_length) != PSA_SUCCESS;
}

static void run_sign_message(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_sign_message(keys[0], row->algorithm, material, row->size, buffers[thread].output, sizeof(signature),
                                      &length) == PSA_SUCCESS,
                     "psa_sign_message");
    }
}

#define finish_sign_message finish_key

static int prepare_verify_message(const struct worker_row *row)
{
    return prepare_sign_message(row) != 0 || keep_public_key(row) != PSA_SUCCESS;
}

static void run_verify_message(const struct worker_row *row, size_t iterations, unsigned thread)
{
    (void)thread;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_verify_message(keys[0], row->algorithm, material, row->size, signature, signature_length) == PSA_SUCCESS,
                     "psa_verify_message");
    }
}

#define finish_verify_message finish_key

static int prepare_agree(const struct worker_row *row)
{
    uint8_t output[256];
    size_t length;
    return prepare_keys(row, 1) != 0 || psa_export_public_key(keys[0], peer, sizeof(peer), &peer_length) != PSA_SUCCESS ||
           psa_raw_key_agreement(row->algorithm, keys[0], peer, peer_length, output, sizeof(output), &length) != PSA_SUCCESS;
}

static void run_agree(const struct worker_row *row, size_t iterations, unsigned thread)
{
    size_t length;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_raw_key_agreement(row->algorithm, keys[0], peer, peer_length, buffers[thread].output, 256, &length) == PSA_SUCCESS,
                     "psa_raw_key_agreement");
    }
}

#define finish_agree finish_key

static int prepare_generate(const struct worker_row *row)
{
    return prepare_keys(row, 1);
}

/* With its public key, which OpenSSL computes at once. */
static void run_generate(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        psa_key_id_t key;
        size_t length;
        worker_check(make_key(row, &key) == PSA_SUCCESS &&
                         psa_export_public_key(key, buffers[thread].output, sizeof(peer), &length) == PSA_SUCCESS &&
                         psa_destroy_key(key) == PSA_SUCCESS,
                     "psa_generate_key");
    }
}

#define finish_generate finish_key
#define prepare_import prepare_generate

static void run_import(const struct worker_row *row, size_t iterations, unsigned thread)
{
    (void)thread;
    for (size_t i = 0; i < iterations; i++) {
        psa_key_id_t key;
        worker_check(make_key(row, &key) == PSA_SUCCESS && psa_destroy_key(key) == PSA_SUCCESS, "psa_import_key");
    }
}

#define finish_import finish_key

static int prepare_random(const struct worker_row *row)
{
    uint8_t output[16];
    (void)row;
    return psa_generate_random(output, sizeof(output)) == PSA_SUCCESS ? 0 : -1;
}

static void run_random(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        worker_check(psa_generate_random(buffers[thread].output, row->size) == PSA_SUCCESS, "psa_generate_random");
    }
}

#define finish_random NULL

static int prepare_pake(const struct worker_row *row)
{
    keys = calloc(2, sizeof(*keys));
    worker_check(keys != NULL, "memory");
    key_count = 2;
    return pake_keys(row, keys) == PSA_SUCCESS ? 0 : -1;
}

static void run_pake(const struct worker_row *row, size_t iterations, unsigned thread)
{
    (void)thread;
    for (size_t i = 0; i < iterations; i++) {
        worker_check(pake_exchange(row, keys) == PSA_SUCCESS, "psa_pake");
    }
}

#define finish_pake finish_key

/* Keys in an order that no cache foresees: shuffled beforehand, so that what is measured is the library's own search. */
static int prepare_lookup(const struct worker_row *row)
{
    uint64_t state = 1;
    if (prepare_keys(row, row->size) != 0) {
        return -1;
    }
    for (size_t i = row->size - 1; i > 0; i--) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t other = (size_t)((state >> 32) * (i + 1) >> 32);
        psa_key_id_t key = keys[i];
        keys[i] = keys[other];
        keys[other] = key;
    }
    return 0;
}

static void run_lookup(const struct worker_row *row, size_t iterations, unsigned thread)
{
    (void)thread;
    for (size_t i = 0, next = 0; i < iterations; i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        worker_check(psa_get_key_attributes(keys[next], &attributes) == PSA_SUCCESS, "psa_get_key_attributes");
        psa_reset_key_attributes(&attributes);
        next = next + 1 == row->size ? 0 : next + 1;
    }
}

#define finish_lookup finish_key

#define ROW(family, label, size, algorithm, type, bits, openssl, ...) \
    {prepare_##family, run_##family, finish_##family, size, algorithm, type, bits, openssl},

static const struct worker_row rows[] = {ROWS(ROW) SCALING_ROWS(ROW)};

int main(void)
{
    worker_check(psa_crypto_init() == PSA_SUCCESS, "psa_crypto_init");
    return worker_main(rows, sizeof(rows) / sizeof(rows[0]));
}
