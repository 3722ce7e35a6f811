/* SPDX-License-Identifier: Apache-2.0 */
#include "key_store/internal.h"

#include "metadata/metadata.h"

/* A built-in key's blob names a place in its element; this is plenty. */
#define BUILTIN_BLOB 256u

psa_status_t builtin_load(struct key_object *object, int32_t owner, psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    size_t length = 0;
    uint8_t *blob = object_blob(object, BUILTIN_BLOB);
    if (blob == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, BUILTIN_BLOB, 0);
    }
    psa_set_key_id(&attributes, id);
    psa_status_t status = dispatch_key_builtin(&attributes, owner, blob, BUILTIN_BLOB, &length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    object_fill(object, &attributes, owner, length);
    object->attributes.private_id = id;
    object->attributes.private_usage |= usage_implied(object->attributes.private_usage);
    object->flags = OBJECT_BUILTIN;
    return PSA_SUCCESS;
}
