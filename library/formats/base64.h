/* SPDX-License-Identifier: Apache-2.0 */
/* The alphabet of base64 (RFC 4648, 4) as arithmetic. Constant-time. */
#ifndef FORMATS_BASE64_H
#define FORMATS_BASE64_H

#include <stdint.h>

#include "util/ct.h"

/* All-ones if first <= c <= last. */
static inline uint32_t base64_in_range(uint32_t c, uint32_t first, uint32_t last)
{
    return ~ct_mask_less32(c, first) & ~ct_mask_less32(last, c);
}

/* 0 to 63; *valid is all-ones for a character of the alphabet, else 0. */
static inline uint32_t base64_value(uint32_t c, uint32_t *valid)
{
    uint32_t upper = base64_in_range(c, 'A', 'Z');
    uint32_t lower = base64_in_range(c, 'a', 'z');
    uint32_t digit = base64_in_range(c, '0', '9');
    uint32_t plus = ct_mask_equal32(c, '+');
    uint32_t slash = ct_mask_equal32(c, '/');
    *valid = upper | lower | digit | plus | slash;
    return (upper & (c - 'A')) | (lower & (c - 'a' + 26u)) | (digit & (c - '0' + 52u)) | (plus & 62u) | (slash & 63u);
}

/* value: 0 to 63 */
static inline uint32_t base64_character(uint32_t value)
{
    uint32_t upper = base64_in_range(value, 0, 25);
    uint32_t lower = base64_in_range(value, 26, 51);
    uint32_t digit = base64_in_range(value, 52, 61);
    return (upper & (value + 'A')) | (lower & (value - 26u + 'a')) | (digit & (value - 52u + '0')) |
           (ct_mask_equal32(value, 62) & '+') | (ct_mask_equal32(value, 63) & '/');
}

#endif
