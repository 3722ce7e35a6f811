/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "mac_ways.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"

#define ENTRIES (&sw_mac_entries)

void mac_key_make(struct mac_key *k, psa_key_type_t type, const uint8_t *bytes, size_t length)
{
    k->attributes = psa_key_attributes_init();
    psa_set_key_type(&k->attributes, type);
    psa_set_key_bits(&k->attributes, 8 * length);
    memcpy(k->bytes, bytes, length);
    k->key = (struct psacrypto_key){.attributes = &k->attributes, .blob = k->bytes, .length = length};
    k->memory = NULL;
}

void mac_key_prepare(struct mac_key *k, psa_algorithm_t alg)
{
    size_t size = sw_mac_prepared_size(&k->key, alg);
    assert_in_range(size, 1, SW_MAC_PREPARED_MAX);
    assert_int_equal(posix_memalign(&k->memory, 64, size), 0);
    assert_int_equal(sw_mac_prepare(&k->key, alg, k->memory), PSA_SUCCESS);
    k->key.prepared = k->memory;
}

void mac_key_free(struct mac_key *k)
{
    free(k->memory);
    k->memory = NULL;
    k->key.prepared = NULL;
}

/* ---- Ways to the same MAC ---- */

void mac_check_whole(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                     const uint8_t *expected, size_t mac_length)
{
    uint8_t mac[SW_MAC_LENGTH_MAX + 1] = {0};
    size_t length = 0;

    assert_int_equal(ENTRIES->compute(NULL, key, alg, message, message_length, mac, mac_length, &length), PSA_SUCCESS);
    assert_int_equal(length, mac_length);
    assert_memory_equal(mac, expected, mac_length);
    assert_int_equal(mac[mac_length], 0);
    assert_int_equal(ENTRIES->verify(NULL, key, alg, message, message_length, mac, mac_length), PSA_SUCCESS);
}

static void begin(uint64_t *context, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message,
                  size_t message_length, size_t cut, int verify)
{
    memset(context, 0, sizeof(uint64_t) * MAC_WAYS_CONTEXT_WORDS);
    assert_int_equal((verify ? ENTRIES->verify_setup : ENTRIES->sign_setup)(NULL, key, context, alg), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, key, context, message, cut), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, key, context, message + cut, message_length - cut), PSA_SUCCESS);
}

void mac_check_parts(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                     size_t cut, const uint8_t *expected, size_t mac_length)
{
    uint64_t context[MAC_WAYS_CONTEXT_WORDS];
    uint8_t mac[SW_MAC_LENGTH_MAX + 1] = {0};
    size_t length = 0;

    begin(context, key, alg, message, message_length, cut, 0);
    assert_int_equal(ENTRIES->sign_finish(NULL, key, context, mac, mac_length, &length), PSA_SUCCESS);
    assert_int_equal(length, mac_length);
    assert_memory_equal(mac, expected, mac_length);
    assert_int_equal(mac[mac_length], 0);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    begin(context, key, alg, message, message_length, cut, 1);
    assert_int_equal(ENTRIES->verify_finish(NULL, key, context, mac, mac_length), PSA_SUCCESS);
}

void mac_check_refusals(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                        const uint8_t *expected, size_t mac_length)
{
    uint64_t context[MAC_WAYS_CONTEXT_WORDS];
    uint8_t mac[SW_MAC_LENGTH_MAX + 1] = {0};

    memcpy(mac, expected, mac_length);
    for (size_t bit = 0; bit < 8 * mac_length; bit += 3) {
        mac[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(ENTRIES->verify(NULL, key, alg, message, message_length, mac, mac_length), PSA_ERROR_INVALID_SIGNATURE);
        begin(context, key, alg, message, message_length, 1, 1);
        assert_int_equal(ENTRIES->verify_finish(NULL, key, context, mac, mac_length), PSA_ERROR_INVALID_SIGNATURE);
        mac[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t length = 0; length <= mac_length + 1; length++) {
        psa_status_t status = ENTRIES->verify(NULL, key, alg, message, message_length, mac, length);
        assert_int_equal(status, length == mac_length ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
    }
}
