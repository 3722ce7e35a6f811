/* SPDX-License-Identifier: Apache-2.0 */
/* PBKDF2 with HMAC (RFC 8018, section 5.2). */
#include "software/kdf/kdf.h"
#include "software/mac/hmac.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_PBKDF2_HMAC

/* The keyed HMAC would not fit into the operation, so its key is kept and expanded once per call that needs it. */
struct pbkdf2 {
    psa_algorithm_t alg;
    uint32_t cost;                      /* 0: not yet given */
    uint32_t counter;                   /* of the block that is there; 0: none yet */
    uint8_t left;                       /* of its bytes, still to be given out */
    uint8_t has_password;
    uint8_t key_length;                 /* at most SW_HASH_BLOCK_MAX */
    uint8_t key[SW_HASH_BLOCK_MAX];     /* the password */
    uint8_t block[SW_HASH_LENGTH_MAX];
    struct sw_kdf_input salt;
};

static const struct sw_hash *hash_of(const struct pbkdf2 *pbkdf2)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(pbkdf2->alg));
}

static int supports(psa_algorithm_t alg)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg)) != NULL;
}

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

static psa_status_t input_bytes(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct pbkdf2 *pbkdf2 = context;

    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SALT: /* several are joined */
        return sw_kdf_input_append(&pbkdf2->salt, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_PASSWORD:
        pbkdf2->key_length = (uint8_t)sw_hmac_shorten_key(hash_of(pbkdf2), pbkdf2->key, data, data_length);
        pbkdf2->has_password = 1;
        return PSA_SUCCESS;
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

static void xor_into(uint8_t *sum, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        sum[i] ^= data[i];
    }
}

/* U(1) = PRF(P, salt | INT(i)) */
static void first_round(const struct pbkdf2 *pbkdf2, const struct sw_hmac_key *password, uint8_t *round)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];
    uint8_t index[4];

    store32_be(index, pbkdf2->counter);
    sw_hmac_start(password, context);
    sw_hmac_update(password, context, pbkdf2->salt.data, pbkdf2->salt.length);
    sw_hmac_update(password, context, index, sizeof index);
    sw_hmac_finish(password, context, round);
    zeroise(context, password->hash->context_size);
}

/* Step 3: T(i) is the sum of U(1) .. U(cost), each the PRF of the one before. */
static void next_block(struct pbkdf2 *pbkdf2, const struct sw_hmac_key *password)
{
    uint8_t round[SW_HASH_LENGTH_MAX];
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];
    size_t length = password->hash->length;

    pbkdf2->counter++;
    pbkdf2->left = (uint8_t)length;
    first_round(pbkdf2, password, round);
    memcpy(pbkdf2->block, round, length);
    for (uint32_t i = 1; i < pbkdf2->cost; i++) {
        sw_hmac_start(password, context);
        sw_hmac_update(password, context, round, length);
        sw_hmac_finish(password, context, round);
        xor_into(pbkdf2->block, round, length);
    }
    ZEROISE(round);
    ZEROISE(context);
}

static psa_status_t output_blocks(struct pbkdf2 *pbkdf2, uint8_t *output, size_t output_length,
                                  const struct sw_hmac_key *password)
{
    size_t length = password->hash->length;

    while (output_length != 0) {
        if (pbkdf2->left == 0) {
            if (pbkdf2->counter == UINT32_MAX) {
                return PSA_ERROR_INSUFFICIENT_DATA; /* step 1: at most 2^32 - 1 blocks */
            }
            next_block(pbkdf2, password);
        }
        size_t take = pbkdf2->left < output_length ? pbkdf2->left : output_length;
        memcpy(output, pbkdf2->block + length - pbkdf2->left, take);
        pbkdf2->left = (uint8_t)(pbkdf2->left - take);
        output += take;
        output_length -= take;
    }
    return PSA_SUCCESS;
}

static psa_status_t output_bytes(void *context, uint8_t *output, size_t output_length)
{
    struct pbkdf2 *pbkdf2 = context;
    struct sw_hmac_key password;

    if (pbkdf2->cost == 0 || !pbkdf2->has_password) {
        return PSA_ERROR_BAD_STATE;
    }
    sw_hmac_expand(&password, hash_of(pbkdf2), pbkdf2->key, pbkdf2->key_length);
    psa_status_t status = output_blocks(pbkdf2, output, output_length, &password);
    ZEROISE(password);
    return status;
}

static void abort_pbkdf2(void *context)
{
    struct pbkdf2 *pbkdf2 = context;
    sw_kdf_input_free(&pbkdf2->salt);
}

const struct sw_kdf sw_kdf_pbkdf2_hmac = {
    .base = PSA_ALG_PBKDF2_HMAC(PSA_ALG_NONE),
    .context_size = sizeof(struct pbkdf2),
    .supports = supports,
    .setup = setup,
    .input_bytes = input_bytes,
    .input_integer = input_integer,
    .output_bytes = output_bytes,
    .abort = abort_pbkdf2,
};

#endif
