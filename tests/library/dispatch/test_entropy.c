/* SPDX-License-Identifier: Apache-2.0 */
/* Seeds from noise: which source is asked, how much of it, what happens to one that is stuck, weak or absent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "dispatch/driver_table.h"
#include "dispatch/random.h"
#include "software/random/drbg.h"
#include "support/no_entropy.h"
#include "support/random_source.h"

#define CHUNK 64u

/* ---- A source that the test steers ---- */

static struct random_source numbers;
static size_t calls;
static size_t stuck_from; /* the call from which it gives one byte over and over; 0: never */
static size_t sound_from; /* the call from which it is sound again; 0: never */

static psa_status_t source(void *context, uint8_t *output, size_t output_size)
{
    assert_ptr_equal(context, &numbers);
    assert_int_equal(output_size, CHUNK);
    calls++;
    const int stuck = stuck_from != 0 && calls >= stuck_from && (sound_from == 0 || calls < sound_from);
    random_source_bytes(&numbers, output, output_size);
    if (stuck) {
        memset(output, 0x11, output_size);
    }
    return PSA_SUCCESS;
}

static void source_begin(uint32_t density)
{
    numbers.state = 99;
    calls = 0;
    stuck_from = 0;
    sound_from = 0;
    assert_int_equal(random_set_source(source, &numbers, density), PSA_SUCCESS);
}

static int source_end(void **state)
{
    (void)state;
    return random_set_source(NULL, NULL, 0);
}

static psa_status_t gather(uint8_t seed[RANDOM_SEED_SIZE])
{
    int sources = 0;
    memset(seed, 0, RANDOM_SEED_SIZE);
    psa_status_t status = random_gather(seed, &sources);
    assert_int_equal(sources, 1);
    return status;
}

/* 384 bits and 64 more; before them a raw source has 1024 samples tested, of which the last chunk is used. */
static void as_much_is_drawn_as_is_needed(void **state)
{
    (void)state;
    for (uint32_t density = 1; density <= PSACRYPTO_ENTROPY_FULL; density++) {
        uint8_t seed[RANDOM_SEED_SIZE];
        const size_t needed = (448u + 8u * density - 1u) / (8u * density);
        source_begin(density);
        assert_int_equal(gather(seed), PSA_SUCCESS);
        assert_int_equal(calls, density == PSACRYPTO_ENTROPY_FULL ? 1u : 1024u / CHUNK - 1u + needed);
        calls = 0;
        assert_int_equal(gather(seed), PSA_SUCCESS);
        assert_int_equal(calls, needed);
    }
}

/* The seed is what conditioning makes of the chunks, one after the other. */
static void all_that_is_drawn_goes_in(void **state)
{
    (void)state;
    uint8_t seed[RANDOM_SEED_SIZE];
    uint8_t expected[RANDOM_SEED_SIZE] = { 0 };
    struct random_source same = { 99 };
    source_begin(16);
    assert_int_equal(gather(seed), PSA_SUCCESS);
    for (size_t i = 0; i < 15u + 4u; i++) {
        uint8_t chunk[CHUNK];
        uint8_t next[RANDOM_SEED_SIZE];
        const struct drbg_part parts[] = { { expected, sizeof(expected) }, { chunk, sizeof(chunk) } };
        random_source_bytes(&same, chunk, sizeof(chunk));
        if (i >= 15u) { /* tested only, before */
            drbg_condition(next, parts, 2);
            memcpy(expected, next, sizeof(next));
        }
    }
    assert_memory_equal(seed, expected, sizeof(seed));
}

static void a_stuck_source_gives_no_seed(void **state)
{
    (void)state;
    const uint32_t densities[] = { 1, 8, 40, PSACRYPTO_ENTROPY_FULL };
    for (size_t i = 0; i < 4u; i++) {
        uint8_t seed[RANDOM_SEED_SIZE];
        uint8_t none[RANDOM_SEED_SIZE] = { 0 };
        source_begin(densities[i]);
        stuck_from = 1;
        assert_int_equal(gather(seed), PSA_ERROR_INSUFFICIENT_ENTROPY);
        assert_memory_equal(seed, none, sizeof(none));

        source_begin(densities[i]);
        assert_int_equal(gather(seed), PSA_SUCCESS);
        stuck_from = calls + 1; /* later on */
        while (gather(seed) == PSA_SUCCESS) {
            assert_true(calls < 100u); /* at a low density it takes a few */
        }
        sound_from = calls + 1;     /* the driver of the noise was restarted */
        calls++;
        assert_int_equal(gather(seed), PSA_SUCCESS);
    }
}

/* One alarm starts the tests anew within the call; a raw source then gives 1024 samples again. */
static void one_alarm_is_borne(void **state)
{
    (void)state;
    uint8_t seed[RANDOM_SEED_SIZE];
    source_begin(40); /* two chunks to a seed */
    assert_int_equal(gather(seed), PSA_SUCCESS);
    calls = 0;
    stuck_from = 1;
    sound_from = 2;
    assert_int_equal(gather(seed), PSA_SUCCESS);
    assert_int_equal(calls, 1u + 15u + 2u);
}

