/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-384, SHA-512, SHA-512/224 and SHA-512/256 (FIPS 180-4, sections 6.4 to 6.7). */
#include "software/hash/md.h"
#include "software/hash/sha2.h"
#include "software/kernels.h"

#if SW_HAS_SHA512

static void compress(void *state, const uint8_t *blocks, size_t count)
{
    sw_kernels.sha512_compress(state, blocks, count);
}

static const struct sw_md md = {.compress = compress, .block = 128, .word = 8, .words = 8, .little = 0};

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_md_update(&md, context, input, input_length);
}

#endif

#if PSA_WANT_ALG_SHA_384

/* Section 5.3.4. */
static const uint64_t sha384_initial[8] = {
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

static void sha384_init(void *context)
{
    sw_md_init(&md, context, sha384_initial);
}

static void sha384_finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 48);
}

const struct sw_hash sw_sha384 = {
    .alg = PSA_ALG_SHA_384,
    .length = 48,
    .block = 128,
    .context_size = SW_MD_CONTEXT_SIZE(8, 8, 128),
    .md = &md,
    .state_length = 64,
    .init = sha384_init,
    .update = update,
    .finish = sha384_finish,
};

#endif

#if PSA_WANT_ALG_SHA_512

/* Section 5.3.5. */
static const uint64_t sha512_initial[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

static void sha512_init(void *context)
{
    sw_md_init(&md, context, sha512_initial);
}

static void sha512_finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 64);
}

const struct sw_hash sw_sha512 = {
    .alg = PSA_ALG_SHA_512,
    .length = 64,
    .block = 128,
    .context_size = SW_MD_CONTEXT_SIZE(8, 8, 128),
    .md = &md,
    .state_length = 64,
    .init = sha512_init,
    .update = update,
    .finish = sha512_finish,
};

#endif

#if PSA_WANT_ALG_SHA_512_224

/* Section 5.3.6.1. */
static const uint64_t sha512_224_initial[8] = {
    0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf,
    0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1,
};

static void sha512_224_init(void *context)
{
    sw_md_init(&md, context, sha512_224_initial);
}

static void sha512_224_finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 28);
}

const struct sw_hash sw_sha512_224 = {
    .alg = PSA_ALG_SHA_512_224,
    .length = 28,
    .block = 128,
    .context_size = SW_MD_CONTEXT_SIZE(8, 8, 128),
    .md = &md,
    .state_length = 64,
    .init = sha512_224_init,
    .update = update,
    .finish = sha512_224_finish,
};

#endif

#if PSA_WANT_ALG_SHA_512_256

/* Section 5.3.6.2. */
static const uint64_t sha512_256_initial[8] = {
    0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd,
    0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2,
};

static void sha512_256_init(void *context)
{
    sw_md_init(&md, context, sha512_256_initial);
}

static void sha512_256_finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 32);
}

const struct sw_hash sw_sha512_256 = {
    .alg = PSA_ALG_SHA_512_256,
    .length = 32,
    .block = 128,
    .context_size = SW_MD_CONTEXT_SIZE(8, 8, 128),
    .md = &md,
    .state_length = 64,
    .init = sha512_256_init,
    .update = update,
    .finish = sha512_256_finish,
};

#endif
