/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/storage_common.h
 * \brief Definitions of the PSA Secure Storage API 1.0 that both storage interfaces share.
 */
#ifndef PSA_STORAGE_COMMON_H
#define PSA_STORAGE_COMMON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bit-wise OR of PSA_STORAGE_FLAG_xxx. */
typedef uint32_t psa_storage_create_flags_t;

/** Name of an entry. 0 is not a name. The two interfaces have separate name spaces. */
typedef uint64_t psa_storage_uid_t;

/** What is known about an entry. */
struct psa_storage_info_t {
    size_t capacity;                  /**< bytes reserved for the entry */
    size_t size;                      /**< bytes of data it holds */
    psa_storage_create_flags_t flags; /**< given when it was created */
};

/** No flag. */
#define PSA_STORAGE_FLAG_NONE 0u

/** The entry can neither be changed nor removed. */
#define PSA_STORAGE_FLAG_WRITE_ONCE (1u << 0)

/** The data is public: integrity is enough. */
#define PSA_STORAGE_FLAG_NO_CONFIDENTIALITY (1u << 1)

/** An older version of the entry put back in its place need not be noticed. */
#define PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION (1u << 2)

/** In psa_ps_get_support(): psa_ps_create() and psa_ps_set_extended() work. */
#define PSA_STORAGE_SUPPORT_SET_EXTENDED (1u << 0)

#ifdef __cplusplus
}
#endif

#endif /* PSA_STORAGE_COMMON_H */
