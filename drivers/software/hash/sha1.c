/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-1 (FIPS 180-4, section 6.1). Collisions are practical: for old formats, and within HMAC and HKDF. */
#include "software/hash/md.h"
#include "software/kernels.h"

#if PSA_WANT_ALG_SHA_1

/* Section 5.3.1. */
static const uint32_t initial[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

static void compress(void *state, const uint8_t *blocks, size_t count)
{
    sw_kernels.sha1_compress(state, blocks, count);
}

static const struct sw_md md = {.compress = compress, .block = 64, .word = 4, .words = 5, .little = 0};

static void init(void *context)
{
    sw_md_init(&md, context, initial);
}

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_md_update(&md, context, input, input_length);
}

static void finish(void *context, uint8_t *hash)
{
    sw_md_finish(&md, context, hash, 20);
}

const struct sw_hash sw_sha1 = {
    .alg = PSA_ALG_SHA_1,
    .length = 20,
    .block = 64,
    .context_size = SW_MD_CONTEXT_SIZE(4, 5, 64),
    .md = &md,
    .state_length = 20,
    .init = init,
    .update = update,
    .finish = finish,
};

#endif
