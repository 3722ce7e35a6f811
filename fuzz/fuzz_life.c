/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The life of keys, beside a model of it: made, copied, used, purged, destroyed, in the library and in a device with numbered places, with the
 * power lost at any write to the store. What was answered with success is so after the next start; what was cut short is done or undone;
 * no place in the device is filled without a key.
 * Input: steps of three bytes (see do_step()).
 */
#include <psa/crypto.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "input.h"

#define DEVICE ((psa_key_location_t)0x800050)
#define PLACES 256u  /* more than steps that one input can hold: no number comes twice */
#define STEPS_MAX 100u
#define KEYS 4u      /* persistent ids 1 to 4; the model's places above are volatile keys */
#define LENGTH 8u

/* ---- Power ---- */

static int writes_left = -1; /* until the power goes; negative: it stays */
static int late;             /* the last write is done, but nobody hears of it */
static int dark;

static struct psacrypto_store_ram_space space;
static struct psacrypto_store store;

/* Whether a write reaches the medium; dark afterwards if it is the last. */
static int write_is_done(void)
{
    if (dark) {
        return 0;
    }
    if (writes_left < 0 || writes_left-- > 0) {
        return 1;
    }
    dark = 1;
    return late;
}

static psa_status_t store_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                              const void *data, size_t data_length, uint32_t put_flags)
{
    psa_status_t status = PSA_ERROR_STORAGE_FAILURE;
    if (write_is_done()) {
        status = psacrypto_store_ram.put(instance, name, object_flags, data, data_length, put_flags);
    }
    return dark ? PSA_ERROR_STORAGE_FAILURE : status;
}

static psa_status_t store_remove(void *instance, const struct psacrypto_store_name *name)
{
    psa_status_t status = PSA_ERROR_STORAGE_FAILURE;
    if (write_is_done()) {
        status = psacrypto_store_ram.remove(instance, name);
    }
    return dark ? PSA_ERROR_STORAGE_FAILURE : status;
}

static psa_status_t store_info(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    return dark ? PSA_ERROR_STORAGE_FAILURE : psacrypto_store_ram.info(instance, name, info);
}

static psa_status_t store_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                              void *data, size_t data_size, size_t *data_length)
{
    *data_length = 0;
    return dark ? PSA_ERROR_STORAGE_FAILURE : psacrypto_store_ram.get(instance, name, offset, data, data_size, data_length);
}

static psa_status_t store_next(void *instance, struct psacrypto_store_name *name)
{
    return dark ? PSA_ERROR_STORAGE_FAILURE : psacrypto_store_ram.next(instance, name);
}

/* ---- The device: what is in its places stays without power, but for volatile keys, which end with the process ---- */

static struct place {
    int filled, is_volatile;
    uint8_t bytes[LENGTH];
} places[PLACES];
static unsigned next_place;

static psa_status_t device_open(void *instance, const struct psacrypto_services *services)
{
    (void)instance, (void)services;
    for (unsigned i = 0; i < PLACES; i++) {
        places[i].filled = places[i].filled && !places[i].is_volatile;
    }
    return PSA_SUCCESS;
}

static size_t device_blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length)
{
    (void)instance, (void)attributes, (void)data_length;
    return 1;
}

static psa_status_t device_allocate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                                    uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    (void)instance, (void)owner;
    CHECK(blob_size >= 1 && next_place < PLACES);
    if (dark) {
        return PSA_ERROR_COMMUNICATION_FAILURE;
    }
    places[next_place].is_volatile = PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(attributes));
    blob[0] = (uint8_t)next_place++;
    *blob_length = 1;
    return PSA_SUCCESS;
}

static psa_status_t fill(const uint8_t *blob, size_t blob_length, const uint8_t *data)
{
    CHECK(blob_length == 1 && !places[blob[0]].filled);
    if (dark) {
        return PSA_ERROR_COMMUNICATION_FAILURE;
    }
    places[blob[0]].filled = 1;
    memcpy(places[blob[0]].bytes, data, LENGTH);
    return PSA_SUCCESS;
}

static psa_status_t device_import(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                                  const uint8_t *data, size_t data_length,
                                  uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits)
{
    (void)instance, (void)attributes, (void)owner, (void)blob_size;
    CHECK(data_length == LENGTH);
    *bits = 8u * LENGTH;
    return fill(blob, *blob_length, data);
}

