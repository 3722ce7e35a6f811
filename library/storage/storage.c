/* SPDX-License-Identifier: Apache-2.0 */
/* Which store is in use, its opening, and its lock. */
#include "storage/storage.h"

#include "platform/platform.h"
#include "storage/stores.h"
#include "util/atomic.h"
#include "util/reason.h"

static const struct psacrypto_store *chosen; /* NULL: the default of the build */
static void *chosen_instance;

static struct platform_mutex opening;
static const struct psacrypto_store *store; /* atomic; not NULL: open */
static void *instance;

/* Between the threads of this process; the store's own lock is taken inside it. */
static struct platform_mutex own_lock;
static THREAD_LOCAL uint32_t lock_depth;

/* ---- The choice ---- */

/* Each function, and each capability with what it promises. */
static int store_is_complete(const struct psacrypto_store *s)
{
    const uint32_t flags = s->flags;

    return s->open != NULL && s->close != NULL && s->info != NULL && s->get != NULL && s->put != NULL &&
           s->remove != NULL && (s->lock == NULL) == (s->unlock == NULL) &&
           ((flags & PSACRYPTO_STORE_CAN_ENUMERATE) != 0) == (s->next != NULL) &&
           ((flags & PSACRYPTO_STORE_CAN_LOCK) == 0 || s->lock != NULL) &&
           ((flags & PSACRYPTO_STORE_CAN_COUNT) == 0 || s->counter != NULL) &&
           ((flags & PSACRYPTO_STORE_CAN_ROOT_KEY) == 0 || s->root_key != NULL);
}

static psa_status_t check_choice(void)
{
    return storage_store() == NULL ? PSA_SUCCESS : reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ACTIVE, 0, 0);
}

static psa_status_t check_store(const struct psacrypto_store *s)
{
    if (s->abi != PSACRYPTO_STORE_ABI || s->size != sizeof(*s)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_CONFIGURATION, s->abi, s->size);
    }
    return store_is_complete(s) ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_INCOMPLETE, 0, 0);
}

psa_status_t psacrypto_set_store(const struct psacrypto_store *new_store, void *new_instance)
{
    psa_status_t status = check_choice();

    if (status == PSA_SUCCESS && new_store != NULL) {
        status = check_store(new_store);
    }
    if (status == PSA_SUCCESS) {
        chosen = new_store;
        chosen_instance = new_instance;
    }
    return reason_close(status);
}

psa_status_t psacrypto_set_store_directory(const char *path)
{
    psa_status_t status = check_choice();

    return reason_close(status == PSA_SUCCESS ? default_set_directory(path) : status);
}

/* ---- fork() ---- */

/*
 * The threads that were inside are not in the child: it finds the lock free, and the parent's own lasts. Waiting for them
 * before the fork instead could wait for ever, since what they do inside may wait for the fork to be over. A thread
 * that forks inside the lock itself has it in both processes, which only exec() or _exit() puts right.
 */
static void after_fork_child(void)
{
    static const struct platform_mutex unlocked;

    stores_after_fork();
    opening = unlocked;
    if (lock_depth == 0) {
        own_lock = unlocked;
    }
}

static psa_status_t watch_forks(void)
{
    static int watching; /* under the mutex of the opening */
    psa_status_t status = PSA_SUCCESS;

    if (!watching) {
        status = platform_at_fork(stores_before_fork, stores_after_fork, after_fork_child);
        watching = status == PSA_SUCCESS;
    }
    return status;
}

/* ---- Open and close ---- */

static psa_status_t open_locked(void)
{
    void *new_instance = chosen_instance;
    const struct psacrypto_store *new_store = chosen != NULL ? chosen : default_store(&new_instance);

    if (new_store == NULL) {
        return reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_NONE, 0, 0);
    }
    psa_status_t status = watch_forks();
    if (status == PSA_SUCCESS) {
        status = new_store->open(new_instance);
    }
    if (status == PSA_SUCCESS) {
        instance = new_instance;
        ATOMIC_STORE(&store, new_store);
    }
    return status;
}

psa_status_t storage_open(void)
{
    psa_status_t status = PSA_SUCCESS;

    if (ATOMIC_LOAD(&store) != NULL) {
        return PSA_SUCCESS;
    }
    platform_mutex_lock(&opening);
    if (ATOMIC_LOAD(&store) == NULL) {
        status = open_locked();
    }
    platform_mutex_unlock(&opening);
    return status;
}

void storage_close(void)
{
    const struct psacrypto_store *s = ATOMIC_LOAD(&store);

    if (s != NULL) {
        ATOMIC_STORE(&store, (const struct psacrypto_store *)NULL);
        s->close(instance);
        instance = NULL;
    }
}

const struct psacrypto_store *storage_store(void)
{
    return ATOMIC_LOAD(&store);
}

void *storage_instance(void)
{
    return instance;
}

uint64_t storage_generation(void)
{
    const struct psacrypto_store *s = ATOMIC_LOAD(&store);

    return s == NULL || s->generation == NULL ? 0 : s->generation(instance);
}

/* ---- The lock ---- */

psa_status_t storage_lock(void)
{
    if (lock_depth != 0) {
        lock_depth++;
        return PSA_SUCCESS;
    }
    psa_status_t status = storage_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    platform_mutex_lock(&own_lock);
    if (store->lock != NULL) {
        status = store->lock(instance);
    }
    if (status != PSA_SUCCESS) {
        platform_mutex_unlock(&own_lock);
        return status;
    }
    lock_depth = 1;
    return PSA_SUCCESS;
}

void storage_unlock(void)
{
    lock_depth--;
    if (lock_depth != 0) {
        return;
    }
    if (store->unlock != NULL) {
        store->unlock(instance);
    }
    platform_mutex_unlock(&own_lock);
}
