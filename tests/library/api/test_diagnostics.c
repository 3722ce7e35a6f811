/* SPDX-License-Identifier: Apache-2.0 */
/* psacrypto/diagnostics.h in use: the reason of real failures, per thread; lists of keys, algorithms and drivers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include <cmocka.h>

#include <psacrypto/diagnostics.h>
#include <psacrypto/keys.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "platform/platform.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct psacrypto_store_ram_space space;

static int set_up(void **state)
{
    (void)state;
    memset(&space, 0, sizeof(space));
    return psacrypto_set_store(&psacrypto_store_ram, &space) != PSA_SUCCESS || psa_crypto_init() != PSA_SUCCESS;
}

static int tear_down(void **state)
{
    (void)state;
    psacrypto_shutdown();
    psacrypto_store_ram_clear(&space);
    return psacrypto_set_store(NULL, NULL) != PSA_SUCCESS;
}

/* A library without keys. */
static int restart(void **state)
{
    return tear_down(state) || set_up(state);
}

/* A token of WPA3-SAE: nothing but a derivation makes it. */
static psa_key_id_t new_token(const psa_key_attributes_t *attributes)
{
    static const uint8_t password[] = { 'p', 'a', 's', 's' };
    psa_key_attributes_t of_password = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t key, token = PSA_KEY_ID_NULL;
    psa_set_key_type(&of_password, PSA_KEY_TYPE_PASSWORD);
    psa_set_key_algorithm(&of_password, PSA_ALG_WPA3_SAE_ANY);
    psa_set_key_usage_flags(&of_password, PSA_KEY_USAGE_DERIVE);
    assert_int_equal(psa_import_key(&of_password, password, sizeof(password), &key), PSA_SUCCESS);
    psa_algorithm_t alg = PSA_ALG_WPA3_SAE_H2E(PSA_ALG_GET_HASH(psa_get_key_algorithm(attributes)));
    assert_int_equal(psa_key_derivation_setup(&derivation, alg), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&derivation, PSA_KEY_DERIVATION_INPUT_SALT, password, 4), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(&derivation, PSA_KEY_DERIVATION_INPUT_PASSWORD, key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_key(attributes, &derivation, &token), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&derivation), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    return token;
}

static psa_key_id_t new_key(psa_key_id_t id, psa_key_type_t type, size_t bits, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    if (id != 0) {
        psa_set_key_id(&attributes, id);
    }
    if (PSA_KEY_TYPE_IS_SPAKE2P(type)) { /* made by registration alone */
        uint8_t scalars[PSA_EXPORT_KEY_PAIR_MAX_SIZE];
        memset(scalars, 1, sizeof(scalars));
        assert_int_equal(psa_import_key(&attributes, scalars, PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits), &key), PSA_SUCCESS);
        return key;
    }
    if (PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type) || PSA_KEY_TYPE_IS_WPA3_SAE_DH(type)) {
        return new_token(&attributes);
    }
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

static void assert_last(psa_status_t status, const char *name, const char *words)
{
    char text[PSACRYPTO_TEXT_SIZE];
    psacrypto_error_t error = psacrypto_last_error();
    assert_int_equal(error.status, status);
    assert_string_equal(psacrypto_reason_name(error.reason), name);
    (void)psacrypto_error_text(&error, text, sizeof(text));
    assert_string_equal(text, words);
}

static psa_status_t seal(psa_key_id_t key, psa_algorithm_t alg)
{
    uint8_t nonce[12] = { 0 };
    uint8_t output[32];
    size_t length;
    return psa_aead_encrypt(key, alg, nonce, sizeof(nonce), NULL, 0, NULL, 0, output, sizeof(output), &length);
}

static psa_status_t open(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *data, size_t data_length)
{
    uint8_t nonce[12] = { 0 };
    uint8_t output[32];
    size_t length;
    return psa_aead_decrypt(key, alg, nonce, sizeof(nonce), NULL, 0, data, data_length, output, sizeof(output), &length);
}

/* ---- Reasons ---- */

