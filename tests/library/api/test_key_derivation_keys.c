/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation: which keys go into which step, what their policies must say, and secrets that are agreed. */
#include "derivation.h"

#include "support/allocation.h"

#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)
#define ECDH_HKDF PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF)

/* ---- Types ---- */

/* Bits of the types below. */
enum { IS_DERIVE = 1, IS_RAW = 2, IS_PASSWORD = 4, IS_PEPPER = 8, IS_HASH = 16, IS_HMAC = 32, IS_AES = 64, IS_CHACHA = 128 };

static const psa_key_type_t types[] = {
    PSA_KEY_TYPE_DERIVE, PSA_KEY_TYPE_RAW_DATA, PSA_KEY_TYPE_PASSWORD, PSA_KEY_TYPE_PEPPER,
    PSA_KEY_TYPE_PASSWORD_HASH, PSA_KEY_TYPE_HMAC, PSA_KEY_TYPE_AES, PSA_KEY_TYPE_CHACHA20,
};

/* "Compatible key types" of each algorithm; the steps before it are given as bytes. */
static const struct {
    psa_algorithm_t alg;
    psa_key_derivation_step_t before[2], step;
    unsigned good;
} rows[] = {
    { HKDF, { 0 }, SALT, IS_RAW },
    { HKDF, { 0 }, SECRET, IS_DERIVE },
    { HKDF, { 0 }, INFO, IS_RAW },
    { EXTRACT, { 0 }, SALT, IS_RAW },
    { EXTRACT, { SALT }, SECRET, IS_DERIVE },
    { EXPAND, { 0 }, SECRET, IS_DERIVE },
    { EXPAND, { SECRET }, INFO, IS_RAW },
    { COUNTER_HMAC, { 0 }, SECRET, IS_DERIVE | IS_HMAC },
    { COUNTER_HMAC, { SECRET }, LABEL, IS_RAW },
    { COUNTER_HMAC, { SECRET }, CONTEXT, IS_RAW },
    { COUNTER_CMAC, { 0 }, SECRET, IS_AES },
    { PRF, { 0 }, SEED, IS_RAW },
    { PRF, { SEED }, SECRET, IS_DERIVE },
    { PRF, { SEED, SECRET }, LABEL, IS_RAW },
    { PSK_TO_MS, { SEED }, SECRET, IS_DERIVE },
    { PSK_TO_MS, { SEED }, OTHER, IS_DERIVE },
    { PBKDF2, { 0 }, COST, 0 },
    { PBKDF2, { COST }, SALT, IS_RAW | IS_PEPPER },
    { PBKDF2, { COST, SALT }, PASSWORD, IS_DERIVE | IS_PASSWORD },
    { H2E, { 0 }, SALT, IS_RAW },
    { H2E, { SALT }, PASSWORD, IS_DERIVE | IS_PASSWORD },
    { HKDF, { 0 }, PASSWORD, 0 },
    { HKDF, { 0 }, 0x7777, 0 },
};

static void give_before(operation_t *operation, const psa_key_derivation_step_t *before)
{
    for (unsigned i = 0; i < 2 && before[i] != 0; i++) {
        if (before[i] == COST) {
            assert_int_equal(psa_key_derivation_input_integer(operation, COST, 2), PSA_SUCCESS);
        } else {
            give(operation, before[i], 32);
        }
    }
}

static void types_of_steps(void **state)
{
    (void)state;
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        for (size_t t = 0; t < sizeof types / sizeof types[0]; t++) {
            /* As bytes, none is 0: a label may hold no null byte. */
            psa_key_id_t key = toy_key(types[t], 0, DERIVE, rows[r].alg, bytes, 32);
            operation_t operation = started(rows[r].alg);
            give_before(&operation, rows[r].before);
            psa_status_t status = psa_key_derivation_input_key(&operation, rows[r].step, key);
            if (status != ((rows[r].good & (1u << t)) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT)) {
                fail_msg("row %zu, type %zu: status %d", r, t, (int)status);
            }
            if (status != PSA_SUCCESS) {
                is_failed(&operation);
            }
            done(&operation);
            toy_destroy(key);
        }
    }
}

/* The secret of the J-PAKE derivation has 65 bytes, also as a key. */
static void key_of_jpake(void **state)
{
    (void)state;
    for (size_t length = 64; length <= 66; length++) {
        psa_key_id_t key = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, TO_PMS, bytes, length);
        operation_t operation = started(TO_PMS);
        assert_int_equal(psa_key_derivation_input_key(&operation, SECRET, key), length == 65 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        done(&operation);
        toy_destroy(key);
    }
}

