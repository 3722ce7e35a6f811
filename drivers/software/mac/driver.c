/* SPDX-License-Identifier: Apache-2.0 */
/* The MAC entries of the software driver. */
#include "software/mac/mac.h"
#include "software/software.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* Context of a MAC in parts: the message so far. The key comes again with each step. */
struct operation {
    uint64_t alg;
    uint64_t context[];
};

/* An algorithm for one type of key. */
struct plan {
    const struct sw_mac *mac;
    psa_algorithm_t alg;
    psa_key_type_t type;
    size_t whole_length;    /* of the MAC */
    size_t length;          /* as alg truncates it */
};

/* What is prepared for a key: the plan, and the row's expansion where rows want it, at an address that 64 divides. */
struct prepared {
    struct plan plan;
    uint8_t pad[SW_MAC_PREPARED_MAX - SW_MAC_EXPANDED_MAX - sizeof(struct plan)];
    uint64_t expanded[];
};
STATIC_ASSERT(offsetof(struct prepared, expanded) == 64u, the_expansion_is_aligned);

/* A key's expansion: the one that was prepared, or one made in the room beside it for this call. */
struct expansion {
    const void *key;
    size_t made;            /* bytes of room in use */
    uint64_t room[SW_MAC_EXPANDED_MAX / 8u + 8u];
};

#define TRUNCATED_LENGTH(alg) (((alg) >> 16) & 0x3fu)

static psa_status_t plan_for(struct plan *plan, psa_algorithm_t alg, psa_key_type_t type)
{
    plan->mac = sw_mac_find(alg);
    plan->alg = alg;
    plan->type = type;
    plan->whole_length = plan->mac == NULL ? 0 : plan->mac->length(alg, type);
    if (plan->whole_length == 0 || TRUNCATED_LENGTH(alg) > plan->whole_length) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    plan->length = TRUNCATED_LENGTH(alg) != 0 ? TRUNCATED_LENGTH(alg) : plan->whole_length;
    return PSA_SUCCESS;
}

static psa_status_t plan_with_key(struct plan *plan, psa_algorithm_t alg, const struct psacrypto_key *key)
{
    const struct prepared *prepared = key->prepared;
    if (prepared != NULL && prepared->plan.alg == alg) {
        *plan = prepared->plan;
        return PSA_SUCCESS;
    }
    return plan_for(plan, alg, psa_get_key_type(key->attributes));
}

static void *aligned_room(struct expansion *expansion)
{
    uintptr_t address = (uintptr_t)expansion->room;
    return (uint8_t *)expansion->room + (64u - address % 64u) % 64u;
}

static psa_status_t expand(struct expansion *expansion, const struct plan *plan, const struct psacrypto_key *key)
{
    expansion->made = 0;
    if (key->prepared != NULL) {
        expansion->key = ((const struct prepared *)key->prepared)->expanded;
        return PSA_SUCCESS;
    }
    void *room = aligned_room(expansion);
    expansion->key = room;
    expansion->made = plan->mac->prepared_size(plan->alg, plan->type);
    return plan->mac->prepare(room, plan->alg, key);
}

static void release(struct expansion *expansion)
{
    if (expansion->made != 0) {
        zeroise(aligned_room(expansion), expansion->made);
    }
}

static psa_status_t check_length(const struct plan *plan, const void *context, size_t input_length)
{
    return plan->mac->accepts == NULL || plan->mac->accepts(context, plan->alg, input_length) ? PSA_SUCCESS
                                                                                              : PSA_ERROR_INVALID_ARGUMENT;
}

/* ---- What the driver table asks ---- */

size_t sw_mac_context_size(psa_algorithm_t alg, psa_key_type_t type)
{
    struct plan plan;
    return plan_for(&plan, alg, type) == PSA_SUCCESS ? sizeof(uint64_t) + plan.mac->context_size(alg, type) : 0;
}

size_t sw_mac_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    struct plan plan;
    psa_status_t status = plan_for(&plan, alg, psa_get_key_type(key->attributes));
    return status == PSA_SUCCESS ? sizeof(struct prepared) + plan.mac->prepared_size(alg, plan.type) : 0;
}

psa_status_t sw_mac_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct prepared *prepared = memory;
    psa_status_t status = plan_for(&prepared->plan, alg, psa_get_key_type(key->attributes));
    return status == PSA_SUCCESS ? prepared->plan.mac->prepare(prepared->expanded, alg, key) : status;
}

/* ---- One message, whole ---- */

static psa_status_t compute_in_parts(const struct plan *plan, const void *expanded, const uint8_t *input, size_t input_length,
                                     uint8_t *mac)
{
    uint64_t context[SW_MAC_CONTEXT_MAX / 8u];

    plan->mac->start(context, expanded);
    psa_status_t status = check_length(plan, context, input_length);
    if (status == PSA_SUCCESS) {
        plan->mac->update(context, expanded, plan->alg, input, input_length);
        plan->mac->finish(context, expanded, mac);
    }
    zeroise(context, plan->mac->context_size(plan->alg, plan->type));
    return status;
}

static psa_status_t compute_expanded(const struct plan *plan, const void *expanded, const uint8_t *input, size_t input_length,
                                     uint8_t *mac)
{
    if (plan->mac->compute_short != NULL && plan->mac->compute_short(expanded, input, input_length, mac)) {
        return PSA_SUCCESS;
    }
    return compute_in_parts(plan, expanded, input, input_length, mac);
}

static psa_status_t compute_unprepared(const struct plan *plan, const struct psacrypto_key *key,
                                       const uint8_t *input, size_t input_length, uint8_t *mac)
{
    struct expansion expansion;

    psa_status_t status = expand(&expansion, plan, key);
    if (status == PSA_SUCCESS) {
        status = compute_expanded(plan, expansion.key, input, input_length, mac);
    }
    release(&expansion);
    return status;
}

