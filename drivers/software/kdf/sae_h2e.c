/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pwd-values of WPA3-SAE's hash-to-element methods (IEEE 802.11-2020, 12.4.4.2.3 and 12.4.4.3.3): HKDF-Extract of the password and
 * its identifier, then HKDF-Expand under one label for a finite field and two for a curve. A password token is made of them
 * where keys are made (pake/sae_token.c).
 */
#include "software/pake/sae_group.h"

#if PSA_WANT_ALG_WPA3_SAE_H2E

#include "platform/platform.h"
#include "software/kdf/hkdf.h"
#include "software/kdf/kdf.h"
#include "util/bytes.h"
#include "util/zeroise.h"

struct h2e {
    psa_algorithm_t alg;
    uint8_t has_group;
    struct sw_kdf_input ssid, password; /* password || identifier */
    struct sw_kdf_input values;         /* once the group is known */
    size_t used;                        /* of them */
};

/* Table 12-1 has no other hashes. */
static int supports(psa_algorithm_t alg)
{
    psa_algorithm_t hash = PSA_ALG_GET_HASH(alg);
    int exists = hash == PSA_ALG_SHA_256 || hash == PSA_ALG_SHA_384 || hash == PSA_ALG_SHA_512;
    return SW_HAS_SAE && exists && sw_hmac_hash(hash) != NULL;
}

static void setup(void *context, psa_algorithm_t alg)
{
    struct h2e *h2e = context;
    h2e->alg = alg;
}

static psa_status_t input_bytes(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct h2e *h2e = context;
    switch (step) {
    case PSA_KEY_DERIVATION_INPUT_SALT:
        return sw_kdf_input_append(&h2e->ssid, data, data_length);
    case PSA_KEY_DERIVATION_INPUT_PASSWORD:
    case PSA_KEY_DERIVATION_INPUT_INFO: /* comes behind the password */
        return sw_kdf_input_append(&h2e->password, data, data_length);
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

/* The length of a pwd-value is less than 255 hashes. */
static psa_status_t expand(struct h2e *h2e, const struct sw_hash *hash, const struct sw_sae_group *group)
{
    static const char *const curve[] = { "SAE Hash to Element u1 P1", "SAE Hash to Element u2 P2" };
    static const char *const field[] = { "SAE Hash to Element" };
    const char *const *labels = group->value_count == 2 ? curve : field;
    uint8_t seed[SW_HASH_LENGTH_MAX];
    psa_status_t status = PSA_SUCCESS;
    sw_hkdf_extract(hash, seed, h2e->ssid.data, h2e->ssid.length, h2e->password.data, h2e->password.length);
    for (size_t i = 0; i < group->value_count && status == PSA_SUCCESS; i++) {
        status = sw_hkdf_expand(hash, h2e->values.data + i * group->value_length, group->value_length, seed, hash->length,
                                (const uint8_t *)labels[i], strlen(labels[i]));
    }
    ZEROISE(seed);
    return status;
}

static psa_status_t input_integer(void *context, psa_key_derivation_step_t step, uint64_t value)
{
    struct h2e *h2e = context;
    struct sw_sae_group group;
    if (step != PSACRYPTO_KEY_DERIVATION_INPUT_GROUP) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (h2e->has_group) {
        return PSA_ERROR_BAD_STATE;
    }
    psa_status_t status = sw_sae_group_find(&group, (psa_pake_primitive_t)value);
    if (status != PSA_SUCCESS) {
        return status;
    }
    size_t length = (size_t)group.value_count * group.value_length;
    h2e->values.data = platform_secret_allocate(length);
    if (h2e->values.data == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    h2e->values.length = length;
    h2e->has_group = 1;
    return expand(h2e, sw_hmac_hash(PSA_ALG_GET_HASH(h2e->alg)), &group);
}

static psa_status_t output_bytes(void *context, uint8_t *output, size_t output_length)
{
    struct h2e *h2e = context;
    if (!h2e->has_group) {
        return PSA_ERROR_BAD_STATE;
    }
    if (output_length > h2e->values.length - h2e->used) {
        return PSA_ERROR_INSUFFICIENT_DATA;
    }
    bytes_copy(output, h2e->values.data + h2e->used, output_length);
    h2e->used += output_length;
    return PSA_SUCCESS;
}

static void abort_h2e(void *context)
{
    struct h2e *h2e = context;
    sw_kdf_input_free(&h2e->ssid);
    sw_kdf_input_free(&h2e->password);
    sw_kdf_input_free(&h2e->values);
}

const struct sw_kdf sw_kdf_wpa3_sae_h2e = {
    .base = PSA_ALG_WPA3_SAE_H2E(PSA_ALG_NONE),
    .context_size = sizeof(struct h2e),
    .supports = supports,
    .setup = setup,
    .input_bytes = input_bytes,
    .input_integer = input_integer,
    .output_bytes = output_bytes,
    .abort = abort_h2e,
};

#endif
