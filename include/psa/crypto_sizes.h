/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/crypto_sizes.h
 * \brief Buffer sizes of the PSA Crypto API 1.5, in bytes. Include <psa/crypto.h>, never this file.
 *
 * A macro with arguments is a constant expression when its arguments are, may evaluate an argument
 * several times, and is 0 for a combination that the specification does not define or that is
 * larger than this library handles. PSA_xxx_MAX_SIZE without arguments is a literal, also for #if.
 * None depends on the configuration: a program and a library built from different ones agree.
 */
#ifndef PSA_CRYPTO_SIZES_H
#define PSA_CRYPTO_SIZES_H

#include "crypto_values.h"

#define PSACRYPTO_BYTES(bits) (((bits) + 7u) / 8u)
#define PSACRYPTO_ROUND_UP(length, block) (((length) + ((block) - 1u)) / (block) * (block))
#define PSACRYPTO_SUBTRACT(a, b) ((a) > (b) ? (a) - (b) : 0u)

/* ---- Hashes ---- */

/** Length of a hash, of HMAC, or of the hash inside another algorithm. */
#define PSA_HASH_LENGTH(alg) PSACRYPTO_HASH_TYPE_LENGTH(PSACRYPTO_ALG_HASH_TYPE(alg))

#define PSACRYPTO_HASH_TYPE_LENGTH(type) \
    ((type) == 0x01u || (type) == 0x02u || (type) == 0x03u || (type) == 0x07u ? 16u : \
     (type) == 0x04u || (type) == 0x05u ? 20u : \
     (type) == 0x0eu || (type) == 0x17u ? 24u : \
     (type) == 0x08u || (type) == 0x0cu || (type) == 0x10u ? 28u : \
     (type) == 0x09u || (type) == 0x0du || (type) == 0x11u || (type) == 0x14u || (type) == 0x16u || \
     (type) == 0x18u || (type) == 0x19u || (type) == 0x1cu || (type) == 0x1du ? 32u : \
     (type) == 0x0au || (type) == 0x12u ? 48u : \
     (type) == 0x0bu || (type) == 0x13u || (type) == 0x15u || (type) == 0x1eu || (type) == 0x1fu ? 64u : \
     0u)

/** Largest hash. */
#define PSA_HASH_MAX_SIZE 64u

/** Length of the blocks in which a hash takes its input; the rate of a sponge. */
#define PSA_HASH_BLOCK_LENGTH(alg) PSACRYPTO_HASH_TYPE_BLOCK_LENGTH(PSACRYPTO_ALG_HASH_TYPE(alg))

#define PSACRYPTO_HASH_TYPE_BLOCK_LENGTH(type) \
    ((type) == 0x19u ? 8u : \
     (type) == 0x01u || (type) == 0x07u ? 16u : \
     (type) == 0x02u || (type) == 0x03u || (type) == 0x04u || (type) == 0x05u || (type) == 0x08u || \
     (type) == 0x09u || (type) == 0x0eu || (type) == 0x14u || (type) == 0x1cu || (type) == 0x1du ? 64u : \
     (type) == 0x13u ? 72u : \
     (type) == 0x12u ? 104u : \
     (type) == 0x0au || (type) == 0x0bu || (type) == 0x0cu || (type) == 0x0du || (type) == 0x1eu || \
     (type) == 0x1fu ? 128u : \
     (type) == 0x11u || (type) == 0x15u || (type) == 0x17u || (type) == 0x18u ? 136u : \
     (type) == 0x10u ? 144u : \
     (type) == 0x16u ? 168u : \
     0u)

/* A suspended hash: algorithm, input length, state, rest of the input. MD2 has a form of its own;
 * then those of 64-byte and of 128-byte blocks. SHA-3 and what is younger has none. */

/** Length of the algorithm identifier in a suspended hash. */
#define PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH ((size_t)4)

/** Length of the input length in a suspended hash. */
#define PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg) \
    ((alg) == PSA_ALG_MD2 ? 1u : \
     (alg) == PSA_ALG_SHA_384 || (alg) == PSA_ALG_SHA_512 || (alg) == PSA_ALG_SHA_512_224 || \
     (alg) == PSA_ALG_SHA_512_256 ? 16u : \
     PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) != 0u ? 8u : \
     0u)

/** Length of the state in a suspended hash. */
#define PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) \
    ((alg) == PSA_ALG_MD4 || (alg) == PSA_ALG_MD5 ? 16u : \
     (alg) == PSA_ALG_RIPEMD160 || (alg) == PSA_ALG_SHA_1 ? 20u : \
     (alg) == PSA_ALG_SHA_224 || (alg) == PSA_ALG_SHA_256 ? 32u : \
     (alg) == PSA_ALG_MD2 || (alg) == PSA_ALG_SHA_384 || (alg) == PSA_ALG_SHA_512 || \
     (alg) == PSA_ALG_SHA_512_224 || (alg) == PSA_ALG_SHA_512_256 ? 64u : \
     0u)

/** Enough for psa_hash_suspend(). */
#define PSA_HASH_SUSPEND_OUTPUT_SIZE(alg) \
    (PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) == 0u ? (size_t)0 : \
     PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH + PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg) + \
     PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) + PSA_HASH_BLOCK_LENGTH(alg) - 1u)

/** Enough for psa_hash_suspend() of every hash: SHA-512. */
#define PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE 211u

/* ---- Block ciphers ---- */

