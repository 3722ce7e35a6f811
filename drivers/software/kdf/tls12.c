/* SPDX-License-Identifier: Apache-2.0 */
/* The PRF of TLS 1.2 (RFC 5246, 5), with the premaster secret of PSK ciphersuites (RFC 4279, 2), and that of EC J-PAKE. */
#include "software/kdf/kdf.h"
#include "software/mac/hmac.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_TLS12_PRF || PSA_WANT_ALG_TLS12_PSK_TO_MS

/* A block is made again where a call begins within it: the operation has no room for it beside A(i). */
struct prf {
    psa_algorithm_t alg;
    uint8_t has_secret;
    uint8_t has_other;
    uint8_t started;                    /* a is A(i), i > 0 */
    uint8_t left;                       /* bytes of block i still to be given out */
    uint8_t key_length;
    uint8_t key[SW_HASH_BLOCK_MAX];     /* the secret */
    uint8_t a[SW_HASH_LENGTH_MAX];
    struct sw_kdf_input seed, label;    /* label: the other secret until the secret comes */
};

static const struct sw_hash *hash_of(psa_algorithm_t alg)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg));
}

static int supports(psa_algorithm_t alg)
{
    return hash_of(alg) != NULL;
}

static void setup(void *context, psa_algorithm_t alg)
{
    struct prf *prf = context;
    prf->alg = alg;
}

static void set_secret(struct prf *prf, const uint8_t *data, size_t data_length)
{
    prf->key_length = (uint8_t)sw_hmac_shorten_key(hash_of(prf->alg), prf->key, data, data_length);
    prf->has_secret = 1;
}

static psa_status_t input_text(struct prf *prf, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SEED:
        return sw_kdf_input_append(&prf->seed, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_LABEL:
        return prf->has_secret ? sw_kdf_input_append(&prf->label, data, data_length) : PSA_ERROR_BAD_STATE;
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

/* HMAC(secret, a | label | seed); without a: its input alone. */
static void hmac_of(const struct sw_hmac_key *secret, const struct prf *prf, const uint8_t *a, uint8_t *output)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];

    sw_hmac_start(secret, context);
    if (a != NULL) {
        sw_hmac_update(secret, context, a, secret->hash->length);
    }
    sw_hmac_update(secret, context, prf->label.data, prf->label.length);
    sw_hmac_update(secret, context, prf->seed.data, prf->seed.length);
    sw_hmac_finish(secret, context, output);
    ZEROISE(context);
}

/* A(1) = HMAC(secret, label | seed), A(i + 1) = HMAC(secret, A(i)). */
static void next_a(const struct sw_hmac_key *secret, struct prf *prf)
{
    if (prf->started) {
        sw_hmac_compute(secret, prf->a, secret->hash->length, prf->a);
    } else {
        hmac_of(secret, prf, NULL, prf->a);
        prf->started = 1;
    }
}

static psa_status_t output_bytes(void *context, uint8_t *output, size_t output_length)
{
    struct prf *prf = context;
    struct sw_hmac_key secret;
    uint8_t block[SW_HASH_LENGTH_MAX];

    if (!prf->has_secret) {
        return PSA_ERROR_BAD_STATE;
    }
    sw_hmac_expand(&secret, hash_of(prf->alg), prf->key, prf->key_length);
    const size_t length = secret.hash->length;
    if (prf->left != 0) {
        hmac_of(&secret, prf, prf->a, block);
    }
    while (output_length != 0) {
        if (prf->left == 0) {
            next_a(&secret, prf);
            hmac_of(&secret, prf, prf->a, block);
            prf->left = (uint8_t)length;
        }
        const size_t take = prf->left < output_length ? prf->left : output_length;
        memcpy(output, block + length - prf->left, take);
        prf->left = (uint8_t)(prf->left - take);
        output += take;
        output_length -= take;
    }
    ZEROISE(secret);
    ZEROISE(block);
    return PSA_SUCCESS;
}

static void abort_prf(void *context)
{
    struct prf *prf = context;
    sw_kdf_input_free(&prf->seed);
    sw_kdf_input_free(&prf->label);
}

#endif

#if PSA_WANT_ALG_TLS12_PRF

static psa_status_t prf_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct prf *prf = context;

    if (step != PSA_KEY_DERIVATION_INPUT_SECRET) {
        return input_text(prf, step, data, data_length);
    }
    set_secret(prf, data, data_length);
    return PSA_SUCCESS;
}

