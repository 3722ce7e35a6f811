/* SPDX-License-Identifier: Apache-2.0 */
#include "api/pake.h"

#include "util/reason.h"

/* ---- Cipher suites ---- */

/* The suites of RFC 9383, section 4. Matter has the first one, of an earlier draft. */
static const struct {
    psa_ecc_family_t family;
    uint16_t bits;
    uint8_t with_cmac;
    psa_algorithm_t hash;
} spake2p_suites[] = {
    { PSA_ECC_FAMILY_SECP_R1, 256, 0, PSA_ALG_SHA_256 },
    { PSA_ECC_FAMILY_SECP_R1, 256, 0, PSA_ALG_SHA_512 },
    { PSA_ECC_FAMILY_SECP_R1, 384, 0, PSA_ALG_SHA_256 },
    { PSA_ECC_FAMILY_SECP_R1, 384, 0, PSA_ALG_SHA_512 },
    { PSA_ECC_FAMILY_SECP_R1, 521, 0, PSA_ALG_SHA_512 },
    { PSA_ECC_FAMILY_TWISTED_EDWARDS, 255, 0, PSA_ALG_SHA_256 },
    { PSA_ECC_FAMILY_TWISTED_EDWARDS, 448, 0, PSA_ALG_SHA_512 },
    { PSA_ECC_FAMILY_SECP_R1, 256, 1, PSA_ALG_SHA_256 },
    { PSA_ECC_FAMILY_SECP_R1, 256, 1, PSA_ALG_SHA_512 },
};

static int is_spake2p_suite(psa_algorithm_t alg, psa_pake_primitive_t group)
{
    if (PSA_PAKE_PRIMITIVE_GET_TYPE(group) != PSA_PAKE_PRIMITIVE_TYPE_ECC) {
        return 0;
    }
    if (alg == PSA_ALG_SPAKE2P_MATTER) {
        return group == PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256u);
    }
    for (unsigned i = 0; i < sizeof(spake2p_suites) / sizeof(spake2p_suites[0]); i++) {
        if (spake2p_suites[i].family == PSA_PAKE_PRIMITIVE_GET_FAMILY(group) &&
            spake2p_suites[i].bits == PSA_PAKE_PRIMITIVE_GET_BITS(group) && spake2p_suites[i].hash == PSA_ALG_GET_HASH(alg) &&
            spake2p_suites[i].with_cmac == PSA_ALG_IS_SPAKE2P_CMAC(alg)) {
            return 1;
        }
    }
    return 0;
}

/* IEEE 802.11, table 12-1: the length of the prime decides. */
psa_algorithm_t pake_sae_hash(psa_pake_primitive_t group)
{
    int is_curve = PSA_PAKE_PRIMITIVE_GET_TYPE(group) == PSA_PAKE_PRIMITIVE_TYPE_ECC;
    size_t bits = PSA_PAKE_PRIMITIVE_GET_BITS(group);
    if (PSA_PAKE_OUTPUT_SIZE(PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_256), group, PSA_PAKE_STEP_COMMIT) == 0) {
        return PSA_ALG_NONE;
    }
    if (bits <= (is_curve ? 256u : 2048u)) {
        return PSA_ALG_SHA_256;
    }
    return bits <= (is_curve ? 384u : 3072u) ? PSA_ALG_SHA_384 : PSA_ALG_SHA_512;
}

/* The looping method has SHA-256 alone, with any group. */
static int is_sae_suite(psa_algorithm_t alg, psa_pake_primitive_t group, int is_password)
{
    psa_algorithm_t hash = pake_sae_hash(group);
    if (is_password) {
        return hash != PSA_ALG_NONE && PSA_ALG_GET_HASH(alg) == PSA_ALG_SHA_256;
    }
    return hash != PSA_ALG_NONE && PSA_ALG_GET_HASH(alg) == hash;
}

/* J-PAKE leaves the confirmation to the application; the others know the key only confirmed. */
static uint32_t confirmation_of(psa_algorithm_t alg)
{
    return PSA_ALG_IS_JPAKE(alg) ? PSA_PAKE_UNCONFIRMED_KEY : PSA_PAKE_CONFIRMED_KEY;
}

