/* SPDX-License-Identifier: Apache-2.0 */
#include "software/math/bignum.h"
#include "software/math/ecp.h"

#if SW_HAS_MATH_ECP || SW_HAS_MATH_BIGNUM

#include "platform/platform.h"
#include "software/math/mbedtls.h"
#include "software/math/memory.h"
#include "software/software.h"

int math_blind(void *context, unsigned char *output, size_t output_size)
{
    psa_status_t *status = context;
    *status = sw_random(output, output_size);
    return *status == PSA_SUCCESS ? 0 : MBEDTLS_ERR_ECP_RANDOM_FAILED;
}

psa_status_t math_status(int error, psa_status_t blinding)
{
    if (error == 0) {
        return PSA_SUCCESS;
    }
    if (blinding != PSA_SUCCESS) {
        return blinding;
    }
    switch (error) {
    case MBEDTLS_ERR_MPI_ALLOC_FAILED:
    case MBEDTLS_ERR_ECP_ALLOC_FAILED:
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    case MBEDTLS_ERR_ECP_FEATURE_UNAVAILABLE:
        return PSA_ERROR_NOT_SUPPORTED;
    default:
        return PSA_ERROR_CORRUPTION_DETECTED; /* the arguments were checked: nothing else can fail */
    }
}

void *math_calloc(size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / size ? NULL : platform_allocate(count * size);
}

void math_free(void *memory)
{
    platform_free(memory);
}

#endif
