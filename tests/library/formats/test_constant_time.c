/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private keys on their way in and out of PEM and PKCS #8, marked secret: memcheck counts every branch and address that
 * depends on them. Has something to say when built with -DCT_CHECK_VALGRIND and run under Valgrind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "formats/key.h"
#include "formats/pem.h"
#include "formats/pkcs8.h"
#include "support/constant_time.h"
#include "util/ct.h"

/* A text's layout is public, what stands in it is not. Every length of the last group. */
static void pem(void **state)
{
    static uint8_t data[200], decoded[200];
    static char text[400];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t length = 118; length <= 120; length++) {
        struct pem_block block;
        size_t at = 0, decoded_length = 0;
        memset(data, 0x5e, sizeof data);
        CT_SECRET(data, sizeof data);
        size_t text_length = pem_encoded_length("PRIVATE KEY", length);
        pem_encode(text, "PRIVATE KEY", data, length);
        psa_status_t status = pem_next(&block, text, text_length, &at);
        if (status == PSA_SUCCESS) {
            status = pem_decode(decoded, sizeof decoded, &decoded_length, &block);
        }
        assert_int_equal(status, PSA_SUCCESS);
        assert_int_equal(decoded_length, length);
        CT_PUBLIC(decoded, sizeof decoded); /* the test is over */
        CT_PUBLIC(data, sizeof data);
        assert_memory_equal(decoded, data, length);
    }
    assert_int_equal(constant_time_errors(), before);
}

static void pkcs8(void **state)
{
    static const struct {
        psa_ecc_family_t family;
        size_t bits, private_length, public_length;
    } cases[] = {
        { PSA_ECC_FAMILY_SECP_R1, 256, 32, 65 },
        { PSA_ECC_FAMILY_SECP_R1, 521, 66, 133 },
        { PSA_ECC_FAMILY_MONTGOMERY, 255, 32, 32 },
        { PSA_ECC_FAMILY_TWISTED_EDWARDS, 448, 57, 57 },
    };
    static uint8_t private_key[66], public_key[133], der[400];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        psa_key_type_t type = PSA_KEY_TYPE_ECC_KEY_PAIR(cases[i].family);
        struct formats_key key;
        size_t length = 0;
        memset(private_key, 0x40, sizeof private_key); /* masked as it is */
        memset(public_key, 0x04, sizeof public_key);
        CT_SECRET(private_key, sizeof private_key);
        assert_int_equal(pkcs8_write(der, sizeof der, &length, type, cases[i].bits, private_key, cases[i].private_length,
                                     public_key, cases[i].public_length), PSA_SUCCESS);
        assert_int_equal(formats_read_key(&key, der, length), PSA_SUCCESS);
        assert_int_equal(key.length, cases[i].private_length);
        CT_PUBLIC(&key, sizeof key); /* the test is over */
        CT_PUBLIC(der, sizeof der);
        CT_PUBLIC(private_key, sizeof private_key);
        assert_memory_equal(key.data, private_key, key.length);
    }
    assert_int_equal(constant_time_errors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pem),
        cmocka_unit_test(pkcs8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
