/* SPDX-License-Identifier: Apache-2.0 */
/* Rounds of Ascon's permutation, for whoever keeps the state in registers between two of them. */
#ifndef SOFTWARE_HASH_ASCON_ROUNDS_H
#define SOFTWARE_HASH_ASCON_ROUNDS_H

#include "util/bytes.h"

/* SP 800-232, sections 3.2 to 3.4: the constant, the S-box of all 64 columns at once, the linear layer. */
static inline void ascon_round(uint64_t x[5], uint64_t constant)
{
    const uint64_t x0 = x[0] ^ x[4];
    const uint64_t x1 = x[1];
    const uint64_t x2 = x[2] ^ x[1] ^ constant;
    const uint64_t x3 = x[3];
    const uint64_t x4 = x[4] ^ x[3];
    const uint64_t t0 = x0 ^ (~x1 & x2);
    const uint64_t t1 = x1 ^ (~x2 & x3);
    const uint64_t t2 = x2 ^ (~x3 & x4);
    const uint64_t t3 = x3 ^ (~x4 & x0);
    const uint64_t t4 = x4 ^ (~x0 & x1);
    const uint64_t s0 = t0 ^ t4;
    const uint64_t s1 = t1 ^ t0;
    const uint64_t s2 = ~t2;
    const uint64_t s3 = t3 ^ t2;

    x[0] = s0 ^ rotr64(s0, 19) ^ rotr64(s0, 28);
    x[1] = s1 ^ rotr64(s1, 61) ^ rotr64(s1, 39);
    x[2] = s2 ^ rotr64(s2, 1) ^ rotr64(s2, 6);
    x[3] = s3 ^ rotr64(s3, 10) ^ rotr64(s3, 17);
    x[4] = t4 ^ rotr64(t4, 7) ^ rotr64(t4, 41);
}

/* Table 5: the constant of the last round is 0x4b, and those before it are each 0x0f more. */
static inline void ascon_rounds(uint64_t x[5], unsigned rounds)
{
    for (unsigned i = rounds; i != 0; i--) {
        ascon_round(x, 0x4bu + 0x0fu * (i - 1u));
    }
}

#endif
