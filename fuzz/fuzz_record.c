/* SPDX-License-Identifier: Apache-2.0 */
/* Native key records (library/storage/record.c). Input: the record; its first byte says whether the checksum is made right. */
#include "input.h"
#include "record.h"
#include "util/crc32c.h"

#define CHECKSUM 60u
#define HEADER 64u

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    record_open(0);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t repair = input_byte(&input);
    size_t length;
    uint8_t *record = input_take(&input, SIZE_MAX, &length);
    if (repair != 0 && length >= HEADER) {
        uint32_t crc = crc32c(crc32c(0, record, CHECKSUM), record + HEADER, length - HEADER);
        for (unsigned i = 0; i < 4; i++) {
            record[CHECKSUM + i] = (uint8_t)(crc >> 8 * i);
        }
    }
    record_try(record, length);
    free(record);
    return 0;
}
