/* SPDX-License-Identifier: Apache-2.0 */
/* HKDF, whole and in its two steps (RFC 5869). */
#include "software/kdf/hkdf.h"

#include "software/kdf/kdf.h"
#include "util/bytes.h"
#include "util/zeroise.h"

/* Blocks of output: the counter is one byte (section 2.3). */
#define BLOCKS_MAX 255u

/* Where the output stands: block is T(counter), its last `left` bytes are still to be given out. */
struct stream {
    uint8_t block[SW_HASH_LENGTH_MAX];
    uint8_t counter;
    uint8_t left;
};

void sw_hkdf_extract(const struct sw_hash *hash, uint8_t *prk, const uint8_t *salt, size_t salt_length,
                     const uint8_t *secret, size_t secret_length)
{
    struct sw_hmac_key hmac;

    /* No salt means hash->length zero bytes; HMAC pads a shorter key to the same. */
    sw_hmac_expand(&hmac, hash, salt, salt_length);
    sw_hmac_compute(&hmac, secret, secret_length, prk);
    ZEROISE(hmac);
}

/* T(i) = HMAC(PRK, T(i - 1) | info | i), T(0) being empty. */
static void next_block(struct stream *stream, const struct sw_hmac_key *prk, const uint8_t *info, size_t info_length)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];

    sw_hmac_start(prk, context);
    if (stream->counter != 0) {
        sw_hmac_update(prk, context, stream->block, prk->hash->length);
    }
    stream->counter++;
    sw_hmac_update(prk, context, info, info_length);
    sw_hmac_update(prk, context, &stream->counter, 1);
    sw_hmac_finish(prk, context, stream->block);
    stream->left = (uint8_t)prk->hash->length;
    zeroise(context, prk->hash->context_size);
}

static psa_status_t stream_output(struct stream *stream, uint8_t *output, size_t output_length,
                                  const struct sw_hmac_key *prk, const uint8_t *info, size_t info_length)
{
    size_t length = prk->hash->length;

    if (output_length > (BLOCKS_MAX - stream->counter) * length + stream->left) {
        return PSA_ERROR_INSUFFICIENT_DATA;
    }
    while (output_length != 0) {
        if (stream->left == 0) {
            next_block(stream, prk, info, info_length);
        }
        size_t take = stream->left < output_length ? stream->left : output_length;
        memcpy(output, stream->block + length - stream->left, take);
        stream->left = (uint8_t)(stream->left - take);
        output += take;
        output_length -= take;
    }
    return PSA_SUCCESS;
}

psa_status_t sw_hkdf_expand(const struct sw_hash *hash, uint8_t *output, size_t output_length,
                            const uint8_t *prk, size_t prk_length, const uint8_t *info, size_t info_length)
{
    struct sw_hmac_key hmac;
    struct stream stream = {.counter = 0, .left = 0};

    sw_hmac_expand(&hmac, hash, prk, prk_length);
    psa_status_t status = stream_output(&stream, output, output_length, &hmac, info, info_length);
    ZEROISE(hmac);
    ZEROISE(stream);
    return status;
}

/* ---- The key derivation family's rows ---- */

#if PSA_WANT_ALG_HKDF || PSA_WANT_ALG_HKDF_EXTRACT || PSA_WANT_ALG_HKDF_EXPAND

/* The keyed HMAC would not fit into the operation, so its key is kept and expanded once per call that needs it. */
struct hkdf {
    psa_algorithm_t alg;
    uint8_t has_secret;
    uint8_t key_length;             /* at most SW_HASH_BLOCK_MAX */
    uint8_t key[SW_HASH_BLOCK_MAX]; /* the salt until the secret comes, then the PRK */
    struct stream stream;
    struct sw_kdf_input info;
};

static const struct sw_hash *hash_of(const struct hkdf *hkdf)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(hkdf->alg));
}

static int supports(psa_algorithm_t alg)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg)) != NULL;
}

static void setup(void *context, psa_algorithm_t alg)
{
    struct hkdf *hkdf = context;
    hkdf->alg = alg;
}

static void set_key(struct hkdf *hkdf, const uint8_t *data, size_t data_length)
{
    hkdf->key_length = (uint8_t)sw_hmac_shorten_key(hash_of(hkdf), hkdf->key, data, data_length);
}

static void abort_hkdf(void *context)
{
    struct hkdf *hkdf = context;
    sw_kdf_input_free(&hkdf->info);
}

#endif

