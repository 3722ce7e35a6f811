/* SPDX-License-Identifier: Apache-2.0 */
#include "key_store/internal.h"

#include "metadata/metadata.h"
#include "storage/storage.h"
#include "util/seldom.h"

/* Some room for a blob whose size only the element knows (attached keys). */
#define ATTACHED_BLOB 256u

static int is_volatile(const struct key_creation *creation)
{
    return PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(&creation->attributes));
}

static psa_key_location_t location_of(const struct key_creation *creation)
{
    return PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(&creation->attributes));
}

static psa_status_t check_policy(const psa_key_attributes_t *attributes)
{
    psa_key_usage_t usage = psa_get_key_usage_flags(attributes);
    if ((usage & ~USAGE_ALL) != 0) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_USAGE_UNKNOWN, usage & ~USAGE_ALL, 0);
    }
    /* Any key may carry any policy, also one that it can never satisfy: it is found out when the key is used. */
    return PSA_SUCCESS;
}

static psa_status_t check_type(const psa_key_attributes_t *attributes, enum key_creation_kind kind)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    size_t bits = psa_get_key_bits(attributes);
    if (kind == KEY_CREATION_ATTACH && type == PSA_KEY_TYPE_NONE) {
        return PSA_SUCCESS;
    }
    const int has_bits = key_type_has_bits(type, bits); /* then the type exists */
    if (!has_bits && !key_type_exists(type)) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_UNSUPPORTED, type, 0);
    }
    if (kind == KEY_CREATION_GENERATE && !key_type_can_be_generated(type)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
    }
    if ((bits != 0 || kind == KEY_CREATION_GENERATE) && !has_bits) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_BITS, type, bits);
    }
    return PSA_SUCCESS;
}

static psa_status_t check(const psa_key_attributes_t *attributes, enum key_creation_kind kind)
{
    psa_status_t status = PSA_SUCCESS;
    /* of nearly all keys, and always right but for those attached */
    if (psa_get_key_lifetime(attributes) != PSA_KEY_LIFETIME_VOLATILE || kind == KEY_CREATION_ATTACH) {
        status = lifetime_check(attributes, kind == KEY_CREATION_ATTACH);
    }
    if (status == PSA_SUCCESS) {
        status = check_policy(attributes);
    }
    return status == PSA_SUCCESS ? check_type(attributes, kind) : status;
}

/* Memory for the key: a slot, or an object that lives until the record is written. */
static psa_status_t take_object(struct key_creation *creation)
{
    psa_key_id_t id = psa_get_key_id(&creation->attributes);
    if (is_volatile(creation)) {
        creation->object = slot_take(&id);
        creation->attributes.private_id = id;
    } else {
        creation->object = object_allocate();
    }
    if (creation->object == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(struct key_object), 0);
    }
    return PSA_SUCCESS;
}

static psa_status_t take_blob(struct key_creation *creation, enum key_creation_kind kind, size_t data_length)
{
    creation->blob_size = kind == KEY_CREATION_ATTACH ? ATTACHED_BLOB : dispatch_key_blob_size(&creation->attributes, data_length);
    if (creation->blob_size == 0) {
        psa_key_type_t type = psa_get_key_type(&creation->attributes);
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_UNSUPPORTED, type, psa_get_key_bits(&creation->attributes));
    }
    creation->blob = object_blob(creation->object, creation->blob_size);
    if (creation->blob == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, creation->blob_size, 0);
    }
    return PSA_SUCCESS;
}

static struct storage_journal_entry entry_of(const struct key_creation *creation)
{
    struct storage_journal_entry entry = { STORAGE_JOURNAL_CREATE, creation->owner, creation->attributes,
                                           creation->blob, creation->blob_length };
    return entry;
}