/** Block length of a cipher key type; 1 for stream ciphers. */
#define PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) \
    (PSACRYPTO_KEY_TYPE_CATEGORY(type) == 0x2000u ? 1u << (((type) >> 8) & 7u) : 0u)

/** Largest block. */
#define PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE 16u

/* Block length where it is one of a block cipher, else 0. */
#define PSACRYPTO_BLOCK_LENGTH(type) \
    (PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) > 1u ? PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) : 0u)

/* The same to divide by: not 0 even where the quotient is not wanted, for compilers that warn. */
#define PSACRYPTO_BLOCK_LENGTH_OR_1(type) \
    (PSACRYPTO_BLOCK_LENGTH(type) != 0u ? PSACRYPTO_BLOCK_LENGTH(type) : 1u)

/* ---- MACs ---- */

/* Length field of a MAC or AEAD algorithm. */
#define PSACRYPTO_ALG_LENGTH(alg) (((alg) >> 16) & 0x3fu)

#define PSACRYPTO_MAC_FULL_LENGTH(key_type, alg) \
    (PSA_ALG_IS_HMAC(alg) ? PSA_HASH_LENGTH(alg) : \
     PSA_ALG_IS_BLAKE2_MAC(alg) && PSA_ALG_IS_BLAKE2_HASH(PSA_ALG_GET_HASH(alg)) ? PSA_HASH_LENGTH(alg) : \
     ((alg) & 0xffc0ffffu) == PSA_ALG_CMAC || ((alg) & 0xffc0ffffu) == PSA_ALG_CBC_MAC ? \
         PSACRYPTO_BLOCK_LENGTH(key_type) : \
     0u)

/** Length of a MAC. */
#define PSA_MAC_LENGTH(key_type, key_bits, alg) \
    (0u * (key_bits) + \
     (PSACRYPTO_MAC_FULL_LENGTH(key_type, alg) != 0u && PSACRYPTO_ALG_LENGTH(alg) != 0u ? \
          PSACRYPTO_ALG_LENGTH(alg) : PSACRYPTO_MAC_FULL_LENGTH(key_type, alg)))

/** Largest MAC. */
#define PSA_MAC_MAX_SIZE 64u

/* ---- Ciphers ---- */

/* Modes that put out what they take in, byte by byte. */
#define PSACRYPTO_CIPHER_IS_STREAM_MODE(key_type, alg) \
    ((alg) == PSA_ALG_STREAM_CIPHER ? \
         (key_type) == PSA_KEY_TYPE_ARC4 || (key_type) == PSA_KEY_TYPE_CHACHA20 || \
         (key_type) == PSA_KEY_TYPE_XCHACHA20 : \
     (alg) == PSA_ALG_CTR || (alg) == PSA_ALG_CFB || (alg) == PSA_ALG_OFB ? \
         PSACRYPTO_BLOCK_LENGTH(key_type) != 0u : \
     (alg) == PSA_ALG_CCM_STAR_NO_TAG && PSACRYPTO_BLOCK_LENGTH(key_type) == 16u)

/* Modes that put out whole blocks. */
#define PSACRYPTO_CIPHER_IS_BLOCK_MODE(key_type, alg) \
    (((alg) == PSA_ALG_CBC_PKCS7 || (alg) == PSA_ALG_CBC_NO_PADDING || (alg) == PSA_ALG_ECB_NO_PADDING || \
      (alg) == PSA_ALG_XTS) && PSACRYPTO_BLOCK_LENGTH(key_type) != 0u)

/** Length of the IV that psa_cipher_encrypt() and psa_cipher_generate_iv() make; 0 for ECB and ARC4. */
#define PSA_CIPHER_IV_LENGTH(key_type, alg) \
    ((alg) == PSA_ALG_STREAM_CIPHER ? \
         ((key_type) == PSA_KEY_TYPE_CHACHA20 ? 12u : (key_type) == PSA_KEY_TYPE_XCHACHA20 ? 24u : 0u) : \
     (alg) == PSA_ALG_CCM_STAR_NO_TAG ? (PSACRYPTO_BLOCK_LENGTH(key_type) == 16u ? 13u : 0u) : \
     (alg) == PSA_ALG_CTR || (alg) == PSA_ALG_CFB || (alg) == PSA_ALG_OFB || (alg) == PSA_ALG_XTS || \
     (alg) == PSA_ALG_CBC_NO_PADDING || (alg) == PSA_ALG_CBC_PKCS7 ? PSACRYPTO_BLOCK_LENGTH(key_type) : \
     0u)

/** Largest of these: XChaCha20. */
#define PSA_CIPHER_IV_MAX_SIZE 24u

/** Enough for psa_cipher_encrypt(): the IV, then the ciphertext. */
#define PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(key_type, alg, input_length) \
    (PSACRYPTO_CIPHER_IS_STREAM_MODE(key_type, alg) || \
     (PSACRYPTO_CIPHER_IS_BLOCK_MODE(key_type, alg) && (alg) != PSA_ALG_CBC_PKCS7) ? \
         PSA_CIPHER_IV_LENGTH(key_type, alg) + (input_length) : \
     PSACRYPTO_CIPHER_IS_BLOCK_MODE(key_type, alg) ? \
         PSA_CIPHER_IV_LENGTH(key_type, alg) + \
             PSACRYPTO_ROUND_UP((input_length) + 1u, PSACRYPTO_BLOCK_LENGTH_OR_1(key_type)) : \
     0u)

