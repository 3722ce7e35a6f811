/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes for the program, and what the program gives for them. */
#include "api/random.h"

#include "dispatch/random.h"
#include "storage/storage.h"

#include <psacrypto/platform.h>

psa_status_t api_generate_random(const struct caller *caller, uint8_t *output, size_t output_size)
{
    (void)caller; /* all draw from their threads' generators */
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(output, output_size, 1);
    }
    if (status == PSA_SUCCESS && output_size != 0) {
        status = dispatch_random(output, output_size);
    }
    return status;
}

psa_status_t psa_generate_random(uint8_t *output, size_t output_size)
{
    return reason_close(api_generate_random(CALLER_SELF, output, output_size));
}

psa_status_t psacrypto_set_entropy_source(psacrypto_entropy_source_t source, void *context, uint32_t density)
{
    psa_status_t status = PSA_SUCCESS;
    if (library_is_open()) {
        status = reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ACTIVE, 0, 0);
    } else if (source != NULL && (density == 0 || density > PSACRYPTO_ENTROPY_FULL)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, PSACRYPTO_ENTROPY_FULL, density);
    } else {
        status = random_set_source(source, context, density);
    }
    return reason_close(status);
}

/* ---- The seed of a device without a source ---- */

const struct random_seed_store random_seed_storage = {
    .lock = storage_lock,
    .unlock = storage_unlock,
    .read = storage_seed_read,
    .write = storage_seed_write,
};

/* The lock of the store is held. */
static psa_status_t write_first_seed(const uint8_t *seed, size_t seed_size)
{
    uint8_t stored[PSACRYPTO_SEED_SIZE_MAX];
    size_t length;
    psa_status_t status = storage_seed_read(stored, sizeof(stored), &length);
    ZEROISE(stored);
    if (status == PSA_ERROR_DOES_NOT_EXIST) {
        return storage_seed_write(seed, seed_size);
    }
    return status == PSA_SUCCESS ? reason(PSA_ERROR_ALREADY_EXISTS, REASON_STORE_WRITE_ONCE, 0, 0) : status;
}

static psa_status_t inject_seed(const uint8_t *seed, size_t seed_size)
{
    if (!RANDOM_DRBG) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_CONFIGURATION, 0, 0);
    }
    if (seed == NULL) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 1, 0);
    }
    if (seed_size < PSACRYPTO_SEED_SIZE_MIN || seed_size > PSACRYPTO_SEED_SIZE_MAX) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, PSACRYPTO_SEED_SIZE_MIN, seed_size);
    }
    psa_status_t status = storage_lock();
    if (status == PSA_SUCCESS) {
        status = write_first_seed(seed, seed_size);
        storage_unlock();
    }
    return status;
}

psa_status_t psacrypto_inject_seed(const uint8_t *seed, size_t seed_size)
{
    return reason_close(inject_seed(seed, seed_size));
}
