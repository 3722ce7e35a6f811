/* SPDX-License-Identifier: Apache-2.0 */
/*
 * J-PAKE (RFC 8236) in any group, with the Schnorr proofs of RFC 8235 under the suite's hash. What a proof hashes is each
 * element, and the name at the end, behind its length in four bytes (RFC 8235, 2.3), which is what TLS and Thread do.
 *
 * Names of the values, written additively, as the one who calls sees them: own secrets x1 and x2, shares G1 and G2, the
 * peer's G3 and G4; the second round has A and B, made with the password s.
 */
#include "software/pake/pake.h"

#if PSA_WANT_ALG_JPAKE

#include "platform/platform.h"
#include "software/hash/hash.h"
#include "software/pake/group.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define SHARES 3u /* of each side: two, then one */

struct jpake {
    psa_algorithm_t alg;
    psa_pake_primitive_t primitive;
    uint8_t outputs, inputs; /* steps done, three for each share */
    struct sw_pake_string user, peer;
    uint8_t *memory;         /* the values, as long as the group wants them: see struct turn */
    size_t memory_size;
};

/* What a step works on. The group is looked up at each step: see driver.c, struct operation. */
struct turn {
    struct jpake *jpake;
    struct sw_group group;
    uint8_t *secret[SHARES];    /* x1, x2, x2 s */
    uint8_t *own[SHARES];       /* G1, G2, A */
    uint8_t *theirs[SHARES];    /* G3, G4, B */
    /* Of the proof that is being made or read; steps of one side are never between those of another's proof. */
    uint8_t *generator;
    uint8_t *commitment;        /* V */
    uint8_t *nonce;             /* v */
};

#define SCALARS (SHARES + 1u)
#define ELEMENTS (2u * SHARES + 2u)

static const struct sw_hash *hash_of(psa_algorithm_t alg)
{
    return sw_hash_find(PSA_ALG_GET_HASH(alg));
}

static int matches(psa_algorithm_t alg)
{
    return PSA_ALG_IS_JPAKE(alg);
}

static int supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)bits;
    return hash_of(alg) != NULL && (type == PSA_KEY_TYPE_PASSWORD || type == PSA_KEY_TYPE_PASSWORD_HASH);
}

static struct turn turn_of(struct jpake *jpake)
{
    struct turn t = { .jpake = jpake };
    uint8_t *next = jpake->memory;
    (void)sw_group_find(&t.group, jpake->primitive); /* it was found at setup */
    for (size_t i = 0; i < SHARES; i++) {
        t.secret[i] = next;
        t.own[i] = next + t.group.scalar_length;
        t.theirs[i] = t.own[i] + t.group.element_length;
        next = t.theirs[i] + t.group.element_length;
    }
    t.nonce = next;
    t.generator = t.nonce + t.group.scalar_length;
    t.commitment = t.generator + t.group.element_length;
    return t;
}

/* s. Never 0, as setup() has seen. */
static void read_password(const struct sw_group *group, uint8_t *s, const struct psacrypto_key *password)
{
    sw_group_scalar_reduce(group, s, password->blob, password->length);
}