static psa_status_t device_copy(void *instance, const struct psacrypto_key *source, const psa_key_attributes_t *attributes,
                                int32_t owner, uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    (void)instance, (void)attributes, (void)owner, (void)blob_size;
    CHECK(places[source->blob[0]].filled);
    return fill(blob, *blob_length, places[source->blob[0]].bytes);
}

static psa_status_t device_export(void *instance, const struct psacrypto_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    (void)instance;
    CHECK(places[key->blob[0]].filled && data_size >= LENGTH);
    memcpy(data, places[key->blob[0]].bytes, LENGTH);
    *data_length = LENGTH;
    return PSA_SUCCESS;
}

static psa_status_t device_destroy(void *instance, const struct psacrypto_key *key)
{
    (void)instance;
    if (dark) {
        return PSA_ERROR_COMMUNICATION_FAILURE;
    }
    places[key->blob[0]].filled = 0;
    return PSA_SUCCESS;
}

static const struct psacrypto_key_management_entries management = {
    .allocate = device_allocate,
    .import = device_import,
    .copy = device_copy,
    .export_key = device_export,
    .destroy = device_destroy,
};
static const struct psacrypto_driver device = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "device",
    .open = device_open,
    .blob_size = device_blob_size,
    .key_management = &management,
};

/* ---- The model ---- */

static struct model {
    psa_key_id_t id; /* 0: volatile, and not there */
    int there;
    int in_device;
    uint8_t value;   /* of every byte */
} keys[2 * KEYS];

static int is_volatile(const struct model *key)
{
    return key >= keys + KEYS;
}

static unsigned places_filled(void)
{
    unsigned n = 0;
    for (unsigned i = 0; i < PLACES; i++) {
        n += places[i].filled != 0;
    }
    return n;
}

static unsigned places_owed(void)
{
    unsigned n = 0;
    for (unsigned i = 0; i < 2 * KEYS; i++) {
        n += keys[i].there && keys[i].in_device;
    }
    return n;
}

/* The key as the library has it. */
static psa_status_t look(const struct model *key, struct model *seen)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[LENGTH];
    size_t length = 0;
    psa_status_t status = psa_get_key_attributes(key->id, &attributes);

    *seen = *key;
    seen->there = status == PSA_SUCCESS;
    if (status == PSA_SUCCESS) {
        status = psa_export_key(key->id, data, sizeof(data), &length);
        seen->in_device = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(&attributes)) == DEVICE;
        seen->value = data[0];
    }
    for (size_t i = 0; status == PSA_SUCCESS && i < LENGTH; i++) {
        CHECK(length == LENGTH && data[i] == data[0]);
    }
    return status;
}

static int same(const struct model *a, const struct model *b)
{
    return a->there == b->there && (!a->there || (a->in_device == b->in_device && a->value == b->value));
}

static void check_key(const struct model *key)
{
    struct model seen;
    psa_status_t status = look(key, &seen);
    CHECK(status == (key->there ? PSA_SUCCESS : PSA_ERROR_INVALID_HANDLE));
    CHECK(same(&seen, key));
}

static void check_all(void)
{
    struct psacrypto_store_name name = { PSACRYPTO_SPACE_JOURNAL, INT32_MIN, 0 };
    for (unsigned i = 0; i < 2 * KEYS; i++) {
        check_key(&keys[i]);
    }
    CHECK(places_filled() == places_owed());
    CHECK(psacrypto_store_ram.next(&space, &name) == PSA_ERROR_DOES_NOT_EXIST);
}

/* The power comes back, or the program ends in order. */
static void start_again(void)
{
    psacrypto_shutdown();
    dark = 0;
    writes_left = -1;
    for (unsigned i = KEYS; i < 2 * KEYS; i++) {
        keys[i] = (struct model){ 0 };
    }
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    CHECK(psa_purge_key(1000) == PSA_ERROR_INVALID_HANDLE); /* the first look into the store */
}

/* After a step that was to make of *key what *wanted is. */
static void settle(struct model *key, const struct model *wanted, psa_status_t status)
{
    const struct model before = *key;
    struct model seen;

    if (status == PSA_SUCCESS) {
        *key = *wanted;
    }
    if (dark) {
        start_again();
        if (!is_volatile(key)) {
            (void)look(key, &seen);
            CHECK(same(&seen, wanted) || (status != PSA_SUCCESS && same(&seen, &before)));
            *key = seen;
        }
    }
    check_all();
}

