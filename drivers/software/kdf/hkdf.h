/* SPDX-License-Identifier: Apache-2.0 */
/* HKDF (RFC 5869) for other parts of the software driver; the key derivation family has rows of its own. */
#ifndef SOFTWARE_KDF_HKDF_H
#define SOFTWARE_KDF_HKDF_H

#include "software/mac/hmac.h"

/* Section 2.2. prk: hash->length bytes. salt_length 0: no salt. */
void sw_hkdf_extract(const struct sw_hash *hash, uint8_t *prk, const uint8_t *salt, size_t salt_length,
                     const uint8_t *secret, size_t secret_length);

/* Section 2.3. PSA_ERROR_INSUFFICIENT_DATA when output_length is over 255 * hash->length; then nothing is written. */
psa_status_t sw_hkdf_expand(const struct sw_hash *hash, uint8_t *output, size_t output_length,
                            const uint8_t *prk, size_t prk_length, const uint8_t *info, size_t info_length);

#endif
