/* SPDX-License-Identifier: Apache-2.0 */
/* This library's ways to a result, by the API. */
#ifndef TESTS_DIFFERENTIAL_OURS_H
#define TESTS_DIFFERENTIAL_OURS_H

#include "differential/peer.h"

struct ours {
    const char *name;                 /* for messages */
    enum peer_family family;
    const struct peer_case *c;
    const uint8_t *expected;
    psa_key_id_t key;
};

/* Imports the key, where there is one. */
void ours_begin(struct ours *ours);
void ours_end(struct ours *ours);

/* In one call, and the way back. */
void ours_whole(const struct ours *ours);

/* In parts with one cut, 0 to ours_cuts(): in what is given, or in what comes out. */
size_t ours_cuts(const struct ours *ours);
void ours_parts(const struct ours *ours, size_t cut);

#endif
