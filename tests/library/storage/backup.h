/* SPDX-License-Identifier: Apache-2.0 */
/* Backups in memory. Included once, by a file of tests. */
#ifndef TESTS_STORAGE_BACKUP_H
#define TESTS_STORAGE_BACKUP_H

#include "support.h"

#include <string.h>

#include <psa/internal_trusted_storage.h>
#include <psa/protected_storage.h>
#include <psacrypto/library.h>

#include "platform/platform.h"
#include "storage/object.h"
#include "storage/storage.h"
#include "util/bytes.h"
#include "util/crc32c.h"

static struct psacrypto_store_ram_space spaces[2];
static struct device_store devices[2];

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    storage_close();
    for (int i = 0; i < 2; i++) {
        psacrypto_store_ram_clear(&spaces[i]);
        psacrypto_store_ram_clear(&devices[i].space);
        memset(&devices[i], 0, sizeof(devices[i]));
        memset(devices[i].root, 1 + i, sizeof(devices[i].root));
    }
    return psacrypto_set_store(NULL, NULL);
}

static void use(const struct psacrypto_store *store, void *instance)
{
    psacrypto_shutdown();
    storage_close();
    assert_int_equal(psacrypto_set_store(store, instance), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS); /* key records are sealed, too, where there is a root key */
}

/* ---- The stream, in memory ---- */

static uint8_t stream[4096];
static size_t stream_length;
static size_t stream_limit = sizeof(stream);

static psa_status_t stream_write(void *context, const void *data, size_t length)
{
    assert_ptr_equal(context, stream);
    if (length > stream_limit - stream_length) {
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    memcpy(stream + stream_length, data, length);
    stream_length += length;
    return PSA_SUCCESS;
}

struct reader {
    const uint8_t *data;
    size_t left;
    size_t most;          /* at a time */
    psa_status_t failure; /* at the end, instead of the end */
};

static psa_status_t stream_read(void *context, void *data, size_t size, size_t *length)
{
    struct reader *reader = context;
    const size_t most = reader->most != 0 && reader->most < size ? reader->most : size;

    *length = reader->left < most ? reader->left : most;
    if (*length == 0 && reader->failure != PSA_SUCCESS) {
        return reader->failure;
    }
    bytes_copy(data, reader->data, *length);
    reader->data += *length;
    reader->left -= *length;
    return PSA_SUCCESS;
}

static psa_status_t restore(const uint8_t *data, size_t length, int replace)
{
    struct reader reader = { data, length, 0, PSA_SUCCESS };

    return psacrypto_store_restore(stream_read, &reader, replace);
}

/* ---- What is in a store ---- */

static void its_is(psa_storage_uid_t uid, const char *expected)
{
    char data[16];
    size_t length;

    assert_int_equal(psa_its_get(uid, 0, sizeof(data), data, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(data, expected, length);
}

static int is_empty(void *instance)
{
    for (uint32_t space = 1; space <= 6; space++) {
        struct psacrypto_store_name name = { space, INT32_MIN, 0 };
        if (psacrypto_store_ram.next(instance, &name) != PSA_ERROR_DOES_NOT_EXIST) {
            return 0;
        }
    }
    return 1;
}

#endif
