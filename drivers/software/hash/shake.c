/* SPDX-License-Identifier: Apache-2.0 */
/* SHAKE with an output of fixed length (FIPS 202, section 6.2), as hashes. No HMAC is specified with them. */
#include "software/hash/hash.h"
#include "software/hash/keccak.h"

#if SW_HAS_SHAKE_HASH

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

#if PSA_WANT_ALG_SHAKE128_256

static void shake128_256_init(void *context)
{
    sw_keccak_init(context, SW_SHAKE128_RATE, SW_SHAKE_SUFFIX, 32);
}

const struct sw_hash sw_shake128_256 = {
    .alg = PSA_ALG_SHAKE128_256,
    .length = 32,
    .context_size = sizeof(struct sw_keccak),
    .init = shake128_256_init,
    .update = update,
    .finish = finish,
};

#endif

#if PSA_WANT_ALG_SHAKE256_192

static void shake256_192_init(void *context)
{
    sw_keccak_init(context, SW_SHAKE256_RATE, SW_SHAKE_SUFFIX, 24);
}

const struct sw_hash sw_shake256_192 = {
    .alg = PSA_ALG_SHAKE256_192,
    .length = 24,
    .context_size = sizeof(struct sw_keccak),
    .init = shake256_192_init,
    .update = update,
    .finish = finish,
};

#endif

#if PSA_WANT_ALG_SHAKE256_256

static void shake256_256_init(void *context)
{
    sw_keccak_init(context, SW_SHAKE256_RATE, SW_SHAKE_SUFFIX, 32);
}

const struct sw_hash sw_shake256_256 = {
    .alg = PSA_ALG_SHAKE256_256,
    .length = 32,
    .context_size = sizeof(struct sw_keccak),
    .init = shake256_256_init,
    .update = update,
    .finish = finish,
};

#endif

#if PSA_WANT_ALG_SHAKE256_512

static void shake256_512_init(void *context)
{
    sw_keccak_init(context, SW_SHAKE256_RATE, SW_SHAKE_SUFFIX, 64);
}

const struct sw_hash sw_shake256_512 = {
    .alg = PSA_ALG_SHAKE256_512,
    .length = 64,
    .context_size = sizeof(struct sw_keccak),
    .init = shake256_512_init,
    .update = update,
    .finish = finish,
};

#endif
