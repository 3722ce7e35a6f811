/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/store.h
 * \brief What a store is: the contract between the library and whatever keeps bytes across restarts.
 *
 * A store holds small objects under names. It never knows what a key is. The library brings
 * three (POSIX directory, Mbed TLS's file layout, RAM) and can run on the psa_its_* of a platform; a
 * program gives its own with psacrypto_set_store().
 *
 * Rules
 * - put is atomic: after a crash the object is the old one or the new one, and once put has answered
 *   PSA_SUCCESS it is the new one, also after a loss of power (as far as the medium can promise).
 * - Exclusive creation (PSACRYPTO_STORE_CREATE) holds between threads and between processes.
 * - A damaged object is PSA_ERROR_DATA_CORRUPT, an unreadable one PSA_ERROR_STORAGE_FAILURE, a full
 *   store PSA_ERROR_INSUFFICIENT_STORAGE, an absent one PSA_ERROR_DOES_NOT_EXIST. Never the wrong bytes.
 * - Functions are thread-safe. lock() is what serialises longer work.
 */
#ifndef PSACRYPTO_STORE_H
#define PSACRYPTO_STORE_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>
#include <psacrypto/config.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PSACRYPTO_STORE_ABI 1u

/** Longest path of a store's directory, in bytes without the terminating zero. */
#define PSACRYPTO_STORE_PATH_MAX 1000u

/** Namespaces: psa_its_set(5) cannot touch key 5. */
typedef enum {
    PSACRYPTO_SPACE_KEY = 1,     /**< key records; uid is the key id */
    PSACRYPTO_SPACE_ITS = 2,     /**< psa_its_*() */
    PSACRYPTO_SPACE_PS = 3,      /**< psa_ps_*(), sealed */
    PSACRYPTO_SPACE_DRIVER = 4,  /**< state of drivers; uid is location << 32 | number */
    PSACRYPTO_SPACE_JOURNAL = 5, /**< steps under way; uid 1 to 8 */
    PSACRYPTO_SPACE_SYSTEM = 6   /**< uid 1: non-volatile seed, 2: root key, 3: rollback state */
} psacrypto_store_space_t;

struct psacrypto_store_name {
    uint32_t space; /**< psacrypto_store_space_t */
    int32_t owner;  /**< 0 unless a service acts for several clients */
    uint64_t uid;   /**< never 0 */
};

struct psacrypto_store_info {
    size_t size;    /**< bytes of data */
    uint32_t flags; /**< what put was given as object flags */
};

/** put: fails with PSA_ERROR_ALREADY_EXISTS where the object exists. */
#define PSACRYPTO_STORE_CREATE 0x00000001u

/** Capabilities. */
#define PSACRYPTO_STORE_CAN_ENUMERATE 0x00000001u
#define PSACRYPTO_STORE_CAN_LOCK 0x00000002u      /**< there is lock(), and it holds between processes */
#define PSACRYPTO_STORE_CAN_COUNT 0x00000004u     /**< counters that survive and only grow */
#define PSACRYPTO_STORE_CAN_ROOT_KEY 0x00000008u  /**< root_key() gives a secret that is not in the store */
#define PSACRYPTO_STORE_MBED_RECORDS 0x00000010u  /**< keys are kept in Mbed TLS's record layout */

struct psacrypto_store {
    uint32_t abi;   /**< PSACRYPTO_STORE_ABI */
    uint32_t size;  /**< sizeof(struct psacrypto_store) */
    uint32_t flags; /**< PSACRYPTO_STORE_CAN_* */
    const char *name;

    /** Called before the first use; may be called again after close. A failure is not final: the next call that
     *  needs the store opens again. */
    psa_status_t (*open)(void *instance);
    void (*close)(void *instance);

    /** size and flags of an object. */
    psa_status_t (*info)(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info);
    /** Bytes from offset on: *data_length = min(data_size, size - offset). offset > size: INVALID_ARGUMENT.
     *  The whole object is checked (checksum) whatever part is asked for. On failure *data_length is 0, and what was
     *  written to data is wiped. */
    psa_status_t (*get)(void *instance, const struct psacrypto_store_name *name, size_t offset,
                        void *data, size_t data_size, size_t *data_length);
    /** Create or replace. object_flags are kept with the object. */
    psa_status_t (*put)(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                        const void *data, size_t data_length, uint32_t put_flags);
    /** Removes a damaged object like any other. */
    psa_status_t (*remove)(void *instance, const struct psacrypto_store_name *name);
    /** Enumeration: the name that follows *name in the order (space, owner, uid) within name->space (owner INT32_MIN
     *  and uid 0 start; owners are compared as signed numbers); PSA_ERROR_DOES_NOT_EXIST at the end. *name need
     *  not exist: enumeration may remove as it goes. NULL where PSACRYPTO_STORE_CAN_ENUMERATE is not set. */
    psa_status_t (*next)(void *instance, struct psacrypto_store_name *name);

    /** One exclusive lock over the store, between processes; not recursive; a dead process holds nothing. The library
     *  calls it from one thread at a time. get, info, put, remove and next may be called with or without it. Both
     *  NULL where there are no other processes (PSACRYPTO_STORE_CAN_LOCK is not set). */
    psa_status_t (*lock)(void *instance);
    void (*unlock)(void *instance);

    /** Changes whenever any process changes the space of keys. Asked at each use of a key from the store: it should
     *  cost no system call. NULL: never changed from outside. */
    uint64_t (*generation)(void *instance);

    /** Monotonic counter number index: its value, incremented first if increment is not 0. The library uses number 0,
     *  for psa_ps_*(): two increments for each change of an entry. NULL without PSACRYPTO_STORE_CAN_COUNT. */
    psa_status_t (*counter)(void *instance, uint32_t index, int increment, uint64_t *value);
    /** 32 secret bytes that are bound to the device, always the same. NULL without PSACRYPTO_STORE_CAN_ROOT_KEY. */
    psa_status_t (*root_key)(void *instance, uint8_t key[32]);
};

/**
 * \brief Choose the store, before psa_crypto_init() (or the first psa_its_*() or psa_ps_*() call).
 *
 * \param store     Kept by reference. NULL: back to the default of the build.
 * \param instance  First argument of every call.
 *
 * \retval PSA_ERROR_INVALID_ARGUMENT  abi or size is not what this library was built with, or a function is missing.
 * \retval PSA_ERROR_BAD_STATE         a store is in use already: call psacrypto_shutdown() first.
 *
 * Not thread-safe.
 */
psa_status_t psacrypto_set_store(const struct psacrypto_store *store, void *instance);

/** The directory store: one 0700 directory per space, one 0600 file per object. */
extern const struct psacrypto_store psacrypto_store_posix;
/** Mbed TLS's file layout for keys, in one directory: keys of a device move over, or stay shared. Everything else
 *  lies in its subdirectory "psacrypto", in the form of psacrypto_store_posix. */
extern const struct psacrypto_store psacrypto_store_mbed;

/** Instance of psacrypto_store_posix and psacrypto_store_mbed. */
struct psacrypto_store_directory {
    const char *path;      /**< NULL: the environment's PSACRYPTO_STORE (read as secure_getenv() does), else the
                                user's state directory; psacrypto_store_mbed: the working directory */
    uint64_t private_data[16]; /**< zero at first */
};

/** The psa_its_*() of the platform (PSACRYPTO_STORE_PSA_ITS): no enumeration, no lock, no instance. */
extern const struct psacrypto_store psacrypto_store_its;

#if PSACRYPTO_STORE_CUSTOM
/** The program's own store, linked in (PSACRYPTO_STORE_CUSTOM): the program defines both, and they are the default. */
extern const struct psacrypto_store psacrypto_store_custom;
extern void *const psacrypto_store_custom_instance;
#endif

/** Memory of the program: for tests and for devices whose keys may be lost. */
extern const struct psacrypto_store psacrypto_store_ram;

/** Instance of psacrypto_store_ram. */
struct psacrypto_store_ram_space {
    size_t quota;          /**< bytes of all objects together, their bookkeeping included; 0: as much as there is */
    uint64_t private_data[8]; /**< zero at first */
};

/** Forget, and wipe, every object. They outlive psacrypto_shutdown(), so call this before the space itself goes. */
void psacrypto_store_ram_clear(struct psacrypto_store_ram_space *space);

/**
 * \brief Choose the directory of the default store, before psa_crypto_init().
 *
 * \param path  Copied. NULL: back to PSACRYPTO_STORE, else the user's state directory.
 *
 * \retval PSA_ERROR_INVALID_ARGUMENT  empty, or longer than PSACRYPTO_STORE_PATH_MAX.
 * \retval PSA_ERROR_BAD_STATE         a store is in use already.
 * \retval PSA_ERROR_NOT_SUPPORTED     this build has no store in directories.
 */
psa_status_t psacrypto_set_store_directory(const char *path);

/** One object that psacrypto_store_check() found damaged, or sealed under another root key. */
typedef void (*psacrypto_store_problem_t)(void *context, const struct psacrypto_store_name *name, psa_status_t status);

/**
 * \brief Read every object of the store and check it: checksum, key record, seal.
 *
 * \param problem  Called for each damaged object; may be NULL.
 * \param objects  Objects that were read; may be NULL.
 *
 * \retval PSA_SUCCESS               all objects are sound.
 * \retval PSA_ERROR_DATA_CORRUPT    at least one is not.
 * \retval PSA_ERROR_NOT_SUPPORTED   the store cannot enumerate.
 * \retval PSA_ERROR_STORAGE_FAILURE the store cannot be opened or listed.
 *
 * Thread-safe. Calls psa_crypto_init() where nobody has: the seals need it.
 */
psa_status_t psacrypto_store_check(psacrypto_store_problem_t problem, void *context, size_t *objects);

/** Receives (write) or gives (read) the next bytes of a backup; read answers 0 at the end in *length. */
typedef psa_status_t (*psacrypto_store_write_t)(void *context, const void *data, size_t length);
typedef psa_status_t (*psacrypto_store_read_t)(void *context, void *data, size_t size, size_t *length);

/**
 * \brief Write the whole store to a stream (docs/storage.md has the format): self-contained, checksummed.
 *
 * The backup holds the keys as the store holds them: keep it as safe as the store itself. A blob of a secure
 * element is of use only beside that element, and what is sealed under the root key of a device only on that device.
 * What must not come back is left out: the random generator's seed, the journal, the rollback state.
 * The store's lock is held meanwhile: write must not call the library.
 *
 * \retval PSA_ERROR_DATA_CORRUPT    an object is damaged; the stream, cut short there, will not restore.
 * \retval PSA_ERROR_NOT_SUPPORTED   the store cannot enumerate.
 * \retval (other)                   what write answered, or PSA_ERROR_STORAGE_FAILURE.
 */
psa_status_t psacrypto_store_backup(psacrypto_store_write_t write, void *context);

/**
 * \brief Put back what psacrypto_store_backup() wrote. The whole stream is checked before the first object is written.
 *
 * The root key that a store made for itself is never replaced: what psa_ps_*() keeps is opened under the root key in
 * the backup and sealed again under that of the store. The stream is held in memory until it is written.
 *
 * \param replace  0: an object that exists stays, and the answer is PSA_ERROR_ALREADY_EXISTS at the end.
 *
 * \retval PSA_ERROR_DATA_CORRUPT      the stream is damaged or cut: nothing was written.
 * \retval PSA_ERROR_DATA_INVALID      the stream is of a later version, or of a store that keeps its keys in another
 *                                     form (PSACRYPTO_STORE_MBED_RECORDS, CAN_ROOT_KEY): nothing was written.
 * \retval PSA_ERROR_INVALID_SIGNATURE what psa_ps_*() keeps was sealed by another device: nothing was written.
 * \retval (other)                     what read answered: nothing was written; or the failure of the store: some
 *                                     objects may have been written, and restoring again is safe.
 *
 * Call it while no key is in use: keys that are in memory are not exchanged.
 */
psa_status_t psacrypto_store_restore(psacrypto_store_read_t read, void *context, int replace);

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_STORE_H */
