/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes for a caller. */
#ifndef API_RANDOM_H
#define API_RANDOM_H

#include "api/api.h"

psa_status_t api_generate_random(const struct caller *caller, uint8_t *output, size_t output_size);

#endif
