/* SPDX-License-Identifier: Apache-2.0 */
/* libb2, of the authors of BLAKE2: with the parallel forms. */
#include <blake2.h>

#include "differential/peer.h"

static int compute(psa_algorithm_t alg, const struct peer_case *c, uint8_t *output)
{
    return alg == PSA_ALG_BLAKE2B_HASH512  ? blake2b(output, c->input, c->key, 64, c->length, c->key_length) == 0 :
           alg == PSA_ALG_BLAKE2BP_HASH512 ? blake2bp(output, c->input, c->key, 64, c->length, c->key_length) == 0 :
           alg == PSA_ALG_BLAKE2S_HASH256  ? blake2s(output, c->input, c->key, 32, c->length, c->key_length) == 0 :
           alg == PSA_ALG_BLAKE2SP_HASH256 ? blake2sp(output, c->input, c->key, 32, c->length, c->key_length) == 0 :
                                             0;
}

static int hash(const struct peer_case *c, uint8_t *output)
{
    return compute(c->alg, c, output);
}

static int mac(const struct peer_case *c, uint8_t *output)
{
    return PSA_ALG_IS_BLAKE2_MAC(c->alg) && compute(PSA_ALG_GET_HASH(c->alg), c, output);
}

const struct peer peer_b2 = {"libb2", {hash, mac, NULL, NULL, NULL, NULL}};
