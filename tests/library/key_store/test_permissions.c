/* SPDX-License-Identifier: Apache-2.0 */
/* What keys permit, and to whom: export, copies, questions, owners. */
#include "keys.h"

static void export_obeys_the_policy(void **state)
{
    psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    psa_key_id_t key;
    uint8_t out[65];
    size_t length;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    memset(out, 0x55, sizeof(out));
    assert_int_equal(psa_export_key(key, out, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_int_equal(out[0], 0x55);
    assert_int_equal(psa_export_key(key, out, 16, &length), PSA_SUCCESS);
    assert_int_equal(length, 16);
    assert_memory_equal(out, bytes, 16);
    assert_int_equal(psa_export_public_key(key, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    psa_set_key_usage_flags(&attributes, SOME_USAGE);
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, out, sizeof(out), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void public_keys_always_export(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t pair, public_key;
    uint8_t point[65], again[65];
    size_t length;
    (void)state;
    psa_set_key_type(&attributes, P256_PAIR);
    psa_set_key_bits(&attributes, 256);
    assert_int_equal(psa_generate_key(&attributes, &pair), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(pair, point, sizeof(point), &length), PSA_SUCCESS);
    assert_int_equal(psa_export_key(pair, again, sizeof(again), &length), PSA_ERROR_NOT_PERMITTED);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
    assert_int_equal(psa_import_key(&attributes, point, sizeof(point), &public_key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(public_key, again, sizeof(again), &length), PSA_SUCCESS);
    assert_memory_equal(again, point, 65);
    assert_int_equal(psa_export_public_key(public_key, again, sizeof(again), &length), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(pair), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(public_key), PSA_SUCCESS);
}

static void copies_permit_no_more(void **state)
{
    psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_COPY | SOME_USAGE, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 8));
    psa_key_attributes_t target = aes(PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_EXPORT,
                                      PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12));
    psa_key_attributes_t got = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t source, copy;
    (void)state;
    assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(copy, &got), PSA_SUCCESS);
    assert_int_equal(psa_get_key_usage_flags(&got), PSA_KEY_USAGE_ENCRYPT);
    assert_int_equal(psa_get_key_algorithm(&got), PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12));
    assert_int_equal(psa_copy_key(copy, &target, &copy), PSA_ERROR_NOT_PERMITTED); /* COPY was not given on */
    psa_set_key_algorithm(&target, PSA_ALG_CCM);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(copy, PSA_KEY_ID_NULL);
    target = aes(0, psa_get_key_algorithm(&attributes));
    psa_set_key_bits(&target, 256);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_bits(&target, 0);
    psa_set_key_type(&target, PSA_KEY_TYPE_ARIA);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_type(&target, PSA_KEY_TYPE_NONE);
    psa_set_key_lifetime(&target, PERSISTENT);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT); /* no id */
    assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
}

/* Programs written for Mbed TLS have keys with a second algorithm. */
static void copies_of_two_algorithms(void **state)
{
    static const struct {
        psa_algorithm_t source, target;
        psa_status_t status;
        psa_algorithm_t copy;
    } rows[] = {
        { PSA_ALG_CCM, PSA_ALG_CCM, PSA_SUCCESS, PSA_ALG_CCM },
        { PSA_ALG_CCM, PSA_ALG_NONE, PSA_SUCCESS, PSA_ALG_NONE },
        { PSA_ALG_NONE, PSA_ALG_CCM, PSA_SUCCESS, PSA_ALG_NONE },
        { PSA_ALG_CCM, PSA_ALG_CTR, PSA_ERROR_INVALID_ARGUMENT, PSA_ALG_NONE },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_COPY | SOME_USAGE, PSA_ALG_GCM), got = PSA_KEY_ATTRIBUTES_INIT;
        psa_key_attributes_t target = aes(SOME_USAGE, PSA_ALG_GCM);
        psa_key_id_t source, copy;
        attributes.private_alg2 = rows[i].source;
        target.private_alg2 = rows[i].target;
        assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
        assert_int_equal(psa_copy_key(source, &target, &copy), rows[i].status);
        if (rows[i].status == PSA_SUCCESS) {
            assert_int_equal(psa_get_key_attributes(copy, &got), PSA_SUCCESS);
            assert_int_equal(got.private_alg2, rows[i].copy);
            assert_int_equal(use(copy), PSA_SUCCESS);
        }
        assert_int_equal(psa_destroy_key(copy), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
    }
}

