/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#define LIMB_BITS 32
#define montgomery_prepare montgomery_prepare_limbs32
#define montgomery_enter montgomery_enter_limbs32
#define montgomery_leave montgomery_leave_limbs32
#define montgomery_multiply montgomery_multiply_limbs32
#define montgomery_square montgomery_square_limbs32
#define montgomery_subtract montgomery_subtract_limbs32
#define montgomery_power_room montgomery_power_room_limbs32
#define montgomery_power montgomery_power_limbs32
#define montgomery_power_vartime montgomery_power_vartime_limbs32
#define math_rsa_prepared_size math_rsa_prepared_size_limbs32
#define math_rsa_prepare math_rsa_prepare_limbs32
#define math_rsa_public_vartime math_rsa_public_vartime_limbs32
#define math_rsa_private math_rsa_private_limbs32

/* As in a build without a heap, and from memory whose ends are looked at. */
#define MONTGOMERY_TABLE_MAX 4096u
#define platform_secret_allocate guarded_allocate
#define platform_secret_free guarded_free

#include "software/math/montgomery.c"

#include "software/math/bignum_rsa.c"

#include "montgomery_way.h"

#define GUARD 64u

void *guarded_allocate(size_t size)
{
    uint8_t *memory = calloc(1, size + GUARD);
    if (memory != NULL) {
        memset(memory + size, 0xa5, GUARD);
    }
    return memory;
}

void guarded_free(void *memory, size_t size)
{
    const uint8_t *bytes = memory;
    for (size_t i = 0; memory != NULL && i < GUARD; i++) {
        if (bytes[size + i] != 0xa5) {
            fprintf(stderr, "written behind %zu bytes of memory\n", size);
            abort();
        }
    }
    free(memory);
}

const struct montgomery_way montgomery_limbs32 = { way_power, way_multiply, way_subtract, math_rsa_private };
