/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the secure element. driver.c collects them in one struct psacrypto_driver.
 *
 *     record.c       what leaves the element: header and material, sealed under the device key
 *     slots.c        keys that stay in it
 *     provisioned.c  keys that were in it before
 *     policy.c       what a key permits
 *     open.c         from the library's view of a key to the engine's, the policy checked on the way
 *     keys.c         keys come and go
 *     mac.c cipher.c aead.c sign.c asymmetric_encryption.c agreement.c derivation.c key_wrap.c pake.c
 *                    entry points: open the key, ask the engine
 */
#ifndef SECURE_ELEMENT_ELEMENT_H
#define SECURE_ELEMENT_ELEMENT_H

#include <psacrypto/config.h>
#include <psacrypto/secure_element.h>

typedef struct psacrypto_secure_element se_t;

/* What lies in private_data. */
struct se_state {
    const struct psacrypto_services *services;
    uint32_t has_key;  /* atomic: key is there */
    uint32_t next;     /* slot that is looked at first when reservations are taken back; under the lock */
    uint8_t key[32];   /* the device key */
};

static inline struct se_state *se_state(se_t *element)
{
    return (struct se_state *)(void *)element->private_data;
}

static inline const struct psacrypto_services *se_services(se_t *element)
{
    return se_state(element)->services;
}

void se_lock(se_t *element);
void se_unlock(se_t *element);

/* ---- record.c ---- */

/* Where a key is: the kind of a record or of a blob, and its number and generation where it has them. */
enum se_kind {
    SE_WRAPPED = 1,      /* the blob holds the key */
    SE_PROVISIONED = 2,  /* number: the key of the factory */
    SE_SLOT = 3,         /* number, generation: the slot that holds the key */
    SE_SLOT_RESERVED = 4,
    SE_SLOT_FREE = 5
};

struct se_place {
    enum se_kind kind;
    uint32_t number;
    uint64_t generation; /* tells a key in a slot from earlier and later ones in the same slot */
};

#define SE_REFERENCE_SIZE 24u                  /* magic, kind, number, generation */
#define SE_HEADER_SIZE (SE_REFERENCE_SIZE + 28u) /* and what is bound to the key */
#define SE_NONCE_SIZE 12u
#define SE_TAG_SIZE 16u
#define SE_RECORD_OVERHEAD (SE_HEADER_SIZE + SE_NONCE_SIZE + SE_TAG_SIZE)
#define SE_RECORD_MAX (SE_RECORD_OVERHEAD + PSACRYPTO_SECURE_ELEMENT_KEY_SIZE)

/* Writes SE_REFERENCE_SIZE bytes. */
void se_place_encode(uint8_t *reference, const struct se_place *place);
/* PSA_ERROR_DATA_CORRUPT for what is not a reference. More bytes may follow it. */
psa_status_t se_place_decode(struct se_place *place, const uint8_t *reference, size_t length);

/* Header and material, sealed. The key is the one that place, attributes and owner describe. *record_length stays as it
 * is on failure. */
psa_status_t se_record_seal(se_t *element, uint8_t *record, size_t record_size, size_t *record_length,
                            const struct se_place *place, const psa_key_attributes_t *attributes, int32_t owner,
                            const uint8_t *material, size_t material_length);
/* material_size is at least record_length - SE_RECORD_OVERHEAD. PSA_ERROR_DATA_CORRUPT where anything of it is
 * not what was sealed: the bytes, or what place, attributes and owner say. */
psa_status_t se_record_open(se_t *element, uint8_t *material, size_t material_size, size_t *material_length,
                            const struct se_place *place, const psa_key_attributes_t *attributes, int32_t owner,
                            const uint8_t *record, size_t record_length);

/* Has the device key ready, made if there is none yet. */
psa_status_t se_device_key_open(se_t *element);

/* ---- slots.c ---- */

/* Whether a key with this lifetime lives in a slot. */
int se_in_slot(const se_t *element, const psa_key_attributes_t *attributes);
psa_status_t se_slot_reserve(se_t *element, struct se_place *place);
/* Turns a reservation into a key. PSA_ERROR_INSUFFICIENT_STORAGE where the reservation was taken back. */
psa_status_t se_slot_fill(se_t *element, const struct se_place *place, const psa_key_attributes_t *attributes, int32_t owner,
                          const uint8_t *material, size_t material_length);