static void a_key_is_its_bytes(void **state)
{
    uint8_t with_keys[50], with_bytes[50];
    psa_key_id_t salt = toy_key(PSA_KEY_TYPE_RAW_DATA, 0, DERIVE, HKDF, bytes, 7);
    psa_key_id_t secret = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, HKDF, bytes + 7, 32);
    psa_key_id_t info = toy_key(PSA_KEY_TYPE_RAW_DATA, 0, DERIVE, HKDF, bytes + 2, 9);
    (void)state;
    operation_t operation = started(HKDF);
    give_key(&operation, SALT, salt);
    give_key(&operation, SECRET, secret);
    give_key(&operation, INFO, info);
    /* It went in: it is not needed any more. */
    toy_destroy(salt);
    toy_destroy(secret);
    toy_destroy(info);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, with_keys, 50), PSA_SUCCESS);
    done(&operation);

    operation = started(HKDF);
    give(&operation, SALT, 7);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, SECRET, bytes + 7, 32), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, INFO, bytes + 2, 9), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, with_bytes, 50), PSA_SUCCESS);
    assert_memory_equal(with_keys, with_bytes, 50);
    done(&operation);
}

/* ---- Policies, and what is looked at first ---- */

static psa_status_t try_key(psa_algorithm_t alg, psa_key_derivation_step_t step, psa_key_type_t type, psa_key_usage_t usage,
                            psa_algorithm_t policy)
{
    psa_key_id_t key = toy_key(type, 0, usage, policy, bytes, 32);
    operation_t operation = started(alg);
    psa_status_t status = psa_key_derivation_input_key(&operation, step, key);
    if (status != PSA_SUCCESS) {
        is_failed(&operation);
    }
    done(&operation);
    toy_destroy(key);
    return status;
}

static void policies(void **state)
{
    const psa_key_type_t type = PSA_KEY_TYPE_DERIVE;
    (void)state;
    assert_int_equal(try_key(HKDF, SECRET, type, DERIVE, HKDF), PSA_SUCCESS);
    assert_int_equal(try_key(HKDF, SECRET, type, VERIFY, HKDF), PSA_SUCCESS);
    assert_int_equal(try_key(HKDF, SECRET, type, DERIVE | VERIFY | PSA_KEY_USAGE_EXPORT, HKDF), PSA_SUCCESS);
    assert_int_equal(try_key(HKDF, SECRET, type, PSA_KEY_USAGE_EXPORT, HKDF), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_key(HKDF, SECRET, type, 0, HKDF), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_key(HKDF, SECRET, type, DERIVE, PSA_ALG_HKDF(PSA_ALG_SHA_512)), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_key(HKDF, SECRET, type, DERIVE, PSA_ALG_NONE), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_key(HKDF, SECRET, type, DERIVE, PSA_ALG_HKDF(PSA_ALG_ANY_HASH)), PSA_ERROR_NOT_PERMITTED);
    /* Policy, then type, then the turn. */
    assert_int_equal(try_key(HKDF, SECRET, PSA_KEY_TYPE_AES, DERIVE, PSA_ALG_CTR), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_key(HKDF, 0x7777, type, 0, HKDF), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_key(EXTRACT, SECRET, PSA_KEY_TYPE_PASSWORD, DERIVE, EXTRACT), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_key(EXTRACT, SECRET, type, DERIVE, EXTRACT), PSA_ERROR_BAD_STATE);
}

/* One password for all that WPA3-SAE makes of it. */
static void wpa3_wildcard(void **state)
{
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_PASSWORD, 0, DERIVE, PSA_ALG_WPA3_SAE_ANY, bytes, 8);
    (void)state;
    operation_t operation = started(PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_384));
    give(&operation, SALT, 6);
    give_key(&operation, PASSWORD, key);
    done(&operation);
    operation = started(PBKDF2);
    assert_int_equal(psa_key_derivation_input_key(&operation, PASSWORD, key), PSA_ERROR_NOT_PERMITTED);
    is_failed(&operation);
    toy_destroy(key);
}

static void no_such_key(void **state)
{
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, HKDF, bytes, 8);
    const psa_key_id_t ids[] = { PSA_KEY_ID_NULL, 11, key, 0x7fffffff };
    (void)state;
    toy_destroy(key);
    for (size_t i = 0; i < 4; i++) {
        operation_t operation = started(HKDF);
        assert_int_equal(psa_key_derivation_input_key(&operation, SECRET, ids[i]), PSA_ERROR_INVALID_HANDLE);
        is_failed(&operation);
        operation = started(ECDH_HKDF);
        assert_int_equal(psa_key_derivation_key_agreement(&operation, SECRET, ids[i], bytes, 65), PSA_ERROR_INVALID_HANDLE);
        is_failed(&operation);
    }
}

/* ---- Key agreement ---- */

