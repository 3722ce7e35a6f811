/* SPDX-License-Identifier: Apache-2.0 */
/* The shared vectors for MACs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "software/mac/mac.h"
#include "software/software.h"
#include "support/hash_list.h"
#include "support/vectors.h"

static struct psacrypto_key key_of_type(psa_key_attributes_t *attributes, psa_key_type_t type, const uint8_t *bytes, size_t length)
{
    *attributes = psa_key_attributes_init();
    psa_set_key_type(attributes, type);
    return (struct psacrypto_key){.attributes = attributes, .blob = bytes, .length = length};
}

static struct psacrypto_key key_of(psa_key_attributes_t *attributes, const uint8_t *bytes, size_t length)
{
    return key_of_type(attributes, PSA_KEY_TYPE_HMAC, bytes, length);
}

/* Verifies in one call; where the MAC is right, computes it as well. */
static void check(struct vectors *v, const struct psacrypto_key *key, psa_algorithm_t alg, const char *message_field,
                  const char *mac_field, int valid)
{
    uint8_t computed[SW_MAC_LENGTH_MAX];
    size_t message_length, mac_length, length = 0;
    const uint8_t *message = vectors_hex(v, message_field, &message_length);
    const uint8_t *mac = vectors_hex(v, mac_field, &mac_length);

    psa_status_t status = sw_mac_entries.verify(NULL, key, alg, message, message_length, mac, mac_length);
    if (status != (valid ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE)) {
        fail_msg("%s: status %d", vectors_where(v), (int)status);
    }
    status = sw_mac_entries.compute(NULL, key, alg, message, message_length, computed, mac_length, &length);
    if (status != PSA_SUCCESS || length != mac_length || (memcmp(computed, mac, length) == 0) != valid) {
        fail_msg("%s: wrong MAC", vectors_where(v));
    }
}

/* The hash of that name, if this build has HMAC with it; else the case is not used. */
static psa_algorithm_t hmac_named(struct vectors *v, const char *hash_name)
{
    const struct hash_info *info = hash_list_named(hash_name);
    if (info == NULL || sw_hmac_hash(info->alg) == NULL) {
        vectors_unused(v, "HMAC with that hash is not in this build");
        return PSA_ALG_NONE;
    }
    return PSA_ALG_HMAC(info->alg);
}

struct wycheproof {
    const char *file, *hash;
    size_t cases;
};

static const struct wycheproof wycheproof[] = {
    {"mac/wycheproof-hmac_sha1.json", "SHA-1", 170},
    {"mac/wycheproof-hmac_sha224.json", "SHA-224", 172},
    {"mac/wycheproof-hmac_sha256.json", "SHA-256", 174},
    {"mac/wycheproof-hmac_sha384.json", "SHA-384", 174},
    {"mac/wycheproof-hmac_sha512.json", "SHA-512", 174},
    {"mac/wycheproof-hmac_sha512_224.json", "SHA-512/224", 173},
    {"mac/wycheproof-hmac_sha512_256.json", "SHA-512/256", 175},
    {"mac/wycheproof-hmac_sha3_224.json", "SHA3-224", 172},
    {"mac/wycheproof-hmac_sha3_256.json", "SHA3-256", 174},
    {"mac/wycheproof-hmac_sha3_384.json", "SHA3-384", 174},
    {"mac/wycheproof-hmac_sha3_512.json", "SHA3-512", 174},
    {"mac/wycheproof-hmac_sm3.json", "SM3", 174},
};

static void run_wycheproof(const struct wycheproof *file, psa_algorithm_t hmac)
{
    struct vectors *v = vectors_open(file->file, NULL);

    while (vectors_next(v)) {
        psa_key_attributes_t attributes;
        size_t length;
        const uint8_t *bytes = vectors_hex(v, "key", &length);
        struct psacrypto_key key = key_of(&attributes, bytes, length);
        psa_algorithm_t alg = PSA_ALG_TRUNCATED_MAC(hmac, (size_t)vectors_number(v, "tagSize") / 8);
        check(v, &key, alg, "msg", "tag", vectors_result(v) == VECTORS_VALID);
    }
    vectors_close(v, file->cases);
}

static void test_wycheproof(void **state)
{
    size_t files = 0;

    (void)state;
    vectors_require();
    for (size_t i = 0; i < sizeof wycheproof / sizeof wycheproof[0]; i++) {
        const struct hash_info *info = hash_list_named(wycheproof[i].hash);
        if (info != NULL && sw_hmac_hash(info->alg) != NULL) {
            run_wycheproof(&wycheproof[i], PSA_ALG_HMAC(info->alg));
            files++;
        }
    }
    assert_true(files > 0);
}

