/* SPDX-License-Identifier: Apache-2.0 */
/*
 * psacrypto_self_test() finds every wrong answer: a driver in front of the software driver does one algorithm wrongly, each
 * algorithm of the build in its turn, in each of the directions that it has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <psacrypto/diagnostics.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "api/self_test.h"
#include "platform/platform.h"
#include "software/kernels.h"
#include "support/quick.h"


#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- A driver that lies ---- */

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

/* ---- Tests ---- */

static struct psacrypto_store_ram_space space;

static int set_up(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &space) != PSA_SUCCESS ||
           psacrypto_register_driver(PSA_KEY_LOCATION_LOCAL_STORAGE, &liar, NULL) != PSA_SUCCESS || psa_crypto_init() != PSA_SUCCESS;
}

static int tear_down(void **state)
{
    (void)state;
    psacrypto_shutdown();
    psacrypto_store_ram_clear(&space);
    return 0;
}

static void test_all_is_well(void **state)
{
    (void)state;
    victim = PSA_ALG_NONE;
    assert_int_equal(psacrypto_self_test(), PSA_SUCCESS);
}

static int supported(psa_algorithm_t alg)
{
    static const size_t sizes[] = { 0, 128, 160, 192, 255, 256, 448, 512, 521, 1536, 2048 };
    psa_key_type_t type = PSA_KEY_TYPE_NONE;
    do {
        for (size_t i = 0; i < COUNT(sizes); i++) {
            if (psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, sizes[i])) {
                return 1;
            }
        }
        type = psacrypto_key_type_next(type);
    } while (type != PSA_KEY_TYPE_NONE);
    return 0;
}

/* ECDSA takes any hash: those of which the build has the hash itself are tested. */
static int in_build(psa_algorithm_t alg)
{
    psa_algorithm_t of = PSA_ALG_GET_HASH(alg);
    return supported(alg) && (!PSA_ALG_IS_SIGN(alg) || of == PSA_ALG_NONE || supported(of));
}

/* The part of the self-test that is about alg: the others would only take time. */
static psa_status_t self_test_part(psa_algorithm_t alg)
{
    static psa_status_t (*const parts[])(void) = {
        [0x02] = self_test_hashes_run,  [0x03] = self_test_macs_run, [0x04] = self_test_ciphers_run, [0x05] = self_test_ciphers_run,
        [0x06] = self_test_ecdsa_run,   [0x07] = self_test_rsa_encryption_run,  [0x08] = self_test_derivations_run,  [0x09] = self_test_agreements_run,
        [0x0a] = self_test_pake_run,    [0x0b] = self_test_wraps_run,     [0x0d] = self_test_xofs_run,
    };
    size_t category = alg >> 24;
    if (category >= COUNT(parts) || parts[category] == NULL) {
        return psacrypto_self_test();
    }
    psa_status_t (*part)(void) = PSA_ALG_IS_HMAC(alg) ? self_test_hashes_run
        : PSA_ALG_IS_RSA_PSS(alg) || PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) ? self_test_rsa_run
        : PSA_ALG_IS_SIGN(alg) && !PSA_ALG_IS_ECDSA(alg) ? self_test_eddsa_run
        : PSA_ALG_IS_WPA3_SAE(alg) ? self_test_sae_run : parts[category];
    return part();
}

/* If the lie was told, the self-test says so, and where. The steps of HKDF stand for each other. */
static size_t count_lies(psa_algorithm_t alg, psa_key_type_t type, enum lie kind)
{
    victim = alg;
    victim_type = type;
    lie = kind;
    lies_told = 0;
    psa_status_t status = self_test_part(alg);
    victim = PSA_ALG_NONE;
    lie = LIE_NONE;
    if (status != (lies_told != 0 ? PSA_ERROR_CORRUPTION_DETECTED : PSA_SUCCESS)) {
        fail_msg("0x%08x, lie %d: status %d", (unsigned)alg, (int)kind, (int)status);
    }
    if (lies_told != 0) {
        psacrypto_error_t error = psacrypto_last_error();
        assert_string_equal(psacrypto_reason_name(error.reason), "SELF_TEST");
        assert_true(error.values[0] == alg || PSA_ALG_IS_HKDF_EXTRACT(alg));
    }
    return lies_told;
}

/* What is made with a hash and an asymmetric key is looked at from one side at least, with SHA-256 from all. */
static int is_partly_tested(psa_algorithm_t alg)
{
    psa_algorithm_t of = PSA_ALG_GET_HASH(alg);
    return (PSA_ALG_IS_SIGN(alg) || PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) || PSA_ALG_IS_JPAKE(alg)) && !PSA_ALG_IS_HASH_EDDSA(alg) && of != PSA_ALG_NONE && of != PSA_ALG_SHA_256;
}

static void test_lies(psa_algorithm_t alg)
{
    int back = PSA_ALG_IS_CIPHER(alg) || PSA_ALG_IS_AEAD(alg) || PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_SIGN(alg) ||
               PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) || PSA_ALG_IS_KEY_WRAP(alg) || PSA_ALG_IS_PAKE(alg);
    int accept = PSA_ALG_IS_AEAD(alg) || PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_SIGN(alg) || PSA_ALG_IS_KEY_WRAP(alg) ||
                 PSA_ALG_IS_PAKE(alg);
    size_t forward = count_lies(alg, PSA_KEY_TYPE_NONE, LIE_FORWARD);
    size_t backward = back ? count_lies(alg, PSA_KEY_TYPE_NONE, LIE_BACK) : 0;
    int told = is_partly_tested(alg) ? forward + backward != 0 : forward != 0 && (!back || backward != 0);
    if (!told) {
        fail_msg("0x%08x is not tested: library/api/self_test_answers.c", (unsigned)alg);
    }
    if (!is_partly_tested(alg)) {
        assert_true(count_lies(alg, PSA_KEY_TYPE_NONE, LIE_LENGTH) != 0 || PSA_ALG_IS_KEY_DERIVATION(alg) || PSA_ALG_IS_XOF(alg));
        assert_true(count_lies(alg, PSA_KEY_TYPE_NONE, LIE_FAIL) != 0);
        assert_true(!accept || count_lies(alg, PSA_KEY_TYPE_NONE, LIE_ACCEPT) != 0);
    }
}

