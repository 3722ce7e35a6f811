/* SPDX-License-Identifier: Apache-2.0 */
/* Key agreement algorithms, one row each (key_agreement.c has the table). */
#ifndef SOFTWARE_KEY_AGREEMENT_H
#define SOFTWARE_KEY_AGREEMENT_H

#include <psacrypto/driver.h>

struct sw_key_agreement {
    /* alg may be the agreement alone or combined with a key derivation. */
    int (*matches)(psa_algorithm_t alg, psa_key_type_t type);
    /* Whether its group is there. */
    int (*supports)(psa_key_type_t type, size_t bits);
    /* PSA_ERROR_INVALID_ARGUMENT unless peer_key is a valid public key of the same group as key. */
    psa_status_t (*agree)(const struct psacrypto_key *key, const uint8_t *peer_key, size_t peer_key_length,
                          uint8_t *secret, size_t secret_size, size_t *secret_length);
};

extern const struct sw_key_agreement sw_key_agreement_ecdh; /* ecc/ecdh.c */
extern const struct sw_key_agreement sw_key_agreement_ffdh; /* ffdh/agreement.c */

#endif
