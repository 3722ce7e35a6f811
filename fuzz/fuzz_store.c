/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of store_posix (library/storage/posix_format.c): the file of an object is any bytes. Input: one byte that says which
 * checksums are made right (1: of the header, 2: of the whole), then the file.
 */
#define _XOPEN_SOURCE 700

#include <fcntl.h>
#include <ftw.h>
#include <psa/internal_trusted_storage.h>
#include <psacrypto/store.h>
#include <unistd.h>

#include "input.h"
#include "util/crc32c.h"

#define UID 7u
#define HEADER 44u
#define CHECKSUM 40u

static char directory[] = "/tmp/psacrypto-fuzz-XXXXXX";
static char file[4096];

static int look(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    if (kind == FTW_F && strstr(path + walk->base, "-0000000000000007") != NULL) {
        CHECK(strlen(path) < sizeof(file));
        memcpy(file, path, strlen(path) + 1);
    }
    return 0;
}

static int take_away(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void clean_up(void)
{
    (void)nftw(directory, take_away, 16, FTW_DEPTH | FTW_PHYS);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    CHECK(mkdtemp(directory) != NULL && atexit(clean_up) == 0);
    CHECK(psacrypto_set_store_directory(directory) == PSA_SUCCESS);
    CHECK(psa_its_set(UID, 3, "abc", PSA_STORAGE_FLAG_NONE) == PSA_SUCCESS);
    CHECK(nftw(directory, look, 16, FTW_PHYS) == 0 && file[0] != 0);
    return 0;
}

static void put_crc(uint8_t *at, uint32_t crc)
{
    for (unsigned i = 0; i < 4; i++) {
        at[i] = (uint8_t)(crc >> 8 * i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t repair = input_byte(&input);
    size_t length, read_length = 0;
    uint8_t *content = input_take(&input, SIZE_MAX, &length);
    struct psa_storage_info_t info;

    if ((repair & 1) != 0 && length >= HEADER) {
        put_crc(content + CHECKSUM, crc32c(0, content, CHECKSUM));
    }
    if ((repair & 2) != 0 && length >= HEADER + 4) {
        put_crc(content + length - 4, crc32c(0, content, length - 4));
    }
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK(fd >= 0 && write(fd, content, length) == (ssize_t)length && close(fd) == 0);
    free(content);

    psa_status_t told = psa_its_get_info(UID, &info);
    CHECK(told == PSA_SUCCESS || told == PSA_ERROR_DATA_CORRUPT || told == PSA_ERROR_STORAGE_FAILURE);
    if (told == PSA_SUCCESS && info.size < 65536) {
        uint8_t *read = input_memory(info.size);
        psa_status_t got = psa_its_get(UID, 0, info.size, read, &read_length);
        CHECK(read_length <= info.size);
        CHECK(got != PSA_SUCCESS || read_length == info.size);
        free(read);
    }
    (void)psacrypto_store_check(NULL, NULL, NULL);
    return 0;
}