static psa_status_t setup(void *context, const struct psacrypto_key *password, const psa_pake_cipher_suite_t *suite)
{
    struct jpake *jpake = context;
    struct sw_group group;
    uint8_t s[SW_GROUP_SCALAR_MAX];
    jpake->alg = psa_pake_cs_get_algorithm(suite);
    jpake->primitive = psa_pake_cs_get_primitive(suite);
    psa_status_t status = hash_of(jpake->alg) != NULL ? sw_group_find(&group, jpake->primitive) : PSA_ERROR_NOT_SUPPORTED;
    if (status != PSA_SUCCESS) {
        return status;
    }
    read_password(&group, s, password);
    uint32_t valid = sw_group_scalar_is_valid(&group, s);
    ZEROISE(s);
    CT_PUBLIC(&valid, sizeof valid); /* the caller is told */
    if (valid == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    jpake->memory_size = SCALARS * (size_t)group.scalar_length + ELEMENTS * (size_t)group.element_length;
    jpake->memory = platform_secret_allocate(jpake->memory_size);
    return jpake->memory != NULL ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_MEMORY;
}

/* RFC 8236, 2.2 and 3.2: proofs could be played back to who has the same name. */
static psa_status_t set_name(struct sw_pake_string *name, const struct sw_pake_string *other, const uint8_t *data, size_t length)
{
    if (length > UINT32_MAX - 1u) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (other->length == length && length != 0 && memcmp(other->data, data, length) == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return sw_kdf_input_append(name, data, length);
}

static psa_status_t set_user(void *context, const uint8_t *user, size_t user_length)
{
    struct jpake *jpake = context;
    return set_name(&jpake->user, &jpake->peer, user, user_length);
}

static psa_status_t set_peer(void *context, const uint8_t *peer, size_t peer_length)
{
    struct jpake *jpake = context;
    return set_name(&jpake->peer, &jpake->user, peer, peer_length);
}

/* ---- Proofs of knowledge of a share's secret ---- */

static void hash_string(const struct sw_hash *hash, void *context, const uint8_t *data, size_t length)
{
    uint8_t prefix[4];
    store32_be(prefix, (uint32_t)length);
    hash->update(context, prefix, sizeof prefix);
    if (length != 0) {
        hash->update(context, data, length);
    }
}

/* h = H(generator, V, share, name) modulo q (RFC 8235, 2.2 and 3.2). */
static psa_status_t challenge(const struct turn *t, uint8_t *h, const uint8_t *share, const struct sw_pake_string *name)
{
    uint64_t context[SW_HASH_CONTEXT_LARGEST / 8u];
    uint8_t digest[SW_HASH_LENGTH_MAX];
    const struct sw_hash *hash = hash_of(t->jpake->alg);
    size_t length = 16u + 3u * (size_t)t->group.element_length;
    if (hash->longest != 0 && (length > hash->longest || name->length > hash->longest - length)) {
        return PSA_ERROR_NOT_SUPPORTED; /* a hash of short messages */
    }
    hash->init(context);
    hash_string(hash, context, t->generator, t->group.element_length);
    hash_string(hash, context, t->commitment, t->group.element_length);
    hash_string(hash, context, share, t->group.element_length);
    hash_string(hash, context, name->data, name->length);
    hash->finish(context, digest);
    sw_group_scalar_reduce(&t->group, h, digest, hash->length);
    ZEROISE(context);
    return PSA_SUCCESS;
}

/* V = v * generator */
static psa_status_t commit(const struct turn *t, uint8_t *commitment)
{
    psa_status_t status = sw_group_scalar_random(&t->group, t->nonce);
    if (status == PSA_SUCCESS) {
        status = sw_group_multiply(&t->group, t->commitment, t->nonce, t->generator);
    }
    if (status == PSA_SUCCESS) {
        CT_PUBLIC(t->commitment, t->group.element_length); /* sent */
        memcpy(commitment, t->commitment, t->group.element_length);
    }
    return status;
}

/* r = v - secret h */
static psa_status_t prove(const struct turn *t, uint8_t *r, size_t i)
{
    uint8_t h[SW_GROUP_SCALAR_MAX];
    psa_status_t status = challenge(t, h, t->own[i], &t->jpake->user);
    if (status == PSA_SUCCESS) {
        sw_group_scalar_multiply(&t->group, h, h, t->secret[i]);
        sw_group_scalar_negate(&t->group, h, h);
        sw_group_scalar_add(&t->group, r, t->nonce, h);
        CT_PUBLIC(r, t->group.scalar_length); /* sent */
    }
    ZEROISE(h);
    return status;
}

/* V = r * generator + h * share. All of it is public. */
static psa_status_t check_proof(const struct turn *t, const uint8_t *r, size_t i)
{
    uint8_t h[SW_GROUP_SCALAR_MAX], sum[SW_GROUP_ELEMENT_MAX], term[SW_GROUP_ELEMENT_MAX];
    psa_status_t status = challenge(t, h, t->theirs[i], &t->jpake->peer);
    if (status == PSA_SUCCESS) {
        status = sw_group_multiply(&t->group, sum, r, t->generator);
    }
    if (status == PSA_SUCCESS) {
        status = sw_group_multiply(&t->group, term, h, t->theirs[i]);
    }
    if (status == PSA_SUCCESS) {
        status = sw_group_add(&t->group, sum, sum, term);
    }
    if (status == PSA_SUCCESS && memcmp(sum, t->commitment, t->group.element_length) != 0) {
        status = SW_PAKE_BAD_PROOF;
    }
    return status;
}

/* An integer below q, zeroes in front of it left out or not. */
static psa_status_t read_proof(const struct turn *t, const uint8_t *proof, size_t length, size_t i)
{
    uint8_t r[SW_GROUP_SCALAR_MAX] = { 0 };
    while (length > t->group.scalar_length && proof[0] == 0) {
        proof++;
        length--;
    }
    if (length > t->group.scalar_length) {
        return SW_PAKE_BAD_PROOF;
    }
    memcpy(r + t->group.scalar_length - length, proof, length);
    uint8_t zero = 0;
    for (size_t j = 0; j < t->group.scalar_length; j++) {
        zero |= r[j];
    }
    if (zero != 0 && sw_group_scalar_is_valid(&t->group, r) == 0) {
        return SW_PAKE_BAD_PROOF;
    }
    return check_proof(t, r, i);
}

/* ---- Shares ---- */

/* The generator of round two is a + b + c; not neutral, for then a proof says nothing (RFC 8236, 3.2). */
static psa_status_t sum_of(const struct turn *t, const uint8_t *a, const uint8_t *b, const uint8_t *c)
{
    psa_status_t status = sw_group_add(&t->group, t->generator, a, b);
    if (status == PSA_SUCCESS) {
        status = sw_group_add(&t->group, t->generator, t->generator, c);
    }
    return status == PSA_SUCCESS && sw_group_is_neutral(&t->group, t->generator) ? SW_PAKE_BAD_SHARE : status;
}

/* x2 s, and the generator G1 + G3 + G4 */
static psa_status_t start_round_two(const struct turn *t, const struct psacrypto_key *password)
{
    uint8_t s[SW_GROUP_SCALAR_MAX];
    read_password(&t->group, s, password);
    sw_group_scalar_multiply(&t->group, t->secret[2], t->secret[1], s);
    ZEROISE(s);
    return sum_of(t, t->own[0], t->theirs[0], t->theirs[1]);
}

static psa_status_t start_round_one(const struct turn *t, size_t i)
{
    psa_status_t status = sw_group_scalar_random(&t->group, t->secret[i]);
    return status == PSA_SUCCESS ? sw_group_base(&t->group, t->generator) : status;
}

static psa_status_t make_share(const struct turn *t, const struct psacrypto_key *password, uint8_t *share, size_t i)
{
    psa_status_t status = i == 2u ? start_round_two(t, password) : start_round_one(t, i);
    if (status == PSA_SUCCESS) {
        status = sw_group_multiply(&t->group, t->own[i], t->secret[i], t->generator);
    }
    if (status == PSA_SUCCESS) {
        CT_PUBLIC(t->own[i], t->group.element_length); /* sent */
        memcpy(share, t->own[i], t->group.element_length);
    }
    return status;
}

/* The peer's generator in round two is the sum of its first share and both of ours. */
static psa_status_t read_share(const struct turn *t, const uint8_t *share, size_t i)
{
    memcpy(t->theirs[i], share, t->group.element_length); /* first, for who shares memory may change it behind the check */
    psa_status_t status = sw_group_check(&t->group, t->theirs[i]);
    if (status != PSA_SUCCESS) {
        return status;
    }
    return i == 2u ? sum_of(t, t->own[0], t->own[1], t->theirs[0]) : sw_group_base(&t->group, t->generator);
}

/* ---- Steps ---- */

static psa_status_t output(void *context, const struct psacrypto_key *password, psa_pake_step_t step, uint8_t *data, size_t *length)
{
    struct turn t = turn_of(context);
    size_t i = t.jpake->outputs / 3u;
    psa_status_t status = PSA_ERROR_BAD_STATE;
    if (i >= SHARES) {
        return status;
    }
    switch (step) {
    case PSA_PAKE_STEP_KEY_SHARE:
        status = make_share(&t, password, data, i);
        break;
    case PSA_PAKE_STEP_ZK_PUBLIC:
        status = commit(&t, data);
        break;
    case PSA_PAKE_STEP_ZK_PROOF:
        status = prove(&t, data, i);
        break;
    default:
        break;
    }
    if (status == PSA_SUCCESS) {
        t.jpake->outputs++;
        *length = step == PSA_PAKE_STEP_ZK_PROOF ? t.group.scalar_length : t.group.element_length;
    }
    return status;
}

static psa_status_t input(void *context, const struct psacrypto_key *password, psa_pake_step_t step, const uint8_t *data, size_t length)
{
    struct turn t = turn_of(context);
    size_t i = t.jpake->inputs / 3u;
    psa_status_t status = PSA_ERROR_BAD_STATE;
    (void)password;
    if (i >= SHARES) {
        return status;
    }
    switch (step) {
    case PSA_PAKE_STEP_KEY_SHARE:
        status = read_share(&t, data, i);
        break;
    case PSA_PAKE_STEP_ZK_PUBLIC:
        memcpy(t.commitment, data, t.group.element_length);
        status = sw_group_check(&t.group, t.commitment);
        break;
    case PSA_PAKE_STEP_ZK_PROOF:
        status = read_proof(&t, data, length, i);
        break;
    default:
        break;
    }
    t.jpake->inputs = (uint8_t)(t.jpake->inputs + (status == PSA_SUCCESS));
    return status;
}

/* K = x2 (B - x2 s G4) (RFC 8236, 3.2) */
static psa_status_t get_shared_key(void *context, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct turn t = turn_of(context);
    uint8_t k[SW_GROUP_ELEMENT_MAX], negative[SW_GROUP_SCALAR_MAX];
    if (secret_size < t.group.element_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    sw_group_scalar_negate(&t.group, negative, t.secret[2]);
    psa_status_t status = sw_group_multiply(&t.group, k, negative, t.theirs[1]);
    if (status == PSA_SUCCESS) {
        status = sw_group_add(&t.group, k, t.theirs[2], k);
    }
    if (status == PSA_SUCCESS) {
        status = sw_group_multiply(&t.group, k, t.secret[1], k);
    }
    if (status == PSA_SUCCESS && sw_group_is_neutral(&t.group, k)) {
        status = PSA_ERROR_INVALID_ARGUMENT; /* B was made to give a key that all know */
    }
    if (status == PSA_SUCCESS) {
        memcpy(secret, k, t.group.element_length);
        *secret_length = t.group.element_length;
    }
    ZEROISE(k);
    ZEROISE(negative);
    return status;
}

static void abort_jpake(void *context)
{
    struct jpake *jpake = context;
    sw_kdf_input_free(&jpake->user);
    sw_kdf_input_free(&jpake->peer);
    platform_secret_free(jpake->memory, jpake->memory_size);
    jpake->memory = NULL;
}

const struct sw_pake sw_pake_jpake = {
    .matches = matches,
    .supports = supports,
    .context_size = sizeof(struct jpake),
    .setup = setup,
    .set_user = set_user,
    .set_peer = set_peer,
    .output = output,
    .input = input,
    .get_shared_key = get_shared_key,
    .abort = abort_jpake,
};

#endif
