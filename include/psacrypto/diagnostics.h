/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/diagnostics.h
 * \brief Why a call failed, what values are called, what this library has: for people to read.
 *
 *     psa_status_t status = psa_aead_encrypt(...);
 *     if (status != PSA_SUCCESS) {
 *         psacrypto_error_t error = psacrypto_last_error();
 *         char text[PSACRYPTO_TEXT_SIZE];
 *         psacrypto_error_text(&error, text, sizeof(text));
 *         fprintf(stderr, "%s: %s\n", psacrypto_status_name(status), text);
 *     }
 *
 *     PSA_ERROR_NOT_PERMITTED: the key permits PSA_ALG_GCM; PSA_ALG_CCM was asked for
 *
 * Functions that write text take memory and its size, like snprintf(): they return the length of the whole text,
 * without its terminating null character. What they write is terminated, and cut where the memory ends; with a size of 0
 * nothing is written and the memory may be NULL. PSACRYPTO_TEXT_SIZE is enough for every text but the path of a store.
 *
 * All of it can be called from any thread, beside other calls, before psa_crypto_init() too. Nothing here changes
 * what psacrypto_last_error() answers, but for psacrypto_store_text() when the store cannot be opened.
 */
#ifndef PSACRYPTO_DIAGNOSTICS_H
#define PSACRYPTO_DIAGNOSTICS_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Room for every text of this header, but for that of psacrypto_store_text(). */
#define PSACRYPTO_TEXT_SIZE 1000u

/* ---- Why did that fail? ---- */

/**
 * \brief A failure: the status that a call returned, and the reason behind it.
 *
 * No member holds a secret or depends on one. A failure that a secret decides has one reason, whatever was wrong: SIGNATURE where
 * something does not verify, PADDING where a decryption does not find what it should, REFUSED where an element does not take its own
 * blob. A key of another owner is one that is not there: KEY_ID.
 */
typedef struct psacrypto_error_s {
    psa_status_t status;  /**< what the call returned */
    uint32_t reason;      /**< see psacrypto_reason_name(); numbers change from version to version, names stay */
    uint64_t values[2];   /**< what the reason speaks of: an id, an algorithm, a length; 0 where there is nothing */
} psacrypto_error_t;

/**
 * \brief The last failure of a psa_*() or psacrypto_*() call in this thread.
 *
 * A call that succeeds leaves it as it is: look at it after a status that is not PSA_SUCCESS.
 *
 * \return status PSA_SUCCESS and reason 0 where none has failed, or where the library was built without
 *         PSACRYPTO_LAST_ERROR.
 */
psacrypto_error_t psacrypto_last_error(void);

/**
 * \brief The reason in words, such as "the key permits PSA_ALG_GCM; PSA_ALG_CCM was asked for".
 *
 * \param error      What psacrypto_last_error() returned, now or earlier.
 * \param[out] text  The words: one line, no full stop at its end.
 * \param text_size  In bytes.
 *
 * \return length of the whole text
 */
size_t psacrypto_error_text(const psacrypto_error_t *error, char *text, size_t text_size);

/**
 * \brief A short name of a reason, such as "KEY_ALGORITHM", for programs to compare with.
 *
 * \return NULL where reason is not one that this library gives
 */
const char *psacrypto_reason_name(uint32_t reason);

/* ---- Names ---- */

/*
 * From value to name: the name in the specification, macros and families written out, such as
 * "PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12)"; "0x" and hexadecimal digits for a value that has no name.
 *
 * From name to value: such a name, or a shorter form of it. The prefixes (PSA_ALG_, PSA_KEY_TYPE_, PSA_ECC_FAMILY_ ...) may
 * be left out, small and capital letters are alike, and so is what stands between letters and digits: "SHA_256",
 * "sha-256" and "SHA256" are one. An algorithm with a hash may be written without brackets: "ecdsa-sha-256". These
 * functions answer PSA_ERROR_INVALID_ARGUMENT, and leave the value 0, for what is no name. A value that has a name need not
 * be a valid one: HMAC of a hash for which there is no HMAC has a name, too.
 */