/* A key that will live in the device: its place is reserved there and written to the journal before it is filled. */
SELDOM psa_status_t take_place(struct key_creation *creation)
{
    if (!is_volatile(creation)) {
        dispatch_enter(location_of(creation)); /* the journal holds the store's lock */
        creation->entered = 1;
    }
    psa_status_t status = dispatch_key_allocate(&creation->attributes, creation->owner,
                                                creation->blob, creation->blob_size, &creation->blob_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    creation->in_device = 1;
    if (is_volatile(creation) || creation->blob_length == 0) {
        return PSA_SUCCESS; /* nothing that outlives the process, or no place in the device */
    }
    struct storage_journal_entry entry = entry_of(creation);
    struct storage_journal_ticket ticket = { 0 };
    status = storage_journal_begin(&entry, &ticket);
    creation->journal = ticket.uid;
    return status;
}

/* Fails early where the id is taken: nothing is generated in vain. The store decides again when it writes. */
SELDOM psa_status_t check_absent(const struct key_creation *creation)
{
    psa_key_id_t id = psa_get_key_id(&creation->attributes);
    psa_status_t status = persist_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = storage_key_exists(creation->owner, id);
    if (status == PSA_SUCCESS) {
        return reason(PSA_ERROR_ALREADY_EXISTS, REASON_KEY_EXISTS, id, 0);
    }
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
}

/* Only what changes is written again: to copy attributes whose parts have just been written takes the CPU long. */
static void begin(struct key_creation *creation, const struct caller *caller, const psa_key_attributes_t *attributes,
                  enum key_creation_kind kind)
{
    const psa_key_usage_t usage = psa_get_key_usage_flags(attributes);
    const psa_key_usage_t implied = usage_implied(usage);

    creation->attributes = *attributes;
    if ((implied & ~usage) != 0) {
        creation->attributes.private_usage = usage | implied;
    }
    creation->owner = caller->owner;
    creation->active = 1;
    creation->bits = kind == KEY_CREATION_ATTACH ? 0 : psa_get_key_bits(attributes); /* an element may say another type */
    creation->blob = NULL;
    creation->blob_size = 0;
    creation->blob_length = 0;
    creation->attached = kind == KEY_CREATION_ATTACH;
    creation->entered = 0;
    creation->in_device = 0;
    creation->journal = 0;
    creation->object = NULL;
}

psa_status_t key_creation_start(struct key_creation *creation, const struct caller *caller, const psa_key_attributes_t *attributes,
                                enum key_creation_kind kind, size_t data_length)
{
    psa_status_t status = check(attributes, kind);
    if (status != PSA_SUCCESS) {
        return status;
    }
    begin(creation, caller, attributes, kind);
    if (!is_volatile(creation)) {
        reservation_take(key_tag(creation->owner, psa_get_key_id(attributes)));
        status = check_absent(creation);
        if (status != PSA_SUCCESS) {
            return status;
        }
    }
    status = take_object(creation);
    if (status == PSA_SUCCESS) {
        status = take_blob(creation, kind, data_length);
    }
    if (status == PSA_SUCCESS && kind != KEY_CREATION_ATTACH &&
        location_of(creation) != PSA_KEY_LOCATION_LOCAL_STORAGE && dispatch_key_has_allocate(location_of(creation))) {
        status = take_place(creation);
    }
    return status;
}

/*
 * Takes back what the driver did, as far as it did something. made: it reported success. A store that failed may have
 * written the record nonetheless; where that cannot be found out the place is kept, and the journal's entry for the next start.
 */
SELDOM void undo(struct key_creation *creation, int made)
{
    struct storage_journal_ticket ticket = { creation->journal };
    psa_status_t status = PSA_SUCCESS;
    if (made && ticket.uid != 0) {
        struct storage_journal_entry entry = entry_of(creation);
        status = persist_take_back(&entry);
    }
    if (status == PSA_SUCCESS && (made || creation->in_device)) {
        struct psacrypto_key key = { &creation->attributes, creation->owner, creation->blob, creation->blob_length, NULL };
        status = creation->attached ? dispatch_key_detach(&key) : dispatch_key_destroy(&key);
    }
    if (ticket.uid != 0 && status == PSA_SUCCESS) {
        (void)storage_journal_end(&ticket); /* if it stays, recovery finds the place free: nothing is lost */
    } else if (ticket.uid != 0) {
        storage_journal_keep(&ticket);
    }
}

SELDOM psa_status_t save(struct key_creation *creation)
{
    struct storage_journal_ticket ticket = { creation->journal };
    uint32_t incarnation;
    psa_status_t status = storage_key_save(creation->owner, &creation->attributes, creation->blob, creation->blob_length, 1, &incarnation);
    if (status == PSA_SUCCESS && ticket.uid != 0) {
        (void)storage_journal_end(&ticket); /* if it stays, recovery finds the record and keeps the key */
    }
    return status;
}

static psa_status_t publish(struct key_creation *creation)
{
    struct key_object *object = creation->object;
    if (!is_volatile(creation)) {
        return save(creation);
    }
    object_fill(object, &creation->attributes, creation->owner, creation->blob_length);
    object->flags = creation->attached ? OBJECT_ATTACHED : 0;
    ATOMIC_STORE(&object->tag, key_tag(creation->owner, psa_get_key_id(&creation->attributes)));
    return PSA_SUCCESS;
}

/* What is in memory goes, unless it is the published key itself. */
static void let_go(struct key_creation *creation, int published)
{
    if (creation->object != NULL && !is_volatile(creation)) {
        object_free(creation->object);
    } else if (creation->object != NULL && !published) {
        object_clear(creation->object);
        slot_give(creation->object);
    }
    if (creation->entered) {
        dispatch_leave(location_of(creation));
    }
    if (!is_volatile(creation)) {
        reservation_give(key_tag(creation->owner, psa_get_key_id(&creation->attributes)));
    }
    creation->object = NULL;
    creation->entered = 0;
    creation->active = 0;
}

static psa_status_t check_made(const struct key_creation *creation)
{
    psa_key_type_t type = psa_get_key_type(&creation->attributes);
    size_t bits = psa_get_key_bits(&creation->attributes);
    return (bits != 0 && bits == creation->bits) || key_type_has_bits(type, bits)
        ? PSA_SUCCESS
        : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_BITS, type, bits);
}

psa_status_t key_creation_finish(struct key_creation *creation, psa_status_t status, psa_key_id_t *id)
{
    *id = PSA_KEY_ID_NULL;
    if (!creation->active) {
        return status;
    }
    int made = status == PSA_SUCCESS;
    if (status == PSA_SUCCESS) {
        status = check_made(creation);
    }
    if (status == PSA_SUCCESS) {
        status = publish(creation);
    }
    if (status == PSA_SUCCESS) {
        *id = psa_get_key_id(&creation->attributes);
    } else {
        undo(creation, made);
    }
    let_go(creation, status == PSA_SUCCESS);
    return status;
}