psa_status_t pake_check_suite(const psa_pake_cipher_suite_t *suite, int is_password)
{
    psa_algorithm_t alg = psa_pake_cs_get_algorithm(suite);
    psa_pake_primitive_t group = psa_pake_cs_get_primitive(suite);
    if (psa_pake_cs_get_key_confirmation(suite) != confirmation_of(alg)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_PAKE_SUITE, alg, group);
    }
    /* J-PAKE can be done in any group: one that nobody knows is one that we do not have. */
    if (PSA_ALG_IS_JPAKE(alg)) {
        return PSA_PAKE_OUTPUT_SIZE(alg, group, PSA_PAKE_STEP_KEY_SHARE) != 0
            ? PSA_SUCCESS
            : reason(PSA_ERROR_NOT_SUPPORTED, REASON_PAKE_SUITE, alg, group);
    }
    int exists = PSA_ALG_IS_SPAKE2P(alg) ? is_spake2p_suite(alg, group) : is_sae_suite(alg, group, is_password);
    return exists ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_PAKE_SUITE, alg, group);
}

/* ---- J-PAKE: rounds of two shares and of one, each share with its proof ---- */

/* A place counts the outputs in bits 0 to 7 and the inputs above. */
#define JPAKE_COUNT(place, direction) (((place) >> ((direction) == PAKE_INPUT ? 8u : 0u)) & 0xffu)
#define JPAKE_ONE(direction) ((direction) == PAKE_INPUT ? 0x100u : 1u)
#define JPAKE_ROUND_ONE 6u
#define JPAKE_ALL 9u

static psa_pake_step_t jpake_step(uint32_t count)
{
    static const psa_pake_step_t steps[] = { PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_ZK_PUBLIC, PSA_PAKE_STEP_ZK_PROOF };
    return steps[count % 3u];
}

/* Outputs and inputs of a round come in either order, but all of one before the other; the second round after the first. */
static int jpake_is_turn(uint32_t place, enum pake_direction direction, psa_pake_step_t step)
{
    uint32_t own = JPAKE_COUNT(place, direction);
    uint32_t other = JPAKE_COUNT(place, direction == PAKE_INPUT ? PAKE_OUTPUT : PAKE_INPUT);
    int other_is_whole = other == 0 || other == JPAKE_ROUND_ONE || other == JPAKE_ALL;
    return own < JPAKE_ALL && step == jpake_step(own) && other_is_whole && (own < JPAKE_ROUND_ONE || other >= JPAKE_ROUND_ONE);
}

/* ---- SPAKE2+: exactly one order for each role; a place counts the steps ---- */

#define SPAKE2P_STEPS 4u

struct step {
    enum pake_direction direction;
    psa_pake_step_t step;
};

static const struct step spake2p_client[SPAKE2P_STEPS] = {
    { PAKE_OUTPUT, PSA_PAKE_STEP_KEY_SHARE },
    { PAKE_INPUT, PSA_PAKE_STEP_KEY_SHARE },
    { PAKE_INPUT, PSA_PAKE_STEP_CONFIRM },
    { PAKE_OUTPUT, PSA_PAKE_STEP_CONFIRM },
};

static const struct step spake2p_server[SPAKE2P_STEPS] = {
    { PAKE_INPUT, PSA_PAKE_STEP_KEY_SHARE },
    { PAKE_OUTPUT, PSA_PAKE_STEP_KEY_SHARE },
    { PAKE_OUTPUT, PSA_PAKE_STEP_CONFIRM },
    { PAKE_INPUT, PSA_PAKE_STEP_CONFIRM },
};

static int spake2p_is_turn(uint32_t place, psa_pake_role_t role, enum pake_direction direction, psa_pake_step_t step)
{
    const struct step *steps = role == PSA_PAKE_ROLE_CLIENT ? spake2p_client : spake2p_server;
    return place < SPAKE2P_STEPS && steps[place].direction == direction && steps[place].step == step;
}

/* ---- WPA3-SAE: a place is the set of what was done ---- */

#define SAE_COMMIT_GIVEN 1u
#define SAE_COMMIT_TAKEN 2u
#define SAE_SALT 4u
#define SAE_COUNT 8u /* for the next confirmation that is given */
#define SAE_CONFIRM_GIVEN 16u
#define SAE_CONFIRM_TAKEN 32u

