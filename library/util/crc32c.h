/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-32C (Castagnoli; RFC 3720, appendix B.4): finds damage, not malice. */
#ifndef UTIL_CRC32C_H
#define UTIL_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* crc is 0 at first, else what the bytes before gave. data may be NULL when length is 0. */
uint32_t crc32c(uint32_t crc, const void *data, size_t length);

#endif
