/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/crypto_values.h
 * \brief Values of the PSA Crypto API 1.5 and the macros that take them apart. Include <psa/crypto.h>, never this file.
 *
 * The encodings are those of the specification's appendix "Algorithm and key type encoding". A
 * macro with arguments is a constant expression when its arguments are; it may evaluate an argument
 * several times. What a macro answers for a value that the specification does not define is
 * unspecified there; here a predicate is 0 for it wherever that costs nothing.
 */
#ifndef PSA_CRYPTO_VALUES_H
#define PSA_CRYPTO_VALUES_H

#include "crypto_types.h"

/* ---- Status codes of this API alone (Error codes specific to the Crypto API) ---- */

/** The entropy source does not deliver enough to seed or reseed the generator. */
#define PSA_ERROR_INSUFFICIENT_ENTROPY ((psa_status_t)-148)
/** Decryption gave no valid padding. Never let a peer learn of it, not by timing either. */
#define PSA_ERROR_INVALID_PADDING ((psa_status_t)-150)

/* ---- Key lifetimes ---- */

/** In memory, for as long as the process lives. */
#define PSA_KEY_LIFETIME_VOLATILE ((psa_key_lifetime_t) 0x00000000)
/** In the default store, until it is destroyed. */
#define PSA_KEY_LIFETIME_PERSISTENT ((psa_key_lifetime_t) 0x00000001)
/** Gone at the end of the process or at a reset. */
#define PSA_KEY_PERSISTENCE_VOLATILE ((psa_key_persistence_t) 0x00)
/** Kept until it is destroyed. */
#define PSA_KEY_PERSISTENCE_DEFAULT ((psa_key_persistence_t) 0x01)
/** Never destroyed. */
#define PSA_KEY_PERSISTENCE_READ_ONLY ((psa_key_persistence_t) 0xff)
/** The store of the library itself. */
#define PSA_KEY_LOCATION_LOCAL_STORAGE ((psa_key_location_t) 0x000000)
/** The first secure element. Further ones have vendor locations, from 0x800000. */
#define PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT ((psa_key_location_t) 0x000001)
/** Persistence level of a lifetime. */
#define PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) \
    ((psa_key_persistence_t)((lifetime) & 0x000000ffu))

/** Location of a lifetime. */
#define PSA_KEY_LIFETIME_GET_LOCATION(lifetime) \
    ((psa_key_location_t)((psa_key_lifetime_t)(lifetime) >> 8))

/** 1 if a key of this lifetime is volatile. */
#define PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) \
    (PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) == PSA_KEY_PERSISTENCE_VOLATILE)

/** Lifetime made of a persistence level and a location. */
#define PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(persistence, location) \
    ((psa_key_lifetime_t)(location) << 8 | (psa_key_lifetime_t)(persistence))

/* ---- Key identifiers ---- */

/** No key. */
#define PSA_KEY_ID_NULL ((psa_key_id_t)0)
/** Smallest identifier that a program may choose. */
#define PSA_KEY_ID_USER_MIN ((psa_key_id_t)0x00000001)
/** Largest identifier that a program may choose. */
#define PSA_KEY_ID_USER_MAX ((psa_key_id_t)0x3fffffff)
/** Smallest identifier of volatile and built-in keys. */
#define PSA_KEY_ID_VENDOR_MIN ((psa_key_id_t)0x40000000)
/** Largest identifier of volatile and built-in keys. */
#define PSA_KEY_ID_VENDOR_MAX ((psa_key_id_t)0x7fffffff)

/* ---- Key usage flags ---- */

/** Export the secret or private part, or copy it out of a secure element. */
#define PSA_KEY_USAGE_EXPORT ((psa_key_usage_t)0x00000001)
/** Copy the key. */
#define PSA_KEY_USAGE_COPY ((psa_key_usage_t)0x00000002)
/** A hint: material of a persistent key may stay in memory between uses. */
#define PSA_KEY_USAGE_CACHE ((psa_key_usage_t)0x00000004)
/** For psa_check_key_usage() alone: the public role of a key agreement or PAKE. */
#define PSA_KEY_USAGE_DERIVE_PUBLIC ((psa_key_usage_t)0x00000080)
/** Encrypt (cipher, AEAD, asymmetric) or encapsulate. */
#define PSA_KEY_USAGE_ENCRYPT ((psa_key_usage_t)0x00000100)
/** Decrypt or decapsulate. */
#define PSA_KEY_USAGE_DECRYPT ((psa_key_usage_t)0x00000200)
/** Compute a MAC, or sign a message. */
#define PSA_KEY_USAGE_SIGN_MESSAGE ((psa_key_usage_t)0x00000400)
/** Verify a MAC, or the signature of a message. */
#define PSA_KEY_USAGE_VERIFY_MESSAGE ((psa_key_usage_t)0x00000800)
/** Sign a hash; includes SIGN_MESSAGE. */
#define PSA_KEY_USAGE_SIGN_HASH ((psa_key_usage_t)0x00001000)
/** Verify the signature of a hash; includes VERIFY_MESSAGE. */
#define PSA_KEY_USAGE_VERIFY_HASH ((psa_key_usage_t)0x00002000)
/** Take part in a key derivation, key agreement or PAKE. */
#define PSA_KEY_USAGE_DERIVE ((psa_key_usage_t)0x00004000)
/** Take part in a key derivation whose output is only compared. */
#define PSA_KEY_USAGE_VERIFY_DERIVATION ((psa_key_usage_t)0x00008000)
/** Wrap another key. */
#define PSA_KEY_USAGE_WRAP ((psa_key_usage_t)0x00010000)
/** Unwrap another key. */
#define PSA_KEY_USAGE_UNWRAP ((psa_key_usage_t)0x00020000)

/* ---- Key types ---- */

/* Bits: 15 vendor, 14 asymmetric, 13..12 category, 11..1 type within it, 0 parity of the whole. */

#define PSACRYPTO_KEY_TYPE_CATEGORY(type) ((type) & 0x7000u)
#define PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) ((type) & 0xff80u)
#define PSACRYPTO_KEY_TYPE_FAMILY(type) ((type) & 0x007fu)

