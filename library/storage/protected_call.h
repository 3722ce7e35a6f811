/* SPDX-License-Identifier: Apache-2.0 */
/* What every function of psa_ps_*() does around its own work: root key, lock, rollback state; and the entry itself. */
#ifndef STORAGE_PROTECTED_CALL_H
#define STORAGE_PROTECTED_CALL_H

#include "storage/protected_object.h"
#include "storage/rollback.h"
#include "storage/seal.h"

/* What a call works with. */
struct protected_call {
    struct psacrypto_store_name name;
    uint8_t root[SEAL_ROOT_LENGTH];
    struct rollback rollback;
    int counts;             /* rollback is open */
    int locked;
};

/* READ needs no lock, but where there is a state that has to fit the entry; WRITE makes a root key if there is none. */
enum call_kind { CALL_READ, CALL_REMOVE, CALL_WRITE };

/* Whatever it answers, call_end() follows, which makes of the status one that the interface has. */
psa_status_t call_begin(struct protected_call *call, int32_t owner, uint64_t uid, enum call_kind kind);
psa_status_t call_end(struct protected_call *call, psa_status_t status);

/* The entry, opened, of the version that it should have. object is for protected_release() on success. */
psa_status_t call_load(struct protected_call *call, struct protected_object *object);
/* begin: what call_begin() of a READ said. Without a root key nothing was ever sealed, or all of it is lost. */
psa_status_t call_load_after(struct protected_call *call, psa_status_t begin, struct protected_object *object);

/* Whether the entry may be replaced or removed. */
psa_status_t call_check_changeable(struct protected_call *call);

/* Seals the object and puts it into the store; its data is gone afterwards. */
psa_status_t call_save(struct protected_call *call, struct protected_object *object, uint32_t put_flags);
psa_status_t call_remove(struct protected_call *call);

#endif