struct peers {
    psa_key_id_t own, other;
    uint8_t other_public[65];
};

static psa_key_id_t generate(psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = toy_attributes(P256, 256, usage, alg);
    psa_key_id_t key = PSA_KEY_ID_NULL;
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

static struct peers make_peers(psa_algorithm_t alg)
{
    struct peers peers;
    size_t length;
    peers.own = generate(alg, DERIVE);
    peers.other = generate(PSA_ALG_ECDH, DERIVE);
    assert_int_equal(psa_export_public_key(peers.other, peers.other_public, sizeof peers.other_public, &length), PSA_SUCCESS);
    assert_int_equal(length, 65);
    return peers;
}

static void destroy_peers(const struct peers *peers)
{
    toy_destroy(peers->own);
    toy_destroy(peers->other);
}

static psa_status_t agree(operation_t *operation, psa_key_derivation_step_t step, const struct peers *peers)
{
    return psa_key_derivation_key_agreement(operation, step, peers->own, peers->other_public, 65);
}

/* Permitted alone, an agreement may be combined; the secret is the one that psa_raw_key_agreement() gives. */
static void agreed_secret(void **state)
{
    static const psa_algorithm_t policies[] = { ECDH_HKDF, PSA_ALG_ECDH };
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        struct peers peers = make_peers(policies[i]);
        uint8_t secret[32], expected[40], output[40], own_public[65];
        size_t length;
        operation_t operation = started(ECDH_HKDF);
        give(&operation, SALT, 5);
        assert_int_equal(agree(&operation, SECRET, &peers), PSA_SUCCESS);
        give(&operation, INFO, 3);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 40), PSA_SUCCESS);
        done(&operation);

        assert_int_equal(psa_export_public_key(peers.own, own_public, 65, &length), PSA_SUCCESS);
        assert_int_equal(psa_raw_key_agreement(PSA_ALG_ECDH, peers.other, own_public, 65, secret, 32, &length), PSA_SUCCESS);
        operation = started(HKDF);
        give(&operation, SALT, 5);
        assert_int_equal(psa_key_derivation_input_bytes(&operation, SECRET, secret, 32), PSA_SUCCESS);
        give(&operation, INFO, 3);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, expected, 40), PSA_SUCCESS);
        done(&operation);
        assert_memory_equal(output, expected, 40);
        destroy_peers(&peers);
    }
}

/* What was agreed counts as a key: keys may come of it. */
static void agreed_secret_makes_keys(void **state)
{
    struct peers peers = make_peers(ECDH_HKDF);
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    psa_key_id_t key;
    (void)state;
    operation_t operation = started(ECDH_HKDF);
    assert_int_equal(agree(&operation, SECRET, &peers), PSA_SUCCESS);
    give(&operation, INFO, 3);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
    toy_destroy(key);
    done(&operation);
    destroy_peers(&peers);
}

/* The other secret alone is not enough for that. */
static void agreed_other_secret(void **state)
{
    const psa_algorithm_t alg = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSK_TO_MS);
    struct peers peers = make_peers(alg);
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 384, DERIVE, PRF);
    psa_key_id_t key, psk = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, alg, bytes, 32);
    (void)state;
    operation_t operation = started(alg);
    give(&operation, SEED, 5);
    assert_int_equal(agree(&operation, OTHER, &peers), PSA_SUCCESS);
    give_key(&operation, SECRET, psk);
    give(&operation, LABEL, 3);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
    toy_destroy(key);
    done(&operation);

    operation = started(alg);
    give(&operation, SEED, 5);
    assert_int_equal(agree(&operation, OTHER, &peers), PSA_SUCCESS);
    give(&operation, SECRET, 32);
    give(&operation, LABEL, 3);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_ERROR_NOT_PERMITTED);
    is_failed(&operation);
    toy_destroy(psk);
    destroy_peers(&peers);
}

/* The secret of a combined algorithm can come as a key, whose policy then names the whole. */
static void combined_with_a_key(void **state)
{
    psa_key_id_t combined = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, ECDH_HKDF, bytes, 32);
    psa_key_id_t plain = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, HKDF, bytes, 32);
    uint8_t output[20], expected[20];
    (void)state;
    operation_t operation = started(ECDH_HKDF);
    give_key(&operation, SECRET, combined);
    give(&operation, INFO, 1);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 20), PSA_SUCCESS);
    done(&operation);
    operation = started(HKDF);
    give_key(&operation, SECRET, plain);
    give(&operation, INFO, 1);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, expected, 20), PSA_SUCCESS);
    assert_memory_equal(output, expected, 20);
    done(&operation);
    operation = started(ECDH_HKDF);
    assert_int_equal(psa_key_derivation_input_key(&operation, SECRET, plain), PSA_ERROR_NOT_PERMITTED);
    is_failed(&operation);
    toy_destroy(combined);
    toy_destroy(plain);
}

