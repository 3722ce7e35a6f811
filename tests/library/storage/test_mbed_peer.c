/* SPDX-License-Identifier: Apache-2.0 */
/* A key that Debian's Mbed TLS made opens through store_mbed, and the other way round. */
#define _GNU_SOURCE

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>

static const uint8_t bytes[16] = { 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c };
static char *path;
static struct psacrypto_store_directory directory;

/* Runs tests/peers/mbed_keys in the directory; its exit status, -1 where it was not built. */
static int peer(const char *verb)
{
    const char *build = getenv("BUILD");
    const char *wrapper = getenv("TEST_WRAPPER");
    char command[4096];
    char program[2048];
    char *full;
    if (build == NULL || (size_t)snprintf(program, sizeof(program), "%s/tests/peers/mbed_keys", build) >= sizeof(program)) {
        return -1;
    }
    full = realpath(program, NULL);
    if (full == NULL) {
        return -1;
    }
    int length = snprintf(command, sizeof(command), "cd '%s' && %s '%s' %s", path, wrapper == NULL ? "" : wrapper, full, verb);
    free(full);
    return length < 0 || (size_t)length >= sizeof(command) ? -1 : system(command);
}

static int setup(void **state)
{
    (void)state;
    path = directory_make();
    memset(&directory, 0, sizeof(directory));
    directory.path = path;
    return psacrypto_set_store(&psacrypto_store_mbed, &directory) == PSA_SUCCESS && psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    directory_remove(path);
    return psacrypto_set_store(NULL, NULL);
}

static void keys_of_mbedtls_open_here(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t out[64] = { 0 };
    size_t length;
    (void)state;
    int made = peer("make");
    if (made == -1) {
        print_message("tests/peers/mbed_keys is not built: BUILD is not set\n");
        skip();
    }
    assert_int_equal(made, 0);
    assert_int_equal(psa_export_key(0x21, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(bytes));
    assert_memory_equal(out, bytes, sizeof(bytes));
    assert_int_equal(psa_get_key_attributes(0x21, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&attributes), PSA_KEY_TYPE_AES);
    assert_int_equal(psa_get_key_bits(&attributes), 128);
    assert_int_equal(psa_get_key_algorithm(&attributes), PSA_ALG_CTR);
    assert_int_equal(psa_get_key_lifetime(&attributes), PSA_KEY_LIFETIME_PERSISTENT);
    assert_int_equal(psa_sign_hash(0x22, PSA_ALG_ECDSA(PSA_ALG_SHA_256), out, 32, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(psa_export_key(0x22, out, sizeof(out), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(0x22), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(0x22, &attributes), PSA_ERROR_INVALID_HANDLE);
}

static void keys_from_here_open_with_mbedtls(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    (void)state;
    psa_set_key_id(&attributes, 0x31);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_algorithm(&attributes, PSA_ALG_CTR);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_ENCRYPT);
    assert_int_equal(psa_import_key(&attributes, bytes, sizeof(bytes), &key), PSA_SUCCESS);
    psa_set_key_id(&attributes, 0x32);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(&attributes, 256);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH);
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    int right = peer("check");
    if (right == -1) {
        skip();
    }
    assert_int_equal(right, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_of_mbedtls_open_here, setup, teardown),
        cmocka_unit_test_setup_teardown(keys_from_here_open_with_mbedtls, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
