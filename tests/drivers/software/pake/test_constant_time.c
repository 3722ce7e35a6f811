/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exchanges whose passwords, keys and random scalars are marked secret, on curves, how WPA3-SAE makes elements in all groups, and
 * integers modulo the orders of all groups. What is sent becomes public in the code.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "groups.h"
#include "party.h"
#include "software/key_type.h"
#include "software/pake/sae.h"
#include "support/constant_time.h"

static const psa_pake_primitive_t own_curves[] = { ECC(SECP_R1, 256), ECC(TWISTED_EDWARDS, 255), ECC(TWISTED_EDWARDS, 448),
                                                  ECC(SECP_R1, 384) };

#define OWN_CURVES (sizeof own_curves / sizeof own_curves[0])

static void send(struct party *from, struct party *to, psa_pake_step_t step)
{
    uint8_t data[SW_GROUP_ELEMENT_MAX];
    size_t length = 0;
    assert_int_equal(party_output(from, step, data, &length), PSA_SUCCESS);
    assert_int_equal(party_input(to, step, data, length), PSA_SUCCESS);
}

static void send_proven(struct party *from, struct party *to, int times)
{
    for (int i = 0; i < times; i++) {
        send(from, to, PSA_PAKE_STEP_KEY_SHARE);
        send(from, to, PSA_PAKE_STEP_ZK_PUBLIC);
        send(from, to, PSA_PAKE_STEP_ZK_PROOF);
    }
}

static struct party a, b;

static void expect_equal_keys(size_t length)
{
    uint8_t secret[2][SW_GROUP_ELEMENT_MAX];
    party_secret(&a, secret[0], length);
    party_secret(&b, secret[1], length);
    CT_PUBLIC(secret, sizeof secret);
    assert_memory_equal(secret[0], secret[1], length);
    party_end(&a);
    party_end(&b);
}

static void jpake(void **state)
{
    uint8_t password[10];
    (void)state;
    constant_time_require();
    memset(password, 'x', sizeof password);
    CT_SECRET(password, sizeof password);
    test_random.secret = 1;
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < OWN_CURVES; i++) {
        psa_algorithm_t alg = PSA_ALG_JPAKE(PSA_ALG_SHA_256);
        assert_int_equal(party_setup(&a, alg, own_curves[i], PSA_KEY_TYPE_PASSWORD, 80, password, 10), PSA_SUCCESS);
        assert_int_equal(party_setup(&b, alg, own_curves[i], PSA_KEY_TYPE_PASSWORD, 80, password, 10), PSA_SUCCESS);
        party_names(&a, "a", 1, "b", 1);
        party_names(&b, "b", 1, "a", 1);
        send_proven(&a, &b, 2);
        send_proven(&b, &a, 2);
        send_proven(&a, &b, 1);
        send_proven(&b, &a, 1);
        expect_equal_keys(PSA_PAKE_OUTPUT_SIZE(alg, own_curves[i], PSA_PAKE_STEP_KEY_SHARE));
    }
    test_random.secret = 0;
    assert_int_equal(constant_time_errors(), before);
}

/* From import and registration on. */
static void spake2p(void **state)
{
    (void)state;
    constant_time_require();
    test_random.secret = 1;
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < OWN_CURVES; i++) {
        psa_ecc_family_t family = PSA_PAKE_PRIMITIVE_GET_FAMILY(own_curves[i]);
        size_t bits = PSA_PAKE_PRIMITIVE_GET_BITS(own_curves[i]), found = bits;
        psa_algorithm_t alg = PSA_ALG_SPAKE2P_HMAC(bits == 448 ? PSA_ALG_SHA_512 : PSA_ALG_SHA_256);
        uint8_t pair[132] = { 0 }, verifier[200], copy[200];
        psa_key_attributes_t attributes;
        psa_key_type_t type = PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family);
        size_t length = PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits), verifier_length = 0, copy_length;
        for (size_t j = 0; j < 20; j++) {
            pair[2 + j] = pair[length / 2 + 3 + j] = (uint8_t)(j + 1);
        }
        CT_SECRET(pair, sizeof pair);
        struct psacrypto_key key = test_key(&attributes, type, bits, pair, length);
        assert_int_equal(sw_key_management_entries.import(NULL, &attributes, 0, pair, length, copy, sizeof copy, &copy_length, &found), PSA_SUCCESS);
        assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, verifier, sizeof verifier, &verifier_length), PSA_SUCCESS);
        assert_int_equal(party_setup(&a, alg, own_curves[i], type, bits, pair, length), PSA_SUCCESS);
        assert_int_equal(party_setup(&b, alg, own_curves[i], PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type), bits, verifier, verifier_length), PSA_SUCCESS);
        assert_int_equal(sw_pake_entries.set_role(NULL, a.context, PSA_PAKE_ROLE_CLIENT), PSA_SUCCESS);
        assert_int_equal(sw_pake_entries.set_role(NULL, b.context, PSA_PAKE_ROLE_SERVER), PSA_SUCCESS);
        send(&a, &b, PSA_PAKE_STEP_KEY_SHARE);
        send(&b, &a, PSA_PAKE_STEP_KEY_SHARE);
        send(&b, &a, PSA_PAKE_STEP_CONFIRM);
        send(&a, &b, PSA_PAKE_STEP_CONFIRM);
        expect_equal_keys(bits == 448 ? 64 : 32);
    }
    test_random.secret = 0;
    assert_int_equal(constant_time_errors(), before);
}