/** \brief Name of a status, such as "PSA_ERROR_NOT_PERMITTED". \return NULL where there is none. */
const char *psacrypto_status_name(psa_status_t status);

/** \brief Status of a name: "PSA_ERROR_NOT_PERMITTED", "not permitted". */
psa_status_t psacrypto_status_from_name(const char *name, psa_status_t *status);

/** \brief Name of an algorithm, wildcards included. */
size_t psacrypto_algorithm_name(psa_algorithm_t alg, char *text, size_t text_size);

/**
 * \brief Algorithm of a name: "PSA_ALG_ECDSA(PSA_ALG_SHA_256)", "ecdsa(sha-256)", "gcm", "truncated-mac(cmac, 8)",
 *        "key-agreement(ecdh, hkdf(sha-256))", "rsa-pss(any)", "0x05500200".
 */
psa_status_t psacrypto_algorithm_from_name(const char *name, psa_algorithm_t *alg);

/** \brief Name of a key type. */
size_t psacrypto_key_type_name(psa_key_type_t type, char *text, size_t text_size);

/**
 * \brief Key type of a name, and its size where the name says one: "PSA_KEY_TYPE_AES", "aes-256", "hmac 512",
 *        "ecc-key-pair(secp-r1):256", "P-256", "x25519 public", "rsa-3072", "ml-dsa-65".
 *
 * \param name       The name.
 * \param[out] type  The type.
 * \param[out] bits  The size in bits; 0 where the name does not say it.
 */
psa_status_t psacrypto_key_type_from_name(const char *name, psa_key_type_t *type, size_t *bits);

/** \brief Names of usage flags, joined by " | "; "0" for none. */
size_t psacrypto_key_usage_name(psa_key_usage_t usage, char *text, size_t text_size);

/**
 * \brief Usage flags of their names: "PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT", "encrypt,decrypt". "sign" is
 *        SIGN_MESSAGE and SIGN_HASH, "verify" is VERIFY_MESSAGE and VERIFY_HASH.
 */
psa_status_t psacrypto_key_usage_from_name(const char *names, psa_key_usage_t *usage);

/* ---- What there is ---- */

/**
 * \brief The algorithms of the specification, one after the other: start with PSA_ALG_NONE, which also ends them.
 *
 * Each names one operation, with the length that it has by default; those with a hash come once for each hash that
 * they can have. Key agreements are not combined with key derivations.
 */
psa_algorithm_t psacrypto_algorithm_next(psa_algorithm_t alg);

/** \brief The key types of the specification, one after the other: start with PSA_KEY_TYPE_NONE, which also ends them. */
psa_key_type_t psacrypto_key_type_next(psa_key_type_t type);

/**
 * \brief Whether keys of a type and size at a location can do an algorithm in this library, with these drivers.
 *
 * \param location  PSA_KEY_LOCATION_xxx.
 * \param alg       An algorithm, not a wildcard.
 * \param type      PSA_KEY_TYPE_NONE for what needs no key: hashes and extendable-output functions.
 * \param bits      Size of the key.
 *
 * \return 1, or 0: also for what the specification does not have, and before psa_crypto_init()
 */
int psacrypto_supports(psa_key_location_t location, psa_algorithm_t alg, psa_key_type_t type, size_t bits);

/**
 * \brief The drivers, in the order in which they are asked.
 *
 * \param number         1 and up.
 * \param[out] location  Where its keys are.
 *
 * \return its name; NULL past the last one, and before psa_crypto_init()
 */
const char *psacrypto_driver_name(uint32_t number, psa_key_location_t *location);

/** \brief What this CPU has that the kernels of this build know to use: "aes-ni pclmul sha"; empty for none. */
size_t psacrypto_cpu_text(char *text, size_t text_size);

/** \brief The store and where it is, "posix: /home/me/.local/state/psacrypto"; empty where it cannot be opened. */
size_t psacrypto_store_text(char *text, size_t text_size);

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_DIAGNOSTICS_H */
