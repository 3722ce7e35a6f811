/* SPDX-License-Identifier: Apache-2.0 */
/* The secure element's driver: what its parts make together. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "util/atomic.h"
#include "util/reason.h"
#include "util/zeroise.h"

#include <string.h>

STATIC_ASSERT(sizeof(struct se_state) <= sizeof(((se_t *)0)->private_data), element_state_fits);

struct psacrypto_secure_element psacrypto_secure_element_default = { .engine = &psacrypto_software_driver };

void psacrypto_secure_element_init(struct psacrypto_secure_element *element,
                                   const struct psacrypto_driver *engine, void *engine_instance)
{
    memset(element, 0, sizeof(*element));
    element->engine = engine;
    element->engine_instance = engine_instance;
}

static int has_slots_wanted(const se_t *element)
{
    return (element->options & PSACRYPTO_SECURE_ELEMENT_SLOTS) == 0 ||
           (element->slot_count != 0 && element->slot_count <= PSACRYPTO_SECURE_ELEMENT_SLOTS_MAX);
}

/* The device key is drawn when the first key needs it: opening the library touches no store, and needs no entropy. */
static psa_status_t open_element(void *instance, const struct psacrypto_services *services)
{
    se_t *element = instance;
    if (element == NULL || element->engine == NULL || !has_slots_wanted(element)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_CONFIGURATION, 0, 0);
    }
    psa_status_t status = se_provisioned_check(element);
    if (status == PSA_SUCCESS) {
        struct se_state *state = se_state(element);
        memset(state, 0, sizeof(*state));
        state->services = services;
    }
    return status;
}

static void close_element(void *instance)
{
    se_t *element = instance;
    zeroise(element->private_data, sizeof(element->private_data));
}

static int has_family(psacrypto_family_t family)
{
    switch (family) {
    case PSACRYPTO_FAMILY_MAC:
    case PSACRYPTO_FAMILY_CIPHER:
    case PSACRYPTO_FAMILY_AEAD:
    case PSACRYPTO_FAMILY_KEY_WRAP:
    case PSACRYPTO_FAMILY_SIGN:
    case PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION:
    case PSACRYPTO_FAMILY_KEY_AGREEMENT:
    case PSACRYPTO_FAMILY_KEY_DERIVATION:
    case PSACRYPTO_FAMILY_PAKE:
        return 1;
    case PSACRYPTO_FAMILY_HASH: /* no keys: the library's own */
    case PSACRYPTO_FAMILY_XOF:
    case PSACRYPTO_FAMILY_KEY_ENCAPSULATION:
    default:
        return 0;
    }
}

static size_t context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const se_t *element = instance;
    const struct psacrypto_driver *engine = element->engine;
    int is_derivation = family == PSACRYPTO_FAMILY_KEY_DERIVATION;
    if (engine->context_size == NULL || !has_family(family)) {
        return 0;
    }
    size_t size = engine->context_size(element->engine_instance, family, alg, type, bits);
    return size == 0 || !is_derivation ? size : SE_DERIVATION_HEADER + size;
}

const struct psacrypto_driver psacrypto_secure_element_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "secure element",
    .open = open_element,
    .close = close_element,
    .blob_size = se_blob_size,
    .context_size = context_size,
    .prepared_size = se_prepared_size,
    .prepare = se_prepare,
    .unprepare = se_unprepare,
    .key_management = &se_key_management_entries,
    .mac = &se_mac_entries,
    .cipher = &se_cipher_entries,
    .aead = &se_aead_entries,
    .key_wrap = &se_key_wrap_entries,
    .sign = &se_sign_entries,
    .asymmetric_encryption = &se_asymmetric_encryption_entries,
    .key_agreement = &se_key_agreement_entries,
    .key_derivation = &se_key_derivation_entries,
    .pake = &se_pake_entries,
};

#endif
