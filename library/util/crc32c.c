/* SPDX-License-Identifier: Apache-2.0 */
#include "util/crc32c.h"

/*
 * The polynomial 0x1EDC6F41, bits reflected. No table: the data may be a key, and a secret must not select an
 * address.
 */
#define POLYNOMIAL 0x82f63b78u

uint32_t crc32c(uint32_t crc, const void *data, size_t length)
{
    const uint8_t *p = data;

    crc = ~crc;
    for (size_t i = 0; i < length; i++) {
        crc ^= p[i];
        for (unsigned bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (POLYNOMIAL & (0u - (crc & 1u)));
        }
    }
    return ~crc;
}
