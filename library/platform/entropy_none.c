/* SPDX-License-Identifier: Apache-2.0 */
/* A platform without a source: a driver, the program or a non-volatile seed has to serve. */
#include "platform/internal.h"

#if !PSACRYPTO_PLATFORM_ENTROPY

#include "util/zeroise.h"

#include <psa/crypto.h>

psa_status_t platform_entropy(uint8_t *output, size_t size)
{
    zeroise(output, size);
    return PSA_ERROR_INSUFFICIENT_ENTROPY;
}

#else

typedef int entropy_none_unused; /* a translation unit may not be empty */

#endif
