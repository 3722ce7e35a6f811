/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-224 and SHA-256 (FIPS 180-4, sections 6.2 and 6.3) and SHA-256/192 (the first 192 bits of SHA-256, SP 800-208). */
#include "software/hash/md.h"
#include "software/hash/sha2.h"
#include "software/kernels.h"

#if SW_HAS_SHA256

static void compress(void *state, const uint8_t *blocks, size_t count)
{
    sw_kernels.sha256_compress(state, blocks, count);
}

static void compress_lanes(void *states, const uint8_t *blocks, size_t lanes)
{
    sw_kernels.sha256_compress_lanes(states, (const uint8_t(*)[64])blocks, lanes);
}

static void nested_short(const void *inner, const void *outer, const uint8_t *input, size_t input_length, uint8_t *hash)
{
    sw_kernels.sha256_nested(inner, outer, input, input_length, hash);
}

static const struct sw_md md = {
    .compress = compress, .compress_lanes = compress_lanes, .nested_short = nested_short, .block = 64, .word = 4, .words = 8, .little = 0,
};

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_md_update(&md, context, input, input_length);
}

#endif

#if PSA_WANT_ALG_SHA_224

/* Section 5.3.2. */
static const uint32_t sha224_initial[8] = {
    0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
};

static void sha224_init(void *context)
{
    sw_md_init(&md, context, sha224_initial);
}

static void sha224_finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 28);
}

const struct sw_hash sw_sha224 = {
    .alg = PSA_ALG_SHA_224,
    .length = 28,
    .block = 64,
    .context_size = SW_MD_CONTEXT_SIZE(4, 8, 64),
    .md = &md,
    .state_length = 32,
    .init = sha224_init,
    .update = update,
    .finish = sha224_finish,
};

#endif

#if PSA_WANT_ALG_SHA_256 || PSA_WANT_ALG_SHA_256_192

/* Section 5.3.3. */
static const uint32_t sha256_initial[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static void sha256_init(void *context)
{
    sw_md_init(&md, context, sha256_initial);
}

#endif

#if PSA_WANT_ALG_SHA_256

static void sha256_finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 32);
}

const struct sw_hash sw_sha256 = {
    .alg = PSA_ALG_SHA_256,
    .length = 32,
    .block = 64,
    .context_size = SW_MD_CONTEXT_SIZE(4, 8, 64),
    .md = &md,
    .state_length = 32,
    .init = sha256_init,
    .update = update,
    .finish = sha256_finish,
};

#endif

#if PSA_WANT_ALG_SHA_256_192

static void sha256_192_finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 24);
}

/* Neither HMAC nor a suspend format is specified for it. */
const struct sw_hash sw_sha256_192 = {
    .alg = PSA_ALG_SHA_256_192,
    .length = 24,
    .block = 0,
    .context_size = SW_MD_CONTEXT_SIZE(4, 8, 64),
    .md = &md,
    .init = sha256_init,
    .update = update,
    .finish = sha256_192_finish,
};

#endif
