/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent: starts a worker for each implementation, lets them take turns on each row, and takes medians.
 * Writes a table to standard output, and results.csv and scaling.csv to the directory of the workers.
 *
 * usage: bench DIRECTORY [ROUNDS [MILLISECONDS of a turn [ROWS]]]
 * ROWS: only those whose name holds this
 */
#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rows.h"

enum goal { GOAL_NONE, GOAL_PRESET, GOAL_SETUP, GOAL_THREADS };

struct row {
    const char *label;
    size_t size;
    enum goal goal;
    double least;
};

#define ROW(family, label, size, algorithm, type, bits, openssl, ...) {label, size, __VA_ARGS__},
static const struct row rows[] = {ROWS(ROW) SCALING_ROWS(ROW)};
#define ONE(...) +1
#define SPEED_ROWS ((size_t)(0 ROWS(ONE)))
#define ALL_ROWS (sizeof(rows) / sizeof(rows[0]))

static struct worker {
    const char *name, *program, *argument;
    FILE *to, *from;
    pid_t process;
} workers[] = {
    {"psacrypto", "psacrypto", "", NULL, NULL, 0},
    {"OpenSSL", "openssl", "preset", NULL, NULL, 0},
    {"OpenSSL + key setup", "openssl", "setup", NULL, NULL, 0},
    {"Mbed TLS", "mbedtls", "", NULL, NULL, 0},
};

enum { OURS, OPENSSL_PRESET, OPENSSL_SETUP, MBEDTLS, WORKERS };

#define ROUNDS_MAX 1001

static unsigned rounds = 15;
static double turn = 8e6; /* ns */

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* ---- Workers ---- */

static const char *directory;

static void start(struct worker *worker)
{
    int in[2], out[2];
    char path[4096];

    (void)snprintf(path, sizeof(path), "%s/%s", directory, worker->program);
    if (access(path, X_OK) != 0) {
        fprintf(stderr, "%s is not there: its column stays empty\n", path);
        return;
    }
    if (pipe(in) != 0 || pipe(out) != 0 || (worker->process = fork()) < 0) {
        die("worker");
    }
    if (worker->process == 0) {
        if (dup2(in[0], 0) < 0 || dup2(out[1], 1) < 0) {
            die("dup2");
        }
        /* Other workers' pipes must not be held open here: a worker ends when its input does. */
        for (int fd = 3; fd < 64; fd++) {
            (void)close(fd);
        }
        (void)execl(path, worker->program, worker->argument, (char *)NULL);
        die(path);
    }
    (void)close(in[0]);
    (void)close(out[1]);
    worker->to = fdopen(in[1], "w");
    worker->from = fdopen(out[0], "r");
}

/* A worker that ended within a row, and said why, starts anew: the row is not for it. */
static void start_again(struct worker *worker, size_t row)
{
    fprintf(stderr, "%s stopped at \"%s\" %zu\n", worker->name, rows[row].label, rows[row].size);
    (void)fclose(worker->to);
    (void)fclose(worker->from);
    worker->to = NULL;
    (void)waitpid(worker->process, NULL, 0);
    start(worker);
}

/* One line there, one back. */
static int ask(struct worker *worker, char answer[64], const char *command, size_t row, size_t iterations, unsigned threads)
{
    if (worker->to == NULL) {
        return -1;
    }
    if (fprintf(worker->to, "%s %zu %zu %u\n", command, row, iterations, threads) < 0 || fflush(worker->to) != 0 ||
        fgets(answer, 64, worker->from) == NULL) {
        start_again(worker, row);
        return -1;
    }
    return 0;
}

/* Of the threads that ran: what they spent on a CPU, and what there was for them. */
static double time_used, time_given;

/* What a turn took is the time on a CPU, which other programs disturb little; how threads get on with each other shows on the
 * clock alone. */
static int by_the_clock;

