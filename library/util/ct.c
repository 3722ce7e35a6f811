/* SPDX-License-Identifier: Apache-2.0 */
#include "util/ct.h"

uint32_t ct_mask_equal(const void *a, const void *b, size_t n)
{
    const volatile uint8_t *x = a;
    const volatile uint8_t *y = b;
    uint32_t difference = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t u = x[i];
        uint8_t v = y[i];
        difference |= (uint32_t)(u ^ v);
    }
    return ct_mask_zero32(difference);
}

void ct_copy_if(uint32_t mask, uint8_t *target, const uint8_t *source, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        target[i] = ct_select8(mask, source[i], target[i]);
    }
}
