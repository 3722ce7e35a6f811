/* SPDX-License-Identifier: Apache-2.0 */
/* A program of someone else: built against an installed library in each way that the install offers. */
#include <stdio.h>
#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>

int main(void)
{
    /* FIPS 180-4, the message "abc". */
    static const uint8_t expected[4] = {0xba, 0x78, 0x16, 0xbf};
    uint8_t hash[PSA_HASH_LENGTH(PSA_ALG_SHA_256)];
    size_t length;

    psa_status_t status = psa_crypto_init();
    if (status == PSA_SUCCESS) {
        status = psa_hash_compute(PSA_ALG_SHA_256, (const uint8_t *)"abc", 3, hash, sizeof(hash), &length);
    }
    if (status != PSA_SUCCESS || length != sizeof(hash) || memcmp(hash, expected, sizeof(expected)) != 0) {
        fprintf(stderr, "consumer: status %d\n", (int)status);
        return 1;
    }
    printf("consumer: version %s\n", psacrypto_version());
    return 0;
}
