/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Streams of psacrypto_store_restore() (library/storage/backup_format.h). Input: one byte; if it is odd, all checksums are made
 * right first, so that what lies behind them is reached; then the stream. What is refused must have written nothing; what
 * is taken must be sound, and must come out of a backup again.
 */
#include <psa/crypto.h>
#include <psacrypto/store.h>

#include "input.h"
#include "util/crc32c.h"

#define START 20u
#define HEADER 36u

static struct psacrypto_store_ram_space space;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    CHECK(psacrypto_set_store(&psacrypto_store_ram, &space) == PSA_SUCCESS);
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    return 0;
}

static void put_crc(uint8_t *at, uint32_t crc)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(crc >> 8 * i);
    }
}

static uint64_t number(const uint8_t *at)
{
    uint64_t value = 0;
    for (unsigned i = 8; i-- > 0;) {
        value = value << 8 | at[i];
    }
    return value;
}

static void repair(uint8_t *stream, size_t length)
{
    size_t at = START;
    if (length < START) {
        return;
    }
    put_crc(stream + 16, crc32c(0, stream, 16));
    while (length - at >= HEADER) {
        put_crc(stream + at + 32, crc32c(0, stream + at, 32));
        uint64_t size = number(stream + at + 24);
        at += HEADER;
        if (size > length - at || length - at - size < 4) {
            return;
        }
        at += (size_t)size;
        put_crc(stream + at, crc32c(0, stream, at));
        at += 4;
    }
}

static psa_status_t read_some(void *context, void *data, size_t size, size_t *length)
{
    struct input *input = context;
    *length = size < input->length ? size : input->length;
    for (size_t i = 0; i < *length; i++) {
        ((uint8_t *)data)[i] = input_byte(input);
    }
    return PSA_SUCCESS;
}

static psa_status_t count(void *context, const void *data, size_t length)
{
    (void)data;
    *(size_t *)context += length;
    return PSA_SUCCESS;
}

static int is_empty(void)
{
    for (uint32_t i = PSACRYPTO_SPACE_KEY; i <= PSACRYPTO_SPACE_SYSTEM; i++) {
        struct psacrypto_store_name name = {i, INT32_MIN, 0};
        if (psacrypto_store_ram.next(&space, &name) != PSA_ERROR_DOES_NOT_EXIST) {
            return 0;
        }
    }
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    const int repaired = input_byte(&input) & 1;
    size_t length, written = 0;
    uint8_t *stream = input_take(&input, SIZE_MAX, &length);
    if (repaired) {
        repair(stream, length);
    }
    struct input source = {stream, length};
    psa_status_t status = psacrypto_store_restore(read_some, &source, 0);
    CHECK(status != PSA_ERROR_CORRUPTION_DETECTED && status != PSA_ERROR_GENERIC_ERROR);
    if (status == PSA_SUCCESS) {
        CHECK(psacrypto_store_check(NULL, NULL, NULL) == PSA_SUCCESS);
        CHECK(psacrypto_store_backup(count, &written) == PSA_SUCCESS);
        CHECK(written == length); /* the form of what is sealed anew is as long as it was */
    } else {
        CHECK(is_empty());
    }
    psacrypto_store_ram_clear(&space);
    free(stream);
    return 0;
}
