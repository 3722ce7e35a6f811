/* SPDX-License-Identifier: Apache-2.0 */
/* WPA3-SAE as published (IEEE 802.11-2020, annex J.10), by giving the random scalars: the looping method, and hash-to-element. */
#include "sae_groups.h"

#include <stdio.h>

#include "party.h"
#include "software/pake/sae.h"
#include "support/vectors.h"

#define P256 ECC(SECP_R1, 256)
#define TOKEN PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1)
#define SHA256_FIXED PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256)
#define COMMIT_LENGTH 96u

static const uint8_t *field(struct vectors *v, const char *name, size_t expected_length)
{
    size_t length;
    const uint8_t *bytes = vectors_hex(v, name, &length);
    assert_int_equal(length, expected_length);
    return bytes;
}

/* Behind the number of the group. */
static const uint8_t *commitment(struct vectors *v, const char *name)
{
    const uint8_t *bytes = field(v, name, 2u + COMMIT_LENGTH);
    assert_int_equal(bytes[0] | bytes[1] << 8, 19);
    return bytes + 2;
}

static void set_addresses(struct party *party, struct vectors *v, const char *own, const char *peer)
{
    party_names(party, (const char *)field(v, own, 6), 6, (const char *)field(v, peer, 6), 6);
}

/* The KCK is published: a confirmation is made with it here. */
static void expect_confirmation(struct party *party, struct vectors *v, const uint8_t *own, const uint8_t *peer)
{
    static const uint8_t count[2] = { 0x34, 0x12 };
    uint8_t text[2 + 2 * COMMIT_LENGTH], expected[34];
    memcpy(text, count, 2);
    memcpy(text + 2, own, COMMIT_LENGTH);
    memcpy(text + 2 + COMMIT_LENGTH, peer, COMMIT_LENGTH);
    struct sw_hmac_key hmac;
    sw_hmac_expand(&hmac, sw_hash_find(PSA_ALG_SHA_256), field(v, "kck", 32), 32);
    sw_hmac_compute(&hmac, text, sizeof text, expected + 2);
    memcpy(expected, count, 2);
    assert_int_equal(party_input(party, PSA_PAKE_STEP_CONFIRM_COUNT, count, 2), PSA_SUCCESS);
    party_expect(party, PSA_PAKE_STEP_CONFIRM, NULL, 0, expected, sizeof expected);
}

/* And what the peer would send. */
static void give_confirmation(struct party *party, struct vectors *v, const uint8_t *own, const uint8_t *peer)
{
    uint8_t text[2 + 2 * COMMIT_LENGTH] = { 7, 0 }, confirmation[34] = { 7, 0 };
    struct sw_hmac_key hmac;
    memcpy(text + 2, peer, COMMIT_LENGTH);
    memcpy(text + 2 + COMMIT_LENGTH, own, COMMIT_LENGTH);
    sw_hmac_expand(&hmac, sw_hash_find(PSA_ALG_SHA_256), field(v, "kck", 32), 32);
    sw_hmac_compute(&hmac, text, sizeof text, confirmation + 2);
    assert_int_equal(party_input(party, PSA_PAKE_STEP_CONFIRM, confirmation, sizeof confirmation), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof confirmation; i++) {
        confirmation[i] ^= 0x10;
        assert_int_equal(party_input(party, PSA_PAKE_STEP_CONFIRM, confirmation, sizeof confirmation), PSA_ERROR_INVALID_SIGNATURE);
        confirmation[i] ^= 0x10;
    }
}

