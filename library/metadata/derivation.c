/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of each key derivation and their order (Crypto API, "Key-derivation algorithms"). A row an algorithm. */
#include "metadata/metadata.h"

#define WITHOUT_HASH(alg) ((alg) & ~(psa_algorithm_t)0x000000ff)

#define SALT PSA_KEY_DERIVATION_INPUT_SALT
#define SECRET PSA_KEY_DERIVATION_INPUT_SECRET
#define OTHER PSA_KEY_DERIVATION_INPUT_OTHER_SECRET
#define PASSWORD PSA_KEY_DERIVATION_INPUT_PASSWORD
#define LABEL PSA_KEY_DERIVATION_INPUT_LABEL
#define CONTEXT PSA_KEY_DERIVATION_INPUT_CONTEXT
#define INFO PSA_KEY_DERIVATION_INPUT_INFO
#define SEED PSA_KEY_DERIVATION_INPUT_SEED
#define COST PSA_KEY_DERIVATION_INPUT_COST

/* Bits of the rows of one table, for `after` and `before`. */
#define ROW(i) (1u << (i))

#define HKDF_LIKE(base) WITHOUT_HASH(base(PSA_ALG_SHA_256))

static const struct derivation_algorithm algorithms[] = {
    /* Salt before the secret where there is one; info at any time. */
    { HKDF_LIKE(PSA_ALG_HKDF), 1, DERIVATION_CAPACITY_255_HASHES, {
        { SALT, DERIVATION_OPTIONAL, 0, ROW(1), 0, DERIVATION_KEY_RAW, 1 },
        { SECRET, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_SECRET, 1 },
        { INFO, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_RAW, 1 } } },
    { HKDF_LIKE(PSA_ALG_HKDF_EXTRACT), 1, DERIVATION_CAPACITY_HASH, {
        { SALT, DERIVATION_REQUIRED, 0, ROW(1), 0, DERIVATION_KEY_RAW, 1 },
        { SECRET, DERIVATION_REQUIRED, ROW(0), 0, 0, DERIVATION_KEY_SECRET, 1 } } },
    { HKDF_LIKE(PSA_ALG_HKDF_EXPAND), 1, DERIVATION_CAPACITY_255_HASHES, {
        { SECRET, DERIVATION_REQUIRED, 0, ROW(1), 0, DERIVATION_KEY_SECRET, 1 },
        { INFO, DERIVATION_REQUIRED, ROW(0), 0, 0, DERIVATION_KEY_RAW, 1 } } },
    { HKDF_LIKE(PSA_ALG_SP800_108_COUNTER_HMAC), 1, DERIVATION_CAPACITY_29_BITS, {
        { SECRET, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_SECRET | DERIVATION_KEY_HMAC, 1 },
        { LABEL, DERIVATION_OPTIONAL, ROW(0), ROW(2), 0, DERIVATION_KEY_RAW, 1 },
        { CONTEXT, DERIVATION_OPTIONAL, ROW(0), 0, 0, DERIVATION_KEY_RAW, 1 } } },
    { PSA_ALG_SP800_108_COUNTER_CMAC, 0, DERIVATION_CAPACITY_29_BITS, {
        { SECRET, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_CIPHER, 0 },
        { LABEL, DERIVATION_OPTIONAL, ROW(0), ROW(2), 0, DERIVATION_KEY_RAW, 1 },
        { CONTEXT, DERIVATION_OPTIONAL, ROW(0), 0, 0, DERIVATION_KEY_RAW, 1 } } },
    { HKDF_LIKE(PSA_ALG_TLS12_PRF), 1, DERIVATION_CAPACITY_UNLIMITED, {
        { SEED, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_RAW, 1 },
        { SECRET, DERIVATION_REQUIRED, ROW(0), 0, 0, DERIVATION_KEY_SECRET, 1 },
        { LABEL, DERIVATION_REQUIRED, ROW(0) | ROW(1), 0, 0, DERIVATION_KEY_RAW, 1 } } },
    { HKDF_LIKE(PSA_ALG_TLS12_PSK_TO_MS), 1, DERIVATION_CAPACITY_UNLIMITED, {
        { SEED, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_RAW, 1 },
        { OTHER, DERIVATION_OPTIONAL, ROW(0), ROW(2), 0, DERIVATION_KEY_SECRET, 1 },
        { SECRET, DERIVATION_REQUIRED, ROW(0), 0, 0, DERIVATION_KEY_SECRET, 1 },
        { LABEL, DERIVATION_REQUIRED, ROW(0) | ROW(2), 0, 0, DERIVATION_KEY_RAW, 1 } } },
    { PSA_ALG_TLS12_ECJPAKE_TO_PMS, 0, DERIVATION_CAPACITY_32, {
        { SECRET, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_SECRET, 1 } } },
    { HKDF_LIKE(PSA_ALG_WPA3_SAE_H2E), 1, DERIVATION_CAPACITY_UNLIMITED, {
        { SALT, DERIVATION_REQUIRED, 0, 0, 0, DERIVATION_KEY_RAW, 1 },
        { PASSWORD, DERIVATION_REQUIRED, ROW(0), 0, 0, DERIVATION_KEY_PASSWORD, 1 },
        { INFO, DERIVATION_OPTIONAL, ROW(0) | ROW(1), 0, 0, DERIVATION_KEY_RAW, 1 } } },
    { HKDF_LIKE(PSA_ALG_PBKDF2_HMAC), 1, DERIVATION_CAPACITY_PBKDF2, {
        { COST, DERIVATION_REQUIRED, 0, 0, 1, 0, 0 },
        { SALT, DERIVATION_REPEATABLE, ROW(0), ROW(2), 0, DERIVATION_KEY_RAW | DERIVATION_KEY_PEPPER, 1 },
        { PASSWORD, DERIVATION_REQUIRED, ROW(0) | ROW(1), 0, 0, DERIVATION_KEY_PASSWORD, 1 } } },
    { PSA_ALG_PBKDF2_AES_CMAC_PRF_128, 0, DERIVATION_CAPACITY_PBKDF2, {
        { COST, DERIVATION_REQUIRED, 0, 0, 1, 0, 0 },
        { SALT, DERIVATION_REPEATABLE, ROW(0), ROW(2), 0, DERIVATION_KEY_RAW | DERIVATION_KEY_PEPPER, 1 },
        { PASSWORD, DERIVATION_REQUIRED, ROW(0) | ROW(1), 0, 0, DERIVATION_KEY_PASSWORD, 1 } } },
};

