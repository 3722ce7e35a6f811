/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/eddsa.h"

#include <string.h>

#include "util/zeroise.h"

static const struct sw_eddsa *const curves[] = {
#if PSA_WANT_ECC_TWISTED_EDWARDS_255
    &sw_ed25519,
#endif
#if PSA_WANT_ECC_TWISTED_EDWARDS_448
    &sw_ed448,
#endif
    NULL,
};

const struct sw_eddsa *sw_eddsa_find(size_t bits)
{
    const struct sw_eddsa *const *row = curves;
    while (*row != NULL && (*row)->bits != bits) {
        row++;
    }
    return *row;
}

/* dom2(phflag, context) and dom4(phflag, context) (RFC 8032, 2), or nothing for plain Ed25519. */
static void hash_domain(const struct sw_eddsa *eddsa, void *hash, const struct sw_eddsa_variant *variant)
{
    uint8_t flags[2] = { variant->prehashed, (uint8_t)variant->context_length };
    if (variant->plain && !eddsa->always_domain) {
        return;
    }
    eddsa->hash_update(hash, (const uint8_t *)eddsa->domain, strlen(eddsa->domain));
    eddsa->hash_update(hash, flags, sizeof flags);
    eddsa->hash_update(hash, variant->context, variant->context_length);
}

/* The private key hashed (RFC 8032, 5.1.5, step 1): the pruned scalar, and the prefix for nonces. */
static psa_status_t expand(const struct sw_eddsa *eddsa, uint8_t *expanded, const uint8_t *private_key)
{
    uint64_t hash[SW_HASH_CONTEXT_MAX / 8u];
    if (!eddsa->hash_init(hash)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    eddsa->hash_update(hash, private_key, eddsa->length);
    eddsa->hash_finish(hash, expanded);
    eddsa->prune(expanded);
    ZEROISE(hash);
    return PSA_SUCCESS;
}

/* scalar = H(dom || first || second || input) mod L; the second may be missing. */
static void hash_to_scalar(const struct sw_eddsa *eddsa, uint8_t *scalar, const struct sw_eddsa_variant *variant,
                           const uint8_t *first, const uint8_t *second, const uint8_t *input, size_t input_length)
{
    uint64_t hash[SW_HASH_CONTEXT_MAX / 8u];
    uint8_t output[2u * SW_EDDSA_LENGTH_MAX];
    (void)eddsa->hash_init(hash);
    hash_domain(eddsa, hash, variant);
    eddsa->hash_update(hash, first, eddsa->length);
    if (second != NULL) {
        eddsa->hash_update(hash, second, eddsa->length);
    }
    eddsa->hash_update(hash, input, input_length);
    eddsa->hash_finish(hash, output);
    eddsa->reduce(scalar, output);
    ZEROISE(hash);
    ZEROISE(output);
}

psa_status_t sw_eddsa_expand(const struct sw_eddsa *eddsa, struct sw_eddsa_key *key, const uint8_t *private_key)
{
    psa_status_t status = expand(eddsa, key->expanded, private_key);
    if (status == PSA_SUCCESS) {
        eddsa->multiply_base(key->public_key, key->expanded);
    }
    return status;
}

psa_status_t sw_eddsa_public_key(const struct sw_eddsa *eddsa, uint8_t *public_key, const uint8_t *private_key)
{
    struct sw_eddsa_key key;
    psa_status_t status = sw_eddsa_expand(eddsa, &key, private_key);
    if (status == PSA_SUCCESS) {
        memcpy(public_key, key.public_key, eddsa->length);
    }
    ZEROISE(key);
    return status;
}

/* RFC 8032, 5.1.6 and 5.2.6 */
void sw_eddsa_sign_expanded(const struct sw_eddsa *eddsa, uint8_t *signature, const struct sw_eddsa_key *key,
                            const struct sw_eddsa_variant *variant, const uint8_t *input, size_t input_length)
{
    size_t length = eddsa->length;
    uint8_t nonce[SW_EDDSA_LENGTH_MAX], r[SW_EDDSA_LENGTH_MAX], k[SW_EDDSA_LENGTH_MAX];
    hash_to_scalar(eddsa, nonce, variant, key->expanded + length, NULL, input, input_length);
    eddsa->multiply_base(r, nonce);
    hash_to_scalar(eddsa, k, variant, r, key->public_key, input, input_length);
    memcpy(signature, r, length); /* the input has been read for the last time */
    eddsa->multiply_add(signature + length, nonce, k, key->expanded);
    ZEROISE(nonce);
}

psa_status_t sw_eddsa_sign(const struct sw_eddsa *eddsa, uint8_t *signature, const uint8_t *private_key,
                           const struct sw_eddsa_variant *variant, const uint8_t *input, size_t input_length)
{
    struct sw_eddsa_key key;
    psa_status_t status = sw_eddsa_expand(eddsa, &key, private_key);
    if (status == PSA_SUCCESS) {
        sw_eddsa_sign_expanded(eddsa, signature, &key, variant, input, input_length);
    }
    ZEROISE(key);
    return status;
}

psa_status_t sw_eddsa_verify_start(const struct sw_eddsa *eddsa, struct sw_eddsa_verification *state, const uint8_t *public_key,
                                   const struct sw_eddsa_variant *variant, const uint8_t *signature)
{
    if (!eddsa->hash_init(state->hash)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    state->bits = eddsa->bits;
    memcpy(state->public_key, public_key, eddsa->length);
    hash_domain(eddsa, state->hash, variant);
    eddsa->hash_update(state->hash, signature, eddsa->length);
    eddsa->hash_update(state->hash, public_key, eddsa->length);
    return PSA_SUCCESS;
}

psa_status_t sw_eddsa_verify_finish(const struct sw_eddsa *eddsa, struct sw_eddsa_verification *state, const void *table,
                                    const uint8_t *signature)
{
    uint8_t hash[2u * SW_EDDSA_LENGTH_MAX], k[SW_EDDSA_LENGTH_MAX];
    const uint8_t *s = signature + eddsa->length;
    eddsa->hash_finish(state->hash, hash);
    eddsa->reduce(k, hash);
    int right = table != NULL ? eddsa->verify_by_table_vartime(signature, s, k, table)
                              : eddsa->verify_vartime(signature, s, k, state->public_key);
    return right ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

/* ---- Keys ---- */

static psa_status_t check_private(const struct sw_curve *curve, const uint8_t *private_key)
{
    (void)curve;
    (void)private_key;
    return PSA_SUCCESS;
}

static psa_status_t draw_private(const struct sw_curve *curve, uint8_t *private_key, psacrypto_draw_t draw, void *source)
{
    psa_status_t status = draw(source, private_key, curve->order_length);
    if (status != PSA_SUCCESS) {
        zeroise(private_key, curve->order_length);
    }
    return status;
}

const struct sw_curve_keys sw_eddsa_keys = {
    .check_private = check_private,
    .draw_private = draw_private,
};