/* The salt of the looping method is zeroes, which no salt stands for as well. Either commitment may come first. */
static void looping(struct vectors *v, size_t salt_length, int peer_first)
{
    static const uint8_t zeroes[32];
    const uint8_t *own = commitment(v, "local_commit"), *peer = commitment(v, "peer_commit");
    uint8_t scalars[64], secret[SW_GROUP_ELEMENT_MAX];
    struct party party;
    size_t length;
    const uint8_t *password = vectors_hex(v, "password", &length);
    memcpy(scalars, field(v, "local_rand", 32), 32);
    memcpy(scalars + 32, field(v, "local_mask", 32), 32);
    assert_int_equal(party_setup(&party, SHA256_FIXED, P256, PSA_KEY_TYPE_PASSWORD, 8u * length, password, length), PSA_SUCCESS);
    set_addresses(&party, v, "addr1", "addr2");
    if (peer_first) {
        test_random.script = scalars;
        test_random.script_length = sizeof scalars;
        assert_int_equal(party_input(&party, PSA_PAKE_STEP_COMMIT, peer, COMMIT_LENGTH), PSA_SUCCESS);
        party_expect(&party, PSA_PAKE_STEP_COMMIT, NULL, 0, own, COMMIT_LENGTH);
    } else {
        party_expect(&party, PSA_PAKE_STEP_COMMIT, scalars, sizeof scalars, own, COMMIT_LENGTH);
        assert_int_equal(party_input(&party, PSA_PAKE_STEP_COMMIT, peer, COMMIT_LENGTH), PSA_SUCCESS);
    }
    assert_int_equal(party_input(&party, PSA_PAKE_STEP_SALT, zeroes, salt_length), PSA_SUCCESS);
    expect_confirmation(&party, v, own, peer);
    give_confirmation(&party, v, own, peer);
    party_expect(&party, PSA_PAKE_STEP_KEY_ID, NULL, 0, field(v, "pmkid", 16), 16);
    party_secret(&party, secret, 32);
    assert_memory_equal(secret, field(v, "pmk", 32), 32);
    party_end(&party);
}

/* From the password to the token, and to PWE: the commitment's element for mask = q - 1 is PWE itself. */
static void hash_to_element(struct vectors *v)
{
    uint8_t scalars[64] = { 0 }, commit[SW_GROUP_ELEMENT_MAX], exported[64], ssid[33] = { 0 }, password[64] = { 0 }, identifier[64] = { 0 };
    struct sae_row row = sae_rows[0];
    struct sw_group group;
    struct party party;
    psa_key_id_t key;
    size_t length;
    const uint8_t *token = field(v, "pt", 64);
    const uint8_t *bytes = vectors_hex(v, "ssid", &length);
    memcpy(ssid, bytes, length);
    bytes = vectors_hex(v, "password", &length);
    memcpy(password, bytes, length);
    bytes = vectors_hex(v, "identifier", &length);
    memcpy(identifier, bytes, length);
    assert_int_equal(sae_derive_token(&key, &row, (const char *)ssid, (const char *)password, (const char *)identifier), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, exported, sizeof exported, &length), PSA_SUCCESS);
    assert_int_equal(length, 64);
    assert_memory_equal(exported, token, 64);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);

    assert_int_equal(sw_group_find(&group, P256), PSA_SUCCESS);
    sw_group_order(&group, scalars + 32);
    scalars[63] ^= 1; /* q - 1 */
    scalars[31] = 9;
    assert_int_equal(party_setup(&party, SHA256_FIXED, P256, TOKEN, 256, token, 64), PSA_SUCCESS);
    set_addresses(&party, v, "addr1", "addr2");
    test_random.script = scalars;
    test_random.script_length = sizeof scalars;
    assert_int_equal(party_output(&party, PSA_PAKE_STEP_COMMIT, commit, &length), PSA_SUCCESS);
    assert_int_equal(length, COMMIT_LENGTH);
    assert_int_equal(commit[31], 8);
    assert_memory_equal(commit + 32, field(v, "pwe", 64), 64);
    party_end(&party);
}

static void annex_j10(void **state)
{
    struct vectors *v = vectors_open("pake/wpa3-sae-802.11-J10.json", NULL);
    (void)state;
    while (vectors_next(v)) {
        if (vectors_has(v, "local_rand")) {
            looping(v, 32, 0);
            looping(v, 0, 0);
            looping(v, 32, 1);
        } else {
            hash_to_element(v);
        }
    }
    vectors_close(v, 2);
}

/* The library makes keys; the driver's randomness is the script's. */
static int set_up(void **state)
{
    return psa_crypto_init() == PSA_SUCCESS ? driver_setup(state) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(annex_j10) };
    return cmocka_run_group_tests_name("pake/shared_sae", tests, set_up, driver_teardown);
}
