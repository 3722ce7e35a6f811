/* SPDX-License-Identifier: Apache-2.0 */
#include "software/mac/hmac.h"

#include "software/hash/md.h"
#include "software/mac/mac.h"
#include "util/bytes.h"
#include "util/zeroise.h"

const struct sw_hash *sw_hmac_hash(psa_algorithm_t hash_alg)
{
    const struct sw_hash *hash = sw_hash_find(hash_alg);
    return hash != NULL && hash->block != 0 ? hash : NULL;
}

size_t sw_hmac_shorten_key(const struct sw_hash *hash, uint8_t *shortened, const uint8_t *key, size_t key_length)
{
    if (key_length > hash->block) {
        sw_hash_compute(hash, key, key_length, shortened);
        return hash->length;
    }
    bytes_copy(shortened, key, key_length);
    return key_length;
}

/* The hash after one block: the padded key XOR 0x36 (inner) or 0x5c (outer) in each byte. */
static void start_with_key(const struct sw_hash *hash, void *context, const uint8_t *padded, uint8_t with)
{
    uint8_t block[SW_HASH_BLOCK_MAX];

    for (size_t i = 0; i < hash->block; i++) {
        block[i] = padded[i] ^ with;
    }
    hash->init(context);
    hash->update(context, block, hash->block);
    zeroise(block, hash->block);
}

void sw_hmac_expand(struct sw_hmac_key *hmac, const struct sw_hash *hash, const uint8_t *key, size_t key_length)
{
    uint8_t padded[SW_HASH_BLOCK_MAX];
    size_t length = sw_hmac_shorten_key(hash, padded, key, key_length);

    memset(padded + length, 0, hash->block - length);
    hmac->hash = hash;
    start_with_key(hash, hmac->inner, padded, 0x36);
    start_with_key(hash, hmac->outer, padded, 0x5c);
    zeroise(padded, hash->block);
}

void sw_hmac_start(const struct sw_hmac_key *hmac, void *context)
{
    memcpy(context, hmac->inner, hmac->hash->context_size);
}

void sw_hmac_update(const struct sw_hmac_key *hmac, void *context, const uint8_t *input, size_t input_length)
{
    hmac->hash->update(context, input, input_length);
}

void sw_hmac_finish(const struct sw_hmac_key *hmac, void *context, uint8_t *mac)
{
    const struct sw_hash *hash = hmac->hash;
    uint8_t digest[SW_HASH_LENGTH_MAX];

    hash->finish(context, digest);
    memcpy(context, hmac->outer, hash->context_size);
    hash->update(context, digest, hash->length);
    hash->finish(context, mac);
    zeroise(digest, hash->length);
}

/* Of a message that fits into one block with the padding of the hashes that have compression functions. */
static int compute_short(const void *expanded, const uint8_t *input, size_t input_length, uint8_t *mac)
{
    const struct sw_hmac_key *hmac = expanded;
    const struct sw_hash *hash = hmac->hash;

    if (hash->md == NULL || !sw_md_is_short(hash->md, input_length)) {
        return 0;
    }
    sw_md_nested_short(hash->md, hmac->inner, hmac->outer, input, input_length, mac, hash->length);
    return 1;
}

void sw_hmac_compute(const struct sw_hmac_key *hmac, const uint8_t *input, size_t input_length, uint8_t *mac)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];

    if (compute_short(hmac, input, input_length, mac)) {
        return;
    }
    sw_hmac_start(hmac, context);
    sw_hmac_update(hmac, context, input, input_length);
    sw_hmac_finish(hmac, context, mac);
    zeroise(context, hmac->hash->context_size);
}

/* ---- The MAC family's row ---- */

#if PSA_WANT_ALG_HMAC

static size_t length(psa_algorithm_t alg, psa_key_type_t type)
{
    const struct sw_hash *hash = sw_hmac_hash(PSA_ALG_GET_HASH(alg));
    return type == PSA_KEY_TYPE_HMAC && hash != NULL ? hash->length : 0;
}

static size_t context_size(psa_algorithm_t alg, psa_key_type_t type)
{
    (void)type;
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg))->context_size;
}

static size_t prepared_size(psa_algorithm_t alg, psa_key_type_t type)
{
    (void)alg;
    (void)type;
    return sizeof(struct sw_hmac_key);
}

static psa_status_t prepare(void *prepared, psa_algorithm_t alg, const struct psacrypto_key *key)
{
    sw_hmac_expand(prepared, sw_hmac_hash(PSA_ALG_GET_HASH(alg)), key->blob, key->length);
    return PSA_SUCCESS;
}

static void start(void *context, const void *prepared)
{
    sw_hmac_start(prepared, context);
}

/* The key's block counts for the hash. */
static int accepts(const void *context, psa_algorithm_t alg, size_t input_length)
{
    const struct sw_hash *hash = sw_hmac_hash(PSA_ALG_GET_HASH(alg));
    return hash->longest == 0 || hash->accepts(context, input_length);
}

static void update(void *context, const void *prepared, psa_algorithm_t alg, const uint8_t *input, size_t input_length)
{
    (void)prepared;
    sw_hmac_hash(PSA_ALG_GET_HASH(alg))->update(context, input, input_length);
}

static void finish(void *context, const void *prepared, uint8_t *mac)
{
    sw_hmac_finish(prepared, context, mac);
}

const struct sw_mac sw_mac_hmac = {
    .base = PSA_ALG_HMAC(PSA_ALG_NONE),
    .length = length,
    .context_size = context_size,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .start = start,
    .accepts = accepts,
    .update = update,
    .finish = finish,
    .compute_short = compute_short,
    .update_takes_key = 0,
};

#endif
