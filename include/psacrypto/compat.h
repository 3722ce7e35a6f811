/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/compat.h
 * \brief What programs written for Mbed TLS use beside the specification. Opt-in.
 *
 * Facts of that interface: names, values, meaning. None of it is needed by a program that keeps to
 * <psa/crypto.h>, and nothing of the library is built on it.
 */
#ifndef PSACRYPTO_COMPAT_H
#define PSACRYPTO_COMPAT_H

#include <psa/crypto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Key identifiers: Mbed TLS can give them an owner, here they have none ---- */

/** A key identifier. */
typedef psa_key_id_t mbedtls_svc_key_id_t;

#define MBEDTLS_SVC_KEY_ID_INIT ((psa_key_id_t)0)    /**< no key */
#define MBEDTLS_SVC_KEY_ID_GET_KEY_ID(id) (id)       /**< the identifier itself */
#define MBEDTLS_SVC_KEY_ID_GET_OWNER_ID(id) (0)      /**< no owner */

/** \brief Make a key identifier. \param unused an owner, ignored \param key_id the identifier \return key_id */
static inline mbedtls_svc_key_id_t mbedtls_svc_key_id_make(unsigned int unused, psa_key_id_t key_id)
{
    (void)unused;
    return key_id;
}

/** \brief Compare key identifiers. \param id1 one \param id2 another \return 1 if they are equal, else 0 */
static inline int mbedtls_svc_key_id_equal(mbedtls_svc_key_id_t id1, mbedtls_svc_key_id_t id2)
{
    return id1 == id2;
}

/** \brief Test for no key. \param key a key identifier \return 1 if it is null, else 0 */
static inline int mbedtls_svc_key_id_is_null(mbedtls_svc_key_id_t key)
{
    return key == 0u;
}

/* ---- Key handles: older than key identifiers, which do all that handles did ---- */

/** A key identifier. */
typedef mbedtls_svc_key_id_t psa_key_handle_t;

#define PSA_KEY_HANDLE_INIT MBEDTLS_SVC_KEY_ID_INIT /**< no key */

/** \brief Compare handles. \param handle1 one \param handle2 another \return 1 if they are equal, else 0 */
static inline int psa_key_handle_equal(psa_key_handle_t handle1, psa_key_handle_t handle2)
{
    return mbedtls_svc_key_id_equal(handle1, handle2);
}

/** \brief Test for no key. \param handle a handle \return 1 if it is null, else 0 */
static inline int psa_key_handle_is_null(psa_key_handle_t handle)
{
    return mbedtls_svc_key_id_is_null(handle);
}

/**
 * \brief See whether a persistent key can be used.
 *
 * \param key    the key
 * \param handle the same identifier; PSA_KEY_ID_NULL on failure
 *
 * \retval PSA_SUCCESS                   the key exists and is in memory
 * \retval PSA_ERROR_DOES_NOT_EXIST      there is no such persistent key
 * \retval PSA_ERROR_INVALID_ARGUMENT    the identifier cannot be that of a persistent key
 * \retval PSA_ERROR_INSUFFICIENT_MEMORY no memory or slot for it
 * \retval PSA_ERROR_STORAGE_FAILURE     the store failed
 * \retval PSA_ERROR_DATA_CORRUPT        the stored key is damaged
 * \retval PSA_ERROR_DATA_INVALID        the stored key is not of a form that this library knows
 * \retval PSA_ERROR_BAD_STATE           the library is not initialised: psa_crypto_init()
 */
psa_status_t psa_open_key(mbedtls_svc_key_id_t key, psa_key_handle_t *handle);

/**
 * \brief Let go of a key: a persistent one is purged from memory and stays in the store, a volatile one is destroyed.
 *
 * \param handle the key; PSA_KEY_ID_NULL does nothing
 *
 * \retval PSA_SUCCESS              done
 * \retval PSA_ERROR_INVALID_HANDLE there is no such key
 * \retval PSA_ERROR_BAD_STATE      the library is not initialised: psa_crypto_init()
 */
psa_status_t psa_close_key(psa_key_handle_t handle);

/* ---- Library ---- */

/** \brief Another name of psacrypto_shutdown() in <psacrypto/library.h>. */
void mbedtls_psa_crypto_free(void);

/**
 * \brief Ask for a hash.
 *
 * \param hash_alg a hash algorithm
 *
 * \return 1 if the library is initialised and computes it, else 0
 */
int psa_can_do_hash(psa_algorithm_t hash_alg);

/**
 * \brief Ask for a cipher or AEAD.
 *
 * \param key_type   type of the key
 * \param cipher_alg a cipher or AEAD algorithm
 *
 * \return 1 if the library is initialised and computes it with such keys, else 0
 */
int psa_can_do_cipher(psa_key_type_t key_type, psa_algorithm_t cipher_alg);

/* ---- Second permitted algorithm ---- */

