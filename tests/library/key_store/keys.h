/* SPDX-License-Identifier: Apache-2.0 */
/* Keys for the tests of the key store, in a library whose store is in memory. Included once, by a file of tests. */
#ifndef TESTS_KEY_STORE_KEYS_H
#define TESTS_KEY_STORE_KEYS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "key_store/key_store.h"

#define PERSISTENT PSA_KEY_LIFETIME_PERSISTENT
#define IN_ELEMENT PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, 1u)
#define SOME_USAGE (PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT)
#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

static struct psacrypto_store_ram_space space;
static const uint8_t bytes[64] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static int start(void **state)
{
    (void)state;
    if (psacrypto_set_store(&psacrypto_store_ram, &space) != PSA_SUCCESS) {
        return -1;
    }
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

static psa_key_attributes_t aes(psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    return attributes;
}

static psa_key_attributes_t kept(psa_key_attributes_t attributes, psa_key_id_t id, psa_key_lifetime_t lifetime)
{
    psa_set_key_id(&attributes, id);
    psa_set_key_lifetime(&attributes, lifetime);
    return attributes;
}

static psa_status_t import(const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    return psa_import_key(attributes, bytes, 16, key);
}

static psa_status_t use(psa_key_id_t key)
{
    static const uint8_t nonce[12];
    uint8_t out[32];
    size_t length;
    return psa_aead_encrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, bytes, 16, out, sizeof(out), &length);
}

#endif
