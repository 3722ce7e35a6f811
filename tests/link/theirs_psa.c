/* SPDX-License-Identifier: Apache-2.0 */
/* The PSA functions of Mbed TLS 2.28 under their own names: it has no SHA-3. */
#include <psa/crypto.h>

#include "link.h"

#define SHA3_256 ((psa_algorithm_t)0x02000011)

void theirs_psa(void)
{
    unsigned char digest[32] = { 0 };
    size_t length;

    need(psa_crypto_init() == PSA_SUCCESS, "psa_crypto_init() of Mbed TLS");
    need(psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, digest, sizeof(digest), &length) == PSA_SUCCESS && digest[0] == 0xe3,
         "psa_hash_compute() of Mbed TLS");
    need(psa_hash_compute(SHA3_256, NULL, 0, digest, sizeof(digest), &length) != PSA_SUCCESS, "that it is Mbed TLS's");
    mbedtls_psa_crypto_free();
}
