/* SPDX-License-Identifier: Apache-2.0 */
/* Ascon-XOF128 and Ascon-CXOF128 (NIST SP 800-232, sections 5.2 and 5.3). */
#include "software/hash/ascon.h"
#include "software/xof/xof.h"
#include "util/bytes.h"

#if PSA_WANT_ALG_ASCON_XOF128 || PSA_WANT_ALG_ASCON_CXOF128

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_ascon_absorb(context, input, input_length);
}

static void end_input(void *context)
{
    sw_ascon_pad(context);
}

static void output(void *context, uint8_t *bytes, size_t length)
{
    sw_ascon_squeeze(context, bytes, length);
}

#endif

#if PSA_WANT_ALG_ASCON_XOF128

static void xof128_init(void *context)
{
    sw_ascon_init(context, SW_ASCON_XOF128_IV);
}

const struct sw_xof sw_ascon_xof128 = {
    .alg = PSA_ALG_ASCON_XOF128,
    .context_size = sizeof(struct sw_ascon),
    .init = xof128_init,
    .update = update,
    .end_input = end_input,
    .output = output,
};

#endif

#if PSA_WANT_ALG_ASCON_CXOF128

/* Section 5.3: at most 2048 bits. */
#define CUSTOMIZATION_MAX 256u

static void cxof128_init(void *context)
{
    sw_ascon_init(context, SW_ASCON_CXOF128_IV);
}

/* Its length in bits, then the string, padded. */
static psa_status_t set_context(void *context, const uint8_t *string, size_t string_length)
{
    uint8_t bits[8];

    if (string_length > CUSTOMIZATION_MAX) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    store64_le(bits, 8u * (uint64_t)string_length);
    sw_ascon_absorb(context, bits, sizeof bits);
    sw_ascon_absorb(context, string, string_length);
    sw_ascon_pad(context);
    return PSA_SUCCESS;
}

const struct sw_xof sw_ascon_cxof128 = {
    .alg = PSA_ALG_ASCON_CXOF128,
    .context_size = sizeof(struct sw_ascon),
    .init = cxof128_init,
    .set_context = set_context,
    .update = update,
    .end_input = end_input,
    .output = output,
};

#endif