/* Sections are [HMAC(name)]. */
static void test_botan(void **state)
{
    struct vectors *v = vectors_open("mac/botan-mac-hmac.txt", "Out");

    (void)state;
    while (vectors_next(v)) {
        char name[40];
        psa_key_attributes_t attributes;
        size_t length;
        assert_int_equal(sscanf(vectors_section(v), "HMAC(%39[^\n]", name), 1);
        name[strlen(name) - 1] = 0;
        psa_algorithm_t alg = hmac_named(v, name);
        if (alg == PSA_ALG_NONE) {
            continue;
        }
        const uint8_t *bytes = vectors_hex(v, "Key", &length);
        struct psacrypto_key key = key_of(&attributes, bytes, length);
        check(v, &key, alg, "In", "Out", 1);
    }
    vectors_close(v, 73);
}

/* Zigbee specification, section C.6. */
static void test_aes_mmo(void **state)
{
    (void)state;
    vectors_require();
    if (sw_hmac_hash(PSA_ALG_AES_MMO_ZIGBEE) == NULL) {
        skip();
    }
    struct vectors *v = vectors_open("mac/hmac-aes-mmo-zigbee.json", NULL);
    while (vectors_next(v)) {
        psa_key_attributes_t attributes;
        size_t length;
        const uint8_t *bytes = vectors_hex(v, "key", &length);
        struct psacrypto_key key = key_of(&attributes, bytes, length);
        check(v, &key, PSA_ALG_HMAC(PSA_ALG_AES_MMO_ZIGBEE), "msg", "mac", 1);
    }
    vectors_close(v, 1);
}

/* ---- CMAC and CBC-MAC ---- */

static int has_cmac(psa_key_type_t type)
{
    return sw_mac_context_size(PSA_ALG_CMAC, type) != 0;
}

/* Keys of sizes that the cipher does not have are no keys: none can be made of them. */
static void wycheproof_cmac(const char *file, psa_key_type_t type, size_t cases)
{
    struct vectors *v = vectors_open(file, NULL);

    while (vectors_next(v)) {
        psa_key_attributes_t attributes;
        uint8_t mac[16];
        size_t length, mac_length;
        const uint8_t *bytes = vectors_hex(v, "key", &length);
        struct psacrypto_key key = key_of_type(&attributes, type, bytes, length);
        psa_algorithm_t alg = PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, (size_t)vectors_number(v, "tagSize") / 8);
        if (length != 16 && length != 24 && length != 32) {
            assert_int_equal(vectors_result(v), VECTORS_INVALID);
            assert_int_equal(sw_mac_entries.compute(NULL, &key, PSA_ALG_CMAC, bytes, length, mac, sizeof mac, &mac_length),
                             PSA_ERROR_NOT_SUPPORTED);
            continue;
        }
        check(v, &key, alg, "msg", "tag", vectors_result(v) == VECTORS_VALID);
    }
    vectors_close(v, cases);
}

static void test_wycheproof_cmac(void **state)
{
    (void)state;
    vectors_require();
    if (has_cmac(PSA_KEY_TYPE_AES)) {
        wycheproof_cmac("mac/wycheproof-aes_cmac.json", PSA_KEY_TYPE_AES, 311);
    }
    if (has_cmac(PSA_KEY_TYPE_CAMELLIA)) {
        wycheproof_cmac("mac/wycheproof-camellia_cmac.json", PSA_KEY_TYPE_CAMELLIA, 311);
    }
}

/* Sections are [CMAC(AES-128)] and the like. */
static void test_botan_cmac(void **state)
{
    (void)state;
    vectors_require();
    if (!has_cmac(PSA_KEY_TYPE_AES)) {
        skip();
    }
    struct vectors *v = vectors_open("mac/botan-mac-cmac.txt", "Out");
    while (vectors_next(v)) {
        psa_key_attributes_t attributes;
        size_t length;
        psa_key_type_t type = strncmp(vectors_section(v), "CMAC(AES", 8) == 0    ? PSA_KEY_TYPE_AES
                              : strncmp(vectors_section(v), "CMAC(ARIA", 9) == 0 ? PSA_KEY_TYPE_ARIA
                                                                                 : PSA_KEY_TYPE_NONE;
        if (!has_cmac(type)) {
            vectors_unused(v, "not a block cipher of PSA, or none that the library has yet");
            continue;
        }
        const uint8_t *bytes = vectors_hex(v, "Key", &length);
        struct psacrypto_key key = key_of_type(&attributes, type, bytes, length);
        check(v, &key, PSA_ALG_CMAC, "In", "Out", 1);
    }
    vectors_close(v, 39);
}

