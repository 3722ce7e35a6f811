/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tells the checkers which parts of a region hold a block, so that they find a use after free and an overrun within
 * our own allocator as they do within malloc(). Nothing in other builds.
 */
#ifndef PLATFORM_POISON_H
#define PLATFORM_POISON_H

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISON_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define POISON_ASAN 1
#endif

#if defined(POISON_ASAN)

#include <sanitizer/asan_interface.h>
#include <sanitizer/lsan_interface.h>

static inline void poison(void *memory, size_t size)
{
    __asan_poison_memory_region(memory, size);
}

static inline void unpoison(void *memory, size_t size)
{
    __asan_unpoison_memory_region(memory, size);
}

/* What these pages point to is not leaked. */
static inline void poison_root(void *memory, size_t size)
{
    __lsan_register_root_region(memory, size);
}

static inline void poison_root_end(void *memory, size_t size)
{
    __asan_unpoison_memory_region(memory, size);
    __lsan_unregister_root_region(memory, size);
}

#elif defined(CT_CHECK_VALGRIND)

#include <valgrind/memcheck.h>

static inline void poison(void *memory, size_t size)
{
    (void)VALGRIND_MAKE_MEM_NOACCESS(memory, size);
}

static inline void unpoison(void *memory, size_t size)
{
    (void)VALGRIND_MAKE_MEM_DEFINED(memory, size);
}

static inline void poison_root(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}

static inline void poison_root_end(void *memory, size_t size)
{
    unpoison(memory, size);
}

#else

static inline void poison(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}

static inline void unpoison(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}

static inline void poison_root(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}

static inline void poison_root_end(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}

#endif

#endif
