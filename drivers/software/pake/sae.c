/* SPDX-License-Identifier: Apache-2.0 */
/*
 * WPA3-SAE (IEEE 802.11-2020, 12.4.5): the commitments, of which both sides make a key, and the confirmations. It starts from a
 * password (the looping method) or a password token (hash-to-element); from then on both are the same.
 */
#include "software/pake/sae.h"

#if SW_HAS_SAE_PAKE

#include "platform/platform.h"
#include "software/pake/pake.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define PMK_LENGTH 32u /* of the methods that do not depend on the group */
#define PMKID_LENGTH 16u
#define CANDIDATES_MAX 16 /* of which each is refused with a probability of 2^-250 */

struct sae {
    psa_algorithm_t alg;
    psa_pake_primitive_t primitive;
    uint8_t user[SW_SAE_ADDRESS_LENGTH], peer[SW_SAE_ADDRESS_LENGTH];
    uint8_t count[2]; /* send-confirm of the next confirmation */
    uint8_t kck[SW_HASH_LENGTH_MAX], pmk[SW_HASH_LENGTH_MAX];
    uint8_t pmkid[PMKID_LENGTH];
    struct sw_kdf_input exchange; /* see struct exchange; once there are commitments */
};

/* Parts of sae->exchange: commitments are a scalar and an element. */
struct exchange {
    uint8_t *own, *theirs;
    uint8_t *element; /* PWE; the peer's commitment once in, the shared element k */
    uint8_t *random;  /* rand */
};

static const struct sw_hash *hash_of(psa_algorithm_t alg)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg));
}

static int matches(psa_algorithm_t alg)
{
    return (PSA_WANT_ALG_WPA3_SAE_FIXED && PSA_ALG_IS_WPA3_SAE_FIXED(alg)) ||
           (PSA_WANT_ALG_WPA3_SAE_GDH && PSA_ALG_IS_WPA3_SAE_GDH(alg));
}

/* Passwords go with SHA-256 and any group, a token with the hash of its group. */
static int supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    struct sw_sae_group group;
    if (hash_of(alg) == NULL) {
        return 0;
    }
    if (type == PSA_KEY_TYPE_PASSWORD) {
        return alg == PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256);
    }
    return sw_sae_group_of_token(&group, type, bits, 0) == PSA_SUCCESS && group.hash == PSA_ALG_GET_HASH(alg);
}

/* The group is looked up at each step: see driver.c, struct operation. It was found at setup. */
static struct sw_sae_group group_of(const struct sae *sae)
{
    struct sw_sae_group group;
    (void)sw_sae_group_find(&group, sae->primitive);
    return group;
}

static int is_looping(const struct psacrypto_key *key)
{
    return psa_get_key_type(key->attributes) == PSA_KEY_TYPE_PASSWORD;
}

