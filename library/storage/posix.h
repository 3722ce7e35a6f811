/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The directory stores (store_posix.c, store_mbed.c) and their parts. Internal to them.
 *
 *   posix_path.c       which directory
 *   posix_directory.c  directories and descriptors, opened when they are first needed, checked for owner and mode
 *   posix_format.c     the form of an object's file: native, and that of Mbed TLS
 *   posix_file.c       reading an object
 *   posix_write.c      writing one: new file, fsync, link or rename, fsync of the directory
 *   posix_lock.c       locks between processes
 *   posix_changes.c    the file that tells other processes of a change
 *   posix_enumerate.c  listing
 *
 * Nothing is created by reading: a program that never writes leaves no directory behind.
 */
#ifndef STORAGE_POSIX_H
#define STORAGE_POSIX_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/store.h>

#include "storage/posix_calls.h"

/* Whether the build has a store in directories. */
#if PSACRYPTO_STORE_POSIX || PSACRYPTO_STORE_MBED
#define STORE_DIRECTORY 1
#else
#define STORE_DIRECTORY 0
#endif

#define POSIX_SPACES 7u         /* 1 to 6 are in use */
#define POSIX_NAME_SIZE 40u     /* of a file's name, with the terminating zero */
#define POSIX_HEADER_MAX 48u
#define POSIX_TRAILER_MAX 8u

/* The form of a file that holds an object. */
struct posix_format {
    size_t header_size;
    size_t trailer_size;
    uint64_t size_max;     /* of the data */
    int trailer_optional;  /* files of another library end with the data */
    mode_t refused_mode;   /* permission bits that make a file or its directory unsafe */
    void (*file_name)(char file[POSIX_NAME_SIZE], const struct psacrypto_store_name *name);
    /* Answers 0 if the file is not one of an object; name->space is given. */
    int (*parse_name)(const char *file, struct psacrypto_store_name *name);
    void (*pack)(uint8_t *header, const struct psacrypto_store_name *name, uint32_t flags, uint64_t size);
    psa_status_t (*unpack)(const uint8_t *header, const struct psacrypto_store_name *name, uint32_t *flags, uint64_t *size);
    /* crc is of the header and the data. */
    void (*pack_trailer)(uint8_t *trailer, uint32_t crc);
    int (*trailer_is_right)(const uint8_t *trailer, uint32_t crc);
    /* Whether these are a trailer's bytes, of whatever content; NULL unless the trailer is optional. */
    int (*is_trailer)(const uint8_t *trailer);
};

extern const struct posix_format posix_format_native;
extern const struct posix_format posix_format_mbed;

/* What tells one directory store from the other. */
struct posix_layout {
    const struct posix_format *key_format; /* all other spaces: native */
    const char *subdirectory;  /* of everything but keys below the store's directory; NULL: the directory itself */
    const char *key_directory; /* of keys below the store's directory; NULL: the directory itself */
    uint64_t key_max;          /* largest uid of a key */
    int from_environment;      /* path NULL: look for one; else the working directory */
};

struct posix_snapshot;

/*
 * An open store. Descriptors are -1 until they are needed, then published once and never changed, so that threads
 * use them without a lock.
 */
struct posix_store {
    const struct posix_layout *layout;
    char *path;                       /* absolute */
    int create_levels;                /* how many directories at the end of path may be created */
    int base;                         /* atomic: path */
    int root;                         /* atomic: path, or its subdirectory */
    int spaces[POSIX_SPACES];         /* atomic */
    uint32_t cleaned;                 /* atomic, a bit per space: left-over files were looked for */
    int lock_fd;                      /* of whoever holds the lock */
    int changes_fd;
    const uint64_t *changes;          /* atomic: mapped; NULL: not yet, or not here */
    struct posix_snapshot *snapshot;  /* atomic: taken out while in use */
    uint32_t temporary;               /* atomic: number of the next temporary file */
};

