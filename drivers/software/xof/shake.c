/* SPDX-License-Identifier: Apache-2.0 */
/* SHAKE128 and SHAKE256 (FIPS 202, section 6.2). */
#include "software/hash/keccak.h"
#include "software/xof/xof.h"

#if SW_HAS_SHAKE_XOF

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_keccak_absorb(context, input, input_length);
}

static void end_input(void *context)
{
    sw_keccak_pad(context);
}

static void output(void *context, uint8_t *bytes, size_t length)
{
    sw_keccak_squeeze(context, bytes, length);
}

#endif

#if PSA_WANT_ALG_SHAKE128

static void shake128_init(void *context)
{
    sw_keccak_init(context, SW_SHAKE128_RATE, SW_SHAKE_SUFFIX, 0);
}

const struct sw_xof sw_shake128 = {
    .alg = PSA_ALG_SHAKE128,
    .context_size = sizeof(struct sw_keccak),
    .init = shake128_init,
    .update = update,
    .end_input = end_input,
    .output = output,
};

#endif

#if PSA_WANT_ALG_SHAKE256

static void shake256_init(void *context)
{
    sw_keccak_init(context, SW_SHAKE256_RATE, SW_SHAKE_SUFFIX, 0);
}

const struct sw_xof sw_shake256 = {
    .alg = PSA_ALG_SHAKE256,
    .context_size = sizeof(struct sw_keccak),
    .init = shake256_init,
    .update = update,
    .end_input = end_input,
    .output = output,
};

#endif