/* The record of the key, SE_RECORD_MAX bytes of room. PSA_ERROR_DOES_NOT_EXIST where the key is gone. */
psa_status_t se_slot_read(se_t *element, uint8_t *record, size_t *record_length, const struct se_place *place);
/* A slot that was never filled, or is free already, or has another key by now: PSA_SUCCESS. */
psa_status_t se_slot_free(se_t *element, const struct se_place *place);

/* ---- provisioned.c ---- */

psa_status_t se_provisioned_check(const se_t *element);
/* NULL where there is none of this number. */
const struct psacrypto_secure_element_key *se_provisioned_find(const se_t *element, uint32_t number);
psa_status_t se_attach(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                       const uint8_t *label, size_t label_length, uint8_t *blob, size_t blob_size, size_t *blob_length);
psa_status_t se_detach(void *instance, const struct psacrypto_key *key);
psa_status_t se_builtin(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                        uint8_t *blob, size_t blob_size, size_t *blob_length);

/* ---- policy.c ---- */

/* Flags together with those that they imply. */
psa_key_usage_t se_usage_extend(psa_key_usage_t usage);
/* usage, less what limit does not permit. */
psa_key_usage_t se_usage_limit(psa_key_usage_t usage, psa_key_usage_t limit);
/* Whether a key that permits policy does alg; verifying: the operation verifies a signature. */
int se_policy_covers(psa_algorithm_t policy, psa_algorithm_t alg, int verifying);
/* The algorithms that both permit, as one policy; PSA_ALG_NONE where there is none. */
psa_algorithm_t se_policy_intersect(psa_algorithm_t a, psa_algorithm_t b);
/* PSA_SUCCESS, or PSA_ERROR_NOT_PERMITTED: one of the flags in usage, and alg unless it is PSA_ALG_NONE. */
psa_status_t se_policy_check(psa_key_usage_t permitted, psa_algorithm_t alg1, psa_algorithm_t alg2,
                             psa_key_usage_t usage, psa_algorithm_t alg);

/* ---- open.c ---- */

#define SE_SMALL_KEY 72u

/* A key in the form that the engine takes, for the length of one call. */
struct se_open {
    struct psacrypto_key key;
    psa_key_attributes_t attributes;
    uint8_t *large;               /* material that does not fit in small, or NULL */
    size_t large_size;
    uint8_t small[SE_SMALL_KEY];
};

#define SE_ANY_USAGE ((psa_key_usage_t)0) /* steps after setup, and what every key permits */

/* usage: one of these flags is needed, or SE_ANY_USAGE for no check at all. Closed also after a failure. */
psa_status_t se_open(se_t *element, struct se_open *open, const struct psacrypto_key *key,
                     psa_key_usage_t usage, psa_algorithm_t alg);
/* Wipes, and answers status. */
psa_status_t se_close(struct se_open *open, psa_status_t status);

/* attributes as a transparent driver sees them. */
psa_key_attributes_t se_engine_attributes(const psa_key_attributes_t *attributes);

size_t se_prepared_size(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg);
psa_status_t se_prepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);
void se_unprepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);

/* ---- entry points ---- */

extern const struct psacrypto_key_management_entries se_key_management_entries;
extern const struct psacrypto_mac_entries se_mac_entries;
extern const struct psacrypto_cipher_entries se_cipher_entries;
extern const struct psacrypto_aead_entries se_aead_entries;
extern const struct psacrypto_sign_entries se_sign_entries;
extern const struct psacrypto_asymmetric_encryption_entries se_asymmetric_encryption_entries;
extern const struct psacrypto_key_wrap_entries se_key_wrap_entries;
extern const struct psacrypto_key_agreement_entries se_key_agreement_entries;
extern const struct psacrypto_key_derivation_entries se_key_derivation_entries;
extern const struct psacrypto_pake_entries se_pake_entries;

size_t se_blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length);
/* Bytes before the engine's context in that of a key derivation. */
#define SE_DERIVATION_HEADER 8u

#endif
