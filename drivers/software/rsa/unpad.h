/* SPDX-License-Identifier: Apache-2.0 */
/* The last step of decryption, alike for all that can be wrong with the padding. */
#ifndef SOFTWARE_RSA_UNPAD_H
#define SOFTWARE_RSA_UNPAD_H

#include <psacrypto/driver.h>

#include "util/bytes.h"
#include "util/ct.h"

/*
 * The message is what stands in `encoded` from `start` on, unless `wrong` is other than 0. That decides the status, as the
 * specification has it, and with the length of the message is the first thing to become public; what was wrong does not.
 */
static inline psa_status_t rsa_unpad(uint8_t *message, size_t message_size, size_t *message_length, const uint8_t *encoded,
                                     uint32_t encoded_length, uint32_t start, uint32_t wrong)
{
    uint32_t bad = ct_mask_nonzero32(wrong);
    start = ct_select32(bad, 0, start); /* of a wrong one nothing else is told */
    CT_PUBLIC(&bad, sizeof bad);
    CT_PUBLIC(&start, sizeof start);
    if (bad != 0) {
        return PSA_ERROR_INVALID_PADDING;
    }
    if (message_size < encoded_length - start) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    bytes_copy(message, encoded + start, encoded_length - start);
    *message_length = encoded_length - start;
    return PSA_SUCCESS;
}

#endif
