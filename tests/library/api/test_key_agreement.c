/* SPDX-License-Identifier: Apache-2.0 */
/* psa_raw_key_agreement(), psa_key_agreement(): both sides, keys, peers, buffers, the key that comes of it. */
#include "toy.h"

#include "support/allocation.h"

#define PAIR(family) PSA_KEY_TYPE_ECC_KEY_PAIR(family)
#define P256 PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)
#define ECDH PSA_ALG_ECDH
#define ECDH_HKDF PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256))
#define DERIVE PSA_KEY_USAGE_DERIVE
#define EXPORT PSA_KEY_USAGE_EXPORT

struct side {
    psa_key_id_t key;
    uint8_t public_key[133];
    size_t public_length;
};

static struct side make(psa_key_type_t type, size_t bits, psa_key_usage_t usage, psa_algorithm_t alg)
{
    struct side side;
    psa_key_attributes_t attributes = toy_attributes(type, bits, usage, alg);
    assert_int_equal(psa_generate_key(&attributes, &side.key), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(side.key, side.public_key, sizeof side.public_key, &side.public_length), PSA_SUCCESS);
    return side;
}

static psa_status_t raw(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *peer, size_t peer_length, uint8_t *output, size_t size)
{
    size_t length = 999;
    uint8_t first = size != 0 ? output[0] : 0;
    psa_status_t status = psa_raw_key_agreement(alg, key, peer, peer_length, output, size, &length);
    if (status != PSA_SUCCESS) {
        assert_int_equal(length, 0);
        assert_true(size == 0 || output[0] == first || output[0] == 0); /* as it was, or wiped */
    }
    return status;
}

/* The same through both functions: what the one refuses, so does the other. */
static psa_status_t try_both(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *peer, size_t peer_length)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    psa_key_id_t made = 77;
    uint8_t output[66] = { 0x5a };
    psa_status_t status = raw(key, alg, peer, peer_length, output, sizeof output);
    assert_int_equal(psa_key_agreement(key, peer, peer_length, alg, &attributes, &made), status);
    assert_int_equal(status == PSA_SUCCESS, made != PSA_KEY_ID_NULL);
    toy_destroy(made);
    return status;
}

/* ---- Both sides ---- */

static void both_sides(void **state)
{
    static const struct {
        psa_ecc_family_t family;
        size_t bits;
    } curves[] = { { PSA_ECC_FAMILY_SECP_R1, 256 }, { PSA_ECC_FAMILY_SECP_R1, 384 }, { PSA_ECC_FAMILY_SECP_R1, 521 } };
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct side a = make(PAIR(curves[i].family), curves[i].bits, DERIVE, ECDH);
        struct side b = make(PAIR(curves[i].family), curves[i].bits, DERIVE, ECDH);
        size_t size = (curves[i].bits + 7) / 8, length;
        uint8_t secrets[3][66];
        assert_int_equal(psa_raw_key_agreement(ECDH, a.key, b.public_key, b.public_length, secrets[0], size, &length), PSA_SUCCESS);
        assert_int_equal(length, size);
        assert_int_equal(psa_raw_key_agreement(ECDH, b.key, a.public_key, a.public_length, secrets[1], 66, &length), PSA_SUCCESS);
        assert_int_equal(length, size);
        assert_memory_equal(secrets[0], secrets[1], size);
        for (size_t bits = 0; bits <= 8 * size; bits += 8 * size) {
            psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_RAW_DATA, bits, EXPORT, PSA_ALG_NONE), made = attributes;
            psa_key_id_t key;
            assert_int_equal(psa_key_agreement(a.key, b.public_key, b.public_length, ECDH, &attributes, &key), PSA_SUCCESS);
            assert_int_equal(psa_export_key(key, secrets[2], 66, &length), PSA_SUCCESS);
            assert_int_equal(length, size);
            assert_memory_equal(secrets[0], secrets[2], size);
            assert_int_equal(psa_get_key_attributes(key, &made), PSA_SUCCESS);
            assert_int_equal(psa_get_key_bits(&made), 8 * size);
            toy_destroy(key);
        }
        toy_destroy(a.key);
        toy_destroy(b.key);
    }
}