/** Enough for psa_cipher_encrypt() with every key type and algorithm: an IV and a block of padding. */
#define PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE(input_length) ((input_length) + 32u)

/** Enough for psa_cipher_decrypt(), whose input starts with the IV. */
#define PSA_CIPHER_DECRYPT_OUTPUT_SIZE(key_type, alg, input_length) \
    (PSACRYPTO_CIPHER_IS_STREAM_MODE(key_type, alg) || PSACRYPTO_CIPHER_IS_BLOCK_MODE(key_type, alg) ? \
         PSACRYPTO_SUBTRACT(input_length, PSA_CIPHER_IV_LENGTH(key_type, alg)) : 0u)

/** Enough for psa_cipher_decrypt() with every key type and algorithm. */
#define PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE(input_length) (input_length)

/** Enough for psa_cipher_update(). */
#define PSA_CIPHER_UPDATE_OUTPUT_SIZE(key_type, alg, input_length) \
    (PSACRYPTO_CIPHER_IS_STREAM_MODE(key_type, alg) ? (input_length) : \
     PSACRYPTO_CIPHER_IS_BLOCK_MODE(key_type, alg) ? \
         PSACRYPTO_ROUND_UP(input_length, PSACRYPTO_BLOCK_LENGTH_OR_1(key_type)) : \
     0u)

/** Enough for psa_cipher_update() with every key type and algorithm. */
#define PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(input_length) PSACRYPTO_ROUND_UP(input_length, 16u)

/** Enough for psa_cipher_finish(): a block; XTS keeps up to two back for the stealing. */
#define PSA_CIPHER_FINISH_OUTPUT_SIZE(key_type, alg) \
    (PSACRYPTO_CIPHER_IS_BLOCK_MODE(key_type, alg) ? \
         PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) * ((alg) == PSA_ALG_XTS ? 2u : 1u) : 0u)

/** Enough for psa_cipher_finish() with every key type and algorithm. */
#define PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE 32u

/* ---- AEADs ---- */

/* alg is an AEAD for an operation, and goes with keys of this type. */
#define PSACRYPTO_AEAD_FITS(key_type, alg) \
    (((alg) & PSACRYPTO_ALG_AT_LEAST) == 0u && \
     (PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_CCM) || PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_GCM) ? \
          PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) == 16u : \
      PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_CHACHA20_POLY1305) ? (key_type) == PSA_KEY_TYPE_CHACHA20 : \
      PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_XCHACHA20_POLY1305) ? (key_type) == PSA_KEY_TYPE_XCHACHA20 : \
      PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_ASCON_AEAD128) && (key_type) == PSA_KEY_TYPE_ASCON))

/* Those that may keep part of a block until the next call. */
#define PSACRYPTO_AEAD_IN_BLOCKS(alg) \
    (PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) || PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_ASCON_AEAD128))

/** Length of a tag. */
#define PSA_AEAD_TAG_LENGTH(key_type, key_bits, alg) \
    (0u * (key_bits) + (PSACRYPTO_AEAD_FITS(key_type, alg) ? PSACRYPTO_ALG_LENGTH(alg) : 0u))

/** Largest tag. */
#define PSA_AEAD_TAG_MAX_SIZE 16u

/** Length of the nonce that psa_aead_generate_nonce() makes; with CCM the longest that it makes. */
#define PSA_AEAD_NONCE_LENGTH(key_type, alg) \
    (!PSACRYPTO_AEAD_FITS(key_type, alg) ? 0u : \
     PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_CCM) ? 13u : \
     PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_ASCON_AEAD128) ? 16u : \
     PSACRYPTO_ALG_IS_AEAD_OF(alg, PSA_ALG_XCHACHA20_POLY1305) ? 24u : \
     12u)

/** Largest of these: XChaCha20-Poly1305. */
#define PSA_AEAD_NONCE_MAX_SIZE 24u

/** Length of the output of psa_aead_encrypt(). */
#define PSA_AEAD_ENCRYPT_OUTPUT_SIZE(key_type, alg, plaintext_length) \
    (PSACRYPTO_AEAD_FITS(key_type, alg) ? (plaintext_length) + PSACRYPTO_ALG_LENGTH(alg) : 0u)

/** Enough for psa_aead_encrypt() with every key type and algorithm. */
#define PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE(plaintext_length) ((plaintext_length) + PSA_AEAD_TAG_MAX_SIZE)

/** Length of the output of psa_aead_decrypt(). */
#define PSA_AEAD_DECRYPT_OUTPUT_SIZE(key_type, alg, ciphertext_length) \
    (PSACRYPTO_AEAD_FITS(key_type, alg) ? PSACRYPTO_SUBTRACT(ciphertext_length, PSACRYPTO_ALG_LENGTH(alg)) : 0u)

/** Enough for psa_aead_decrypt() with every key type and algorithm. */
#define PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE(ciphertext_length) (ciphertext_length)

/** Enough for psa_aead_update(). */
#define PSA_AEAD_UPDATE_OUTPUT_SIZE(key_type, alg, input_length) \
    (!PSACRYPTO_AEAD_FITS(key_type, alg) ? 0u : \
     PSACRYPTO_AEAD_IN_BLOCKS(alg) ? PSACRYPTO_ROUND_UP(input_length, 16u) : (input_length))

/** Enough for psa_aead_update() with every key type and algorithm. */
#define PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(input_length) PSACRYPTO_ROUND_UP(input_length, 16u)

