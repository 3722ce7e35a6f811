/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plugin's view: the shared library is opened, used by threads, and closed before they end. What the library does at the end of a
 * thread must still be there then.
 * usage: dlopen libpsacrypto.so
 */
#define _POSIX_C_SOURCE 200809L

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <psa/crypto.h>

#define THREADS 4

static pthread_barrier_t used, closed;
static psa_status_t (*generate)(uint8_t *output, size_t output_size);

static void need(int right, const char *what)
{
    if (!right) {
        fprintf(stderr, "failed: %s\n", what);
        exit(1);
    }
}

static void *use(void *argument)
{
    uint8_t bytes[32];

    need(generate(bytes, sizeof(bytes)) == PSA_SUCCESS, "psa_generate_random()");
    (void)pthread_barrier_wait(&used);
    (void)pthread_barrier_wait(&closed);
    return argument;
}

/* C99 has no conversion of a data pointer to a function pointer; POSIX says that this one works. */
static void *open_library(const char *path, psa_status_t (**init)(void))
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    need(library != NULL, "dlopen()");
    *(void **)init = dlsym(library, "psa_crypto_init");
    *(void **)&generate = dlsym(library, "psa_generate_random");
    need(*init != NULL && generate != NULL, "dlsym()");
    return library;
}

static void once(const char *path)
{
    pthread_t threads[THREADS];
    psa_status_t (*init)(void);
    void *library = open_library(path, &init);

    need(init() == PSA_SUCCESS, "psa_crypto_init()");
    for (int i = 0; i < THREADS; i++) {
        need(pthread_create(&threads[i], NULL, use, NULL) == 0, "pthread_create()");
    }
    (void)pthread_barrier_wait(&used);
    need(dlclose(library) == 0, "dlclose()");
    (void)pthread_barrier_wait(&closed);
    for (int i = 0; i < THREADS; i++) {
        need(pthread_join(threads[i], NULL) == 0, "pthread_join()");
    }
}

int main(int argc, char **argv)
{
    need(argc == 2, "usage: dlopen libpsacrypto.so");
    need(pthread_barrier_init(&used, NULL, THREADS + 1) == 0 && pthread_barrier_init(&closed, NULL, THREADS + 1) == 0, "barriers");
    for (int i = 0; i < 50; i++) {
        once(argv[1]);
    }
    puts("opened and closed");
    return 0;
}
