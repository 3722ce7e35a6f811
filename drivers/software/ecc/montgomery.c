/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of Montgomery curves (Crypto API, PSA_KEY_TYPE_ECC_KEY_PAIR). */
#include "software/ecc/montgomery.h"

#include "util/ct.h"
#include "util/zeroise.h"

/* RFC 7748, 5: the cofactor's bits are 0, the highest bit of the scalar is 1, and what is above it 0. */
static void set_forced_bits(const struct sw_curve *curve, uint8_t *first, uint8_t *last)
{
    if (curve->bits == 255) {
        *first &= 0xf8;
        *last = (uint8_t)((*last & 0x7f) | 0x40);
    } else {
        *first &= 0xfc;
        *last |= 0x80;
    }
}

static psa_status_t check_private(const struct sw_curve *curve, const uint8_t *private_key)
{
    uint8_t ends[2] = { private_key[0], private_key[curve->order_length - 1] }, forced[2] = { ends[0], ends[1] };
    set_forced_bits(curve, &forced[0], &forced[1]);
    int valid = ct_verify(ends, forced, sizeof ends);
    ZEROISE(ends);
    ZEROISE(forced);
    return valid ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t draw_private(const struct sw_curve *curve, uint8_t *private_key, psacrypto_draw_t draw, void *source)
{
    psa_status_t status = draw(source, private_key, curve->order_length);
    if (status != PSA_SUCCESS) {
        zeroise(private_key, curve->order_length);
        return status;
    }
    set_forced_bits(curve, private_key, private_key + curve->order_length - 1);
    return PSA_SUCCESS;
}

const struct sw_curve_keys sw_montgomery_keys = {
    .check_private = check_private,
    .draw_private = draw_private,
};

psa_status_t sw_montgomery_check_point(const struct sw_curve *curve, const uint8_t *point)
{
    (void)curve;
    (void)point;
    return PSA_SUCCESS;
}

psa_status_t sw_montgomery_check_secret(const struct sw_curve *curve, uint8_t *secret)
{
    static const uint8_t zero[SW_CURVE_LENGTH_MAX];
    /* The answer is public: it depends on the peer's point alone. */
    if (ct_verify(secret, zero, curve->field_length)) {
        zeroise(secret, curve->field_length);
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return PSA_SUCCESS;
}
