/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by fuzz_record.c and fuzz_record_mbed.c: a key record of the store that is any bytes. */
#ifndef FUZZ_RECORD_H
#define FUZZ_RECORD_H

#include <stddef.h>
#include <stdint.h>

/* Opens the library over a store in memory; flags are added to what that store says of itself. */
void record_open(uint32_t flags);

/* Puts data into the store as the record of key 1, and does with the key what can be done. */
void record_try(const uint8_t *data, size_t length);

#endif
