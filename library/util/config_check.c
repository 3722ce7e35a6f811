/* SPDX-License-Identifier: Apache-2.0 */
#include "util/config_check.h"

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#if defined(__ELF__) && defined(__GNUC__)

/* psa/crypto.h defines it in whatever includes it; weak here too, so that a program without it links.
 * Programs come before libraries in the order in which linkers and loaders look for it. */
extern const uint32_t psacrypto_program_options __attribute__((weak));

psa_status_t config_check(void)
{
    const uint32_t *options = &psacrypto_program_options;

    if (options == NULL || *options == (uint32_t)PSACRYPTO_CONFIG_FINGERPRINT) {
        return PSA_SUCCESS;
    }
    return PSA_ERROR_NOT_SUPPORTED;
}

#else

psa_status_t config_check(void)
{
    return PSA_SUCCESS;
}

#endif