/** Not a key type. */
#define PSA_KEY_TYPE_NONE ((psa_key_type_t)0x0000)
/** Data that is no key: n bytes. */
#define PSA_KEY_TYPE_RAW_DATA ((psa_key_type_t)0x1001)
/** HMAC: n bytes, for HMAC and SP 800-108 with HMAC. */
#define PSA_KEY_TYPE_HMAC ((psa_key_type_t)0x1100)
/** Keyed BLAKE2: 1 to 32 bytes (2s, 2sp) or 1 to 64 bytes (2b, 2bp). */
#define PSA_KEY_TYPE_BLAKE2 ((psa_key_type_t)0x1103)
/** High-entropy secret to derive from: n bytes. */
#define PSA_KEY_TYPE_DERIVE ((psa_key_type_t)0x1200)
/** Low-entropy secret: n bytes, for key stretching and PAKEs. */
#define PSA_KEY_TYPE_PASSWORD ((psa_key_type_t)0x1203)
/** Stretched password to compare with: n bytes. */
#define PSA_KEY_TYPE_PASSWORD_HASH ((psa_key_type_t)0x1205)
/** Secret salt of a key stretching: n bytes. */
#define PSA_KEY_TYPE_PEPPER ((psa_key_type_t)0x1206)
/** AES: 128, 192, 256 bits; twice that for XTS. */
#define PSA_KEY_TYPE_AES ((psa_key_type_t)0x2400)
/** ARIA: 128, 192, 256 bits; twice that for XTS. */
#define PSA_KEY_TYPE_ARIA ((psa_key_type_t)0x2406)
/** Camellia: 128, 192, 256 bits; twice that for XTS. */
#define PSA_KEY_TYPE_CAMELLIA ((psa_key_type_t)0x2403)
/** SM4: 128 bits; 256 for XTS. */
#define PSA_KEY_TYPE_SM4 ((psa_key_type_t)0x2405)
/** DES: 64 bits; 3DES: 128 or 192 bits. Weak. Imported keys may have any parity, which is kept; keys made here have the right one. */
#define PSA_KEY_TYPE_DES ((psa_key_type_t)0x2301)
/** ARC4: 40 to 2048 bits. Broken. */
#define PSA_KEY_TYPE_ARC4 ((psa_key_type_t)0x2002)
/** ChaCha20: 256 bits. */
#define PSA_KEY_TYPE_CHACHA20 ((psa_key_type_t)0x2004)
/** XChaCha20: 256 bits. */
#define PSA_KEY_TYPE_XCHACHA20 ((psa_key_type_t)0x2007)
/** Ascon-AEAD128: 128 bits; 256 with nonce masking. */
#define PSA_KEY_TYPE_ASCON ((psa_key_type_t)0x2008)
/** RSA key pair: RSAPrivateKey in DER (RFC 8017); bits of the modulus. */
#define PSA_KEY_TYPE_RSA_KEY_PAIR ((psa_key_type_t)0x7001)
/** RSA public key: RSAPublicKey in DER (RFC 3279); bits of the modulus. */
#define PSA_KEY_TYPE_RSA_PUBLIC_KEY ((psa_key_type_t)0x4001)
/** ML-DSA-44, -65, -87 key pair (128, 192, 256 bits): the 32-byte seed. */
#define PSA_KEY_TYPE_ML_DSA_KEY_PAIR ((psa_key_type_t)0x7002)
/** ML-DSA public key: pk of FIPS 204. */
#define PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY ((psa_key_type_t)0x4002)
/** ML-KEM-512, -768, -1024 key pair: the seeds d and z, 64 bytes. */
#define PSA_KEY_TYPE_ML_KEM_KEY_PAIR ((psa_key_type_t)0x7004)
/** ML-KEM encapsulation key: ek of FIPS 203. */
#define PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY ((psa_key_type_t)0x4004)
/** LMS public key (RFC 8554): 192 or 256 bits, the length of the hash. */
#define PSA_KEY_TYPE_LMS_PUBLIC_KEY ((psa_key_type_t)0x4007)
/** HSS public key (RFC 8554): 192 or 256 bits, the length of the hash. */
#define PSA_KEY_TYPE_HSS_PUBLIC_KEY ((psa_key_type_t)0x4008)
/** XMSS public key (RFC 8391): 192 or 256 bits, the length of the hash. */
#define PSA_KEY_TYPE_XMSS_PUBLIC_KEY ((psa_key_type_t)0x400B)
/** XMSS^MT public key (RFC 8391): 192 or 256 bits, the length of the hash. */
#define PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY ((psa_key_type_t)0x400D)
/** 1 for keys that are a string of bytes: data, secrets and symmetric keys. */
#define PSA_KEY_TYPE_IS_UNSTRUCTURED(type) \
    (PSACRYPTO_KEY_TYPE_CATEGORY(type) == 0x1000u || PSACRYPTO_KEY_TYPE_CATEGORY(type) == 0x2000u)

/** 1 for public keys and key pairs. */
#define PSA_KEY_TYPE_IS_ASYMMETRIC(type) (((type) & 0x4000u) != 0u)

/** 1 for public keys. */
#define PSA_KEY_TYPE_IS_PUBLIC_KEY(type) (PSACRYPTO_KEY_TYPE_CATEGORY(type) == 0x4000u)

/** 1 for key pairs. */
#define PSA_KEY_TYPE_IS_KEY_PAIR(type) (PSACRYPTO_KEY_TYPE_CATEGORY(type) == 0x7000u)

/** Type of the key pair that a public key belongs to; a key pair's own type. */
#define PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(type) ((psa_key_type_t)((type) | 0x3000u))

/** Type of the public part of a key pair; a public key's own type. */
#define PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type) ((psa_key_type_t)((type) & 0xcfffu))

/** 1 for RSA, public key or pair. */
#define PSA_KEY_TYPE_IS_RSA(type) \
    ((type) == PSA_KEY_TYPE_RSA_PUBLIC_KEY || (type) == PSA_KEY_TYPE_RSA_KEY_PAIR)

/** 1 for ML-DSA, public key or pair. */
#define PSA_KEY_TYPE_IS_ML_DSA(type) \
    ((type) == PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY || (type) == PSA_KEY_TYPE_ML_DSA_KEY_PAIR)

/** 1 for ML-KEM, public key or pair. */
#define PSA_KEY_TYPE_IS_ML_KEM(type) \
    ((type) == PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY || (type) == PSA_KEY_TYPE_ML_KEM_KEY_PAIR)
/* Elliptic curves; the size in bits picks the curve of a family. */

/** SEC 2 Koblitz curves over prime fields: 192, 225, 256 bits. */
#define PSA_ECC_FAMILY_SECP_K1 ((psa_ecc_family_t) 0x17)
/** SEC 2 random curves over prime fields (NIST P): 192, 224, 256, 384, 521 bits. */
#define PSA_ECC_FAMILY_SECP_R1 ((psa_ecc_family_t) 0x12)
/** secp160r2. Weak. */
#define PSA_ECC_FAMILY_SECP_R2 ((psa_ecc_family_t) 0x1b)
/** SEC 2 Koblitz curves over binary fields: 163 (weak), 233, 239, 283, 409, 571 bits. */
#define PSA_ECC_FAMILY_SECT_K1 ((psa_ecc_family_t) 0x27)
/** SEC 2 random curves over binary fields: 163 (weak), 233, 283, 409, 571 bits. */
#define PSA_ECC_FAMILY_SECT_R1 ((psa_ecc_family_t) 0x22)
/** sect163r2. Weak. */
#define PSA_ECC_FAMILY_SECT_R2 ((psa_ecc_family_t) 0x2b)
/** Brainpool P r1 (RFC 5639): 160 (weak), 192, 224, 256, 320, 384, 512 bits. */
#define PSA_ECC_FAMILY_BRAINPOOL_P_R1 ((psa_ecc_family_t) 0x30)
/** FRP256v1 (ANSSI): 256 bits. */
#define PSA_ECC_FAMILY_FRP ((psa_ecc_family_t) 0x33)
/** Curve25519: 255 bits; Curve448: 448 bits. */
#define PSA_ECC_FAMILY_MONTGOMERY ((psa_ecc_family_t) 0x41)
/** Edwards25519: 255 bits; Edwards448: 448 bits. */
#define PSA_ECC_FAMILY_TWISTED_EDWARDS ((psa_ecc_family_t) 0x42)
/** Key pair on a curve of this family: the private key, in bytes. */
#define PSA_KEY_TYPE_ECC_KEY_PAIR(curve) ((psa_key_type_t)(0x7100u | PSACRYPTO_KEY_TYPE_FAMILY(curve)))

/** Public key on a curve of this family: the uncompressed point (RFC 7748 and RFC 8032 form for those curves). */
#define PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve) ((psa_key_type_t)(0x4100u | PSACRYPTO_KEY_TYPE_FAMILY(curve)))