/* mac: plan->whole_length bytes. */
static psa_status_t compute_whole(const struct plan *plan, const struct psacrypto_key *key,
                                  const uint8_t *input, size_t input_length, uint8_t *mac)
{
    if (key->prepared != NULL) {
        return compute_expanded(plan, ((const struct prepared *)key->prepared)->expanded, input, input_length, mac);
    }
    return compute_unprepared(plan, key, input, input_length, mac);
}

static psa_status_t compute_truncated(const struct plan *plan, const struct psacrypto_key *key,
                                      const uint8_t *input, size_t input_length, uint8_t *mac)
{
    uint8_t whole[SW_MAC_LENGTH_MAX];

    psa_status_t status = compute_whole(plan, key, input, input_length, whole);
    if (status == PSA_SUCCESS) {
        memcpy(mac, whole, plan->length);
    }
    ZEROISE(whole);
    return status;
}

static psa_status_t compute(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct plan plan;

    (void)instance;
    psa_status_t status = plan_with_key(&plan, alg, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (mac_size < plan.length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    status = plan.length == plan.whole_length ? compute_whole(&plan, key, input, input_length, mac)
                                              : compute_truncated(&plan, key, input, input_length, mac);
    if (status == PSA_SUCCESS) {
        *mac_length = plan.length;
    }
    return status;
}

/* The length of a MAC is public; whether it is right becomes public with the answer. */
static psa_status_t compare(const struct plan *plan, const uint8_t *whole, const uint8_t *mac, size_t mac_length)
{
    if (mac_length != plan->length) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    uint32_t equal = ct_mask_equal(whole, mac, mac_length);
    CT_PUBLIC(&equal, sizeof equal);
    return equal != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static psa_status_t verify(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                           const uint8_t *input, size_t input_length, const uint8_t *mac, size_t mac_length)
{
    struct plan plan;
    uint8_t whole[SW_MAC_LENGTH_MAX];

    (void)instance;
    psa_status_t status = plan_with_key(&plan, alg, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = compute_whole(&plan, key, input, input_length, whole);
    if (status == PSA_SUCCESS) {
        status = compare(&plan, whole, mac, mac_length);
    }
    ZEROISE(whole);
    return status;
}

/* ---- In parts ---- */

static psa_status_t setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    struct operation *operation = context;
    struct plan plan;
    struct expansion expansion;

    (void)instance;
    psa_status_t status = plan_with_key(&plan, alg, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = expand(&expansion, &plan, key);
    if (status == PSA_SUCCESS) {
        operation->alg = alg;
        plan.mac->start(operation->context, expansion.key);
    }
    release(&expansion);
    return status;
}

/* Nothing but setup writes alg, and the key is the same again: a mismatch is a library that mixes its calls up. */
static psa_status_t plan_of(struct plan *plan, const struct operation *operation, const struct psacrypto_key *key)
{
    psa_status_t status = plan_with_key(plan, (psa_algorithm_t)operation->alg, key);
    return status == PSA_SUCCESS ? status : PSA_ERROR_BAD_STATE;
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length)
{
    struct operation *operation = context;
    struct plan plan;
    struct expansion expansion;

    (void)instance;
    psa_status_t status = plan_of(&plan, operation, key);
    if (status == PSA_SUCCESS) {
        status = check_length(&plan, operation->context, input_length);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (!plan.mac->update_takes_key) {
        plan.mac->update(operation->context, NULL, plan.alg, input, input_length);
        return PSA_SUCCESS;
    }
    status = expand(&expansion, &plan, key);
    if (status == PSA_SUCCESS) {
        plan.mac->update(operation->context, expansion.key, plan.alg, input, input_length);
    }
    release(&expansion);
    return status;
}

/* mac: SW_MAC_LENGTH_MAX bytes. */
static psa_status_t finish_whole(const struct plan *plan, struct operation *operation,
                                 const struct psacrypto_key *key, uint8_t *mac)
{
    struct expansion expansion;

    psa_status_t status = expand(&expansion, plan, key);
    if (status == PSA_SUCCESS) {
        plan->mac->finish(operation->context, expansion.key, mac);
    }
    release(&expansion);
    return status;
}

static psa_status_t sign_finish(void *instance, const struct psacrypto_key *key, void *context,
                                uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct plan plan;
    uint8_t whole[SW_MAC_LENGTH_MAX];

    (void)instance;
    psa_status_t status = plan_of(&plan, context, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (mac_size < plan.length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    status = finish_whole(&plan, context, key, whole);
    if (status == PSA_SUCCESS) {
        memcpy(mac, whole, plan.length);
        *mac_length = plan.length;
    }
    ZEROISE(whole);
    return status;
}

static psa_status_t verify_finish(void *instance, const struct psacrypto_key *key, void *context,
                                  const uint8_t *mac, size_t mac_length)
{
    struct plan plan;
    uint8_t whole[SW_MAC_LENGTH_MAX];

    (void)instance;
    psa_status_t status = plan_of(&plan, context, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = finish_whole(&plan, context, key, whole);
    if (status == PSA_SUCCESS) {
        status = compare(&plan, whole, mac, mac_length);
    }
    ZEROISE(whole);
    return status;
}

static psa_status_t abort_operation(void *instance, void *context)
{
    (void)instance;
    (void)context; /* nothing is held outside of it, and the library wipes it */
    return PSA_SUCCESS;
}

const struct psacrypto_mac_entries sw_mac_entries = {
    .compute = compute,
    .sign_setup = setup,
    .verify_setup = setup,
    .update = update,
    .sign_finish = sign_finish,
    .verify_finish = verify_finish,
    .abort = abort_operation,
    .verify = verify,
};