static void leaving_the_element_takes_export(void **state)
{
    psa_key_attributes_t attributes = kept(aes(PSA_KEY_USAGE_COPY | SOME_USAGE, PSA_ALG_GCM), 21, IN_ELEMENT);
    psa_key_attributes_t target = aes(SOME_USAGE, PSA_ALG_GCM);
    psa_key_id_t source, copy;
    (void)state;
    assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
    assert_int_equal(use(source), PSA_SUCCESS);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_NOT_PERMITTED);
    target = kept(target, 22, IN_ELEMENT);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_SUCCESS);
    assert_int_equal(use(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_EXPORT | SOME_USAGE);
    assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
    target = aes(SOME_USAGE, PSA_ALG_GCM);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_SUCCESS);
    assert_int_equal(use(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
}

static void owners_do_not_see_each_other(void **state)
{
    static const struct caller other = { 7 };
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_GCM);
    struct key_ref ref = KEY_REF_NONE;
    psa_key_id_t key;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(key_store_acquire(&ref, &other, key, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(key_store_destroy(&other, key), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(use(key), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void usage_can_be_asked(void **state)
{
    static const struct {
        psa_algorithm_t alg;
        psa_key_usage_t usage;
        psa_status_t status;
    } rows[] = {
        { PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT, PSA_SUCCESS },
        { PSA_ALG_GCM, PSA_KEY_USAGE_DECRYPT, PSA_ERROR_NOT_PERMITTED },
        { PSA_ALG_CCM, PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_NOT_PERMITTED },
        { PSA_ALG_GCM, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_GCM, 0, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_NONE, PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 9), PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 8), PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_NONE, PSA_KEY_USAGE_EXPORT, PSA_SUCCESS },
        { PSA_ALG_NONE, PSA_KEY_USAGE_COPY, PSA_ERROR_NOT_PERMITTED },
        { PSA_ALG_GCM, PSA_KEY_USAGE_EXPORT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_HKDF(PSA_ALG_SHA_256), PSA_KEY_USAGE_DERIVE_PUBLIC, PSA_ERROR_INVALID_ARGUMENT },
    };
    psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_EXPORT, PSA_ALG_GCM);
    psa_key_id_t key, pair;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (psa_check_key_usage(key, rows[i].alg, rows[i].usage) != rows[i].status) {
            fail_msg("row %zu", i);
        }
    }
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    psa_set_key_type(&attributes, P256_PAIR);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(psa_generate_key(&attributes, &pair), PSA_SUCCESS);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDSA(PSA_ALG_SHA_256), PSA_KEY_USAGE_SIGN_MESSAGE), PSA_SUCCESS);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDSA(PSA_ALG_SHA_256), PSA_KEY_USAGE_SIGN_HASH), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), PSA_KEY_USAGE_SIGN_MESSAGE), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE_PUBLIC), PSA_SUCCESS);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_PURE_EDDSA, PSA_KEY_USAGE_SIGN_MESSAGE), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(pair), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(export_obeys_the_policy),
        cmocka_unit_test(public_keys_always_export),
        cmocka_unit_test(copies_permit_no_more),
        cmocka_unit_test(copies_of_two_algorithms),
        cmocka_unit_test(leaving_the_element_takes_export),
        cmocka_unit_test(owners_do_not_see_each_other),
        cmocka_unit_test(usage_can_be_asked),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