static void test_reasons(void **state)
{
    uint8_t buffer[8];
    size_t length;
    (void)state;
    psa_key_id_t key = new_key(0, PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT);

    assert_int_equal(seal(key, PSA_ALG_CCM), PSA_ERROR_NOT_PERMITTED);
    assert_last(PSA_ERROR_NOT_PERMITTED, "KEY_ALGORITHM", "the key permits PSA_ALG_GCM; PSA_ALG_CCM was asked for");

    assert_int_equal(open(key, PSA_ALG_GCM, buffer, 0), PSA_ERROR_NOT_PERMITTED);
    assert_last(PSA_ERROR_NOT_PERMITTED, "KEY_USAGE", "the key permits PSA_KEY_USAGE_ENCRYPT; PSA_KEY_USAGE_DECRYPT was asked for");

    assert_int_equal(psa_export_key(key, buffer, sizeof(buffer), &length), PSA_ERROR_NOT_PERMITTED);
    assert_last(PSA_ERROR_NOT_PERMITTED, "KEY_USAGE", "the key permits PSA_KEY_USAGE_ENCRYPT; PSA_KEY_USAGE_EXPORT was asked for");

    assert_int_equal(seal(7, PSA_ALG_GCM), PSA_ERROR_INVALID_HANDLE);
    assert_last(PSA_ERROR_INVALID_HANDLE, "KEY_ID", "there is no key 7");

    assert_int_equal(psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, buffer, sizeof(buffer), &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_last(PSA_ERROR_BUFFER_TOO_SMALL, "BUFFER", "the output needs 32 bytes; the buffer has 8");

    assert_int_equal(psa_hash_compute(PSA_ALG_GCM, NULL, 0, buffer, sizeof(buffer), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_last(PSA_ERROR_INVALID_ARGUMENT, "ALGORITHM_KIND", "PSA_ALG_GCM is not an algorithm for this call");
}

/* What a secret decides has one reason, whatever it was: a wrong tag, wrong data, another length. */
static void test_one_reason_for_secrets(void **state)
{
    uint8_t wrong[32] = { 0 };
    (void)state;
    psa_key_id_t key = new_key(0, PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, PSA_KEY_USAGE_DECRYPT);
    psacrypto_error_t first = { 0, 0, { 0, 0 } };
    for (size_t length = 16; length <= sizeof(wrong); length++) {
        assert_int_equal(open(key, PSA_ALG_GCM, wrong, length), PSA_ERROR_INVALID_SIGNATURE);
        psacrypto_error_t error = psacrypto_last_error();
        first = length == 16 ? error : first;
        assert_int_equal(error.reason, first.reason);
        assert_int_equal(error.values[0], first.values[0]);
        assert_int_equal(error.values[1], first.values[1]);
    }
}

/* A success changes nothing; a failure that has no reason of its own does not get the last one's. */
static void test_success_leaves_it(void **state)
{
    uint8_t hash[32];
    size_t length;
    (void)state;
    assert_int_equal(seal(7, PSA_ALG_GCM), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, hash, sizeof(hash), &length), PSA_SUCCESS);
    assert_last(PSA_ERROR_INVALID_HANDLE, "KEY_ID", "there is no key 7");

    /* Neither do questions. */
    psa_algorithm_t alg;
    assert_int_equal(psacrypto_algorithm_from_name("nothing", &alg), PSA_ERROR_INVALID_ARGUMENT);
    assert_last(PSA_ERROR_INVALID_HANDLE, "KEY_ID", "there is no key 7");
}

static void *other_thread(void *seen)
{
    psacrypto_error_t *errors = seen;
    errors[0] = psacrypto_last_error();
    (void)seal(8, PSA_ALG_GCM);
    errors[1] = psacrypto_last_error();
    return NULL;
}

static void test_per_thread(void **state)
{
    psacrypto_error_t errors[2];
    pthread_t thread;
    (void)state;
    if (!PSACRYPTO_THREADS) {
        skip(); /* one reason for all */
    }
    assert_int_equal(seal(7, PSA_ALG_GCM), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(pthread_create(&thread, NULL, other_thread, errors), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(errors[0].status, PSA_SUCCESS);
    assert_int_equal(errors[0].reason, 0);
    assert_int_equal(errors[1].status, PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(errors[1].values[0], 8);
    assert_last(PSA_ERROR_INVALID_HANDLE, "KEY_ID", "there is no key 7");
}

static void test_before_init(void **state)
{
    uint8_t byte;
    (void)state;
    psacrypto_shutdown();
    assert_int_equal(psa_generate_random(&byte, 1), PSA_ERROR_BAD_STATE);
    assert_last(PSA_ERROR_BAD_STATE, "NOT_INITIALISED", "psa_crypto_init() has not been called");

    uint64_t cursor = 0;
    psa_key_id_t key = 1;
    assert_int_equal(psacrypto_key_next(&cursor, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_SHA_256, PSA_KEY_TYPE_NONE, 0), 0);
    psa_key_location_t location;
    assert_null(psacrypto_driver_name(1, &location));
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

/* Every function that can fail without any preparation tells its failure. */
static void test_every_failure_is_told(void **state)
{
    uint8_t buffer[64];
    size_t length;
    psa_key_id_t key;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
    psa_mac_operation_t mac = PSA_MAC_OPERATION_INIT;
    psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
    psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_sign_operation_t sign = PSA_SIGN_OPERATION_INIT;
    psa_verify_operation_t verify = PSA_VERIFY_OPERATION_INIT;
    psa_pake_operation_t pake = PSA_PAKE_OPERATION_INIT;
    psa_xof_operation_t xof = PSA_XOF_OPERATION_INIT;
    uint64_t cursor = UINT64_MAX;
    (void)state;
#define FAILS(call)                                                             \
    do {                                                                        \
        (void)psa_hash_update(&hash, NULL, 0);                                  \
        assert_string_equal(psacrypto_reason_name(psacrypto_last_error().reason), "OPERATION_INACTIVE"); \
        psa_status_t status_of_call = (call);                                   \
        assert_int_not_equal(status_of_call, PSA_SUCCESS);                      \
        assert_int_equal(psacrypto_last_error().status, status_of_call);        \
    } while (0)
    FAILS(psa_import_key(&attributes, buffer, 16, &key));
    FAILS(psa_generate_key(&attributes, &key));
    FAILS(psa_copy_key(7, &attributes, &key));
    FAILS(psa_attach_key(&attributes, buffer, 1, &key));
    FAILS(psa_destroy_key(7));
    FAILS(psa_purge_key(7));
    FAILS(psa_export_key(7, buffer, sizeof(buffer), &length));
    FAILS(psa_export_public_key(7, buffer, sizeof(buffer), &length));
    FAILS(psa_get_key_attributes(7, &attributes));
    FAILS(psa_check_key_usage(7, PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT));
    FAILS(psa_hash_setup(&hash, PSA_ALG_GCM));
    FAILS(psa_hash_finish(&hash, buffer, sizeof(buffer), &length));
    FAILS(psa_hash_compute(PSA_ALG_NONE, NULL, 0, buffer, sizeof(buffer), &length));
    FAILS(psa_mac_compute(7, PSA_ALG_CMAC, NULL, 0, buffer, sizeof(buffer), &length));
    FAILS(psa_mac_update(&mac, NULL, 0));
    FAILS(psa_cipher_encrypt(7, PSA_ALG_CTR, NULL, 0, buffer, sizeof(buffer), &length));
    FAILS(psa_cipher_set_iv(&cipher, buffer, 16));
    FAILS(psa_aead_set_nonce(&aead, buffer, 12));
    FAILS(psa_sign_hash(7, PSA_ALG_ECDSA(PSA_ALG_SHA_256), buffer, 32, buffer, sizeof(buffer), &length));
    FAILS(psa_verify_hash(7, PSA_ALG_ECDSA(PSA_ALG_SHA_256), buffer, 32, buffer, 64));
    FAILS(psa_sign_update(&sign, NULL, 0));
    FAILS(psa_verify_update(&verify, NULL, 0));
    FAILS(psa_key_derivation_output_bytes(&derivation, buffer, 1));
    FAILS(psa_key_derivation_setup(&derivation, PSA_ALG_GCM));
    FAILS(psa_raw_key_agreement(PSA_ALG_ECDH, 7, buffer, 64, buffer, sizeof(buffer), &length));
    FAILS(psa_asymmetric_encrypt(7, PSA_ALG_RSA_PKCS1V15_CRYPT, buffer, 1, NULL, 0, buffer, sizeof(buffer), &length));
    FAILS(psa_wrap_key(7, PSA_ALG_KW, 8, buffer, sizeof(buffer), &length));
    FAILS(psa_pake_set_role(&pake, PSA_PAKE_ROLE_CLIENT));
    FAILS(psa_xof_output(&xof, buffer, 1));
    FAILS(psacrypto_import_key_pem(&attributes, "x", 1, &key));
    FAILS(psacrypto_export_key_der(7, buffer, sizeof(buffer), &length));
    FAILS(psacrypto_key_next(&cursor, &key));
#undef FAILS
}

/* ---- Lists ---- */

static void test_key_list(void **state)
{
    psa_key_id_t made[6];
    int seen[COUNT(made)] = { 0 };
    uint64_t cursor = 0;
    psa_key_id_t key;
    size_t others = 0;
    (void)state;
    assert_int_equal(psacrypto_key_next(&cursor, &key), PSA_ERROR_DOES_NOT_EXIST);
    for (size_t i = 0; i < COUNT(made); i++) {
        made[i] = new_key(i % 2 == 0 ? 0 : 1000u - (psa_key_id_t)i, PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_CACHE);
        assert_int_equal(seal(made[i], PSA_ALG_GCM), PSA_SUCCESS);
    }
    psa_status_t status;
    cursor = 0;
    while ((status = psacrypto_key_next(&cursor, &key)) == PSA_SUCCESS) {
        size_t i = 0;
        while (i < COUNT(made) && made[i] != key) {
            i++;
        }
        others += i == COUNT(made);
        if (i < COUNT(made)) {
            seen[i]++;
        }
    }
    assert_int_equal(status, PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(others, 0);
    for (size_t i = 0; i < COUNT(made); i++) {
        assert_int_equal(seen[i], 1);
        assert_int_equal(psa_destroy_key(made[i]), PSA_SUCCESS);
    }
    cursor = 0;
    assert_int_equal(psacrypto_key_next(&cursor, &key), PSA_ERROR_DOES_NOT_EXIST);
}

static void test_drivers(void **state)
{
    psa_key_location_t location = 5;
    int software = 0, element = 0;
    uint32_t number = 1;
    const char *name;
    (void)state;
    for (; (name = psacrypto_driver_name(number, &location)) != NULL; number++) {
        software += strcmp(name, "software") == 0 && location == PSA_KEY_LOCATION_LOCAL_STORAGE;
        element += location == PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT;
    }
    assert_int_equal(software, 1);
    assert_int_equal(element, PSACRYPTO_SECURE_ELEMENT);
    assert_null(psacrypto_driver_name(0, &location));
    assert_null(psacrypto_driver_name(UINT32_MAX, &location));
}

static void test_supports(void **state)
{
    const psa_key_type_t p256 = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    (void)state;
    assert_int_equal(psacrypto_supports(0, PSA_ALG_SHA_256, PSA_KEY_TYPE_NONE, 0), 1);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_SHA_256, PSA_KEY_TYPE_AES, 128), 0);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 256), 1);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 255), 0);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_GCM, PSA_KEY_TYPE_CHACHA20, 256), 0);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12), PSA_KEY_TYPE_AES, 256), 1);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12), PSA_KEY_TYPE_AES, 256), 0);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_ECDSA(PSA_ALG_SHA_256), p256, 256), 1);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), p256, 256), 0);
    assert_int_equal(psacrypto_supports(1, PSA_ALG_ECDSA(PSA_ALG_SHA_256), p256, 256), PSACRYPTO_SECURE_ELEMENT);
    assert_int_equal(psacrypto_supports(2, PSA_ALG_ECDSA(PSA_ALG_SHA_256), p256, 256), 0);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)), p256, 256), 1);
    assert_int_equal(psacrypto_supports(0, PSA_ALG_NONE, PSA_KEY_TYPE_AES, 128), 0);
    assert_int_equal(psacrypto_supports(0, 0x85500200, PSA_KEY_TYPE_AES, 128), 0);
}

