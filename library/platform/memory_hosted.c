/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ordinary memory where there is a heap (for secrets: memory_secret.c, memory_heap.c). With PSACRYPTO_TEST_HOOKS tests
 * have a say.
 */
#include "platform/internal.h"

#include <stdlib.h>

#if !PSACRYPTO_HEAPLESS

void *platform_allocate(size_t size)
{
    if (!platform_allocation_permitted()) {
        return NULL;
    }
    return calloc(1, size != 0 ? size : 1); /* calloc(1, 0) may answer NULL */
}

void platform_free(void *memory)
{
    free(memory);
}

#else

typedef int memory_hosted_unused; /* a translation unit may not be empty */

#endif