/** 1 for an elliptic curve key pair. */
#define PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x7100u)

/** 1 for an elliptic curve public key. */
#define PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x4100u)

/** 1 for an elliptic curve key, public key or pair. */
#define PSA_KEY_TYPE_IS_ECC(type) (PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type) || PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type))

/** Curve family of an elliptic curve key type. */
#define PSA_KEY_TYPE_ECC_GET_FAMILY(type) ((psa_ecc_family_t)PSACRYPTO_KEY_TYPE_FAMILY(type))
/* Finite field Diffie-Hellman; the size in bits of the prime picks the group of a family. */

/** ffdhe2048, 3072, 4096, 6144, 8192 (RFC 7919). */
#define PSA_DH_FAMILY_RFC7919 ((psa_dh_family_t) 0x03)
/** MODP groups of 2048, 3072, 4096, 6144, 8192 bits (RFC 3526). */
#define PSA_DH_FAMILY_RFC3526 ((psa_dh_family_t) 0x05)
/** Key pair in a group of this family: the private key, as long as the prime. */
#define PSA_KEY_TYPE_DH_KEY_PAIR(group) ((psa_key_type_t)(0x7200u | PSACRYPTO_KEY_TYPE_FAMILY(group)))

/** Public key in a group of this family: the group element, as long as the prime. */
#define PSA_KEY_TYPE_DH_PUBLIC_KEY(group) ((psa_key_type_t)(0x4200u | PSACRYPTO_KEY_TYPE_FAMILY(group)))

/** 1 for a Diffie-Hellman key pair. */
#define PSA_KEY_TYPE_IS_DH_KEY_PAIR(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x7200u)

/** 1 for a Diffie-Hellman public key. */
#define PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x4200u)

/** 1 for a Diffie-Hellman key, public key or pair. */
#define PSA_KEY_TYPE_IS_DH(type) (PSA_KEY_TYPE_IS_DH_KEY_PAIR(type) || PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type))

/** Group family of a Diffie-Hellman key type. */
#define PSA_KEY_TYPE_DH_GET_FAMILY(type) ((psa_dh_family_t)PSACRYPTO_KEY_TYPE_FAMILY(type))
/* SLH-DSA; the size is that of one component of the key: 128, 192 or 256 bits. */

/** SLH-DSA-SHA2-128s, -192s, -256s. */
#define PSA_SLH_DSA_FAMILY_SHA2_S ((psa_slh_dsa_family_t) 0x02)
/** SLH-DSA-SHA2-128f, -192f, -256f. */
#define PSA_SLH_DSA_FAMILY_SHA2_F ((psa_slh_dsa_family_t) 0x04)
/** SLH-DSA-SHAKE-128s, -192s, -256s. */
#define PSA_SLH_DSA_FAMILY_SHAKE_S ((psa_slh_dsa_family_t) 0x0b)
/** SLH-DSA-SHAKE-128f, -192f, -256f. */
#define PSA_SLH_DSA_FAMILY_SHAKE_F ((psa_slh_dsa_family_t) 0x0d)
/** SLH-DSA key pair: SK.seed, SK.prf, PK.seed, PK.root (FIPS 205). */
#define PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(set) ((psa_key_type_t)(0x7180u | PSACRYPTO_KEY_TYPE_FAMILY(set)))

/** SLH-DSA public key: PK.seed, PK.root. */
#define PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(set) ((psa_key_type_t)(0x4180u | PSACRYPTO_KEY_TYPE_FAMILY(set)))

/** 1 for an SLH-DSA key pair. */
#define PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x7180u)

/** 1 for an SLH-DSA public key. */
#define PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x4180u)

/** 1 for an SLH-DSA key, public key or pair. */
#define PSA_KEY_TYPE_IS_SLH_DSA(type) \
    (PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR(type) || PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY(type))

/** Parameter set family of an SLH-DSA key type. */
#define PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(type) ((psa_slh_dsa_family_t)PSACRYPTO_KEY_TYPE_FAMILY(type))

/* SPAKE2+ (RFC 9383): SECP_R1 with 256, 384, 521 bits or TWISTED_EDWARDS with 255, 448 bits. */

/** SPAKE2+ prover's key: w0 and w1. */
#define PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(curve) ((psa_key_type_t)(0x7400u | PSACRYPTO_KEY_TYPE_FAMILY(curve)))

/** SPAKE2+ verifier's key: w0 and L. */
#define PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(curve) ((psa_key_type_t)(0x4400u | PSACRYPTO_KEY_TYPE_FAMILY(curve)))

/** 1 for a SPAKE2+ key pair. */
#define PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x7400u)

/** 1 for a SPAKE2+ public key. */
#define PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x4400u)

/** 1 for a SPAKE2+ key, public key or pair. */
#define PSA_KEY_TYPE_IS_SPAKE2P(type) \
    (PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type) || PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type))

/** Curve family of a SPAKE2+ key type. */
#define PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type) ((psa_ecc_family_t)PSACRYPTO_KEY_TYPE_FAMILY(type))

/* WPA3-SAE password tokens (IEEE 802.11): derived with PSA_ALG_WPA3_SAE_H2E(). */

/** WPA3-SAE password token on a curve of this family: its coordinates x and y. */
#define PSA_KEY_TYPE_WPA3_SAE_ECC(curve) ((psa_key_type_t)(0x3280u | PSACRYPTO_KEY_TYPE_FAMILY(curve)))

/** WPA3-SAE password token in a Diffie-Hellman group of this family: a group element. */
#define PSA_KEY_TYPE_WPA3_SAE_DH(group) ((psa_key_type_t)(0x3300u | PSACRYPTO_KEY_TYPE_FAMILY(group)))

/** 1 for a WPA3-SAE password token on an elliptic curve. */
#define PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x3280u)

/** 1 for a WPA3-SAE password token in a Diffie-Hellman group. */
#define PSA_KEY_TYPE_IS_WPA3_SAE_DH(type) (PSACRYPTO_KEY_TYPE_WITHOUT_FAMILY(type) == 0x3300u)

/** Curve family of a WPA3-SAE password token. */
#define PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(type) ((psa_ecc_family_t)PSACRYPTO_KEY_TYPE_FAMILY(type))

/** Group family of a WPA3-SAE password token. */
#define PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(type) ((psa_dh_family_t)PSACRYPTO_KEY_TYPE_FAMILY(type))

/* ---- Algorithms: fields and categories ---- */

/* Bits: 31 vendor, 30..24 category, 23 S, 22 B, 21..16 length of a MAC or tag, 15 W (at least that
 * length), 15..8 type within the category, 7..0 hash. */
#define PSACRYPTO_ALG_CATEGORY(alg) ((alg) & 0x7f000000u)
#define PSACRYPTO_ALG_WITHOUT_HASH(alg) ((alg) & 0xffffff00u)
#define PSACRYPTO_ALG_WITHOUT_LENGTH(alg) ((alg) & 0xffc07fffu)
#define PSACRYPTO_ALG_HASH_TYPE(alg) ((alg) & 0x000000ffu)
#define PSACRYPTO_ALG_WITH_HASH(base, hash_alg) ((psa_algorithm_t)((base) | PSACRYPTO_ALG_HASH_TYPE(hash_alg)))
#define PSACRYPTO_ALG_AT_LEAST 0x00008000u