/* Whatever it claims to support it does: a key is made and the question that the specification has is asked of it. */
static void test_supports_is_true(void **state)
{
    static const size_t sizes[] = { 128, 256, 255 };
    size_t asked = 0;
    (void)state;
    for (psa_key_type_t type = psacrypto_key_type_next(0); type != 0; type = psacrypto_key_type_next(type)) {
        for (size_t i = 0; i < COUNT(sizes) && !PSA_KEY_TYPE_IS_PUBLIC_KEY(type); i++) {
            for (psa_algorithm_t alg = psacrypto_algorithm_next(0); alg != 0; alg = psacrypto_algorithm_next(alg)) {
                psa_key_usage_t usage = PSA_ALG_IS_SIGN_HASH(alg) ? PSA_KEY_USAGE_SIGN_HASH
                    : PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_SIGN(alg) ? PSA_KEY_USAGE_SIGN_MESSAGE
                    : PSA_ALG_IS_CIPHER(alg) || PSA_ALG_IS_AEAD(alg) ? PSA_KEY_USAGE_ENCRYPT : PSA_KEY_USAGE_DERIVE;
                if (PSA_ALG_IS_KEY_WRAP(alg) || !psacrypto_supports(0, alg, type, sizes[i])) {
                    continue;
                }
                psa_key_id_t key = new_key(0, type, sizes[i], alg, usage);
                assert_int_equal(psa_check_key_usage(key, alg, usage), PSA_SUCCESS);
                assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
                asked++;
            }
        }
    }
    assert_true(asked > 50);
}

