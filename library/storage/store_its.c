/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The psa_its_*() that the platform gives (TF-M, Zephyr), consumed instead of defined.
 *
 * Names become uids of 64 bits:
 *   keys            owner << 32 | id, which is where Mbed TLS keeps them, too
 *   other spaces    0xf0 + space, then 56 bits of uid; for owner 0 alone
 * The space of psa_its_*() is the platform's own and is not reached through here.
 *
 * The platform offers no creation that excludes another process, no lock and no list.
 */
#include <psacrypto/store.h>

#if PSACRYPTO_STORE_PSA_ITS

#include <psa/internal_trusted_storage.h>

#define UID_BITS 56u
#define TAG_FIRST 0xf0u /* first byte of the uid of the other spaces: 0xf0 + space */
#define KEY_MAX UINT32_MAX

static psa_status_t map_key(const struct psacrypto_store_name *name, psa_storage_uid_t *uid)
{
    const uint64_t mapped = ((uint64_t)(uint32_t)name->owner << 32) | name->uid;
    const uint64_t tag = mapped >> UID_BITS;

    /* Owners whose number looks like the tag of another space. */
    if (name->uid > KEY_MAX || (tag >= TAG_FIRST && tag <= TAG_FIRST + PSACRYPTO_SPACE_SYSTEM)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *uid = mapped;
    return PSA_SUCCESS;
}

static psa_status_t map_name(const struct psacrypto_store_name *name, psa_storage_uid_t *uid)
{
    if (name->uid == 0 || name->space < PSACRYPTO_SPACE_KEY || name->space > PSACRYPTO_SPACE_SYSTEM ||
        name->space == PSACRYPTO_SPACE_ITS) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (name->space == PSACRYPTO_SPACE_KEY) {
        return map_key(name, uid);
    }
    if (name->owner != 0 || name->uid >> UID_BITS != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *uid = ((uint64_t)(TAG_FIRST + name->space) << UID_BITS) | name->uid;
    return PSA_SUCCESS;
}

static psa_status_t its_open(void *instance)
{
    (void)instance;
    return PSA_SUCCESS;
}

static void its_close(void *instance)
{
    (void)instance;
}

static psa_status_t its_info(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    struct psa_storage_info_t its = { 0, 0, 0 };
    psa_storage_uid_t uid;
    psa_status_t status = map_name(name, &uid);

    (void)instance;
    if (status == PSA_SUCCESS) {
        status = psa_its_get_info(uid, &its);
    }
    info->size = status == PSA_SUCCESS ? its.size : 0;
    info->flags = status == PSA_SUCCESS ? its.flags : 0;
    return status;
}

static psa_status_t its_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                            void *data, size_t data_size, size_t *data_length)
{
    psa_storage_uid_t uid;
    psa_status_t status = map_name(name, &uid);

    (void)instance;
    *data_length = 0;
    return status == PSA_SUCCESS ? psa_its_get(uid, offset, data_size, data, data_length) : status;
}

static psa_status_t its_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                            const void *data, size_t data_length, uint32_t put_flags)
{
    struct psa_storage_info_t info;
    psa_storage_uid_t uid;
    psa_status_t status = map_name(name, &uid);

    (void)instance;
    if (status == PSA_SUCCESS && (put_flags & PSACRYPTO_STORE_CREATE) != 0) {
        status = psa_its_get_info(uid, &info);
        if (status == PSA_SUCCESS) {
            return PSA_ERROR_ALREADY_EXISTS;
        }
        status = status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
    }
    return status == PSA_SUCCESS ? psa_its_set(uid, data_length, data, object_flags) : status;
}

static psa_status_t its_remove(void *instance, const struct psacrypto_store_name *name)
{
    psa_storage_uid_t uid;
    psa_status_t status = map_name(name, &uid);

    (void)instance;
    return status == PSA_SUCCESS ? psa_its_remove(uid) : status;
}

const struct psacrypto_store psacrypto_store_its = {
    .abi = PSACRYPTO_STORE_ABI,
    .size = sizeof(struct psacrypto_store),
    .flags = 0,
    .name = "psa_its",
    .open = its_open,
    .close = its_close,
    .info = its_info,
    .get = its_get,
    .put = its_put,
    .remove = its_remove,
};

#else

typedef int store_its_unused; /* a translation unit may not be empty */

#endif
