/* SPDX-License-Identifier: Apache-2.0 */
/* The driver that computes for those that the tests fit, and what they compute with. */
#ifndef TESTS_ADAPTER_ENGINE_H
#define TESTS_ADAPTER_ENGINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <psacrypto/driver.h>

#define ENGINE (&psacrypto_software_driver)

#define HMAC PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define ECDSA PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256)

static const uint8_t message[50] = "fifty bytes, which end in the middle of a block.";

/* For blinding and for new keys; not random. */
static psa_status_t engine_random(void *core, uint8_t *output, size_t output_size)
{
    static uint8_t next;
    (void)core;
    for (size_t i = 0; i < output_size; i++) {
        output[i] = next = (uint8_t)(next * 5u + 3u);
    }
    return PSA_SUCCESS;
}

static const struct psacrypto_services engine_services = { .random = engine_random };

static int engine_open(void **state)
{
    (void)state;
    assert_int_equal(ENGINE->open(NULL, &engine_services), PSA_SUCCESS);
    return 0;
}

static int engine_close(void **state)
{
    (void)state;
    ENGINE->close(NULL);
    return 0;
}

#endif
