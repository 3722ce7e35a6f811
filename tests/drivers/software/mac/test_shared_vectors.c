/* SPDX-License-Identifier: Apache-2.0 */
/* The shared vectors for HMAC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "software/mac/mac.h"
#include "software/software.h"
#include "support/hash_list.h"
#include "support/vectors.h"

static struct psacrypto_key key_of(psa_key_attributes_t *attributes, const uint8_t *bytes, size_t length)
{
    *attributes = psa_key_attributes_init();
    psa_set_key_type(attributes, PSA_KEY_TYPE_HMAC);
    return (struct psacrypto_key){.attributes = attributes, .blob = bytes, .length = length};
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wycheproof),
        cmocka_unit_test(test_botan),
        cmocka_unit_test(test_aes_mmo),
    };
    return cmocka_run_group_tests_name("drivers/software/mac, shared vectors", tests, NULL, NULL);
}