static double run(struct worker *worker, size_t row, size_t iterations, unsigned threads)
{
    char answer[64], *rest;
    if (ask(worker, answer, "run", row, iterations, threads) != 0) {
        return 0;
    }
    double time = strtod(answer, &rest);
    double used = strtod(rest, NULL);
    time_used += used;
    time_given += time * threads;
    return by_the_clock ? time : used;
}

/* Since the last call. Figures of a busy machine say little, those of two threads nothing. */
static void print_load(void)
{
    if (time_given <= 0) {
        return; /* no row was asked for */
    }
    printf("\nThe threads had a CPU for %.0f%% of the time%s\n", 100 * time_used / time_given,
           time_used / time_given < 0.97 ? ": other programs were running, these figures are not to be trusted" : "");
    time_used = time_given = 0;
}

/* How many iterations fill a turn; 0: it cannot. */
static size_t calibrate(struct worker *worker, size_t row)
{
    size_t iterations = 1;
    for (;;) {
        double time = run(worker, row, iterations, 1);
        if (time <= 0) {
            return 0;
        }
        if (time >= turn / 4) {
            double wanted = (double)iterations * turn / time;
            return wanted < 1 ? 1 : (size_t)wanted;
        }
        iterations *= 2;
    }
}

/* ---- Rows ---- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof(*values), compare);
    return count % 2 != 0 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* Medians of ns per call for `count` turns that alternate: worker[i] with threads[i]. 0: not there. */
