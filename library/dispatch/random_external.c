/* SPDX-License-Identifier: Apache-2.0 */
/* A build with the program's own generator. */
#include "dispatch/random.h"

#include "util/reason.h"
#include "util/zeroise.h"

#if PSACRYPTO_RANDOM_EXTERNAL

psa_status_t dispatch_random(uint8_t *output, size_t size)
{
    if (size == 0) {
        return PSA_SUCCESS;
    }
    psa_status_t status = psacrypto_external_random(output, size);
    if (status != PSA_SUCCESS) {
        zeroise(output, size);
        return reason(status, REASON_NO_ENTROPY, 0, 0);
    }
    return PSA_SUCCESS;
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

typedef int random_external_unused; /* a translation unit may not be empty */

#endif
