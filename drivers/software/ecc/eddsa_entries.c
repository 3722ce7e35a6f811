/* SPDX-License-Identifier: Apache-2.0 */
/* EdDSA as the driver's table of signatures wants it: keys, sizes, variants. */
#include "software/ecc/eddsa.h"
#include "software/ecc/point_table.h"
#include "software/signature/signature.h"

static const struct sw_eddsa *find(const struct psacrypto_key *key)
{
    return sw_eddsa_find(psa_get_key_bits(key->attributes));
}

static int matches_pure(psa_algorithm_t alg, psa_key_type_t type)
{
    return alg == PSA_ALG_PURE_EDDSA && PSA_KEY_TYPE_IS_ECC(type) &&
           PSA_KEY_TYPE_ECC_GET_FAMILY(type) == PSA_ECC_FAMILY_TWISTED_EDWARDS;
}

static int matches_context(psa_algorithm_t alg, psa_key_type_t type)
{
    return alg == PSA_ALG_EDDSA_CTX && matches_pure(PSA_ALG_PURE_EDDSA, type);
}

static int matches_prehashed(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_IS_HASH_EDDSA(alg) && matches_pure(PSA_ALG_PURE_EDDSA, type);
}

static int supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    uint64_t hash[SW_HASH_CONTEXT_MAX / 8u];
    const struct sw_eddsa *eddsa = sw_eddsa_find(bits);
    (void)type;
    if (eddsa == NULL || (alg == PSA_ALG_ED25519PH && bits != 255) || (alg == PSA_ALG_ED448PH && bits != 448)) {
        return 0;
    }
    return eddsa->hash_init(hash);
}

/* PSA_ALG_EDDSA_CTX has a context, be it of no bytes; PSA_ALG_PURE_EDDSA has none. */
static psa_status_t find_variant(struct sw_eddsa_variant *variant, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *context, size_t context_length)
{
    if (!supports(alg, psa_get_key_type(key->attributes), psa_get_key_bits(key->attributes))) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    variant->plain = alg == PSA_ALG_PURE_EDDSA;
    variant->prehashed = PSA_ALG_IS_HASH_EDDSA(alg) ? 1 : 0;
    variant->context = context;
    variant->context_length = context_length;
    return context_length > (variant->plain ? 0u : SW_EDDSA_CONTEXT_MAX) ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS;
}

static int is_pair(const struct psacrypto_key *key)
{
    return PSA_KEY_TYPE_IS_ECC_KEY_PAIR(psa_get_key_type(key->attributes));
}

/* ---- What is kept with a key: of a pair its expanded form, then the table of a public key that may verify ---- */

#define EXPANDED_SIZE ((sizeof(struct sw_eddsa_key) + 7u) & ~(size_t)7u)

static int has_table(const struct psacrypto_key *key)
{
    const psa_key_usage_t verify = PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE;
    return SW_POINT_TABLES && (psa_get_key_usage_flags(key->attributes) & verify) != 0 && find(key)->table_size != 0;
}

static size_t prepared_size(const struct psacrypto_key *key)
{
    const struct sw_eddsa *eddsa = find(key);
    if (eddsa == NULL || key->length != eddsa->length) {
        return 0;
    }
    return (is_pair(key) ? EXPANDED_SIZE : 0) + (has_table(key) ? sizeof(struct sw_point_table) + eddsa->table_size : 0);
}

/* NULL where nothing was prepared. */
static struct sw_point_table *table_of(const struct psacrypto_key *key)
{
    uint8_t *memory = (uint8_t *)(uintptr_t)key->prepared; /* filled when it pays */
    return memory == NULL || !has_table(key) ? NULL : (struct sw_point_table *)(void *)(memory + (is_pair(key) ? EXPANDED_SIZE : 0));
}

static psa_status_t prepare(const struct psacrypto_key *key, void *memory)
{
    struct psacrypto_key with = *key;
    with.prepared = memory;
    if (has_table(key)) {
        table_of(&with)->state = SW_POINT_TABLE_UNUSED;
    }
    return is_pair(key) ? sw_eddsa_expand(find(key), memory, key->blob) : PSA_SUCCESS;
}

/* NULL where there is none yet. public_key: the one that belongs to the key. */
static const void *find_table(const struct psacrypto_key *key, const uint8_t *public_key)
{
    struct sw_point_table *table = table_of(key);
    if (table == NULL) {
        return NULL;
    }
    if (sw_point_table_begin(table)) {
        sw_point_table_end(table, find(key)->make_table_vartime(table->words, public_key));
    }
    return sw_point_table_words(table);
}

/* ---- Signatures ---- */

