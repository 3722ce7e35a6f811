/* SPDX-License-Identifier: Apache-2.0 */
#include "software/cipher/mode.h"

static const struct sw_cipher_mode *const modes[] = {
#if PSA_WANT_ALG_CTR
    &sw_ctr,
#endif
#if PSA_WANT_ALG_XTS
    &sw_xts,
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
#if PSA_WANT_ALG_CFB
    &sw_cfb,
#endif
#if PSA_WANT_ALG_OFB
    &sw_ofb,
#endif
#if PSA_WANT_ALG_CCM_STAR_NO_TAG
    &sw_ccm_star_no_tag,
#endif
#if PSA_WANT_ALG_STREAM_CIPHER && PSA_WANT_KEY_TYPE_CHACHA20
    &sw_chacha20,
#endif
#if PSA_WANT_ALG_STREAM_CIPHER && PSA_WANT_KEY_TYPE_XCHACHA20
    &sw_xchacha20,
#endif
#if PSA_WANT_ALG_STREAM_CIPHER && PSA_WANT_KEY_TYPE_ARC4
    &sw_arc4,
#endif
    NULL,
};

static int takes_cipher(const struct sw_cipher_mode *mode, const struct sw_block_cipher *cipher)
{
    return cipher != NULL && (mode->block_length == 0 || mode->block_length == cipher->block_length);
}

const struct sw_cipher_mode *sw_cipher_mode_find(const struct sw_block_cipher **cipher, psa_algorithm_t alg, psa_key_type_t type)
{
    *cipher = NULL;
    for (size_t i = 0; modes[i] != NULL; i++) {
        const struct sw_cipher_mode *mode = modes[i];
        if (mode->alg != alg) {
            continue;
        }
        if (mode->key_type == type) {
            return mode;
        }
        if (mode->key_type == 0) {
            *cipher = sw_block_cipher_find(type);
            return takes_cipher(mode, *cipher) ? mode : NULL;
        }
    }
    return NULL;
}

psa_status_t sw_block_set_iv(const struct sw_block_cipher *cipher, const uint8_t *key, struct sw_cipher_context *context,
                             const uint8_t *iv, size_t iv_length)
{
    (void)key;
    if (iv_length != cipher->block_length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    memcpy(context->iv, iv, iv_length);
    return PSA_SUCCESS;
}

size_t sw_stream_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length)
{
    (void)cipher;
    (void)context;
    return length;
}

psa_status_t sw_stream_finish(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                              uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)cipher;
    (void)key;
    (void)context;
    (void)output;
    (void)output_size;
    *output_length = 0;
    return PSA_SUCCESS;
}
