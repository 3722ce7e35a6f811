/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A generator per thread (SP 800-90A CTR_DRBG), so that threads do not meet. It makes bytes in advance, and small
 * requests take them from there; each byte is erased as it is handed out.
 *
 * A generator lies in pages that the kernel wipes in every child process, and knows the number of the process that
 * seeded it (platform_fork_count()): an inherited one is never drawn from, with or without the kernel's help. So `process`
 * is looked at before every byte, and it alone says that a generator is seeded and that it is in the list.
 */
#include "dispatch/random.h"

#include "platform/platform.h"
#include "software/random/drbg.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

#if RANDOM_DRBG

/* Bytes made in advance. Each filling costs two key expansions and three blocks beside them. */
#if PSACRYPTO_HEAPLESS
#define BUFFER_SIZE 64u
#else
#define BUFFER_SIZE 1024u
#endif

/* Requests to the DRBG between seeds; SP 800-90A permits 2^48. What is stolen is of use for no longer than this. */
#define RESEED_INTERVAL 4096u

struct generator {
    uint32_t process;           /* 0, or another one's number: not seeded, not in the list */
    uint32_t available;         /* bytes at the start of buffer that nobody was given */
    struct drbg drbg;
    struct generator *next;     /* of the list it is in */
    struct generator *previous;
    uint8_t buffer[BUFFER_SIZE];
};

static THREAD_LOCAL struct generator *own;
static THREAD_LOCAL int seeding; /* a source or a store that wants random bytes itself gets none */

static struct platform_mutex mutex; /* of what follows */
static uint32_t lists_process;      /* whose lists these are: those of another process are forgotten */
static struct generator *active;    /* seeded */
static struct generator *spare;     /* wiped, of threads that have ended */

/* ---- Lists ---- */

static void lock_lists(void)
{
    platform_mutex_lock(&mutex);
    if (lists_process != platform_fork_count()) {
        lists_process = platform_fork_count();
        active = NULL;
        spare = NULL;
    }
}

static void unlock_lists(void)
{
    platform_mutex_unlock(&mutex);
}

static void activate(struct generator *generator)
{
    lock_lists();
    generator->previous = NULL;
    generator->next = active;
    if (active != NULL) {
        active->previous = generator;
    }
    active = generator;
    unlock_lists();
}

/* The lists are locked. */
static void deactivate(struct generator *generator)
{
    if (generator->previous != NULL) {
        generator->previous->next = generator->next;
    } else {
        active = generator->next;
    }
    if (generator->next != NULL) {
        generator->next->previous = generator->previous;
    }
}

static void put_aside(struct generator *generator)
{
    lock_lists();
    if (generator->process == lists_process) {
        deactivate(generator);
    }
    zeroise(generator, sizeof(*generator));
    generator->next = spare;
    spare = generator;
    unlock_lists();
}

static struct generator *take_spare(void)
{
    lock_lists();
    struct generator *generator = spare;
    if (generator != NULL) {
        spare = generator->next;
        generator->next = NULL;
    }
    unlock_lists();
    return generator != NULL ? generator : platform_pages_allocate(sizeof(*generator), 1, NULL);
}

/* ---- Process and thread ---- */

/* A thread of the parent may have held a mutex; none of it is here. */
static void after_fork(void)
{
    ZEROISE(mutex);
    random_gather_after_fork();
    random_store_after_fork();
}

static void end_of_thread(void *unused)
{
    (void)unused;
    if (own != NULL) {
        put_aside(own);
        own = NULL;
    }
}

static psa_status_t watch_forks(void)
{
    static int watching;
    if (ATOMIC_LOAD(&watching)) {
        return PSA_SUCCESS;
    }
    platform_mutex_lock(&mutex);
    psa_status_t status = watching ? PSA_SUCCESS : platform_at_fork_child(after_fork);
    ATOMIC_STORE(&watching, status == PSA_SUCCESS);
    platform_mutex_unlock(&mutex);
    return status;
}

/* The thread has a generator, seeded or not. */
static psa_status_t have_generator(void)
{
    if (own != NULL) {
        return PSA_SUCCESS;
    }
    psa_status_t status = watch_forks();
    struct generator *generator = status == PSA_SUCCESS ? take_spare() : NULL;
    if (generator == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(*generator), 0);
    }
    status = platform_at_thread_exit(end_of_thread, NULL);
    if (status != PSA_SUCCESS) {
        put_aside(generator);
        return reason(status, REASON_OUT_OF_MEMORY, 0, 0);
    }
    own = generator;
    return PSA_SUCCESS;
}

