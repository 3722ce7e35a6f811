/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random bytes for every layer. Three builds: the library's own generators (random.c, with entropy.c and seed_store.c),
 * the program's (random_external.c), none (random_none.c).
 */
#ifndef DISPATCH_RANDOM_H
#define DISPATCH_RANDOM_H

#include <psacrypto/driver.h>
#include <psacrypto/platform.h>

/* Which of the three this build has. */
#if PSACRYPTO_RANDOM_EXTERNAL
#define RANDOM_DRBG 0
#define RANDOM_NONE 0
#elif PSACRYPTO_RANDOM_DRBG
#define RANDOM_DRBG 1
#define RANDOM_NONE 0
#else
#define RANDOM_DRBG 0
#define RANDOM_NONE 1
#endif

/*
 * size bytes fit for keys, from the calling thread's generator; no byte is ever given out twice, in a child of fork()
 * neither. Works before psa_crypto_init(). On failure the output is wiped and the next call tries anew.
 *
 * PSA_ERROR_INSUFFICIENT_ENTROPY: there is no seed yet, or the source fails its tests. PSA_ERROR_INSUFFICIENT_MEMORY.
 * PSA_ERROR_NOT_SUPPORTED: a build without. Else what the source or the store of the seed answered.
 */
psa_status_t dispatch_random(uint8_t *output, size_t size);

/* Wipes all generators. At shutdown, when no other thread is in the library; the next call starts anew. */
void random_close(void);
/* Before threads draw: a process that is copied beside their first requests finds the hook that frees its locks. */
psa_status_t random_open(void);

/* Known answers of the generator; PSA_SUCCESS where it is not the library's. */
psa_status_t random_self_test(void);

/* psacrypto_set_entropy_source(), arguments checked. */
psa_status_t random_set_source(psacrypto_entropy_source_t source, void *context, uint32_t density);

/*
 * Where the seed of a device without a source lies. The storage layer is not below this one: the API layer, which
 * sees both, defines random_seed_storage.
 */
struct random_seed_store {
    psa_status_t (*lock)(void); /* as storage_lock(): outermost, recursive per thread */
    void (*unlock)(void);
    psa_status_t (*read)(uint8_t *seed, size_t seed_size, size_t *seed_length);
    psa_status_t (*write)(const uint8_t *seed, size_t seed_length);
};

extern const struct random_seed_store random_seed_storage;

/* For tests: another place. NULL: random_seed_storage again. */
void random_set_seed_store(const struct random_seed_store *store);

/* ---- Between the files of the library's own generators ---- */

#define RANDOM_SEED_SIZE 48u

/*
 * A seed of full entropy from the program's source, else the platform's, else those of the drivers together.
 * *sources: 0 where there is none of these.
 */
psa_status_t random_gather(uint8_t seed[RANDOM_SEED_SIZE], int *sources);

/* A seed drawn from a generator that the stored seed started. */
psa_status_t random_draw_from_store(uint8_t seed[RANDOM_SEED_SIZE]);
void random_store_close(void);

/* In the child of fork(): no lock is held, nothing inherited is used. */
void random_gather_after_fork(void);
void random_store_after_fork(void);

#endif
