/* SPDX-License-Identifier: Apache-2.0 */
/* A driver that lies: it has the software driver compute, and spoils what one algorithm gives. */
#ifndef TESTS_API_LIAR_H
#define TESTS_API_LIAR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <psacrypto/driver.h>

enum lie {
    LIE_NONE,
    LIE_FORWARD,  /* a wrong hash, MAC, ciphertext, signature, secret */
    LIE_LENGTH,   /* the same, a byte short */
    LIE_BACK,     /* a wrong plaintext; a signature that does not verify */
    LIE_ACCEPT,   /* whatever is to be verified is right */
    LIE_FAIL      /* an error */
};

static psa_algorithm_t victim;
static psa_key_type_t victim_type; /* NONE: of every type */
static enum lie lie;
static size_t lies_told;

#define SOFTWARE (&psacrypto_software_driver)

static int is_victim(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    return alg == victim && (victim_type == PSA_KEY_TYPE_NONE || psa_get_key_type(key->attributes) == victim_type);
}

/* What the software driver gave, with its last byte changed. */
static psa_status_t spoil(psa_status_t status, enum lie kind, uint8_t *output, size_t *length)
{
    if (status != PSA_SUCCESS || lie == LIE_NONE) {
        return status;
    }
    if (lie == LIE_FAIL) {
        lies_told++;
        return PSA_ERROR_HARDWARE_FAILURE;
    }
    if (lie == kind && *length != 0) {
        lies_told++;
        output[*length - 1u] ^= 0x80u;
    }
    if (lie == LIE_LENGTH && kind == LIE_FORWARD && *length != 0) {
        lies_told++;
        *length -= 1u;
    }
    return status;
}

static size_t context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    return alg == victim ? SOFTWARE->context_size(instance, family, alg, type, bits) : 0;
}

static psa_status_t hash_compute(void *instance, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                 uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    if (alg != victim) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->hash->compute(instance, alg, input, input_length, hash, hash_size, hash_length), LIE_FORWARD, hash, hash_length);
}

static const struct psacrypto_hash_entries hash = { .compute = hash_compute };

static psa_status_t xof_setup(void *instance, void *context, psa_algorithm_t alg)
{
    return alg == victim ? SOFTWARE->xof->setup(instance, context, alg) : PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t xof_context(void *instance, void *context, const uint8_t *string, size_t string_length)
{
    return SOFTWARE->xof->set_context(instance, context, string, string_length);
}

static psa_status_t xof_update(void *instance, void *context, const uint8_t *input, size_t input_length)
{
    return SOFTWARE->xof->update(instance, context, input, input_length);
}

static psa_status_t xof_output(void *instance, void *context, uint8_t *output, size_t output_length)
{
    size_t length = output_length;
    psa_status_t status = SOFTWARE->xof->output(instance, context, output, output_length);
    return lie == LIE_LENGTH ? status : spoil(status, LIE_FORWARD, output, &length); /* it has no length to tell */
}

static psa_status_t xof_abort(void *instance, void *context)
{
    return SOFTWARE->xof->abort(instance, context);
}

static const struct psacrypto_xof_entries xof = {
    .setup = xof_setup,
    .set_context = xof_context,
    .update = xof_update,
    .output = xof_output,
    .abort = xof_abort,
};

static psa_status_t mac_compute(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->mac->compute(instance, key, alg, input, input_length, mac, mac_size, mac_length), LIE_FORWARD, mac, mac_length);
}

static psa_status_t mac_verify(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                               const uint8_t *input, size_t input_length, const uint8_t *mac, size_t mac_length)
{
    uint8_t right[64];
    size_t length;
    if (!is_victim(key, alg) || (lie != LIE_ACCEPT && lie != LIE_BACK)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    lies_told++;
    psa_status_t status = SOFTWARE->mac->compute(instance, key, alg, input, input_length, right, mac_length, &length);
    assert_int_equal(status, PSA_SUCCESS);
    return lie == LIE_ACCEPT ? PSA_SUCCESS : memcmp(right, mac, mac_length) == 0 ? PSA_ERROR_INVALID_SIGNATURE : PSA_SUCCESS;
}

static const struct psacrypto_mac_entries mac = { .compute = mac_compute, .verify = mac_verify };

static psa_status_t cipher_encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                   const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                                   uint8_t *output, size_t output_size, size_t *output_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->cipher->encrypt(instance, key, alg, iv, iv_length, input, input_length, output, output_size, output_length),
                 LIE_FORWARD, output, output_length);
}

static psa_status_t cipher_decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                   const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                                   uint8_t *output, size_t output_size, size_t *output_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->cipher->decrypt(instance, key, alg, iv, iv_length, input, input_length, output, output_size, output_length),
                 LIE_BACK, output, output_length);
}

