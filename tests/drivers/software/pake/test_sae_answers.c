/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exchanges of WPA3-SAE with given random scalars, as an independent model computed them, in each group: by looping, by hash-to-element, and
 * with keys as long as the hash. What is compared is SHA-256 of both commitments, a confirmation, the key and its identifier.
 */
#include "sae_groups.h"

#include <stdio.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "party.h"

/* In the order of sae_rows: looping, FIXED, GDH with a salt. */
static const char *const answers[][3] = {
    { "182f32561652dc1d3b659f0417531d2d3f4fcfc63d40c96ef067ecf28b3a06ae",
      "66100d051ee9528ca7a8b034814dcc0dbf22b13e5f66615577228d34fe313704",
      "3282cdc7d6de844562f48121a0117b67b351330cc84c97e3640ed581c235401c" },
    { "a42c4a9494a9d87f62d50e9a8ffd30a6677c4e017b1abeff4691c394bb932bbc",
      "68fe99f1728f74b919ce4f7a341f3aeee3e100d2d8c61125ce4a506a3d3f2cf7",
      "1fd303d8841e61b0cb19a8b9df5e9ead434075c0dfdc90d4a1f51281b1110078" },
    { "def97875ea5dfa84e688763ea1b6dc043be1c136bc51279d50f2622a833ce562",
      "bf077314feaee91482e0230b26f34080e61b5f3a63aee0bd38eeb7313f5618c4",
      "c8ccd22af710e9d9461a948a6203fdfb478dcd414d4087890c91cbbbbc9fa788" },
    { "26c9e7c758d444cba33b409dce1102c6ef43605e172662e12885fd724d7c37d9",
      "74af5893dae6d550d06fe6f4e57734b3cc7c9f99de9145735fc7cc478a686a7d",
      "2b3ca6a847d577d8a948270f809935a47d4c387a6d53e7a6abf4a68739de0abd" },
    { "12a21415f85d17c8cce6da84e583a9785ed111b7a4a4af34f1f265ce4bda9a92",
      "8059127725b69881cc34936af0d996497016afe92f13c95620a1567e9bf4a25f",
      "09162ba90f839f9bfee96c4cada447b853a5b8cfbbb28a0b1821c844100ffb20" },
    { "1c61fdb4f7382133003c8b1af1bc6221102f227e873d3206b9014e2d68be43dc",
      "12f17ec41169559c5ae8c180a95fa354c1b5c9a9886bdf887e48c94a47968892",
      "64808f2945796bf2811ed034f504c47d6eb4eebc09ac2f9ff94862e12cd6dddd" },
    { "dae6618c8b8466263b90f79a7f4c0c512eae19f004a0c173cae8c914c905ce86",
      "6b525f09c589e79a8127790a87770d939aeb7395481e3fa2495614338cfc2874",
      "237e430f38ceed3c86bf56169dde4cc16291413c6169896d5e66bf69d3ff91d6" },
    { "664dc2840c82b4473ae5a81a24a49685a154e492f7b3f2d90afdf7b5a6469cdf",
      "e68e6f335c996195f52445013f4ede8c4dbb8d2f662635bf5394db288aca965d",
      "cce74186ab0ed6aec17bb231df940f0fffa3891be21982f950ca4bff69e0cf36" },
    { "b2168c30d0edb6e79024de7d019dbf91a3ff0e4a7842a51d2d2852717a7e9437",
      "200984d9871a720dbd863ac904d0cf499e9312201020607b9d7550dcfbb8ae53",
      "f765856b92f92061c704283e00a6a0f132e94e5d6a3fe9047fd3628e1a5f785b" },
};

#define ANSWERS (sizeof answers / sizeof answers[0])

/* The bytes of the n-th scalar that is drawn count up from 1 + 16 n; what blinds is shorter or longer, and random. */
static size_t scalar_length, scalars_drawn;

static psa_status_t draw_scalars(void *core, uint8_t *output, size_t output_size)
{
    if (output_size != scalar_length) {
        return test_random_bytes(core, output, output_size);
    }
    for (size_t i = 0; i < output_size; i++) {
        output[i] = (uint8_t)(1u + 16u * scalars_drawn + i);
    }
    scalars_drawn++;
    return PSA_SUCCESS;
}

struct sent {
    uint8_t data[2 * TOKEN_MAX];
    size_t length;
};

static void give(struct party *party, psa_pake_step_t step, const void *data, size_t length)
{
    assert_int_equal(party_input(party, step, data, length), PSA_SUCCESS);
}

