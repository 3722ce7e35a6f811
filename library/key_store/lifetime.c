/* SPDX-License-Identifier: Apache-2.0 */
#include "key_store/internal.h"

static int persistence_exists(psa_key_persistence_t persistence)
{
    return persistence == PSA_KEY_PERSISTENCE_VOLATILE || persistence == PSA_KEY_PERSISTENCE_DEFAULT ||
           persistence == PSA_KEY_PERSISTENCE_READ_ONLY;
}

psa_status_t lifetime_check(const psa_key_attributes_t *attributes, int attaching)
{
    psa_key_lifetime_t lifetime = psa_get_key_lifetime(attributes);
    psa_key_location_t location = PSA_KEY_LIFETIME_GET_LOCATION(lifetime);
    psa_key_persistence_t persistence = PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime);
    psa_key_id_t id = psa_get_key_id(attributes);
    if (attaching && (persistence != PSA_KEY_PERSISTENCE_VOLATILE || location == PSA_KEY_LOCATION_LOCAL_STORAGE)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_PERSISTENCE, persistence, 0);
    }
    if (location != PSA_KEY_LOCATION_LOCAL_STORAGE && !dispatch_has_location(location)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_LOCATION, location, 0);
    }
    if (!persistence_exists(persistence)) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_PERSISTENCE, persistence, 0);
    }
    /* The id of volatile attributes is unspecified, and not looked at. */
    if (persistence != PSA_KEY_PERSISTENCE_VOLATILE && !id_is_user(id)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ID_RANGE, id, 0);
    }
    return PSA_SUCCESS;
}