static void measure(size_t row, size_t count, struct worker *const worker[], const unsigned threads[], double result[])
{
    static double samples[WORKERS][ROUNDS_MAX];
    size_t iterations[WORKERS] = {0};
    char answer[64];

    for (size_t i = 0; i < count; i++) {
        if (i > 0 && worker[i] == worker[i - 1]) {
            iterations[i] = iterations[i - 1];
        } else if (ask(worker[i], answer, "prepare", row, 0, 0) == 0 && strcmp(answer, "ok\n") == 0) {
            iterations[i] = calibrate(worker[i], row);
        }
    }
    for (unsigned round = 0; round < rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            samples[i][round] = iterations[i] == 0 ? 0 : run(worker[i], row, iterations[i], threads[i]) / (double)iterations[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        result[i] = median(samples[i], rounds);
        if (i == 0 || worker[i] != worker[i - 1]) {
            (void)ask(worker[i], answer, "finish", row, 0, 0);
        }
    }
}

static unsigned goals, met;
/* Beside Mbed TLS; less than 3 % is no difference that medians can show. */
static unsigned with_mbedtls, behind_mbedtls;
static const double noise = 0.97;

static void print_goal(enum goal goal, double reached, double least)
{
    if (goal != GOAL_NONE && reached > 0) {
        goals++;
        met += reached >= least;
        printf("  %.2f, wanted %.2f: %s", reached, least, reached >= least ? "met" : "BELOW");
    }
    puts("");
    (void)fflush(stdout);
}

static void speed_row(size_t index, FILE *csv)
{
    struct worker *const all[WORKERS] = {&workers[0], &workers[1], &workers[2], &workers[3]};
    static const unsigned one[WORKERS] = {1, 1, 1, 1};
    const struct row *row = &rows[index];
    double time[WORKERS];

    measure(index, WORKERS, all, one, time);
    printf("%-20s %8zu", row->label, row->size);
    for (unsigned i = 0; i < WORKERS; i++) {
        if (time[i] > 0) {
            printf(" %12.1f", time[i]);
            fprintf(csv, "%s,%zu,%s,%.2f\n", row->label, row->size, workers[i].name, time[i]);
        } else {
            printf(" %12s", "-");
        }
    }
    for (unsigned i = OPENSSL_PRESET; i < WORKERS; i++) {
        if (time[i] > 0 && time[OURS] > 0) {
            printf(" %7.2f", time[i] / time[OURS]);
        } else {
            printf(" %7s", "-");
        }
    }
    if (time[OURS] > 0 && time[MBEDTLS] > 0) {
        with_mbedtls++;
        behind_mbedtls += time[MBEDTLS] < noise * time[OURS];
    }
    double beside = time[row->goal == GOAL_SETUP ? OPENSSL_SETUP : OPENSSL_PRESET];
    print_goal(row->goal, time[OURS] > 0 ? beside / time[OURS] : 0, row->least);
}

static void scaling_row(size_t index, FILE *csv)
{
    static const unsigned threads[] = {1, 2};
    const struct row *row = &rows[index];

    printf("%-20s %8zu", row->label, row->size);
    double ours = 0;
    for (unsigned i = OURS; i <= OPENSSL_PRESET; i++) {
        struct worker *const both[] = {&workers[i], &workers[i]};
        double time[2];
        measure(index, 2, both, threads, time);
        if (time[0] > 0 && time[1] > 0) {
            double together = 2 * time[0] / time[1];
            ours = i == OURS ? together : ours;
            printf(" %10.1f %10.1f %5.2f", time[0], time[1], together);
            fprintf(csv, "%s,%zu,%s,%.2f,%.2f,%.3f\n", row->label, row->size, workers[i].name, time[0], time[1], together);
        } else {
            printf(" %10s %10s %5s", "-", "-", "-");
        }
    }
    print_goal(row->goal, ours, row->least);
}

static FILE *open_csv(const char *directory, const char *name, const char *header)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%s", directory, name);
    FILE *csv = fopen(path, "w");
    if (csv == NULL) {
        die(path);
    }
    fputs(header, csv);
    return csv;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bench DIRECTORY [ROUNDS [MILLISECONDS [ROWS]]]\n");
        return 2;
    }
    rounds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : rounds;
    turn = argc > 3 ? strtod(argv[3], NULL) * 1e6 : turn;
    if (rounds < 1 || rounds > ROUNDS_MAX || turn < 1e4) {
        fprintf(stderr, "bench: 1 to %d rounds of at least 0.01 ms\n", ROUNDS_MAX);
        return 2;
    }
    const char *only = argc > 4 ? argv[4] : "";
    directory = argv[1];
    (void)signal(SIGPIPE, SIG_IGN);
    for (unsigned i = 0; i < WORKERS; i++) {
        start(&workers[i]);
    }

    FILE *csv = open_csv(argv[1], "results.csv", "row,bytes,implementation,ns\n");
    printf("Medians of %u interleaved rounds, ns on a CPU per call; then the speed of psacrypto beside each other (above 1: faster)\n\n", rounds);
    printf("%-20s %8s %12s %12s %12s %12s %7s %7s %7s\n", "", "bytes", "psacrypto", "OpenSSL", "O. + setup", "Mbed TLS", "/ O.", "/ O.+s", "/ Mbed");
    for (size_t i = 0; i < SPEED_ROWS; i++) {
        if (strstr(rows[i].label, only) != NULL) {
            speed_row(i, csv);
        }
    }
    print_load();
    (void)fclose(csv);

    csv = open_csv(argv[1], "scaling.csv", "row,bytes,implementation,ns_one_thread,ns_two_threads,together\n");
    by_the_clock = 1;
    printf("\nOne thread, and two at once: ns per call of a thread; then what both do together beside what one does\n\n");
    printf("%-20s %8s %10s %10s %5s %10s %10s %5s\n", "", "bytes", "psacrypto", "two", "", "OpenSSL", "two", "");
    for (size_t i = SPEED_ROWS; i < ALL_ROWS; i++) {
        if (strstr(rows[i].label, only) != NULL) {
            scaling_row(i, csv);
        }
    }
    print_load();
    (void)fclose(csv);

    int status = 0;
    for (unsigned i = 0; i < WORKERS; i++) {
        if (workers[i].to != NULL) {
            (void)fclose(workers[i].to);
        } else {
            status |= i == OURS;
        }
    }
    while (wait(NULL) > 0) {
    }
    printf("\n%u of %u goals met; %u of %u rows behind Mbed TLS\n", met, goals, behind_mbedtls, with_mbedtls);
    return status;
}
