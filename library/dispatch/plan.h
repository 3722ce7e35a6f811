/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plans: which driver does an algorithm with a key, remembered beside the key.
 *
 * A dispatch function walks:
 *
 *     struct plan_walk walk;
 *     psa_status_t status = plan_start(&walk, key, alg);
 *     while (plan_next(&walk, status)) {
 *         status = walk.plan->slot->driver->... != NULL ? walk.plan->slot->driver->...(...) : PSA_ERROR_NOT_SUPPORTED;
 *     }
 *     return plan_end(&walk, status);
 *
 * The first plan is the one remembered; then all are tried in the order of the table while the answer
 * is PSA_ERROR_NOT_SUPPORTED. A plan that served is remembered.
 */
#ifndef DISPATCH_PLAN_H
#define DISPATCH_PLAN_H

#include "dispatch/driver_table.h"
#include "util/atomic.h"

struct dispatch_plan {
    struct dispatch_plan *next;
    psa_algorithm_t alg;
    uint32_t prepared_size;
    const struct driver_slot *slot;
    struct psacrypto_key key;       /* with the prepared form for this driver and algorithm */
};

struct plan_walk {
    struct dispatch_key *key;
    const struct dispatch_plan *plan; /* what to call now */
    struct dispatch_plan *made;       /* a plan of our own, to be remembered or let go */
    struct dispatch_plan bare;        /* when there is no memory for one: nothing prepared */
    psa_algorithm_t alg;
};

static inline psa_status_t plan_start(struct plan_walk *walk, struct dispatch_key *key, psa_algorithm_t alg)
{
    walk->key = key;
    walk->alg = alg;
    walk->plan = NULL;
    walk->made = NULL;
    return PSA_ERROR_NOT_SUPPORTED;
}

/* The plan that is remembered for an algorithm, or NULL. */
static inline struct dispatch_plan *plan_remembered(const struct dispatch_key *key, psa_algorithm_t alg)
{
    struct dispatch_plan *plan = ATOMIC_LOAD(&key->plans);
    while (plan != NULL && plan->alg != alg) {
        plan = plan->next;
    }
    return plan;
}

/* Where nothing is remembered, or that gave no success. */
int plan_next_tried(struct plan_walk *walk, psa_status_t status);
psa_status_t plan_end_tried(struct plan_walk *walk, psa_status_t status);

/* Whether there is a plan to call: nothing was called yet, or the last answer was NOT_SUPPORTED or INCOMPLETE. */
static inline int plan_next(struct plan_walk *walk, psa_status_t status)
{
    if (status == PSA_SUCCESS) {
        return 0;
    }
    if (walk->plan == NULL) {
        walk->plan = plan_remembered(walk->key, walk->alg);
        if (walk->plan != NULL) {
            driver_enter(walk->plan->slot);
            return 1;
        }
    }
    return plan_next_tried(walk, status);
}

static inline psa_status_t plan_end(struct plan_walk *walk, psa_status_t status)
{
    if (status == PSA_SUCCESS && walk->made == NULL) {
        driver_leave(walk->plan->slot);
        return status;
    }
    return plan_end_tried(walk, status);
}

/* The plan of a step after setup with this driver: the one that is remembered, or one made in bare, with nothing prepared. */
const struct dispatch_plan *plan_resume(struct dispatch_plan *bare, const struct dispatch_key *key, psa_algorithm_t alg,
                                        const struct driver_slot *slot);

#endif
