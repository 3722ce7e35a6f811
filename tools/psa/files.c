/* SPDX-License-Identifier: Apache-2.0 */
/* Files and pipes. Nothing that is half done ever has the name of the result. */
#define _GNU_SOURCE

#include "psa.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Input ---- */

int input_open(struct input *input, const char *name)
{
    if (name == NULL || strcmp(name, "-") == 0) {
        input->descriptor = STDIN_FILENO;
        input->name = "standard input";
        return EXIT_DONE;
    }
    input->name = name;
    input->descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return input->descriptor < 0 ? fail_file(name) : EXIT_DONE;
}

int input_read(struct input *input, void *data, size_t size, size_t *length)
{
    *length = 0;
    while (*length < size) {
        ssize_t got = read(input->descriptor, (uint8_t *)data + *length, size - *length);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            return fail_file(input->name);
        }
        *length += got > 0 ? (size_t)got : 0;
    }
    return EXIT_DONE;
}

void input_close(struct input *input)
{
    if (input->descriptor > STDIN_FILENO) {
        (void)close(input->descriptor);
    }
    input->descriptor = -1;
}

/* ---- A temporary file is gone when the tool is stopped ---- */

static char *volatile to_remove;

static void on_signal(int number)
{
    char *name = to_remove;
    if (name != NULL) {
        (void)unlink(name);
    }
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static void remove_when_stopped(char *name)
{
    static const int signals[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXFSZ };
    to_remove = name;
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        struct sigaction action, old;
        memset(&action, 0, sizeof(action));
        action.sa_handler = on_signal;
        /* What the caller had ignored stays so. */
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL) {
            (void)sigaction(signals[i], &action, NULL);
        }
    }
}

/* ---- Output ---- */

/* "directory/.psa-XXXXXX" beside name. */
static char *temporary_name(const char *name)
{
    static const char template[] = ".psa-XXXXXX";
    const char *slash = strrchr(name, '/');
    size_t directory = slash == NULL ? 0 : (size_t)(slash - name) + 1u;
    char *temporary = malloc(directory + sizeof(template));
    if (temporary != NULL) {
        memcpy(temporary, name, directory);
        memcpy(temporary + directory, template, sizeof(template));
    }
    return temporary;
}

static int open_temporary(struct output *output)
{
    output->temporary = temporary_name(output->name);
    if (output->temporary == NULL) {
        return fail(EXIT_OTHER, "there is no memory left");
    }
    output->descriptor = mkostemp(output->temporary, O_CLOEXEC);
    if (output->descriptor < 0) {
        int status = fail_file(output->name);
        free(output->temporary);
        output->temporary = NULL;
        return status;
    }
    remove_when_stopped(output->temporary);
    return EXIT_DONE;
}

int output_open(struct output *output, const struct options *options, int secret)
{
    struct stat s;
    memset(output, 0, sizeof(*output));
    output->force = options->force;
    output->secret = secret;
    output->name = options->output;
    output->descriptor = STDOUT_FILENO;
    if (output->name == NULL || strcmp(output->name, "-") == 0) {
        output->name = "standard output";
        return EXIT_DONE;
    }
    if (stat(output->name, &s) != 0) {
        return open_temporary(output);
    }
    if (!S_ISREG(s.st_mode)) {
        /* A device, a pipe: there is nothing to replace. */
        output->descriptor = open(output->name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return output->descriptor < 0 ? fail_file(output->name) : EXIT_DONE;
    }
    if (!output->force) {
        errno = EEXIST;
        return fail_file(output->name);
    }
    return open_temporary(output);
}

int output_write(struct output *output, const void *data, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t written = write(output->descriptor, (const uint8_t *)data + done, length - done);
        if (written < 0 && errno != EINTR) {
            return fail_file(output->name);
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return EXIT_DONE;
}

int output_is_terminal(const struct output *output)
{
    return isatty(output->descriptor);
}

/* What the user's mask leaves of the mode that new files have. */
static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    (void)umask(mask);
    return 0666 & ~mask;
}

/* link() never replaces; where a file system has no links, the name is taken exclusively first. */
static int give_name(const struct output *output)
{
    if (output->force) {
        return rename(output->temporary, output->name);
    }
    if (link(output->temporary, output->name) == 0) {
        return unlink(output->temporary);
    }
    if (errno != EPERM && errno != ENOTSUP && errno != EMLINK) {
        return -1;
    }
    int descriptor = open(output->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return -1;
    }
    (void)close(descriptor);
    return rename(output->temporary, output->name);
}

static int finish_file(struct output *output)
{
    int failed = (!output->secret && fchmod(output->descriptor, usual_mode()) != 0) || fsync(output->descriptor) != 0;
    failed = close(output->descriptor) != 0 || failed;
    output->descriptor = -1;
    return failed || give_name(output) != 0 ? fail_file(output->name) : EXIT_DONE;
}

int output_close(struct output *output, int status)
{
    if (output->temporary == NULL) {
        if (output->descriptor > STDERR_FILENO && close(output->descriptor) != 0 && status == EXIT_DONE) {
            status = fail_file(output->name);
        }
        output->descriptor = -1;
        return status;
    }
    if (status == EXIT_DONE) {
        status = finish_file(output);
    }
    if (status != EXIT_DONE) {
        (void)unlink(output->temporary);
    }
    if (output->descriptor >= 0) {
        (void)close(output->descriptor);
    }
    to_remove = NULL;
    free(output->temporary);
    output->temporary = NULL;
    output->descriptor = -1;
    return status;
}
