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

psa_status_t plan_start(struct plan_walk *walk, struct dispatch_key *key, psa_algorithm_t alg);
/* Whether there is a plan to call: nothing was called yet, or the last answer was NOT_SUPPORTED or INCOMPLETE. */
int plan_next(struct plan_walk *walk, psa_status_t status);
psa_status_t plan_end(struct plan_walk *walk, psa_status_t status);

/* The plan of a step after setup: that driver's, prepared if that was remembered. NULL if the table has changed. */
const struct dispatch_plan *plan_resume(struct plan_walk *walk, struct dispatch_key *key, psa_algorithm_t alg, uint32_t driver);

#endif