#if PSA_WANT_ALG_HKDF || PSA_WANT_ALG_HKDF_EXTRACT

static psa_status_t input_salt(struct hkdf *hkdf, const uint8_t *data, size_t data_length)
{
    if (hkdf->has_secret) {
        return PSA_ERROR_BAD_STATE;
    }
    set_key(hkdf, data, data_length);
    return PSA_SUCCESS;
}

static psa_status_t input_secret(struct hkdf *hkdf, const uint8_t *data, size_t data_length)
{
    const struct sw_hash *hash = hash_of(hkdf);

    if (hkdf->has_secret) {
        return PSA_ERROR_BAD_STATE;
    }
    sw_hkdf_extract(hash, hkdf->key, hkdf->key, hkdf->key_length, data, data_length);
    hkdf->key_length = (uint8_t)hash->length;
    hkdf->has_secret = 1;
    return PSA_SUCCESS;
}

#endif

#if PSA_WANT_ALG_HKDF || PSA_WANT_ALG_HKDF_EXPAND

static psa_status_t expand_output(void *context, uint8_t *output, size_t output_length)
{
    struct hkdf *hkdf = context;
    struct sw_hmac_key hmac;

    if (!hkdf->has_secret) {
        return PSA_ERROR_BAD_STATE;
    }
    sw_hmac_expand(&hmac, hash_of(hkdf), hkdf->key, hkdf->key_length);
    psa_status_t status = stream_output(&hkdf->stream, output, output_length, &hmac, hkdf->info.data, hkdf->info.length);
    ZEROISE(hmac);
    return status;
}

#endif

#if PSA_WANT_ALG_HKDF

static psa_status_t hkdf_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct hkdf *hkdf = context;

    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SALT:
        return input_salt(hkdf, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_SECRET:
        return input_secret(hkdf, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_INFO:
        return sw_kdf_input_append(&hkdf->info, data, data_length);
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

const struct sw_kdf sw_kdf_hkdf = {
    .base = PSA_ALG_HKDF(PSA_ALG_NONE),
    .context_size = sizeof(struct hkdf),
    .supports = supports,
    .setup = setup,
    .input_bytes = hkdf_input,
    .output_bytes = expand_output,
    .abort = abort_hkdf,
};

#endif

#if PSA_WANT_ALG_HKDF_EXTRACT

static psa_status_t extract_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct hkdf *hkdf = context;

    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SALT:
        return input_salt(hkdf, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_SECRET:
        return input_secret(hkdf, data, data_length);
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

/* The PRK is the output; stream.counter counts what is gone of it. */
static psa_status_t extract_output(void *context, uint8_t *output, size_t output_length)
{
    struct hkdf *hkdf = context;

    if (!hkdf->has_secret) {
        return PSA_ERROR_BAD_STATE;
    }
    if (output_length > (size_t)hkdf->key_length - hkdf->stream.counter) {
        return PSA_ERROR_INSUFFICIENT_DATA;
    }
    bytes_copy(output, hkdf->key + hkdf->stream.counter, output_length);
    hkdf->stream.counter = (uint8_t)(hkdf->stream.counter + output_length);
    return PSA_SUCCESS;
}

const struct sw_kdf sw_kdf_hkdf_extract = {
    .base = PSA_ALG_HKDF_EXTRACT(PSA_ALG_NONE),
    .context_size = sizeof(struct hkdf),
    .supports = supports,
    .setup = setup,
    .input_bytes = extract_input,
    .output_bytes = extract_output,
    .abort = abort_hkdf,
};

#endif

#if PSA_WANT_ALG_HKDF_EXPAND

/* Section 2.3: the PRK has at least as many bytes as the hash. */
static psa_status_t input_prk(struct hkdf *hkdf, const uint8_t *data, size_t data_length)
{
    if (data_length < hash_of(hkdf)->length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    set_key(hkdf, data, data_length);
    hkdf->has_secret = 1;
    return PSA_SUCCESS;
}

static psa_status_t expand_input(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct hkdf *hkdf = context;

    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SECRET:
        return input_prk(hkdf, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_INFO:
        return sw_kdf_input_append(&hkdf->info, data, data_length);
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

const struct sw_kdf sw_kdf_hkdf_expand = {
    .base = PSA_ALG_HKDF_EXPAND(PSA_ALG_NONE),
    .context_size = sizeof(struct hkdf),
    .supports = supports,
    .setup = setup,
    .input_bytes = expand_input,
    .output_bytes = expand_output,
    .abort = abort_hkdf,
};

#endif
