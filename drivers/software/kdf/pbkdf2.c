/* SPDX-License-Identifier: Apache-2.0 */
/* PBKDF2 (RFC 8018, section 5.2) with HMAC and with AES-CMAC-PRF-128 (RFC 4615). */
#include "software/kdf/kdf.h"
#include "software/mac/block_mac.h"
#include "software/mac/hmac_chain.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_PBKDF2_HMAC || PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128

/* The keyed PRF would not fit into the operation, so its key is kept and expanded once per call that needs it. */
struct pbkdf2 {
    psa_algorithm_t alg;
    uint32_t cost;                      /* 0: not yet given */
    uint32_t counter;                   /* of the block that is there; 0: none yet */
    uint8_t left;                       /* of its bytes, still to be given out */
    uint8_t has_password;
    uint8_t key_length;                 /* at most SW_HASH_BLOCK_MAX */
    uint8_t key[SW_HASH_BLOCK_MAX];     /* the password, as short as the PRF lets it be */
    uint8_t block[SW_HASH_LENGTH_MAX];
    struct sw_kdf_input salt;
};

/* A pseudorandom function under a password. */
union prf {
    struct sw_hmac_key hmac;
    struct sw_block_mac_key cmac;
};

struct prf_kind {
    /* Makes the key short and keeps it. */
    void (*shorten)(struct pbkdf2 *pbkdf2, const uint8_t *password, size_t length);
    /* Answers the length of the output. */
    size_t (*expand)(union prf *prf, const struct pbkdf2 *pbkdf2);
    /* PRF(first | second); output may be second. */
    void (*compute)(const union prf *prf, const uint8_t *first, size_t first_length, const uint8_t *second, size_t second_length,
                    uint8_t *output);
    /* sw_hmac_chain() of this PRF. */
    void (*chain)(const union prf *prf, uint8_t (*sums)[SW_HASH_LENGTH_MAX], uint8_t (*values)[SW_HASH_LENGTH_MAX], size_t lanes,
                  uint32_t count);
};

static void setup(void *context, psa_algorithm_t alg)
{
    struct pbkdf2 *pbkdf2 = context;
    pbkdf2->alg = alg;
}

