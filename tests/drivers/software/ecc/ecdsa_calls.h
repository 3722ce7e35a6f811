/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA through the driver's entries, every way that a key is kept, and the key of RFC 6979, A.2.5. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_ECDSA_CALLS_H
#define TESTS_DRIVERS_SOFTWARE_ECC_ECDSA_CALLS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"

#include "../services.h"
#include "software/ecc/ecdsa.h"

#define RFC6979_KEY "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"

/* An integer in hexadecimal, 0x in front or an odd number of digits allowed, in length bytes. */
static inline void decode(uint8_t *output, size_t length, const char *hex)
{
    BIGNUM *integer = NULL;
    assert_true(BN_hex2bn(&integer, strncmp(hex, "0x", 2) == 0 ? hex + 2 : hex) > 0);
    assert_true(BN_bn2binpad(integer, output, (int)length) > 0);
    BN_free(integer);
}

static inline psa_status_t sign(const struct test_curve *row, psa_algorithm_t alg, const uint8_t *private_key, const uint8_t *hash,
                                size_t hash_length, uint8_t *signature)
{
    const struct sw_curve *curve = &row->curve;
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), curve->bits, private_key,
                                        curve->order_length);
    size_t length = 0;
    psa_status_t status = sw_sign_entries.sign_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature,
                                                    2u * curve->order_length, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? 2u * curve->order_length : 0u);
    return status;
}

/*
 * As a key is verified with that the library keeps: the second time makes its table, if it has one, the third uses it. Gives the
 * size of what is kept.
 */
static inline size_t expect_verify_prepared(const struct psacrypto_key *given, psa_algorithm_t alg, const uint8_t *hash,
                                            size_t hash_length, const uint8_t *signature, size_t signature_length, psa_status_t expected)
{
    psa_key_attributes_t attributes = *given->attributes;
    struct psacrypto_key key = *given;
    uint64_t memory[512];
    key.attributes = &attributes;
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
    size_t size = psacrypto_software_driver.prepared_size(NULL, &key, alg);
    assert_in_range(size, 0, sizeof memory);
    if (size == 0) {
        return 0;
    }
    memset(memory, 0xa5, sizeof memory);
    assert_int_equal(psacrypto_software_driver.prepare(NULL, &key, alg, memory), PSA_SUCCESS);
    key.prepared = memory;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sw_sign_entries.verify_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, signature_length),
                         expected);
    }
    for (size_t i = (size + 7u) / 8u; i < sizeof memory / sizeof memory[0]; i++) {
        assert_true(memory[i] == UINT64_C(0xa5a5a5a5a5a5a5a5));
    }
    return size;
}

static inline psa_status_t verify(const struct test_curve *row, psa_algorithm_t alg, const uint8_t *public_key, const uint8_t *hash,
                                  size_t hash_length, const uint8_t *signature, size_t signature_length)
{
    const struct sw_curve *curve = &row->curve;
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve->family), curve->bits, public_key,
                                        curve->public_length);
    psa_status_t status = sw_sign_entries.verify_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, signature_length);
    (void)expect_verify_prepared(&key, alg, hash, hash_length, signature, signature_length, status);
    return status;
}

#endif
