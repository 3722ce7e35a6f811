/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multiples of a public key, kept with it from its second verification on: a key that comes with one signature, as those of
 * certificates do, pays nothing for them. One thread computes them while others go on without; then nobody writes them again.
 * A child that was forked in between never has them, which costs it time alone.
 *
 * This is memory of prepare() (psacrypto/driver.h), which the library wipes and frees with the key.
 */
#ifndef SOFTWARE_ECC_POINT_TABLE_H
#define SOFTWARE_ECC_POINT_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "util/atomic.h"

/* In a pool of a few kilobytes they would leave no room for keys. */
#define SW_POINT_TABLES (!PSACRYPTO_HEAPLESS)

struct sw_point_table {
    uint32_t state;   /* atomic: the constants below */
    uint32_t reserved;
    uint64_t words[]; /* what the curve makes of the point */
};

enum { SW_POINT_TABLE_UNUSED, SW_POINT_TABLE_USED, SW_POINT_TABLE_BEING_MADE, SW_POINT_TABLE_MADE };

/* Counts a use. Whether the caller is the one to fill words, and to say so by sw_point_table_end(). */
static inline int sw_point_table_begin(struct sw_point_table *table)
{
    uint32_t state = ATOMIC_LOAD(&table->state);
    if (state > SW_POINT_TABLE_USED) {
        return 0;
    }
    return ATOMIC_CAS(&table->state, &state, state + 1u) && state == SW_POINT_TABLE_USED;
}

/* A table that could not be made is not tried again. */
static inline void sw_point_table_end(struct sw_point_table *table, int made)
{
    if (made) {
        ATOMIC_STORE(&table->state, (uint32_t)SW_POINT_TABLE_MADE);
    }
}

/* The words, NULL where there are none. */
static inline const void *sw_point_table_words(const struct sw_point_table *table)
{
    return ATOMIC_LOAD(&table->state) == SW_POINT_TABLE_MADE ? table->words : NULL;
}

#endif
