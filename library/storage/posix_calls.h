/* SPDX-License-Identifier: Apache-2.0 */
/* The system calls of the directory stores, in a table: tests make each of them fail in turn. */
#ifndef STORAGE_POSIX_CALLS_H
#define STORAGE_POSIX_CALLS_H

#include <dirent.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

struct posix_calls {
    int (*openat)(int directory, const char *path, int flags, mode_t mode);
    int (*close)(int fd);
    /* fcntl(F_DUPFD_CLOEXEC) and fcntl(F_OFD_SETLK, F_OFD_SETLKW) */
    int (*duplicate)(int fd, int lowest);
    int (*lock)(int fd, int command, struct flock *lock);
    ssize_t (*read)(int fd, void *data, size_t size);
    ssize_t (*pread)(int fd, void *data, size_t size, off_t offset);
    ssize_t (*write)(int fd, const void *data, size_t length);
    ssize_t (*pwrite)(int fd, const void *data, size_t length, off_t offset);
    int (*fsync)(int fd);
    int (*fstat)(int fd, struct stat *result);
    int (*fstatat)(int directory, const char *path, struct stat *result, int flags);
    int (*mkdirat)(int directory, const char *path, mode_t mode);
    int (*linkat)(int old_directory, const char *old_path, int new_directory, const char *new_path, int flags);
    int (*renameat)(int old_directory, const char *old_path, int new_directory, const char *new_path);
    int (*unlinkat)(int directory, const char *path, int flags);
    void *(*mmap)(void *address, size_t length, int protection, int flags, int fd, off_t offset);
    int (*munmap)(void *address, size_t length);
    DIR *(*fdopendir)(int fd);
    struct dirent *(*readdir)(DIR *directory);
    int (*closedir)(DIR *directory);
    char *(*getcwd)(char *path, size_t size);
    char *(*getenv)(const char *name);
    uid_t (*geteuid)(void);
    pid_t (*getpid)(void);
    int (*clock_gettime)(clockid_t clock, struct timespec *time);
};

/* What is in use: the system's own but in tests. */
extern const struct posix_calls *posix_calls;
extern const struct posix_calls posix_calls_system;

#endif
