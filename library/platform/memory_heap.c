/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory for secrets where there is a heap but no pages: aligned and wiped, neither locked nor guarded. With
 * PSACRYPTO_TEST_HOOKS tests have a say.
 */
#include "platform/internal.h"

#if !PLATFORM_POSIX && !PSACRYPTO_HEAPLESS

#include "util/zeroise.h"

#include <stdlib.h>

static void *allocate(size_t size)
{
    if (size > SIZE_MAX / 2u || !platform_allocation_permitted()) {
        return NULL;
    }
    void *whole = calloc(1, size + SECRET_ALIGNMENT + sizeof(void *));
    if (whole == NULL) {
        return NULL;
    }
    /* In front of the block lies what free() wants. */
    const uintptr_t first = (uintptr_t)whole + sizeof(void *);
    void **memory = (void **)((first + SECRET_ALIGNMENT - 1u) & ~(uintptr_t)(SECRET_ALIGNMENT - 1u));
    memory[-1] = whole;
    return memory;
}

static void release(void *memory, size_t size)
{
    if (memory != NULL) {
        zeroise(memory, size);
        free(((void **)memory)[-1]);
    }
}

void *platform_secret_allocate(size_t size)
{
    void *memory = allocate(size);
    platform_secrets_count(memory != NULL);
    return memory;
}

void platform_secret_free(void *memory, size_t size)
{
    platform_secrets_count(-(memory != NULL));
    release(memory, size);
}

void *platform_pages_allocate(size_t size, int wipe_on_fork, int *wiped)
{
    (void)wipe_on_fork;
    if (wiped != NULL) {
        *wiped = 0;
    }
    return allocate(size);
}

void platform_pages_free(void *memory, size_t size)
{
    release(memory, size);
}

void platform_memory_shutdown(void)
{
}

void platform_memory_before_fork(void)
{
}

void platform_memory_after_fork(void)
{
}

#else

typedef int memory_heap_unused; /* a translation unit may not be empty */

#endif
