/* SPDX-License-Identifier: Apache-2.0 */
/* Whole exchanges through the API: both sides, one list of messages, and what happens to one of them on the way. */
#ifndef TESTS_DRIVERS_SOFTWARE_PAKE_EXCHANGE_H
#define TESTS_DRIVERS_SOFTWARE_PAKE_EXCHANGE_H

#include <stdlib.h>
#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "groups.h"

#define SHARE PSA_PAKE_STEP_KEY_SHARE
#define ZK_PUBLIC PSA_PAKE_STEP_ZK_PUBLIC
#define ZK_PROOF PSA_PAKE_STEP_ZK_PROOF
#define CONFIRM PSA_PAKE_STEP_CONFIRM

#define JPAKE PSA_ALG_JPAKE(PSA_ALG_SHA_256)

struct message {
    int from;
    psa_pake_step_t step;
};

#define PROVEN(from) { from, SHARE }, { from, ZK_PUBLIC }, { from, ZK_PROOF }

static const struct message jpake_messages[] = { PROVEN(0), PROVEN(0), PROVEN(1), PROVEN(1), PROVEN(0), PROVEN(1), { 0, 0 } };
static const struct message spake2p_messages[] = { { 0, SHARE }, { 1, SHARE }, { 1, CONFIRM }, { 0, CONFIRM }, { 0, 0 } };

#define JPAKE_MESSAGES 18u
#define SPAKE2P_MESSAGES 4u

struct exchange {
    psa_algorithm_t alg;
    psa_pake_primitive_t group;
    psa_key_id_t key[2];
    const char *name[2][2]; /* of a side as it says, and as the other one thinks */
    const char *context[2]; /* NULL: none */
    psa_pake_operation_t side[2];
    /* Called with each message before it is taken. */
    void (*meddle)(struct exchange *exchange, size_t i, uint8_t *data, size_t *length);
    size_t stopped_at;
    void *argument;
};

static inline psa_key_id_t exchange_key(psa_key_type_t type, size_t bits, psa_algorithm_t alg, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT);
    assert_int_equal(psa_import_key(&attributes, data, length, &key), PSA_SUCCESS);
    return key;
}

/* The scalars 0x0101..01 and 0x0202..02, short enough for every order: bytes at the end for all but Edwards curves. */
static inline psa_key_id_t exchange_pair(psa_algorithm_t alg, psa_pake_primitive_t group, uint8_t first)
{
    uint8_t scalars[2 * 66] = { 0 };
    psa_ecc_family_t family = PSA_PAKE_PRIMITIVE_GET_FAMILY(group);
    size_t bits = PSA_PAKE_PRIMITIVE_GET_BITS(group);
    size_t length = PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family), bits) / 2u;
    for (size_t i = 0; i < 28; i++) {
        scalars[family == PSA_ECC_FAMILY_TWISTED_EDWARDS ? i : length - 1 - i] = first;
        scalars[length + (family == PSA_ECC_FAMILY_TWISTED_EDWARDS ? i : length - 1 - i)] = (uint8_t)(first + 1);
    }
    return exchange_key(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family), bits, alg, scalars, 2 * length);
}

/* The verifier's key of a pair. */
static inline psa_key_id_t exchange_verifier(psa_key_id_t pair)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[66 + 133];
    size_t length;
    assert_int_equal(psa_get_key_attributes(pair, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(pair, data, sizeof data, &length), PSA_SUCCESS);
    assert_int_equal(length, PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(psa_get_key_type(&attributes), psa_get_key_bits(&attributes)));
    return exchange_key(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(psa_get_key_type(&attributes)), psa_get_key_bits(&attributes),
                        psa_get_key_algorithm(&attributes), data, length);
}

static inline psa_key_id_t exchange_password(psa_algorithm_t alg, const char *password)
{
    return exchange_key(PSA_KEY_TYPE_PASSWORD, 0, alg, (const uint8_t *)password, strlen(password));
}