/* Asymmetric algorithms take most of the time, and treat all hashes alike: a few stand for them. */
static int is_sample(psa_algorithm_t alg)
{
    psa_algorithm_t of = PSA_ALG_GET_HASH(alg);
    return of == PSA_ALG_SHA_384 || (!quick() && (of == PSA_ALG_MD5 || of == PSA_ALG_SHAKE256_256 || of == PSA_ALG_BLAKE2B_HASH512));
}

static void test_every_lie_is_found(void **state)
{
    size_t algorithms = 0, number = 0;
    (void)state;
    for (psa_algorithm_t alg = psacrypto_algorithm_next(PSA_ALG_NONE); alg != PSA_ALG_NONE; alg = psacrypto_algorithm_next(alg)) {
        if (in_build(alg) && (!is_partly_tested(alg) || is_sample(alg)) && number++ % slow_step(7) == 0) {
            test_lies(alg);
            algorithms++;
        }
    }
    print_message("%zu algorithms\n", algorithms);
    assert_true(algorithms != 0);
}

/* A block or stream cipher is tested with one algorithm at least. */
static int type_is_tested(psa_key_type_t type)
{
    for (psa_algorithm_t alg = psacrypto_algorithm_next(PSA_ALG_NONE); alg != PSA_ALG_NONE; alg = psacrypto_algorithm_next(alg)) {
        int takes = psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, 128) ||
                    psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, 192) ||
                    psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, 256);
        if (takes && count_lies(alg, type, LIE_FORWARD) != 0) {
            return 1;
        }
    }
    return 0;
}

static int is_cipher_type_in_build(psa_key_type_t type)
{
    static const psa_algorithm_t each[] = { PSA_ALG_ECB_NO_PADDING, PSA_ALG_STREAM_CIPHER, PSA_ALG_ASCON_AEAD128 };
    for (size_t i = 0; i < COUNT(each); i++) {
        for (size_t bits = 64; bits <= 256; bits += 64) {
            if (psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, each[i], type, bits)) {
                return 1;
            }
        }
    }
    return 0;
}

static void test_every_cipher_type(void **state)
{
    size_t types = 0;
    (void)state;
    for (psa_key_type_t type = psacrypto_key_type_next(PSA_KEY_TYPE_NONE); type != PSA_KEY_TYPE_NONE; type = psacrypto_key_type_next(type)) {
        if (is_cipher_type_in_build(type)) {
            if (!type_is_tested(type)) {
                fail_msg("no algorithm is tested with keys of type 0x%04x: library/api/self_test_answers.c", (unsigned)type);
            }
            types++;
        }
    }
    assert_true(types != 0 || !psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 128));
}

static void (*right_sha256)(uint32_t words[8], const uint8_t *blocks, size_t count);

static void wrong_sha256(uint32_t words[8], const uint8_t *blocks, size_t count)
{
    right_sha256(words, blocks, count);
    words[5] ^= 1u;
}

static void test_wrong_kernel(void **state)
{
    (void)state;
    right_sha256 = sw_kernels.sha256_compress;
    sw_kernels.sha256_compress = wrong_sha256;
    psa_status_t status = psacrypto_self_test();
    sw_kernels.sha256_compress = right_sha256;
    assert_int_equal(status, PSA_ERROR_CORRUPTION_DETECTED);
    assert_int_equal(psacrypto_self_test(), PSA_SUCCESS);
}

/* Wherever memory runs out, the answer is that, or right all the same: never that an algorithm is wrong. */
static void without_memory(psa_status_t (*part)(void), long samples)
{
    platform_test_fail_allocation(0);
    assert_int_equal(part(), PSA_SUCCESS);
    long count = platform_test_allocations();
    for (long k = 1; k <= count; k += k < samples ? 1 : count / samples) {
        platform_test_fail_allocation(k);
        psa_status_t status = part();
        assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INSUFFICIENT_MEMORY);
    }
    platform_test_fail_allocation(0);
    assert_int_equal(platform_test_secrets_in_use(), 0);
}

static void test_without_memory(void **state)
{
    static psa_status_t (*const swift[])(void) = {
        self_test_hashes_run, self_test_xofs_run, self_test_derivations_run, self_test_macs_run, self_test_ciphers_run, self_test_wraps_run,
    };
    static psa_status_t (*const slow[])(void) = { self_test_agreements_run, self_test_ecdsa_run, self_test_rsa_run, self_test_rsa_encryption_run };
    (void)state;
    for (size_t i = 0; i < COUNT(swift); i++) {
        without_memory(swift[i], quick() == 2 ? 5 : 30);
    }
    for (size_t i = 0; i < COUNT(slow); i++) {
        without_memory(slow[i], quick() ? 2 : 5);
    }
}

static void test_before_init(void **state)
{
    (void)state;
    psacrypto_shutdown();
    assert_int_equal(psacrypto_self_test(), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_well),
        cmocka_unit_test(test_every_lie_is_found),
        cmocka_unit_test(test_every_cipher_type),
        cmocka_unit_test(test_wrong_kernel),
        cmocka_unit_test(test_without_memory),
        cmocka_unit_test(test_before_init),
    };
    return cmocka_run_group_tests_name("self-test", tests, set_up, tear_down);
}