/** No algorithm. */
#define PSA_ALG_NONE ((psa_algorithm_t)0)
/** 1 for a hash. */
#define PSA_ALG_IS_HASH(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x02000000u)

/** 1 for a MAC. */
#define PSA_ALG_IS_MAC(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x03000000u)

/** 1 for an unauthenticated cipher. */
#define PSA_ALG_IS_CIPHER(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x04000000u)

/** 1 for an AEAD. */
#define PSA_ALG_IS_AEAD(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x05000000u)

/** 1 for an asymmetric signature. */
#define PSA_ALG_IS_SIGN(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x06000000u)

/** 1 for an asymmetric encryption. */
#define PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x07000000u)

/** 1 for a key derivation. */
#define PSA_ALG_IS_KEY_DERIVATION(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x08000000u)

/** 1 for a key agreement, alone or combined with a key derivation. */
#define PSA_ALG_IS_KEY_AGREEMENT(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x09000000u)

/** 1 for a password-authenticated key exchange. */
#define PSA_ALG_IS_PAKE(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x0a000000u)

/** 1 for a key wrapping. */
#define PSA_ALG_IS_KEY_WRAP(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x0b000000u)

/** 1 for a key encapsulation. */
#define PSA_ALG_IS_KEY_ENCAPSULATION(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x0c000000u)

/** 1 for an extendable-output function. */
#define PSA_ALG_IS_XOF(alg) (PSACRYPTO_ALG_CATEGORY(alg) == 0x0d000000u)

/* ---- Hashes (Hash algorithms) ---- */

/** MD2, 16 bytes. Broken. */
#define PSA_ALG_MD2 ((psa_algorithm_t)0x02000001)
/** MD4, 16 bytes. Broken. */
#define PSA_ALG_MD4 ((psa_algorithm_t)0x02000002)
/** MD5, 16 bytes. Broken. */
#define PSA_ALG_MD5 ((psa_algorithm_t)0x02000003)
/** RIPEMD-160, 20 bytes. */
#define PSA_ALG_RIPEMD160 ((psa_algorithm_t)0x02000004)
/** SHA-1, 20 bytes. Broken. */
#define PSA_ALG_SHA_1 ((psa_algorithm_t)0x02000005)
/** AES-MMO of Zigbee, 16 bytes. */
#define PSA_ALG_AES_MMO_ZIGBEE ((psa_algorithm_t)0x02000007)
/** SHA-224, 28 bytes. */
#define PSA_ALG_SHA_224 ((psa_algorithm_t)0x02000008)
/** SHA-256, 32 bytes. */
#define PSA_ALG_SHA_256 ((psa_algorithm_t)0x02000009)
/** SHA-384, 48 bytes. */
#define PSA_ALG_SHA_384 ((psa_algorithm_t)0x0200000a)
/** SHA-512, 64 bytes. */
#define PSA_ALG_SHA_512 ((psa_algorithm_t)0x0200000b)
/** SHA-512/224, 28 bytes. */
#define PSA_ALG_SHA_512_224 ((psa_algorithm_t)0x0200000c)
/** SHA-512/256, 32 bytes. */
#define PSA_ALG_SHA_512_256 ((psa_algorithm_t)0x0200000d)
/** SHA-256 cut to 24 bytes. */
#define PSA_ALG_SHA_256_192 ((psa_algorithm_t)0x0200000E)
/** SHA3-224, 28 bytes. */
#define PSA_ALG_SHA3_224 ((psa_algorithm_t)0x02000010)
/** SHA3-256, 32 bytes. */
#define PSA_ALG_SHA3_256 ((psa_algorithm_t)0x02000011)
/** SHA3-384, 48 bytes. */
#define PSA_ALG_SHA3_384 ((psa_algorithm_t)0x02000012)
/** SHA3-512, 64 bytes. */
#define PSA_ALG_SHA3_512 ((psa_algorithm_t)0x02000013)
/** SM3, 32 bytes. */
#define PSA_ALG_SM3 ((psa_algorithm_t)0x02000014)
/** SHAKE256, 64 bytes of output. */
#define PSA_ALG_SHAKE256_512 ((psa_algorithm_t)0x02000015)
/** SHAKE128, 32 bytes of output. */
#define PSA_ALG_SHAKE128_256 ((psa_algorithm_t)0x02000016)
/** SHAKE256, 24 bytes of output. */
#define PSA_ALG_SHAKE256_192 ((psa_algorithm_t)0x02000017)
/** SHAKE256, 32 bytes of output. */
#define PSA_ALG_SHAKE256_256 ((psa_algorithm_t)0x02000018)
/** Ascon-Hash256, 32 bytes. */
#define PSA_ALG_ASCON_HASH256 ((psa_algorithm_t)0x02000019)
/** BLAKE2s, 32 bytes. */
#define PSA_ALG_BLAKE2S_HASH256 ((psa_algorithm_t)0x0200001C)
/** BLAKE2sp, 32 bytes. */
#define PSA_ALG_BLAKE2SP_HASH256 ((psa_algorithm_t)0x0200001D)
/** BLAKE2b, 64 bytes. */
#define PSA_ALG_BLAKE2B_HASH512 ((psa_algorithm_t)0x0200001E)
/** BLAKE2bp, 64 bytes. */
#define PSA_ALG_BLAKE2BP_HASH512 ((psa_algorithm_t)0x0200001F)
/** In a permitted algorithm: a signature scheme with any hash. */
#define PSA_ALG_ANY_HASH ((psa_algorithm_t)0x020000ff)
/** 1 for BLAKE2s, BLAKE2sp, BLAKE2b, BLAKE2bp as hashes. */
#define PSA_ALG_IS_BLAKE2_HASH(alg) (((alg) & 0x7ffffffcu) == 0x0200001cu)

/** Hash inside an algorithm (of HMAC, HKDF, ECDSA ...; of a hash, itself), or PSA_ALG_NONE. */
#define PSA_ALG_GET_HASH(alg) \
    (PSACRYPTO_ALG_HASH_TYPE(alg) == 0u ? PSA_ALG_NONE : PSACRYPTO_ALG_WITH_HASH(0x02000000u, alg))

/* ---- Extendable-output functions (XOF algorithms) ---- */

/** SHAKE128. */
#define PSA_ALG_SHAKE128 ((psa_algorithm_t)0x0D000100)
/** SHAKE256. */
#define PSA_ALG_SHAKE256 ((psa_algorithm_t)0x0D000200)
/** Ascon-XOF128. */
#define PSA_ALG_ASCON_XOF128 ((psa_algorithm_t)0x0D000300)
/** Ascon-CXOF128, which takes a context. */
#define PSA_ALG_ASCON_CXOF128 ((psa_algorithm_t)0x0D008300)
/** 1 for an XOF that takes a context. */
#define PSA_ALG_XOF_HAS_CONTEXT(alg) (((alg) & 0x00008000u) != 0u)

/* ---- MACs (MAC algorithms) ---- */

/** CBC-MAC, of the block cipher of the key. Insecure unless all messages have one length. */
#define PSA_ALG_CBC_MAC ((psa_algorithm_t)0x03c00100)
/** CMAC, of the block cipher of the key. */
#define PSA_ALG_CMAC ((psa_algorithm_t)0x03c00200)
/** HMAC with a hash. */
#define PSA_ALG_HMAC(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x03800000u, hash_alg)

/** BLAKE2 with a key; hash_alg is the BLAKE2 hash. */
#define PSA_ALG_BLAKE2_MAC(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x03800300u, hash_alg)

