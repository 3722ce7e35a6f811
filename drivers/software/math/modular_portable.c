/* SPDX-License-Identifier: Apache-2.0 */
/* Multiplication modulo any odd integer of n words. */
#include "software/kernels.h"

#if defined(__SIZEOF_INT128__)

#include "software/ecc/limbs.h"

void modular_multiply_portable(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m, uint64_t m_inverse,
                                  uint64_t *t)
{
    limb top = limbs_multiply_in((int)n, t, a, b, m, m_inverse);
    limbs_reduce_in((int)n, t + n, r, top, t, m);
}

void modular_square_portable(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *m, uint64_t m_inverse, uint64_t *t)
{
    modular_multiply_portable(n, r, a, a, m, m_inverse, t);
}

#endif
