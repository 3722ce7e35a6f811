/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-3 (FIPS 202, section 6.1). No suspend format is specified for it. */
#include "software/hash/hash.h"
#include "software/hash/keccak.h"

#if SW_HAS_SHA3

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_keccak_absorb(context, input, input_length);
}

static void finish(void *context, uint8_t *hash)
{
    struct sw_keccak *keccak = context;

    sw_keccak_pad(keccak);
    sw_keccak_squeeze(keccak, hash, keccak->hash_length);
}

#endif

#if PSA_WANT_ALG_SHA3_224

static void sha3_224_init(void *context)
{
    sw_keccak_init(context, SW_SHA3_RATE(28), SW_SHA3_SUFFIX, 28);
}

const struct sw_hash sw_sha3_224 = {
    .alg = PSA_ALG_SHA3_224,
    .length = 28,
    .block = SW_SHA3_RATE(28),
    .context_size = sizeof(struct sw_keccak),
    .init = sha3_224_init,
    .update = update,
    .finish = finish,
};

#endif

#if PSA_WANT_ALG_SHA3_256

static void sha3_256_init(void *context)
{
    sw_keccak_init(context, SW_SHA3_RATE(32), SW_SHA3_SUFFIX, 32);
}

const struct sw_hash sw_sha3_256 = {
    .alg = PSA_ALG_SHA3_256,
    .length = 32,
    .block = SW_SHA3_RATE(32),
    .context_size = sizeof(struct sw_keccak),
    .init = sha3_256_init,
    .update = update,
    .finish = finish,
};

#endif

#if PSA_WANT_ALG_SHA3_384

static void sha3_384_init(void *context)
{
    sw_keccak_init(context, SW_SHA3_RATE(48), SW_SHA3_SUFFIX, 48);
}

const struct sw_hash sw_sha3_384 = {
    .alg = PSA_ALG_SHA3_384,
    .length = 48,
    .block = SW_SHA3_RATE(48),
    .context_size = sizeof(struct sw_keccak),
    .init = sha3_384_init,
    .update = update,
    .finish = finish,
};

#endif

#if PSA_WANT_ALG_SHA3_512

static void sha3_512_init(void *context)
{
    sw_keccak_init(context, SW_SHA3_RATE(64), SW_SHA3_SUFFIX, 64);
}

const struct sw_hash sw_sha3_512 = {
    .alg = PSA_ALG_SHA3_512,
    .length = 64,
    .block = SW_SHA3_RATE(64),
    .context_size = sizeof(struct sw_keccak),
    .init = sha3_512_init,
    .update = update,
    .finish = finish,
};

#endif