/** 1 for HMAC of any length, but not for "at least" policies. */
#define PSA_ALG_IS_HMAC(alg) (((alg) & 0x7fc0ff00u) == 0x03800000u)

/** 1 for keyed BLAKE2 of any length, but not for "at least" policies. */
#define PSA_ALG_IS_BLAKE2_MAC(alg) (((alg) & 0x7fc0ff00u) == 0x03800300u)

/** 1 for a MAC of a block cipher, of any length. */
#define PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) (((alg) & 0x7fc00000u) == 0x03c00000u)

/** mac_alg cut to its first mac_length bytes. */
#define PSA_ALG_TRUNCATED_MAC(mac_alg, mac_length) \
    ((psa_algorithm_t)(PSACRYPTO_ALG_WITHOUT_LENGTH(mac_alg) | ((psa_algorithm_t)(mac_length) & 0x3fu) << 16))

/** mac_alg at its full length. */
#define PSA_ALG_FULL_LENGTH_MAC(mac_alg) ((psa_algorithm_t)PSACRYPTO_ALG_WITHOUT_LENGTH(mac_alg))

/** In a permitted algorithm: mac_alg at min_mac_length bytes or longer. */
#define PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(mac_alg, min_mac_length) \
    ((psa_algorithm_t)(PSA_ALG_TRUNCATED_MAC(mac_alg, min_mac_length) | PSACRYPTO_ALG_AT_LEAST))

/* ---- Ciphers (Cipher algorithms) ---- */

/** ARC4, ChaCha20 or XChaCha20, by the type of the key. */
#define PSA_ALG_STREAM_CIPHER ((psa_algorithm_t)0x04800100)
/** CTR, counter in the whole block. Not with two-key 3DES. */
#define PSA_ALG_CTR ((psa_algorithm_t)0x04c01000)
/** CFB with segments of one block. */
#define PSA_ALG_CFB ((psa_algorithm_t)0x04c01100)
/** OFB. */
#define PSA_ALG_OFB ((psa_algorithm_t)0x04c01200)
/** XTS, with a key of twice the length. */
#define PSA_ALG_XTS ((psa_algorithm_t)0x0440ff00)
/** ECB, whole blocks. To build other modes with, no more. */
#define PSA_ALG_ECB_NO_PADDING ((psa_algorithm_t)0x04404400)
/** CBC, whole blocks. */
#define PSA_ALG_CBC_NO_PADDING ((psa_algorithm_t)0x04404000)
/** CBC with PKCS #7 padding. */
#define PSA_ALG_CBC_PKCS7 ((psa_algorithm_t)0x04404100)
/** CCM* without a tag: CTR with the counter block of CCM, 13-byte nonce. */
#define PSA_ALG_CCM_STAR_NO_TAG ((psa_algorithm_t)0x04c01300)
/** In a permitted algorithm: CCM* without a tag and CCM with one of 4, 8 or 16 bytes. */
#define PSA_ALG_CCM_STAR_ANY_TAG ((psa_algorithm_t)0x04c09300)
/** 1 for ciphers that combine the message with a key stream. */
#define PSA_ALG_IS_STREAM_CIPHER(alg) (((alg) & 0x7f800000u) == 0x04800000u)

/* ---- AEADs (AEAD algorithms) ---- */

/** CCM, nonce of 7 to 13 bytes, tag of 4, 6 ... 16 bytes. */
#define PSA_ALG_CCM ((psa_algorithm_t)0x05500100)
/** GCM, nonce of 1 byte or more (12 is the one to use), tag of 4, 8, 12 ... 16 bytes. */
#define PSA_ALG_GCM ((psa_algorithm_t)0x05500200)
/** ChaCha20-Poly1305 (RFC 8439), 12-byte nonce, 16-byte tag. */
#define PSA_ALG_CHACHA20_POLY1305 ((psa_algorithm_t)0x05100500)
/** XChaCha20-Poly1305, 24-byte nonce, 16-byte tag. */
#define PSA_ALG_XCHACHA20_POLY1305 ((psa_algorithm_t)0x05100600)
/** Ascon-AEAD128 (SP 800-232), 16-byte nonce, tag of 4 to 16 bytes. */
#define PSA_ALG_ASCON_AEAD128 ((psa_algorithm_t)0x05100700)
/** 1 for an AEAD mode of a block cipher, with any tag. */
#define PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) (((alg) & 0x7f400000u) == 0x05400000u)

/** aead_alg with a tag of tag_length bytes. */
#define PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead_alg, tag_length) \
    ((psa_algorithm_t)(PSACRYPTO_ALG_WITHOUT_LENGTH(aead_alg) | ((psa_algorithm_t)(tag_length) & 0x3fu) << 16))

/** aead_alg with the tag length it has by default, 16 bytes for each that is defined; PSA_ALG_NONE for others. */
#define PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(aead_alg) \
    (PSACRYPTO_ALG_IS_AEAD_OF(aead_alg, PSA_ALG_CCM) ? PSA_ALG_CCM : \
     PSACRYPTO_ALG_IS_AEAD_OF(aead_alg, PSA_ALG_GCM) ? PSA_ALG_GCM : \
     PSACRYPTO_ALG_IS_AEAD_OF(aead_alg, PSA_ALG_CHACHA20_POLY1305) ? PSA_ALG_CHACHA20_POLY1305 : \
     PSACRYPTO_ALG_IS_AEAD_OF(aead_alg, PSA_ALG_XCHACHA20_POLY1305) ? PSA_ALG_XCHACHA20_POLY1305 : \
     PSACRYPTO_ALG_IS_AEAD_OF(aead_alg, PSA_ALG_ASCON_AEAD128) ? PSA_ALG_ASCON_AEAD128 : \
     PSA_ALG_NONE)

/* aead_alg is base, whatever the length of its tag. */
#define PSACRYPTO_ALG_IS_AEAD_OF(aead_alg, base) \
    (PSACRYPTO_ALG_WITHOUT_LENGTH(aead_alg) == PSACRYPTO_ALG_WITHOUT_LENGTH(base))

/** In a permitted algorithm: aead_alg with a tag of min_tag_length bytes or more. */
#define PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(aead_alg, min_tag_length) \
    ((psa_algorithm_t)(PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead_alg, min_tag_length) | PSACRYPTO_ALG_AT_LEAST))

/* ---- Key wrapping (Key-wrapping algorithms) ---- */

/** KW of SP 800-38F (RFC 3394): data of 16, 24, 32 ... bytes. */
#define PSA_ALG_KW ((psa_algorithm_t)0x0B400100)
/** KWP of SP 800-38F (RFC 5649): data of any length. */
#define PSA_ALG_KWP ((psa_algorithm_t)0x0BC00200)

/* ---- Key derivation (Key-derivation algorithms) ---- */

/** HKDF (RFC 5869): salt (optional), secret, info. */
#define PSA_ALG_HKDF(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08000100u, hash_alg)

/** Extract step of HKDF: salt, secret. */
#define PSA_ALG_HKDF_EXTRACT(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08000400u, hash_alg)

/** Expand step of HKDF: secret, info. */
#define PSA_ALG_HKDF_EXPAND(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08000500u, hash_alg)

/** PRF of TLS 1.2 (RFC 5246): seed, secret, label. */
#define PSA_ALG_TLS12_PRF(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08000200u, hash_alg)

/** Master secret of TLS 1.2 from a pre-shared key: seed, other secret (optional), secret, label. */
#define PSA_ALG_TLS12_PSK_TO_MS(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08000300u, hash_alg)