static void agreement_refuses_steps(void **state)
{
    struct peers peers = make_peers(PSA_ALG_ECDH);
    (void)state;
    operation_t operation = started(HKDF); /* not a key agreement */
    assert_int_equal(agree(&operation, SECRET, &peers), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    const psa_key_derivation_step_t steps[] = { SALT, INFO, LABEL, COST, 0x7777 };
    for (unsigned i = 0; i < 5; i++) {
        operation = started(ECDH_HKDF);
        assert_int_equal(agree(&operation, steps[i], &peers), PSA_ERROR_INVALID_ARGUMENT);
        is_failed(&operation);
    }
    operation = started(PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, COUNTER_CMAC)); /* a cipher's key is never agreed */
    assert_int_equal(agree(&operation, SECRET, &peers), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(ECDH_HKDF);
    assert_int_equal(agree(&operation, SECRET, &peers), PSA_SUCCESS);
    assert_int_equal(agree(&operation, SECRET, &peers), PSA_ERROR_BAD_STATE);
    is_failed(&operation);
    operation = started(PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, EXTRACT));
    assert_int_equal(agree(&operation, SECRET, &peers), PSA_ERROR_BAD_STATE); /* the salt comes first */
    is_failed(&operation);
    destroy_peers(&peers);
}

static psa_status_t try_agreement(psa_key_id_t key, const uint8_t *peer_key, size_t peer_key_length)
{
    operation_t operation = started(ECDH_HKDF);
    psa_status_t status = psa_key_derivation_key_agreement(&operation, SECRET, key, peer_key, peer_key_length);
    if (status != PSA_SUCCESS) {
        is_failed(&operation);
    }
    done(&operation);
    return status;
}

static void agreement_refuses_keys(void **state)
{
    struct peers peers = make_peers(ECDH_HKDF);
    uint8_t spoilt[65];
    (void)state;
    assert_int_equal(try_agreement(peers.own, peers.other_public, 65), PSA_SUCCESS);
    assert_int_equal(try_agreement(peers.own, NULL, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_agreement(peers.own, NULL, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_agreement(peers.own, peers.other_public, 64), PSA_ERROR_INVALID_ARGUMENT);
    memcpy(spoilt, peers.other_public, 65);
    spoilt[40] ^= 1; /* not on the curve */
    assert_int_equal(try_agreement(peers.own, spoilt, 65), PSA_ERROR_INVALID_ARGUMENT);

    psa_key_id_t key = generate(ECDH_HKDF, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(try_agreement(key, peers.other_public, 65), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(key);
    key = generate(ECDH_HKDF, VERIFY);
    assert_int_equal(try_agreement(key, peers.other_public, 65), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(key);
    key = generate(PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PRF), DERIVE);
    assert_int_equal(try_agreement(key, peers.other_public, 65), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(key);
    key = toy_key(P256_PUBLIC, 0, DERIVE, ECDH_HKDF, peers.other_public, 65);
    assert_int_equal(try_agreement(key, peers.other_public, 65), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(key);
    key = toy_key(PSA_KEY_TYPE_AES, 0, DERIVE, ECDH_HKDF, bytes, 16);
    assert_int_equal(try_agreement(key, peers.other_public, 65), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(key);
    destroy_peers(&peers);
}

/* ---- Without memory ---- */

static psa_status_t agree_once(void *context)
{
    operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    uint8_t output[16];
    psa_status_t status = psa_key_derivation_setup(&operation, ECDH_HKDF);
    status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, SALT, bytes, 4) : status;
    status = status == PSA_SUCCESS ? agree(&operation, SECRET, context) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, INFO, bytes, 4) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_output_bytes(&operation, output, 16) : status;
    done(&operation);
    return status;
}

static void out_of_memory(void **state)
{
    struct peers peers = make_peers(ECDH_HKDF);
    (void)state;
    assert_true(allocation_fails_each(agree_once, &peers) >= 3); /* at least: salt, secret, info */
    destroy_peers(&peers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(types_of_steps),
        TOY_TEST(key_of_jpake),
        TOY_TEST(a_key_is_its_bytes),
        TOY_TEST(policies),
        TOY_TEST(wpa3_wildcard),
        TOY_TEST(no_such_key),
        TOY_TEST(agreed_secret),
        TOY_TEST(agreed_secret_makes_keys),
        TOY_TEST(agreed_other_secret),
        TOY_TEST(combined_with_a_key),
        TOY_TEST(agreement_refuses_steps),
        TOY_TEST(agreement_refuses_keys),
        TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
