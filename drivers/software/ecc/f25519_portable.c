/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/f25519_portable.h"

#if defined(__SIZEOF_INT128__)

void f25519_multiply_portable(uint64_t r[4], const uint64_t a[4], const uint64_t b[4])
{
    f25519_multiply_limbs(r, a, b);
}

void f25519_square_portable(uint64_t r[4], const uint64_t a[4], unsigned count)
{
    f25519_multiply_limbs(r, a, a);
    while (--count != 0) {
        f25519_multiply_limbs(r, r, r);
    }
}

#endif
