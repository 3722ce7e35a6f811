/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BLAKE2 with a key (RFC 7693, section 2.9; BLAKE2, section 2.11), as a MAC. A shorter MAC is the beginning of the whole one (Crypto
 * API, PSA_ALG_TRUNCATED_MAC()): it is not BLAKE2 with a shorter hash, whose parameter block says so.
 */
#include <string.h>

#include "software/mac/mac.h"

#if PSA_WANT_ALG_BLAKE2_MAC

/* A key, expanded: the hash after the block that holds the key. */
struct prepared {
    const struct sw_hash *hash;
    uint64_t context[SW_HASH_CONTEXT_LARGEST / 8u]; /* as many bytes as the hash needs: the rest may not be there */
};

typedef char prepared_fits[sizeof(struct prepared) <= SW_MAC_EXPANDED_MAX ? 1 : -1];

static const struct sw_hash *hash_of(psa_algorithm_t alg)
{
    const struct sw_hash *hash = sw_hash_find(PSA_ALG_GET_HASH(alg));
    return hash != NULL && hash->init_keyed != NULL ? hash : NULL;
}

static size_t length(psa_algorithm_t alg, psa_key_type_t type)
{
    const struct sw_hash *hash = hash_of(alg);
    return type == PSA_KEY_TYPE_BLAKE2 && hash != NULL ? hash->length : 0;
}

static size_t context_size(psa_algorithm_t alg, psa_key_type_t type)
{
    (void)type;
    return hash_of(alg)->context_size;
}

static size_t prepared_size(psa_algorithm_t alg, psa_key_type_t type)
{
    return offsetof(struct prepared, context) + context_size(alg, type);
}

static psa_status_t prepare(void *memory, psa_algorithm_t alg, const struct psacrypto_key *key)
{
    struct prepared *prepared = memory;

    prepared->hash = hash_of(alg);
    if (key->length == 0 || key->length > prepared->hash->length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    prepared->hash->init_keyed(prepared->context, key->blob, key->length);
    return PSA_SUCCESS;
}

static void start(void *context, const void *memory)
{
    const struct prepared *prepared = memory;
    memcpy(context, prepared->context, prepared->hash->context_size);
}

static void update(void *context, const void *prepared, psa_algorithm_t alg, const uint8_t *input, size_t input_length)
{
    (void)prepared;
    hash_of(alg)->update(context, input, input_length);
}

static void finish(void *context, const void *memory, uint8_t *mac)
{
    const struct prepared *prepared = memory;
    prepared->hash->finish(context, mac);
}

const struct sw_mac sw_mac_blake2 = {
    .base = PSA_ALG_BLAKE2_MAC(PSA_ALG_NONE),
    .length = length,
    .context_size = context_size,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .start = start,
    .update = update,
    .finish = finish,
    .update_takes_key = 0,
};

#endif
