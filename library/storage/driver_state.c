/* SPDX-License-Identifier: Apache-2.0 */
/* What drivers and the random generator keep. */
#include "storage/storage.h"

#include "storage/object.h"
#include "util/reason.h"

/* Location 0 with number 0 would be no name. */
static psa_status_t driver_name(psa_key_location_t location, uint32_t number, struct psacrypto_store_name *name)
{
    *name = object_name(PSACRYPTO_SPACE_DRIVER, 0, ((uint64_t)location << 32) | number);
    return name->uid != 0 ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_UID, name->space, 0);
}

psa_status_t storage_driver_get(psa_key_location_t location, uint32_t number, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct psacrypto_store_name name;
    psa_status_t status = driver_name(location, number, &name);

    *data_length = 0;
    return status == PSA_SUCCESS ? object_get_small(&name, data, data_size, data_length) : status;
}

psa_status_t storage_driver_put(psa_key_location_t location, uint32_t number, const uint8_t *data, size_t data_length)
{
    struct psacrypto_store_name name;
    psa_status_t status = driver_name(location, number, &name);

    return status == PSA_SUCCESS ? object_put(&name, 0, data, data_length, 0) : status;
}

psa_status_t storage_driver_remove(psa_key_location_t location, uint32_t number)
{
    struct psacrypto_store_name name;
    psa_status_t status = driver_name(location, number, &name);

    return status == PSA_SUCCESS ? object_remove(&name) : status;
}

/* ---- The seed ---- */

psa_status_t storage_seed_read(uint8_t *seed, size_t seed_size, size_t *seed_length)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_SEED);

    return object_get_small(&name, seed, seed_size, seed_length);
}

psa_status_t storage_seed_write(const uint8_t *seed, size_t seed_length)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_SEED);

    return object_put(&name, 0, seed, seed_length, 0);
}
