/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for a Mbed TLS that is compiled with mbedtls_config.h; one that comes as a package uses the C library's. */
#ifndef SOFTWARE_MATH_MEMORY_H
#define SOFTWARE_MATH_MEMORY_H

#include <stddef.h>

void *math_calloc(size_t count, size_t size);
void math_free(void *memory);

#endif