/** Counter mode of SP 800-108 with HMAC: secret, label (optional), context (optional). */
#define PSA_ALG_SP800_108_COUNTER_HMAC(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08000700u, hash_alg)

/** PBKDF2 with HMAC (RFC 8018): cost, salt (repeatable), password. */
#define PSA_ALG_PBKDF2_HMAC(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08800100u, hash_alg)

/** Password token of WPA3-SAE, hash-to-element: salt (the SSID), password, info (the password identifier, optional). */
#define PSA_ALG_WPA3_SAE_H2E(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x08800400u, hash_alg)
/** Premaster secret of TLS 1.2 from the J-PAKE of Thread on P-256: secret. */
#define PSA_ALG_TLS12_ECJPAKE_TO_PMS ((psa_algorithm_t)0x08000609)
/** Counter mode of SP 800-108 with CMAC: secret, label (optional), context (optional). */
#define PSA_ALG_SP800_108_COUNTER_CMAC ((psa_algorithm_t)0x08000800)
/** PBKDF2 with AES-CMAC-PRF-128 (RFC 4615): cost, salt (repeatable), password. */
#define PSA_ALG_PBKDF2_AES_CMAC_PRF_128 ((psa_algorithm_t)0x08800200)
/** 1 for key derivations that start from a password. */
#define PSA_ALG_IS_KEY_DERIVATION_STRETCHING(alg) (((alg) & 0x7f800000u) == 0x08800000u)

#define PSA_ALG_IS_HKDF(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08000100u)                    /**< 1 for PSA_ALG_HKDF() */
#define PSA_ALG_IS_HKDF_EXTRACT(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08000400u)            /**< 1 for PSA_ALG_HKDF_EXTRACT() */
#define PSA_ALG_IS_HKDF_EXPAND(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08000500u)             /**< 1 for PSA_ALG_HKDF_EXPAND() */
#define PSA_ALG_IS_TLS12_PRF(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08000200u)               /**< 1 for PSA_ALG_TLS12_PRF() */
#define PSA_ALG_IS_TLS12_PSK_TO_MS(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08000300u)         /**< 1 for PSA_ALG_TLS12_PSK_TO_MS() */
#define PSA_ALG_IS_SP800_108_COUNTER_HMAC(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08000700u)  /**< 1 for PSA_ALG_SP800_108_COUNTER_HMAC() */
#define PSA_ALG_IS_PBKDF2_HMAC(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08800100u)             /**< 1 for PSA_ALG_PBKDF2_HMAC() */
#define PSA_ALG_IS_WPA3_SAE_H2E(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x08800400u)            /**< 1 for PSA_ALG_WPA3_SAE_H2E() */

/* Input steps; the upper byte tells secrets (1) from the rest (2). */
#define PSA_KEY_DERIVATION_INPUT_SECRET ((psa_key_derivation_step_t)0x0101)       /**< high-entropy secret */
#define PSA_KEY_DERIVATION_INPUT_PASSWORD ((psa_key_derivation_step_t)0x0102)     /**< low-entropy secret */
#define PSA_KEY_DERIVATION_INPUT_OTHER_SECRET ((psa_key_derivation_step_t)0x0103) /**< a further high-entropy secret */
#define PSA_KEY_DERIVATION_INPUT_LABEL ((psa_key_derivation_step_t)0x0201)        /**< label */
#define PSA_KEY_DERIVATION_INPUT_SALT ((psa_key_derivation_step_t)0x0202)         /**< salt */
#define PSA_KEY_DERIVATION_INPUT_INFO ((psa_key_derivation_step_t)0x0203)         /**< information */
#define PSA_KEY_DERIVATION_INPUT_SEED ((psa_key_derivation_step_t)0x0204)         /**< seed */
#define PSA_KEY_DERIVATION_INPUT_COST ((psa_key_derivation_step_t)0x0205)         /**< number of iterations, an integer */
#define PSA_KEY_DERIVATION_INPUT_CONTEXT ((psa_key_derivation_step_t)0x0206)      /**< context */

/** Capacity of a derivation that is to be as long as its algorithm allows. */
#define PSA_KEY_DERIVATION_UNLIMITED_CAPACITY ((size_t)-1)

/* ---- Signatures (Asymmetric signature) ---- */

/** RSASSA-PKCS1-v1_5 (RFC 8017) of a DigestInfo that the caller made: hash functions only. */
#define PSA_ALG_RSA_PKCS1V15_SIGN_RAW ((psa_algorithm_t) 0x06000200)
/** Randomised ECDSA of a hash that is not named: hash functions only. */
#define PSA_ALG_ECDSA_ANY ((psa_algorithm_t) 0x06000600)
/** Ed25519 or Ed448 (RFC 8032) without a context: message functions only. */
#define PSA_ALG_PURE_EDDSA ((psa_algorithm_t) 0x06000800)
/** Ed25519ctx or Ed448 with a context: message functions only. */
#define PSA_ALG_EDDSA_CTX ((psa_algorithm_t) 0x06000A00)
/** Ed25519ph, of a SHA-512 hash. */
#define PSA_ALG_ED25519PH ((psa_algorithm_t) 0x0600090B)
/** Ed448ph, of 64 bytes of SHAKE256. */
#define PSA_ALG_ED448PH ((psa_algorithm_t) 0x06000915)
/** SLH-DSA (FIPS 205), hedged. */
#define PSA_ALG_SLH_DSA ((psa_algorithm_t) 0x06004000)
/** SLH-DSA, deterministic. */
#define PSA_ALG_DETERMINISTIC_SLH_DSA ((psa_algorithm_t) 0x06004100)
/** ML-DSA (FIPS 204), hedged. */
#define PSA_ALG_ML_DSA ((psa_algorithm_t) 0x06004400)
/** ML-DSA, deterministic. */
#define PSA_ALG_DETERMINISTIC_ML_DSA ((psa_algorithm_t) 0x06004500)
/** LMS (RFC 8554), verification only. */
#define PSA_ALG_LMS ((psa_algorithm_t) 0x06004800)
/** HSS (RFC 8554), verification only. */
#define PSA_ALG_HSS ((psa_algorithm_t) 0x06004900)
/** XMSS (RFC 8391), verification only. */
#define PSA_ALG_XMSS ((psa_algorithm_t) 0x06004A00)
/** XMSS^MT (RFC 8391), verification only. */
#define PSA_ALG_XMSS_MT ((psa_algorithm_t) 0x06004B00)
/* Schemes with a hash, which is PSA_ALG_ANY_HASH in a permitted algorithm if any is. */
#define PSA_ALG_RSA_PKCS1V15_SIGN(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06000200u, hash_alg)         /**< RSASSA-PKCS1-v1_5 (RFC 8017) */
#define PSA_ALG_RSA_PSS(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06000300u, hash_alg)                   /**< RSASSA-PSS, salt as long as the hash */
#define PSA_ALG_RSA_PSS_ANY_SALT(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06001300u, hash_alg)          /**< the same, verifying any salt */
#define PSA_ALG_ECDSA(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06000600u, hash_alg)                     /**< ECDSA, randomised */
#define PSA_ALG_DETERMINISTIC_ECDSA(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06000700u, hash_alg)       /**< ECDSA of RFC 6979 */
#define PSA_ALG_HASH_SLH_DSA(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06004200u, hash_alg)              /**< HashSLH-DSA, hedged */
#define PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06004300u, hash_alg) /**< HashSLH-DSA, deterministic */
#define PSA_ALG_HASH_ML_DSA(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06004600u, hash_alg)               /**< HashML-DSA, hedged */
#define PSA_ALG_DETERMINISTIC_HASH_ML_DSA(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x06004700u, hash_alg) /**< HashML-DSA, deterministic */

