/* SPDX-License-Identifier: Apache-2.0 */
/* The one file that names drivers. A new driver of the build: its header, its row, its configuration option. */
#include "dispatch/driver_table.h"

#include "dispatch/services.h"

#include "util/atomic.h"
#include "util/reason.h"

#include <string.h>

#if PSACRYPTO_SECURE_ELEMENT
#include <psacrypto/secure_element.h>
#endif

extern const struct psacrypto_driver psacrypto_software_driver;

/* Drivers that belong to the build, behind those that the program registered. */
static const struct {
    psa_key_location_t location;
    const struct psacrypto_driver *driver;
    void *instance;
} built_in[] = {
    { PSA_KEY_LOCATION_LOCAL_STORAGE, &psacrypto_software_driver, NULL },
#if PSACRYPTO_SECURE_ELEMENT
    { PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT, &psacrypto_secure_element_driver, &psacrypto_secure_element_default },
#endif
};

/* What a lifetime has room for. */
#define LOCATION_MAX ((psa_key_location_t)0xffffff)

#define BUILT_IN_COUNT (sizeof(built_in) / sizeof(built_in[0]))

static struct driver_slot table[PSACRYPTO_DRIVERS_MAX];
static uint32_t registered; /* by the program */
static uint32_t count;      /* of all, once open */
static const struct driver_slot *first_local; /* transparent driver: what most keys ask for */
static int is_open;

static int location_taken(psa_key_location_t location, uint32_t among)
{
    for (uint32_t i = 0; i < among; i++) {
        if (location != PSA_KEY_LOCATION_LOCAL_STORAGE && table[i].location == location) {
            return 1;
        }
    }
    return 0;
}

/* Registrations outlast psacrypto_shutdown(): a program that starts again may come with them again. */
static int is_registered(psa_key_location_t location, const struct psacrypto_driver *driver, const void *instance)
{
    for (uint32_t i = 0; i < registered; i++) {
        if (table[i].location == location && table[i].driver == driver && table[i].instance == instance) {
            return 1;
        }
    }
    return 0;
}

static void fill(uint32_t place, psa_key_location_t location, const struct psacrypto_driver *driver, void *instance)
{
    struct driver_slot *slot = &table[place];
    memset(slot, 0, sizeof(*slot));
    slot->location = location;
    slot->index = place + 1u;
    slot->driver = driver;
    slot->instance = instance;
}

psa_status_t psacrypto_register_driver(psa_key_location_t location, const struct psacrypto_driver *driver, void *instance)
{
    if (is_open) {
        return reason_close(reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ACTIVE, 0, 0));
    }
    if (driver == NULL) {
        return reason_close(reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 2, 0));
    }
    if (driver->abi != PSACRYPTO_DRIVER_ABI || driver->size != sizeof(struct psacrypto_driver)) {
        return reason_close(reason(PSA_ERROR_INVALID_ARGUMENT, REASON_CONFIGURATION, driver->abi, driver->size));
    }
    if (location > LOCATION_MAX) {
        return reason_close(reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_LOCATION, location, 0));
    }
    if (location_taken(location, registered) || is_registered(location, driver, instance)) {
        return reason_close(reason(PSA_ERROR_ALREADY_EXISTS, REASON_KEY_LOCATION, location, 0));
    }
    if (registered + BUILT_IN_COUNT >= PSACRYPTO_DRIVERS_MAX) {
        return reason_close(reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, 0, 0));
    }
    fill(registered, location, driver, instance);
    registered++;
    return PSA_SUCCESS;
}

/* A driver that the program registered for a location takes the place of the build's. */
static void add_built_in(void)
{
    count = registered;
    for (size_t i = 0; i < BUILT_IN_COUNT; i++) {
        if (!location_taken(built_in[i].location, registered)) {
            fill(count, built_in[i].location, built_in[i].driver, built_in[i].instance);
            count++;
        }
    }
}

static const struct driver_slot *search(psa_key_location_t location, uint32_t index)
{
    for (uint32_t i = index; i < count; i++) {
        if (table[i].location == location) {
            return &table[i];
        }
    }
    return NULL;
}

/* The table is complete. */
static void link_table(void)
{
    first_local = search(PSA_KEY_LOCATION_LOCAL_STORAGE, 0);
    for (uint32_t i = 0; i < count; i++) {
        table[i].next_here = search(table[i].location, i + 1u);
    }
}

