/* SPDX-License-Identifier: Apache-2.0 */
#include "software/math/bignum.h"

#if SW_HAS_MATH_BIGNUM

#include "platform/platform.h"
#include "software/math/mbedtls.h"
#include "software/math/memory.h"
#include "software/software.h"

int math_blind(void *context, unsigned char *output, size_t output_size)
{
    psa_status_t *status = context;
    *status = sw_random(output, output_size);
    return *status == PSA_SUCCESS ? 0 : MBEDTLS_ERR_MPI_BAD_INPUT_DATA;
}

psa_status_t math_status(int error, psa_status_t blinding)
{
    if (error == 0) {
        return PSA_SUCCESS;
    }
    if (blinding != PSA_SUCCESS) {
        return blinding;
    }
    /* The arguments were checked: nothing else can fail. */
    return error == MBEDTLS_ERR_MPI_ALLOC_FAILED ? PSA_ERROR_INSUFFICIENT_MEMORY : PSA_ERROR_CORRUPTION_DETECTED;
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