static const struct psacrypto_cipher_entries cipher = { .encrypt = cipher_encrypt, .decrypt = cipher_decrypt };

static psa_status_t aead_encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                                 const uint8_t *plaintext, size_t plaintext_length,
                                 uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->aead->encrypt(instance, key, alg, nonce, nonce_length, ad, ad_length, plaintext, plaintext_length,
                                         ciphertext, ciphertext_size, ciphertext_length), LIE_FORWARD, ciphertext, ciphertext_length);
}

static psa_status_t aead_decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                                 const uint8_t *ciphertext, size_t ciphertext_length,
                                 uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = SOFTWARE->aead->decrypt(instance, key, alg, nonce, nonce_length, ad, ad_length, ciphertext, ciphertext_length,
                                                  plaintext, plaintext_size, plaintext_length);
    if (status == PSA_ERROR_INVALID_SIGNATURE && lie == LIE_ACCEPT) {
        lies_told++;
        *plaintext_length = ciphertext_length - 16u;
        return PSA_SUCCESS;
    }
    return spoil(status, LIE_BACK, plaintext, plaintext_length);
}

static const struct psacrypto_aead_entries aead = { .encrypt = aead_encrypt, .decrypt = aead_decrypt };

static psa_status_t sign_hash(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                              const uint8_t *digest, size_t digest_length, const uint8_t *context, size_t context_length,
                              uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->sign->sign_hash(instance, key, alg, digest, digest_length, context, context_length,
                                           signature, signature_size, signature_length), LIE_FORWARD, signature, signature_length);
}

static psa_status_t verify_hash(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                const uint8_t *digest, size_t digest_length, const uint8_t *context, size_t context_length,
                                const uint8_t *signature, size_t signature_length)
{
    if (!is_victim(key, alg) || (lie != LIE_ACCEPT && lie != LIE_BACK)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    lies_told++;
    psa_status_t status = SOFTWARE->sign->verify_hash(instance, key, alg, digest, digest_length, context, context_length,
                                                      signature, signature_length);
    return lie == LIE_ACCEPT || status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static psa_status_t sign_message(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                 uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->sign->sign_message(instance, key, alg, input, input_length, context, context_length,
                                              signature, signature_size, signature_length), LIE_FORWARD, signature, signature_length);
}

static psa_status_t verify_message(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                   const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                   const uint8_t *signature, size_t signature_length)
{
    if (!is_victim(key, alg) || (lie != LIE_ACCEPT && lie != LIE_BACK)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    lies_told++;
    psa_status_t status = SOFTWARE->sign->verify_message(instance, key, alg, input, input_length, context, context_length,
                                                         signature, signature_length);
    return lie == LIE_ACCEPT || status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static const struct psacrypto_sign_entries sign = {
    .sign_hash = sign_hash, .verify_hash = verify_hash, .sign_message = sign_message, .verify_message = verify_message,
};

static psa_status_t agree(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                          const uint8_t *peer_key, size_t peer_key_length, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->key_agreement->agree(instance, key, alg, peer_key, peer_key_length, secret, secret_size, secret_length),
                 LIE_FORWARD, secret, secret_length);
}

static const struct psacrypto_key_agreement_entries key_agreement = { .agree = agree };

static psa_status_t derivation_setup(void *instance, void *context, psa_algorithm_t alg)
{
    return alg == victim ? SOFTWARE->key_derivation->setup(instance, context, alg) : PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t derivation_bytes(void *instance, void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    return SOFTWARE->key_derivation->input_bytes(instance, context, step, data, data_length);
}

static psa_status_t derivation_capacity(void *instance, void *context, size_t capacity)
{
    return SOFTWARE->key_derivation->set_capacity(instance, context, capacity);
}

static psa_status_t derivation_integer(void *instance, void *context, psa_key_derivation_step_t step, uint64_t value)
{
    return SOFTWARE->key_derivation->input_integer(instance, context, step, value);
}

static psa_status_t derivation_key(void *instance, void *context, psa_key_derivation_step_t step, const struct psacrypto_key *key)
{
    return SOFTWARE->key_derivation->input_key(instance, context, step, key);
}

static psa_status_t derivation_output(void *instance, void *context, uint8_t *output, size_t output_length)
{
    size_t length = output_length;
    if (lie == LIE_LENGTH) {
        return SOFTWARE->key_derivation->output_bytes(instance, context, output, output_length); /* it has none to tell */
    }
    return spoil(SOFTWARE->key_derivation->output_bytes(instance, context, output, output_length), LIE_FORWARD, output, &length);
}

static psa_status_t derivation_abort(void *instance, void *context)
{
    return SOFTWARE->key_derivation->abort(instance, context);
}

static const struct psacrypto_key_derivation_entries key_derivation = {
    .setup = derivation_setup,
    .set_capacity = derivation_capacity,
    .input_bytes = derivation_bytes,
    .input_integer = derivation_integer,
    .input_key = derivation_key,
    .output_bytes = derivation_output,
    .abort = derivation_abort,
};

static psa_status_t wrap(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *key_data, size_t key_data_length,
                         uint8_t *data, size_t data_size, size_t *data_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->key_wrap->wrap(instance, key, alg, key_data, key_data_length, data, data_size, data_length),
                 LIE_FORWARD, data, data_length);
}

static psa_status_t unwrap(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *data, size_t data_length,
                           uint8_t *key_data, size_t key_data_size, size_t *key_data_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = SOFTWARE->key_wrap->unwrap(instance, key, alg, data, data_length, key_data, key_data_size, key_data_length);
    if (status == PSA_ERROR_INVALID_SIGNATURE && lie == LIE_ACCEPT) {
        lies_told++;
        return PSA_SUCCESS;
    }
    return spoil(status, LIE_BACK, key_data, key_data_length);
}

static const struct psacrypto_key_wrap_entries key_wrap = { .wrap = wrap, .unwrap = unwrap };

static psa_status_t rsa_encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                const uint8_t *salt, size_t salt_length, uint8_t *output, size_t output_size, size_t *output_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->asymmetric_encryption->encrypt(instance, key, alg, input, input_length, salt, salt_length,
                                                          output, output_size, output_length), LIE_FORWARD, output, output_length);
}

