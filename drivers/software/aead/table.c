/* SPDX-License-Identifier: Apache-2.0 */
#include "software/aead/aead.h"

/* GCM first: its short messages are what the time of this search shows in. */
static const struct sw_aead *const aeads[] = {
#if PSA_WANT_ALG_GCM
    &sw_gcm,
#endif
#if PSA_WANT_ALG_CCM
    &sw_ccm,
#endif
#if PSA_WANT_ALG_CHACHA20_POLY1305 && PSA_WANT_KEY_TYPE_CHACHA20
    &sw_chacha20_poly1305,
#endif
#if PSA_WANT_ALG_XCHACHA20_POLY1305 && PSA_WANT_KEY_TYPE_XCHACHA20
    &sw_xchacha20_poly1305,
#endif
#if PSA_WANT_ALG_ASCON_AEAD128 && PSA_WANT_KEY_TYPE_ASCON
    &sw_ascon_aead128,
#endif
    NULL,
};

const struct sw_aead *sw_aead_find(const struct sw_block_cipher **cipher, psa_algorithm_t alg, psa_key_type_t type)
{
    const psa_algorithm_t base = SW_AEAD_BASE(alg);
    const uint32_t tag_length = SW_AEAD_TAG_LENGTH(alg);

    *cipher = NULL;
    for (size_t i = 0; aeads[i] != NULL; i++) {
        const struct sw_aead *aead = aeads[i];
        if (aead->alg != base || tag_length > 16 || (aead->tag_lengths >> tag_length & 1u) == 0) {
            continue;
        }
        if (aead->key_type != 0) {
            return aead->key_type == type ? aead : NULL;
        }
        *cipher = sw_block_cipher_find(type);
        return *cipher != NULL && (*cipher)->block_length == 16 ? aead : NULL;
    }
    return NULL;
}
