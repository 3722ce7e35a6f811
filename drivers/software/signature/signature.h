/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signature algorithms, one row each (driver.c has the table). A row is found by algorithm and key type; a function
 * that is NULL counts as not supported. The arguments are those of struct psacrypto_sign_entries.
 */
#ifndef SOFTWARE_SIGNATURE_SIGNATURE_H
#define SOFTWARE_SIGNATURE_SIGNATURE_H

#include <psacrypto/driver.h>

struct sw_signature {
    int (*matches)(psa_algorithm_t alg, psa_key_type_t type);
    /* Whether it can be done with keys of this size: the curve is there, the hash that it needs is there. */
    int (*supports)(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
    psa_status_t (*sign_hash)(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                              uint8_t *signature, size_t signature_size, size_t *signature_length);
    psa_status_t (*verify_hash)(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                                size_t hash_length, const uint8_t *signature, size_t signature_length);
    /* What key->prepared is for such keys. NULL: there is nothing to prepare. */
    size_t (*prepared_size)(const struct psacrypto_key *key);
    psa_status_t (*prepare)(const struct psacrypto_key *key, void *memory);
    /* For algorithms that take messages or contexts: they get all calls. NULL: there are the two above alone. */
    const struct psacrypto_sign_entries *entries;
    size_t verification_size; /* of the state of a verification in parts; 0: there is none */
};

extern const struct sw_signature sw_signature_ecdsa;               /* ecc/ecdsa_entries.c */
extern const struct sw_signature sw_signature_deterministic_ecdsa;
extern const struct sw_signature sw_signature_rsa_pkcs1;           /* rsa/signature.c */
extern const struct sw_signature sw_signature_rsa_pss;
extern const struct sw_signature sw_signature_rsa_pss_any_salt;
extern const struct sw_signature sw_signature_pure_eddsa;          /* ecc/eddsa_entries.c */
extern const struct sw_signature sw_signature_eddsa_context;
extern const struct sw_signature sw_signature_eddsa_prehashed;

#endif