/** Enough for the ciphertext from psa_aead_finish(). */
#define PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg) \
    (PSACRYPTO_AEAD_FITS(key_type, alg) && PSACRYPTO_AEAD_IN_BLOCKS(alg) ? 16u : 0u)

/** Enough for the ciphertext from psa_aead_finish() with every key type and algorithm. */
#define PSA_AEAD_FINISH_OUTPUT_MAX_SIZE 16u

/** Enough for the plaintext from psa_aead_verify(). */
#define PSA_AEAD_VERIFY_OUTPUT_SIZE(key_type, alg) PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg)

/** Enough for the plaintext from psa_aead_verify() with every key type and algorithm. */
#define PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE 16u

/* ---- Groups ---- */

/* The curve exists. */
#define PSACRYPTO_ECC_EXISTS(family, bits) \
    ((family) == PSA_ECC_FAMILY_SECP_R1 ? \
         (bits) == 192u || (bits) == 224u || (bits) == 256u || (bits) == 384u || (bits) == 521u : \
     (family) == PSA_ECC_FAMILY_SECP_K1 ? (bits) == 192u || (bits) == 225u || (bits) == 256u : \
     (family) == PSA_ECC_FAMILY_SECP_R2 ? (bits) == 160u : \
     (family) == PSA_ECC_FAMILY_SECT_K1 ? \
         (bits) == 163u || (bits) == 233u || (bits) == 239u || (bits) == 283u || (bits) == 409u || (bits) == 571u : \
     (family) == PSA_ECC_FAMILY_SECT_R1 ? \
         (bits) == 163u || (bits) == 233u || (bits) == 283u || (bits) == 409u || (bits) == 571u : \
     (family) == PSA_ECC_FAMILY_SECT_R2 ? (bits) == 163u : \
     (family) == PSA_ECC_FAMILY_BRAINPOOL_P_R1 ? \
         (bits) == 160u || (bits) == 192u || (bits) == 224u || (bits) == 256u || (bits) == 320u || \
         (bits) == 384u || (bits) == 512u : \
     (family) == PSA_ECC_FAMILY_FRP ? (bits) == 256u : \
     ((family) == PSA_ECC_FAMILY_MONTGOMERY || (family) == PSA_ECC_FAMILY_TWISTED_EDWARDS) && \
         ((bits) == 255u || (bits) == 448u))

/* Bytes of a coordinate. secp224k1 has a 224-bit field although its size is called 225 bits. */
#define PSACRYPTO_ECC_FIELD_BYTES(family, bits) \
    ((family) == PSA_ECC_FAMILY_SECP_K1 && (bits) == 225u ? 28u : PSACRYPTO_BYTES(bits))

/* Bytes of the group's order, where it is not as long as the field: sect233k1 (232 bits), sect409k1
 * (407) and secp160r2 (161). For Weierstrass curves. */
#define PSACRYPTO_ECC_ORDER_BYTES(family, bits) \
    ((family) == PSA_ECC_FAMILY_SECT_K1 && ((bits) == 233u || (bits) == 409u) ? PSACRYPTO_BYTES(bits) - 1u : \
     (family) == PSA_ECC_FAMILY_SECP_R2 ? PSACRYPTO_BYTES(bits) + 1u : PSACRYPTO_BYTES(bits))

/* Bytes of a private key or scalar. Ed448 takes one byte more than the field; secp160r2 too. */
#define PSACRYPTO_ECC_SCALAR_BYTES(family, bits) \
    (!PSACRYPTO_ECC_EXISTS(family, bits) ? 0u : \
     PSACRYPTO_BYTES(bits) + \
         ((family) == PSA_ECC_FAMILY_SECP_R2 || ((family) == PSA_ECC_FAMILY_TWISTED_EDWARDS && (bits) == 448u) ? \
              1u : 0u))

/* Bytes of a public key. */
#define PSACRYPTO_ECC_POINT_BYTES(family, bits) \
    (!PSACRYPTO_ECC_EXISTS(family, bits) ? 0u : \
     (family) == PSA_ECC_FAMILY_MONTGOMERY ? PSACRYPTO_BYTES(bits) : \
     (family) == PSA_ECC_FAMILY_TWISTED_EDWARDS ? PSACRYPTO_ECC_SCALAR_BYTES(family, bits) : \
     1u + 2u * PSACRYPTO_ECC_FIELD_BYTES(family, bits))

#define PSACRYPTO_ECC_IS_WEIERSTRASS(family) \
    ((family) != PSA_ECC_FAMILY_MONTGOMERY && (family) != PSA_ECC_FAMILY_TWISTED_EDWARDS)

/* Bytes of an element of a Diffie-Hellman group, and of a private key. */
#define PSACRYPTO_DH_BYTES(family, bits) \
    (((family) == PSA_DH_FAMILY_RFC7919 || (family) == PSA_DH_FAMILY_RFC3526) && \
     ((bits) == 2048u || (bits) == 3072u || (bits) == 4096u || (bits) == 6144u || (bits) == 8192u) ? (bits) / 8u : 0u)

/* SPAKE2+ knows these curves. */
#define PSACRYPTO_SPAKE2P_EXISTS(family, bits) \
    (((family) == PSA_ECC_FAMILY_SECP_R1 && ((bits) == 256u || (bits) == 384u || (bits) == 521u)) || \
     ((family) == PSA_ECC_FAMILY_TWISTED_EDWARDS && ((bits) == 255u || (bits) == 448u)))

