/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/protected_storage.h
 * \brief PSA Protected Storage API 1.0 (Secure Storage API).
 *
 * Entries by number on a medium that others can reach: each is encrypted, authenticated and, where
 * the platform has a counter for it, protected from being put back to an older version. Names are
 * apart from those of the Internal Trusted Storage. Every function is safe to call from several
 * threads and processes, and atomic as there.
 *
 * Of the errors, PSA_ERROR_STORAGE_FAILURE means that the medium failed, PSA_ERROR_DATA_CORRUPT
 * that an entry is damaged, PSA_ERROR_INVALID_SIGNATURE that it fails authentication, and
 * PSA_ERROR_GENERIC_ERROR that the library cannot work at all, e.g. without its key.
 */
#ifndef PSA_PROTECTED_STORAGE_H
#define PSA_PROTECTED_STORAGE_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#include "error.h"
#include "storage_common.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the API. */
#define PSA_PS_API_VERSION_MAJOR 1
#define PSA_PS_API_VERSION_MINOR 0

/**
 * \brief Create an entry, or replace it and its capacity. Section "Protected Storage API".
 *
 * \param uid          name of the entry, not 0
 * \param data_length  bytes of data, and the entry's capacity; 0 makes an empty entry
 * \param p_data       the data
 * \param create_flags PSA_STORAGE_FLAG_xxx
 *
 * \retval PSA_SUCCESS                    the entry holds the data and will hold it after a power failure
 * \retval PSA_ERROR_NOT_PERMITTED        there is an entry of this name, and it is write-once
 * \retval PSA_ERROR_INVALID_ARGUMENT     uid is 0, or p_data is null and data_length is not 0
 * \retval PSA_ERROR_NOT_SUPPORTED        a flag is unknown
 * \retval PSA_ERROR_INSUFFICIENT_STORAGE no room
 * \retval PSA_ERROR_STORAGE_FAILURE      see above
 * \retval PSA_ERROR_GENERIC_ERROR        see above
 */
psa_status_t psa_ps_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                        psa_storage_create_flags_t create_flags);

/**
 * \brief Read from an entry. Section "Protected Storage API".
 *
 * \param uid           name of the entry
 * \param data_offset   first byte to read; may be the length of the data
 * \param data_size     most bytes to read; fewer if the data ends
 * \param p_data        where the bytes go, of data_size bytes; what is beyond those read stays
 * \param p_data_length how many were read; 0 on failure
 *
 * \retval PSA_SUCCESS                 read, perhaps nothing
 * \retval PSA_ERROR_INVALID_ARGUMENT  uid is 0, data_offset lies beyond the data, or a pointer is null
 * \retval PSA_ERROR_DOES_NOT_EXIST    no entry of this name
 * \retval PSA_ERROR_STORAGE_FAILURE   see above
 * \retval PSA_ERROR_GENERIC_ERROR     see above
 * \retval PSA_ERROR_DATA_CORRUPT      see above
 * \retval PSA_ERROR_INVALID_SIGNATURE see above
 */
psa_status_t psa_ps_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                        size_t *p_data_length);

/**
 * \brief Ask for size, capacity and flags of an entry. Section "Protected Storage API".
 *
 * \param uid    name of the entry
 * \param p_info the answer; all zero on failure
 *
 * \retval PSA_SUCCESS                 answered
 * \retval PSA_ERROR_INVALID_ARGUMENT  uid is 0, or p_info is null
 * \retval PSA_ERROR_DOES_NOT_EXIST    no entry of this name
 * \retval PSA_ERROR_STORAGE_FAILURE   see above
 * \retval PSA_ERROR_GENERIC_ERROR     see above
 * \retval PSA_ERROR_DATA_CORRUPT      see above
 * \retval PSA_ERROR_INVALID_SIGNATURE see above
 */
psa_status_t psa_ps_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info);

/**
 * \brief Remove an entry. Section "Protected Storage API".
 *
 * \param uid name of the entry
 *
 * \retval PSA_SUCCESS                removed
 * \retval PSA_ERROR_DOES_NOT_EXIST   no entry of this name
 * \retval PSA_ERROR_INVALID_ARGUMENT uid is 0
 * \retval PSA_ERROR_NOT_PERMITTED    the entry is write-once
 * \retval PSA_ERROR_STORAGE_FAILURE  see above
 * \retval PSA_ERROR_GENERIC_ERROR    see above
 */
psa_status_t psa_ps_remove(psa_storage_uid_t uid);

/**
 * \brief Reserve room for an entry that psa_ps_set_extended() then fills. Section "Protected Storage API".
 *
 * \param uid          name of the entry, not 0 and not in use
 * \param capacity     bytes to reserve
 * \param create_flags PSA_STORAGE_FLAG_xxx but write-once
 *
 * \retval PSA_SUCCESS                    the entry is there, with no data
 * \retval PSA_ERROR_INSUFFICIENT_STORAGE no room for so much
 * \retval PSA_ERROR_NOT_SUPPORTED        a flag is unknown, or write-once
 * \retval PSA_ERROR_INVALID_ARGUMENT     uid is 0
 * \retval PSA_ERROR_ALREADY_EXISTS       there is an entry of this name
 * \retval PSA_ERROR_STORAGE_FAILURE      see above
 * \retval PSA_ERROR_GENERIC_ERROR        see above
 */
psa_status_t psa_ps_create(psa_storage_uid_t uid, size_t capacity, psa_storage_create_flags_t create_flags);

/**
 * \brief Write into an entry, within its capacity. Section "Protected Storage API".
 *
 * \param uid         name of the entry
 * \param data_offset first byte to write, at most the length of the data: no gaps
 * \param data_length bytes to write
 * \param p_data      the data
 *
 * \retval PSA_SUCCESS                 written
 * \retval PSA_ERROR_INVALID_ARGUMENT  uid is 0, there would be a gap, the end lies beyond the capacity, or
 *                                     p_data is null and data_length is not 0
 * \retval PSA_ERROR_DOES_NOT_EXIST    no entry of this name
 * \retval PSA_ERROR_NOT_SUPPORTED     the store of this build cannot do it
 * \retval PSA_ERROR_NOT_PERMITTED     the entry is write-once
 * \retval PSA_ERROR_STORAGE_FAILURE   see above
 * \retval PSA_ERROR_GENERIC_ERROR     see above
 * \retval PSA_ERROR_DATA_CORRUPT      see above
 * \retval PSA_ERROR_INVALID_SIGNATURE see above
 */
psa_status_t psa_ps_set_extended(psa_storage_uid_t uid, size_t data_offset, size_t data_length, const void *p_data);

/**
 * \brief Ask for the optional parts. Section "Protected Storage API".
 *
 * \return bit-wise OR of PSA_STORAGE_SUPPORT_xxx
 */
uint32_t psa_ps_get_support(void);

#ifdef __cplusplus
}
#endif

#endif /* PSA_PROTECTED_STORAGE_H */