/* before: all of them done; once: this not yet; done and undone: what the step makes of the place. */
static const struct {
    enum pake_direction direction;
    psa_pake_step_t step;
    uint8_t before, once, done, undone;
} sae_steps[] = {
    { PAKE_OUTPUT, PSA_PAKE_STEP_COMMIT, 0, SAE_COMMIT_GIVEN, SAE_COMMIT_GIVEN, 0 },
    { PAKE_INPUT, PSA_PAKE_STEP_COMMIT, 0, SAE_COMMIT_TAKEN, SAE_COMMIT_TAKEN, 0 },
    { PAKE_INPUT, PSA_PAKE_STEP_SALT, SAE_COMMIT_GIVEN | SAE_COMMIT_TAKEN, SAE_SALT, SAE_SALT, 0 },
    /* Confirmations may be repeated, each that is given under a new count. */
    { PAKE_INPUT, PSA_PAKE_STEP_CONFIRM_COUNT, SAE_SALT, 0, SAE_COUNT, 0 },
    { PAKE_OUTPUT, PSA_PAKE_STEP_CONFIRM, SAE_SALT | SAE_COUNT, 0, SAE_CONFIRM_GIVEN, SAE_COUNT },
    { PAKE_INPUT, PSA_PAKE_STEP_CONFIRM, SAE_SALT, 0, SAE_CONFIRM_TAKEN, 0 },
    { PAKE_OUTPUT, PSA_PAKE_STEP_KEY_ID, SAE_CONFIRM_GIVEN | SAE_CONFIRM_TAKEN, 0, 0, 0 },
};

#define SAE_STEPS ((int)(sizeof(sae_steps) / sizeof(sae_steps[0])))

/* -1: none. */
static int sae_find(enum pake_direction direction, psa_pake_step_t step)
{
    for (int i = 0; i < SAE_STEPS; i++) {
        if (sae_steps[i].direction == direction && sae_steps[i].step == step) {
            return i;
        }
    }
    return -1;
}

static int sae_is_turn(uint32_t place, enum pake_direction direction, psa_pake_step_t step)
{
    int row = sae_find(direction, step);
    return row >= 0 && (place & sae_steps[row].before) == sae_steps[row].before && (place & sae_steps[row].once) == 0;
}

static uint32_t sae_behind(uint32_t place, enum pake_direction direction, psa_pake_step_t step)
{
    int row = sae_find(direction, step);
    return row < 0 ? place : (place & ~(uint32_t)sae_steps[row].undone) | sae_steps[row].done;
}

/* ---- All of them ---- */

int pake_has_step(psa_algorithm_t alg, enum pake_direction direction, psa_pake_step_t step)
{
    if (PSA_ALG_IS_JPAKE(alg)) {
        return step == PSA_PAKE_STEP_KEY_SHARE || step == PSA_PAKE_STEP_ZK_PUBLIC || step == PSA_PAKE_STEP_ZK_PROOF;
    }
    if (PSA_ALG_IS_SPAKE2P(alg)) {
        return step == PSA_PAKE_STEP_KEY_SHARE || step == PSA_PAKE_STEP_CONFIRM;
    }
    return sae_find(direction, step) >= 0;
}

int pake_is_turn(uint32_t place, psa_algorithm_t alg, psa_pake_role_t role, enum pake_direction direction, psa_pake_step_t step)
{
    if (PSA_ALG_IS_JPAKE(alg)) {
        return jpake_is_turn(place, direction, step);
    }
    return PSA_ALG_IS_SPAKE2P(alg) ? spake2p_is_turn(place, role, direction, step) : sae_is_turn(place, direction, step);
}

uint32_t pake_behind(uint32_t place, psa_algorithm_t alg, enum pake_direction direction, psa_pake_step_t step)
{
    if (PSA_ALG_IS_JPAKE(alg)) {
        return place + JPAKE_ONE(direction);
    }
    return PSA_ALG_IS_SPAKE2P(alg) ? place + 1u : sae_behind(place, direction, step);
}

int pake_is_complete(uint32_t place, psa_algorithm_t alg)
{
    if (PSA_ALG_IS_JPAKE(alg)) {
        return JPAKE_COUNT(place, PAKE_OUTPUT) == JPAKE_ALL && JPAKE_COUNT(place, PAKE_INPUT) == JPAKE_ALL;
    }
    uint32_t confirmed = SAE_CONFIRM_GIVEN | SAE_CONFIRM_TAKEN;
    return PSA_ALG_IS_SPAKE2P(alg) ? place == SPAKE2P_STEPS : (place & confirmed) == confirmed;
}
