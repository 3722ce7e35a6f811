/* SPDX-License-Identifier: Apache-2.0 */
/* What the sources of WPA3-SAE share (IEEE 802.11-2020, 12.4). */
#ifndef SOFTWARE_PAKE_SAE_H
#define SOFTWARE_PAKE_SAE_H

#include "software/mac/hmac.h"
#include "software/pake/sae_group.h"

#define SW_HAS_SAE_PAKE ((PSA_WANT_ALG_WPA3_SAE_FIXED | PSA_WANT_ALG_WPA3_SAE_GDH) & SW_HAS_SAE)

#define SW_SAE_ADDRESS_LENGTH 6u

/* KDF-Hash-Length (12.7.1.7.2), bits of output; unused bits of the last byte are 0. The key is as long as the hash. */
void sw_sae_kdf(const struct sw_hash *hash, uint8_t *output, size_t bits, const uint8_t *key, const char *label,
                const uint8_t *context, size_t context_length);

/* The password element PWE for two addresses, of a password (12.4.4.2.2, 12.4.4.3.2) and of a token (12.4.5.2): group->element_length
 * bytes. */
psa_status_t sw_sae_element_of_password(const struct sw_sae_group *group, uint8_t *element, const uint8_t *password,
                                        size_t password_length, const uint8_t *a, const uint8_t *b);
psa_status_t sw_sae_element_of_token(const struct sw_sae_group *group, uint8_t *element, const uint8_t *token,
                                     const uint8_t *a, const uint8_t *b);

/* result = scalar * element + addend; addend may be NULL. PSA_ERROR_INVALID_ARGUMENT for the neutral element. */
psa_status_t sw_sae_multiply(const struct sw_sae_group *group, uint8_t *result, const uint8_t *scalar, const uint8_t *element,
                             const uint8_t *addend);

#endif