/* A thread of the parent may have been inside of a driver; none of it is here. */
static void after_fork(void)
{
    static const struct platform_mutex unlocked;
    for (uint32_t i = 0; i < count && is_open; i++) {
        table[i].serial = unlocked;
        table[i].service = unlocked;
        if (table[i].open && table[i].driver->after_fork != NULL) {
            table[i].driver->after_fork(table[i].instance);
        }
    }
}

/* Transparent drivers first: an opaque one may use them as its engine from its open() on. */
static psa_status_t open_those(int transparent)
{
    for (uint32_t i = 0; i < count; i++) {
        struct driver_slot *slot = &table[i];
        if ((slot->location == PSA_KEY_LOCATION_LOCAL_STORAGE) != transparent) {
            continue;
        }
        services_fill(&slot->services, slot);
        if (slot->driver->open != NULL) {
            psa_status_t status = slot->driver->open(slot->instance, &slot->services);
            if (status != PSA_SUCCESS) {
                return reason(status, REASON_DRIVER, slot->index, 0);
            }
        }
        slot->open = 1;
    }
    return PSA_SUCCESS;
}

psa_status_t dispatch_open(void)
{
    static int fork_registered;
    add_built_in();
    link_table();
    is_open = 1;
    psa_status_t status = open_those(1);
    if (status == PSA_SUCCESS) {
        status = open_those(0);
    }
    if (status == PSA_SUCCESS && !fork_registered) {
        status = platform_at_fork_child(after_fork);
        fork_registered = status == PSA_SUCCESS;
    }
    if (status != PSA_SUCCESS) {
        dispatch_close();
    }
    return status;
}

void dispatch_close(void)
{
    for (uint32_t i = count; i-- > 0;) {
        if (table[i].open && table[i].driver->close != NULL) {
            table[i].driver->close(table[i].instance);
        }
        table[i].open = 0;
    }
    count = 0;
    first_local = NULL;
    is_open = 0;
}

int dispatch_is_open(void)
{
    return is_open;
}

const struct driver_slot *driver_table_at(uint32_t index)
{
    return index != 0 && index <= count ? &table[index - 1u] : NULL;
}

const struct driver_slot *driver_table_first(psa_key_location_t location)
{
    return location == PSA_KEY_LOCATION_LOCAL_STORAGE ? first_local : search(location, 0);
}

const struct driver_slot *driver_table_next(psa_key_location_t location, uint32_t index)
{
    return index == 0 ? driver_table_first(location) : search(location, index);
}

int dispatch_has_location(psa_key_location_t location)
{
    return driver_table_first(location) != NULL;
}

int dispatch_has_opaque(void)
{
    for (uint32_t i = 0; i < count; i++) {
        if (table[i].location != PSA_KEY_LOCATION_LOCAL_STORAGE) {
            return 1;
        }
    }
    return 0;
}

/*
 * How deep this thread is in each serialised driver: one that makes a key out of a derivation of its own draws through the
 * library, and is called while it calls.
 */
static THREAD_LOCAL uint8_t depth[PSACRYPTO_DRIVERS_MAX];

void driver_serialise(const struct driver_slot *slot)
{
    uint32_t place = slot->index - 1u;
    if (depth[place]++ == 0) {
        platform_mutex_lock(&table[place].serial);
    }
}

void driver_let_in(const struct driver_slot *slot)
{
    uint32_t place = slot->index - 1u;
    if (--depth[place] == 0) {
        platform_mutex_unlock(&table[place].serial);
    }
}

static int is_opaque_at(const struct driver_slot *slot, psa_key_location_t location)
{
    return slot->location != PSA_KEY_LOCATION_LOCAL_STORAGE && (location == DISPATCH_EVERYWHERE || slot->location == location);
}

void dispatch_enter(psa_key_location_t location)
{
    for (uint32_t i = 0; i < count; i++) {
        if (is_opaque_at(&table[i], location)) {
            driver_enter(&table[i]);
        }
    }
}

void dispatch_leave(psa_key_location_t location)
{
    for (uint32_t i = count; i-- > 0;) {
        if (is_opaque_at(&table[i], location)) {
            driver_leave(&table[i]);
        }
    }
}