/* The peer's key may lie where the secret goes. */
static void in_one_buffer(void **state)
{
    struct side a = make(P256, 256, DERIVE, ECDH), b = make(P256, 256, DERIVE, ECDH);
    uint8_t expected[32], buffer[200];
    size_t length;
    (void)state;
    assert_int_equal(psa_raw_key_agreement(ECDH, a.key, b.public_key, 65, expected, 32, &length), PSA_SUCCESS);
    for (size_t at = 0; at <= 100; at += 10) {
        memcpy(buffer + 50, b.public_key, 65);
        assert_int_equal(psa_raw_key_agreement(ECDH, a.key, buffer + 50, 65, buffer + at, 32, &length), PSA_SUCCESS);
        assert_memory_equal(buffer + at, expected, 32);
    }
    toy_destroy(a.key);
    toy_destroy(b.key);
}

/* ---- Refusals ---- */

static void algorithms(void **state)
{
    struct side own = make(P256, 256, DERIVE, ECDH), combined = make(P256, 256, DERIVE, ECDH_HKDF);
    (void)state;
    assert_int_equal(try_both(own.key, ECDH, combined.public_key, 65), PSA_SUCCESS);
    assert_int_equal(try_both(own.key, ECDH_HKDF, combined.public_key, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_both(combined.key, ECDH_HKDF, own.public_key, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_both(own.key, PSA_ALG_HKDF(PSA_ALG_SHA_256), combined.public_key, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_both(own.key, PSA_ALG_NONE, combined.public_key, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_both(own.key, PSA_ALG_FFDH, combined.public_key, 65), PSA_ERROR_NOT_PERMITTED);
    /* Permitted with a derivation behind it, it is not permitted alone. */
    assert_int_equal(try_both(combined.key, ECDH, own.public_key, 65), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(own.key);
    toy_destroy(combined.key);
}

static void keys(void **state)
{
    struct side peer = make(P256, 256, DERIVE, ECDH);
    (void)state;
    assert_int_equal(try_both(PSA_KEY_ID_NULL, ECDH, peer.public_key, 65), PSA_ERROR_INVALID_HANDLE);
    struct side own = make(P256, 256, DERIVE, ECDH);
    toy_destroy(own.key);
    assert_int_equal(try_both(own.key, ECDH, peer.public_key, 65), PSA_ERROR_INVALID_HANDLE);
    own = make(P256, 256, EXPORT | PSA_KEY_USAGE_VERIFY_DERIVATION, ECDH);
    assert_int_equal(try_both(own.key, ECDH, peer.public_key, 65), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(own.key);
    psa_key_id_t key = toy_key(P256_PUBLIC, 0, DERIVE, ECDH, peer.public_key, 65);
    assert_int_equal(try_both(key, ECDH, peer.public_key, 65), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(key);
    key = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, ECDH, peer.public_key, 32);
    assert_int_equal(try_both(key, ECDH, peer.public_key, 65), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(key);
    toy_destroy(peer.key);
}

static void peers(void **state)
{
    struct side own = make(P256, 256, DERIVE, ECDH), peer = make(P256, 256, DERIVE, ECDH);
    struct side larger = make(P256, 384, DERIVE, ECDH);
    uint8_t spoilt[65];
    (void)state;
    for (size_t length = 0; length <= 66; length++) {
        /* Exact copies: one byte more would be found out by tools that watch memory. */
        uint8_t copy[66] = { 0 };
        memcpy(copy, peer.public_key, length < 65 ? length : 65);
        assert_int_equal(try_both(own.key, ECDH, copy, length), length == 65 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(try_both(own.key, ECDH, NULL, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_both(own.key, ECDH, larger.public_key, larger.public_length), PSA_ERROR_INVALID_ARGUMENT);
    for (unsigned i = 0; i < 65; i += 8) {
        memcpy(spoilt, peer.public_key, 65);
        spoilt[i] ^= 1;
        assert_int_equal(try_both(own.key, ECDH, spoilt, 65), PSA_ERROR_INVALID_ARGUMENT);
    }
    toy_destroy(own.key);
    toy_destroy(peer.key);
    toy_destroy(larger.key);
}

static void buffers(void **state)
{
    struct side own = make(P256, 256, DERIVE, ECDH), peer = make(P256, 256, DERIVE, ECDH);
    uint8_t output[32] = { 0x5a };
    (void)state;
    for (size_t size = 0; size <= 32; size++) {
        assert_int_equal(raw(own.key, ECDH, peer.public_key, 65, output, size), size == 32 ? PSA_SUCCESS : PSA_ERROR_BUFFER_TOO_SMALL);
    }
    assert_int_equal(raw(own.key, ECDH, peer.public_key, 65, NULL, 0), PSA_ERROR_BUFFER_TOO_SMALL);
    toy_destroy(own.key);
    toy_destroy(peer.key);
}

/* ---- The key ---- */

static psa_status_t try_attributes(const struct side *own, const struct side *peer, const psa_key_attributes_t *attributes)
{
    psa_key_id_t key = 77;
    psa_status_t status = psa_key_agreement(own->key, peer->public_key, peer->public_length, ECDH, attributes, &key);
    assert_int_equal(status == PSA_SUCCESS, key != PSA_KEY_ID_NULL);
    toy_destroy(key);
    return status;
}

static void attributes_of_the_key(void **state)
{
    static const struct {
        psa_key_type_t type;
        size_t bits;
        psa_status_t status;
    } rows[] = {
        { PSA_KEY_TYPE_DERIVE, 0, PSA_SUCCESS }, { PSA_KEY_TYPE_RAW_DATA, 256, PSA_SUCCESS },
        { PSA_KEY_TYPE_HMAC, 0, PSA_SUCCESS }, { PSA_KEY_TYPE_PASSWORD, 0, PSA_SUCCESS },
        { PSA_KEY_TYPE_DERIVE, 128, PSA_ERROR_INVALID_ARGUMENT }, { PSA_KEY_TYPE_DERIVE, 264, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 256, PSA_ERROR_INVALID_ARGUMENT }, { PSA_KEY_TYPE_PASSWORD_HASH, 0, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_PEPPER, 0, PSA_ERROR_INVALID_ARGUMENT }, { P256, 256, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_NONE, 0, PSA_ERROR_INVALID_ARGUMENT },
    };
    struct side own = make(P256, 256, DERIVE, ECDH), peer = make(P256, 256, DERIVE, ECDH);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        psa_key_attributes_t attributes = toy_attributes(rows[i].type, rows[i].bits, DERIVE, PSA_ALG_NONE);
        assert_int_equal(try_attributes(&own, &peer, &attributes), rows[i].status);
    }
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0x80000000, PSA_ALG_NONE);
    assert_int_equal(try_attributes(&own, &peer, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_PERSISTENT);
    assert_int_equal(try_attributes(&own, &peer, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(own.key);
    toy_destroy(peer.key);
}

static void persistent(void **state)
{
    struct side own = make(P256, 256, DERIVE, ECDH), peer = make(P256, 256, DERIVE, ECDH);
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    psa_key_id_t key = 77;
    (void)state;
    psa_set_key_id(&attributes, 6);
    assert_int_equal(psa_key_agreement(own.key, peer.public_key, 65, ECDH, &attributes, &key), PSA_SUCCESS);
    assert_int_equal(key, 6);
    assert_int_equal(psa_key_agreement(own.key, peer.public_key, 65, ECDH, &attributes, &key), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    toy_destroy(6);
    toy_destroy(own.key);
    toy_destroy(peer.key);
}

static void library_is_closed(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    uint8_t output[32] = { 0 };
    psa_key_id_t key = 77;
    (void)state;
    toy_close();
    assert_int_equal(raw(1, ECDH, output, 32, output, 32), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_agreement(1, output, 32, ECDH, &attributes, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    toy_reopen();
}

static struct side memory_own, memory_peer;

static psa_status_t agree_once(void *context)
{
    psa_key_id_t key;
    psa_status_t status = psa_key_agreement(memory_own.key, memory_peer.public_key, 65, ECDH, context, &key);
    toy_destroy(key);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    (void)state;
    memory_own = make(P256, 256, DERIVE, ECDH);
    memory_peer = make(P256, 256, DERIVE, ECDH);
    assert_true(allocation_fails_each(agree_once, &attributes) >= 1);
    toy_destroy(memory_own.key);
    toy_destroy(memory_peer.key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(both_sides), TOY_TEST(in_one_buffer),         TOY_TEST(algorithms), TOY_TEST(keys),              TOY_TEST(peers),
        TOY_TEST(buffers),    TOY_TEST(attributes_of_the_key), TOY_TEST(persistent), TOY_TEST(library_is_closed), TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
