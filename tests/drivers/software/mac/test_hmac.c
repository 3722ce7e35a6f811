/* SPDX-License-Identifier: Apache-2.0 */
/* HMAC by itself: RFC 4231, every hash that it is specified with against OpenSSL, keys of every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "software/mac/hmac.h"
#include "support/hash_list.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"

static void mac_whole(const struct sw_hash *hash, const uint8_t *key, size_t key_length, const uint8_t *message,
                      size_t message_length, uint8_t *mac)
{
    struct sw_hmac_key hmac;
    sw_hmac_expand(&hmac, hash, key, key_length);
    sw_hmac_compute(&hmac, message, message_length, mac);
}

/* ---- RFC 4231, section 4 ---- */

/* "text" or hexadecimal, then how many times it stands there. */
struct rfc4231 {
    const char *key, *message;
    size_t key_times, message_times;
    const char *sha224, *sha256, *sha384, *sha512;
};

static const struct rfc4231 rfc4231[] = {
    {
        "0x0b",
        "Hi There",
        20, 1,
        "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
        "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4"
        "be9d914eeb61f1702e696c203a126854",
    },
    {
        "Jefe",
        "what do ya want for nothing?",
        1, 1,
        "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
        "caeab1a34d4a6b4b636e070a38bce737",
    },
    {
        "0xaa",
        "0xdd",
        20, 50,
        "7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea",
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27",
        "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807"
        "b946a337bee8942674278859e13292fb",
    },
    {
        "0x0102030405060708090a0b0c0d0e0f10111213141516171819",
        "0xcd",
        1, 50,
        "6c11506874013cac6a2abc1bb382627cec6a90d86efc012de7afec5a",
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb",
        "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063"
        "a5f19741120c4f2de2adebeb10a298dd",
    },
    {
        "0xaa",
        "Test Using Larger Than Block-Size Key - Hash Key First",
        131, 1,
        "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e52"
        "95e64f73f63f0aec8b915a985d786598",
    },
    {
        "0xaa",
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
        131, 1,
        "3a854166ac5d9f023f54d517d0b39dbd946770db9c2b95c9f6f565d1",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        "6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e",
        "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15"
        "134676fb6de0446065c97440fa8c6a58",
    },
};

static size_t repeat(const char *unit, size_t times, uint8_t *output)
{
    size_t once = strlen(unit);
    if (strncmp(unit, "0x", 2) == 0) {
        uint8_t *bytes = vectors_decode_hex(unit, &once);
        assert_non_null(bytes);
        memcpy(output, bytes, once);
        free(bytes);
    } else {
        memcpy(output, unit, once);
    }
    for (size_t i = 1; i < times; i++) {
        memcpy(output + i * once, output, once);
    }
    return once * times;
}

static void check_rfc4231(const struct rfc4231 *c, psa_algorithm_t alg, const char *expected)
{
    uint8_t key[256], message[256], mac[SW_HASH_LENGTH_MAX];
    size_t length;
    const struct sw_hash *hash = sw_hmac_hash(alg);

    if (hash == NULL) {
        return; /* not in this build */
    }
    uint8_t *wanted = vectors_decode_hex(expected, &length);
    assert_int_equal(length, hash->length);
    size_t key_length = repeat(c->key, c->key_times, key);
    size_t message_length = repeat(c->message, c->message_times, message);
    mac_whole(hash, key, key_length, message, message_length, mac);
    assert_memory_equal(mac, wanted, length);
    free(wanted);
}

static void test_rfc4231(void **state)
{
    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < sizeof rfc4231 / sizeof rfc4231[0]; i++) {
            check_rfc4231(&rfc4231[i], PSA_ALG_SHA_224, rfc4231[i].sha224);
            check_rfc4231(&rfc4231[i], PSA_ALG_SHA_256, rfc4231[i].sha256);
            check_rfc4231(&rfc4231[i], PSA_ALG_SHA_384, rfc4231[i].sha384);
            check_rfc4231(&rfc4231[i], PSA_ALG_SHA_512, rfc4231[i].sha512);
        }
    }
}

/* ---- Which hashes: Crypto API 1.5, "Hash algorithms that can be used with HMAC" ---- */

struct hmac_hash {
    psa_algorithm_t alg;
    size_t block, length;
};

