/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the tests of the storage layer: directories, system calls that fail, stores that count. */
#ifndef TESTS_STORAGE_SUPPORT_H
#define TESTS_STORAGE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <psacrypto/store.h>

#include "storage/posix_calls.h"

/*
 * For tests in which threads of one process wait for each other's open-file-description locks: Valgrind 3.19 does not
 * know that F_OFD_SETLKW waits, and lets no other thread run meanwhile.
 */
void skip_under_valgrind(void);

/* ---- Directories ---- */

/* A new directory of mode 0700; for directory_remove(). */
char *directory_make(void);
/* With all in it, whatever its modes. Frees path. */
void directory_remove(char *path);
/* directory/file; the text is overwritten by the fourth call after it. */
const char *path_join(const char *directory, const char *file);

/* Whole files; *length may be NULL. file_read() answers NULL where there is none, else memory for free(). */
uint8_t *file_read(const char *path, size_t *length);
void file_write(const char *path, const uint8_t *data, size_t length);
/* How many entries a directory has whose name starts with prefix; -1: there is no directory. */
int directory_count(const char *path, const char *prefix);

/* ---- System calls that fail ---- */

enum fault_call {
    FAULT_OPENAT, FAULT_CLOSE, FAULT_DUPLICATE, FAULT_LOCK, FAULT_READ, FAULT_PREAD, FAULT_WRITE, FAULT_PWRITE, FAULT_FSYNC, FAULT_FSTAT,
    FAULT_FSTATAT, FAULT_MKDIRAT, FAULT_LINKAT, FAULT_RENAMEAT, FAULT_UNLINKAT, FAULT_MMAP, FAULT_MUNMAP, FAULT_FDOPENDIR,
    FAULT_READDIR, FAULT_CLOSEDIR, FAULT_GETCWD, FAULT_CLOCK, FAULT_CALLS
};

struct faults {
    long fail_at;        /* number of the call that fails, 1 up; 0: none */
    int fail_first[FAULT_CALLS]; /* the next call of this kind fails */
    int error;           /* errno of that call */
    long exit_at;        /* number of the call instead of which the process ends; 0: none */
    int interrupt;       /* every call that can be interrupted is, once, before it is done */
    size_t io_most;      /* bytes that a read or write does at once; 0: all */
    long calls;          /* how many there were */
    long failed[FAULT_CALLS]; /* how often each kind was made to fail */
    char trace[512];     /* a letter per call, of those whose order matters: see support.c */
    size_t trace_length;
};

extern struct faults faults;

/* The table with faults comes into use; faults are all zero. */
void faults_begin(void);
/* The system's own again. */
void faults_end(void);

/* ---- Stores ---- */

/* What psacrypto/store.h promises of any store, empty at first. Leaves it empty and closed. */
void store_contract(const struct psacrypto_store *store, void *instance);

/* Several threads at once on one opened instance: each sees its own objects as it left them, and whole ones of others. */
void store_threads(const struct psacrypto_store *store, void *instance);

/* The RAM store with a counter and a root key of its own, as a device has them. */
struct device_store {
    struct psacrypto_store_ram_space space;
    uint64_t counter;
    uint8_t root[32];
    long fail_at;        /* number of the put, remove or count that fails; 0: none */
    int lose_power;      /* from the failure on, nothing is written any more */
    long writes;
};

extern const struct psacrypto_store device_store;

#endif