/** \brief Permit a second algorithm. \param attributes the object \param alg2 an algorithm or a wildcard, or PSA_ALG_NONE */
static inline void psa_set_key_enrollment_algorithm(psa_key_attributes_t *attributes, psa_algorithm_t alg2)
{
    attributes->private_alg2 = alg2;
}

/** \brief Get the second permitted algorithm. \param attributes the object \return the algorithm, or PSA_ALG_NONE */
static inline psa_algorithm_t psa_get_key_enrollment_algorithm(const psa_key_attributes_t *attributes)
{
    return attributes->private_alg2;
}

/* ---- Arithmetic ---- */

#define PSA_BITS_TO_BYTES(bits) (((bits) + 7u) / 8u)  /**< bytes that hold so many bits */
#define PSA_BYTES_TO_BITS(bytes) ((bytes) * 8u)       /**< bits in so many bytes */
/** length rounded up to whole blocks */
#define PSA_ROUND_UP_TO_MULTIPLE(block_size, length) (((length) + (block_size) - 1u) / (block_size) * (block_size))
/** the largest of three */
#define PSA_MAX_OF_THREE(a, b, c) ((a) <= (b) ? ((b) <= (c) ? (c) : (b)) : ((a) <= (c) ? (c) : (a)))

/* ---- Fields of key types ---- */

#define PSA_KEY_TYPE_VENDOR_FLAG ((psa_key_type_t)0x8000)            /**< not of the specification */
#define PSA_KEY_TYPE_CATEGORY_MASK ((psa_key_type_t)0x7000)          /**< the category */
#define PSA_KEY_TYPE_CATEGORY_RAW ((psa_key_type_t)0x1000)           /**< data and secrets */
#define PSA_KEY_TYPE_CATEGORY_SYMMETRIC ((psa_key_type_t)0x2000)     /**< symmetric keys */
#define PSA_KEY_TYPE_CATEGORY_PUBLIC_KEY ((psa_key_type_t)0x4000)    /**< public keys */
#define PSA_KEY_TYPE_CATEGORY_KEY_PAIR ((psa_key_type_t)0x7000)      /**< key pairs */
#define PSA_KEY_TYPE_CATEGORY_FLAG_PAIR ((psa_key_type_t)0x3000)     /**< what a pair has and a public key has not */
#define PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE ((psa_key_type_t)0x4100)    /**< elliptic curve public key, no family */
#define PSA_KEY_TYPE_ECC_KEY_PAIR_BASE ((psa_key_type_t)0x7100)      /**< elliptic curve key pair, no family */
#define PSA_KEY_TYPE_ECC_CURVE_MASK ((psa_key_type_t)0x00ff)         /**< the curve family */
#define PSA_KEY_TYPE_DH_PUBLIC_KEY_BASE ((psa_key_type_t)0x4200)     /**< Diffie-Hellman public key, no family */
#define PSA_KEY_TYPE_DH_KEY_PAIR_BASE ((psa_key_type_t)0x7200)       /**< Diffie-Hellman key pair, no family */
#define PSA_KEY_TYPE_DH_GROUP_MASK ((psa_key_type_t)0x00ff)          /**< the group family */
/** 1 for a key type that the specification leaves to libraries */
#define PSA_KEY_TYPE_IS_VENDOR_DEFINED(type) (((type) & PSA_KEY_TYPE_VENDOR_FLAG) != 0)

/* ---- Fields of algorithms ---- */

#define PSA_ALG_VENDOR_FLAG ((psa_algorithm_t)0x80000000)                   /**< not of the specification */
#define PSA_ALG_CATEGORY_MASK ((psa_algorithm_t)0x7f000000)                 /**< the category */
#define PSA_ALG_CATEGORY_HASH ((psa_algorithm_t)0x02000000)                 /**< hashes */
#define PSA_ALG_CATEGORY_MAC ((psa_algorithm_t)0x03000000)                  /**< MACs */
#define PSA_ALG_CATEGORY_CIPHER ((psa_algorithm_t)0x04000000)               /**< ciphers */
#define PSA_ALG_CATEGORY_AEAD ((psa_algorithm_t)0x05000000)                 /**< AEADs */
#define PSA_ALG_CATEGORY_SIGN ((psa_algorithm_t)0x06000000)                 /**< signatures */
#define PSA_ALG_CATEGORY_ASYMMETRIC_ENCRYPTION ((psa_algorithm_t)0x07000000) /**< asymmetric encryption */
#define PSA_ALG_CATEGORY_KEY_DERIVATION ((psa_algorithm_t)0x08000000)       /**< key derivation */
#define PSA_ALG_CATEGORY_KEY_AGREEMENT ((psa_algorithm_t)0x09000000)        /**< key agreement */
#define PSA_ALG_CATEGORY_PAKE ((psa_algorithm_t)0x0a000000)                 /**< PAKE */
/** 1 for an algorithm that the specification leaves to libraries */
#define PSA_ALG_IS_VENDOR_DEFINED(alg) (((alg) & PSA_ALG_VENDOR_FLAG) != 0)

