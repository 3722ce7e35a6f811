/* SPDX-License-Identifier: Apache-2.0 */
/* A program that has a generator of its own (PSACRYPTO_RANDOM_EXTERNAL), here one that counts, linked with either library. */
#include <stdio.h>

#include <psa/crypto.h>
#include <psacrypto/platform.h>

static uint8_t next;

psa_status_t psacrypto_external_random(uint8_t *output, size_t output_size)
{
    for (size_t i = 0; i < output_size; i++) {
        output[i] = next++;
    }
    return PSA_SUCCESS;
}

int main(void)
{
    uint8_t bytes[3] = { 0 };

    if (psa_crypto_init() != PSA_SUCCESS || psa_generate_random(bytes, sizeof(bytes)) != PSA_SUCCESS) {
        return 1;
    }
    printf("%d %d %d\n", bytes[0], bytes[1], bytes[2]);
    return bytes[2] == bytes[1] + 1 && bytes[1] == bytes[0] + 1 ? 0 : 1;
}
