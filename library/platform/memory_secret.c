/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory for secrets, from locked and guarded pages.
 *
 * Chunks of pages are cut into regions of 32 KiB, aligned to their size; a region serves blocks of one size
 * class, and says in a bit map at its start which are free. Nothing of the allocator lies in or between the blocks, and a
 * block finds its region by masking its address.
 *
 * Threads are spread over shards; each has its mutex, its chunks and its regions. A block goes back to the shard
 * that it came from, whichever thread frees it.
 *
 * A block is wiped when it is freed, so a free block is zero, as is a fresh page: allocation has nothing to clear. With
 * PSACRYPTO_TEST_HOOKS tests have a say.
 */
#include "platform/internal.h"

#if PLATFORM_POSIX && !PSACRYPTO_HEAPLESS

#include "platform/poison.h"
#include "util/zeroise.h"

#include <stdlib.h>
#include <string.h>

#define REGION_SIZE 32768u
#define HEADER_SIZE 192u /* blocks start here: a multiple of SECRET_ALIGNMENT */
#define CHUNK_REGIONS_MAX 128u
#define SHARD_COUNT 16u
#define MAP_WORDS 8u

/* Blocks of 64 bytes times this. The last one is what makes four blocks of a region. */
static const uint8_t class_units[] = { 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 127 };

#define CLASS_COUNT (sizeof(class_units) / sizeof(class_units[0]))
#define LARGEST_BLOCK (127u * SECRET_ALIGNMENT)

struct shard;

/* At the start of each region. */
struct region {
    struct shard *shard;
    struct region *chunk;     /* the first region of the chunk, which describes it */
    struct region *next;      /* of the list it is in: of a class with free blocks, or of free regions */
    struct region *previous;
    uint64_t free_map[MAP_WORDS];
    uint32_t size_class;
    uint32_t block_count;
    uint32_t free_count;
    /* Of the chunk, in its first region alone. */
    uint32_t chunk_regions;   /* how many there are */
    uint32_t chunk_cut;       /* how many were ever used: those behind have not been touched */
    uint32_t chunk_used;      /* how many serve a class now */
    struct region *next_chunk;
    struct region *free_regions; /* used before, free now */
};

STATIC_ASSERT(sizeof(struct region) <= HEADER_SIZE, region_header_fits);
STATIC_ASSERT((REGION_SIZE - HEADER_SIZE) / SECRET_ALIGNMENT <= MAP_WORDS * 64u, region_map_is_large_enough);

struct shard {
    struct platform_mutex mutex;
    struct region *partial[CLASS_COUNT]; /* regions with at least one free block */
    struct region *chunks;               /* the newest first */
    uint32_t next_regions;               /* how many the next chunk will have; 0: as few as can be */
    uint8_t apart[SECRET_ALIGNMENT];     /* no two shards on one cache line */
};

static struct shard shards[SHARD_COUNT];

/* ---- Sizes ---- */

/* The smallest class that holds size bytes, 1 <= size <= LARGEST_BLOCK. Classes are 2^k and 3 * 2^(k-1) units. */
static uint32_t class_of(size_t size)
{
    const uint32_t units = (uint32_t)((size + SECRET_ALIGNMENT - 1u) / SECRET_ALIGNMENT);
    if (units <= 2u) {
        return units - 1u;
    }
    const uint32_t below = units - 1u; /* 2 or more */
    const uint32_t k = 31u - (uint32_t)__builtin_clz(below);
    return 2u * k + ((below >> (k - 1u)) & 1u);
}

static size_t block_size(const struct region *region)
{
    return class_units[region->size_class] * (size_t)SECRET_ALIGNMENT;
}

/* ---- Lists ---- */

static void list_insert(struct region **head, struct region *region)
{
    region->previous = NULL;
    region->next = *head;
    if (*head != NULL) {
        (*head)->previous = region;
    }
    *head = region;
}

static void list_remove(struct region **head, struct region *region)
{
    if (region->previous != NULL) {
        region->previous->next = region->next;
    } else {
        *head = region->next;
    }
    if (region->next != NULL) {
        region->next->previous = region->previous;
    }
}

/* ---- Chunks and regions; the shard is locked ---- */

static int chunk_has_room(const struct region *chunk)
{
    return chunk->free_regions != NULL || chunk->chunk_cut < chunk->chunk_regions;
}

/* One region, or as many as make a page of a system with large ones. */
static uint32_t fewest_regions(void)
{
    const size_t page = platform_page_size();
    return page > REGION_SIZE ? (uint32_t)(page / REGION_SIZE) : 1u;
}