#define PSA_ALG_HASH_MASK ((psa_algorithm_t)0x000000ff)                     /**< the hash */
#define PSA_ALG_MAC_SUBCATEGORY_MASK ((psa_algorithm_t)0x00c00000)          /**< HMAC or of a block cipher */
#define PSA_ALG_HMAC_BASE ((psa_algorithm_t)0x03800000)                     /**< HMAC, no hash */
#define PSA_ALG_CIPHER_MAC_BASE ((psa_algorithm_t)0x03c00000)               /**< MAC of a block cipher */
#define PSA_ALG_MAC_TRUNCATION_MASK ((psa_algorithm_t)0x003f0000)           /**< length of a MAC, 0 for the full one */
#define PSA_MAC_TRUNCATION_OFFSET 16                                        /**< where it starts */
#define PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG ((psa_algorithm_t)0x00008000) /**< a MAC so long or longer */
/** length to which a MAC algorithm cuts, 0 if it does not */
#define PSA_MAC_TRUNCATED_LENGTH(mac_alg) (((mac_alg) & PSA_ALG_MAC_TRUNCATION_MASK) >> PSA_MAC_TRUNCATION_OFFSET)
#define PSA_ALG_CIPHER_STREAM_FLAG ((psa_algorithm_t)0x00800000)            /**< a stream cipher or mode */
#define PSA_ALG_CIPHER_FROM_BLOCK_FLAG ((psa_algorithm_t)0x00400000)        /**< of a block cipher */
#define PSA_ALG_AEAD_FROM_BLOCK_FLAG ((psa_algorithm_t)0x00400000)          /**< of a block cipher */
#define PSA_ALG_AEAD_TAG_LENGTH_MASK ((psa_algorithm_t)0x003f0000)          /**< length of a tag */
#define PSA_AEAD_TAG_LENGTH_OFFSET 16                                       /**< where it starts */
#define PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG ((psa_algorithm_t)0x00008000) /**< a tag so long or longer */
/** length of an AEAD algorithm's tag */
#define PSA_ALG_AEAD_GET_TAG_LENGTH(aead_alg) \
    (((aead_alg) & PSA_ALG_AEAD_TAG_LENGTH_MASK) >> PSA_AEAD_TAG_LENGTH_OFFSET)
#define PSA_ALG_ECDSA_BASE ((psa_algorithm_t)0x06000600)                    /**< randomised ECDSA, no hash */
#define PSA_ALG_DETERMINISTIC_ECDSA_BASE ((psa_algorithm_t)0x06000700)      /**< deterministic ECDSA, no hash */
#define PSA_ALG_RSA_PKCS1V15_SIGN_BASE ((psa_algorithm_t)0x06000200)        /**< RSASSA-PKCS1-v1_5, no hash */
#define PSA_ALG_RSA_PSS_BASE ((psa_algorithm_t)0x06000300)                  /**< RSASSA-PSS, no hash */
#define PSA_ALG_RSA_PSS_ANY_SALT_BASE ((psa_algorithm_t)0x06001300)         /**< the same with any salt */
#define PSA_ALG_RSA_OAEP_BASE ((psa_algorithm_t)0x07000300)                 /**< RSAES-OAEP, no hash */
#define PSA_ALG_HKDF_BASE ((psa_algorithm_t)0x08000100)                     /**< HKDF, no hash */
#define PSA_ALG_TLS12_PRF_BASE ((psa_algorithm_t)0x08000200)                /**< TLS 1.2 PRF, no hash */
#define PSA_ALG_TLS12_PSK_TO_MS_BASE ((psa_algorithm_t)0x08000300)          /**< TLS 1.2 PSK-to-MS, no hash */
#define PSA_ALG_HKDF_EXTRACT_BASE ((psa_algorithm_t)0x08000400)             /**< HKDF-Extract, no hash */
#define PSA_ALG_HKDF_EXPAND_BASE ((psa_algorithm_t)0x08000500)              /**< HKDF-Expand, no hash */
#define PSA_ALG_PBKDF2_HMAC_BASE ((psa_algorithm_t)0x08800100)              /**< PBKDF2-HMAC, no hash */
#define PSA_ALG_KEY_DERIVATION_STRETCHING_FLAG ((psa_algorithm_t)0x00800000) /**< key stretching */
#define PSA_ALG_KEY_DERIVATION_MASK ((psa_algorithm_t)0xfe00ffff)           /**< the derivation in a combined algorithm */
#define PSA_ALG_KEY_AGREEMENT_MASK ((psa_algorithm_t)0xffff0000)            /**< the agreement in a combined algorithm */

/* ---- Limits ---- */

#define PSA_VENDOR_RSA_MAX_KEY_BITS 8192u    /**< largest RSA modulus */
#define PSA_VENDOR_FFDH_MAX_KEY_BITS 8192u   /**< largest Diffie-Hellman prime */
#define PSA_VENDOR_ECC_MAX_CURVE_BITS 571u   /**< largest curve of the specification */

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_COMPAT_H */
