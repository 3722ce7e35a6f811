/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/f448_portable.h"

#if defined(__SIZEOF_INT128__)

void f448_multiply_portable(uint64_t r[8], const uint64_t a[8], const uint64_t b[8])
{
    f448_multiply_limbs(r, a, b);
}

void f448_square_portable(uint64_t r[8], const uint64_t a[8], unsigned count)
{
    f448_square_limbs(r, a);
    while (--count != 0) {
        f448_square_limbs(r, r);
    }
}

#endif
