/* SPDX-License-Identifier: Apache-2.0 */
/* The library as a whole: open or not. */
#ifndef API_LIBRARY_H
#define API_LIBRARY_H

#include "util/atomic.h"
#include "util/reason.h"

extern uint32_t library_open_state; /* 1 between psa_crypto_init() and psacrypto_shutdown() */

static inline int library_is_open(void)
{
    return ATOMIC_LOAD(&library_open_state) == 1u;
}

#endif