static psa_status_t draw_secret(void *source, uint8_t *output, size_t output_length)
{
    (void)source;
    memset(output, 0xa5, output_length);
    CT_SECRET(output, output_length);
    return PSA_SUCCESS;
}

static void registration(void **state)
{
    psa_key_attributes_t attributes;
    uint8_t blob[132];
    size_t length = 0;
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < OWN_CURVES; i++) {
        (void)test_key(&attributes, PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_PAKE_PRIMITIVE_GET_FAMILY(own_curves[i])),
                       PSA_PAKE_PRIMITIVE_GET_BITS(own_curves[i]), NULL, 0);
        assert_int_equal(sw_key_management_entries.derive(NULL, &attributes, 0, draw_secret, NULL, blob, sizeof blob, &length), PSA_SUCCESS);
    }
    assert_int_equal(constant_time_errors(), before);
}

static const struct {
    psa_pake_primitive_t group;
    psa_key_type_t type;
} sae_rows[] = {
    { ECC(SECP_R1, 256), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1) },
    { ECC(SECP_R1, 521), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1) },
    { ECC(BRAINPOOL_P_R1, 256), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1) },
    { DH(RFC3526, 2048), PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526) },
};

#define SAE_ROWS (sizeof sae_rows / sizeof sae_rows[0])

/* Of secret pwd-values, and its import. */
static void sae_token(const struct sw_sae_group *group, psa_key_type_t type, uint8_t *token)
{
    struct sw_blob blob = { token, SW_SAE_ELEMENT_MAX, 0 };
    size_t bits = group->prime_bits;
    assert_int_equal(sw_key_type_sae_token.derive(type, bits, draw_secret, NULL, &blob), PSA_SUCCESS);
    assert_int_equal(blob.length, group->element_length);
    assert_int_equal(sw_key_type_sae_token.import(type, token, blob.length, &bits), PSA_SUCCESS);
}

static void sae_exchange(psa_algorithm_t alg, psa_pake_primitive_t group, psa_key_type_t type, size_t bits, const uint8_t *key,
                         size_t key_length)
{
    static const uint8_t count[2] = { 1, 0 };
    static struct party *const parties[] = { &a, &b };
    for (int i = 0; i < 2; i++) {
        assert_int_equal(party_setup(parties[i], alg, group, type, bits, key, key_length), PSA_SUCCESS);
        party_names(parties[i], i == 0 ? "client" : "server", 6, i == 0 ? "server" : "client", 6);
    }
    send(&a, &b, PSA_PAKE_STEP_COMMIT);
    send(&b, &a, PSA_PAKE_STEP_COMMIT);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(party_input(parties[i], PSA_PAKE_STEP_SALT, count, 2), PSA_SUCCESS);
        assert_int_equal(party_input(parties[i], PSA_PAKE_STEP_CONFIRM_COUNT, count, 2), PSA_SUCCESS);
    }
    send(&a, &b, PSA_PAKE_STEP_CONFIRM);
    send(&b, &a, PSA_PAKE_STEP_CONFIRM);
    expect_equal_keys(32);
}

/* Elements of passwords in every kind of group, exchanges on curves. */
static void sae(void **state)
{
    uint8_t password[10], token[SW_SAE_ELEMENT_MAX], element[SW_SAE_ELEMENT_MAX];
    (void)state;
    constant_time_require();
    memset(password, 'x', sizeof password);
    CT_SECRET(password, sizeof password);
    test_random.secret = 1;
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < SAE_ROWS; i++) {
        struct sw_sae_group group;
        assert_int_equal(sw_sae_group_find(&group, sae_rows[i].group), PSA_SUCCESS);
        sae_token(&group, sae_rows[i].type, token);
        if (group.group.curve != NULL) {
            sae_exchange(PSA_ALG_WPA3_SAE_FIXED(group.hash), sae_rows[i].group, sae_rows[i].type, group.prime_bits, token,
                         group.element_length);
        }
        assert_int_equal(sw_sae_element_of_password(&group, element, password, 10, (const uint8_t *)"client",
                                                    (const uint8_t *)"server"), PSA_SUCCESS);
    }
    sae_exchange(PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), sae_rows[0].group, PSA_KEY_TYPE_PASSWORD, 80, password, 10);
    test_random.secret = 0;
    assert_int_equal(constant_time_errors(), before);
}

static void integers(void **state)
{
    uint8_t x[SW_GROUP_SCALAR_MAX], y[SW_GROUP_SCALAR_MAX];
    (void)state;
    constant_time_require();
    test_random.secret = 1;
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < CURVE_GROUPS + 1; i++) {
        struct sw_group group;
        assert_int_equal(sw_group_find(&group, i < CURVE_GROUPS ? curve_groups[i] : field_groups[0]), PSA_SUCCESS);
        assert_int_equal(sw_group_scalar_random(&group, x), PSA_SUCCESS);
        assert_int_equal(sw_group_scalar_random(&group, y), PSA_SUCCESS);
        sw_group_scalar_multiply(&group, x, x, y);
        sw_group_scalar_negate(&group, x, x);
        sw_group_scalar_add(&group, x, x, y);
        sw_group_scalar_reduce(&group, y, x, group.scalar_length);
    }
    test_random.secret = 0;
    assert_int_equal(constant_time_errors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jpake),
        cmocka_unit_test(spake2p),
        cmocka_unit_test(registration),
        cmocka_unit_test(sae),
        cmocka_unit_test(integers),
    };
    return cmocka_run_group_tests_name("pake/constant_time", tests, driver_setup, driver_teardown);
}
