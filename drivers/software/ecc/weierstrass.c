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

const struct sw_curve_keys sw_weierstrass_keys = {
    .check_private = check_private,
    .draw_private = sw_scalar_draw,
};
