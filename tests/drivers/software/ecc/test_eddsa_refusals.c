/* SPDX-License-Identifier: Apache-2.0 */
/* EdDSA: what is no signature, no point and no key, the variants that must not be mixed up, overlap. */
#include "eddsa_calls.h"

#include <openssl/bn.h>

/* S + L, and as many times L as fit, is the same equation, and no encoding of S. */
static void s_not_reduced(void **state)
{
    uint8_t private_key[LENGTH_MAX] = { 9 }, signature[2 * LENGTH_MAX];
    int length = (int)kind->length;
    struct message m = { private_key, NULL, kind->length, 0 };
    BIGNUM *s = BN_new(), *order = NULL;
    (void)state;
    assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, signature), PSA_SUCCESS);
    assert_int_equal(verify(PAIR, private_key, PSA_ALG_PURE_EDDSA, &m, signature, 2 * kind->length), PSA_SUCCESS);
    BN_dec2bn(&order, kind->order);
    BN_lebin2bn(signature + length, length, s);
    for (int i = 0; i < 16; i++) {
        BN_add(s, s, order);
        if (BN_bn2lebinpad(s, signature + length, length) == length) {
            assert_int_equal(verify(PAIR, private_key, PSA_ALG_PURE_EDDSA, &m, signature, 2 * kind->length),
                             PSA_ERROR_INVALID_SIGNATURE);
        }
    }
    BN_free(s);
    BN_free(order);
}

/* y not below p, x = 0 with the sign of a negative one, no x at all, bits that mean nothing (RFC 8032, 5.1.3 and 5.2.3). */
static void points_refused(void **state)
{
    uint8_t point[LENGTH_MAX + 1], sign_bit = 0x80, *last = point + kind->length - 1;
    BIGNUM *y = BN_new(), *p = NULL;
    unsigned valid = 0;
    (void)state;
    decode(point, kind->prime);
    p = BN_lebin2bn(point, (int)strlen(kind->prime) / 2, NULL);
    for (unsigned i = 0; i < 240; i++) { /* around p */
        BN_copy(y, p);
        BN_sub_word(y, 220);
        BN_add_word(y, i);
        BN_bn2lebinpad(y, point, (int)kind->length);
        psa_status_t status = import(PUBLIC, point, kind->length);
        assert_true(BN_cmp(y, p) < 0 || status == PSA_ERROR_INVALID_ARGUMENT || *last >= 0x80);
        assert_int_equal(status, kind->arithmetic_limbs32->check_point(NULL, point));
        valid += BN_cmp(y, p) < 0 && status == PSA_SUCCESS;
    }
    assert_true(valid > 70 && valid < 150); /* about half have an x */
    memset(point, 0, sizeof point);
    point[0] = 1; /* the neutral element: a point, if a poor public key */
    assert_int_equal(import(PUBLIC, point, kind->length), PSA_SUCCESS);
    *last = sign_bit;
    assert_int_equal(import(PUBLIC, point, kind->length), PSA_ERROR_INVALID_ARGUMENT);
    for (unsigned bit = 0; bit < 7 && kind->bits == 448; bit++) {
        *last = (uint8_t)(1u << bit);
        assert_int_equal(import(PUBLIC, point, kind->length), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(kind->arithmetic_limbs32->check_point(NULL, point), PSA_ERROR_INVALID_ARGUMENT);
    }
    for (size_t length = 0; length < kind->length + 2; length++) {
        uint8_t key[LENGTH_MAX + 2] = { 3 };
        assert_int_equal(import(PAIR, key, length), length == kind->length ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_true(length == kind->length || import(PUBLIC, key, length) == PSA_ERROR_INVALID_ARGUMENT);
    }
    BN_free(y);
    BN_free(p);
}

/* Three algorithms, one key and input: signatures that are good for one each. Without a context those of messages are the
 * same on edwards448, which has a domain in either. */
static void variants(void **state)
{
    const psa_algorithm_t algs[] = { PSA_ALG_PURE_EDDSA, PSA_ALG_EDDSA_CTX, kind->prehashed };
    uint8_t private_key[LENGTH_MAX] = { 7 }, hash[64] = { 8 }, context[256] = { 1 }, signatures[3][2 * LENGTH_MAX];
    (void)state;
    struct message m = { hash, context, 64, 0 };
    for (int i = 0; i < 3; i++) {
        m.context_length = 0;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), PSA_SUCCESS);
        for (int j = 0; j < 3; j++) {
            int same = i == j || (kind->bits == 448 && i < 2 && j < 2);
            assert_int_equal(verify(PAIR, private_key, algs[j], &m, signatures[i], 2 * kind->length),
                             same ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        }
        for (size_t l = 0; l < 2 * kind->length; l++) {
            assert_int_equal(verify(PAIR, private_key, algs[i], &m, signatures[i], l), PSA_ERROR_INVALID_SIGNATURE);
        }
        m.context_length = 256;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), PSA_ERROR_INVALID_ARGUMENT);
        m.context_length = 255;
        assert_int_equal(sign(private_key, algs[i], &m, signatures[i]), i == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS);
        for (int j = 1; j < 3 && i != 0; j++) {
            assert_int_equal(verify(PAIR, private_key, algs[j], &m, signatures[i], 2 * kind->length),
                             i == j ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        }
        context[254] ^= 1;
        assert_int_equal(verify(PAIR, private_key, algs[i], &m, signatures[i], 2 * kind->length),
                         i == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_ERROR_INVALID_SIGNATURE);
    }
}

static void refusals(void **state)
{
    uint8_t private_key[LENGTH_MAX] = { 7 }, hash[64] = { 8 }, signature[2 * LENGTH_MAX];
    const size_t size = 2 * kind->length;
    psa_key_attributes_t attributes;
    (void)state;
    struct psacrypto_key key = test_key(&attributes, PAIR, kind->bits, private_key, kind->length);
    size_t length = 99;
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signature, size - 1, &length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, kind->prehashed, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_sign_entries.sign_hash(NULL, &key, kind->other_prehashed, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PUBLIC);
    assert_int_equal(sw_sign_entries.sign_message(NULL, &key, PSA_ALG_PURE_EDDSA, hash, 64, NULL, 0, signature, size, &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 99);
    assert_int_equal(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, PSA_ALG_PURE_EDDSA, PAIR, 256), 0);
    assert_int_equal(psacrypto_software_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, kind->other_prehashed, PAIR, kind->bits), 0);
}

/* The signature may be written over the message. */
static void overlap(void **state)
{
    uint8_t private_key[LENGTH_MAX] = { 5 }, apart[2 * LENGTH_MAX], buffer[2 * LENGTH_MAX + 32];
    (void)state;
    for (size_t offset = 0; offset <= 2 * kind->length; offset += 8) {
        struct message m = { buffer + offset, NULL, 32, 0 };
        memset(buffer, 0x5a, sizeof buffer);
        assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, apart), PSA_SUCCESS);
        assert_int_equal(sign(private_key, PSA_ALG_PURE_EDDSA, &m, buffer), PSA_SUCCESS);
        assert_memory_equal(apart, buffer, 2 * kind->length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(s_not_reduced),
        EACH(points_refused),
        EACH(variants),
        EACH(refusals),
        EACH(overlap),
    };
    return cmocka_run_group_tests(tests, driver_setup, teardown);
}
