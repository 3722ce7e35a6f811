/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets come from files, descriptors and terminals, never from the command line, and are wiped. */
#define _GNU_SOURCE

#include "psa.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

/* More than any key has, and any signature in hexadecimal digits. */
#define SECRET_SIZE_MAX 131072u
#define PROMPT_SIZE_MAX 1024u

void wipe(void *memory, size_t length)
{
    explicit_bzero(memory, length);
}

int secret_allocate(struct secret *secret, size_t size)
{
    secret->data = calloc(1, size);
    secret->length = 0;
    secret->size = secret->data == NULL ? 0 : size;
    if (secret->data == NULL) {
        return fail(EXIT_OTHER, "there is no memory left");
    }
    (void)mlock(secret->data, size); /* where the limits allow it */
    return EXIT_DONE;
}

void secret_free(struct secret *secret)
{
    if (secret->data != NULL) {
        wipe(secret->data, secret->size);
        (void)munlock(secret->data, secret->size);
        free(secret->data);
    }
    secret->data = NULL;
    secret->length = 0;
    secret->size = 0;
}

int secret_read(struct secret *secret, struct input *input)
{
    int status = secret_allocate(secret, SECRET_SIZE_MAX + 1u);
    if (status == EXIT_DONE) {
        status = input_read(input, secret->data, secret->size, &secret->length);
    }
    if (status == EXIT_DONE && secret->length > SECRET_SIZE_MAX) {
        status = fail(EXIT_USAGE, "%s: too long", input->name);
    }
    return status;
}

/* ---- The terminal ---- */

static int terminal = -1;
static struct termios with_echo;

static void restore_echo(int number)
{
    (void)tcsetattr(terminal, TCSAFLUSH, &with_echo);
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static int switch_echo_off(void)
{
    struct termios without_echo;
    if (tcgetattr(terminal, &with_echo) != 0) {
        return -1;
    }
    (void)signal(SIGINT, restore_echo);
    (void)signal(SIGTERM, restore_echo);
    (void)signal(SIGHUP, restore_echo);
    without_echo = with_echo;
    without_echo.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    return tcsetattr(terminal, TCSAFLUSH, &without_echo);
}

static void switch_echo_on(void)
{
    (void)tcsetattr(terminal, TCSAFLUSH, &with_echo);
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    (void)signal(SIGHUP, SIG_DFL);
}

static void say(const char *text)
{
    ssize_t written = write(terminal, text, strlen(text));
    (void)written; /* a prompt that is not seen is no reason to stop */
}

/* A line without its end. */
static int read_line(struct secret *secret)
{
    for (;;) {
        uint8_t byte;
        ssize_t got = read(terminal, &byte, 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail_file("/dev/tty");
        }
        if (got == 0 || byte == '\n') {
            return EXIT_DONE;
        }
        if (secret->length == secret->size) {
            return fail(EXIT_USAGE, "the line is too long");
        }
        secret->data[secret->length++] = byte;
    }
}

static int ask(struct secret *secret, const char *what, const char *again)
{
    int status = secret_allocate(secret, PROMPT_SIZE_MAX);
    if (status != EXIT_DONE) {
        return status;
    }
    /* What is typed before the prompt is thrown away: it has been seen. */
    if (switch_echo_off() != 0) {
        return fail_file("/dev/tty");
    }
    say(what);
    say(again);
    status = read_line(secret);
    switch_echo_on();
    say("\n");
    return status;
}

int secret_prompt(struct secret *secret, const char *what)
{
    struct secret second = SECRET_NONE;
    terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0) {
        return fail_file("/dev/tty");
    }
    int status = ask(secret, what, ": ");
    if (status == EXIT_DONE) {
        status = ask(&second, what, ", again: ");
    }
    if (status == EXIT_DONE && secret->length == 0) {
        status = fail(EXIT_USAGE, "nothing was typed");
    }
    if (status == EXIT_DONE && (second.length != secret->length || memcmp(second.data, secret->data, secret->length) != 0)) {
        status = fail(EXIT_USAGE, "the two are not the same");
    }
    secret_free(&second);
    (void)close(terminal);
    terminal = -1;
    return status;
}
