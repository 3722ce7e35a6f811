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

/* What the compiler knows of an array that is to be wiped ends here: values that are wanted later are read from there again. Else it
 * would keep them in registers and, having too few, put copies aside in places of the stack that nobody wipes. Other arrays stay in
 * registers meanwhile if all of their indices are constants; where a loop is yet to be unrolled they are not. */
static inline void keep_in_memory(void *memory)
{
    __asm__ __volatile__("" : : "r"(memory) : "memory");
}

#else

#define ZEROISE(object) zeroise(&(object), sizeof(object))

static inline void keep_in_memory(void *memory)
{
    (void)memory;
}

#endif

#endif
