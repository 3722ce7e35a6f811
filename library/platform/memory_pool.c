/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory of a build without a heap: one static pool, cut into units of 64 bytes. Two bit maps beside it say which
 * units are taken and where a block ends; nothing of the allocator lies in the pool. First fit, so that
 * blocks gather at the start. Each block is wiped when it is freed: what is free is zero. With PSACRYPTO_TEST_HOOKS
 * tests have a say.
 */
#include "platform/internal.h"

#if PSACRYPTO_HEAPLESS

#include "util/zeroise.h"

#define UNIT SECRET_ALIGNMENT
#define UNIT_COUNT (PSACRYPTO_POOL_SIZE / UNIT)

STATIC_ASSERT(PSACRYPTO_POOL_SIZE % UNIT == 0 && UNIT_COUNT > 0, pool_is_whole_units);

#if defined(__GNUC__)
#define ALIGNED __attribute__((aligned(64)))
#else
#define ALIGNED
#endif

static union {
    uint8_t bytes[PSACRYPTO_POOL_SIZE];
    uint64_t aligned;
} pool ALIGNED;

static uint32_t taken[(UNIT_COUNT + 31u) / 32u];
static uint32_t last[(UNIT_COUNT + 31u) / 32u]; /* the last unit of a block */
static struct platform_mutex mutex;

static int bit_get(const uint32_t *map, size_t number)
{
    return (int)((map[number / 32u] >> (number % 32u)) & 1u);
}

static void bit_flip(uint32_t *map, size_t number)
{
    map[number / 32u] ^= (uint32_t)1 << (number % 32u);
}

/* The first unit of count free ones in a row, UNIT_COUNT where there are none. */
static size_t find(size_t count)
{
    size_t start = 0;
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (bit_get(taken, i)) {
            start = i + 1u;
        } else if (i + 1u - start == count) {
            return start;
        }
    }
    return UNIT_COUNT;
}

static void *take(size_t start, size_t count)
{
    for (size_t i = start; i < start + count; i++) {
        bit_flip(taken, i);
    }
    bit_flip(last, start + count - 1u);
    return &pool.bytes[start * UNIT];
}

void *platform_allocate(size_t size)
{
    void *memory = NULL;
    if (size > PSACRYPTO_POOL_SIZE || !platform_allocation_permitted()) {
        return NULL;
    }
    const size_t count = (size + UNIT - 1u) / UNIT + (size == 0);
    platform_mutex_lock(&mutex);
    const size_t start = find(count);
    if (start < UNIT_COUNT) {
        memory = take(start, count);
    }
    platform_mutex_unlock(&mutex);
    return memory;
}

void platform_free(void *memory)
{
    if (memory == NULL) {
        return;
    }
    platform_mutex_lock(&mutex);
    size_t unit = (size_t)((uint8_t *)memory - pool.bytes) / UNIT;
    int end;
    do {
        end = bit_get(last, unit);
        zeroise(&pool.bytes[unit * UNIT], UNIT);
        bit_flip(taken, unit);
        unit++;
    } while (!end);
    bit_flip(last, unit - 1u);
    platform_mutex_unlock(&mutex);
}

void *platform_secret_allocate(size_t size)
{
    void *memory = platform_allocate(size);
    platform_secrets_count(memory != NULL);
    return memory;
}

void platform_secret_free(void *memory, size_t size)
{
    (void)size; /* the whole block is wiped */
    if (memory != NULL) {
        platform_free(memory);
        platform_secrets_count(-1);
    }
}

void *platform_pages_allocate(size_t size, int wipe_on_fork, int *wiped)
{
    (void)wipe_on_fork;
    if (wiped != NULL) {
        *wiped = 0;
    }
    return platform_allocate(size);
}

void platform_pages_free(void *memory, size_t size)
{
    (void)size; /* the whole block is wiped */
    platform_free(memory);
}

void platform_memory_shutdown(void)
{
}

void platform_memory_before_fork(void)
{
    platform_mutex_lock(&mutex);
}

void platform_memory_after_fork(void)
{
    platform_mutex_unlock(&mutex);
}

#else

typedef int memory_pool_unused; /* a translation unit may not be empty */

#endif
