/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seeds on a device that has no source of entropy. The seed in the store starts one generator per process, and
 * what that gives out first replaces it in the store, before anything else is drawn: a seed serves once, whatever happens
 * in between. Two processes take turns by the lock of the store.
 */
#include "dispatch/random.h"

#include "platform/platform.h"
#include "software/random/drbg.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

#if RANDOM_DRBG

struct root {
    uint32_t process;    /* platform_fork_count() of the process whose it is; 0: not started */
    struct drbg drbg;
};

static struct platform_mutex mutex;
static struct root *root;              /* in pages that a child finds wiped */
static const struct random_seed_store *store = &random_seed_storage;

void random_set_seed_store(const struct random_seed_store *other)
{
    store = other != NULL ? other : &random_seed_storage;
}

static int is_started(void)
{
    return root != NULL && root->process == platform_fork_count();
}

/* The next seed of the store comes from the generator, like a request: it tells nothing of what follows. */
static psa_status_t replace_stored(struct drbg *drbg)
{
    uint8_t next[PSACRYPTO_SEED_SIZE_MIN];
    drbg_generate(drbg, next, sizeof(next));
    psa_status_t status = store->write(next, sizeof(next));
    ZEROISE(next);
    return status;
}

static psa_status_t start_from(const uint8_t *stored, size_t stored_length)
{
    static const uint8_t purpose[] = { 's', 'e', 'e', 'd' };
    const struct drbg_part parts[] = { { stored, stored_length } };
    uint8_t seed[DRBG_SEED_SIZE];
    drbg_condition(seed, parts, 1);
    drbg_instantiate(&root->drbg, seed, purpose, sizeof(purpose));
    ZEROISE(seed);
    psa_status_t status = replace_stored(&root->drbg);
    if (status == PSA_SUCCESS) {
        root->process = platform_fork_count();
    } else {
        zeroise(root, sizeof(*root));
    }
    return status;
}

/* The lock of the store and the mutex are held. */
static psa_status_t start(void)
{
    uint8_t stored[PSACRYPTO_SEED_SIZE_MAX];
    size_t length = 0;
    if (root == NULL) {
        root = platform_pages_allocate(sizeof(*root), 1, NULL);
    }
    if (root == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(*root), 0);
    }
    psa_status_t status = store->read(stored, sizeof(stored), &length);
    if (status == PSA_ERROR_DOES_NOT_EXIST || (status == PSA_SUCCESS && length < PSACRYPTO_SEED_SIZE_MIN)) {
        status = reason(PSA_ERROR_INSUFFICIENT_ENTROPY, REASON_NO_ENTROPY, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        status = start_from(stored, length);
    }
    ZEROISE(stored);
    return status;
}

/* Answers whether there was a generator to draw from. The mutex is held. */
static int draw(uint8_t seed[RANDOM_SEED_SIZE])
{
    if (!is_started()) {
        return 0;
    }
    drbg_generate(&root->drbg, seed, RANDOM_SEED_SIZE);
    return 1;
}

/* The store's lock is the outermost: whoever holds it may want random bytes. So it is taken before the mutex. */
static psa_status_t start_and_draw(uint8_t seed[RANDOM_SEED_SIZE])
{
    if (store->lock() != PSA_SUCCESS) {
        return reason(PSA_ERROR_INSUFFICIENT_ENTROPY, REASON_NO_ENTROPY, 0, 0);
    }
    platform_mutex_lock(&mutex);
    psa_status_t status = PSA_SUCCESS;
    if (!is_started()) { /* no other thread was faster */
        status = start();
    }
    if (status == PSA_SUCCESS) {
        drbg_generate(&root->drbg, seed, RANDOM_SEED_SIZE);
    }
    platform_mutex_unlock(&mutex);
    store->unlock();
    return status;
}

psa_status_t random_draw_from_store(uint8_t seed[RANDOM_SEED_SIZE])
{
    platform_mutex_lock(&mutex);
    const int drawn = draw(seed);
    platform_mutex_unlock(&mutex);
    return drawn ? PSA_SUCCESS : start_and_draw(seed);
}

void random_store_close(void)
{
    platform_pages_free(root, sizeof(*root));
    root = NULL;
}

void random_store_after_fork(void)
{
    ZEROISE(mutex);
    if (root != NULL) {
        zeroise(root, sizeof(*root));
    }
}

#else

typedef int seed_store_unused; /* a translation unit may not be empty */

#endif
