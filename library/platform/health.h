/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Health tests of a noise source (SP 800-90B, 4.4): the repetition count test and the adaptive proportion test, over
 * samples of one byte. They find a source that is stuck or has lost much of its entropy; they do not measure it.
 */
#ifndef PLATFORM_HEALTH_H
#define PLATFORM_HEALTH_H

#include <stddef.h>
#include <stdint.h>

/* All-zero starts anew. */
struct health {
    uint32_t samples;      /* since the start, up to HEALTH_START_SAMPLES */
    uint32_t repeats;      /* how often the last sample came in a row */
    uint32_t window_left;  /* samples of the window to come */
    uint32_t window_count; /* how often the first sample of the window came */
    uint8_t last;
    uint8_t window_first;
};

/* Before a raw source is used, this many samples must have passed (4.3, start-up tests). */
#define HEALTH_START_SAMPLES 1024u

/* Densities count eighths of a bit of min-entropy per byte; this is a byte with nothing but entropy. */
#define HEALTH_DENSITY_FULL 64u

/*
 * Whether the next size samples pass. density is what the source claims, 1 to HEALTH_DENSITY_FULL. After a failure, which a
 * sound source sees once in 2^30 samples or windows, the tests start anew. The samples are secret: only the
 * verdict depends on them, no time does.
 */
int health_check(struct health *health, unsigned density, const uint8_t *samples, size_t size);

static inline int health_has_started(const struct health *health)
{
    return health->samples >= HEALTH_START_SAMPLES;
}

#endif