static struct region *chunk_make(struct shard *shard)
{
    const uint32_t regions = shard->next_regions != 0 ? shard->next_regions : fewest_regions();
    struct region *chunk = platform_pages_map((size_t)regions * REGION_SIZE, REGION_SIZE);
    if (chunk == NULL) {
        return NULL;
    }
    chunk->chunk_regions = regions;
    chunk->next_chunk = shard->chunks;
    shard->chunks = chunk;
    shard->next_regions = regions < CHUNK_REGIONS_MAX ? 2u * regions : CHUNK_REGIONS_MAX;
    return chunk;
}

/* Only once no region of it serves a class. */
static void chunk_release(struct shard *shard, struct region *chunk)
{
    struct region **place = &shard->chunks;
    while (*place != chunk) {
        place = &(*place)->next_chunk;
    }
    *place = chunk->next_chunk;
    platform_pages_unmap(chunk, (size_t)chunk->chunk_regions * REGION_SIZE);
}

/* A region of this chunk that serves no class. */
static struct region *chunk_cut(struct region *chunk)
{
    struct region *region = chunk->free_regions;
    if (region != NULL) {
        list_remove(&chunk->free_regions, region);
    } else {
        region = (struct region *)(void *)((uint8_t *)chunk + (size_t)chunk->chunk_cut * REGION_SIZE);
        chunk->chunk_cut++;
    }
    chunk->chunk_used++;
    return region;
}

static void region_start(struct region *region, struct shard *shard, struct region *chunk, uint32_t size_class)
{
    region->shard = shard;
    region->chunk = chunk;
    region->size_class = size_class;
    region->block_count = (uint32_t)((REGION_SIZE - HEADER_SIZE) / block_size(region));
    region->free_count = region->block_count;
    for (uint32_t i = 0; i < MAP_WORDS; i++) {
        const uint32_t below = 64u * i;
        const uint32_t here = region->block_count > below ? region->block_count - below : 0;
        region->free_map[i] = here >= 64u ? UINT64_MAX : ((uint64_t)1 << here) - 1u;
    }
    poison((uint8_t *)region + HEADER_SIZE, REGION_SIZE - HEADER_SIZE);
    list_insert(&shard->partial[size_class], region);
}

/* A region with a free block of the class, NULL where there is no memory. */
static struct region *region_find(struct shard *shard, uint32_t size_class)
{
    if (shard->partial[size_class] != NULL) {
        return shard->partial[size_class];
    }
    struct region *chunk = shard->chunks;
    while (chunk != NULL && !chunk_has_room(chunk)) {
        chunk = chunk->next_chunk;
    }
    if (chunk == NULL) {
        chunk = chunk_make(shard);
    }
    if (chunk == NULL) {
        return NULL;
    }
    struct region *region = chunk_cut(chunk);
    region_start(region, shard, chunk, size_class);
    return region;
}

/* A region without blocks goes back to its chunk, and a chunk without regions to the system unless kept. */
static void region_release(struct shard *shard, struct region *region, const struct region *kept)
{
    struct region *chunk = region->chunk;
    list_remove(&shard->partial[region->size_class], region);
    unpoison((uint8_t *)region + HEADER_SIZE, REGION_SIZE - HEADER_SIZE);
    list_insert(&chunk->free_regions, region);
    chunk->chunk_used--;
    if (chunk->chunk_used == 0 && chunk != kept) {
        chunk_release(shard, chunk);
    }
}

/* ---- Blocks; the shard is locked ---- */

/* The region has a free block. */
static void *block_take(struct shard *shard, struct region *region)
{
    uint32_t word = 0;
    while (region->free_map[word] == 0) {
        word++;
    }
    const uint32_t bit = (uint32_t)__builtin_ctzll(region->free_map[word]);
    region->free_map[word] &= region->free_map[word] - 1u;
    region->free_count--;
    if (region->free_count == 0) {
        list_remove(&shard->partial[region->size_class], region);
    }
    return (uint8_t *)region + HEADER_SIZE + (64u * word + bit) * block_size(region);
}

static void block_return(struct shard *shard, struct region *region, uint32_t number)
{
    const uint64_t bit = (uint64_t)1 << (number % 64u);
    if ((region->free_map[number / 64u] & bit) != 0) {
        abort(); /* freed twice: secrets of two owners would lie in one block */
    }
    region->free_map[number / 64u] |= bit;
    region->free_count++;
    if (region->free_count == 1u) {
        list_insert(&shard->partial[region->size_class], region);
    }
    /* One empty region of a class stays, so that the last block coming and going costs no more than others. */
    const int others = shard->partial[region->size_class] != region || region->next != NULL;
    if (region->free_count == region->block_count && others) {
        region_release(shard, region, shard->chunks);
    }
}

