/* SPDX-License-Identifier: Apache-2.0 */
/* The primes of the groups: OpenSSL has them from the RFCs' text, and they are safe primes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/dh.h>
#include <openssl/obj_mac.h>

#include "software/ffdh/group.h"
#include "support/quick.h"

static const struct {
    psa_dh_family_t family;
    size_t bits;
    int nid;
} groups[] = {
    { PSA_DH_FAMILY_RFC7919, 2048, NID_ffdhe2048 }, { PSA_DH_FAMILY_RFC7919, 3072, NID_ffdhe3072 },
    { PSA_DH_FAMILY_RFC7919, 4096, NID_ffdhe4096 }, { PSA_DH_FAMILY_RFC7919, 6144, NID_ffdhe6144 },
    { PSA_DH_FAMILY_RFC7919, 8192, NID_ffdhe8192 }, { PSA_DH_FAMILY_RFC3526, 2048, NID_modp_2048 },
    { PSA_DH_FAMILY_RFC3526, 3072, NID_modp_3072 }, { PSA_DH_FAMILY_RFC3526, 4096, NID_modp_4096 },
    { PSA_DH_FAMILY_RFC3526, 6144, NID_modp_6144 }, { PSA_DH_FAMILY_RFC3526, 8192, NID_modp_8192 },
};

#define GROUPS (sizeof groups / sizeof groups[0])

static void primes(void **state)
{
    (void)state;
    for (size_t i = 0; i < GROUPS; i++) {
        uint8_t ours[SW_FFDH_LENGTH_MAX], theirs[SW_FFDH_LENGTH_MAX];
        const struct sw_ffdh_group *group = sw_ffdh_find(groups[i].family, groups[i].bits);
        DH *dh = DH_new_by_nid(groups[i].nid);
        assert_non_null(group);
        assert_non_null(dh);
        sw_ffdh_prime(group, ours);
        assert_int_equal(BN_num_bits(DH_get0_p(dh)), groups[i].bits);
        BN_bn2bin(DH_get0_p(dh), theirs);
        assert_memory_equal(ours, theirs, groups[i].bits / 8);
        assert_int_equal(BN_get_word(DH_get0_g(dh)), 2);
        DH_free(dh);
    }
}

/* p and (p - 1) / 2 are primes, and 2 is a square (p = 7 modulo 8): it generates the subgroup. */
static void safe_primes(void **state)
{
    BN_CTX *context = BN_CTX_new();
    (void)state;
    for (size_t i = 0; i < GROUPS; i++) {
        uint8_t bytes[SW_FFDH_LENGTH_MAX];
        sw_ffdh_prime(sw_ffdh_find(groups[i].family, groups[i].bits), bytes);
        assert_int_equal(bytes[groups[i].bits / 8 - 1] & 7, 7);
        if (groups[i].bits > 2048 || quick() == 2) {
            continue; /* minutes; they are the RFCs' by the test above */
        }
        BIGNUM *p = BN_bin2bn(bytes, (int)(groups[i].bits / 8), NULL);
        assert_int_equal(BN_check_prime(p, context, NULL), 1);
        assert_int_equal(BN_rshift1(p, p), 1);
        assert_int_equal(BN_check_prime(p, context, NULL), 1);
        BN_free(p);
    }
    BN_CTX_free(context);
}

static void no_group(void **state)
{
    (void)state;
    assert_null(sw_ffdh_find(PSA_DH_FAMILY_RFC7919, 1024));
    assert_null(sw_ffdh_find(PSA_DH_FAMILY_RFC7919, 0));
    assert_null(sw_ffdh_find(PSA_DH_FAMILY_RFC3526, 1536));
    assert_null(sw_ffdh_find(0, 0));
    assert_null(sw_ffdh_find(0x7f, 2048));
    assert_false(sw_ffdh_has_family(0));
    assert_false(sw_ffdh_has_family(0x7f));
    assert_true(sw_ffdh_has_family(PSA_DH_FAMILY_RFC3526));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(primes),
        cmocka_unit_test(safe_primes),
        cmocka_unit_test(no_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