static psa_status_t input_integer(void *context, psa_key_derivation_step_t step, uint64_t value)
{
    struct pbkdf2 *pbkdf2 = context;

    if (step != PSA_KEY_DERIVATION_INPUT_COST || value == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (value > UINT32_MAX) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    pbkdf2->cost = (uint32_t)value;
    return PSA_SUCCESS;
}

static psa_status_t input_with(struct pbkdf2 *pbkdf2, const struct prf_kind *kind, psa_key_derivation_step_t step,
                               const uint8_t *data, size_t data_length)
{
    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SALT: /* several are joined */
        return sw_kdf_input_append(&pbkdf2->salt, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_PASSWORD:
        kind->shorten(pbkdf2, data, data_length);
        pbkdf2->has_password = 1;
        return PSA_SUCCESS;
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

/* Step 3 for the next blocks: T(i) is the sum of U(1) = PRF(P, salt | i) .. U(cost), each the PRF of the one before. */
static void next_blocks(struct pbkdf2 *pbkdf2, const struct prf_kind *kind, const union prf *prf, size_t length,
                        uint8_t (*blocks)[SW_HASH_LENGTH_MAX], size_t count)
{
    uint8_t rounds[SW_HMAC_LANES][SW_HASH_LENGTH_MAX], index[4];

    for (size_t i = 0; i < count; i++) {
        pbkdf2->counter++;
        store32_be(index, pbkdf2->counter);
        kind->compute(prf, pbkdf2->salt.data, pbkdf2->salt.length, index, sizeof index, rounds[i]);
        memcpy(blocks[i], rounds[i], length);
    }
    kind->chain(prf, blocks, rounds, count, pbkdf2->cost - 1u);
    ZEROISE(rounds);
}

/* As many blocks as the output needs, as far as they fit: all but the last go there, which is kept for what comes after. */
static size_t give_out_blocks(struct pbkdf2 *pbkdf2, const struct prf_kind *kind, const union prf *prf, size_t length,
                              uint8_t *output, size_t output_length)
{
    uint8_t blocks[SW_HMAC_LANES][SW_HASH_LENGTH_MAX];
    const size_t needed = (output_length - 1u) / length + 1u;
    size_t count = needed < SW_HMAC_LANES ? needed : SW_HMAC_LANES;

    if (count > UINT32_MAX - pbkdf2->counter) {
        count = UINT32_MAX - pbkdf2->counter;
    }
    next_blocks(pbkdf2, kind, prf, length, blocks, count);
    for (size_t i = 0; i + 1u < count; i++) {
        memcpy(output + i * length, blocks[i], length);
    }
    memcpy(pbkdf2->block, blocks[count - 1u], length);
    pbkdf2->left = (uint8_t)length;
    ZEROISE(blocks);
    return (count - 1u) * length;
}

static psa_status_t give_out(struct pbkdf2 *pbkdf2, const struct prf_kind *kind, const union prf *prf, size_t length,
                             uint8_t *output, size_t output_length)
{
    while (output_length != 0) {
        if (pbkdf2->left == 0) {
            if (pbkdf2->counter == UINT32_MAX) {
                return PSA_ERROR_INSUFFICIENT_DATA; /* step 1: at most 2^32 - 1 blocks */
            }
            const size_t given = give_out_blocks(pbkdf2, kind, prf, length, output, output_length);
            output += given;
            output_length -= given;
        }
        size_t take = pbkdf2->left < output_length ? pbkdf2->left : output_length;
        memcpy(output, pbkdf2->block + length - pbkdf2->left, take);
        pbkdf2->left = (uint8_t)(pbkdf2->left - take);
        output += take;
        output_length -= take;
    }
    return PSA_SUCCESS;
}

static psa_status_t output_with(struct pbkdf2 *pbkdf2, const struct prf_kind *kind, uint8_t *output, size_t output_length)
{
    union prf prf;

    if (pbkdf2->cost == 0 || !pbkdf2->has_password) {
        return PSA_ERROR_BAD_STATE;
    }
    const size_t length = kind->expand(&prf, pbkdf2);
    psa_status_t status = give_out(pbkdf2, kind, &prf, length, output, output_length);
    ZEROISE(prf);
    return status;
}

static void abort_pbkdf2(void *context)
{
    struct pbkdf2 *pbkdf2 = context;
    sw_kdf_input_free(&pbkdf2->salt);
}

#endif

#if PSA_WANT_ALG_PBKDF2_HMAC

static const struct sw_hash *hash_of(const struct pbkdf2 *pbkdf2)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(pbkdf2->alg));
}

static int hmac_supports(psa_algorithm_t alg)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg)) != NULL;
}

static void hmac_shorten(struct pbkdf2 *pbkdf2, const uint8_t *password, size_t length)
{
    pbkdf2->key_length = (uint8_t)sw_hmac_shorten_key(hash_of(pbkdf2), pbkdf2->key, password, length);
}

static size_t hmac_expand(union prf *prf, const struct pbkdf2 *pbkdf2)
{
    sw_hmac_expand(&prf->hmac, hash_of(pbkdf2), pbkdf2->key, pbkdf2->key_length);
    return prf->hmac.hash->length;
}

static void hmac_compute(const union prf *prf, const uint8_t *first, size_t first_length, const uint8_t *second, size_t second_length,
                         uint8_t *output)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];

    sw_hmac_start(&prf->hmac, context);
    if (first_length != 0) {
        sw_hmac_update(&prf->hmac, context, first, first_length);
    }
    sw_hmac_update(&prf->hmac, context, second, second_length);
    sw_hmac_finish(&prf->hmac, context, output);
    zeroise(context, prf->hmac.hash->context_size);
}

