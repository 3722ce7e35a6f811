/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Resistance of psa_ps_*() to old versions being put back, where the store has a counter that only grows.
 *
 * One object, the state, lists the version of each protected entry. It is sealed together with the value that the counter has
 * when the state is current. So an older state is found out by the counter, and an older, removed or invented entry by the
 * state.
 *
 * A change is: state with the entry's next version, counter; the entry; state with the new version, counter. A crash
 * leaves the next version beside the present one; the next use looks at the entry and settles which it is. A state may
 * be one ahead of the counter: the crash came between the two.
 *
 * The store's lock is held in all of these.
 */
#ifndef STORAGE_ROLLBACK_H
#define STORAGE_ROLLBACK_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/store.h>

struct rollback_entry {
    int32_t owner;
    uint32_t flags;     /* as the entry was created */
    uint64_t uid;
    uint64_t version;   /* 0: there is none yet */
    uint64_t next;      /* a change under way: its version, or ROLLBACK_GONE; else 0 */
};

#define ROLLBACK_GONE UINT64_MAX

struct rollback {
    const uint8_t *root;
    uint64_t counter;   /* when this state is current */
    int lost;           /* the counter says that there was a state */
    size_t count;
    size_t room;
    struct rollback_entry *entries;
};

/* Whether the store has a counter. */
int rollback_is_active(void);

/* *version of the entry that the store holds, 0 where there is none. */
typedef psa_status_t (*rollback_version_t)(const uint8_t *root, const struct psacrypto_store_name *name, uint64_t *version);

/* Reads the state and settles what a crash left. PSA_ERROR_INVALID_SIGNATURE: an old state. root is kept by reference. */
psa_status_t rollback_open(struct rollback *rollback, const uint8_t *root, rollback_version_t version_of);
void rollback_close(struct rollback *rollback);

/* NULL where the entry is not protected. */
struct rollback_entry *rollback_find(struct rollback *rollback, const struct psacrypto_store_name *name);

/* Before the entry is written (*version: with what) or removed (version NULL). */
psa_status_t rollback_begin(struct rollback *rollback, const struct psacrypto_store_name *name, uint32_t flags, uint64_t *version);
/* After it: done, or not. */
psa_status_t rollback_end(struct rollback *rollback, const struct psacrypto_store_name *name, int done);

#endif
