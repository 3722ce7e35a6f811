/* SPDX-License-Identifier: Apache-2.0 */
/* What the examples have in place of hardware: something that compresses blocks of SHA-256. */
#ifndef EXAMPLE_COPROCESSOR_H
#define EXAMPLE_COPROCESSOR_H

#include <stddef.h>
#include <stdint.h>

#define COPROCESSOR_BLOCK 64u

/* The initial hash value (FIPS 180-4, 5.3.3). */
void coprocessor_start(uint32_t state[8]);
/* count blocks of 64 bytes. */
void coprocessor_blocks(uint32_t state[8], const uint8_t *blocks, size_t count);
/* How many blocks it has done since the program started. */
unsigned long coprocessor_done(void);

#endif
