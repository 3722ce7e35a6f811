/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SPAKE2+ (RFC 9383), and the earlier draft that Matter uses (draft-bar-cfrg-spake2plus-02), which differs in what it derives from
 * the transcript. The client is the RFC's prover, the server its verifier. Both wait for the peer's confirmation before
 * they give the shared key, which is the library's business (confirmed keys alone).
 */
#include "software/pake/pake.h"
#include "software/pake/spake2p.h"

#if SW_HAS_SPAKE2P && SW_HAS_SPAKE2P_KEYS

#include "software/hash/hash.h"
#include "software/kdf/hkdf.h"
#include "software/mac/block_mac.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define SCALAR_MAX SW_CURVE_LENGTH_MAX
#define ELEMENT_MAX SW_CURVE_POINT_MAX
#define CMAC_KEY_LENGTH 16u
#define CMAC_LENGTH 16u
#define MATTER_KEY_LENGTH 16u

enum { PROVER, VERIFIER };

struct spake2p {
    psa_algorithm_t alg;
    psa_pake_primitive_t primitive;
    uint8_t has_context; /* an empty one is hashed, none is not */
    uint8_t role;        /* PROVER or VERIFIER */
    uint8_t confirmation_length;
    uint8_t shared_length;
    struct sw_pake_string user, peer, context;
    uint8_t ephemeral[SCALAR_MAX];      /* x or y */
    uint8_t share[2][ELEMENT_MAX];      /* shareP, shareV */
    uint8_t difference[ELEMENT_MAX];    /* X - w0 M or Y - w0 N */
    uint8_t confirmation[2][SW_HASH_LENGTH_MAX]; /* confirmP, confirmV */
    uint8_t shared[SW_HASH_LENGTH_MAX];
};

static const struct sw_hash *hash_of(psa_algorithm_t alg)
{
    return sw_hmac_hash(alg == PSA_ALG_SPAKE2P_MATTER ? PSA_ALG_SHA_256 : PSA_ALG_GET_HASH(alg));
}

static int matches(psa_algorithm_t alg)
{
    return (PSA_WANT_ALG_SPAKE2P_HMAC && PSA_ALG_IS_SPAKE2P_HMAC(alg)) ||
           (PSA_WANT_ALG_SPAKE2P_CMAC && PSA_ALG_IS_SPAKE2P_CMAC(alg)) ||
           (PSA_WANT_ALG_SPAKE2P_MATTER && alg == PSA_ALG_SPAKE2P_MATTER);
}

#if PSA_WANT_ALG_SPAKE2P_CMAC

static int has_cmac(void)
{
    static const uint8_t zero[CMAC_KEY_LENGTH] = { 0 };
    struct sw_block_mac_key cmac;
    return sw_cmac_expand(&cmac, PSA_KEY_TYPE_AES, zero, sizeof zero);
}

static void cmac_of(uint8_t *mac, const uint8_t *key, const uint8_t *input, size_t input_length)
{
    struct sw_block_mac_key cmac;
    (void)sw_cmac_expand(&cmac, PSA_KEY_TYPE_AES, key, CMAC_KEY_LENGTH);
    sw_cmac_compute(&cmac, input, input_length, mac);
    ZEROISE(cmac);
}

#else

static int has_cmac(void)
{
    return 0;
}

/* No algorithm comes here. */
static void cmac_of(uint8_t *mac, const uint8_t *key, const uint8_t *input, size_t input_length)
{
    (void)mac, (void)key, (void)input, (void)input_length;
}

#endif

/* The table of section 4, which pairs small curves with SHA-256, large ones with SHA-512. */
static int has_suite(psa_algorithm_t alg, size_t bits)
{
    if (PSA_ALG_IS_SPAKE2P_HMAC(alg)) {
        return PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_256 ? bits <= 384u : bits >= 256u;
    }
    return bits == 256u;
}

static int supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    struct sw_spake2p_group group;
    return PSA_KEY_TYPE_IS_SPAKE2P(type) && has_suite(alg, bits) &&
           sw_spake2p_find(&group, PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits) == PSA_SUCCESS &&
           hash_of(alg) != NULL && (!PSA_ALG_IS_SPAKE2P_CMAC(alg) || has_cmac());
}

/* The group is looked up at each step: see driver.c, struct operation. It was found at setup. */
static struct sw_spake2p_group group_of(psa_pake_primitive_t primitive)
{
    struct sw_spake2p_group group;
    (void)sw_spake2p_find(&group, PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive), PSA_PAKE_PRIMITIVE_GET_BITS(primitive));
    return group;
}

