/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the specification says of algorithms and key types, as constant data and pure functions. Nothing here knows
 * which of them a driver can do.
 */
#ifndef METADATA_METADATA_H
#define METADATA_METADATA_H

#include <psa/crypto.h>

/* ---- Key types (key_type.c) ---- */

/* Whether the specification has this type. */
int key_type_exists(psa_key_type_t type);
/* Whether keys of the type can have this size. 0 bits is never right. */
int key_type_has_bits(psa_key_type_t type, size_t bits);
/* Whether the export format of keys of this type and size has this length; RSA's is no longer than a bound. */
int key_type_has_length(psa_key_type_t type, size_t bits, size_t length);
/* Whether psa_generate_key() can make one: no public keys, and not what only a derivation makes. */
int key_type_can_be_generated(psa_key_type_t type);
/* Whether output_key draws plain bytes for it (a rule of its own otherwise: dispatch_key_derive()). */
int key_type_is_plain_bytes(psa_key_type_t type);

/* ---- Algorithms (algorithm.c) ---- */

/* A hash that the specification has. */
int algorithm_is_hash(psa_algorithm_t alg);
/*
 * Whether alg is well formed: its kind exists and its fields (hash, MAC length, tag length, ...) fit together. A
 * wildcard is well formed as a policy. PSA_ALG_NONE is too.
 */
int algorithm_is_valid(psa_algorithm_t alg);
/* Whether alg names one operation: valid, not NONE, not a wildcard. */
int algorithm_is_specific(psa_algorithm_t alg);

/*
 * Whether keys of type and bits can do alg at all, by the specification. What needs the private part is the call's affair
 * (usage_needs_private()).
 */
int algorithm_fits_key(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
/* Whether the call that needs usage needs the private part of an asymmetric key. */
int usage_needs_private(psa_key_usage_t usage);
/* The usage flags that can go with the algorithm's operations, for psa_check_key_usage(). */
psa_key_usage_t algorithm_usages(psa_algorithm_t alg);

/* ---- Key derivation (derivation.c): steps and their order ---- */

enum derivation_rule {
    DERIVATION_REFUSED = 0,   /* the algorithm has no such step */
    DERIVATION_OPTIONAL,
    DERIVATION_REQUIRED,
    DERIVATION_REPEATABLE     /* once or more (PBKDF2's salt) */
};

enum derivation_capacity {
    DERIVATION_CAPACITY_UNLIMITED = 1,
    DERIVATION_CAPACITY_HASH,
    DERIVATION_CAPACITY_255_HASHES,
    DERIVATION_CAPACITY_29_BITS,
    DERIVATION_CAPACITY_32,
    DERIVATION_CAPACITY_PBKDF2
};

struct derivation_step {
    psa_key_derivation_step_t step;
    enum derivation_rule rule;
    uint32_t after;           /* bits of the rows (1 << index) that must have come before */
    uint32_t before;          /* bits of the rows that must not have come before */
    uint8_t integer;          /* takes input_integer */
    uint8_t key_types;        /* DERIVATION_KEY_*: what input_key takes; 0: bytes only */
    uint8_t bytes;            /* input_bytes is allowed */
};

#define DERIVATION_KEY_SECRET 0x01u   /* DERIVE */
#define DERIVATION_KEY_PASSWORD 0x02u /* PASSWORD, DERIVE */
#define DERIVATION_KEY_RAW 0x04u      /* RAW_DATA */
#define DERIVATION_KEY_HMAC 0x08u
#define DERIVATION_KEY_CIPHER 0x10u   /* block ciphers of 128 bits (CMAC) */
#define DERIVATION_KEY_PEPPER 0x20u

#define DERIVATION_STEPS_MAX 4

struct derivation_algorithm {
    psa_algorithm_t alg;      /* with the hash taken out */
    uint8_t hash_based;
    uint8_t capacity;         /* enum derivation_capacity */
    struct derivation_step steps[DERIVATION_STEPS_MAX];
};

/* Rules of a key-derivation algorithm; NULL if it is not one. */
const struct derivation_algorithm *derivation_find(psa_algorithm_t alg);
/* The row of a step, -1 if there is none. */
int derivation_step_index(const struct derivation_algorithm *derivation, psa_key_derivation_step_t step);
/* Whether a key of this type may be given to this step. */
int derivation_step_takes(const struct derivation_algorithm *derivation, int index, psa_key_type_t type);
/* The rows that must have come before output. */
uint32_t derivation_required(const struct derivation_algorithm *derivation);
/* The most bytes that alg can give. */
uint64_t derivation_capacity(psa_algorithm_t alg);

/* ---- Policies (policy.c) ---- */

/* The usage flags that exist, and those that a flag brings with it. */
#define USAGE_ALL                                                                                              \
    (PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_CACHE | PSA_KEY_USAGE_ENCRYPT |                 \
     PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE |                       \
     PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_DERIVE |                              \
     PSA_KEY_USAGE_VERIFY_DERIVATION | PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP)
psa_key_usage_t usage_implied(psa_key_usage_t usage);

/* Whether a key whose policy is `policy` may do `alg` (a specific algorithm) with usage. */
int policy_permits(psa_algorithm_t policy, psa_algorithm_t alg, psa_key_usage_t usage);
/* The same of a key of this type: where an algorithm does not say how long its MAC is, blocks of 8 bytes give less than others. */
int policy_permits_with_key(psa_algorithm_t policy, psa_key_type_t type, psa_algorithm_t alg, psa_key_usage_t usage);
/* The policy of a copy: what both permit. Answers 0 when they have nothing in common. */
int policy_intersect(psa_algorithm_t a, psa_algorithm_t b, psa_algorithm_t *both);

#endif