/* Where a store of this layout opens, as allocated text. given: what the program said, or NULL. */
psa_status_t posix_path_find(const struct posix_layout *layout, const char *given, char **path, int *create_levels);

/* A failed system call: errno as a status, with its reason. */
psa_status_t posix_failure(int error);

/* openat() that never answers 0, 1 or 2, which stray output would be written to; O_CLOEXEC. -1 and errno. */
int posix_open(int directory, const char *path, int flags, mode_t mode);

/* create: make what is not there. DOES_NOT_EXIST otherwise. The descriptor stays the store's. */
psa_status_t posix_root_directory(struct posix_store *store, int create, int *fd);
psa_status_t posix_space_directory(struct posix_store *store, uint32_t space, int create, int *fd);
void posix_directories_init(struct posix_store *store);
void posix_directories_close(struct posix_store *store);
const struct posix_format *posix_format_of(const struct posix_store *store, uint32_t space);

/* A regular file of ours, for reading. *size: of the file. */
psa_status_t posix_file_open(int directory, const char *file, const struct posix_format *format, int *fd, uint64_t *size);

psa_status_t posix_get_info(struct posix_store *store, const struct psacrypto_store_name *name, struct psacrypto_store_info *info);
psa_status_t posix_read_object(struct posix_store *store, const struct psacrypto_store_name *name, size_t offset,
                               uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t posix_write_object(struct posix_store *store, const struct psacrypto_store_name *name, uint32_t object_flags,
                                const uint8_t *data, size_t data_length, int create_only);
psa_status_t posix_remove_object(struct posix_store *store, const struct psacrypto_store_name *name);

/* The store's lock. */
psa_status_t posix_lock(struct posix_store *store);
void posix_unlock(struct posix_store *store);
/* Held by each process that has a temporary file. *fd is what posix_writers_leave() takes. */
psa_status_t posix_writers_enter(struct posix_store *store, int *fd);
void posix_writers_leave(int fd);
/* Alone: nobody writes now, and nobody starts. *fd is -1 where somebody does. */
psa_status_t posix_writers_exclude(struct posix_store *store, int *fd);

/* Opens the file of changes where it is or may be made; without it (a read-only medium) nothing is noticed. */
psa_status_t posix_changes_open(struct posix_store *store, int root, int create);
void posix_changes_close(struct posix_store *store);
/* what: POSIX_CHANGED_..., 0 for nothing. */
#define POSIX_CHANGED_KEY 1u   /* a key record */
#define POSIX_CHANGED_NAMES 2u /* there may be a new name */
psa_status_t posix_changes_tell(struct posix_store *store, unsigned what);
/* Changes with every name that may be new; posix_store_generation() with every change of a key. */
uint64_t posix_changes_names(struct posix_store *store);

psa_status_t posix_next(struct posix_store *store, struct psacrypto_store_name *name);
void posix_snapshot_free(struct posix_snapshot *snapshot);

#define POSIX_TEMPORARY_PREFIX ".psacrypto-"

/* A new file of a name that no other one has, and the name. */
psa_status_t posix_temporary_create(struct posix_store *store, int directory, char name[POSIX_NAME_SIZE], int *fd);
psa_status_t posix_write_all(int fd, const uint8_t *data, size_t length);

/* The functions of both stores; instance is struct psacrypto_store_directory. */
psa_status_t posix_store_open(void *instance, const struct posix_layout *layout);
struct posix_store *posix_store_of(void *instance);
void posix_store_close(void *instance);
psa_status_t posix_store_info(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info);
psa_status_t posix_store_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                             void *data, size_t data_size, size_t *data_length);
psa_status_t posix_store_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                             const void *data, size_t data_length, uint32_t put_flags);
psa_status_t posix_store_remove(void *instance, const struct psacrypto_store_name *name);
psa_status_t posix_store_next(void *instance, struct psacrypto_store_name *name);
psa_status_t posix_store_lock(void *instance);
void posix_store_unlock(void *instance);
uint64_t posix_store_generation(void *instance);

#endif
