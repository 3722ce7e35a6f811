/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A worker is a program that holds one implementation and measures what the parent (bench.c) asks for, so that
 * libraries whose symbols clash can be compared, and so that their turns can alternate.
 *
 * Lines on standard input:              lines on standard output:
 *   prepare ROW                           ok, or no (the implementation does not have it)
 *   run ROW ITERATIONS THREADS            nanoseconds from the first thread's start to the last one's end; nanoseconds
 *                                         that all of them spent on a CPU, which is less where other programs run
 *   finish ROW                            ok
 * ROW counts the lines of ROWS and then those of SCALING_ROWS. The worker ends when its input does.
 */
#ifndef BENCHMARKS_WORKER_H
#define BENCHMARKS_WORKER_H

#include <stddef.h>
#include <stdint.h>

struct worker_row {
    /* 0, or not: the implementation does not have it. Keeps its state in static variables: one row is prepared at a time. */
    int (*prepare)(const struct worker_row *row);
    /* Runs in several threads at once, thread counts from 0. Exits the process on a failure. */
    void (*run)(const struct worker_row *row, size_t iterations, unsigned thread);
    void (*finish)(const struct worker_row *row);
    size_t size;
    uint32_t algorithm;
    uint16_t type;
    size_t bits;
    const char *openssl;
};

#define WORKER_THREADS 8

/* Iterations of PBKDF2: so many that what comes before them does not show. */
#define PBKDF2_COST 1000

int worker_main(const struct worker_row *rows, size_t count);

/* Ends the process, naming what failed. */
void worker_check(int ok, const char *what);

#endif
