/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CTR_DRBG with AES-256 (SP 800-90A Rev. 1, 10.2.1), security strength 256 bits, without prediction resistance requests
 * and without additional input. Seeds are 48 bytes of full entropy, as for the variant without a derivation
 * function; drbg_condition() is that function and makes such a seed of input of any length.
 *
 * Who seeds it, when, and for whom is library/dispatch/random.c. Nothing here locks or allocates.
 */
#ifndef SOFTWARE_RANDOM_DRBG_H
#define SOFTWARE_RANDOM_DRBG_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>

#define DRBG_SEED_SIZE 48u        /* seedlen: key and block (table 3) */
#define DRBG_REQUEST_MAX 65536u   /* bytes per request: 2^19 bits (table 3) */

/* Flat: may be moved and wiped as bytes. The expanded key is not kept: each request ends with another key. */
struct drbg {
    uint8_t key[32];
    uint8_t counter[16]; /* V + 1: the block that is encrypted next */
    uint64_t requests;   /* since the last seed */
};

/* One piece of what drbg_condition() is given; data may be NULL where length is 0. */
struct drbg_part {
    const uint8_t *data;
    size_t length;
};

/* personalisation: up to DRBG_SEED_SIZE bytes, not secret; may be NULL where the length is 0. */
void drbg_instantiate(struct drbg *drbg, const uint8_t seed[DRBG_SEED_SIZE],
                      const uint8_t *personalisation, size_t personalisation_length);

void drbg_reseed(struct drbg *drbg, const uint8_t seed[DRBG_SEED_SIZE]);

/*
 * size <= DRBG_REQUEST_MAX. Afterwards the state does not tell what was given out (backtracking resistance). A caller
 * reseeds long before 2^48 requests, after which the standard wants it.
 */
void drbg_generate(struct drbg *drbg, uint8_t *output, size_t size);

/* Block_Cipher_df (10.3.2) over the parts one after the other, less than 2^32 bytes in all. */
void drbg_condition(uint8_t seed[DRBG_SEED_SIZE], const struct drbg_part *parts, size_t count);

/* Known answers (11.3): PSA_SUCCESS or PSA_ERROR_CORRUPTION_DETECTED. */
psa_status_t drbg_self_test(void);

#endif
