/* SPDX-License-Identifier: Apache-2.0 */
/* MACs other than HMAC with keys and messages marked secret, and hashes that HMAC is not specified with. */
#include <string.h>

#include "software/mac/mac.h"
#include "software/software.h"
#include "support/constant_time.h"
#include "support/hash_list.h"

struct with_key {
    psa_algorithm_t alg;
    psa_key_type_t type;
    size_t length;
};

/* DES is an exception that SECURITY.md names. */
static const struct with_key macs[] = {
    {PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 16},
    {PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 32},
    {PSA_ALG_CMAC, PSA_KEY_TYPE_ARIA, 16},
    {PSA_ALG_CMAC, PSA_KEY_TYPE_CAMELLIA, 16},
    {PSA_ALG_CMAC, PSA_KEY_TYPE_SM4, 16},
    {PSA_ALG_CBC_MAC, PSA_KEY_TYPE_AES, 24},
    {PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2S_HASH256), PSA_KEY_TYPE_BLAKE2, 20},
    {PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2SP_HASH256), PSA_KEY_TYPE_BLAKE2, 32},
    {PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), PSA_KEY_TYPE_BLAKE2, 20},
    {PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2BP_HASH512), PSA_KEY_TYPE_BLAKE2, 64},
};

static uint8_t message[1100], output[SW_MAC_LENGTH_MAX];

static void run_mac(const struct with_key *with)
{
    uint8_t bytes[64];
    psa_key_attributes_t attributes = psa_key_attributes_init();
    struct psacrypto_key key = {.attributes = &attributes, .blob = bytes, .length = with->length};
    size_t length = 0;

    memset(bytes, 3, sizeof bytes);
    CT_SECRET(bytes, sizeof bytes);
    psa_set_key_type(&attributes, with->type);
    for (size_t n = 0; n < sizeof message; n = n * 2 + 5) {
        assert_int_equal(sw_mac_entries.compute(NULL, &key, with->alg, message, n, output, sizeof output, &length), PSA_SUCCESS);
        assert_int_equal(sw_mac_entries.verify(NULL, &key, with->alg, message, n, output, length), PSA_SUCCESS);
        CT_PUBLIC(output, sizeof output); /* the test is over */
    }
}

static void test_macs(void **state)
{
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    CT_SECRET(message, sizeof message);
    for (size_t i = 0; i < sizeof macs / sizeof macs[0]; i++) {
        if (sw_mac_context_size(macs[i].alg, macs[i].type) != 0) {
            run_mac(&macs[i]);
        }
    }
    assert_int_equal(constant_time_errors(), before);
}

static void test_hashes(void **state)
{
    size_t count;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    CT_SECRET(message, sizeof message);
    for (size_t i = 0; i < count; i++) {
        const struct sw_hash *hash = sw_hash_find(list[i].alg);
        if (hash != NULL && hash->block == 0) {
            sw_hash_compute(hash, message, sizeof message, output);
            CT_PUBLIC(output, sizeof output); /* the test is over */
        }
    }
    assert_int_equal(constant_time_errors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_macs),
        cmocka_unit_test(test_hashes),
    };
    return cmocka_run_group_tests_name("drivers/software/mac in constant time", tests, NULL, NULL);
}