/** 1 for RSASSA-PKCS1-v1_5, with a hash or raw. */
#define PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06000200u)

/** 1 for RSASSA-PSS, verifying any salt or not. */
#define PSA_ALG_IS_RSA_PSS(alg) (PSA_ALG_IS_RSA_PSS_STANDARD_SALT(alg) || PSA_ALG_IS_RSA_PSS_ANY_SALT(alg))

#define PSA_ALG_IS_RSA_PSS_STANDARD_SALT(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06000300u) /**< 1 for PSA_ALG_RSA_PSS() */
#define PSA_ALG_IS_RSA_PSS_ANY_SALT(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06001300u)      /**< 1 for PSA_ALG_RSA_PSS_ANY_SALT() */

/** 1 for ECDSA: randomised, deterministic, or without a named hash. */
#define PSA_ALG_IS_ECDSA(alg) (PSA_ALG_IS_RANDOMIZED_ECDSA(alg) || PSA_ALG_IS_DETERMINISTIC_ECDSA(alg))

/** 1 for randomised ECDSA, including PSA_ALG_ECDSA_ANY. */
#define PSA_ALG_IS_RANDOMIZED_ECDSA(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06000600u)

/** 1 for deterministic ECDSA. */
#define PSA_ALG_IS_DETERMINISTIC_ECDSA(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06000700u)

/** 1 for PSA_ALG_ED25519PH and PSA_ALG_ED448PH. */
#define PSA_ALG_IS_HASH_EDDSA(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06000900u)

/** 1 for SLH-DSA of the message itself. */
#define PSA_ALG_IS_SLH_DSA(alg) ((alg) == PSA_ALG_SLH_DSA || (alg) == PSA_ALG_DETERMINISTIC_SLH_DSA)

/** 1 for HashSLH-DSA. */
#define PSA_ALG_IS_HASH_SLH_DSA(alg) (PSA_ALG_IS_HEDGED_HASH_SLH_DSA(alg) || PSA_ALG_IS_DETERMINISTIC_HASH_SLH_DSA(alg))

#define PSA_ALG_IS_HEDGED_HASH_SLH_DSA(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06004200u)        /**< 1 for PSA_ALG_HASH_SLH_DSA() */
#define PSA_ALG_IS_DETERMINISTIC_HASH_SLH_DSA(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06004300u) /**< 1 for PSA_ALG_DETERMINISTIC_HASH_SLH_DSA() */

/** 1 for ML-DSA of the message itself. */
#define PSA_ALG_IS_ML_DSA(alg) ((alg) == PSA_ALG_ML_DSA || (alg) == PSA_ALG_DETERMINISTIC_ML_DSA)

/** 1 for HashML-DSA. */
#define PSA_ALG_IS_HASH_ML_DSA(alg) (PSA_ALG_IS_HEDGED_HASH_ML_DSA(alg) || PSA_ALG_IS_DETERMINISTIC_HASH_ML_DSA(alg))

#define PSA_ALG_IS_HEDGED_HASH_ML_DSA(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06004600u)        /**< 1 for PSA_ALG_HASH_ML_DSA() */
#define PSA_ALG_IS_DETERMINISTIC_HASH_ML_DSA(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x06004700u) /**< 1 for PSA_ALG_DETERMINISTIC_HASH_ML_DSA() */

/** 1 for schemes that sign exactly the hash that PSA_ALG_GET_HASH() names. */
#define PSA_ALG_IS_HASH_AND_SIGN(alg) \
    (PSACRYPTO_ALG_HASH_TYPE(alg) != 0u && \
     (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg) || PSA_ALG_IS_ECDSA(alg) || \
      PSA_ALG_IS_HASH_EDDSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg) || PSA_ALG_IS_HASH_ML_DSA(alg)))

/** 1 for schemes that psa_sign_hash() and psa_verify_hash() take. */
#define PSA_ALG_IS_SIGN_HASH(alg) \
    (PSA_ALG_IS_HASH_AND_SIGN(alg) || (alg) == PSA_ALG_RSA_PKCS1V15_SIGN_RAW || (alg) == PSA_ALG_ECDSA_ANY)

/** 1 for schemes that psa_sign_message(), psa_verify_message() and the operations in parts take. */
#define PSA_ALG_IS_SIGN_MESSAGE(alg) \
    (PSA_ALG_IS_SIGN(alg) && (alg) != PSA_ALG_RSA_PKCS1V15_SIGN_RAW && (alg) != PSA_ALG_ECDSA_ANY)

/** 1 for schemes that take a context that is not empty. */
#define PSA_ALG_SIGN_SUPPORTS_CONTEXT(alg) \
    ((alg) == PSA_ALG_EDDSA_CTX || PSA_ALG_IS_HASH_EDDSA(alg) || PSA_ALG_IS_SLH_DSA(alg) || \
     PSA_ALG_IS_HASH_SLH_DSA(alg) || PSA_ALG_IS_ML_DSA(alg) || PSA_ALG_IS_HASH_ML_DSA(alg))

/* ---- Asymmetric encryption (Asymmetric encryption algorithms) ---- */

/** RSAES-PKCS1-v1_5 (RFC 8017). Prefer OAEP. */
#define PSA_ALG_RSA_PKCS1V15_CRYPT ((psa_algorithm_t)0x07000200)
/** RSAES-OAEP (RFC 8017); hash_alg for the label and for MGF1. */
#define PSA_ALG_RSA_OAEP(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x07000300u, hash_alg)

/** 1 for RSAES-OAEP. */
#define PSA_ALG_IS_RSA_OAEP(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x07000300u)

/* ---- Key agreement (Key-agreement algorithms) ---- */

/** Finite field Diffie-Hellman. */
#define PSA_ALG_FFDH ((psa_algorithm_t)0x09010000)
/** Elliptic curve Diffie-Hellman, with the cofactor; X25519, X448. */
#define PSA_ALG_ECDH ((psa_algorithm_t)0x09020000)
/** A key agreement whose secret goes into a key derivation. */
#define PSA_ALG_KEY_AGREEMENT(ka_alg, kdf_alg) ((psa_algorithm_t)((ka_alg) | (kdf_alg)))

/** The key agreement in a combined algorithm. */
#define PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) ((psa_algorithm_t)((alg) & 0xff7f0000u))

/** The key derivation in a combined algorithm. */
#define PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) ((psa_algorithm_t)((alg) & 0xfe80ffffu))

/** 1 for a key agreement that is not combined with a key derivation. */
#define PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg) (((alg) & 0x7f00ffffu) == 0x09000000u)

/** Older name of PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(). */
#define PSA_ALG_IS_RAW_KEY_AGREEMENT(alg) PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg)

/** 1 for finite field Diffie-Hellman, alone or combined. */
#define PSA_ALG_IS_FFDH(alg) (((alg) & 0x7f7f0000u) == 0x09010000u)

/** 1 for elliptic curve Diffie-Hellman, alone or combined. */
#define PSA_ALG_IS_ECDH(alg) (((alg) & 0x7f7f0000u) == 0x09020000u)

/* ---- Key encapsulation (Key encapsulation) ---- */