static void take(struct party *party, psa_pake_step_t step, struct sent *sent)
{
    assert_int_equal(party_output(party, step, sent->data, &sent->length), PSA_SUCCESS);
}

static void digest(char text[65], struct party *party, const struct sent commits[2], const struct sent *confirmation)
{
    uint8_t hash[32], key[SW_GROUP_ELEMENT_MAX];
    size_t length = 0;
    struct sent id;
    SHA256_CTX context;
    take(party, PSA_PAKE_STEP_KEY_ID, &id);
    assert_int_equal(sw_pake_entries.get_shared_key(NULL, party->context, key, sizeof key, &length), PSA_SUCCESS);
    SHA256_Init(&context);
    SHA256_Update(&context, commits[0].data, commits[0].length);
    SHA256_Update(&context, commits[1].data, commits[1].length);
    SHA256_Update(&context, confirmation->data + 2, confirmation->length - 2u);
    SHA256_Update(&context, key, length);
    SHA256_Update(&context, id.data, id.length);
    SHA256_Final(hash, &context);
    for (size_t i = 0; i < sizeof hash; i++) {
        (void)snprintf(text + 2 * i, 3, "%02x", hash[i]);
    }
}

/* One side has one address and one key, and both sides come to the same. */
static void run(const struct sae_row *row, psa_algorithm_t alg, psa_key_type_t type, const uint8_t *key, size_t key_length,
                size_t salt_length, const char *expected)
{
    static const char names[2][7] = { "\x4d\x3f\x2f\xff\xe3\x87", "\xa5\xd8\xaa\x95\x8e\x3c" };
    static struct party parties[2];
    static struct sent commits[2], confirmation;
    char text[65];
    scalars_drawn = 0;
    for (int i = 0; i < 2; i++) {
        size_t bits = type == PSA_KEY_TYPE_PASSWORD ? 8u * key_length : row->bits;
        assert_int_equal(party_setup(&parties[i], alg, row->group, type, bits, key, key_length), PSA_SUCCESS);
        party_names(&parties[i], names[i], 6, names[1 - i], 6);
        take(&parties[i], PSA_PAKE_STEP_COMMIT, &commits[i]);
    }
    assert_int_equal(scalars_drawn, 4);
    for (int i = 0; i < 2; i++) {
        give(&parties[i], PSA_PAKE_STEP_COMMIT, commits[1 - i].data, commits[1 - i].length);
        give(&parties[i], PSA_PAKE_STEP_SALT, "\x13\x00\x14\x00", salt_length);
        give(&parties[i], PSA_PAKE_STEP_CONFIRM_COUNT, "\x05\x00", 2);
    }
    take(&parties[0], PSA_PAKE_STEP_CONFIRM, &confirmation);
    give(&parties[1], PSA_PAKE_STEP_CONFIRM, confirmation.data, confirmation.length);
    digest(text, &parties[0], commits, &confirmation);
    assert_string_equal(text, expected);
    digest(text, &parties[1], commits, &confirmation);
    assert_string_equal(text, expected);
    party_end(&parties[0]);
    party_end(&parties[1]);
}

static void exchanges(void **state)
{
    (void)state;
    for (size_t i = 0; i < sae_rows_to_try(ANSWERS); i++) {
        const struct sae_row *row = &sae_rows[i];
        uint8_t token[TOKEN_MAX];
        size_t length;
        psa_key_id_t key;
        struct sw_group group;
        scalar_length = 0;
        assert_int_equal(sw_group_find(&group, row->group), PSA_SUCCESS);
        assert_int_equal(sae_derive_token(&key, row, SSID, PASSWORD, IDENTIFIER), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, token, sizeof token, &length), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        scalar_length = group.scalar_length;
        run(row, PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), PSA_KEY_TYPE_PASSWORD, (const uint8_t *)PASSWORD, strlen(PASSWORD), 0, answers[i][0]);
        run(row, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->type, token, length, 0, answers[i][1]);
        run(row, PSA_ALG_WPA3_SAE_GDH(row->hash), row->type, token, length, 4, answers[i][2]);
    }
}

static int set_up(void **state)
{
    static const struct psacrypto_services services = {
        .abi = PSACRYPTO_DRIVER_ABI,
        .size = sizeof services,
        .random = draw_scalars,
    };
    (void)state;
    /* The library makes keys; the driver's randomness is ours. */
    return psa_crypto_init() == PSA_SUCCESS && driver_setup(state) == 0 &&
           psacrypto_software_driver.open(NULL, &services) == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(exchanges) };
    return cmocka_run_group_tests_name("pake/sae_answers", tests, set_up, driver_teardown);
}
