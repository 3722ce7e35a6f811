/* SPDX-License-Identifier: Apache-2.0 */
#include "platform/health.h"

#include "util/ct.h"
#include "util/zeroise.h"

/* The chance of a false alarm, 2^-30: SP 800-90B, 4.4 recommends 2^-20 to 2^-40. */
#define ALARM_BITS 30u

#define WINDOW 512u /* 4.4.2, for samples that are not binary */

/*
 * 4.4.2: 1 + critbinom(WINDOW, 2^-H, 1 - 2^-30) for H = 1/8, 2/8, ... 8 bits. tests/library/platform/test_health.c works
 * them out again.
 */
static const uint16_t proportion_cutoff[HEALTH_DENSITY_FULL] = {
    502, 477, 449, 422, 396, 371, 347, 325, 304, 284, 266, 248, 232, 217, 203, 190,
    178, 167, 157, 147, 138, 129, 121, 114, 107, 101, 95,  89,  84,  79,  75,  71,
    67,  63,  60,  56,  53,  51,  48,  46,  43,  41,  39,  37,  35,  34,  32,  31,
    29,  28,  27,  26,  25,  24,  23,  22,  21,  20,  19,  19,  18,  17,  17,  16,
};

/* 4.4.1: 1 + ceil(30 / H), H = density / 8. */
static uint32_t repetition_cutoff(unsigned density)
{
    return 1u + (8u * ALARM_BITS + density - 1u) / density;
}

/* All-ones if the count has reached the cutoff. */
static uint32_t reached(uint32_t count, uint32_t cutoff)
{
    return ~ct_mask_less32(count, cutoff);
}

/* 4.4.1 */
static uint32_t repetition(struct health *health, uint8_t sample, uint32_t cutoff)
{
    const uint32_t same = ct_mask_equal32(sample, health->last) & ct_mask_nonzero32(health->samples);
    health->repeats = (health->repeats & same) + 1u;
    health->last = sample;
    return reached(health->repeats, cutoff);
}

/* 4.4.2 */
static uint32_t proportion(struct health *health, uint8_t sample, uint32_t cutoff)
{
    if (health->window_left == 0) {
        health->window_left = WINDOW - 1u;
        health->window_first = sample;
        health->window_count = 1;
        return 0;
    }
    health->window_left--;
    health->window_count += ct_mask_equal32(sample, health->window_first) & 1u;
    return reached(health->window_count, cutoff);
}

int health_check(struct health *health, unsigned density, const uint8_t *samples, size_t size)
{
    const uint32_t repetition_limit = repetition_cutoff(density);
    const uint32_t proportion_limit = proportion_cutoff[density - 1u];
    uint32_t failed = 0;
    for (size_t i = 0; i < size; i++) {
        failed |= repetition(health, samples[i], repetition_limit);
        failed |= proportion(health, samples[i], proportion_limit);
        health->samples += health->samples < HEALTH_START_SAMPLES;
    }
    CT_PUBLIC(&failed, sizeof(failed)); /* the verdict: what failed is not used */
    if (failed != 0) {
        zeroise(health, sizeof(*health));
    }
    return failed == 0;
}
