/* SPDX-License-Identifier: Apache-2.0 */
#include "key_store/internal.h"

#include "util/zeroise.h"

#include <stddef.h>

uint8_t *object_blob(struct key_object *object, size_t size)
{
    object->blob_size = 0;
    object->blob = object->inline_blob;
    if (size > OBJECT_INLINE_BLOB) {
        object->blob = size > UINT32_MAX ? NULL : platform_secret_allocate(size);
        object->blob_size = object->blob == NULL ? 0 : (uint32_t)size;
    }
    return object->blob;
}

void object_adopt_blob(struct key_object *object, uint8_t *blob, size_t size)
{
    object->blob = blob;
    object->blob_size = (uint32_t)size;
}

void object_fill(struct key_object *object, const psa_key_attributes_t *attributes, int32_t owner, size_t blob_length)
{
    object->attributes = *attributes;
    object->dispatch.plans = NULL;
    object->dispatch.key.attributes = &object->attributes;
    object->dispatch.key.owner = owner;
    object->dispatch.key.blob = object->blob;
    object->dispatch.key.length = blob_length;
    object->dispatch.key.prepared = NULL;
}

void object_clear(struct key_object *object)
{
    const size_t kept = offsetof(struct key_object, dispatch);
    if (object->dispatch.plans != NULL) {
        dispatch_key_clear(&object->dispatch);
    }
    if (object->blob_size != 0) {
        platform_secret_free(object->blob, object->blob_size);
        object->blob_size = 0;
    }
    zeroise((uint8_t *)object + kept, sizeof(*object) - kept);
}

struct key_object *object_allocate(void)
{
    return platform_secret_allocate(sizeof(struct key_object));
}

void object_free(struct key_object *object)
{
    if (object != NULL) {
        object_clear(object);
        platform_secret_free(object, sizeof(*object));
    }
}