/* ---- Seeding ---- */

static psa_status_t get_seed(uint8_t seed[RANDOM_SEED_SIZE])
{
    int sources = 1;
    if (seeding) {
        return reason(PSA_ERROR_INSUFFICIENT_ENTROPY, REASON_NO_ENTROPY, 0, 0);
    }
    seeding = 1;
    psa_status_t status = random_gather(seed, &sources);
    if (status != PSA_SUCCESS && !sources) {
        status = random_draw_from_store(seed);
    }
    seeding = 0;
    return status;
}

/* So that generators would differ even on one seed: which one of the process this is. Not secret. */
static void start(struct generator *generator, uint32_t process, const uint8_t seed[RANDOM_SEED_SIZE])
{
    static uint32_t started;
    uint8_t personalisation[8];
    store32_le(personalisation, ATOMIC_ADD(&started, 1u));
    store32_le(personalisation + 4, process);
    zeroise(generator, sizeof(*generator));
    drbg_instantiate(&generator->drbg, seed, personalisation, sizeof(personalisation));
    activate(generator);
    generator->process = process;
}

/* The thread has a generator that may answer a request. */
static psa_status_t be_ready(void)
{
    const uint32_t process = platform_fork_count();
    if (own != NULL && own->process == process && own->drbg.requests < RESEED_INTERVAL) {
        return PSA_SUCCESS;
    }
    uint8_t seed[RANDOM_SEED_SIZE];
    psa_status_t status = have_generator();
    if (status == PSA_SUCCESS) {
        status = get_seed(seed);
    }
    if (status == PSA_SUCCESS && own->process == process) {
        drbg_reseed(&own->drbg, seed);
    } else if (status == PSA_SUCCESS) {
        start(own, process, seed);
    }
    ZEROISE(seed);
    return status;
}

/* ---- Requests ---- */

/* The last bytes of the buffer go first; they are out of reach before they are copied. */
static void hand_out(struct generator *generator, uint8_t *output, size_t size)
{
    generator->available -= (uint32_t)size;
    memcpy(output, generator->buffer + generator->available, size);
    zeroise(generator->buffer + generator->available, size);
}

/* One request of at most DRBG_REQUEST_MAX to the DRBG, straight to the output or by way of the buffer. */
static size_t produce(struct generator *generator, uint8_t *output, size_t size)
{
    if (size >= BUFFER_SIZE) {
        const size_t piece = size < DRBG_REQUEST_MAX ? size : DRBG_REQUEST_MAX;
        drbg_generate(&generator->drbg, output, piece);
        return piece;
    }
    if (generator->available == 0) {
        drbg_generate(&generator->drbg, generator->buffer, BUFFER_SIZE);
        generator->available = BUFFER_SIZE;
    }
    const size_t piece = size < generator->available ? size : generator->available;
    hand_out(generator, output, piece);
    return piece;
}

static psa_status_t produce_all(uint8_t *output, size_t size)
{
    size_t done = 0;
    while (done < size) {
        psa_status_t status = be_ready();
        if (status != PSA_SUCCESS) {
            zeroise(output, size);
            return status;
        }
        done += produce(own, output + done, size - done);
    }
    return PSA_SUCCESS;
}

psa_status_t dispatch_random(uint8_t *output, size_t size)
{
    struct generator *generator = own;
    /* size 0 goes the long way, where it asks for nothing. */
    if (generator != NULL && size - 1u < generator->available && generator->process == platform_fork_count()) {
        hand_out(generator, output, size);
        return PSA_SUCCESS;
    }
    return produce_all(output, size);
}

psa_status_t random_open(void)
{
    psa_status_t status = watch_forks();
    return status == PSA_SUCCESS ? status : reason(status, REASON_OUT_OF_MEMORY, 0, 0);
}

psa_status_t random_self_test(void)
{
    return drbg_self_test();
}

/* ---- The end ---- */

/* Generators of other threads stay with them, wiped. */
void random_close(void)
{
    lock_lists();
    while (active != NULL) {
        struct generator *next = active->next;
        zeroise(active, sizeof(*active));
        active = next;
    }
    while (spare != NULL) {
        struct generator *next = spare->next;
        platform_pages_free(spare, sizeof(*spare));
        spare = next;
    }
    unlock_lists();
    platform_pages_free(own, sizeof(*own));
    own = NULL;
    random_store_close();
}

#else

typedef int random_unused; /* a translation unit may not be empty */

#endif
