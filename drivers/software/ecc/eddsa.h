/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EdDSA (RFC 8032) over a curve and its hash. Points, scalars and halves of signatures are little-endian strings of
 * `length` bytes, as the RFC encodes them; what a hash gives has twice that length.
 */
#ifndef SOFTWARE_ECC_EDDSA_H
#define SOFTWARE_ECC_EDDSA_H

#include "software/ecc/curve.h"
#include "software/hash/hash.h"

#define SW_EDDSA_LENGTH_MAX 57u
#define SW_EDDSA_CONTEXT_MAX 255u

struct sw_eddsa {
    uint16_t bits;
    uint16_t length;
    const char *domain;      /* what dom2() or dom4() begins with */
    int always_domain;       /* also for the plain variant without a context */
    /* H: a context of SW_HASH_CONTEXT_MAX bytes, aligned to 8. init answers 0 where the build has no such hash. */
    int (*hash_init)(void *context);
    void (*hash_update)(void *context, const uint8_t *input, size_t input_length);
    void (*hash_finish)(void *context, uint8_t *output);
    /* scalar = the first half of a hashed private key, pruned (RFC 8032, 5.1.5 and 5.2.5, step 2). In place. */
    void (*prune)(uint8_t *scalar);
    /* scalar = hash mod L */
    void (*reduce)(uint8_t *scalar, const uint8_t *hash);
    /* s = (r + k a) mod L; a is below 2^255 (2^448), the others below L. */
    void (*multiply_add)(uint8_t *s, const uint8_t *r, const uint8_t *k, const uint8_t *a);
    /* point = scalar B */
    void (*multiply_base)(uint8_t *point, const uint8_t *scalar);
    /* Whether S is below L, A is a point, and R is the encoding of S B - k A. All are public. */
    int (*verify_vartime)(const uint8_t *r, const uint8_t *s, const uint8_t *k, const uint8_t *a);
    /* The same for an A of which multiples are kept, in table_size bytes aligned to 8; make_table_vartime answers whether A is a
     * point. 0 and NULL: nothing is kept. */
    size_t table_size;
    int (*make_table_vartime)(void *table, const uint8_t *a);
    int (*verify_by_table_vartime)(const uint8_t *r, const uint8_t *s, const uint8_t *k, const void *table);
};

/* NULL where this build does not have it. */
const struct sw_eddsa *sw_eddsa_find(size_t bits);

/* dom2(phflag, context) of RFC 8032; plain: the variant that has none of it on edwards25519. */
struct sw_eddsa_variant {
    int plain;
    uint8_t prehashed; /* 0 or 1 */
    const uint8_t *context;
    size_t context_length; /* at most SW_EDDSA_CONTEXT_MAX */
};

/* signature: 2 * length bytes, which may lie over the input. NOT_SUPPORTED where the hash is not in the build. */
psa_status_t sw_eddsa_sign(const struct sw_eddsa *eddsa, uint8_t *signature, const uint8_t *private_key,
                           const struct sw_eddsa_variant *variant, const uint8_t *input, size_t input_length);

/* A private key expanded (RFC 8032, 5.1.5 and 5.2.5): the pruned scalar and the prefix for nonces, and its public key. */
struct sw_eddsa_key {
    uint8_t expanded[2u * SW_EDDSA_LENGTH_MAX];
    uint8_t public_key[SW_EDDSA_LENGTH_MAX];
};

psa_status_t sw_eddsa_expand(const struct sw_eddsa *eddsa, struct sw_eddsa_key *key, const uint8_t *private_key);
/* The same signature from the expanded key. */
void sw_eddsa_sign_expanded(const struct sw_eddsa *eddsa, uint8_t *signature, const struct sw_eddsa_key *key,
                            const struct sw_eddsa_variant *variant, const uint8_t *input, size_t input_length);

psa_status_t sw_eddsa_public_key(const struct sw_eddsa *eddsa, uint8_t *public_key, const uint8_t *private_key);

/* Verification in parts: the message is read once, after R and A. */
struct sw_eddsa_verification {
    uint64_t hash[SW_HASH_CONTEXT_MAX / 8u];
    uint8_t public_key[SW_EDDSA_LENGTH_MAX];
    uint16_t bits;
};

psa_status_t sw_eddsa_verify_start(const struct sw_eddsa *eddsa, struct sw_eddsa_verification *state, const uint8_t *public_key,
                                   const struct sw_eddsa_variant *variant, const uint8_t *signature);
/* PSA_ERROR_INVALID_SIGNATURE unless it is right; signature is the one of the start. table: of the same public key, or NULL. */
psa_status_t sw_eddsa_verify_finish(const struct sw_eddsa *eddsa, struct sw_eddsa_verification *state, const void *table,
                                    const uint8_t *signature);

/* Keys: any bytes of the right length are a private key; public keys are points (eddsa_keys.c). */
extern const struct sw_curve_keys sw_eddsa_keys;
extern const struct sw_curve_arithmetic sw_ed25519_arithmetic;
extern const struct sw_eddsa sw_ed25519;
extern const struct sw_curve_arithmetic sw_ed448_arithmetic;
extern const struct sw_eddsa sw_ed448;

/* Sums of points, for PAKEs. */
extern const struct sw_curve_group sw_edwards25519_group;
extern const struct sw_curve_group sw_edwards448_group;

#endif
