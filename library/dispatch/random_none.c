/* SPDX-License-Identifier: Apache-2.0 */
/* A build without random bytes: one that only verifies, or whose keys and nonces all come from elsewhere. */
#include "dispatch/random.h"

#include "util/reason.h"
#include "util/zeroise.h"

#if RANDOM_NONE

psa_status_t dispatch_random(uint8_t *output, size_t size)
{
    zeroise(output, size);
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_CONFIGURATION, 0, 0);
}

void random_close(void)
{
}

psa_status_t random_open(void)
{
    return PSA_SUCCESS;
}

psa_status_t random_self_test(void)
{
    return PSA_SUCCESS;
}

psa_status_t random_set_source(psacrypto_entropy_source_t source, void *context, uint32_t density)
{
    (void)source;
    (void)context;
    (void)density;
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_CONFIGURATION, 0, 0);
}

#else

typedef int random_none_unused; /* a translation unit may not be empty */

#endif