/* ---- Whole pages ---- */

/* The block ends with its pages, as far as its alignment permits: an overrun meets the guard. */
static void *large_allocate(size_t size)
{
    if (size > SIZE_MAX / 2u) {
        return NULL;
    }
    const size_t whole = round_up(size, platform_page_size());
    uint8_t *pages = platform_pages_map(whole, 1);
    return pages != NULL ? pages + (whole - round_up(size, SECRET_ALIGNMENT)) : NULL;
}

static void large_free(void *memory, size_t size)
{
    const size_t whole = round_up(size, platform_page_size());
    zeroise(memory, size);
    platform_pages_unmap((uint8_t *)memory - (whole - round_up(size, SECRET_ALIGNMENT)), whole);
}

/* ---- The interface ---- */

static struct shard *own_shard(void)
{
    static uint32_t threads;
    static THREAD_LOCAL uint32_t number; /* 0: not chosen yet */
    if (number == 0) {
        number = 1u + ATOMIC_ADD(&threads, 1u) % SHARD_COUNT;
    }
    return &shards[number - 1u];
}

static void *small_allocate(size_t size)
{
    struct shard *shard = own_shard();
    void *memory = NULL;
    platform_mutex_lock(&shard->mutex);
    struct region *region = region_find(shard, class_of(size));
    if (region != NULL) {
        memory = block_take(shard, region);
        unpoison(memory, size);
    }
    platform_mutex_unlock(&shard->mutex);
    return memory;
}

static void small_free(void *memory, size_t size)
{
    const size_t offset = (uintptr_t)memory & (REGION_SIZE - 1u);
    struct region *region = (struct region *)(void *)((uint8_t *)memory - offset);
    struct shard *shard = region->shard;
    const size_t block = block_size(region);
    if (offset < HEADER_SIZE || (offset - HEADER_SIZE) % block != 0 || class_of(size) != region->size_class) {
        abort(); /* not a block of ours, or of another size: to go on would leave a secret behind */
    }
    unpoison(memory, block);
    zeroise(memory, block);
    poison(memory, block);
    platform_mutex_lock(&shard->mutex);
    block_return(shard, region, (uint32_t)((offset - HEADER_SIZE) / block));
    platform_mutex_unlock(&shard->mutex);
}

void *platform_secret_allocate(size_t size)
{
    if (!platform_allocation_permitted()) {
        return NULL;
    }
    size = size != 0 ? size : 1u;
    void *memory = size <= LARGEST_BLOCK ? small_allocate(size) : large_allocate(size);
    platform_secrets_count(memory != NULL);
    return memory;
}

void platform_secret_free(void *memory, size_t size)
{
    if (memory == NULL) {
        return;
    }
    platform_secrets_count(-1);
    if (size <= LARGEST_BLOCK) {
        small_free(memory, size != 0 ? size : 1u);
    } else {
        large_free(memory, size);
    }
}

static void shard_trim(struct shard *shard)
{
    for (uint32_t size_class = 0; size_class < CLASS_COUNT; size_class++) {
        struct region *region = shard->partial[size_class];
        while (region != NULL) {
            struct region *next = region->next;
            if (region->free_count == region->block_count) {
                region_release(shard, region, NULL);
            }
            region = next;
        }
    }
    /* The newest chunk may have been kept although it is empty. */
    if (shard->chunks != NULL && shard->chunks->chunk_used == 0) {
        chunk_release(shard, shard->chunks);
    }
    shard->next_regions = shard->chunks == NULL ? 0 : shard->next_regions;
}

void platform_memory_shutdown(void)
{
    for (uint32_t i = 0; i < SHARD_COUNT; i++) {
        platform_mutex_lock(&shards[i].mutex);
        shard_trim(&shards[i]);
        platform_mutex_unlock(&shards[i].mutex);
    }
}

void platform_memory_before_fork(void)
{
    for (uint32_t i = 0; i < SHARD_COUNT; i++) {
        platform_mutex_lock(&shards[i].mutex);
    }
}

void platform_memory_after_fork(void)
{
    for (uint32_t i = SHARD_COUNT; i-- > 0;) {
        platform_mutex_unlock(&shards[i].mutex);
    }
}

#else

typedef int memory_secret_unused; /* a translation unit may not be empty */

#endif
