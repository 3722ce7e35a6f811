/* SPDX-License-Identifier: Apache-2.0 */
/* What the families of the toy driver (toy.h) share: how it is told to fail, and what it remembers. */
#ifndef TESTS_LIBRARY_API_TOY_CORE_H
#define TESTS_LIBRARY_API_TOY_CORE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "platform/platform.h"

struct toy {
    psa_status_t answer;   /* of the next call that works, once; PSA_SUCCESS: no failure */
    unsigned countdown;    /* calls that still work before it */
    unsigned active;       /* operations between setup and abort */
    size_t capacity;       /* what key_derivation.set_capacity() was given, and how often */
    unsigned capacity_calls;
    unsigned contexts;     /* calls of pake.set_context() */
    uint64_t group;        /* PSACRYPTO_KEY_DERIVATION_INPUT_GROUP */
    size_t wrong_secret;   /* bytes of a shared secret if not what the algorithm says */
    long secrets;          /* blocks of secret memory before the test */
};

static struct toy toy;

static psa_status_t toy_answer(void)
{
    psa_status_t answer = toy.answer;
    if (answer == PSA_SUCCESS || toy.countdown-- != 0) {
        return PSA_SUCCESS;
    }
    toy.answer = PSA_SUCCESS;
    toy.countdown = 0;
    return answer;
}

/* The driver fails in its n-th call from now (0: the next). */
static inline void toy_fail(psa_status_t answer, unsigned n)
{
    toy.answer = answer;
    toy.countdown = n;
}

/* FNV-1a, 64 bits. */
#define TOY_START UINT64_C(0xcbf29ce484222325)

static uint64_t toy_mix(uint64_t sum, const void *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ ((const uint8_t *)data)[i]) * UINT64_C(0x100000001b3);
    }
    return sum;
}

static void toy_stream(uint64_t sum, uint64_t from, uint8_t *output, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        uint64_t at = from + i;
        output[i] = (uint8_t)(toy_mix(sum, &at, sizeof at) >> 32);
    }
}

/* The end of every operation. */
static psa_status_t toy_abort(void *instance, void *context)
{
    (void)instance;
    (void)context;
    toy.active--;
    return PSA_SUCCESS;
}

#endif
