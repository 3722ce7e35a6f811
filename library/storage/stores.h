/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stores of this build. The store of a program that chooses none is the first of these that the build has:
 *
 *   PSACRYPTO_STORE_CUSTOM   the program's own, linked in
 *   PSACRYPTO_STORE_PSA_ITS  the platform's psa_its_*()
 *   PSACRYPTO_STORE_POSIX    a directory
 *   PSACRYPTO_STORE_RAM      memory
 */
#ifndef STORAGE_STORES_H
#define STORAGE_STORES_H

#include <psacrypto/config.h>
#include <psacrypto/store.h>

/* NULL where the build has no store. *instance: what to open it with. */
const struct psacrypto_store *default_store(void **instance);

/* PSA_ERROR_NOT_SUPPORTED where the build has no store in directories. */
psa_status_t default_set_directory(const char *path);

/* Mutexes of stores must not be held by another thread while the process forks. */
void stores_before_fork(void);
void stores_after_fork(void);

#endif
