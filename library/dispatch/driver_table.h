/* SPDX-License-Identifier: Apache-2.0 */
/* The drivers, in the order in which they are asked. Read-only between dispatch_open() and dispatch_close(). */
#ifndef DISPATCH_DRIVER_TABLE_H
#define DISPATCH_DRIVER_TABLE_H

#include "dispatch/dispatch.h"
#include "platform/platform.h"

/* Drivers of the program, of the build and the software driver together. */
#ifndef PSACRYPTO_DRIVERS_MAX
#define PSACRYPTO_DRIVERS_MAX 8
#endif

struct driver_slot {
    psa_key_location_t location;
    uint32_t index;                          /* number in the table, 1 up: what operations remember */
    const struct driver_slot *next_here;     /* the next one for this location */
    const struct psacrypto_driver *driver;
    void *instance;
    struct platform_mutex serial;            /* for PSACRYPTO_DRIVER_SERIALISED */
    struct platform_mutex service;           /* the mutex of the services */
    int state_locked;                        /* the store's lock is held by the service mutex */
    int open;
    struct psacrypto_services services;
};

/* Number index (1 up), or NULL past the end. */
const struct driver_slot *driver_table_at(uint32_t index);
/* The first driver that serves location. */
const struct driver_slot *driver_table_first(psa_key_location_t location);
/* The first driver after index (0: from the start) that serves location; NULL at the end. */
const struct driver_slot *driver_table_next(psa_key_location_t location, uint32_t index);

/* Around each call into a driver. */
void driver_serialise(const struct driver_slot *slot);
void driver_let_in(const struct driver_slot *slot);

static inline void driver_enter(const struct driver_slot *slot)
{
    if ((slot->driver->flags & PSACRYPTO_DRIVER_SERIALISED) != 0) {
        driver_serialise(slot);
    }
}

static inline void driver_leave(const struct driver_slot *slot)
{
    if ((slot->driver->flags & PSACRYPTO_DRIVER_SERIALISED) != 0) {
        driver_let_in(slot);
    }
}

#endif
