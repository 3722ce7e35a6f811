/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seeds from noise. A chunk is drawn, passes the health tests, and is conditioned together with what was gathered
 * before, until enough entropy has gone in for the seed to hold nothing but entropy.
 */
#include "dispatch/random.h"

#include "dispatch/driver_table.h"
#include "platform/health.h"
#include "software/random/drbg.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

#if RANDOM_DRBG

#define CHUNK 64u
#define CHUNK_BITS (8u * CHUNK)

/* SP 800-90C: what a conditioning component puts out has full entropy if 64 bits more than that went in. */
#define ENOUGH_BITS (8u * RANDOM_SEED_SIZE + 64u)

/* The least that a chunk must hold: an eighth of a bit per byte, what the health tests can be set to. */
#define LEAST_BITS 8u

STATIC_ASSERT(RANDOM_SEED_SIZE == DRBG_SEED_SIZE, seeds_are_of_one_size);
STATIC_ASSERT(CHUNK_BITS / LEAST_BITS == HEALTH_DENSITY_FULL, densities_are_eighths);

/* Fills a chunk and says how many bits of entropy it holds. */
struct noise {
    psa_status_t (*draw)(const void *context, uint8_t chunk[CHUNK], size_t *bits);
    const void *context;
    struct health *health;
};

struct pool {
    uint8_t seed[RANDOM_SEED_SIZE];
    size_t bits;
    int sources; /* whether any gave bytes, sound or not */
};

/* ---- The program's source ---- */

static struct {
    psacrypto_entropy_source_t source; /* NULL: none */
    void *context;
    uint32_t density;
    struct platform_mutex mutex;       /* one call at a time */
    struct health health;
} program;

psa_status_t random_set_source(psacrypto_entropy_source_t source, void *context, uint32_t density)
{
    program.source = source;
    program.context = context;
    program.density = density;
    ZEROISE(program.health);
    return PSA_SUCCESS;
}

static psa_status_t draw_program(const void *context, uint8_t chunk[CHUNK], size_t *bits)
{
    (void)context;
    platform_mutex_lock(&program.mutex);
    psa_status_t status = program.source(program.context, chunk, CHUNK);
    platform_mutex_unlock(&program.mutex);
    *bits = (size_t)program.density * (CHUNK / 8u);
    return status;
}

/* ---- The platform and the drivers ---- */

static struct health platform_health;
static struct health driver_health[PSACRYPTO_DRIVERS_MAX];

static psa_status_t draw_platform(const void *context, uint8_t chunk[CHUNK], size_t *bits)
{
    (void)context;
    *bits = CHUNK_BITS;
    return platform_entropy(chunk, CHUNK);
}

static psa_status_t draw_driver(const void *context, uint8_t chunk[CHUNK], size_t *bits)
{
    const struct driver_slot *slot = context;
    psa_status_t status;
    do {
        driver_enter(slot);
        status = slot->driver->get_entropy(slot->instance, chunk, CHUNK, bits);
        driver_leave(slot);
    } while (status == PSA_OPERATION_INCOMPLETE);
    return status;
}

/* ---- Tested chunks ---- */

static struct platform_mutex health_mutex;

enum verdict { USABLE, NOT_STARTED, UNSOUND };

/* Chunks of one source come from several threads: all pass through one state, and only those that did are used. */
static enum verdict test_chunk(const struct noise *noise, const uint8_t chunk[CHUNK], size_t bits)
{
    const unsigned density = (unsigned)(bits / LEAST_BITS);
    platform_mutex_lock(&health_mutex);
    const int passes = health_check(noise->health, density, chunk, CHUNK);
    const int started = density == HEALTH_DENSITY_FULL || health_has_started(noise->health);
    platform_mutex_unlock(&health_mutex);
    return !passes ? UNSOUND : started ? USABLE : NOT_STARTED;
}