/* Key3 is Key1 where there are two; "Mlen = 0" has a message of one byte in the file. */
static void cavp_tdes(const char *file, size_t keys)
{
    static const char *const names[3] = {"Key1", "Key2", "Key3"};
    struct vectors *v = vectors_open(file, "Mac");

    while (vectors_next(v)) {
        psa_key_attributes_t attributes;
        uint8_t bytes[24], computed[8];
        size_t length, mac_length = 0;
        for (size_t i = 0; i < keys; i++) {
            memcpy(bytes + 8 * i, vectors_hex(v, names[i], &length), 8);
            assert_int_equal(length, 8);
        }
        struct psacrypto_key key = key_of_type(&attributes, PSA_KEY_TYPE_DES, bytes, 8 * keys);
        const uint8_t *message = vectors_hex(v, "Msg", &length);
        const uint8_t *mac = vectors_hex(v, "Mac", &length);
        psa_status_t status = sw_mac_entries.compute(NULL, &key, PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, length), message,
                                                     (size_t)vectors_number(v, "Mlen"), computed, sizeof computed, &mac_length);
        if (status != PSA_SUCCESS || mac_length != length || memcmp(computed, mac, length) != 0) {
            fail_msg("%s: wrong MAC", vectors_where(v));
        }
    }
    vectors_close(v, 96);
}

static void test_cavp_tdes(void **state)
{
    (void)state;
    vectors_require();
    if (!has_cmac(PSA_KEY_TYPE_DES)) {
        skip();
    }
    cavp_tdes("mac/cavp-CMACGenTDES2.rsp", 2);
    cavp_tdes("mac/cavp-CMACGenTDES3.rsp", 3);
}

static void test_acvp_cbc_mac(void **state)
{
    (void)state;
    vectors_require();
    if (sw_mac_context_size(PSA_ALG_CBC_MAC, PSA_KEY_TYPE_AES) == 0) {
        skip();
    }
    struct vectors *v = vectors_open("mac/acvp-AES-CBC-MAC-first2.json", NULL);
    while (vectors_next(v)) {
        psa_key_attributes_t attributes;
        size_t length;
        const uint8_t *bytes = vectors_hex(v, "key", &length);
        struct psacrypto_key key = key_of_type(&attributes, PSA_KEY_TYPE_AES, bytes, length);
        check(v, &key, PSA_ALG_CBC_MAC, "pt", "ct", 1);
    }
    vectors_close(v, 6);
}

/* ---- BLAKE2 ---- */

static void blake2_case(struct vectors *v, psa_algorithm_t hash, const char *message_field, const char *mac_field)
{
    psa_key_attributes_t attributes;
    size_t length;
    const uint8_t *bytes = vectors_hex(v, "key", &length);
    struct psacrypto_key key = key_of_type(&attributes, PSA_KEY_TYPE_BLAKE2, bytes, length);

    if (sw_mac_context_size(PSA_ALG_BLAKE2_MAC(hash), PSA_KEY_TYPE_BLAKE2) == 0) {
        vectors_unused(v, "not in this build");
        return;
    }
    check(v, &key, PSA_ALG_BLAKE2_MAC(hash), message_field, mac_field, 1);
}

static void test_blake2(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("mac/blake2-kat-keyed-even.json", NULL);
    while (vectors_next(v)) {
        const struct hash_info *info = hash_list_named(vectors_string(v, "hash"));
        assert_non_null(info);
        blake2_case(v, info->alg, "in", "out");
    }
    vectors_close(v, 512);

    v = vectors_open("mac/botan-mac-blake2bmac-512.txt", "Out");
    while (vectors_next(v)) {
        assert_string_equal(vectors_section(v), "BLAKE2b(512)");
        blake2_case(v, PSA_ALG_BLAKE2B_HASH512, "In", "Out");
    }
    vectors_close(v, 256);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wycheproof),
        cmocka_unit_test(test_botan),
        cmocka_unit_test(test_aes_mmo),
        cmocka_unit_test(test_wycheproof_cmac),
        cmocka_unit_test(test_botan_cmac),
        cmocka_unit_test(test_cavp_tdes),
        cmocka_unit_test(test_acvp_cbc_mac),
        cmocka_unit_test(test_blake2),
    };
    return cmocka_run_group_tests_name("drivers/software/mac, shared vectors", tests, NULL, NULL);
}