/* WPA3-SAE knows these curves: IEEE 802.11 asks for primes of 256 bits and more. */
#define PSACRYPTO_SAE_ECC_EXISTS(family, bits) \
    (((family) == PSA_ECC_FAMILY_SECP_R1 && ((bits) == 256u || (bits) == 384u || (bits) == 521u)) || \
     ((family) == PSA_ECC_FAMILY_BRAINPOOL_P_R1 && ((bits) == 256u || (bits) == 384u || (bits) == 512u)))

/* WPA3-SAE knows these groups. */
#define PSACRYPTO_SAE_DH_BYTES(family, bits) \
    ((family) == PSA_DH_FAMILY_RFC3526 ? PSACRYPTO_DH_BYTES(family, bits) : 0u)

/* ---- Key export ---- */

/* Largest RSA modulus, and largest public exponent (the bound of FIPS 186-5), in bits. */
#define PSACRYPTO_RSA_MAX_BITS 8192u
#define PSACRYPTO_RSA_EXPONENT_MAX_BITS 256u

/* DER: a tag, the length, the content (below 64 KiB). */
#define PSACRYPTO_DER_SIZE(content) ((content) + ((content) < 128u ? 2u : (content) < 256u ? 3u : 4u))

/* DER: an INTEGER of up to so many bits, none of them a sign. */
#define PSACRYPTO_DER_INTEGER_SIZE(bits) PSACRYPTO_DER_SIZE((bits) / 8u + 1u)

/* SEQUENCE { n, e } */
#define PSACRYPTO_RSA_PUBLIC_KEY_SIZE(bits) \
    PSACRYPTO_DER_SIZE(PSACRYPTO_DER_INTEGER_SIZE(bits) + PSACRYPTO_DER_INTEGER_SIZE(PSACRYPTO_RSA_EXPONENT_MAX_BITS))

/* SEQUENCE { 0, n, e, d, p, q, d mod p-1, d mod q-1, 1/q mod p }, with primes of half the size. */
#define PSACRYPTO_RSA_KEY_PAIR_SIZE(bits) \
    PSACRYPTO_DER_SIZE(3u + 2u * PSACRYPTO_DER_INTEGER_SIZE(bits) + \
                       PSACRYPTO_DER_INTEGER_SIZE(PSACRYPTO_RSA_EXPONENT_MAX_BITS) + \
                       5u * PSACRYPTO_DER_INTEGER_SIZE(((bits) + 1u) / 2u))

/** Length, RSA: at most this, of the output of psa_export_key(). */
#define PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_UNSTRUCTURED(key_type) ? PSACRYPTO_BYTES(key_bits) : \
     PSA_KEY_TYPE_IS_PUBLIC_KEY(key_type) ? PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, key_bits) : \
     PSA_KEY_TYPE_IS_ECC(key_type) ? \
         PSACRYPTO_ECC_SCALAR_BYTES(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits) : \
     PSA_KEY_TYPE_IS_DH(key_type) ? PSACRYPTO_DH_BYTES(PSA_KEY_TYPE_DH_GET_FAMILY(key_type), key_bits) : \
     (key_type) == PSA_KEY_TYPE_RSA_KEY_PAIR ? \
         ((key_bits) <= PSACRYPTO_RSA_MAX_BITS ? PSACRYPTO_RSA_KEY_PAIR_SIZE(key_bits) : 0u) : \
     (key_type) == PSA_KEY_TYPE_ML_DSA_KEY_PAIR ? (PSACRYPTO_ML_DSA_EXISTS(key_bits) ? 32u : 0u) : \
     (key_type) == PSA_KEY_TYPE_ML_KEM_KEY_PAIR ? (PSACRYPTO_ML_KEM_EXISTS(key_bits) ? 64u : 0u) : \
     PSA_KEY_TYPE_IS_SLH_DSA(key_type) ? 4u * PSACRYPTO_SLH_DSA_BYTES(key_type, key_bits) : \
     PSA_KEY_TYPE_IS_SPAKE2P(key_type) ? \
         (PSACRYPTO_SPAKE2P_EXISTS(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(key_type), key_bits) ? \
              2u * PSACRYPTO_ECC_SCALAR_BYTES(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(key_type), key_bits) : 0u) : \
     PSA_KEY_TYPE_IS_WPA3_SAE_ECC(key_type) ? \
         (PSACRYPTO_SAE_ECC_EXISTS(PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(key_type), key_bits) ? \
              2u * PSACRYPTO_BYTES(key_bits) : 0u) : \
     PSA_KEY_TYPE_IS_WPA3_SAE_DH(key_type) ? \
         PSACRYPTO_SAE_DH_BYTES(PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(key_type), key_bits) : \
     0u)

