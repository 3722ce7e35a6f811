/* SPDX-License-Identifier: Apache-2.0 */
/* The paddings of RSA decryption: what is decrypted is marked as secret until the status is there (util/ct.h). */
#include "rsa_keys.h"

#include "software/rsa/rsa.h"
#include "util/ct.h"

static psa_status_t decode(const struct sw_rsa_encryption *scheme, psa_algorithm_t alg, const uint8_t *encoded, size_t *length)
{
    uint8_t secret[128], message[128];
    memcpy(secret, encoded, sizeof secret);
    *length = 0;
    CT_SECRET(secret, sizeof secret);
    psa_status_t status = scheme->decode(alg, message, sizeof message, length, secret, sizeof secret, NULL, 0);
    CT_PUBLIC(&status, sizeof status);
    CT_PUBLIC(length, sizeof *length);
    return status;
}

static void pkcs1(void **state)
{
    uint8_t encoded[128];
    size_t length;
    (void)state;
    memset(encoded, 0x55, sizeof encoded);
    encoded[0] = 0;
    encoded[1] = 2;
    assert_int_equal(decode(&sw_rsa_pkcs1_encryption, PSA_ALG_RSA_PKCS1V15_CRYPT, encoded, &length), PSA_ERROR_INVALID_PADDING);
    encoded[70] = 0;
    assert_int_equal(decode(&sw_rsa_pkcs1_encryption, PSA_ALG_RSA_PKCS1V15_CRYPT, encoded, &length), PSA_SUCCESS);
    assert_int_equal(length, 57);
    encoded[5] = 0;
    assert_int_equal(decode(&sw_rsa_pkcs1_encryption, PSA_ALG_RSA_PKCS1V15_CRYPT, encoded, &length), PSA_ERROR_INVALID_PADDING);
}

static void oaep(void **state)
{
    const psa_algorithm_t alg = PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256);
    uint8_t encoded[128];
    size_t length;
    (void)state;
    assert_int_equal(sw_rsa_oaep.encode(alg, encoded, sizeof encoded, (const uint8_t *)"message", 7, NULL, 0), PSA_SUCCESS);
    assert_int_equal(decode(&sw_rsa_oaep, alg, encoded, &length), PSA_SUCCESS);
    assert_int_equal(length, 7);
    encoded[127] ^= 1;
    assert_int_equal(decode(&sw_rsa_oaep, alg, encoded, &length), PSA_ERROR_INVALID_PADDING);
    encoded[127] ^= 1;
    encoded[0] = 1;
    assert_int_equal(decode(&sw_rsa_oaep, alg, encoded, &length), PSA_ERROR_INVALID_PADDING);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(pkcs1), cmocka_unit_test(oaep) };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