const struct sw_kdf sw_kdf_tls12_prf = {
    .base = PSA_ALG_TLS12_PRF(PSA_ALG_NONE),
    .context_size = sizeof(struct prf),
    .supports = supports,
    .setup = setup,
    .input_bytes = prf_input,
    .output_bytes = output_bytes,
    .abort = abort_prf,
};

#endif

#if PSA_WANT_ALG_TLS12_PSK_TO_MS

/* Two bytes of length and the data; NULL: so many zeros. */
static psa_status_t append_with_length(struct sw_kdf_input *premaster, const uint8_t *data, size_t length)
{
    static const uint8_t zeros[PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE] = { 0 };
    uint8_t encoded[2];

    store16_be(encoded, (uint16_t)length);
    psa_status_t status = sw_kdf_input_append(premaster, encoded, sizeof(encoded));
    return status == PSA_SUCCESS ? sw_kdf_input_append(premaster, data != NULL ? data : zeros, length) : status;
}

/* RFC 4279, 2: the other secret (zeros as long as the key where there is none), then the key, each with its length. */
static psa_status_t input_psk(struct prf *prf, const uint8_t *psk, size_t psk_length)
{
    static const uint8_t none[1] = { 0 };
    struct sw_kdf_input premaster = { NULL, 0 };

    if (psk_length > PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_status_t status = prf->has_other
        ? append_with_length(&premaster, prf->label.length != 0 ? prf->label.data : none, prf->label.length)
        : append_with_length(&premaster, NULL, psk_length);
    if (status == PSA_SUCCESS) {
        status = append_with_length(&premaster, psk_length != 0 ? psk : none, psk_length);
    }
    if (status == PSA_SUCCESS) {
        set_secret(prf, premaster.data, premaster.length);
        sw_kdf_input_free(&prf->label);
    }
    sw_kdf_input_free(&premaster);
    return status;
}

static psa_status_t psk_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct prf *prf = context;

    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_OTHER_SECRET:
        if (data_length > UINT16_MAX) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        prf->has_other = 1;
        return sw_kdf_input_append(&prf->label, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_SECRET:
        return input_psk(prf, data, data_length);
    default:
        return input_text(prf, step, data, data_length);
    }
}

const struct sw_kdf sw_kdf_tls12_psk_to_ms = {
    .base = PSA_ALG_TLS12_PSK_TO_MS(PSA_ALG_NONE),
    .context_size = sizeof(struct prf),
    .supports = supports,
    .setup = setup,
    .input_bytes = psk_input,
    .output_bytes = output_bytes,
    .abort = abort_prf,
};

#endif

#if PSA_WANT_ALG_TLS12_ECJPAKE_TO_PMS

/* draft-cragie-tls-ecjpake-01, 8.7: SHA-256 of the x coordinate of an uncompressed point of P-256. */
struct ecjpake {
    uint8_t secret[32];
    uint8_t used;
    uint8_t has_secret;
};

#define POINT_LENGTH 65u

static int ecjpake_supports(psa_algorithm_t alg)
{
    return alg == PSA_ALG_TLS12_ECJPAKE_TO_PMS && sw_hash_find(PSA_ALG_SHA_256) != NULL;
}

static void ecjpake_setup(void *context, psa_algorithm_t alg)
{
    (void)context;
    (void)alg;
}

static psa_status_t ecjpake_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct ecjpake *operation = context;

    if (step != PSA_KEY_DERIVATION_INPUT_SECRET || data_length != POINT_LENGTH || data[0] != 0x04) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    sw_hash_compute(sw_hash_find(PSA_ALG_SHA_256), data + 1, 32, operation->secret);
    operation->has_secret = 1;
    return PSA_SUCCESS;
}

static psa_status_t ecjpake_output(void *context, uint8_t *output, size_t output_length)
{
    struct ecjpake *operation = context;

    if (!operation->has_secret) {
        return PSA_ERROR_BAD_STATE;
    }
    if (output_length > sizeof(operation->secret) - operation->used) {
        return PSA_ERROR_INSUFFICIENT_DATA;
    }
    bytes_copy(output, operation->secret + operation->used, output_length);
    operation->used = (uint8_t)(operation->used + output_length);
    return PSA_SUCCESS;
}

static void ecjpake_abort(void *context)
{
    (void)context;
}

const struct sw_kdf sw_kdf_tls12_ecjpake_to_pms = {
    .base = PSA_ALG_TLS12_ECJPAKE_TO_PMS & ~(psa_algorithm_t)0xff,
    .context_size = sizeof(struct ecjpake),
    .supports = ecjpake_supports,
    .setup = ecjpake_setup,
    .input_bytes = ecjpake_input,
    .output_bytes = ecjpake_output,
    .abort = ecjpake_abort,
};

#endif
