/* SPDX-License-Identifier: Apache-2.0 */
/* Services for the software driver in tests of the driver alone: random bytes of the system, which can be made to fail. */
#ifndef TESTS_DRIVERS_SOFTWARE_SERVICES_H
#define TESTS_DRIVERS_SOFTWARE_SERVICES_H

#include <stdlib.h>
#include <string.h>

#include <openssl/rand.h>

#include "software/software.h"
#include "util/ct.h"

/* What the next calls for random bytes do. */
struct test_random {
    psa_status_t status; /* PSA_SUCCESS, or the answer */
    int stuck;           /* every byte is this value; -1: random */
    const uint8_t *script; /* what comes first, and how much of it is left */
    size_t script_length;
    int secret;          /* random bytes are marked as such, for memcheck */
};

static struct test_random test_random = { PSA_SUCCESS, -1, NULL, 0, 0 };

static psa_status_t test_random_bytes(void *core, uint8_t *output, size_t output_size)
{
    (void)core;
    if (test_random.status != PSA_SUCCESS) {
        return test_random.status;
    }
    if (test_random.script_length != 0) {
        size_t length = output_size < test_random.script_length ? output_size : test_random.script_length;
        memset(output, 0, output_size);
        memcpy(output, test_random.script, length);
        test_random.script += length;
        test_random.script_length -= length;
        return PSA_SUCCESS;
    }
    if (test_random.stuck >= 0) {
        memset(output, test_random.stuck, output_size);
        return PSA_SUCCESS;
    }
    int done = RAND_bytes(output, (int)output_size) == 1;
    if (test_random.secret) {
        CT_SECRET(output, output_size);
    }
    return done ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_ENTROPY;
}

/* cmocka group setup and teardown. */
static int driver_setup(void **state)
{
    static const struct psacrypto_services services = {
        .abi = PSACRYPTO_DRIVER_ABI,
        .size = sizeof services,
        .random = test_random_bytes,
    };
    (void)state;
    return psacrypto_software_driver.open(NULL, &services) == PSA_SUCCESS ? 0 : -1;
}

static int driver_teardown(void **state)
{
    (void)state;
    psacrypto_software_driver.close(NULL);
    return 0;
}

/* A key as an entry point sees it; attributes and blob are borrowed. */
static inline struct psacrypto_key test_key(psa_key_attributes_t *attributes, psa_key_type_t type, size_t bits,
                                            const uint8_t *blob, size_t length)
{
    struct psacrypto_key key = { .attributes = attributes, .blob = blob, .length = length };
    memset(attributes, 0, sizeof *attributes);
    psa_set_key_type(attributes, type);
    psa_set_key_bits(attributes, bits);
    return key;
}

#endif
