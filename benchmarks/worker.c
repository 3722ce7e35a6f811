/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* affinity */

#include "worker.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void worker_check(int ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "benchmark: %s failed\n", what);
        exit(1);
    }
}

static uint64_t read_clock(clockid_t clock)
{
    struct timespec time;
    (void)clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

struct share {
    const struct worker_row *row;
    size_t iterations;
    unsigned thread, threads;
    pthread_barrier_t *start;
    uint64_t begin, end;
    uint64_t busy;        /* time on a CPU */
};

/* Threads that start together begin on one CPU, and a turn is over before the scheduler has parted them. */
static void part_threads(const struct share *share)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (share->threads > 1 && count > 1) {
        cpu_set_t cpus;
        CPU_ZERO(&cpus);
        CPU_SET(share->thread % (unsigned)count, &cpus);
        (void)pthread_setaffinity_np(pthread_self(), sizeof(cpus), &cpus);
    }
}

static void *run_share(void *argument)
{
    struct share *share = argument;
    part_threads(share);
    /* A turn before the clock starts: what a thread sets up once (its DRBG) is not what is measured. */
    share->row->run(share->row, 1, share->thread);
    (void)pthread_barrier_wait(share->start);
    uint64_t busy = read_clock(CLOCK_THREAD_CPUTIME_ID);
    share->begin = read_clock(CLOCK_MONOTONIC);
    share->row->run(share->row, share->iterations, share->thread);
    share->end = read_clock(CLOCK_MONOTONIC);
    share->busy = read_clock(CLOCK_THREAD_CPUTIME_ID) - busy;
    return NULL;
}

static uint64_t run_threads(const struct worker_row *row, size_t iterations, unsigned threads, uint64_t *busy)
{
    struct share shares[WORKER_THREADS];
    pthread_t ids[WORKER_THREADS];
    pthread_barrier_t start;
    uint64_t begin = UINT64_MAX, end = 0;

    worker_check(threads > 0 && threads <= WORKER_THREADS && pthread_barrier_init(&start, NULL, threads) == 0, "threads");
    for (unsigned i = 0; i < threads; i++) {
        shares[i] = (struct share){row, iterations, i, threads, &start, 0, 0, 0};
        worker_check(pthread_create(&ids[i], NULL, run_share, &shares[i]) == 0, "pthread_create");
    }
    for (unsigned i = 0; i < threads; i++) {
        (void)pthread_join(ids[i], NULL);
        begin = shares[i].begin < begin ? shares[i].begin : begin;
        end = shares[i].end > end ? shares[i].end : end;
        *busy += shares[i].busy;
    }
    (void)pthread_barrier_destroy(&start);
    return end - begin;
}

int worker_main(const struct worker_row *rows, size_t count)
{
    char line[128], command[16];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        unsigned long index = 0, iterations = 0;
        unsigned threads = 1;
        worker_check(sscanf(line, "%15s %lu %lu %u", command, &index, &iterations, &threads) >= 2 && index < count, line);
        const struct worker_row *row = &rows[index];
        if (strcmp(command, "prepare") == 0) {
            puts(row->prepare != NULL && row->prepare(row) == 0 ? "ok" : "no");
        } else if (strcmp(command, "run") == 0) {
            uint64_t busy = 0, time = run_threads(row, iterations, threads, &busy);
            printf("%llu %llu\n", (unsigned long long)time, (unsigned long long)busy);
        } else {
            if (row->finish != NULL) {
                row->finish(row);
            }
            puts("ok");
        }
        (void)fflush(stdout);
    }
    return 0;
}