/** Length, RSA: at most this, of the output of psa_export_public_key(). */
#define PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_ECC(key_type) ? \
         PSACRYPTO_ECC_POINT_BYTES(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits) : \
     PSA_KEY_TYPE_IS_DH(key_type) ? PSACRYPTO_DH_BYTES(PSA_KEY_TYPE_DH_GET_FAMILY(key_type), key_bits) : \
     PSA_KEY_TYPE_IS_RSA(key_type) ? \
         ((key_bits) <= PSACRYPTO_RSA_MAX_BITS ? PSACRYPTO_RSA_PUBLIC_KEY_SIZE(key_bits) : 0u) : \
     PSA_KEY_TYPE_IS_ML_DSA(key_type) ? \
         ((key_bits) == 128u ? 1312u : (key_bits) == 192u ? 1952u : (key_bits) == 256u ? 2592u : 0u) : \
     PSA_KEY_TYPE_IS_ML_KEM(key_type) ? \
         ((key_bits) == 512u ? 800u : (key_bits) == 768u ? 1184u : (key_bits) == 1024u ? 1568u : 0u) : \
     PSA_KEY_TYPE_IS_SLH_DSA(key_type) ? 2u * PSACRYPTO_SLH_DSA_BYTES(key_type, key_bits) : \
     PSA_KEY_TYPE_IS_SPAKE2P(key_type) ? \
         (PSACRYPTO_SPAKE2P_EXISTS(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(key_type), key_bits) ? \
              PSACRYPTO_ECC_SCALAR_BYTES(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(key_type), key_bits) + \
                  PSACRYPTO_ECC_POINT_BYTES(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(key_type), key_bits) : 0u) : \
     (key_bits) != 192u && (key_bits) != 256u ? 0u : \
     (key_type) == PSA_KEY_TYPE_LMS_PUBLIC_KEY ? 24u + (key_bits) / 8u : \
     (key_type) == PSA_KEY_TYPE_HSS_PUBLIC_KEY ? 28u + (key_bits) / 8u : \
     (key_type) == PSA_KEY_TYPE_XMSS_PUBLIC_KEY || (key_type) == PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY ? \
         4u + (key_bits) / 4u : \
     0u)

#define PSACRYPTO_ML_DSA_EXISTS(bits) ((bits) == 128u || (bits) == 192u || (bits) == 256u)
#define PSACRYPTO_ML_KEM_EXISTS(bits) ((bits) == 512u || (bits) == 768u || (bits) == 1024u)

/* Bytes of a component of an SLH-DSA key, if the parameter set exists. */
#define PSACRYPTO_SLH_DSA_BYTES(key_type, bits) \
    ((PSACRYPTO_SLH_DSA_IS_SMALL(key_type) || PSACRYPTO_SLH_DSA_IS_FAST(key_type)) && \
     ((bits) == 128u || (bits) == 192u || (bits) == 256u) ? (bits) / 8u : 0u)

#define PSACRYPTO_SLH_DSA_IS_SMALL(key_type) \
    (PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(key_type) == PSA_SLH_DSA_FAMILY_SHA2_S || \
     PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(key_type) == PSA_SLH_DSA_FAMILY_SHAKE_S)

#define PSACRYPTO_SLH_DSA_IS_FAST(key_type) \
    (PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(key_type) == PSA_SLH_DSA_FAMILY_SHA2_F || \
     PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(key_type) == PSA_SLH_DSA_FAMILY_SHAKE_F)

/** Enough for every key pair: RSA of 8192 bits. */
#define PSA_EXPORT_KEY_PAIR_MAX_SIZE 4685u

/** Enough for every public key: ML-DSA-87. */
#define PSA_EXPORT_PUBLIC_KEY_MAX_SIZE 2592u

/** Enough for every key pair and public key. */
#define PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE PSA_EXPORT_KEY_PAIR_MAX_SIZE

/* ---- Signatures ---- */

/** Length of a signature. 0 for LMS, HSS and XMSS, which are only verified here. */
#define PSA_SIGN_OUTPUT_SIZE(key_type, key_bits, alg) \
    (PSA_KEY_TYPE_IS_RSA(key_type) ? \
         ((PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg)) && \
          (key_bits) <= PSACRYPTO_RSA_MAX_BITS ? PSACRYPTO_BYTES(key_bits) : 0u) : \
     PSA_KEY_TYPE_IS_ECC(key_type) ? \
         PSACRYPTO_ECC_SIGNATURE_SIZE(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits, alg) : \
     PSA_KEY_TYPE_IS_ML_DSA(key_type) ? \
         (!PSA_ALG_IS_ML_DSA(alg) && !PSA_ALG_IS_HASH_ML_DSA(alg) ? 0u : \
          (key_bits) == 128u ? 2420u : (key_bits) == 192u ? 3309u : (key_bits) == 256u ? 4627u : 0u) : \
     PSA_KEY_TYPE_IS_SLH_DSA(key_type) && (PSA_ALG_IS_SLH_DSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg)) ? \
         (PSACRYPTO_SLH_DSA_IS_SMALL(key_type) ? \
              ((key_bits) == 128u ? 7856u : (key_bits) == 192u ? 16224u : (key_bits) == 256u ? 29792u : 0u) : \
          PSACRYPTO_SLH_DSA_IS_FAST(key_type) ? \
              ((key_bits) == 128u ? 17088u : (key_bits) == 192u ? 35664u : (key_bits) == 256u ? 49856u : 0u) : \
          0u) : \
     0u)

#define PSACRYPTO_ECC_SIGNATURE_SIZE(family, bits, alg) \
    (!PSACRYPTO_ECC_EXISTS(family, bits) ? 0u : \
     PSA_ALG_IS_ECDSA(alg) ? \
         (PSACRYPTO_ECC_IS_WEIERSTRASS(family) ? 2u * PSACRYPTO_ECC_ORDER_BYTES(family, bits) : 0u) : \
     (family) == PSA_ECC_FAMILY_TWISTED_EDWARDS && \
             ((alg) == PSA_ALG_PURE_EDDSA || (alg) == PSA_ALG_EDDSA_CTX || \
              ((alg) == PSA_ALG_ED25519PH && (bits) == 255u) || ((alg) == PSA_ALG_ED448PH && (bits) == 448u)) ? \
         ((bits) == 255u ? 64u : 114u) : \
     0u)

