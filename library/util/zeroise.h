/* SPDX-License-Identifier: Apache-2.0 */
/* Wiping that the compiler cannot drop. */
#ifndef UTIL_ZEROISE_H
#define UTIL_ZEROISE_H

#include <stddef.h>

/* memory may be NULL when size is 0. */
void zeroise(void *memory, size_t size);

#define ZEROISE(object) zeroise(&(object), sizeof(object))

#endif
