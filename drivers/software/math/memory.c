/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for a Mbed TLS that is compiled with mbedtls_config.h; one that comes as a package uses the C library's. */
#include <stdint.h>

#include "platform/platform.h"

void *math_calloc(size_t count, size_t size);
void math_free(void *memory);

void *math_calloc(size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / size ? NULL : platform_allocate(count * size);
}

void math_free(void *memory)
{
    platform_free(memory);
}