/** Enough for every signature that can be made: SLH-DSA-256f. */
#define PSA_SIGNATURE_MAX_SIZE 49856u

/* ---- Asymmetric encryption ---- */

/** Length of the output of psa_asymmetric_encrypt(). */
#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    (PSA_KEY_TYPE_IS_RSA(key_type) && (key_bits) <= PSACRYPTO_RSA_MAX_BITS && \
     ((alg) == PSA_ALG_RSA_PKCS1V15_CRYPT || PSA_ALG_IS_RSA_OAEP(alg)) ? PSACRYPTO_BYTES(key_bits) : 0u)

/** Enough for psa_asymmetric_encrypt() with every key type and algorithm. */
#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE 1024u

/** Enough for psa_asymmetric_decrypt(): what is left beside the smallest padding. */
#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    PSACRYPTO_SUBTRACT(PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type, key_bits, alg), \
                       (PSA_ALG_IS_RSA_OAEP(alg) ? 2u * PSA_HASH_LENGTH(alg) + 2u : 11u))

/** Enough for psa_asymmetric_decrypt() with every key type and algorithm. */
#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE 1013u

/* ---- Key agreement and key encapsulation ---- */

/** Length of the shared secret of psa_raw_key_agreement(). */
#define PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_DH(key_type) ? PSACRYPTO_DH_BYTES(PSA_KEY_TYPE_DH_GET_FAMILY(key_type), key_bits) : \
     PSA_KEY_TYPE_IS_ECC(key_type) && PSA_KEY_TYPE_ECC_GET_FAMILY(key_type) != PSA_ECC_FAMILY_TWISTED_EDWARDS && \
             PSACRYPTO_ECC_EXISTS(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits) ? \
         PSACRYPTO_ECC_FIELD_BYTES(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits) : \
     0u)

/** Enough for psa_raw_key_agreement() with every key type: a prime of 8192 bits. */
#define PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE 1024u

/** Length of the ciphertext of psa_encapsulate(). */
#define PSA_ENCAPSULATE_CIPHERTEXT_SIZE(key_type, key_bits, alg) \
    ((alg) == PSA_ALG_ML_KEM && PSA_KEY_TYPE_IS_ML_KEM(key_type) ? \
         ((key_bits) == 512u ? 768u : (key_bits) == 768u ? 1088u : (key_bits) == 1024u ? 1568u : 0u) : \
     (alg) == PSA_ALG_ECIES_SEC1 && PSA_KEY_TYPE_IS_ECC(key_type) && \
             PSA_KEY_TYPE_ECC_GET_FAMILY(key_type) != PSA_ECC_FAMILY_TWISTED_EDWARDS ? \
         PSACRYPTO_ECC_POINT_BYTES(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits) : \
     0u)

/** Enough for psa_encapsulate() with every key type and algorithm: ML-KEM-1024. */
#define PSA_ENCAPSULATE_CIPHERTEXT_MAX_SIZE 1568u

/* ---- Key wrapping ---- */

/** Enough for psa_wrap_key(): the exported key, KW in whole and KWP in started units of 8 bytes, and 8 bytes. */
#define PSA_WRAP_KEY_OUTPUT_SIZE(wrap_key_type, alg, key_type, key_bits) \
    (PSA_BLOCK_CIPHER_BLOCK_LENGTH(wrap_key_type) != 16u || \
             PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) == 0u ? 0u : \
     (alg) == PSA_ALG_KW ? PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) / 8u * 8u + 8u : \
     (alg) == PSA_ALG_KWP ? PSACRYPTO_ROUND_UP(PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits), 8u) + 8u : \
     0u)

/** Enough for psa_wrap_key() of every key pair. */
#define PSA_WRAP_KEY_PAIR_MAX_SIZE 4696u

/* ---- Password-authenticated key exchange ---- */

#define PSACRYPTO_PAKE_FAMILY(primitive) PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive)
#define PSACRYPTO_PAKE_BITS(primitive) ((unsigned int)((primitive) & 0xffffu))

#define PSACRYPTO_PAKE_IS_ECC(primitive) \
    (PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_ECC)
#define PSACRYPTO_PAKE_IS_DH(primitive) \
    (PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_DH)

/* Bytes of a group element and of a scalar. */
#define PSACRYPTO_PAKE_ELEMENT_SIZE(primitive) \
    (PSACRYPTO_PAKE_IS_ECC(primitive) ? \
         PSACRYPTO_ECC_POINT_BYTES(PSACRYPTO_PAKE_FAMILY(primitive), PSACRYPTO_PAKE_BITS(primitive)) : \
     PSACRYPTO_PAKE_IS_DH(primitive) ? \
         PSACRYPTO_DH_BYTES(PSACRYPTO_PAKE_FAMILY(primitive), PSACRYPTO_PAKE_BITS(primitive)) : \
     0u)
