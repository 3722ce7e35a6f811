/* SPDX-License-Identifier: Apache-2.0 */
#include "key_store/internal.h"

#include "metadata/metadata.h"
#include "storage/storage.h"
#include "util/seldom.h"

const struct caller caller_self = { 0 };

static psa_status_t no_such_key(psa_key_id_t id)
{
    return reason(PSA_ERROR_INVALID_HANDLE, REASON_KEY_ID, id, 0);
}

static void hold(struct key_ref *ref, struct key_object *object, uint32_t place, uint32_t private_copy)
{
    ref->object = object;
    ref->key = &object->dispatch;
    ref->hazard = place;
    ref->private_copy = private_copy;
}

static psa_status_t acquire_volatile(struct key_ref *ref, uint64_t tag, psa_key_id_t id)
{
    uint32_t place;
    struct key_object *object = slot_find(id);
    if (object == NULL) {
        return no_such_key(id);
    }
    psa_status_t status = readers_enter(tag, &place);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (ATOMIC_LOAD(&object->tag) != tag) {
        readers_leave(place);
        return no_such_key(id);
    }
    hold(ref, object, place, 0);
    return PSA_SUCCESS;
}

/* Announces the key while nobody creates or destroys it. */
static psa_status_t enter_unreserved(uint64_t tag, uint32_t *place)
{
    const int inside = readers_own() != 0;
    for (;;) {
        psa_status_t status = readers_enter(tag, place);
        if (status != PSA_SUCCESS || !reservation_holds(tag, inside)) {
            return status;
        }
        readers_leave(*place);
        reservation_wait(tag, inside);
    }
}

static psa_status_t load(struct key_ref *ref, uint64_t tag, int32_t owner, psa_key_id_t id, uint32_t place)
{
    uint64_t store_generation = storage_generation();
    struct key_object *object = object_allocate();
    if (object == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(*object), 0);
    }
    psa_status_t status = id_is_builtin(id) ? builtin_load(object, owner, id) : persist_load(object, owner, id);
    if (status != PSA_SUCCESS) {
        object_free(object);
        return status == PSA_ERROR_DOES_NOT_EXIST ? no_such_key(id) : status;
    }
    int cached = (psa_get_key_usage_flags(&object->attributes) & PSA_KEY_USAGE_CACHE) != 0 && !id_is_builtin(id) &&
                 cache_insert(object, tag, store_generation);
    hold(ref, object, place, !cached);
    return PSA_SUCCESS;
}

SELDOM psa_status_t acquire_persistent(struct key_ref *ref, uint64_t tag, int32_t owner, psa_key_id_t id)
{
    uint32_t place;
    psa_status_t status = id_is_builtin(id) ? PSA_SUCCESS : persist_open();
    if (status == PSA_SUCCESS) {
        status = enter_unreserved(tag, &place);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    struct key_object *object = cache_find(tag);
    if (object != NULL) {
        hold(ref, object, place, 0);
        return PSA_SUCCESS;
    }
    status = load(ref, tag, owner, id, place);
    if (status != PSA_SUCCESS) {
        readers_leave(place);
    }
    return status;
}

static psa_status_t acquire_any(struct key_ref *ref, int32_t owner, psa_key_id_t id)
{
    if (id_is_volatile(id)) {
        return acquire_volatile(ref, key_tag(owner, id), id);
    }
    if (id_is_user(id) || id_is_builtin(id)) {
        return acquire_persistent(ref, key_tag(owner, id), owner, id);
    }
    return no_such_key(id);
}

/* The policy itself, where the algorithm asked for is not the very one that the key permits. */
static psa_status_t check_policy(const psa_key_attributes_t *attributes, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    if (policy_permits_with_key(attributes->private_alg, type, alg, usage) ||
        policy_permits_with_key(attributes->private_alg2, type, alg, usage)) {
        return PSA_SUCCESS;
    }
    if (PSA_ALG_IS_WILDCARD(alg)) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_ALGORITHM_WILDCARD, alg, 0);
    }
    return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_ALGORITHM, attributes->private_alg, alg);
}

static psa_status_t check_type(const psa_key_attributes_t *attributes, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    if (!algorithm_fits_key(alg, type, psa_get_key_bits(attributes))) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_ALGORITHM, type, alg);
    }
    if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type) && usage_needs_private(usage)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
    }
    return PSA_SUCCESS;
}

SELDOM psa_status_t check_algorithm(const struct key_ref *ref, psa_key_usage_t usage, psa_algorithm_t alg)
{
    const psa_key_attributes_t *attributes = &ref->object->attributes;
    psa_status_t status = PSA_SUCCESS;
    if (attributes->private_alg != alg || PSA_ALG_IS_WILDCARD(alg)) {
        status = check_policy(attributes, usage, alg);
    }
    return status == PSA_SUCCESS ? check_type(attributes, usage, alg) : status;
}

/* Whether the very algorithm that the key permits was done with it before, which needs no private key. */
static int is_known_good(const struct key_ref *ref, psa_key_usage_t usage, psa_algorithm_t alg)
{
    const psa_key_attributes_t *attributes = &ref->object->attributes;
    return attributes->private_alg == alg && dispatch_key_knows(ref->key, alg) &&
           !(PSA_KEY_TYPE_IS_PUBLIC_KEY(psa_get_key_type(attributes)) && usage_needs_private(usage));
}

psa_status_t key_store_permits(const struct key_ref *ref, psa_key_usage_t usage, psa_algorithm_t alg)
{
    const psa_key_attributes_t *attributes = &ref->object->attributes;
    if ((attributes->private_usage & usage) != usage) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_USAGE, usage & ~attributes->private_usage, attributes->private_usage);
    }
    if (alg == PSA_ALG_NONE || is_known_good(ref, usage, alg)) {
        return PSA_SUCCESS;
    }
    return check_algorithm(ref, usage, alg);
}

psa_status_t key_store_acquire(struct key_ref *ref, const struct caller *caller, psa_key_id_t id,
                               psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_status_t status = acquire_any(ref, caller->owner, id);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = key_store_permits(ref, usage, alg);
    return status == PSA_SUCCESS ? status : key_store_release(ref, status);
}

uint32_t key_store_generation(const struct key_ref *ref)
{
    return ref->object->generation;
}

psa_status_t key_store_acquire_again(struct key_ref *ref, int32_t owner, psa_key_id_t id, uint32_t generation)
{
    psa_status_t status = acquire_any(ref, owner, id);
    if (status == PSA_SUCCESS && ref->object->generation != generation) {
        status = key_store_release(ref, PSA_ERROR_INVALID_HANDLE);
    }
    if (status == PSA_ERROR_INVALID_HANDLE) {
        return reason(PSA_ERROR_BAD_STATE, REASON_KEY_DESTROYED, id, 0);
    }
    return status;
}

psa_status_t key_store_release(struct key_ref *ref, psa_status_t status)
{
    if (ref->key != NULL) {
        struct key_object *gone = ref->private_copy ? ref->object : NULL;
        ref->key = NULL;
        ref->object = NULL;
        if (gone != NULL) {
            object_free(gone);
        }
        readers_leave(ref->hazard);
    }
    return status;
}

psa_status_t key_store_attributes(const struct caller *caller, psa_key_id_t id, psa_key_attributes_t *attributes)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = acquire_any(&ref, caller->owner, id);
    if (status == PSA_SUCCESS) {
        *attributes = ref.object->attributes;
    }
    return key_store_release(&ref, status);
}
