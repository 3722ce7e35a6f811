/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/internal_trusted_storage.h
 * \brief PSA Internal Trusted Storage API 1.0 (Secure Storage API).
 *
 * Small entries by number, kept in the library's store. Every function is safe to call from several
 * threads and processes, and atomic: after a failure, a crash included, an entry is what it was
 * before the call or what it was to become.
 *
 * Of the states that a call can find, besides those in its list: PSA_ERROR_STORAGE_FAILURE means
 * that the medium failed, or that what it holds is damaged.
 */
#ifndef PSA_INTERNAL_TRUSTED_STORAGE_H
#define PSA_INTERNAL_TRUSTED_STORAGE_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#include "error.h"
#include "storage_common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the API. */
#define PSA_ITS_API_VERSION_MAJOR 1
#define PSA_ITS_API_VERSION_MINOR 0

/**
 * \brief Create an entry, or replace it. Section "Internal Trusted Storage API".
 *
 * \param uid          name of the entry, not 0
 * \param data_length  bytes of data; 0 makes an empty entry
 * \param p_data       the data
 * \param create_flags PSA_STORAGE_FLAG_xxx
 *
 * \retval PSA_SUCCESS                    the entry holds the data and will hold it after a power failure
 * \retval PSA_ERROR_NOT_PERMITTED        there is an entry of this name, and it is write-once
 * \retval PSA_ERROR_NOT_SUPPORTED        a flag is unknown
 * \retval PSA_ERROR_INSUFFICIENT_STORAGE no room
 * \retval PSA_ERROR_STORAGE_FAILURE      the medium failed
 * \retval PSA_ERROR_INVALID_ARGUMENT     uid is 0, or p_data is null and data_length is not 0
 */
psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                         psa_storage_create_flags_t create_flags);

/**
 * \brief Read from an entry. Section "Internal Trusted Storage API".
 *
 * \param uid           name of the entry
 * \param data_offset   first byte to read; may be the length of the data
 * \param data_size     most bytes to read; fewer if the data ends
 * \param p_data        where the bytes go, of data_size bytes; what is beyond those read stays
 * \param p_data_length how many were read; 0 on failure
 *
 * \retval PSA_SUCCESS                read, perhaps nothing
 * \retval PSA_ERROR_DOES_NOT_EXIST   no entry of this name
 * \retval PSA_ERROR_STORAGE_FAILURE  the medium failed, or the entry is damaged
 * \retval PSA_ERROR_INVALID_ARGUMENT uid is 0, data_offset lies beyond the data, or a pointer is null
 */
psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                         size_t *p_data_length);

/**
 * \brief Ask for size, capacity and flags of an entry. Section "Internal Trusted Storage API".
 *
 * \param uid    name of the entry
 * \param p_info the answer; all zero on failure
 *
 * \retval PSA_SUCCESS                answered; the capacity is the size
 * \retval PSA_ERROR_DOES_NOT_EXIST   no entry of this name
 * \retval PSA_ERROR_STORAGE_FAILURE  the medium failed, or the entry is damaged
 * \retval PSA_ERROR_INVALID_ARGUMENT uid is 0, or p_info is null
 */
psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info);

/**
 * \brief Remove an entry. Section "Internal Trusted Storage API".
 *
 * \param uid name of the entry
 *
 * \retval PSA_SUCCESS                removed
 * \retval PSA_ERROR_DOES_NOT_EXIST   no entry of this name
 * \retval PSA_ERROR_INVALID_ARGUMENT uid is 0
 * \retval PSA_ERROR_NOT_PERMITTED    the entry is write-once
 * \retval PSA_ERROR_STORAGE_FAILURE  the medium failed
 */
psa_status_t psa_its_remove(psa_storage_uid_t uid);

#ifdef __cplusplus
}
#endif

#endif /* PSA_INTERNAL_TRUSTED_STORAGE_H */