static psa_status_t rsa_decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                const uint8_t *salt, size_t salt_length, uint8_t *output, size_t output_size, size_t *output_length)
{
    if (!is_victim(key, alg)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return spoil(SOFTWARE->asymmetric_encryption->decrypt(instance, key, alg, input, input_length, salt, salt_length,
                                                          output, output_size, output_length), LIE_BACK, output, output_length);
}

static const struct psacrypto_asymmetric_encryption_entries asymmetric_encryption = { .encrypt = rsa_encrypt, .decrypt = rsa_decrypt };

static psa_status_t pake_setup(void *instance, const struct psacrypto_key *key, void *context, const psa_pake_cipher_suite_t *suite)
{
    return is_victim(key, psa_pake_cs_get_algorithm(suite)) ? SOFTWARE->pake->setup(instance, key, context, suite) : PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t pake_set_role(void *instance, void *context, psa_pake_role_t role)
{
    return SOFTWARE->pake->set_role(instance, context, role);
}

static psa_status_t pake_set_user(void *instance, void *context, const uint8_t *user, size_t user_length)
{
    return SOFTWARE->pake->set_user(instance, context, user, user_length);
}

static psa_status_t pake_set_peer(void *instance, void *context, const uint8_t *peer, size_t peer_length)
{
    return SOFTWARE->pake->set_peer(instance, context, peer, peer_length);
}

static psa_status_t pake_output(void *instance, const struct psacrypto_key *key, void *context, psa_pake_step_t step,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    return spoil(SOFTWARE->pake->output(instance, key, context, step, output, output_size, output_length), LIE_FORWARD, output, output_length);
}

static psa_status_t pake_input(void *instance, const struct psacrypto_key *key, void *context, psa_pake_step_t step,
                               const uint8_t *input, size_t input_length)
{
    psa_status_t status = SOFTWARE->pake->input(instance, key, context, step, input, input_length);
    if (status == PSA_ERROR_INVALID_SIGNATURE && lie == LIE_ACCEPT) {
        lies_told++;
        return PSA_SUCCESS;
    }
    return status;
}

/* Both sides lie: the second one otherwise, for nobody knows what the key should be. */
static psa_status_t pake_get_shared_key(void *instance, void *context, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    static uint8_t count;
    psa_status_t status = SOFTWARE->pake->get_shared_key(instance, context, secret, secret_size, secret_length);
    if (status == PSA_SUCCESS && lie == LIE_BACK) {
        lies_told++;
        secret[0] ^= ++count;
    }
    return status;
}

static psa_status_t pake_abort(void *instance, void *context)
{
    return SOFTWARE->pake->abort(instance, context);
}

static const struct psacrypto_pake_entries pake = {
    .setup = pake_setup,
    .set_role = pake_set_role,
    .set_user = pake_set_user,
    .set_peer = pake_set_peer,
    .output = pake_output,
    .input = pake_input,
    .get_shared_key = pake_get_shared_key,
    .abort = pake_abort,
};

static const struct psacrypto_driver liar = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "liar",
    .context_size = context_size,
    .hash = &hash,
    .xof = &xof,
    .mac = &mac,
    .cipher = &cipher,
    .aead = &aead,
    .key_wrap = &key_wrap,
    .sign = &sign,
    .asymmetric_encryption = &asymmetric_encryption,
    .key_agreement = &key_agreement,
    .key_derivation = &key_derivation,
    .pake = &pake,
};

#endif