#define PSACRYPTO_PAKE_SCALAR_SIZE(primitive) \
    (PSACRYPTO_PAKE_IS_ECC(primitive) ? \
         PSACRYPTO_ECC_SCALAR_BYTES(PSACRYPTO_PAKE_FAMILY(primitive), PSACRYPTO_PAKE_BITS(primitive)) : \
     PSACRYPTO_PAKE_IS_DH(primitive) ? \
         PSACRYPTO_DH_BYTES(PSACRYPTO_PAKE_FAMILY(primitive), PSACRYPTO_PAKE_BITS(primitive)) : \
     0u)

#define PSACRYPTO_JPAKE_SIZE(primitive, step) \
    ((step) == PSA_PAKE_STEP_KEY_SHARE || (step) == PSA_PAKE_STEP_ZK_PUBLIC ? PSACRYPTO_PAKE_ELEMENT_SIZE(primitive) : \
     (step) == PSA_PAKE_STEP_ZK_PROOF ? PSACRYPTO_PAKE_SCALAR_SIZE(primitive) : \
     0u)

#define PSACRYPTO_SPAKE2P_SIZE(alg, primitive, step) \
    (!PSACRYPTO_PAKE_IS_ECC(primitive) || \
             !PSACRYPTO_SPAKE2P_EXISTS(PSACRYPTO_PAKE_FAMILY(primitive), PSACRYPTO_PAKE_BITS(primitive)) ? 0u : \
     (step) == PSA_PAKE_STEP_KEY_SHARE ? PSACRYPTO_PAKE_ELEMENT_SIZE(primitive) : \
     (step) == PSA_PAKE_STEP_CONFIRM ? (PSA_ALG_IS_SPAKE2P_CMAC(alg) ? 16u : PSA_HASH_LENGTH(alg)) : \
     0u)

/* Scalar and element: a curve's scalar, x and y; or a scalar and an element as long as the prime. */
#define PSACRYPTO_SAE_COMMIT_SIZE(primitive) \
    (PSACRYPTO_PAKE_IS_ECC(primitive) ? \
         (PSACRYPTO_SAE_ECC_EXISTS(PSACRYPTO_PAKE_FAMILY(primitive), PSACRYPTO_PAKE_BITS(primitive)) ? \
              3u * PSACRYPTO_BYTES(PSACRYPTO_PAKE_BITS(primitive)) : 0u) : \
     PSACRYPTO_PAKE_IS_DH(primitive) ? \
         2u * PSACRYPTO_SAE_DH_BYTES(PSACRYPTO_PAKE_FAMILY(primitive), PSACRYPTO_PAKE_BITS(primitive)) : \
     0u)

/* WPA3-SAE's salt is a list of rejected groups, two bytes each; there are less than 64 groups. */
#define PSACRYPTO_SAE_SALT_MAX_SIZE 128u

#define PSACRYPTO_SAE_SIZE(alg, primitive, step) \
    (PSACRYPTO_SAE_COMMIT_SIZE(primitive) == 0u ? 0u : \
     (step) == PSA_PAKE_STEP_COMMIT ? PSACRYPTO_SAE_COMMIT_SIZE(primitive) : \
     (step) == PSA_PAKE_STEP_CONFIRM ? 2u + PSA_HASH_LENGTH(alg) : \
     0u)

/** Length of the output of psa_pake_output() in this step. */
#define PSA_PAKE_OUTPUT_SIZE(alg, primitive, output_step) \
    (PSA_ALG_IS_JPAKE(alg) ? PSACRYPTO_JPAKE_SIZE(primitive, output_step) : \
     PSA_ALG_IS_SPAKE2P(alg) ? PSACRYPTO_SPAKE2P_SIZE(alg, primitive, output_step) : \
     !PSA_ALG_IS_WPA3_SAE(alg) ? 0u : \
     (output_step) == PSA_PAKE_STEP_KEY_ID ? (PSACRYPTO_SAE_COMMIT_SIZE(primitive) != 0u ? 16u : 0u) : \
     PSACRYPTO_SAE_SIZE(alg, primitive, output_step))

/** Enough for psa_pake_output() with every algorithm and group: the commitment of WPA3-SAE in 8192 bits. */
#define PSA_PAKE_OUTPUT_MAX_SIZE 2048u

/** Longest input that psa_pake_input() takes in this step. */
#define PSA_PAKE_INPUT_SIZE(alg, primitive, input_step) \
    (PSA_ALG_IS_JPAKE(alg) ? PSACRYPTO_JPAKE_SIZE(primitive, input_step) : \
     PSA_ALG_IS_SPAKE2P(alg) ? PSACRYPTO_SPAKE2P_SIZE(alg, primitive, input_step) : \
     !PSA_ALG_IS_WPA3_SAE(alg) || PSACRYPTO_SAE_COMMIT_SIZE(primitive) == 0u ? 0u : \
     (input_step) == PSA_PAKE_STEP_SALT ? PSACRYPTO_SAE_SALT_MAX_SIZE : \
     (input_step) == PSA_PAKE_STEP_CONFIRM_COUNT ? 2u : \
     PSACRYPTO_SAE_SIZE(alg, primitive, input_step))

/** Longest input of psa_pake_input() with every algorithm and group. */
#define PSA_PAKE_INPUT_MAX_SIZE 2048u

/* ---- Key derivation ---- */

/** Longest pre-shared key that PSA_ALG_TLS12_PSK_TO_MS() takes. */
#define PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE 128u

/** Length of the output of PSA_ALG_TLS12_ECJPAKE_TO_PMS. */
#define PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE 32

#endif /* PSA_CRYPTO_SIZES_H */
