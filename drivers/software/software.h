/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The software driver's parts. drivers/software/driver.c collects them in one struct psacrypto_driver.
 * Each family has its folder: a file per algorithm, and <family>/driver.c with the entry points, which find the
 * algorithm in the family's table and do what is common.
 */
#ifndef SOFTWARE_SOFTWARE_H
#define SOFTWARE_SOFTWARE_H

#include <psacrypto/driver.h>

extern const struct psacrypto_hash_entries sw_hash_entries;
extern const struct psacrypto_xof_entries sw_xof_entries;
extern const struct psacrypto_mac_entries sw_mac_entries;
extern const struct psacrypto_cipher_entries sw_cipher_entries;
extern const struct psacrypto_aead_entries sw_aead_entries;
extern const struct psacrypto_key_wrap_entries sw_key_wrap_entries;
extern const struct psacrypto_key_derivation_entries sw_key_derivation_entries;
extern const struct psacrypto_sign_entries sw_sign_entries;
extern const struct psacrypto_asymmetric_encryption_entries sw_asymmetric_encryption_entries;
extern const struct psacrypto_key_agreement_entries sw_key_agreement_entries;
extern const struct psacrypto_pake_entries sw_pake_entries;
extern const struct psacrypto_key_management_entries sw_key_management_entries;

/* Bytes of context for an operation in parts, 0 where the algorithm is not there. */
size_t sw_hash_context_size(psa_algorithm_t alg);
size_t sw_xof_context_size(psa_algorithm_t alg);
size_t sw_mac_context_size(psa_algorithm_t alg, psa_key_type_t type);
size_t sw_cipher_context_size(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
size_t sw_aead_context_size(psa_algorithm_t alg, psa_key_type_t type);
size_t sw_key_derivation_context_size(psa_algorithm_t alg);
size_t sw_pake_context_size(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
/* Families without operations in parts: whether the algorithm is there for keys of this type and size. */
int sw_key_wrap_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
int sw_sign_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
int sw_asymmetric_encryption_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
size_t sw_sign_context_size(psa_algorithm_t alg, psa_key_type_t type, size_t bits); /* of a verification; 0: not there */
int sw_key_agreement_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits);

/* Prepared forms (struct psacrypto_driver, prepared_size and prepare); 0 where there is nothing to prepare. */
size_t sw_mac_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg);
psa_status_t sw_mac_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);
size_t sw_cipher_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg);
psa_status_t sw_cipher_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);
size_t sw_aead_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg);
psa_status_t sw_aead_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);
size_t sw_sign_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg);
psa_status_t sw_sign_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);
size_t sw_asymmetric_encryption_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg);
psa_status_t sw_asymmetric_encryption_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);

/* What psacrypto_services gave to the driver at open(); for the parts that need randomness. */
psa_status_t sw_random(uint8_t *output, size_t output_size);

#endif
