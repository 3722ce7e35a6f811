/* SPDX-License-Identifier: Apache-2.0 */
/* Wiping that the compiler cannot drop. */
#ifndef UTIL_ZEROISE_H
#define UTIL_ZEROISE_H

#include <stddef.h>
#include <string.h>

/* memory may be NULL when size is 0. */
void zeroise(void *memory, size_t size);

#if defined(__GNUC__)

/* What is no larger is wiped where it stands: the compiler knows its size. */
#define ZEROISE_INLINE_MAX 128u

static inline void zeroise_inline(void *memory, size_t size)
{
    memset(memory, 0, size);
    __asm__ __volatile__("" : : "r"(memory) : "memory"); /* as in zeroise.c */
}

#define ZEROISE(object) \
    (sizeof(object) <= ZEROISE_INLINE_MAX ? zeroise_inline(&(object), sizeof(object)) : zeroise(&(object), sizeof(object)))

#else

#define ZEROISE(object) zeroise(&(object), sizeof(object))

#endif

#endif
