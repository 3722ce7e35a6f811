/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of short Weierstrass curves (Crypto API, PSA_KEY_TYPE_ECC_KEY_PAIR; SEC 1, 2.3.3 for points). */
#include "software/ecc/curve.h"
#include "software/ecc/scalar.h"
#include "util/ct.h"

static psa_status_t check_private(const struct sw_curve *curve, const uint8_t *private_key)
{
    uint32_t valid = sw_scalar_in_range(curve, private_key);
    CT_PUBLIC(&valid, sizeof valid); /* the answer to the caller */
    return valid != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t check_public(const struct sw_curve *curve, const uint8_t *public_key)
{
    /* Uncompressed points alone: 0x02 and 0x03 (compressed), 0x06 and 0x07 (hybrid) are not PSA's format. */
    if (public_key[0] != 0x04) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return curve->arithmetic->check_point(curve, public_key);
}

const struct sw_curve_keys sw_weierstrass_keys = {
    .check_private = check_private,
    .check_public = check_public,
    .draw_private = sw_scalar_draw,
};
