/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/plan.h"

#include "util/atomic.h"
#include "util/reason.h"

#include <string.h>

/* A key with a wildcard policy may serve many algorithms: beyond these, plans are made per call. */
#define PLANS_PER_KEY 4

int dispatch_key_knows(const struct dispatch_key *key, psa_algorithm_t alg)
{
    return plan_remembered(key, alg) != NULL;
}

static void forget(struct dispatch_plan *plan)
{
    const struct driver_slot *slot = plan->slot;
    void *prepared = (void *)(uintptr_t)plan->key.prepared;
    if (prepared != NULL) {
        if (slot->driver->unprepare != NULL) {
            driver_enter(slot);
            slot->driver->unprepare(slot->instance, &plan->key, plan->alg, prepared);
            driver_leave(slot);
        }
        platform_secret_free(prepared, plan->prepared_size);
    }
    platform_free(plan);
}

/* Without memory, or when the driver cannot, the plan goes without: entries work unprepared too. */
static void prepare(struct dispatch_plan *plan)
{
    const struct driver_slot *slot = plan->slot;
    if (slot->driver->prepared_size == NULL || slot->driver->prepare == NULL) {
        return;
    }
    size_t size = slot->driver->prepared_size(slot->instance, &plan->key, plan->alg);
    void *memory = size == 0 ? NULL : platform_secret_allocate(size);
    if (memory == NULL) {
        return;
    }
    if (slot->driver->prepare(slot->instance, &plan->key, plan->alg, memory) == PSA_SUCCESS) {
        plan->key.prepared = memory;
        plan->prepared_size = (uint32_t)size;
    } else {
        platform_secret_free(memory, size);
    }
}

static void fill(struct dispatch_plan *plan, const struct dispatch_key *key, psa_algorithm_t alg, const struct driver_slot *slot)
{
    plan->next = NULL;
    plan->alg = alg;
    plan->prepared_size = 0;
    plan->slot = slot;
    plan->key = key->key;
}

static int try_driver(struct plan_walk *walk, uint32_t after)
{
    psa_key_location_t location = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(walk->key->key.attributes));
    const struct driver_slot *slot = driver_table_next(location, after);
    if (slot == NULL) {
        return 0;
    }
    driver_enter(slot);
    walk->made = platform_allocate(sizeof(*walk->made));
    if (walk->made == NULL) {
        fill(&walk->bare, walk->key, walk->alg, slot);
        walk->plan = &walk->bare;
    } else {
        fill(walk->made, walk->key, walk->alg, slot);
        prepare(walk->made);
        walk->plan = walk->made;
    }
    return 1;
}

int plan_next_tried(struct plan_walk *walk, psa_status_t status)
{
    if (walk->plan == NULL) {
        return try_driver(walk, 0);
    }
    if (status == PSA_OPERATION_INCOMPLETE) {
        return 1;
    }
    if (status != PSA_ERROR_NOT_SUPPORTED || walk->plan->slot->location != PSA_KEY_LOCATION_LOCAL_STORAGE) {
        return 0;
    }
    /* What is remembered did another call of the algorithm, maybe for want of it in a driver that has this one. */
    int remembered = walk->plan != walk->made && walk->plan != &walk->bare;
    uint32_t index = remembered ? 0 : walk->plan->slot->index;
    if (driver_table_next(PSA_KEY_LOCATION_LOCAL_STORAGE, index) == NULL) {
        return 0;
    }
    driver_leave(walk->plan->slot);
    if (walk->made != NULL) {
        forget(walk->made);
        walk->made = NULL;
    }
    return try_driver(walk, index);
}

/* Published at the head, unless another thread was first or there are enough. */
static int remember(struct dispatch_key *key, struct dispatch_plan *plan)
{
    struct dispatch_plan *head = ATOMIC_LOAD(&key->plans);
    do {
        unsigned have = 0;
        for (const struct dispatch_plan *other = head; other != NULL; other = other->next) {
            have++;
            if (other->alg == plan->alg) {
                return 0;
            }
        }
        if (have >= PLANS_PER_KEY) {
            return 0;
        }
        plan->next = head;
    } while (!ATOMIC_CAS(&key->plans, &head, plan));
    return 1;
}

psa_status_t plan_end_tried(struct plan_walk *walk, psa_status_t status)
{
    if (walk->plan == NULL) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, walk->alg, 0);
    }
    const uint32_t driver = walk->plan->slot->index;
    driver_leave(walk->plan->slot);
    if (walk->made != NULL) {
        /* Only what worked shows that this driver does this algorithm with this key. */
        if (status != PSA_SUCCESS || !remember(walk->key, walk->made)) {
            forget(walk->made);
        }
        walk->made = NULL;
    }
    if (status == PSA_ERROR_NOT_SUPPORTED) {
        return reason(status, REASON_ALGORITHM_UNSUPPORTED, walk->alg, 0);
    }
    return status == PSA_SUCCESS ? status : reason_default(status, REASON_DRIVER, driver, 0);
}

const struct dispatch_plan *plan_resume(struct dispatch_plan *bare, const struct dispatch_key *key, psa_algorithm_t alg,
                                        const struct driver_slot *slot)
{
    const struct dispatch_plan *plan = plan_remembered(key, alg);
    if (plan != NULL && plan->slot == slot) {
        return plan;
    }
    fill(bare, key, alg, slot);
    return bare;
}

void dispatch_key_clear(struct dispatch_key *key)
{
    struct dispatch_plan *plan = key->plans;
    key->plans = NULL;
    while (plan != NULL) {
        struct dispatch_plan *next = plan->next;
        forget(plan);
        plan = next;
    }
}
