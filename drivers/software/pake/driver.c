/* SPDX-License-Identifier: Apache-2.0 */
/* The PAKE entries of the software driver: finds the protocol and does what is common to all. */
#include "software/pake/pake.h"
#include "software/pake/sae.h"
#include "software/pake/spake2p.h"
#include "software/software.h"

static const struct sw_pake *const pakes[] = {
#if PSA_WANT_ALG_JPAKE
    &sw_pake_jpake,
#endif
#if SW_HAS_SPAKE2P && SW_HAS_SPAKE2P_KEYS
    &sw_pake_spake2p,
#endif
#if SW_HAS_SAE_PAKE
    &sw_pake_sae,
#endif
    NULL,
};

/* The algorithm is kept instead of the row: a context may lie in the program's memory, where no pointer to code should
 * be found. */
struct operation {
    uint64_t alg;
    uint64_t context[];
};

static const struct sw_pake *find(psa_algorithm_t alg)
{
    const struct sw_pake *const *row = pakes;
    while (*row != NULL && !(*row)->matches(alg)) {
        row++;
    }
    return *row;
}

size_t sw_pake_context_size(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct sw_pake *pake = find(alg);
    return pake == NULL || !pake->supports(alg, type, bits) ? 0 : sizeof(struct operation) + pake->context_size;
}

static psa_status_t setup(void *instance, const struct psacrypto_key *password, void *context, const psa_pake_cipher_suite_t *suite)
{
    struct operation *operation = context;
    const struct sw_pake *pake = find(psa_pake_cs_get_algorithm(suite));

    (void)instance;
    if (pake == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    operation->alg = psa_pake_cs_get_algorithm(suite);
    return pake->setup(operation->context, password, suite);
}

static const struct sw_pake *pake_of(const struct operation *operation)
{
    return find((psa_algorithm_t)operation->alg);
}

static psa_status_t set_role(void *instance, void *context, psa_pake_role_t role)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    if (pake == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    return pake->set_role == NULL ? PSA_ERROR_NOT_SUPPORTED : pake->set_role(operation->context, role);
}

static psa_status_t set_user(void *instance, void *context, const uint8_t *user, size_t user_length)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    return pake == NULL ? PSA_ERROR_BAD_STATE : pake->set_user(operation->context, user, user_length);
}

static psa_status_t set_peer(void *instance, void *context, const uint8_t *peer, size_t peer_length)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    return pake == NULL ? PSA_ERROR_BAD_STATE : pake->set_peer(operation->context, peer, peer_length);
}

static psa_status_t set_context(void *instance, void *context, const uint8_t *string, size_t string_length)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    if (pake == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    return pake->set_context == NULL ? PSA_ERROR_NOT_SUPPORTED : pake->set_context(operation->context, string, string_length);
}

static psa_status_t output(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                           uint8_t *output_data, size_t output_size, size_t *output_length)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    (void)output_size; /* the library has looked at it */
    return pake == NULL ? PSA_ERROR_BAD_STATE : pake->output(operation->context, password, step, output_data, output_length);
}

static psa_status_t input(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                          const uint8_t *input_data, size_t input_length)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    return pake == NULL ? PSA_ERROR_BAD_STATE : pake->input(operation->context, password, step, input_data, input_length);
}

static psa_status_t get_shared_key(void *instance, void *context, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    return pake == NULL ? PSA_ERROR_BAD_STATE : pake->get_shared_key(operation->context, secret, secret_size, secret_length);
}

static psa_status_t abort_pake(void *instance, void *context)
{
    struct operation *operation = context;
    const struct sw_pake *pake = pake_of(operation);

    (void)instance;
    if (pake != NULL) {
        pake->abort(operation->context);
    }
    return PSA_SUCCESS;
}

const struct psacrypto_pake_entries sw_pake_entries = {
    .setup = setup,
    .set_role = set_role,
    .set_user = set_user,
    .set_peer = set_peer,
    .set_context = set_context,
    .output = output,
    .input = input,
    .get_shared_key = get_shared_key,
    .abort = abort_pake,
};