/* One false alarm in 2^30 is borne: after the first one the source starts anew, the second one in a row counts. */
static psa_status_t draw_tested(struct pool *pool, const struct noise *noise, uint8_t chunk[CHUNK], size_t *bits)
{
    int alarms = 0;
    while (alarms < 2) {
        *bits = 0;
        psa_status_t status = noise->draw(noise->context, chunk, bits);
        if (status != PSA_SUCCESS) {
            return reason(status, REASON_NO_ENTROPY, 0, 0);
        }
        pool->sources = 1;
        *bits = *bits < CHUNK_BITS ? *bits : CHUNK_BITS;
        if (*bits < LEAST_BITS) {
            break;
        }
        const enum verdict verdict = test_chunk(noise, chunk, *bits);
        if (verdict == USABLE) {
            return PSA_SUCCESS;
        }
        alarms += verdict == UNSOUND;
    }
    return reason(PSA_ERROR_INSUFFICIENT_ENTROPY, REASON_NO_ENTROPY, 0, 0);
}

static psa_status_t pool_add(struct pool *pool, const struct noise *noise)
{
    uint8_t chunk[CHUNK];
    size_t bits;
    psa_status_t status = draw_tested(pool, noise, chunk, &bits);
    if (status == PSA_SUCCESS) {
        const struct drbg_part parts[] = { { pool->seed, sizeof(pool->seed) }, { chunk, sizeof(chunk) } };
        uint8_t seed[RANDOM_SEED_SIZE];
        drbg_condition(seed, parts, 2);
        memcpy(pool->seed, seed, sizeof(seed));
        pool->bits += bits;
        ZEROISE(seed);
    }
    ZEROISE(chunk);
    return status;
}

/* ---- Gathering ---- */

static psa_status_t gather_one(struct pool *pool, const struct noise *noise)
{
    psa_status_t status = PSA_SUCCESS;
    while (status == PSA_SUCCESS && pool->bits < ENOUGH_BITS) {
        status = pool_add(pool, noise);
    }
    return status;
}

/* Each driver that has a source adds a chunk, round by round. Those that fail are left to the others. */
static psa_status_t gather_drivers(struct pool *pool)
{
    psa_status_t status = PSA_SUCCESS;
    size_t before;
    do {
        const struct driver_slot *slot;
        before = pool->bits;
        for (uint32_t i = 1; (slot = driver_table_at(i)) != NULL; i++) {
            if (slot->open && slot->driver->get_entropy != NULL) {
                const struct noise noise = { draw_driver, slot, &driver_health[i - 1u] };
                const psa_status_t answer = pool_add(pool, &noise);
                status = answer != PSA_SUCCESS ? answer : status;
                pool->sources = 1;
            }
        }
    } while (pool->bits < ENOUGH_BITS && pool->bits > before);
    if (pool->bits >= ENOUGH_BITS) {
        return PSA_SUCCESS;
    }
    return status != PSA_SUCCESS ? status : reason(PSA_ERROR_INSUFFICIENT_ENTROPY, REASON_NO_ENTROPY, 0, 0);
}

psa_status_t random_gather(uint8_t seed[RANDOM_SEED_SIZE], int *sources)
{
    const struct noise own = { draw_program, NULL, &program.health };
    const struct noise platform = { draw_platform, NULL, &platform_health };
    struct pool pool = { .sources = program.source != NULL };
    psa_status_t status = gather_one(&pool, program.source != NULL ? &own : &platform);
    if (status != PSA_SUCCESS && program.source == NULL) {
        status = gather_drivers(&pool);
    }
    if (status == PSA_SUCCESS) {
        memcpy(seed, pool.seed, RANDOM_SEED_SIZE);
    }
    *sources = pool.sources;
    ZEROISE(pool);
    return status;
}

void random_gather_after_fork(void)
{
    ZEROISE(program.mutex);
    ZEROISE(health_mutex);
}

#else

typedef int entropy_unused; /* a translation unit may not be empty */

#endif