static psa_status_t setup(void *context, const struct psacrypto_key *password, const psa_pake_cipher_suite_t *suite)
{
    struct sae *sae = context;
    struct sw_sae_group group;
    sae->alg = psa_pake_cs_get_algorithm(suite);
    sae->primitive = psa_pake_cs_get_primitive(suite);
    psa_status_t status = hash_of(sae->alg) != NULL ? sw_sae_group_find(&group, sae->primitive) : PSA_ERROR_NOT_SUPPORTED;
    if (status != PSA_SUCCESS) {
        return status;
    }
    return is_looping(password) || password->length == group.element_length ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t set_address(uint8_t *address, const uint8_t *data, size_t length)
{
    if (length != SW_SAE_ADDRESS_LENGTH) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    memcpy(address, data, length);
    return PSA_SUCCESS;
}

static psa_status_t set_user(void *context, const uint8_t *user, size_t user_length)
{
    struct sae *sae = context;
    return set_address(sae->user, user, user_length);
}

static psa_status_t set_peer(void *context, const uint8_t *peer, size_t peer_length)
{
    struct sae *sae = context;
    return set_address(sae->peer, peer, peer_length);
}

/* ---- Commitments ---- */

static size_t commit_length(const struct sw_sae_group *group)
{
    return (size_t)group->length + group->element_length;
}

static struct exchange parts_of(const struct sae *sae, const struct sw_sae_group *group)
{
    struct exchange parts;
    parts.own = sae->exchange.data;
    parts.theirs = parts.own + commit_length(group);
    parts.element = parts.theirs + commit_length(group);
    parts.random = parts.element + group->element_length;
    return parts;
}

/* All-ones if 1 < scalar < q. */
static uint32_t is_above_one(const struct sw_sae_group *group, const uint8_t *scalar)
{
    uint32_t rest = scalar[group->length - 1u] & 0xfeu;
    for (size_t i = 0; i + 1u < group->length; i++) {
        rest |= scalar[i];
    }
    return sw_group_scalar_is_valid(&group->group, scalar) & ct_mask_nonzero32(rest);
}

/* rand, mask, and commit-scalar = rand + mask, all of them above 1. */
static psa_status_t draw_scalars(const struct sw_sae_group *group, uint8_t *commit_scalar, uint8_t *random, uint8_t *mask)
{
    uint32_t valid = 0;
    psa_status_t status = PSA_SUCCESS;
    for (int i = 0; i < CANDIDATES_MAX && status == PSA_SUCCESS && valid == 0; i++) {
        status = sw_group_scalar_random(&group->group, random);
        if (status == PSA_SUCCESS) {
            status = sw_group_scalar_random(&group->group, mask);
        }
        if (status == PSA_SUCCESS) {
            sw_group_scalar_add(&group->group, commit_scalar, random, mask);
            valid = is_above_one(group, random) & is_above_one(group, mask) & is_above_one(group, commit_scalar);
            CT_PUBLIC(&valid, sizeof valid); /* what is refused is thrown away */
        }
    }
    return status == PSA_SUCCESS && valid == 0 ? PSA_ERROR_CORRUPTION_DETECTED : status;
}

/* COMMIT-ELEMENT = -mask * PWE */
static psa_status_t make_commitment(const struct sw_sae_group *group, const struct exchange *parts)
{
    uint8_t mask[SW_SAE_LENGTH_MAX];
    psa_status_t status = draw_scalars(group, parts->own, parts->random, mask);
    if (status == PSA_SUCCESS) {
        sw_group_scalar_negate(&group->group, mask, mask);
        status = sw_sae_multiply(group, parts->own + group->length, mask, parts->element, NULL);
    }
    CT_PUBLIC(parts->own, commit_length(group)); /* it is sent */
    ZEROISE(mask);
    return status;
}

/* Whichever commitment comes first, the own one is made then: the peer's is of no use without it. */
static psa_status_t begin(struct sae *sae, const struct sw_sae_group *group, const struct psacrypto_key *password)
{
    if (sae->exchange.data != NULL) {
        return PSA_SUCCESS;
    }
    size_t length = 2u * commit_length(group) + group->element_length + group->length;
    sae->exchange.data = platform_secret_allocate(length);
    if (sae->exchange.data == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    sae->exchange.length = length;
    struct exchange parts = parts_of(sae, group);
    psa_status_t status = is_looping(password)
        ? sw_sae_element_of_password(group, parts.element, password->blob, password->length, sae->user, sae->peer)
        : sw_sae_element_of_token(group, parts.element, password->blob, sae->user, sae->peer);
    return status == PSA_SUCCESS ? make_commitment(group, &parts) : status;
}

static psa_status_t check_element(const struct sw_sae_group *group, const uint8_t *element)
{
    uint8_t point[SW_GROUP_ELEMENT_MAX];
    point[0] = 0x04;
    memcpy(point + group->prefix, element, group->element_length);
    return sw_group_check(&group->group, point);
}

/* 12.4.5.4: 1 < peer-commit-scalar < q, an element of the group, and not what was sent, played back. */
static psa_status_t check_commitment(const struct sw_sae_group *group, const struct exchange *parts)
{
    if (is_above_one(group, parts->theirs) == 0 || memcmp(parts->own, parts->theirs, commit_length(group)) == 0) {
        return SW_PAKE_BAD_SHARE;
    }
    return check_element(group, parts->theirs + group->length);
}

/* K = rand * (peer-commit-scalar * PWE + PEER-COMMIT-ELEMENT), which takes the place of PWE; rand is used up. */
static psa_status_t read_commitment(const struct sw_sae_group *group, const struct exchange *parts, const uint8_t *commitment)
{
    memcpy(parts->theirs, commitment, commit_length(group));
    psa_status_t status = check_commitment(group, parts);
    if (status == PSA_SUCCESS) {
        status = sw_sae_multiply(group, parts->element, parts->theirs, parts->element, parts->theirs + group->length);
    }
    if (status == PSA_SUCCESS) {
        status = sw_sae_multiply(group, parts->element, parts->random, parts->element, NULL);
    }
    zeroise(parts->random, group->length);
    return status;
}

/* ---- Keys ---- */

/* keyseed = H(salt, k); KCK || PMK and PMKID of it and of the sum of the scalars. No salt stands for zeroes. */
static psa_status_t make_keys(struct sae *sae, const struct sw_sae_group *group, const uint8_t *salt, size_t salt_length)
{
    uint8_t sum[SW_SAE_LENGTH_MAX], seed[SW_HASH_LENGTH_MAX], keys[2u * SW_HASH_LENGTH_MAX];
    const struct sw_hash *hash = hash_of(sae->alg);
    struct exchange parts = parts_of(sae, group);
    struct sw_hmac_key hmac;
    size_t pmk_length = PSA_ALG_IS_WPA3_SAE_GDH(sae->alg) ? hash->length : PMK_LENGTH;
    sw_hmac_expand(&hmac, hash, salt, salt_length);
    sw_hmac_compute(&hmac, parts.element, group->length, seed); /* of a point its x */
    sw_group_scalar_add(&group->group, sum, parts.own, parts.theirs);
    sw_sae_kdf(hash, keys, 8u * (hash->length + pmk_length), seed, "SAE KCK and PMK", sum, group->length);
    memcpy(sae->kck, keys, hash->length);
    memcpy(sae->pmk, keys + hash->length, pmk_length);
    memcpy(sae->pmkid, sum, PMKID_LENGTH);
    zeroise(parts.element, group->element_length);
    ZEROISE(hmac);
    ZEROISE(seed);
    ZEROISE(keys);
    return PSA_SUCCESS;
}

/* CN(KCK, send-confirm, ...) (12.4.5.5): both commitments, that of the one who confirms first. */
static void confirm(const struct sae *sae, const struct sw_sae_group *group, uint8_t *confirmation, const uint8_t *count,
                    const uint8_t *first, const uint8_t *second)
{
    uint64_t state[SW_HASH_CONTEXT_MAX / 8u];
    const struct sw_hash *hash = hash_of(sae->alg);
    struct sw_hmac_key hmac;
    sw_hmac_expand(&hmac, hash, sae->kck, hash->length);
    sw_hmac_start(&hmac, state);
    sw_hmac_update(&hmac, state, count, sizeof sae->count);
    sw_hmac_update(&hmac, state, first, commit_length(group));
    sw_hmac_update(&hmac, state, second, commit_length(group));
    sw_hmac_finish(&hmac, state, confirmation);
    ZEROISE(state);
    ZEROISE(hmac);
}

static void give_confirmation(const struct sae *sae, const struct sw_sae_group *group, uint8_t *data)
{
    struct exchange parts = parts_of(sae, group);
    memcpy(data, sae->count, sizeof sae->count);
    confirm(sae, group, data + sizeof sae->count, sae->count, parts.own, parts.theirs);
}

static psa_status_t check_confirmation(const struct sae *sae, const struct sw_sae_group *group, const uint8_t *data)
{
    uint8_t expected[SW_HASH_LENGTH_MAX];
    struct exchange parts = parts_of(sae, group);
    confirm(sae, group, expected, data, parts.theirs, parts.own);
    int right = ct_verify(expected, data + sizeof sae->count, hash_of(sae->alg)->length);
    ZEROISE(expected);
    return right ? PSA_SUCCESS : SW_PAKE_BAD_PROOF;
}

/* ---- Steps ---- */

static psa_status_t give_commitment(struct sae *sae, const struct sw_sae_group *group, const struct psacrypto_key *password,
                                    uint8_t *data)
{
    psa_status_t status = begin(sae, group, password);
    if (status == PSA_SUCCESS) {
        memcpy(data, sae->exchange.data, commit_length(group));
    }
    return status;
}

static psa_status_t take_commitment(struct sae *sae, const struct sw_sae_group *group, const struct psacrypto_key *password,
                                    const uint8_t *data)
{
    psa_status_t status = begin(sae, group, password);
    if (status == PSA_SUCCESS) {
        struct exchange parts = parts_of(sae, group);
        status = read_commitment(group, &parts, data);
    }
    return status;
}

static psa_status_t output(void *context, const struct psacrypto_key *password, psa_pake_step_t step, uint8_t *data, size_t *length)
{
    struct sae *sae = context;
    struct sw_sae_group group = group_of(sae);
    switch (step) {
    case PSA_PAKE_STEP_COMMIT:
        *length = commit_length(&group);
        return give_commitment(sae, &group, password, data);
    case PSA_PAKE_STEP_CONFIRM:
        *length = sizeof sae->count + hash_of(sae->alg)->length;
        give_confirmation(sae, &group, data);
        return PSA_SUCCESS;
    case PSA_PAKE_STEP_KEY_ID:
        *length = PMKID_LENGTH;
        memcpy(data, sae->pmkid, PMKID_LENGTH);
        return PSA_SUCCESS;
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

static psa_status_t input(void *context, const struct psacrypto_key *password, psa_pake_step_t step, const uint8_t *data, size_t length)
{
    struct sae *sae = context;
    struct sw_sae_group group = group_of(sae);
    switch (step) {
    case PSA_PAKE_STEP_COMMIT:
        return take_commitment(sae, &group, password, data);
    case PSA_PAKE_STEP_SALT:
        return make_keys(sae, &group, data, length);
    case PSA_PAKE_STEP_CONFIRM_COUNT:
        memcpy(sae->count, data, sizeof sae->count);
        return PSA_SUCCESS;
    case PSA_PAKE_STEP_CONFIRM:
        return check_confirmation(sae, &group, data);
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

static psa_status_t get_shared_key(void *context, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct sae *sae = context;
    size_t length = PSA_ALG_IS_WPA3_SAE_GDH(sae->alg) ? hash_of(sae->alg)->length : PMK_LENGTH;
    if (secret_size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memcpy(secret, sae->pmk, length);
    *secret_length = length;
    return PSA_SUCCESS;
}

static void abort_sae(void *context)
{
    struct sae *sae = context;
    sw_kdf_input_free(&sae->exchange);
}

const struct sw_pake sw_pake_sae = {
    .matches = matches,
    .supports = supports,
    .context_size = sizeof(struct sae),
    .setup = setup,
    .set_user = set_user,
    .set_peer = set_peer,
    .output = output,
    .input = input,
    .get_shared_key = get_shared_key,
    .abort = abort_sae,
};

#endif
