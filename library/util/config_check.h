/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the program was compiled with the options of this library. */
#ifndef UTIL_CONFIG_CHECK_H
#define UTIL_CONFIG_CHECK_H

#include <psa/error.h>

/* For psa_crypto_init(): PSA_SUCCESS, or PSA_ERROR_NOT_SUPPORTED if the options differ. A program
 * that does not tell its options passes. */
psa_status_t config_check(void);

#endif
