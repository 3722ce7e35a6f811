/* SPDX-License-Identifier: Apache-2.0 */
/* The software driver: its parts collected in one struct psacrypto_driver. It keeps no state but what open() was given. */
#include "software/kernels.h"
#include "software/ecc/generic_base.h"
#include "software/software.h"

/* One instance, of one library: the services are set while nothing else runs (psa_crypto_init()). */
static const struct psacrypto_services *services;

psa_status_t sw_random(uint8_t *output, size_t output_size)
{
    if (services == NULL || services->random == NULL) {
        return PSA_ERROR_INSUFFICIENT_ENTROPY;
    }
    return services->random(services->core, output, output_size);
}

static psa_status_t open(void *instance, const struct psacrypto_services *offered)
{
    (void)instance;
    sw_kernels_init();
    services = offered;
    return PSA_SUCCESS;
}

static void close(void *instance)
{
    (void)instance;
    generic_base_close();
    services = NULL;
}

static size_t context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)instance;
    switch (family) {
    case PSACRYPTO_FAMILY_HASH:
        return sw_hash_context_size(alg);
    case PSACRYPTO_FAMILY_XOF:
        return sw_xof_context_size(alg);
    case PSACRYPTO_FAMILY_MAC:
        return sw_mac_context_size(alg, type);
    case PSACRYPTO_FAMILY_CIPHER:
        return sw_cipher_context_size(alg, type, bits);
    case PSACRYPTO_FAMILY_AEAD:
        return sw_aead_context_size(alg, type);
    case PSACRYPTO_FAMILY_KEY_DERIVATION:
        return sw_key_derivation_context_size(alg);
    case PSACRYPTO_FAMILY_KEY_WRAP:
        return sw_key_wrap_supports(alg, type, bits) ? 1u : 0u;
    case PSACRYPTO_FAMILY_SIGN:
        return sw_sign_context_size(alg, type, bits);
    case PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION:
        return sw_asymmetric_encryption_supports(alg, type, bits) ? 1u : 0u;
    case PSACRYPTO_FAMILY_KEY_AGREEMENT:
        return sw_key_agreement_supports(alg, type, bits) ? 1u : 0u;
    case PSACRYPTO_FAMILY_PAKE:
        return sw_pake_context_size(alg, type, bits);
    default:
        return 0;
    }
}

/* Which family prepares keys for an algorithm. */
struct preparation {
    size_t (*size)(const struct psacrypto_key *key, psa_algorithm_t alg);
    psa_status_t (*prepare)(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);
};

static const struct preparation *find_preparation(psa_algorithm_t alg)
{
    static const struct preparation mac = { sw_mac_prepared_size, sw_mac_prepare };
    static const struct preparation cipher = { sw_cipher_prepared_size, sw_cipher_prepare };
    static const struct preparation aead = { sw_aead_prepared_size, sw_aead_prepare };
    static const struct preparation sign = { sw_sign_prepared_size, sw_sign_prepare };
    static const struct preparation encryption = { sw_asymmetric_encryption_prepared_size, sw_asymmetric_encryption_prepare };

    return PSA_ALG_IS_MAC(alg)                     ? &mac
           : PSA_ALG_IS_CIPHER(alg)                ? &cipher
           : PSA_ALG_IS_AEAD(alg)                  ? &aead
           : PSA_ALG_IS_SIGN(alg)                  ? &sign
           : PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) ? &encryption
                                                   : NULL;
}

static size_t prepared_size(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct preparation *preparation = find_preparation(alg);
    (void)instance;
    return preparation != NULL ? preparation->size(key, alg) : 0;
}

static psa_status_t prepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    const struct preparation *preparation = find_preparation(alg);
    (void)instance;
    return preparation != NULL ? preparation->prepare(key, alg, memory) : PSA_ERROR_NOT_SUPPORTED;
}

const struct psacrypto_driver psacrypto_software_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "software",
    .open = open,
    .close = close,
    .context_size = context_size,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .key_management = &sw_key_management_entries,
    .hash = &sw_hash_entries,
    .xof = &sw_xof_entries,
    .mac = &sw_mac_entries,
    .cipher = &sw_cipher_entries,
    .aead = &sw_aead_entries,
    .key_wrap = &sw_key_wrap_entries,
    .sign = &sw_sign_entries,
    .asymmetric_encryption = &sw_asymmetric_encryption_entries,
    .key_agreement = &sw_key_agreement_entries,
    .key_derivation = &sw_key_derivation_entries,
    .pake = &sw_pake_entries,
};