/* ---- Drivers, where the platform has nothing ---- */

struct noise_driver {
    struct random_source numbers;
    size_t bits;          /* that each chunk is said to hold */
    psa_status_t status;
    int incomplete;       /* how often it is not ready first */
    int stuck;
    size_t calls;
};

static psa_status_t driver_entropy(void *instance, uint8_t *output, size_t output_size, size_t *entropy_bits)
{
    struct noise_driver *noise = instance;
    if (noise->incomplete > 0) {
        noise->incomplete--;
        return PSA_OPERATION_INCOMPLETE;
    }
    noise->calls++;
    random_source_bytes(&noise->numbers, output, output_size);
    if (noise->stuck) {
        memset(output, 0, output_size);
    }
    *entropy_bits = noise->bits;
    return noise->status;
}

static const struct psacrypto_driver noise_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(noise_driver),
    .flags = PSACRYPTO_DRIVER_SERIALISED,
    .name = "noise",
    .get_entropy = driver_entropy,
};

static struct noise_driver first;
static struct noise_driver second;

static int drivers_begin(void **state)
{
    (void)state;
    no_entropy_begin();
    first = (struct noise_driver){ .numbers = { 1 }, .bits = 512 };
    second = (struct noise_driver){ .numbers = { 2 }, .bits = 512 };
    return 0;
}

static int drivers_end(void **state)
{
    (void)state;
    no_entropy_end();
    return 0;
}

static void nothing_at_all_is_said(void **state)
{
    (void)state;
    uint8_t seed[RANDOM_SEED_SIZE];
    int sources = 1;
    assert_int_equal(random_gather(seed, &sources), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(sources, 0);
}

/* From here on both drivers are there. */
static void drivers_add_up(void **state)
{
    (void)state;
    uint8_t seed[RANDOM_SEED_SIZE];
    assert_int_equal(psacrypto_register_driver(0, &noise_driver, &first), PSA_SUCCESS);
    assert_int_equal(psacrypto_register_driver(0x654321, &noise_driver, &second), PSA_SUCCESS);
    assert_int_equal(dispatch_open(), PSA_SUCCESS);
    first.bits = 64;
    second.bits = 32;
    second.incomplete = 3;
    assert_int_equal(gather(seed), PSA_SUCCESS);
    /* 16 chunks of each at the start, the last of them used; 96 bits a round */
    assert_int_equal(first.calls, 15u + 5u);
    assert_int_equal(second.calls, 15u + 5u);
}

static void a_driver_that_fails_is_left_to_the_others(void **state)
{
    (void)state;
    uint8_t seed[RANDOM_SEED_SIZE];
    first.status = PSA_ERROR_HARDWARE_FAILURE;
    assert_int_equal(gather(seed), PSA_SUCCESS);
    assert_int_equal(second.calls, 1);
    second.stuck = 1;
    assert_true(gather(seed) != PSA_SUCCESS);
    second.stuck = 0;
    second.status = PSA_ERROR_COMMUNICATION_FAILURE;
    assert_int_equal(gather(seed), PSA_ERROR_COMMUNICATION_FAILURE);
    first.status = PSA_SUCCESS;
    assert_int_equal(gather(seed), PSA_SUCCESS);
}

static void too_little_is_not_enough(void **state)
{
    (void)state;
    uint8_t seed[RANDOM_SEED_SIZE];
    first.bits = 7;
    second.bits = 0;
    assert_int_equal(gather(seed), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(first.calls, 1);
    first.bits = 100000; /* no more than the chunk can hold */
    assert_int_equal(gather(seed), PSA_SUCCESS);
    assert_int_equal(first.calls, 2);
}

static void the_platform_comes_before_the_drivers(void **state)
{
    (void)state;
    uint8_t seed[RANDOM_SEED_SIZE];
    uint8_t other[RANDOM_SEED_SIZE];
    no_entropy_end();
    assert_int_equal(gather(seed), PSA_SUCCESS);
    assert_int_equal(gather(other), PSA_SUCCESS);
    no_entropy_begin();
    assert_memory_not_equal(seed, other, sizeof(seed));
    assert_int_equal(first.calls, 0);
}

static int close_drivers(void **state)
{
    (void)state;
    dispatch_close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(as_much_is_drawn_as_is_needed, source_end),
        cmocka_unit_test_teardown(all_that_is_drawn_goes_in, source_end),
        cmocka_unit_test_teardown(a_stuck_source_gives_no_seed, source_end),
        cmocka_unit_test_teardown(one_alarm_is_borne, source_end),
        cmocka_unit_test_setup_teardown(nothing_at_all_is_said, drivers_begin, drivers_end),
        cmocka_unit_test_setup_teardown(drivers_add_up, drivers_begin, drivers_end),
        cmocka_unit_test_setup_teardown(a_driver_that_fails_is_left_to_the_others, drivers_begin, drivers_end),
        cmocka_unit_test_setup_teardown(too_little_is_not_enough, drivers_begin, drivers_end),
        cmocka_unit_test_setup_teardown(the_platform_comes_before_the_drivers, drivers_begin, drivers_end),
    };
    return cmocka_run_group_tests(tests, NULL, close_drivers);
}