/** The key agreement of ECIES (SEC 1): an ephemeral key, the x coordinate as secret. */
#define PSA_ALG_ECIES_SEC1 ((psa_algorithm_t)0x0c000100)
/** ML-KEM (FIPS 203). */
#define PSA_ALG_ML_KEM ((psa_algorithm_t)0x0c000200)

/* ---- Password-authenticated key exchange ---- */

/** J-PAKE (RFC 8236). */
#define PSA_ALG_JPAKE(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x0a000100u, hash_alg)

/** SPAKE2+ (RFC 9383), confirmed with HMAC. */
#define PSA_ALG_SPAKE2P_HMAC(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x0a000400u, hash_alg)

/** SPAKE2+ (RFC 9383), confirmed with CMAC. */
#define PSA_ALG_SPAKE2P_CMAC(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x0a000500u, hash_alg)

/** WPA3-SAE, looping or hash-to-element, with a 32-byte key. */
#define PSA_ALG_WPA3_SAE_FIXED(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x0a000800u, hash_alg)

/** WPA3-SAE, hash-to-element, with a key as long as the hash. */
#define PSA_ALG_WPA3_SAE_GDH(hash_alg) PSACRYPTO_ALG_WITH_HASH(0x0a000900u, hash_alg)
/** SPAKE2+ as Matter uses it: draft 02, P-256, SHA-256, HMAC. */
#define PSA_ALG_SPAKE2P_MATTER ((psa_algorithm_t)0x0A000609)
/** In the permitted algorithm of a password or password token: WPA3-SAE of every kind. */
#define PSA_ALG_WPA3_SAE_ANY ((psa_algorithm_t)0x0a0088ff)
#define PSA_ALG_IS_JPAKE(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x0a000100u)          /**< 1 for PSA_ALG_JPAKE() */
#define PSA_ALG_IS_SPAKE2P_HMAC(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x0a000400u)   /**< 1 for PSA_ALG_SPAKE2P_HMAC() */
#define PSA_ALG_IS_SPAKE2P_CMAC(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x0a000500u)   /**< 1 for PSA_ALG_SPAKE2P_CMAC() */
#define PSA_ALG_IS_WPA3_SAE_FIXED(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x0a000800u) /**< 1 for PSA_ALG_WPA3_SAE_FIXED() */
#define PSA_ALG_IS_WPA3_SAE_GDH(alg) (PSACRYPTO_ALG_WITHOUT_HASH(alg) == 0x0a000900u)   /**< 1 for PSA_ALG_WPA3_SAE_GDH() */

/** 1 for SPAKE2+ of every kind. */
#define PSA_ALG_IS_SPAKE2P(alg) \
    (PSA_ALG_IS_SPAKE2P_HMAC(alg) || PSA_ALG_IS_SPAKE2P_CMAC(alg) || (alg) == PSA_ALG_SPAKE2P_MATTER)

/** 1 for WPA3-SAE of both kinds, but not for PSA_ALG_WPA3_SAE_ANY. */
#define PSA_ALG_IS_WPA3_SAE(alg) (PSA_ALG_IS_WPA3_SAE_FIXED(alg) || PSA_ALG_IS_WPA3_SAE_GDH(alg))
/** Group of an elliptic curve. */
#define PSA_PAKE_PRIMITIVE_TYPE_ECC ((psa_pake_primitive_type_t)0x01)
/** Finite field Diffie-Hellman group. */
#define PSA_PAKE_PRIMITIVE_TYPE_DH ((psa_pake_primitive_type_t)0x02)
/** Group of a PAKE; 0 if pake_bits is more than 16 bits can hold. */
#define PSA_PAKE_PRIMITIVE(pake_type, pake_family, pake_bits) \
    ((psa_pake_primitive_t)(((pake_bits) & ~(size_t)0xffffu) != 0u ? 0u : \
                            ((psa_pake_primitive_t)(pake_type) & 0xffu) << 24 | \
                            ((psa_pake_primitive_t)(pake_family) & 0xffu) << 16 | \
                            ((psa_pake_primitive_t)(pake_bits) & 0xffffu)))

/** Type of a PAKE's group. */
#define PSA_PAKE_PRIMITIVE_GET_TYPE(pake_primitive) ((psa_pake_primitive_type_t)(((pake_primitive) >> 24) & 0xffu))

/** Family of a PAKE's group. */
#define PSA_PAKE_PRIMITIVE_GET_FAMILY(pake_primitive) ((psa_pake_family_t)(((pake_primitive) >> 16) & 0xffu))

/** Size of a PAKE's group in bits. */
#define PSA_PAKE_PRIMITIVE_GET_BITS(pake_primitive) ((size_t)((pake_primitive) & 0xffffu))
/** The exchange proves that both sides have the key. The default. */
#define PSA_PAKE_CONFIRMED_KEY 0
/** The key comes out unproven. */
#define PSA_PAKE_UNCONFIRMED_KEY 1
/** The algorithm has no roles. */
#define PSA_PAKE_ROLE_NONE ((psa_pake_role_t)0x00)
/** First of two equal peers. */
#define PSA_PAKE_ROLE_FIRST ((psa_pake_role_t)0x01)
/** Second of two equal peers. */
#define PSA_PAKE_ROLE_SECOND ((psa_pake_role_t)0x02)
/** Knows the password; SPAKE2+: the prover. */
#define PSA_PAKE_ROLE_CLIENT ((psa_pake_role_t)0x11)
/** Knows the verifier; SPAKE2+: the verifier. */
#define PSA_PAKE_ROLE_SERVER ((psa_pake_role_t)0x12)
/** Key share: a group element. */
#define PSA_PAKE_STEP_KEY_SHARE ((psa_pake_step_t)0x01)
/** J-PAKE: public value of a Schnorr proof, a group element. */
#define PSA_PAKE_STEP_ZK_PUBLIC ((psa_pake_step_t)0x02)
/** J-PAKE: a Schnorr proof, a scalar. */
#define PSA_PAKE_STEP_ZK_PROOF ((psa_pake_step_t)0x03)
/** Key confirmation: SPAKE2+ a MAC; WPA3-SAE the counter and a hash. */
#define PSA_PAKE_STEP_CONFIRM ((psa_pake_step_t)0x04)
/** WPA3-SAE: salt of the key derivation. */
#define PSA_PAKE_STEP_SALT ((psa_pake_step_t)0x05)
/** WPA3-SAE: scalar and element. */
#define PSA_PAKE_STEP_COMMIT ((psa_pake_step_t)0x06)
/** WPA3-SAE: counter of the next confirmation, 2 bytes, little-endian. */
#define PSA_PAKE_STEP_CONFIRM_COUNT ((psa_pake_step_t)0x07)
/** WPA3-SAE: the PMKID, 16 bytes. */
#define PSA_PAKE_STEP_KEY_ID ((psa_pake_step_t)0x08)

/* ---- Wildcards (Permitted algorithms) ---- */

/** 1 for values that only a permitted algorithm can have: any hash, at least a length, any tag, any WPA3-SAE. */
#define PSA_ALG_IS_WILDCARD(alg) \
    (PSACRYPTO_ALG_HASH_TYPE(alg) == PSACRYPTO_ALG_HASH_TYPE(PSA_ALG_ANY_HASH) || \
     ((PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_AEAD(alg)) && ((alg) & PSACRYPTO_ALG_AT_LEAST) != 0u) || \
     (alg) == PSA_ALG_CCM_STAR_ANY_TAG)

#endif /* PSA_CRYPTO_VALUES_H */
