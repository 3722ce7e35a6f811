/* SPDX-License-Identifier: Apache-2.0 */
/* What a driver is offered at open(). */
#ifndef DISPATCH_SERVICES_H
#define DISPATCH_SERVICES_H

#include "dispatch/driver_table.h"

void services_fill(struct psacrypto_services *services, struct driver_slot *slot);

/*
 * Persistent state of drivers. The storage layer lies beside this one, not below it: it hangs its functions in here
 * when it opens, and a driver that asks before that is told PSA_ERROR_STORAGE_FAILURE.
 */
struct services_storage {
    psa_status_t (*get)(psa_key_location_t location, uint32_t number, uint8_t *data, size_t data_size, size_t *data_length);
    psa_status_t (*put)(psa_key_location_t location, uint32_t number, const uint8_t *data, size_t data_length);
    psa_status_t (*remove)(psa_key_location_t location, uint32_t number);
    psa_status_t (*lock)(void);
    void (*unlock)(void);
};
void services_set_storage(const struct services_storage *storage);

#endif
