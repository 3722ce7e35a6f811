/* SPDX-License-Identifier: Apache-2.0 */
/* Key records in the layout of Mbed TLS (library/storage/record_mbed.c). Input: the record. */
#include <psacrypto/store.h>

#include "input.h"
#include "record.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    record_open(PSACRYPTO_STORE_MBED_RECORDS);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    record_try(data, size);
    return 0;
}