/* That the key is of the suite's group the library has seen. */
static psa_status_t setup(void *context, const struct psacrypto_key *password, const psa_pake_cipher_suite_t *suite)
{
    struct spake2p *spake = context;
    spake->alg = psa_pake_cs_get_algorithm(suite);
    spake->primitive = psa_pake_cs_get_primitive(suite);
    return supports(spake->alg, psa_get_key_type(password->attributes), psa_get_key_bits(password->attributes))
        ? PSA_SUCCESS
        : PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t set_role(void *context, psa_pake_role_t role)
{
    struct spake2p *spake = context;
    spake->role = role == PSA_PAKE_ROLE_CLIENT ? PROVER : VERIFIER;
    return PSA_SUCCESS;
}

static psa_status_t set_user(void *context, const uint8_t *user, size_t user_length)
{
    struct spake2p *spake = context;
    return sw_kdf_input_append(&spake->user, user, user_length);
}

static psa_status_t set_peer(void *context, const uint8_t *peer, size_t peer_length)
{
    struct spake2p *spake = context;
    return sw_kdf_input_append(&spake->peer, peer, peer_length);
}

static psa_status_t set_context(void *context, const uint8_t *string, size_t string_length)
{
    struct spake2p *spake = context;
    spake->has_context = 1;
    return sw_kdf_input_append(&spake->context, string, string_length);
}

/* ---- Transcript and key schedule ---- */

static void hash_string(const struct sw_hash *hash, void *context, const uint8_t *data, size_t length)
{
    uint8_t prefix[8];
    store64_le(prefix, length);
    hash->update(context, prefix, sizeof prefix);
    if (length != 0) {
        hash->update(context, data, length);
    }
}

/* Hash(TT), section 3.3. */
static void hash_transcript(const struct spake2p *spake, const struct sw_spake2p_group *group, uint8_t *digest,
                            const uint8_t *z, const uint8_t *v, const uint8_t *w0)
{
    uint64_t context[SW_HASH_CONTEXT_MAX / 8u];
    const struct sw_hash *hash = hash_of(spake->alg);
    const struct sw_pake_string *prover = spake->role == PROVER ? &spake->user : &spake->peer;
    const struct sw_pake_string *verifier = spake->role == PROVER ? &spake->peer : &spake->user;
    size_t length = group->group.element_length;
    hash->init(context);
    if (spake->has_context) {
        hash_string(hash, context, spake->context.data, spake->context.length);
    }
    hash_string(hash, context, prover->data, prover->length);
    hash_string(hash, context, verifier->data, verifier->length);
    hash_string(hash, context, group->m, length);
    hash_string(hash, context, group->n, length);
    hash_string(hash, context, spake->share[PROVER], length);
    hash_string(hash, context, spake->share[VERIFIER], length);
    hash_string(hash, context, z, length);
    hash_string(hash, context, v, length);
    hash_string(hash, context, w0, group->group.scalar_length);
    hash->finish(context, digest);
    ZEROISE(context);
}

/* KDF(nil, secret, info) */
static void kdf(const struct sw_hash *hash, uint8_t *output, size_t length, const uint8_t *secret, size_t secret_length, const char *info)
{
    uint8_t prk[SW_HASH_LENGTH_MAX];
    sw_hkdf_extract(hash, prk, NULL, 0, secret, secret_length);
    (void)sw_hkdf_expand(hash, output, length, prk, hash->length, (const uint8_t *)info, strlen(info)); /* two blocks at most */
    ZEROISE(prk);
}

static void mac(const struct spake2p *spake, uint8_t *output, const uint8_t *key, size_t key_length, const uint8_t *share, size_t length)
{
    struct sw_hmac_key hmac;
    if (PSA_ALG_IS_SPAKE2P_CMAC(spake->alg)) {
        cmac_of(output, key, share, length);
        return;
    }
    sw_hmac_expand(&hmac, hash_of(spake->alg), key, key_length);
    sw_hmac_compute(&hmac, share, length, output);
    ZEROISE(hmac);
}

/* Each side confirms what it received (section 3.4), under one half of the confirmation keys. */
static void make_confirmations(struct spake2p *spake, const uint8_t *secret, size_t secret_length, size_t key_length, size_t share_length)
{
    uint8_t keys[2u * SW_HASH_LENGTH_MAX];
    const struct sw_hash *hash = hash_of(spake->alg);
    kdf(hash, keys, 2u * key_length, secret, secret_length, "ConfirmationKeys");
    mac(spake, spake->confirmation[PROVER], keys, key_length, spake->share[VERIFIER], share_length);
    mac(spake, spake->confirmation[VERIFIER], keys + key_length, key_length, spake->share[PROVER], share_length);
    spake->confirmation_length = (uint8_t)(PSA_ALG_IS_SPAKE2P_CMAC(spake->alg) ? CMAC_LENGTH : hash->length);
    ZEROISE(keys);
}

/* Section 3.4. The draft of Matter has halves of the hash, Ka and Ke, where the RFC derives both from all of it. */
static void derive_keys(struct spake2p *spake, const uint8_t *digest, size_t share_length)
{
    const struct sw_hash *hash = hash_of(spake->alg);
    if (spake->alg == PSA_ALG_SPAKE2P_MATTER) {
        make_confirmations(spake, digest, MATTER_KEY_LENGTH, MATTER_KEY_LENGTH, share_length);
        memcpy(spake->shared, digest + MATTER_KEY_LENGTH, MATTER_KEY_LENGTH);
        spake->shared_length = MATTER_KEY_LENGTH;
        return;
    }
    size_t key_length = PSA_ALG_IS_SPAKE2P_CMAC(spake->alg) ? CMAC_KEY_LENGTH : hash->length;
    make_confirmations(spake, digest, hash->length, key_length, share_length);
    kdf(hash, spake->shared, hash->length, digest, hash->length, "SharedKey");
    spake->shared_length = (uint8_t)hash->length;
}

/* ---- Shares ---- */

/* share = ephemeral P + w0 M, or N for the verifier. */
static psa_status_t make_share(struct spake2p *spake, const struct sw_spake2p_group *group, const uint8_t *w0, uint8_t *share)
{
    uint8_t mask[ELEMENT_MAX];
    const struct sw_group *g = &group->group;
    psa_status_t status = sw_group_scalar_random(g, spake->ephemeral);
    if (status == PSA_SUCCESS) {
        status = sw_group_multiply(g, mask, w0, spake->role == PROVER ? group->m : group->n);
    }
    if (status == PSA_SUCCESS) {
        status = sw_group_multiply_base(g, share, spake->ephemeral);
    }
    if (status == PSA_SUCCESS) {
        status = sw_group_add(g, share, share, mask);
    }
    ZEROISE(mask);
    return status;
}

/* difference = the peer's share without its mask. It is neutral where the peer sent the mask alone. */
static psa_status_t unmask(struct spake2p *spake, const struct sw_spake2p_group *group, const uint8_t *w0, const uint8_t *share)
{
    uint8_t negative[SCALAR_MAX];
    const struct sw_group *g = &group->group;
    psa_status_t status = sw_group_check(g, share);
    if (status != PSA_SUCCESS) {
        return status;
    }
    sw_group_scalar_negate(g, negative, w0);
    status = sw_group_multiply(g, spake->difference, negative, spake->role == PROVER ? group->n : group->m);
    if (status == PSA_SUCCESS) {
        status = sw_group_add(g, spake->difference, spake->difference, share);
    }
    ZEROISE(negative);
    return status == PSA_SUCCESS && sw_group_is_neutral(g, spake->difference) ? SW_PAKE_BAD_SHARE : status;
}

/* product = h scalar element: shares are in the subgroup, so that h, the cofactor, may be in the scalar. */
static psa_status_t multiply_cofactor(const struct sw_group *group, uint8_t *product, const uint8_t *scalar, const uint8_t *element)
{
    uint8_t factor[SCALAR_MAX] = { 0 };
    factor[group->scalar_length - 1u] = group->cofactor;
    sw_group_scalar_multiply(group, factor, factor, scalar);
    psa_status_t status = sw_group_multiply(group, product, factor, element);
    ZEROISE(factor);
    return status;
}

/* V = h w1 (Y - w0 N) for the prover, h y L for the verifier. */
static psa_status_t make_v(const struct spake2p *spake, const struct sw_group *group, const struct psacrypto_key *key, uint8_t *v)
{
    uint8_t w1[SCALAR_MAX];
    psa_status_t status;
    if (spake->role == PROVER) {
        sw_spake2p_read_scalar(group, w1, key->blob + sw_spake2p_scalar_length(group));
        status = multiply_cofactor(group, v, w1, spake->difference);
        ZEROISE(w1);
        return status;
    }
    status = sw_spake2p_read_l(group, v, key);
    return status == PSA_SUCCESS ? multiply_cofactor(group, v, spake->ephemeral, v) : status;
}

/* When both shares are there. */
static psa_status_t finish(struct spake2p *spake, const struct sw_spake2p_group *group, const struct psacrypto_key *key, const uint8_t *w0)
{
    uint8_t z[ELEMENT_MAX], v[ELEMENT_MAX], digest[SW_HASH_LENGTH_MAX];
    psa_status_t status = multiply_cofactor(&group->group, z, spake->ephemeral, spake->difference);
    if (status == PSA_SUCCESS) {
        status = make_v(spake, &group->group, key, v);
    }
    if (status == PSA_SUCCESS) {
        hash_transcript(spake, group, digest, z, v, w0);
        derive_keys(spake, digest, group->group.element_length);
    }
    ZEROISE(z);
    ZEROISE(v);
    ZEROISE(digest);
    ZEROISE(spake->ephemeral);
    ZEROISE(spake->difference);
    return status;
}

/* ---- Steps ---- */

static psa_status_t output_share(struct spake2p *spake, const struct psacrypto_key *key, uint8_t *data, size_t *length)
{
    uint8_t w0[SCALAR_MAX];
    struct sw_spake2p_group group = group_of(spake->primitive);
    size_t share_length = group.group.element_length;
    sw_spake2p_read_scalar(&group.group, w0, key->blob);
    psa_status_t status = make_share(spake, &group, w0, spake->share[spake->role]);
    CT_PUBLIC(spake->share[spake->role], share_length); /* sent */
    if (status == PSA_SUCCESS && spake->role == VERIFIER) {
        status = finish(spake, &group, key, w0);
    }
    if (status == PSA_SUCCESS) {
        memcpy(data, spake->share[spake->role], share_length);
        *length = share_length;
    }
    ZEROISE(w0);
    return status;
}

static psa_status_t input_share(struct spake2p *spake, const struct psacrypto_key *key, const uint8_t *data)
{
    uint8_t w0[SCALAR_MAX];
    struct sw_spake2p_group group = group_of(spake->primitive);
    uint8_t *share = spake->share[spake->role == PROVER ? VERIFIER : PROVER];
    memcpy(share, data, group.group.element_length); /* what is checked is what is used, whoever else writes to data */
    sw_spake2p_read_scalar(&group.group, w0, key->blob);
    psa_status_t status = unmask(spake, &group, w0, share);
    if (status == PSA_SUCCESS && spake->role == PROVER) {
        status = finish(spake, &group, key, w0);
    }
    ZEROISE(w0);
    return status;
}

static psa_status_t output(void *context, const struct psacrypto_key *password, psa_pake_step_t step, uint8_t *data, size_t *length)
{
    struct spake2p *spake = context;
    if (step == PSA_PAKE_STEP_KEY_SHARE) {
        return output_share(spake, password, data, length);
    }
    memcpy(data, spake->confirmation[spake->role], spake->confirmation_length);
    CT_PUBLIC(data, spake->confirmation_length); /* sent */
    *length = spake->confirmation_length;
    return PSA_SUCCESS;
}

static psa_status_t input(void *context, const struct psacrypto_key *password, psa_pake_step_t step, const uint8_t *data, size_t length)
{
    struct spake2p *spake = context;
    if (step == PSA_PAKE_STEP_KEY_SHARE) {
        return input_share(spake, password, data);
    }
    const uint8_t *expected = spake->confirmation[spake->role == PROVER ? VERIFIER : PROVER];
    return length == spake->confirmation_length && ct_verify(expected, data, length) ? PSA_SUCCESS : SW_PAKE_BAD_PROOF;
}

static psa_status_t get_shared_key(void *context, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct spake2p *spake = context;
    if (secret_size < spake->shared_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memcpy(secret, spake->shared, spake->shared_length);
    *secret_length = spake->shared_length;
    return PSA_SUCCESS;
}

static void abort_spake2p(void *context)
{
    struct spake2p *spake = context;
    sw_kdf_input_free(&spake->user);
    sw_kdf_input_free(&spake->peer);
    sw_kdf_input_free(&spake->context);
}

const struct sw_pake sw_pake_spake2p = {
    .matches = matches,
    .supports = supports,
    .context_size = sizeof(struct spake2p),
    .setup = setup,
    .set_role = set_role,
    .set_user = set_user,
    .set_peer = set_peer,
    .set_context = set_context,
    .output = output,
    .input = input,
    .get_shared_key = get_shared_key,
    .abort = abort_spake2p,
};

#endif
