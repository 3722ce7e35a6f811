/* SPDX-License-Identifier: Apache-2.0 */
/* A whole exchange, both sides of it, up to the shared keys. Debian's Mbed TLS has none: its J-PAKE is not in the library that it builds.
 * Part of psa.c. */
#ifndef BENCHMARKS_PAKE_H
#define BENCHMARKS_PAKE_H

#if defined(PSA_PAKE_PRIMITIVE)

static const uint8_t pake_password[] = "password";
static const uint8_t pake_scalars[64] = {[20] = 1, [52] = 2};

#define PAKE_GROUP(row) \
    PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, (row)->bits == 255 ? PSA_ECC_FAMILY_TWISTED_EDWARDS : PSA_ECC_FAMILY_SECP_R1, (row)->bits)

struct pake_message {
    int from;
    psa_pake_step_t step;
};

#define PROVEN(from) {from, PSA_PAKE_STEP_KEY_SHARE}, {from, PSA_PAKE_STEP_ZK_PUBLIC}, {from, PSA_PAKE_STEP_ZK_PROOF}

static const struct pake_message pake_jpake[] = {PROVEN(0), PROVEN(0), PROVEN(1), PROVEN(1), PROVEN(0), PROVEN(1), {0, 0}};

static const struct pake_message pake_spake2p[] = {
    {0, PSA_PAKE_STEP_KEY_SHARE}, {1, PSA_PAKE_STEP_KEY_SHARE}, {1, PSA_PAKE_STEP_CONFIRM}, {0, PSA_PAKE_STEP_CONFIRM}, {0, 0},
};

#define PAKE_BOTH 2 /* what both are given: no rejected groups, a count */

static const struct pake_message pake_sae[] = {
    {0, PSA_PAKE_STEP_COMMIT}, {1, PSA_PAKE_STEP_COMMIT}, {PAKE_BOTH, PSA_PAKE_STEP_SALT}, {PAKE_BOTH, PSA_PAKE_STEP_CONFIRM_COUNT},
    {0, PSA_PAKE_STEP_CONFIRM}, {1, PSA_PAKE_STEP_CONFIRM}, {0, 0},
};

static psa_status_t pake_send(psa_pake_operation_t *sides, const struct pake_message *message)
{
    static const uint8_t count[2] = {1, 0};
    uint8_t data[198];
    size_t length = message->step == PSA_PAKE_STEP_CONFIRM_COUNT ? 2 : 0;
    if (message->from == PAKE_BOTH) {
        psa_status_t status = psa_pake_input(&sides[0], message->step, count, length);
        return status == PSA_SUCCESS ? psa_pake_input(&sides[1], message->step, count, length) : status;
    }
    psa_status_t status = psa_pake_output(&sides[message->from], message->step, data, sizeof(data), &length);
    return status == PSA_SUCCESS ? psa_pake_input(&sides[1 - message->from], message->step, data, length) : status;
}

static const struct pake_message *pake_messages(psa_algorithm_t alg)
{
    return PSA_ALG_IS_JPAKE(alg) ? pake_jpake : PSA_ALG_IS_WPA3_SAE(alg) ? pake_sae : pake_spake2p;
}

static psa_status_t pake_start(psa_pake_operation_t *operation, const struct worker_row *row, psa_key_id_t key, int side)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    int jpake = PSA_ALG_IS_JPAKE(row->algorithm);
    psa_pake_cs_set_algorithm(&suite, row->algorithm);
    psa_pake_cs_set_primitive(&suite, PAKE_GROUP(row));
    psa_pake_cs_set_key_confirmation(&suite, jpake ? PSA_PAKE_UNCONFIRMED_KEY : PSA_PAKE_CONFIRMED_KEY);
    psa_status_t status = psa_pake_setup(operation, key, &suite);
    if (status == PSA_SUCCESS && !jpake && !PSA_ALG_IS_WPA3_SAE(row->algorithm)) {
        status = psa_pake_set_role(operation, side == 0 ? PSA_PAKE_ROLE_CLIENT : PSA_PAKE_ROLE_SERVER);
    }
    if (status == PSA_SUCCESS) {
        status = psa_pake_set_user(operation, (const uint8_t *)(side == 0 ? "client" : "server"), 6);
    }
    return status == PSA_SUCCESS ? psa_pake_set_peer(operation, (const uint8_t *)(side == 0 ? "server" : "client"), 6) : status;
}

static psa_status_t pake_end(psa_pake_operation_t *operation)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    psa_status_t status = psa_pake_get_shared_key(operation, &attributes, &key);
    return status == PSA_SUCCESS ? psa_destroy_key(key) : status;
}

static psa_status_t pake_exchange(const struct worker_row *row, const psa_key_id_t *pair)
{
    const struct pake_message *message = pake_messages(row->algorithm);
    psa_pake_operation_t sides[2] = {PSA_PAKE_OPERATION_INIT, PSA_PAKE_OPERATION_INIT};
    psa_status_t status = pake_start(&sides[0], row, pair[0], 0);
    if (status == PSA_SUCCESS) {
        status = pake_start(&sides[1], row, pair[1], 1);
    }
    for (; status == PSA_SUCCESS && message->step != 0; message++) {
        status = pake_send(sides, message);
    }
    for (int i = 0; i < 2; i++) {
        status = status == PSA_SUCCESS ? pake_end(&sides[i]) : status;
        (void)psa_pake_abort(&sides[i]);
    }
    return status;
}

static psa_status_t pake_import(const struct worker_row *row, psa_key_type_t type, const uint8_t *data, size_t length, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    set_attributes(&attributes, row);
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, PSA_KEY_TYPE_IS_SPAKE2P(type) ? row->bits : 0);
    return psa_import_key(&attributes, data, length, key);
}

/* A client's key and a server's; a row without a key type has a password. */
static psa_status_t pake_keys(const struct worker_row *row, psa_key_id_t *pair)
{
    uint8_t verifier[97];
    size_t length;
    if (row->type == PSA_KEY_TYPE_NONE) {
        psa_status_t status = pake_import(row, PSA_KEY_TYPE_PASSWORD, pake_password, sizeof(pake_password), &pair[0]);
        return status == PSA_SUCCESS ? pake_import(row, PSA_KEY_TYPE_PASSWORD, pake_password, sizeof(pake_password), &pair[1]) : status;
    }
    psa_status_t status = pake_import(row, row->type, pake_scalars, sizeof(pake_scalars), &pair[0]);
    if (status == PSA_SUCCESS) {
        status = psa_export_public_key(pair[0], verifier, sizeof(verifier), &length);
    }
    return status == PSA_SUCCESS ? pake_import(row, PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(row->type), verifier, length, &pair[1]) : status;
}

#else

static psa_status_t pake_keys(const struct worker_row *row, psa_key_id_t *pair)
{
    (void)row;
    (void)pair;
    return PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t pake_exchange(const struct worker_row *row, const psa_key_id_t *pair)
{
    (void)row;
    (void)pair;
    return PSA_ERROR_NOT_SUPPORTED;
}

#endif

#endif
