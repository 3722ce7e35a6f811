/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Registers the two drivers and uses them through the API:
 *
 *     make
 *     cc -std=c99 -Iinclude examples/driver/*.c build/libpsacrypto.a -pthread -o /tmp/driver-example
 *     /tmp/driver-example /tmp/driver-example-keys
 *
 * The second time the key in the token is there already.
 */
#include "accelerator.h"
#include "coprocessor.h"
#include "token.h"

#include <psacrypto/store.h>

#include <stdio.h>

#define TOKEN_LOCATION ((psa_key_location_t)0x800042)
#define KEY_ID ((psa_key_id_t)1)
#define ALG PSA_ALG_HMAC(PSA_ALG_SHA_256)

static const uint8_t message[] = "two roads diverged in a wood";

static int fail(const char *what, psa_status_t status)
{
    (void)fprintf(stderr, "%s: %d\n", what, (int)status);
    return 1;
}

static void print(const char *what, const uint8_t *bytes, size_t length)
{
    (void)printf("%-28s", what);
    for (size_t i = 0; i < length; i++) {
        (void)printf("%02x", bytes[i]);
    }
    (void)printf("\n");
}

/* A key in the library's own memory: the accelerator is asked before the software driver. */
static int use_accelerator(void)
{
    static const uint8_t secret[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    uint8_t mac[32];
    size_t length = 0;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_set_key_algorithm(&attributes, ALG);
    psa_status_t status = psa_import_key(&attributes, secret, sizeof(secret), &key);
    if (status != PSA_SUCCESS) {
        return fail("psa_import_key", status);
    }
    for (int i = 0; i < 2; i++) { /* the second time the key is prepared */
        unsigned long before = coprocessor_done();
        status = psa_mac_compute(key, ALG, message, sizeof(message), mac, sizeof(mac), &length);
        if (status != PSA_SUCCESS) {
            return fail("psa_mac_compute", status);
        }
        print("HMAC on the coprocessor", mac, length);
        (void)printf("%-28s%lu\n", "blocks that took", coprocessor_done() - before);
    }
    return psa_destroy_key(key) != PSA_SUCCESS;
}

static psa_status_t open_or_make(psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_id(&attributes, KEY_ID);
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, TOKEN_LOCATION));
    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_set_key_algorithm(&attributes, ALG);
    psa_status_t status = psa_generate_key(&attributes, key);
    (void)printf("%-28s%s\n", "key in the token", status == PSA_SUCCESS ? "made" : "was there");
    if (status == PSA_ERROR_ALREADY_EXISTS) {
        *key = KEY_ID;
        status = PSA_SUCCESS;
    }
    return status;
}

static int use_token(void)
{
    psa_key_id_t key;
    uint8_t mac[32];
    size_t length = 0;
    psa_status_t status = open_or_make(&key);
    if (status != PSA_SUCCESS) {
        return fail("psa_generate_key", status);
    }
    status = psa_mac_compute(key, ALG, message, sizeof(message), mac, sizeof(mac), &length);
    if (status != PSA_SUCCESS) {
        return fail("psa_mac_compute", status);
    }
    print("HMAC by the token", mac, length);
    status = psa_export_key(key, mac, sizeof(mac), &length);
    (void)printf("%-28s%s\n", "export", status == PSA_ERROR_NOT_PERMITTED ? "refused" : "went through!");
    return status != PSA_ERROR_NOT_PERMITTED;
}

int main(int argc, char **argv)
{
    static struct token token;
    psa_status_t status = psacrypto_register_driver(PSA_KEY_LOCATION_LOCAL_STORAGE, &accelerator_driver, NULL);
    if (status == PSA_SUCCESS) {
        status = psacrypto_register_driver(TOKEN_LOCATION, &token_driver, &token);
    }
    if (status == PSA_SUCCESS && argc > 1) {
        status = psacrypto_set_store_directory(argv[1]);
    }
    if (status == PSA_SUCCESS) {
        status = psa_crypto_init();
    }
    if (status != PSA_SUCCESS) {
        return fail("start", status);
    }
    return use_accelerator() || use_token();
}
