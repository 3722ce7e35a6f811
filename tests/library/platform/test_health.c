/* SPDX-License-Identifier: Apache-2.0 */
/* The health tests of noise: the cutoffs worked out again, alarms at exactly the cutoff, stuck and weak sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "platform/health.h"
#include "support/random_source.h"

#define WINDOW 512

/* How many samples of this value the tests take before the alarm; limit: there was none. */
static size_t alarm_after(unsigned density, uint8_t (*sample)(size_t number), size_t limit)
{
    struct health health;
    memset(&health, 0, sizeof(health));
    for (size_t i = 0; i < limit; i++) {
        const uint8_t value = sample(i);
        if (!health_check(&health, density, &value, 1)) {
            assert_false(health_has_started(&health)); /* from the start again */
            return i + 1;
        }
    }
    return limit;
}

static uint8_t stuck(size_t number)
{
    (void)number;
    return 0x5a;
}

/* SP 800-90B, 4.4.1: 1 + ceil(30 / H). A stuck source meets the cutoff of the other test where that is lower. */
static void a_stuck_source_is_found_at_the_cutoff(void **state)
{
    (void)state;
    for (unsigned density = 1; density <= HEALTH_DENSITY_FULL; density++) {
        const double quotient = 30.0 / ((double)density / 8.0);
        const size_t below = (size_t)quotient;
        const size_t cutoff = 1u + below + ((double)below < quotient);
        assert_int_equal(alarm_after(density, stuck, 2000), cutoff);
    }
}

/* ---- The adaptive proportion test ---- */

static size_t ones_wanted;

/* Ones first, but never two in a row; then counting numbers, which are all different from their neighbours. */
static uint8_t mixed(size_t number)
{
    return number % 2 == 0 && number / 2u < ones_wanted ? 1 : (uint8_t)(2u + number % 251u);
}

/* A number below what a double holds: value * 2^(-200 * steps). */
struct small {
    double value;
    int steps;
};

#define STEP 0x1p200

static void multiply(struct small *x, double factor)
{
    x->value *= factor;
    if (x->value < 1 / STEP) {
        x->value *= STEP;
        x->steps++;
    } else if (x->value > 1 && x->steps > 0) {
        x->value /= STEP;
        x->steps--;
    }
}

/* SP 800-90B, 4.4.2: 1 + the least k with P(X <= k) >= 1 - 2^-30, X the count of what has probability 2^-H. */
static int proportion_cutoff_again(unsigned density)
{
    double p = 1;
    for (unsigned i = 0; i < density; i++) {
        p *= 0.91700404320467123174; /* 2^(-1/8) */
    }
    struct small at = { 1, 0 };      /* P(X = k), from k = WINDOW down */
    for (int i = 0; i < WINDOW; i++) {
        multiply(&at, p);
    }
    double beyond = 0;               /* P(X > k) */
    int k = WINDOW;
    while (beyond + (at.steps == 0 ? at.value : 0) <= 0x1p-30) {
        beyond += at.steps == 0 ? at.value : 0;
        multiply(&at, (double)k / (double)(WINDOW - k + 1) * (1 - p) / p);
        k--;
    }
    return 1 + k;
}

static void a_frequent_value_is_found_at_the_cutoff(void **state)
{
    (void)state;
    int tested = 0;
    for (unsigned density = 1; density <= HEALTH_DENSITY_FULL; density++) {
        const int cutoff = proportion_cutoff_again(density);
        if (cutoff > WINDOW / 2) {
            continue; /* more than every second sample: the other test would be first */
        }
        ones_wanted = (size_t)cutoff - 1u;
        assert_int_equal(alarm_after(density, mixed, WINDOW), WINDOW); /* one short of it */
        ones_wanted = (size_t)cutoff;
        assert_int_equal(alarm_after(density, mixed, WINDOW), 2 * cutoff - 1);
        tested++;
    }
    assert_int_equal(tested, 64 - 11);
}

/* For the first eleven, above half a window: 99 times the value, then another. */
static uint8_t mostly(size_t number)
{
    return number % 100 == 99 ? 7 : 9;
}

static void high_cutoffs_are_right_too(void **state)
{
    (void)state;
    for (unsigned density = 1; density <= 11u; density++) {
        const size_t cutoff = (size_t)proportion_cutoff_again(density);
        /* the run of 99 meets the repetition test where that is lower */
        const size_t repetitions = 1u + (240u + density - 1u) / density;
        const size_t expected = repetitions <= 99u ? repetitions : cutoff + (cutoff - 1u) / 99u;
        assert_int_equal(alarm_after(density, mostly, WINDOW), expected < WINDOW ? expected : WINDOW);
    }
}

/* ---- Sound sources ---- */

static void sound_sources_pass(void **state)
{
    (void)state;
    struct random_source source = { 42 };
    struct health health;
    uint8_t chunk[64];
    memset(&health, 0, sizeof(health));
    for (int i = 0; i < 20000; i++) {
        random_source_bytes(&source, chunk, sizeof(chunk));
        assert_true(health_check(&health, HEALTH_DENSITY_FULL, chunk, sizeof(chunk)));
        assert_int_equal(health_has_started(&health), i >= 15);
    }
}

/* Bytes with one bit of entropy each pass at what they claim, and not when they claim to be full. */
static void a_claim_too_high_is_found(void **state)
{
    (void)state;
    struct random_source source = { 43 };
    struct health honest;
    struct health boastful;
    int alarms = 0;
    memset(&honest, 0, sizeof(honest));
    memset(&boastful, 0, sizeof(boastful));
    for (int i = 0; i < 5000; i++) {
        const uint8_t sample = (uint8_t)random_source_below(&source, 2);
        assert_true(health_check(&honest, 8, &sample, 1));
        alarms += !health_check(&boastful, HEALTH_DENSITY_FULL, &sample, 1);
    }
    assert_true(alarms > 100);
}

static void chunks_and_single_samples_are_the_same(void **state)
{
    (void)state;
    struct random_source source = { 44 };
    struct health whole;
    struct health single;
    uint8_t chunk[1000];
    memset(&whole, 0, sizeof(whole));
    memset(&single, 0, sizeof(single));
    random_source_bytes(&source, chunk, sizeof(chunk));
    assert_true(health_check(&whole, 40, chunk, sizeof(chunk)));
    for (size_t i = 0; i < sizeof(chunk); i++) {
        assert_true(health_check(&single, 40, &chunk[i], 1));
    }
    assert_memory_equal(&whole, &single, sizeof(whole));
    assert_true(health_check(&whole, 40, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stuck_source_is_found_at_the_cutoff),
        cmocka_unit_test(a_frequent_value_is_found_at_the_cutoff),
        cmocka_unit_test(high_cutoffs_are_right_too),
        cmocka_unit_test(sound_sources_pass),
        cmocka_unit_test(a_claim_too_high_is_found),
        cmocka_unit_test(chunks_and_single_samples_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