static void test_cpu_text(void **state)
{
    char text[PSACRYPTO_TEXT_SIZE];
    (void)state;
    size_t length = psacrypto_cpu_text(text, sizeof(text));
    assert_int_equal(length, strlen(text));
    platform_cpu_mask(0);
    assert_int_equal(psacrypto_cpu_text(text, sizeof(text)), 0);
    assert_string_equal(text, "");
    platform_cpu_mask(UINT32_MAX);
}

static void test_store_text(void **state)
{
    char text[PSACRYPTO_STORE_PATH_MAX + 100];
    char expected[PSACRYPTO_STORE_PATH_MAX + 100] = "posix: ";
    const char *directory = getenv("PSACRYPTO_STORE");
    (void)state;
    assert_int_equal(psacrypto_store_text(text, sizeof(text)), 3);
    assert_string_equal(text, "ram");
    if (directory == NULL || !PSACRYPTO_STORE_POSIX) {
        print_message("no directory holds the store: its text is not looked at\n");
        return;
    }
    psacrypto_shutdown();
    assert_int_equal(psacrypto_set_store(NULL, NULL), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    (void)psacrypto_store_text(text, sizeof(text));
    assert_string_equal(text, strcat(expected, directory));
    psacrypto_shutdown();
    assert_int_equal(psacrypto_set_store(&psacrypto_store_ram, &space), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_one_reason_for_secrets),
        cmocka_unit_test(test_success_leaves_it),
        cmocka_unit_test(test_per_thread),
        cmocka_unit_test(test_before_init),
        cmocka_unit_test(test_every_failure_is_told),
        cmocka_unit_test_setup(test_key_list, restart),
        cmocka_unit_test(test_drivers),
        cmocka_unit_test(test_supports),
        cmocka_unit_test(test_supports_is_true),
        cmocka_unit_test(test_cpu_text),
        cmocka_unit_test(test_store_text),
    };
    return cmocka_run_group_tests_name("diagnostics", tests, set_up, tear_down);
}