/* ---- Steps ---- */

static psa_key_attributes_t attributes_of(const struct model *key, unsigned which, int cached)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    const psa_key_location_t location = key->in_device ? DEVICE : PSA_KEY_LOCATION_LOCAL_STORAGE;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY | (cached ? PSA_KEY_USAGE_CACHE : 0));
    if (which < KEYS) {
        psa_set_key_id(&attributes, which + 1u);
    }
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
        which < KEYS ? PSA_KEY_PERSISTENCE_DEFAULT : PSA_KEY_PERSISTENCE_VOLATILE, location));
    return attributes;
}

/* source: NULL to import. */
static void make(unsigned which, const struct model *source, int in_device, int cached, uint8_t value)
{
    struct model *key = &keys[which];
    struct model wanted = { key->id, 1, in_device, source == NULL ? value : source->value };
    const psa_key_attributes_t attributes = attributes_of(&wanted, which, cached);
    const int possible = !(key->there && which < KEYS) && (source == NULL || source->there);
    const int cut = writes_left >= 0;
    uint8_t data[LENGTH];
    psa_key_id_t id = PSA_KEY_ID_NULL;

    if (key->there && which >= KEYS) {
        return;
    }
    memset(data, value, sizeof(data));
    psa_status_t status = source == NULL ? psa_import_key(&attributes, data, sizeof(data), &id) : psa_copy_key(source->id, &attributes, &id);
    CHECK((status == PSA_SUCCESS) == (id != PSA_KEY_ID_NULL));
    CHECK(status != PSA_SUCCESS || possible);
    CHECK(cut || (status == PSA_SUCCESS) == possible);
    wanted.id = which < KEYS ? key->id : id;
    if (possible) {
        settle(key, &wanted, status);
    } else {
        settle(key, key, status);
    }
}

static void destroy(unsigned which)
{
    struct model *key = &keys[which];
    const struct model gone = { which < KEYS ? key->id : 0, 0, 0, 0 };
    const int cut = writes_left >= 0;

    if (key->id == 0) {
        return;
    }
    psa_status_t status = psa_destroy_key(key->id);
    CHECK(status != PSA_SUCCESS || key->there);
    CHECK(cut || (status == PSA_SUCCESS) == key->there);
    settle(key, &gone, status);
}

static void purge(unsigned which)
{
    psa_status_t status = keys[which].id == 0 ? PSA_SUCCESS : psa_purge_key(keys[which].id);
    CHECK(dark || keys[which].id == 0 || (status == PSA_SUCCESS) == keys[which].there);
    settle(&keys[which], &keys[which], PSA_ERROR_GENERIC_ERROR);
}

/* Bytes: what is done; which key (and from which, and where to); how many writes until the power goes, or a value. */
static void do_step(struct input *input)
{
    const uint8_t what = input_byte(input), which = input_byte(input), value = input_byte(input);
    const unsigned target = which % (2 * KEYS), source = which / (2 * KEYS) % (2 * KEYS);

    switch (what % 6) {
    case 0: make(target, NULL, which >> 7, what >> 7, value); break;
    case 1: make(target, &keys[source], value & 1, what >> 7, value); break;
    case 2: destroy(target); break;
    case 3: purge(target); break;
    case 4: start_again(); check_all(); break;
    default: writes_left = value % 16; late = value >> 7; break;
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    store = psacrypto_store_ram;
    store.put = store_put;
    store.remove = store_remove;
    store.info = store_info;
    store.get = store_get;
    store.next = store_next;
    CHECK(psacrypto_set_store(&store, &space) == PSA_SUCCESS);
    CHECK(psacrypto_register_driver(DEVICE, &device, NULL) == PSA_SUCCESS);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = { data, size };

    psacrypto_shutdown();
    psacrypto_store_ram_clear(&space);
    memset(places, 0, sizeof(places));
    memset(keys, 0, sizeof(keys));
    next_place = 0;
    for (unsigned i = 0; i < KEYS; i++) {
        keys[i].id = i + 1u;
    }
    start_again();
    for (unsigned step = 0; step < STEPS_MAX && input.length > 0; step++) {
        do_step(&input);
    }
    return 0;
}
