/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Random inputs through this library and through every other that has the algorithm (peer.h): in one call and in two parts with
 * every cut, there and back, with every implementation of the kernels.
 */
#ifndef TESTS_DIFFERENTIAL_DIFFERENTIAL_H
#define TESTS_DIFFERENTIAL_DIFFERENTIAL_H

#include "differential/peer.h"

/* One row of a test's table. */
struct subject {
    const char *name;
    psa_algorithm_t alg;
    psa_key_type_t type;              /* 0: without key */
    uint16_t key_min, key_max;        /* bytes */
    uint8_t iv_min, iv_max;           /* nonce, salt or label */
    uint8_t ad_max;                   /* additional data, info, context or seed */
    uint16_t block;                   /* what the algorithm works on at once: lengths around it have every cut */
    uint16_t shortest, longest;       /* of the text; of the output of a derivation */
    uint8_t granularity;              /* the text's length is a multiple of it */
    unsigned others;                  /* OPENSSL | GCRYPT | ...: exactly these have it */
};

/* The running test fails where this library and another, or another and the table, do not agree. */
void differential(enum peer_family family, const struct subject *subjects, size_t count);

#endif
