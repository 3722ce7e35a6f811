/* SPDX-License-Identifier: Apache-2.0 */
/* What an emulator of user programs does not do as the system would; for use inside cmocka tests. */
#ifndef TESTS_SUPPORT_EMULATOR_H
#define TESTS_SUPPORT_EMULATOR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* skip()s the running test where PSACRYPTO_TEST_EMULATED says that an emulator runs it (.ci/run does), naming what it lacks. */
static inline void skip_when_emulated(const char *lacks)
{
    if (getenv("PSACRYPTO_TEST_EMULATED") != NULL) {
        print_message("the emulator does not have this: %s\n", lacks);
        skip();
    }
}

#endif
