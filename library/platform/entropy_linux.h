/* SPDX-License-Identifier: Apache-2.0 */
/* The system calls behind entropy_linux.c, so that a test can make each of them fail. */
#ifndef PLATFORM_ENTROPY_LINUX_H
#define PLATFORM_ENTROPY_LINUX_H

#include <stddef.h>
#include <stdint.h>

/* Each answers as the call of the same name: -1 and errno on failure. */
struct entropy_system {
    long (*getrandom)(uint8_t *output, size_t size);
    int (*open)(const char *path);
    long (*read)(int file, uint8_t *output, size_t size);
    int (*wait_readable)(int file);
    int (*close)(int file);
};

#if PSACRYPTO_TEST_HOOKS
extern struct entropy_system entropy_system;
#endif

#endif
