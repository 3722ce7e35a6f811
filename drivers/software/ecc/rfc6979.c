/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/rfc6979.h"

#include <string.h>

#include "software/ecc/scalar.h"
#include "util/ct.h"
#include "util/zeroise.h"

struct part {
    const uint8_t *data;
    size_t length;
};

/* mac = HMAC_K(parts). mac may be one of the parts. */
static void hmac_parts(const struct sw_rfc6979 *state, uint8_t *mac, const struct part *parts, size_t count)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];
    sw_hmac_start(&state->k, context);
    for (size_t i = 0; i < count; i++) {
        sw_hmac_update(&state->k, context, parts[i].data, parts[i].length);
    }
    sw_hmac_finish(&state->k, context, mac);
    ZEROISE(context);
}

/* V = HMAC_K(V) */
static void step_v(struct sw_rfc6979 *state)
{
    const struct part v = { state->v, state->k.hash->length };
    hmac_parts(state, state->v, &v, 1);
}

/* K = HMAC_K(V || separator || x || h), V = HMAC_K(V): steps d to g and, without x and h, step h.3. */
static void step_k(struct sw_rfc6979 *state, uint8_t separator, const uint8_t *x, const uint8_t *h, size_t length)
{
    const struct sw_hash *hash = state->k.hash;
    const struct part parts[] = { { state->v, hash->length }, { &separator, 1 }, { x, length }, { h, length } };
    uint8_t key[PSA_HASH_MAX_SIZE];

    hmac_parts(state, key, parts, length != 0 ? 4 : 2);
    sw_hmac_expand(&state->k, hash, key, hash->length);
    ZEROISE(key);
    step_v(state);
}

void sw_rfc6979_start(struct sw_rfc6979 *state, const struct sw_curve *curve, const struct sw_hash *hash,
                      const uint8_t *private_key, const uint8_t *e)
{
    static const uint8_t zero[PSA_HASH_MAX_SIZE];
    memset(state->v, 0x01, sizeof state->v);
    sw_hmac_expand(&state->k, hash, zero, hash->length);
    step_k(state, 0x00, private_key, e, curve->order_length);
    step_k(state, 0x01, private_key, e, curve->order_length);
    state->drawn = 0;
}

/* T of step h: V after V until there are order_length bytes. */
static void draw(struct sw_rfc6979 *state, uint8_t *t, size_t length)
{
    while (length != 0) {
        size_t taken = length < state->k.hash->length ? length : state->k.hash->length;
        step_v(state);
        memcpy(t, state->v, taken);
        t += taken;
        length -= taken;
    }
}

void sw_rfc6979_next(struct sw_rfc6979 *state, const struct sw_curve *curve, uint8_t *nonce)
{
    uint8_t t[SW_CURVE_LENGTH_MAX];
    uint32_t accepted;
    do {
        if (state->drawn) {
            step_k(state, 0x00, NULL, NULL, 0);
        }
        draw(state, t, curve->order_length);
        sw_scalar_from_bits(curve, nonce, t, curve->order_length);
        accepted = sw_scalar_in_range(curve, nonce);
        CT_PUBLIC(&accepted, sizeof accepted); /* a refused candidate is thrown away */
        state->drawn = 1;
    } while (accepted == 0);
    ZEROISE(t);
}
