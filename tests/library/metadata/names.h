/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of names. */
#ifndef TESTS_METADATA_NAMES_H
#define TESTS_METADATA_NAMES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <psacrypto/diagnostics.h>

#include "metadata/metadata.h"
#include "support/quick.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static uint64_t random_state = 1;

/* xorshift64*: the same in every run. */
static uint64_t draw(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * UINT64_C(2685821657736338717);
}

static int is_number(const char *name)
{
    return strncmp(name, "0x", 2) == 0;
}

#endif
