/* SPDX-License-Identifier: Apache-2.0 */
/* One row per extendable-output function. A new one is a source that defines a `const struct sw_xof` and a line in table.c. */
#ifndef SOFTWARE_XOF_XOF_H
#define SOFTWARE_XOF_XOF_H

#include <psacrypto/driver.h>

struct sw_xof {
    psa_algorithm_t alg;
    uint16_t context_size;  /* a multiple of 8 */
    void (*init)(void *context);
    /* The context string, before any input. NULL: there is none. */
    psa_status_t (*set_context)(void *context, const uint8_t *string, size_t string_length);
    void (*update)(void *context, const uint8_t *input, size_t input_length);
    /* Ends the input: once, before the first output. */
    void (*end_input)(void *context);
    void (*output)(void *context, uint8_t *output, size_t output_length);
};

/* NULL where the algorithm is not in this build. */
const struct sw_xof *sw_xof_find(psa_algorithm_t alg);

#endif
