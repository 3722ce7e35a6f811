/* SPDX-License-Identifier: Apache-2.0 */
/*
 * KDF in counter mode (SP 800-108r1-upd1, 4.1) with HMAC, and with CMAC and its K(0) against chosen contexts (6.7), the inputs
 * formatted as the Crypto API says: K(i) = PRF(K, [i] | Label | 00 | Context | [L] | K(0)), numbers of 32 bits, K(0) with CMAC
 * alone.
 */
#include "software/kdf/kdf.h"
#include "software/mac/block_mac.h"
#include "software/mac/hmac.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_SP800_108_COUNTER_HMAC || PSA_WANT_ALG_SP800_108_COUNTER_CMAC

/* The capacity where nobody has lowered it: L in bits fits 32 bits. */
#define CAPACITY_MAX 0x1FFFFFFFu

/* A block is made again where a call begins within it: the operation has no room for it. */
struct sp800_108 {
    psa_algorithm_t alg;
    uint32_t counter;                   /* of the block in use; 0: none yet */
    uint32_t output_bits;               /* L */
    psa_key_type_t type;                /* of the key, for CMAC */
    uint8_t left;                       /* bytes of that block still to be given out */
    uint8_t has_secret;
    uint8_t key_length;
    uint8_t key[SW_HASH_BLOCK_MAX];
    struct sw_kdf_input label, context;
};

/* The PRF under its key, expanded. */
union prf {
    struct sw_hmac_key hmac;
    struct sw_block_mac_key cmac;
};

struct prf_kind {
    size_t (*expand)(union prf *prf, const struct sp800_108 *operation); /* the length of its output */
    void (*block)(const union prf *prf, const struct sp800_108 *operation, uint32_t counter, uint8_t *output);
};

static void setup(void *context, psa_algorithm_t alg)
{
    struct sp800_108 *operation = context;
    operation->alg = alg;
    operation->output_bits = 8 * CAPACITY_MAX;
}

static psa_status_t set_capacity(void *context, size_t capacity)
{
    struct sp800_108 *operation = context;

    if (capacity > CAPACITY_MAX) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    operation->output_bits = 8 * (uint32_t)capacity;
    return PSA_SUCCESS;
}

/* The other inputs; PSA_ERROR_INVALID_ARGUMENT for any other step. */
static psa_status_t input_text(struct sp800_108 *operation, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_LABEL:
        return sw_kdf_input_append(&operation->label, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_CONTEXT:
        return sw_kdf_input_append(&operation->context, data, data_length);
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

static psa_status_t give_out(struct sp800_108 *operation, const struct prf_kind *kind, uint8_t *output, size_t output_length)
{
    union prf prf;
    uint8_t block[SW_HASH_LENGTH_MAX];

    if (!operation->has_secret) {
        return PSA_ERROR_BAD_STATE;
    }
    const size_t length = kind->expand(&prf, operation);
    if (operation->left != 0) {
        kind->block(&prf, operation, operation->counter, block);
    }
    while (output_length != 0) {
        if (operation->left == 0) {
            kind->block(&prf, operation, ++operation->counter, block);
            operation->left = (uint8_t)length;
        }
        const size_t take = operation->left < output_length ? operation->left : output_length;
        memcpy(output, block + length - operation->left, take);
        operation->left = (uint8_t)(operation->left - take);
        output += take;
        output_length -= take;
    }
    ZEROISE(prf);
    ZEROISE(block);
    return PSA_SUCCESS;
}

static void abort_operation(void *context)
{
    struct sp800_108 *operation = context;
    sw_kdf_input_free(&operation->label);
    sw_kdf_input_free(&operation->context);
}

#endif

#if PSA_WANT_ALG_SP800_108_COUNTER_HMAC

static const struct sw_hash *hash_of(psa_algorithm_t alg)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg));
}

static int hmac_supports(psa_algorithm_t alg)
{
    return hash_of(alg) != NULL;
}

static psa_status_t hmac_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct sp800_108 *operation = context;

    if (step != PSA_KEY_DERIVATION_INPUT_SECRET) {
        return input_text(operation, step, data, data_length);
    }
    operation->key_length = (uint8_t)sw_hmac_shorten_key(hash_of(operation->alg), operation->key, data, data_length);
    operation->has_secret = 1;
    return PSA_SUCCESS;
}

static size_t hmac_expand(union prf *prf, const struct sp800_108 *operation)
{
    const struct sw_hash *hash = hash_of(operation->alg);

    sw_hmac_expand(&prf->hmac, hash, operation->key, operation->key_length);
    return hash->length;
}