/* Everything right, with keys of its own. */
static inline struct exchange exchange_new(psa_algorithm_t alg, psa_pake_primitive_t group)
{
    struct exchange e = { .alg = alg, .group = group, .name = { { "Alice", "Alice" }, { "Bob", "Bob" } } };
    e.side[0] = e.side[1] = psa_pake_operation_init();
    e.key[0] = PSA_ALG_IS_JPAKE(alg) ? exchange_password(alg, "a password") : exchange_pair(alg, group, 1);
    e.key[1] = PSA_ALG_IS_JPAKE(alg) ? exchange_password(alg, "a password") : exchange_verifier(e.key[0]);
    return e;
}

static inline void exchange_end(struct exchange *e)
{
    for (int i = 0; i < 2; i++) {
        assert_int_equal(psa_pake_abort(&e->side[i]), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(e->key[i]), PSA_SUCCESS);
    }
}

static inline psa_status_t exchange_start_side(struct exchange *e, int i)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, e->alg);
    psa_pake_cs_set_primitive(&suite, e->group);
    psa_pake_cs_set_key_confirmation(&suite, PSA_ALG_IS_JPAKE(e->alg) ? PSA_PAKE_UNCONFIRMED_KEY : PSA_PAKE_CONFIRMED_KEY);
    psa_status_t status = psa_pake_setup(&e->side[i], e->key[i], &suite);
    if (status == PSA_SUCCESS && !PSA_ALG_IS_JPAKE(e->alg)) {
        status = psa_pake_set_role(&e->side[i], i == 0 ? PSA_PAKE_ROLE_CLIENT : PSA_PAKE_ROLE_SERVER);
    }
    if (status == PSA_SUCCESS) {
        status = psa_pake_set_user(&e->side[i], (const uint8_t *)e->name[i][0], strlen(e->name[i][0]));
    }
    if (status == PSA_SUCCESS) {
        status = psa_pake_set_peer(&e->side[i], (const uint8_t *)e->name[!i][1], strlen(e->name[!i][1]));
    }
    if (status == PSA_SUCCESS && e->context[i] != NULL) {
        status = psa_pake_set_context(&e->side[i], (const uint8_t *)e->context[i], strlen(e->context[i]));
    }
    return status;
}

/* The status of the first call that fails. */
static inline psa_status_t exchange_run(struct exchange *e)
{
    const struct message *messages = PSA_ALG_IS_JPAKE(e->alg) ? jpake_messages : spake2p_messages;
    psa_status_t status = exchange_start_side(e, 0);
    if (status == PSA_SUCCESS) {
        status = exchange_start_side(e, 1);
    }
    for (size_t i = 0; status == PSA_SUCCESS && messages[i].step != 0; i++) {
        uint8_t data[PSA_PAKE_OUTPUT_MAX_SIZE];
        size_t length = 0;
        e->stopped_at = i;
        status = psa_pake_output(&e->side[messages[i].from], messages[i].step, data, sizeof data, &length);
        if (status == PSA_SUCCESS) {
            if (e->meddle != NULL) {
                e->meddle(e, i, data, &length);
            }
            status = psa_pake_input(&e->side[!messages[i].from], messages[i].step, data, length);
        }
    }
    return status;
}

/* The bytes of a side's shared key. */
static inline size_t exchange_secret(struct exchange *e, int i, uint8_t *secret, size_t size)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    size_t length;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(psa_pake_get_shared_key(&e->side[i], &attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, secret, size, &length), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    return length;
}

/* Whether both have the same key. */
static inline int exchange_agrees(struct exchange *e)
{
    uint8_t secret[2][1024];
    size_t length = exchange_secret(e, 0, secret[0], sizeof secret[0]);
    assert_int_equal(exchange_secret(e, 1, secret[1], sizeof secret[1]), length);
    return memcmp(secret[0], secret[1], length) == 0;
}

static struct psacrypto_store_ram_space exchange_space;

static inline int exchange_setup(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &exchange_space) != PSA_SUCCESS || psa_crypto_init() != PSA_SUCCESS;
}

static inline int exchange_teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    psacrypto_store_ram_clear(&exchange_space);
    return 0;
}

#endif