const struct derivation_algorithm *derivation_find(psa_algorithm_t alg)
{
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        const struct derivation_algorithm *row = &algorithms[i];
        if (row->alg == (row->hash_based ? WITHOUT_HASH(alg) : alg)) {
            return row;
        }
    }
    return NULL;
}

int derivation_step_index(const struct derivation_algorithm *derivation, psa_key_derivation_step_t step)
{
    for (int i = 0; i < DERIVATION_STEPS_MAX; i++) {
        if (derivation->steps[i].rule != DERIVATION_REFUSED && derivation->steps[i].step == step) {
            return i;
        }
    }
    return -1;
}

static unsigned kind_of(psa_key_type_t type)
{
    switch (type) {
    case PSA_KEY_TYPE_DERIVE:
        return DERIVATION_KEY_SECRET | DERIVATION_KEY_PASSWORD;
    case PSA_KEY_TYPE_PASSWORD:
        return DERIVATION_KEY_PASSWORD;
    case PSA_KEY_TYPE_PEPPER:
        return DERIVATION_KEY_PEPPER;
    case PSA_KEY_TYPE_RAW_DATA:
        return DERIVATION_KEY_RAW;
    case PSA_KEY_TYPE_HMAC:
        return DERIVATION_KEY_HMAC;
    case PSA_KEY_TYPE_AES:
    case PSA_KEY_TYPE_ARIA:
    case PSA_KEY_TYPE_CAMELLIA:
    case PSA_KEY_TYPE_SM4:
        return DERIVATION_KEY_CIPHER;
    default:
        return 0;
    }
}

int derivation_step_takes(const struct derivation_algorithm *derivation, int index, psa_key_type_t type)
{
    const struct derivation_step *step = &derivation->steps[index];
    return step->rule != DERIVATION_REFUSED && (step->key_types & kind_of(type)) != 0;
}

uint32_t derivation_required(const struct derivation_algorithm *derivation)
{
    uint32_t required = 0;
    for (unsigned i = 0; i < DERIVATION_STEPS_MAX; i++) {
        if (derivation->steps[i].rule == DERIVATION_REQUIRED || derivation->steps[i].rule == DERIVATION_REPEATABLE) {
            required |= ROW(i);
        }
    }
    return required;
}

uint64_t derivation_capacity(psa_algorithm_t alg)
{
    const struct derivation_algorithm *row = derivation_find(alg);
    uint64_t hash = PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg));
    switch (row == NULL ? 0 : row->capacity) {
    case DERIVATION_CAPACITY_HASH:
        return hash;
    case DERIVATION_CAPACITY_255_HASHES:
        return 255u * hash; /* RFC 5869, 2.3 */
    case DERIVATION_CAPACITY_29_BITS:
        return 0x1fffffffu; /* L in bits fits 32 bits */
    case DERIVATION_CAPACITY_32:
        return PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE;
    case DERIVATION_CAPACITY_PBKDF2:
        return UINT64_C(0xffffffff) * (row->hash_based ? hash : 16u); /* RFC 8018, 5.2 */
    default:
        return UINT64_MAX;
    }
}
