/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/ecdsa.h"

#include <string.h>

#include "software/ecc/rfc6979.h"
#include "software/ecc/scalar.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* r or s is 0 with probability 2^-(order_bits - 1): more than a few in a row mean that something is broken. */
#define ATTEMPTS_MAX 8

struct nonces {
    const struct sw_curve *curve;
    int deterministic;
    struct sw_rfc6979 generator;
};

static psa_status_t nonces_next(struct nonces *nonces, uint8_t *nonce)
{
    if (!nonces->deterministic) {
        return sw_scalar_draw(nonces->curve, nonce, sw_scalar_draw_random, NULL);
    }
    sw_rfc6979_next(&nonces->generator, nonces->curve, nonce);
    return PSA_SUCCESS;
}

/* e as an integer below the order: FIPS 186-5, 6.4.1, steps 1 to 3 (and RFC 6979, 2.3.4, bits2octets). */
static void hash_to_scalar(const struct sw_curve *curve, uint8_t *e, const uint8_t *hash, size_t hash_length)
{
    sw_scalar_from_bits(curve, e, hash, hash_length);
    sw_scalar_reduce(curve, e);
}

static psa_status_t sign_once(struct nonces *nonces, uint8_t *signature, const uint8_t *private_key, const uint8_t *e)
{
    uint8_t nonce[SW_CURVE_LENGTH_MAX];
    psa_status_t status = nonces_next(nonces, nonce);
    if (status == PSA_SUCCESS) {
        status = nonces->curve->arithmetic->sign(nonces->curve, signature, private_key, nonce, e);
    }
    ZEROISE(nonce);
    return status;
}

static psa_status_t sign_until_valid(struct nonces *nonces, uint8_t *signature, const uint8_t *private_key, const uint8_t *e)
{
    const struct sw_curve *curve = nonces->curve;
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
        psa_status_t status = sign_once(nonces, signature, private_key, e);
        if (status != PSA_SUCCESS) {
            return status;
        }
        uint32_t zero = sw_scalar_is_zero(curve, signature) | sw_scalar_is_zero(curve, signature + curve->order_length);
        CT_PUBLIC(&zero, sizeof zero); /* of the signature, which is public but for a zero that is thrown away */
        if (zero == 0) {
            return PSA_SUCCESS;
        }
    }
    return PSA_ERROR_CORRUPTION_DETECTED;
}

psa_status_t sw_ecdsa_sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key,
                           const struct sw_hash *nonce_hash, const uint8_t *hash, size_t hash_length)
{
    uint8_t e[SW_CURVE_LENGTH_MAX];
    uint8_t result[SW_CURVE_SIGNATURE_MAX]; /* signature may lie over the hash, and is written only when it is good */
    struct nonces nonces = { .curve = curve, .deterministic = nonce_hash != NULL };

    hash_to_scalar(curve, e, hash, hash_length);
    if (nonce_hash != NULL) {
        sw_rfc6979_start(&nonces.generator, curve, nonce_hash, private_key, e);
    }
    psa_status_t status = sign_until_valid(&nonces, result, private_key, e);
    if (status == PSA_SUCCESS) {
        memcpy(signature, result, 2u * curve->order_length);
    }
    ZEROISE(nonces);
    ZEROISE(result);
    ZEROISE(e);
    return status;
}

psa_status_t sw_ecdsa_verify_vartime(const struct sw_curve *curve, const uint8_t *public_key, const void *table,
                                     const uint8_t *hash, size_t hash_length, const uint8_t *signature,
                                     size_t signature_length)
{
    uint8_t e[SW_CURVE_LENGTH_MAX];
    if (signature_length != 2u * curve->order_length) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    /* FIPS 186-5, 6.4.2, step 1 */
    if ((sw_scalar_in_range(curve, signature) & sw_scalar_in_range(curve, signature + curve->order_length)) == 0) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    hash_to_scalar(curve, e, hash, hash_length);
    return table != NULL ? curve->arithmetic->verify_by_table_vartime(curve, table, e, signature)
                         : curve->arithmetic->verify_vartime(curve, public_key, e, signature);
}
