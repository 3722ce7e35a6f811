/* SPDX-License-Identifier: Apache-2.0 */
/* One side of an exchange, by the entries of the software driver; its random scalars can be given. */
#ifndef TESTS_DRIVERS_SOFTWARE_PAKE_PARTY_H
#define TESTS_DRIVERS_SOFTWARE_PAKE_PARTY_H

#include "../services.h"
#include "software/pake/group.h"

#define PARTY_CONTEXT 20000u

struct party {
    psa_key_attributes_t attributes;
    struct psacrypto_key key;
    uint64_t context[PARTY_CONTEXT / 8u];
};

static inline psa_pake_cipher_suite_t party_suite(psa_algorithm_t alg, psa_pake_primitive_t group)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, alg);
    psa_pake_cs_set_primitive(&suite, group);
    psa_pake_cs_set_key_confirmation(&suite, PSA_ALG_IS_JPAKE(alg) ? PSA_PAKE_UNCONFIRMED_KEY : PSA_PAKE_CONFIRMED_KEY);
    return suite;
}

/* The key's bytes are borrowed. */
static inline psa_status_t party_setup(struct party *party, psa_algorithm_t alg, psa_pake_primitive_t group, psa_key_type_t type,
                                       size_t bits, const uint8_t *key, size_t key_length)
{
    psa_pake_cipher_suite_t suite = party_suite(alg, group);
    memset(party, 0, sizeof *party);
    party->key = test_key(&party->attributes, type, bits, key, key_length);
    assert_in_range(sw_pake_context_size(alg, type, bits), 1, PARTY_CONTEXT);
    return sw_pake_entries.setup(NULL, &party->key, party->context, &suite);
}

static inline void party_names(struct party *party, const char *user, size_t user_length, const char *peer, size_t peer_length)
{
    assert_int_equal(sw_pake_entries.set_user(NULL, party->context, (const uint8_t *)user, user_length), PSA_SUCCESS);
    assert_int_equal(sw_pake_entries.set_peer(NULL, party->context, (const uint8_t *)peer, peer_length), PSA_SUCCESS);
}

static inline psa_status_t party_output(struct party *party, psa_pake_step_t step, uint8_t *output, size_t *length)
{
    party->key.attributes = &party->attributes;
    return sw_pake_entries.output(NULL, &party->key, party->context, step, output, SW_GROUP_ELEMENT_MAX, length);
}

static inline psa_status_t party_input(struct party *party, psa_pake_step_t step, const uint8_t *input, size_t length)
{
    party->key.attributes = &party->attributes;
    return sw_pake_entries.input(NULL, &party->key, party->context, step, input, length);
}

/* The next output is made with this random scalar (NULL: any), and has to be that. */
static inline void party_expect(struct party *party, psa_pake_step_t step, const uint8_t *scalar, size_t scalar_length,
                                const uint8_t *expected, size_t expected_length)
{
    uint8_t output[SW_GROUP_ELEMENT_MAX];
    size_t length = 0;
    test_random.script = scalar;
    test_random.script_length = scalar == NULL ? 0 : scalar_length;
    assert_int_equal(party_output(party, step, output, &length), PSA_SUCCESS);
    assert_int_equal(test_random.script_length, 0);
    assert_int_equal(length, expected_length);
    assert_memory_equal(output, expected, length);
}

static inline void party_secret(struct party *party, uint8_t *secret, size_t expected_length)
{
    size_t length = 0;
    assert_int_equal(sw_pake_entries.get_shared_key(NULL, party->context, secret, SW_GROUP_ELEMENT_MAX, &length), PSA_SUCCESS);
    assert_int_equal(length, expected_length);
}

static inline void party_end(struct party *party)
{
    assert_int_equal(sw_pake_entries.abort(NULL, party->context), PSA_SUCCESS);
    memset(party->context, 0, sizeof party->context);
}

#endif