static void hmac_block(const union prf *prf, const struct sp800_108 *operation, uint32_t counter, uint8_t *output)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];
    uint8_t number[4];
    const uint8_t separator = 0;

    sw_hmac_start(&prf->hmac, context);
    store32_be(number, counter);
    sw_hmac_update(&prf->hmac, context, number, sizeof(number));
    sw_hmac_update(&prf->hmac, context, operation->label.data, operation->label.length);
    sw_hmac_update(&prf->hmac, context, &separator, 1);
    sw_hmac_update(&prf->hmac, context, operation->context.data, operation->context.length);
    store32_be(number, operation->output_bits);
    sw_hmac_update(&prf->hmac, context, number, sizeof(number));
    sw_hmac_finish(&prf->hmac, context, output);
    ZEROISE(context);
}

static psa_status_t hmac_output(void *context, uint8_t *output, size_t output_length)
{
    static const struct prf_kind kind = { hmac_expand, hmac_block };
    return give_out(context, &kind, output, output_length);
}

const struct sw_kdf sw_kdf_sp800_108_counter_hmac = {
    .base = PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_NONE),
    .context_size = sizeof(struct sp800_108),
    .supports = hmac_supports,
    .setup = setup,
    .set_capacity = set_capacity,
    .input_bytes = hmac_input,
    .output_bytes = hmac_output,
    .abort = abort_operation,
};

#endif

#if PSA_WANT_ALG_SP800_108_COUNTER_CMAC

static int cmac_supports(psa_algorithm_t alg)
{
    return alg == PSA_ALG_SP800_108_COUNTER_CMAC;
}

/* The secret comes as a key, whose type says which cipher it is for. */
static psa_status_t cmac_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    return input_text(context, step, data, data_length);
}

static psa_status_t cmac_input_key(void *context, psa_key_derivation_step_t step, const struct psacrypto_key *key)
{
    struct sp800_108 *operation = context;
    const psa_key_type_t type = psa_get_key_type(key->attributes);
    const struct sw_block_cipher *cipher = sw_block_cipher_find(type);

    if (step != PSA_KEY_DERIVATION_INPUT_SECRET) {
        return input_text(operation, step, key->blob, key->length);
    }
    if (cipher == NULL || cipher->block_length != 16 || !sw_block_key_length_ok(cipher, key->length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    memcpy(operation->key, key->blob, key->length);
    operation->key_length = (uint8_t)key->length;
    operation->type = type;
    operation->has_secret = 1;
    return PSA_SUCCESS;
}

static size_t cmac_expand(union prf *prf, const struct sp800_108 *operation)
{
    (void)sw_cmac_expand(&prf->cmac, operation->type, operation->key, operation->key_length); /* looked at when it came */
    return 16;
}

/* counter 0: K(0), which has neither the counter nor itself. */
static void cmac_once(const union prf *prf, const struct sp800_108 *operation, uint32_t counter, const uint8_t k0[16], uint8_t output[16])
{
    struct sw_block_mac context;
    uint8_t number[4];
    const uint8_t separator = 0;

    sw_block_mac_start(&context, &prf->cmac);
    if (counter != 0) {
        store32_be(number, counter);
        sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, number, sizeof(number));
    }
    sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, operation->label.data, operation->label.length);
    sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, &separator, 1);
    sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, operation->context.data, operation->context.length);
    store32_be(number, operation->output_bits);
    sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, number, sizeof(number));
    if (counter != 0) {
        sw_block_mac_update(&context, &prf->cmac, PSA_ALG_CMAC, k0, 16);
    }
    sw_cmac_finish(&context, &prf->cmac, output);
    ZEROISE(context);
}

static void cmac_block(const union prf *prf, const struct sp800_108 *operation, uint32_t counter, uint8_t *output)
{
    uint8_t k0[16];

    cmac_once(prf, operation, 0, NULL, k0);
    cmac_once(prf, operation, counter, k0, output);
    ZEROISE(k0);
}

static psa_status_t cmac_output(void *context, uint8_t *output, size_t output_length)
{
    static const struct prf_kind kind = { cmac_expand, cmac_block };
    return give_out(context, &kind, output, output_length);
}

const struct sw_kdf sw_kdf_sp800_108_counter_cmac = {
    .base = PSA_ALG_SP800_108_COUNTER_CMAC,
    .context_size = sizeof(struct sp800_108),
    .supports = cmac_supports,
    .setup = setup,
    .set_capacity = set_capacity,
    .input_bytes = cmac_input,
    .input_key = cmac_input_key,
    .output_bytes = cmac_output,
    .abort = abort_operation,
};

#endif
