/* SPDX-License-Identifier: Apache-2.0 */
#include "software/cipher/mode.h"

static const struct sw_cipher_mode *const modes[] = {
#if PSA_WANT_ALG_CTR
    &sw_ctr,
#endif
#if PSA_WANT_ALG_CBC_NO_PADDING
    &sw_cbc_no_padding,
#endif
#if PSA_WANT_ALG_CBC_PKCS7
    &sw_cbc_pkcs7,
#endif
#if PSA_WANT_ALG_ECB_NO_PADDING
    &sw_ecb_no_padding,
#endif
    NULL,
};

const struct sw_cipher_mode *sw_cipher_mode_find(psa_algorithm_t alg)
{
    for (size_t i = 0; modes[i] != NULL; i++) {
        if (modes[i]->alg == alg) {
            return modes[i];
        }
    }
    return NULL;
}
