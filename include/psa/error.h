/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/error.h
 * \brief Status codes that the PSA Certified APIs share (PSA Status code API 1.0).
 *
 * Each definition has a guard, so that this header can be used beside another PSA API's own copy
 * of the same definitions.
 */
#ifndef PSA_ERROR_H
#define PSA_ERROR_H

#include <stdint.h>

/** Result of a function: 0 is success, every error is negative. */
#ifndef PSA_SUCCESS
typedef int32_t psa_status_t;

/** The action has been carried out. */
#define PSA_SUCCESS ((psa_status_t)0)
#endif

/** A failure for which no other code fits. */
#ifndef PSA_ERROR_GENERIC_ERROR
#define PSA_ERROR_GENERIC_ERROR         ((psa_status_t)-132)
#endif

/** A policy forbids the action: usage flags, the permitted algorithm, a write-once or read-only object. */
#ifndef PSA_ERROR_NOT_PERMITTED
#define PSA_ERROR_NOT_PERMITTED         ((psa_status_t)-133)
#endif

/** Valid, but not offered by this build, this key location or this driver. */
#ifndef PSA_ERROR_NOT_SUPPORTED
#define PSA_ERROR_NOT_SUPPORTED         ((psa_status_t)-134)
#endif

/** The parameters, alone or together, do not describe a valid action. */
#ifndef PSA_ERROR_INVALID_ARGUMENT
#define PSA_ERROR_INVALID_ARGUMENT      ((psa_status_t)-135)
#endif

/** No such key, or no such connection. */
#ifndef PSA_ERROR_INVALID_HANDLE
#define PSA_ERROR_INVALID_HANDLE        ((psa_status_t)-136)
#endif

/** The operation object, or the library, is not in a state that allows the call. */
#ifndef PSA_ERROR_BAD_STATE
#define PSA_ERROR_BAD_STATE             ((psa_status_t)-137)
#endif

/** The output does not fit into the buffer. */
#ifndef PSA_ERROR_BUFFER_TOO_SMALL
#define PSA_ERROR_BUFFER_TOO_SMALL      ((psa_status_t)-138)
#endif

/** There is an object of this identifier already. */
#ifndef PSA_ERROR_ALREADY_EXISTS
#define PSA_ERROR_ALREADY_EXISTS        ((psa_status_t)-139)
#endif

/** There is no object of this identifier. */
#ifndef PSA_ERROR_DOES_NOT_EXIST
#define PSA_ERROR_DOES_NOT_EXIST        ((psa_status_t)-140)
#endif

/** No memory or no free slot is left for the action. */
#ifndef PSA_ERROR_INSUFFICIENT_MEMORY
#define PSA_ERROR_INSUFFICIENT_MEMORY   ((psa_status_t)-141)
#endif

/** The persistent storage is full. */
#ifndef PSA_ERROR_INSUFFICIENT_STORAGE
#define PSA_ERROR_INSUFFICIENT_STORAGE  ((psa_status_t)-142)
#endif

/** A source has less data left than was asked for. */
#ifndef PSA_ERROR_INSUFFICIENT_DATA
#define PSA_ERROR_INSUFFICIENT_DATA     ((psa_status_t)-143)
#endif

/** The service or device behind the API does not answer as it should. */
#ifndef PSA_ERROR_COMMUNICATION_FAILURE
#define PSA_ERROR_COMMUNICATION_FAILURE ((psa_status_t)-145)
#endif

/** Reading or writing the persistent storage failed. */
#ifndef PSA_ERROR_STORAGE_FAILURE
#define PSA_ERROR_STORAGE_FAILURE       ((psa_status_t)-146)
#endif

/** A hardware fault was detected. */
#ifndef PSA_ERROR_HARDWARE_FAILURE
#define PSA_ERROR_HARDWARE_FAILURE      ((psa_status_t)-147)
#endif

/** A signature, MAC, tag, hash or confirmation value does not match. */
#ifndef PSA_ERROR_INVALID_SIGNATURE
#define PSA_ERROR_INVALID_SIGNATURE     ((psa_status_t)-149)
#endif

/** Evidence of tampering was found; nothing the library holds can be relied upon. */
#ifndef PSA_ERROR_CORRUPTION_DETECTED
#define PSA_ERROR_CORRUPTION_DETECTED   ((psa_status_t)-151)
#endif

/** Stored data was damaged. */
#ifndef PSA_ERROR_DATA_CORRUPT
#define PSA_ERROR_DATA_CORRUPT          ((psa_status_t)-152)
#endif

/** Stored data is intact but is not what this library can use, e.g. the form of a later version. */
#ifndef PSA_ERROR_DATA_INVALID
#define PSA_ERROR_DATA_INVALID          ((psa_status_t)-153)
#endif

#endif /* PSA_ERROR_H */
