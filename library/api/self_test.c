/* SPDX-License-Identifier: Apache-2.0 */
/*
 * psacrypto_self_test(): a known answer by every algorithm of the build, the way a call would go, but with keys that never
 * enter the key store. What the build does not have is left out.
 */
#include "api/self_test.h"

#include "api/api.h"
#include "dispatch/random.h"
#include "util/crc32c.h"

#include <psacrypto/library.h>

void self_test_count_up(uint8_t *bytes, size_t length, unsigned first)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(first + i);
    }
}

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

size_t self_test_from_hex(uint8_t *bytes, const char *hex)
{
    size_t length = 0;
    for (; hex[2u * length] != '\0'; length++) {
        bytes[length] = (uint8_t)(hex_digit(hex[2u * length]) << 4 | hex_digit(hex[2u * length + 1u]));
    }
    return length;
}

int self_test_is_answer(const uint8_t *bytes, size_t length, size_t expected_length, uint32_t crc)
{
    return length == expected_length && crc32c(0, bytes, length) == crc;
}

psa_status_t self_test_verdict(psa_algorithm_t alg, psa_status_t status, int right)
{
    if (status == PSA_ERROR_INSUFFICIENT_MEMORY || status == PSA_ERROR_INSUFFICIENT_ENTROPY || (status == PSA_SUCCESS && right)) {
        return status;
    }
    return reason(PSA_ERROR_CORRUPTION_DETECTED, REASON_SELF_TEST, alg, 0);
}

int self_test_has(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    return algorithm_is_specific(alg) && dispatch_has_algorithm(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, bits);
}

void self_test_key_open_bytes(struct self_test_key *key, psa_key_type_t type, size_t bits, const uint8_t *bytes, size_t length)
{
    memset(key, 0, sizeof(*key));
    psa_set_key_type(&key->attributes, type);
    psa_set_key_bits(&key->attributes, bits);
    key->key.key.attributes = &key->attributes;
    key->key.key.blob = bytes;
    key->key.key.length = length;
}

void self_test_key_open(struct self_test_key *key, psa_key_type_t type, size_t bits, unsigned first)
{
    self_test_key_open_bytes(key, type, bits, key->bytes, (bits + 7u) / 8u);
    self_test_count_up(key->bytes, key->key.key.length, first);
}

void self_test_key_close(struct self_test_key *key)
{
    dispatch_key_clear(&key->key);
}

static psa_status_t test_random(void)
{
    return self_test_verdict(PSA_ALG_NONE, random_self_test(), 1);
}

/* Asymmetric algorithms take most of the time. */
static psa_status_t (*const tests[])(void) = {
    test_random,
    self_test_hashes_run,
    self_test_xofs_run,
    self_test_derivations_run,
    self_test_macs_run,
    self_test_ciphers_run,
    self_test_wraps_run,
    self_test_agreements_run,
    self_test_ecdsa_run,
    self_test_eddsa_run,
    self_test_rsa_run,
    self_test_rsa_encryption_run,
    self_test_pake_run,
    self_test_sae_run,
};

psa_status_t psacrypto_self_test(void)
{
    psa_status_t status = api_check_open();
    for (size_t i = 0; status == PSA_SUCCESS && i < sizeof(tests) / sizeof(tests[0]); i++) {
        status = tests[i]();
    }
    return reason_close(status);
}
