/* SPDX-License-Identifier: Apache-2.0 */
/* EME-PKCS1-v1_5 (RFC 8017, 7.2). */
#include "software/rsa/rsa.h"

#if SW_HAS_RSA

#include "software/rsa/unpad.h"
#include "software/software.h"
#include "util/bytes.h"

/* 00 02, at least eight random bytes, 00 */
#define PADDING_MIN 11u

static int matches(psa_algorithm_t alg)
{
    return alg == PSA_ALG_RSA_PKCS1V15_CRYPT;
}

static int supports(psa_algorithm_t alg, size_t encoded_length)
{
    (void)alg;
    return encoded_length >= PADDING_MIN;
}

/* Random bytes other than zero. A byte that is drawn again is one that is not used: the time tells nothing of the others. */
static psa_status_t draw_nonzero(uint8_t *output, size_t length)
{
    psa_status_t status = sw_random(output, length);
    for (size_t i = 0; status == PSA_SUCCESS && i < length; i++) {
        while (status == PSA_SUCCESS && output[i] == 0) {
            status = sw_random(output + i, 1);
        }
    }
    return status;
}

static psa_status_t encode(psa_algorithm_t alg, uint8_t *encoded, size_t encoded_length, const uint8_t *message,
                           size_t message_length, const uint8_t *label, size_t label_length)
{
    (void)alg;
    (void)label;
    if (label_length != 0 || encoded_length < PADDING_MIN || message_length > encoded_length - PADDING_MIN) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    size_t padding = encoded_length - message_length;
    encoded[0] = 0;
    encoded[1] = 2;
    encoded[padding - 1u] = 0;
    bytes_copy(encoded + padding, message, message_length);
    return draw_nonzero(encoded + 2, padding - 3u);
}

/* 7.2.2, 3: the message stands behind the first zero byte from the third on, which is not among the next eight. */
static psa_status_t decode(psa_algorithm_t alg, uint8_t *message, size_t message_size, size_t *message_length,
                           uint8_t *encoded, size_t encoded_length, const uint8_t *label, size_t label_length)
{
    uint32_t wrong = encoded[0] | (uint32_t)(encoded[1] ^ 2u);
    uint32_t before = ~(uint32_t)0; /* the zero byte has not come yet */
    uint32_t start = 0;
    (void)alg;
    (void)label;
    if (label_length != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    for (uint32_t i = 2; i < encoded_length; i++) {
        uint32_t first = before & ct_mask_zero32(encoded[i]);
        start |= first & (i + 1u);
        before &= ~first;
    }
    wrong |= before | ct_mask_less32(start, PADDING_MIN);
    return rsa_unpad(message, message_size, message_length, encoded, (uint32_t)encoded_length, start, wrong);
}

const struct sw_rsa_encryption sw_rsa_pkcs1_encryption = {
    .matches = matches,
    .supports = supports,
    .encode = encode,
    .decode = decode,
};

#endif
