/* SPDX-License-Identifier: Apache-2.0 */
/* The suites of SPAKE2+, and an exchange that must end well. */
#ifndef TESTS_DRIVERS_SOFTWARE_PAKE_SUITES_H
#define TESTS_DRIVERS_SOFTWARE_PAKE_SUITES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "exchange.h"

#define P256 ECC(SECP_R1, 256)
#define SPAKE2P PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256)

static const struct {
    psa_algorithm_t alg;
    psa_pake_primitive_t group;
    size_t key_length;
} suites[] = {
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), ECC(SECP_R1, 256), 32 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), ECC(SECP_R1, 256), 64 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), ECC(SECP_R1, 384), 32 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), ECC(SECP_R1, 384), 64 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), ECC(SECP_R1, 521), 64 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), ECC(TWISTED_EDWARDS, 255), 32 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), ECC(TWISTED_EDWARDS, 448), 64 },
    { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), ECC(SECP_R1, 256), 32 },
    { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_512), ECC(SECP_R1, 256), 64 },
    { PSA_ALG_SPAKE2P_MATTER, ECC(SECP_R1, 256), 16 },
};

#define SUITES (sizeof suites / sizeof suites[0])

static inline void expect_agreement(struct exchange *e)
{
    assert_int_equal(exchange_run(e), PSA_SUCCESS);
    assert_true(exchange_agrees(e));
}

#endif