static void hmac_chain(const union prf *prf, uint8_t (*sums)[SW_HASH_LENGTH_MAX], uint8_t (*values)[SW_HASH_LENGTH_MAX], size_t lanes,
                       uint32_t count)
{
    sw_hmac_chain(&prf->hmac, sums, values, lanes, count);
}

static const struct prf_kind hmac_kind = { hmac_shorten, hmac_expand, hmac_compute, hmac_chain };

static psa_status_t hmac_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    return input_with(context, &hmac_kind, step, data, data_length);
}

static psa_status_t hmac_output(void *context, uint8_t *output, size_t output_length)
{
    return output_with(context, &hmac_kind, output, output_length);
}

const struct sw_kdf sw_kdf_pbkdf2_hmac = {
    .base = PSA_ALG_PBKDF2_HMAC(PSA_ALG_NONE),
    .context_size = sizeof(struct pbkdf2),
    .supports = hmac_supports,
    .setup = setup,
    .input_bytes = hmac_input,
    .input_integer = input_integer,
    .output_bytes = hmac_output,
    .abort = abort_pbkdf2,
};

#endif

#if PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128

static int cmac_supports(psa_algorithm_t alg)
{
    return alg == PSA_ALG_PBKDF2_AES_CMAC_PRF_128 && sw_block_cipher_find(PSA_KEY_TYPE_AES) != NULL;
}

/* RFC 4615, 3: a key that has not 16 bytes is the CMAC of itself under a key of zeros. */
static void cmac_shorten(struct pbkdf2 *pbkdf2, const uint8_t *password, size_t length)
{
    static const uint8_t zeros[16] = { 0 };
    struct sw_block_mac_key cmac;

    pbkdf2->key_length = 16;
    if (length == 16) {
        memcpy(pbkdf2->key, password, 16);
        return;
    }
    (void)sw_cmac_expand(&cmac, PSA_KEY_TYPE_AES, zeros, sizeof zeros);
    sw_cmac_compute(&cmac, password, length, pbkdf2->key);
    ZEROISE(cmac);
}

static size_t cmac_expand(union prf *prf, const struct pbkdf2 *pbkdf2)
{
    (void)sw_cmac_expand(&prf->cmac, PSA_KEY_TYPE_AES, pbkdf2->key, 16);
    return 16;
}

static void cmac_compute(const union prf *prf, const uint8_t *first, size_t first_length, const uint8_t *second, size_t second_length,
                         uint8_t *output)
{
    struct sw_block_mac context;

    sw_block_mac_start(&context, &prf->cmac);
    sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, first, first_length);
    sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, second, second_length);
    sw_cmac_finish(&context, &prf->cmac, output);
    ZEROISE(context);
}

static void cmac_chain(const union prf *prf, uint8_t (*sums)[SW_HASH_LENGTH_MAX], uint8_t (*values)[SW_HASH_LENGTH_MAX], size_t lanes,
                       uint32_t count)
{
    for (size_t i = 0; i < lanes; i++) {
        for (uint32_t n = 0; n < count; n++) {
            sw_cmac_compute(&prf->cmac, values[i], 16, values[i]);
            sw_block_xor(sums[i], sums[i], values[i], 16);
        }
    }
}

static const struct prf_kind cmac_kind = { cmac_shorten, cmac_expand, cmac_compute, cmac_chain };

static psa_status_t cmac_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    return input_with(context, &cmac_kind, step, data, data_length);
}

static psa_status_t cmac_output(void *context, uint8_t *output, size_t output_length)
{
    return output_with(context, &cmac_kind, output, output_length);
}

const struct sw_kdf sw_kdf_pbkdf2_aes_cmac_prf_128 = {
    .base = PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
    .context_size = sizeof(struct pbkdf2),
    .supports = cmac_supports,
    .setup = setup,
    .input_bytes = cmac_input,
    .input_integer = input_integer,
    .output_bytes = cmac_output,
    .abort = abort_pbkdf2,
};

#endif
