/* SPDX-License-Identifier: Apache-2.0 */
/* Operations with RSA and Diffie-Hellman keys whose private parts are marked as secret (support/constant_time.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/rsa.h>

#include "montgomery_ways.h"
#include "software/ffdh/group.h"
#include "software/software.h"
#include "support/constant_time.h"

struct pair {
    uint8_t n[128], e[3];
    uint8_t d[128], p[64], q[64], dp[64], dq[64], qinv[64];
};

static struct math_integer take(uint8_t *bytes, size_t length, const BIGNUM *number)
{
    assert_int_equal(BN_bn2binpad(number, bytes, (int)length), (int)length);
    return (struct math_integer){ bytes, length };
}

/* 1024 bits; all but n and e is secret then. */
static struct math_rsa_key draw_pair(struct pair *pair)
{
    RSA *rsa = RSA_new();
    BIGNUM *e = BN_new();
    BN_set_word(e, 65537);
    assert_int_equal(RSA_generate_key_ex(rsa, 1024, e, NULL), 1);
    struct math_rsa_key key = {
        .n = take(pair->n, sizeof pair->n, RSA_get0_n(rsa)),
        .e = take(pair->e, sizeof pair->e, RSA_get0_e(rsa)),
        .d = take(pair->d, sizeof pair->d, RSA_get0_d(rsa)),
        .p = take(pair->p, sizeof pair->p, RSA_get0_p(rsa)),
        .q = take(pair->q, sizeof pair->q, RSA_get0_q(rsa)),
        .dp = take(pair->dp, sizeof pair->dp, RSA_get0_dmp1(rsa)),
        .dq = take(pair->dq, sizeof pair->dq, RSA_get0_dmq1(rsa)),
        .qinv = take(pair->qinv, sizeof pair->qinv, RSA_get0_iqmp(rsa)),
    };
    BN_free(e);
    RSA_free(rsa);
    return key;
}

/* The input is secret too: a message that nobody but the signer knows. */
static void rsa(void **state)
{
    struct pair pair;
    uint8_t input[128], output[128], again[128];
    uint64_t prepared[256];
    (void)state;
    constant_time_require();
    struct math_rsa_key key = draw_pair(&pair);
    unsigned before = constant_time_errors();
    CT_SECRET(pair.d, sizeof pair - offsetof(struct pair, d));
    memset(input, 0x35, sizeof input);
    input[0] = 0;
    CT_SECRET(input, sizeof input);
    assert_int_equal(math_rsa_private(&key, output, input), PSA_SUCCESS);
    assert_int_equal(math_rsa_public_vartime(&key, again, output), PSA_SUCCESS);
    assert_true(math_rsa_prepared_size(&key) <= sizeof prepared);
    assert_int_equal(math_rsa_prepare(&key, (uint8_t *)prepared), PSA_SUCCESS);
    key.prepared = (const uint8_t *)prepared;
    assert_int_equal(math_rsa_private(&key, output, input), PSA_SUCCESS);
    key.prepared = NULL;
    assert_int_equal(montgomery_limbs32.rsa_private(&key, output, input), PSA_SUCCESS);
    assert_int_equal(constant_time_errors(), before);
    CT_PUBLIC(again, sizeof again);
    CT_PUBLIC(input, sizeof input);
    assert_memory_equal(again, input, sizeof input);
}

/* A private key, then a peer's key that is secret too, as PAKEs have them. */
static void group(void **state)
{
    uint8_t p[256], x[256], y[256] = { 0 }, secret[256];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    sw_ffdh_prime(sw_ffdh_find(PSA_DH_FAMILY_RFC7919, 2048), p);
    memset(x, 0x5c, sizeof x);
    y[255] = 4;
    CT_SECRET(x, sizeof x);
    CT_SECRET(y, sizeof y);
    assert_int_equal(math_group_power(secret, p, sizeof p, y, x), PSA_SUCCESS);
    montgomery_limbs32.power(secret, (struct math_integer){ p, sizeof p }, (struct math_integer){ y, sizeof y },
                             (struct math_integer){ x, 32 }, 0);
    assert_int_equal(constant_time_errors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rsa), cmocka_unit_test(group) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