static const struct hmac_hash hmac_hashes[] = {
    {PSA_ALG_AES_MMO_ZIGBEE, 16, 16}, {PSA_ALG_MD2, 16, 16},
    {PSA_ALG_MD4, 64, 16}, {PSA_ALG_MD5, 64, 16},
    {PSA_ALG_RIPEMD160, 64, 20}, {PSA_ALG_SHA_1, 64, 20},
    {PSA_ALG_SHA_224, 64, 28}, {PSA_ALG_SHA_256, 64, 32},
    {PSA_ALG_SHA_384, 128, 48}, {PSA_ALG_SHA_512, 128, 64},
    {PSA_ALG_SHA_512_224, 128, 28}, {PSA_ALG_SHA_512_256, 128, 32},
    {PSA_ALG_SHA3_224, 144, 28}, {PSA_ALG_SHA3_256, 136, 32},
    {PSA_ALG_SHA3_384, 104, 48}, {PSA_ALG_SHA3_512, 72, 64},
    {PSA_ALG_SM3, 64, 32},
    {PSA_ALG_BLAKE2S_HASH256, 64, 32}, {PSA_ALG_BLAKE2B_HASH512, 128, 64},
};

static void test_hashes_of_the_specification(void **state)
{
    (void)state;
    for (psa_algorithm_t alg = 0x02000000u; alg < 0x02000100u; alg++) {
        const struct hmac_hash *expected = NULL;
        for (size_t i = 0; i < sizeof hmac_hashes / sizeof hmac_hashes[0]; i++) {
            expected = hmac_hashes[i].alg == alg ? &hmac_hashes[i] : expected;
        }
        const struct sw_hash *hash = sw_hmac_hash(alg);
        if (expected == NULL) {
            assert_null(hash);
        } else if (sw_hash_find(alg) != NULL) {
            assert_non_null(hash);
            assert_int_equal(hash->block, expected->block);
            assert_int_equal(hash->length, expected->length);
        }
    }
}

/* ---- Against OpenSSL ---- */

static void compare(const struct sw_hash *hash, const EVP_MD *digest, const uint8_t *key, size_t key_length,
                    const uint8_t *message, size_t message_length)
{
    uint8_t expected[EVP_MAX_MD_SIZE], mac[SW_HASH_LENGTH_MAX], shortened[SW_HASH_BLOCK_MAX];
    unsigned length;

    assert_non_null(HMAC(digest, key, (int)key_length, message, message_length, expected, &length));
    assert_int_equal(length, hash->length);
    mac_whole(hash, key, key_length, message, message_length, mac);
    assert_memory_equal(mac, expected, length);

    size_t short_length = sw_hmac_shorten_key(hash, shortened, key, key_length);
    assert_in_range(short_length, 0, hash->block);
    mac_whole(hash, shortened, short_length, message, message_length, mac);
    assert_memory_equal(mac, expected, length);
}

static size_t against_openssl(const struct hash_info *info)
{
    uint8_t key[400], message[400];
    struct random_source source = {info->alg};
    const EVP_MD *digest = info->openssl == NULL ? NULL : EVP_get_digestbyname(info->openssl);
    const struct sw_hash *hash = sw_hmac_hash(info->alg);

    if (digest == NULL || hash == NULL) {
        return 0;
    }
    for (size_t n = 0; n < sizeof key; n += slow_step(5)) {
        size_t message_length = random_source_below(&source, sizeof message);
        random_source_bytes(&source, key, sizeof key);
        random_source_bytes(&source, message, sizeof message);
        compare(hash, digest, key, n, message, message_length);
        compare(hash, digest, key, message_length, message, n);
    }
    return 1;
}

static void test_against_openssl(void **state)
{
    size_t count, compared = 0;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < count; i++) {
            compared += against_openssl(&list[i]);
        }
    }
    assert_true(compared > 0);
}

/* One expanded key serves many messages, in parts too, and is not changed by them. */
static void test_key_is_constant(void **state)
{
    uint8_t message[200], first[SW_HASH_LENGTH_MAX], mac[SW_HASH_LENGTH_MAX];
    struct random_source source = {7};
    size_t count;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    random_source_bytes(&source, message, sizeof message);
    for (size_t i = 0; i < count; i++) {
        const struct sw_hash *hash = sw_hmac_hash(list[i].alg);
        struct sw_hmac_key hmac, before;
        uint64_t context[SW_HASH_CONTEXT_MAX / 8u];
        if (hash == NULL) {
            continue;
        }
        memset(&hmac, 0, sizeof hmac);
        sw_hmac_expand(&hmac, hash, message, 20);
        before = hmac;
        sw_hmac_compute(&hmac, message, sizeof message, first);
        for (size_t cut = 0; cut <= sizeof message; cut += slow_step(5)) {
            sw_hmac_start(&hmac, context);
            sw_hmac_update(&hmac, context, message, cut);
            sw_hmac_update(&hmac, context, message + cut, sizeof message - cut);
            sw_hmac_finish(&hmac, context, mac);
            assert_memory_equal(mac, first, hash->length);
        }
        assert_memory_equal(&hmac, &before, sizeof hmac);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc4231),
        cmocka_unit_test(test_hashes_of_the_specification),
        cmocka_unit_test(test_against_openssl),
        cmocka_unit_test(test_key_is_constant),
    };
    return cmocka_run_group_tests_name("drivers/software/mac/hmac", tests, NULL, NULL);
}
