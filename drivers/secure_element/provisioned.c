/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys that the element has had since the factory. A program reaches them by label (psa_attach_key()) or, those with an
 * identifier of their own, as built-in keys. The blob seals which key it is and the attributes that were agreed; the
 * material stays in the element.
 */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "util/bytes.h"
#include "util/reason.h"

typedef struct psacrypto_secure_element_key provisioned_t;

static int same_label(const provisioned_t *key, const uint8_t *label, size_t label_length)
{
    return key->label != NULL && key->label_length == label_length &&
           (label_length == 0 || memcmp(key->label, label, label_length) == 0);
}

static int is_sound(const provisioned_t *key)
{
    int id_fits = key->id == PSA_KEY_ID_NULL ||
                  (key->id >= PSACRYPTO_SECURE_ELEMENT_ID_MIN && key->id <= PSACRYPTO_SECURE_ELEMENT_ID_MAX);
    return id_fits && (key->id != PSA_KEY_ID_NULL || key->label != NULL) && key->material != NULL &&
           key->material_length != 0 && key->material_length <= PSACRYPTO_SECURE_ELEMENT_KEY_SIZE;
}

static int are_distinct(const provisioned_t *a, const provisioned_t *b)
{
    return a->number != b->number && (a->id == PSA_KEY_ID_NULL || a->id != b->id) &&
           (a->label == NULL || !same_label(b, a->label, a->label_length));
}

psa_status_t se_provisioned_check(const se_t *element)
{
    for (size_t i = 0; i < element->provisioned_count; i++) {
        int good = is_sound(&element->provisioned[i]);
        for (size_t j = 0; j < i && good; j++) {
            good = are_distinct(&element->provisioned[i], &element->provisioned[j]);
        }
        if (!good) {
            return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STATUS, i, 0);
        }
    }
    return PSA_SUCCESS;
}

const provisioned_t *se_provisioned_find(const se_t *element, uint32_t number)
{
    for (size_t i = 0; i < element->provisioned_count; i++) {
        if (element->provisioned[i].number == number) {
            return &element->provisioned[i];
        }
    }
    return NULL;
}

static const provisioned_t *find_label(const se_t *element, const uint8_t *label, size_t label_length)
{
    for (size_t i = 0; i < element->provisioned_count; i++) {
        if (same_label(&element->provisioned[i], label, label_length)) {
            return &element->provisioned[i];
        }
    }
    return NULL;
}

static const provisioned_t *find_id(const se_t *element, psa_key_id_t id)
{
    for (size_t i = 0; i < element->provisioned_count && id != PSA_KEY_ID_NULL; i++) {
        if (element->provisioned[i].id == id) {
            return &element->provisioned[i];
        }
    }
    return NULL;
}

static psa_status_t seal(se_t *element, const provisioned_t *key, const psa_key_attributes_t *attributes, int32_t owner,
                         uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    struct se_place place = { SE_PROVISIONED, 0, 0 };
    place.number = key->number;
    return se_record_seal(element, blob, blob_size, blob_length, &place, attributes, owner, NULL, 0);
}

/* ---- Attached keys ---- */

/* What is asked for, cut down to what either of the key's own algorithms permits. Asking for none is fine. */
static int limit_algorithm(psa_algorithm_t *alg, const provisioned_t *key)
{
    psa_algorithm_t first = se_policy_intersect(*alg, key->alg);
    if (*alg == PSA_ALG_NONE) {
        return 1;
    }
    *alg = first != PSA_ALG_NONE ? first : se_policy_intersect(*alg, key->alg2);
    return *alg != PSA_ALG_NONE;
}

/* Type and size: given by both, they must agree. Policy: both sets of restrictions apply. */
static psa_status_t limit_attributes(psa_key_attributes_t *attributes, const provisioned_t *key)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    size_t bits = psa_get_key_bits(attributes);
    psa_algorithm_t asked = psa_get_key_algorithm(attributes);

    if ((type != PSA_KEY_TYPE_NONE && type != key->type) || (bits != 0 && bits != key->bits)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ATTRIBUTES, key->type, key->bits);
    }
    if (!limit_algorithm(&attributes->private_alg, key) || !limit_algorithm(&attributes->private_alg2, key)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_COPY_POLICY, key->alg, asked);
    }
    attributes->private_type = key->type;
    attributes->private_bits = key->bits;
    attributes->private_usage = se_usage_limit(attributes->private_usage, key->usage);
    return PSA_SUCCESS;
}

psa_status_t se_attach(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                       const uint8_t *label, size_t label_length, uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    se_t *element = instance;
    const provisioned_t *key = find_label(element, label, label_length);
    psa_key_attributes_t agreed = *attributes;

    if (!PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(attributes))) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_PERSISTENCE,
                      PSA_KEY_LIFETIME_GET_PERSISTENCE(psa_get_key_lifetime(attributes)), 0);
    }
    if (key == NULL) {
        return reason(PSA_ERROR_DOES_NOT_EXIST, REASON_STORE_ABSENT, 0, 0);
    }
    psa_status_t status = limit_attributes(&agreed, key);
    if (status == PSA_SUCCESS) {
        status = seal(element, key, &agreed, owner, blob, blob_size, blob_length);
    }
    if (status == PSA_SUCCESS) {
        *attributes = agreed;
    }
    return status;
}

psa_status_t se_detach(void *instance, const struct psacrypto_key *key)
{
    struct se_place place;
    (void)instance;
    psa_status_t status = se_place_decode(&place, key->blob, key->length);
    if (status == PSA_SUCCESS && place.kind != SE_PROVISIONED) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STATUS, 0, 0);
    }
    return status;
}

/* ---- Built-in keys ---- */

/* The location is the one that the library is asking for; the element cannot destroy such a key. */
psa_status_t se_builtin(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                        uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    se_t *element = instance;
    const provisioned_t *key = find_id(element, psa_get_key_id(attributes));
    if (key == NULL) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    attributes->private_type = key->type;
    attributes->private_bits = key->bits;
    attributes->private_usage = se_usage_extend(key->usage);
    attributes->private_alg = key->alg;
    attributes->private_alg2 = key->alg2;
    attributes->private_lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
        PSA_KEY_PERSISTENCE_READ_ONLY, PSA_KEY_LIFETIME_GET_LOCATION(attributes->private_lifetime));
    return seal(element, key, attributes, owner, blob, blob_size, blob_length);
}

#endif
