/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/keys.h
 * \brief Keys beyond the PSA Crypto API: which there are, and the file formats of other software.
 *
 * The PSA Crypto API imports and exports bare keys. Files hold them in structures that name the algorithm: PKCS #8 for private
 * keys (RFC 5958), SubjectPublicKeyInfo for public ones (RFC 5280), in binary (DER) or as text between two boundary lines
 * (PEM, RFC 7468). The functions here translate, for RSA, all elliptic curves of the PSA Crypto API that have a name (RFC 5480,
 * RFC 5639), X25519, X448, Ed25519 and Ed448 (RFC 8410). Which of them a build can import is another question.
 *
 * All of them can be called from several threads at once.
 */
#ifndef PSACRYPTO_KEYS_H
#define PSACRYPTO_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Which keys there are ---- */

/**
 * \brief The keys of this program, one after the other: volatile ones, and those in the store.
 *
 *     uint64_t cursor = 0;
 *     psa_key_id_t key;
 *     while (psacrypto_key_next(&cursor, &key) == PSA_SUCCESS) {
 *         ...
 *     }
 *
 * The order means nothing. Each key that exists from the first call to the last comes once; one that is made or destroyed
 * meanwhile may come or not, so that the next call with its id may fail with PSA_ERROR_INVALID_HANDLE. Built-in keys do not come.
 *
 * \param[in,out] cursor  0 at first; then what the call before left there.
 * \param[out] key        The next key; PSA_KEY_ID_NULL on failure.
 *
 * \retval PSA_ERROR_DOES_NOT_EXIST   There are no more.
 * \retval PSA_ERROR_NOT_SUPPORTED    The store cannot list what it holds.
 * \retval PSA_ERROR_STORAGE_FAILURE  The store cannot be opened or read.
 * \retval PSA_ERROR_BAD_STATE        The library is not initialised.
 */
psa_status_t psacrypto_key_next(uint64_t *cursor, psa_key_id_t *key);

/* ---- PEM and DER ---- */

/** Bytes that hold the DER form of a key pair or public key of this type and size. */
#define PSACRYPTO_KEY_DER_SIZE(key_type, key_bits) \
    (PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) + PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, key_bits) + 64u)

/** Characters that hold the PEM form, with its terminating null character. */
#define PSACRYPTO_KEY_PEM_SIZE(key_type, key_bits) (PSACRYPTO_KEY_DER_SIZE(key_type, key_bits) / 48u * 65u + 65u + 64u)

/**
 * \brief Import a key from DER.
 *
 * Taken are SubjectPublicKeyInfo, PKCS #8 (version 1 or 2, not encrypted), ECPrivateKey with a named curve (RFC 5915),
 * RSAPrivateKey and RSAPublicKey (PKCS #1). A public key that accompanies a private one is not used: the private key decides.
 *
 * \param attributes     As for psa_import_key(), but for the type: PSA_KEY_TYPE_NONE takes the type that the data has.
 * \param data           The structure, and nothing behind it.
 * \param data_length    In bytes.
 * \param[out] key       The new key; PSA_KEY_ID_NULL on failure.
 *
 * \retval PSA_ERROR_INVALID_ARGUMENT    The data is not one of these structures in its strict form; the type or the size in
 *                                       attributes is another than that of the data; or psa_import_key() refused the key.
 * \retval PSA_ERROR_NOT_SUPPORTED       The key is encrypted, of an algorithm without a PSA key type, on a curve without a name
 *                                       or not of the PSA Crypto API, or psa_import_key() does not have its type or size.
 * \return any other error of psa_import_key()
 */
psa_status_t psacrypto_import_key_der(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                                      psa_key_id_t *key);

/**
 * \brief Import a key from PEM.
 *
 * The first object with a label that stands for a key is taken: PRIVATE KEY, PUBLIC KEY, EC PRIVATE KEY, RSA PRIVATE KEY or
 * RSA PUBLIC KEY. Other objects, and text around them, are skipped.
 *
 * \param attributes     As for psacrypto_import_key_der().
 * \param text           Need not end with a null character.
 * \param text_length    In characters.
 * \param[out] key       The new key; PSA_KEY_ID_NULL on failure.
 *
 * \retval PSA_ERROR_INVALID_ARGUMENT     There is no key in the text, its base64 is malformed, or as for DER.
 * \retval PSA_ERROR_NOT_SUPPORTED        The key is encrypted, or as for DER.
 * \retval PSA_ERROR_INSUFFICIENT_MEMORY  No room for the decoded key.
 * \return any other error of psa_import_key()
 */
psa_status_t psacrypto_import_key_pem(const psa_key_attributes_t *attributes, const char *text, size_t text_length,
                                      psa_key_id_t *key);

/**
 * \brief Export a key pair as PKCS #8, or a public key as SubjectPublicKeyInfo, in DER.
 *
 * A key pair needs PSA_KEY_USAGE_EXPORT.
 *
 * \param key               The key.
 * \param[out] data         Wiped as far as it was written, when the call fails.
 * \param data_size         PSACRYPTO_KEY_DER_SIZE() is enough.
 * \param[out] data_length  In bytes; 0 on failure.
 *
 * \retval PSA_ERROR_NOT_SUPPORTED        Keys of this type or size have no such format.
 * \retval PSA_ERROR_BUFFER_TOO_SMALL     data_size is too small.
 * \retval PSA_ERROR_INSUFFICIENT_MEMORY  No room for the key on its way.
 * \return any other error of psa_export_key(), psa_export_public_key()
 */
psa_status_t psacrypto_export_key_der(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/**
 * \brief Export a public key, or the public part of a key pair, as SubjectPublicKeyInfo in DER.
 *
 * Always permitted. Parameters and errors as for psacrypto_export_key_der().
 */
psa_status_t psacrypto_export_public_key_der(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/**
 * \brief Export a key pair as PKCS #8 (PRIVATE KEY), or a public key as SubjectPublicKeyInfo (PUBLIC KEY), in PEM.
 *
 * \param key               The key. A key pair needs PSA_KEY_USAGE_EXPORT.
 * \param[out] text         Ends with a newline and a null character. Wiped as far as it was written, when the call fails.
 * \param text_size         PSACRYPTO_KEY_PEM_SIZE() is enough.
 * \param[out] text_length  In characters, without the null character; 0 on failure.
 *
 * Errors as for psacrypto_export_key_der().
 */
psa_status_t psacrypto_export_key_pem(psa_key_id_t key, char *text, size_t text_size, size_t *text_length);

/**
 * \brief Export a public key, or the public part of a key pair, as SubjectPublicKeyInfo (PUBLIC KEY) in PEM.
 *
 * Always permitted. Parameters and errors as for psacrypto_export_key_pem().
 */
psa_status_t psacrypto_export_public_key_pem(psa_key_id_t key, char *text, size_t text_size, size_t *text_length);

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_KEYS_H */
