/* SPDX-License-Identifier: Apache-2.0 */
#include "util/zeroise.h"

#include <string.h>

#if defined(__GNUC__)

void zeroise(void *memory, size_t size)
{
    if (size != 0) {
        memset(memory, 0, size);
        /* The barrier claims to read the memory, so that the memset is not dead. */
        __asm__ __volatile__("" : : "r"(memory) : "memory");
    }
}

#else

/* The compiler cannot know what a volatile function pointer holds. */
static void *(*const volatile wipe)(void *, int, size_t) = memset;

void zeroise(void *memory, size_t size)
{
    if (size != 0) {
        wipe(memory, 0, size);
    }
}

#endif