static psa_status_t sign(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                         const uint8_t *context, size_t context_length, uint8_t *signature, size_t signature_size,
                         size_t *signature_length)
{
    struct sw_eddsa_variant variant;
    psa_status_t status = find_variant(&variant, key, alg, context, context_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    const struct sw_eddsa *eddsa = find(key);
    if (!is_pair(key) || key->length != eddsa->length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (signature_size < 2u * eddsa->length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    if (key->prepared != NULL) {
        sw_eddsa_sign_expanded(eddsa, signature, key->prepared, &variant, input, input_length);
    } else {
        status = sw_eddsa_sign(eddsa, signature, key->blob, &variant, input, input_length);
    }
    if (status == PSA_SUCCESS) {
        *signature_length = 2u * eddsa->length;
    }
    return status;
}

/* A key pair verifies with the public key that belongs to it, which is computed into derived unless it was kept. */
static psa_status_t find_public_key(const uint8_t **public_key, uint8_t *derived, const struct psacrypto_key *key)
{
    const struct sw_eddsa_key *expanded = key->prepared;
    *public_key = !is_pair(key) ? key->blob : expanded != NULL ? expanded->public_key : derived;
    return *public_key == derived ? sw_eddsa_public_key(find(key), derived, key->blob) : PSA_SUCCESS;
}

static psa_status_t verify_start(struct sw_eddsa_verification *state, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *context, size_t context_length, const uint8_t *signature,
                                 size_t signature_length)
{
    uint8_t derived[SW_EDDSA_LENGTH_MAX];
    const uint8_t *public_key;
    struct sw_eddsa_variant variant;
    psa_status_t status = find_variant(&variant, key, alg, context, context_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    const struct sw_eddsa *eddsa = find(key);
    if (key->length != eddsa->length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (signature_length != 2u * eddsa->length) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    status = find_public_key(&public_key, derived, key);
    return status != PSA_SUCCESS ? status : sw_eddsa_verify_start(eddsa, state, public_key, &variant, signature);
}

static psa_status_t verify(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                           const uint8_t *context, size_t context_length, const uint8_t *signature, size_t signature_length)
{
    struct sw_eddsa_verification state;
    psa_status_t status = verify_start(&state, key, alg, context, context_length, signature, signature_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    find(key)->hash_update(state.hash, input, input_length);
    return sw_eddsa_verify_finish(find(key), &state, find_table(key, state.public_key), signature);
}

/* ---- Entries ---- */

static psa_status_t sign_entry(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input,
                               size_t input_length, const uint8_t *context, size_t context_length, uint8_t *signature,
                               size_t signature_size, size_t *signature_length)
{
    (void)instance;
    return sign(key, alg, input, input_length, context, context_length, signature, signature_size, signature_length);
}

static psa_status_t verify_entry(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input,
                                 size_t input_length, const uint8_t *context, size_t context_length, const uint8_t *signature,
                                 size_t signature_length)
{
    (void)instance;
    return verify(key, alg, input, input_length, context, context_length, signature, signature_length);
}

static psa_status_t verify_setup(void *instance, const struct psacrypto_key *key, void *operation, psa_algorithm_t alg,
                                 const uint8_t *context, size_t context_length, const uint8_t *signature,
                                 size_t signature_length)
{
    (void)instance;
    return verify_start(operation, key, alg, context, context_length, signature, signature_length);
}

static psa_status_t verify_update(void *instance, const struct psacrypto_key *key, void *operation, const uint8_t *input,
                                  size_t input_length)
{
    struct sw_eddsa_verification *state = operation;
    (void)instance;
    (void)key;
    sw_eddsa_find(state->bits)->hash_update(state->hash, input, input_length);
    return PSA_SUCCESS;
}

static psa_status_t verify_finish(void *instance, const struct psacrypto_key *key, void *operation, const uint8_t *signature,
                                  size_t signature_length)
{
    struct sw_eddsa_verification *state = operation;
    const struct sw_eddsa *eddsa = sw_eddsa_find(state->bits);
    (void)instance;
    if (signature_length != 2u * eddsa->length) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    return sw_eddsa_verify_finish(eddsa, state, find_table(key, state->public_key), signature);
}

static const struct psacrypto_sign_entries message_entries = {
    .sign_message = sign_entry,
    .verify_message = verify_entry,
    .verify_setup = verify_setup,
    .verify_update = verify_update,
    .verify_finish = verify_finish,
};

/* The input is the hash. */
static const struct psacrypto_sign_entries prehashed_entries = {
    .sign_hash = sign_entry,
    .verify_hash = verify_entry,
};

const struct sw_signature sw_signature_pure_eddsa = {
    .matches = matches_pure,
    .supports = supports,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .entries = &message_entries,
    .verification_size = sizeof(struct sw_eddsa_verification),
};

const struct sw_signature sw_signature_eddsa_context = {
    .matches = matches_context,
    .supports = supports,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .entries = &message_entries,
    .verification_size = sizeof(struct sw_eddsa_verification),
};

const struct sw_signature sw_signature_eddsa_prehashed = {
    .matches = matches_prehashed,
    .supports = supports,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .entries = &prehashed_entries,
};
