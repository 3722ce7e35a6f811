/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "psa.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <psacrypto/diagnostics.h>

static const char *verb;

void errors_verb(const char *name)
{
    verb = name;
}

static void begin(void)
{
    fprintf(stderr, "psa%s%s: ", verb == NULL ? "" : " ", verb == NULL ? "" : verb);
}

int fail(enum exit_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    begin();
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return (int)status;
}

int fail_file(const char *name)
{
    int error = errno;
    begin();
    fprintf(stderr, "%s: %s\n", name, strerror(error));
    return error == EEXIST ? EXIT_EXISTS : EXIT_FILES;
}

static const struct {
    psa_status_t status;
    enum exit_status exit_status;
} kinds[] = {
    { PSA_ERROR_INVALID_ARGUMENT, EXIT_USAGE },
    { PSA_ERROR_INVALID_HANDLE, EXIT_NO_KEY },
    { PSA_ERROR_DOES_NOT_EXIST, EXIT_NO_KEY },
    { PSA_ERROR_NOT_PERMITTED, EXIT_REFUSED },
    { PSA_ERROR_INVALID_SIGNATURE, EXIT_UNVERIFIED },
    { PSA_ERROR_INVALID_PADDING, EXIT_UNVERIFIED },
    { PSA_ERROR_STORAGE_FAILURE, EXIT_STORE },
    { PSA_ERROR_INSUFFICIENT_STORAGE, EXIT_STORE },
    { PSA_ERROR_DATA_CORRUPT, EXIT_STORE },
    { PSA_ERROR_DATA_INVALID, EXIT_STORE },
    { PSA_ERROR_NOT_SUPPORTED, EXIT_UNSUPPORTED },
    { PSA_ERROR_ALREADY_EXISTS, EXIT_EXISTS },
};

static int exit_status_of(psa_status_t status)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].status == status) {
            return (int)kinds[i].exit_status;
        }
    }
    return EXIT_OTHER;
}

int fail_call(psa_status_t status, const char *subject)
{
    char text[PSACRYPTO_TEXT_SIZE] = "";
    const char *name = psacrypto_status_name(status);
    psacrypto_error_t error = psacrypto_last_error();
    if (error.status == status) {
        (void)psacrypto_error_text(&error, text, sizeof(text));
    }
    begin();
    if (subject != NULL) {
        fprintf(stderr, "%s: ", subject);
    }
    fprintf(stderr, "%s%s%s", text, text[0] == '\0' ? "" : " (", name == NULL ? "unknown status" : name);
    fputs(text[0] == '\0' ? "\n" : ")\n", stderr);
    return exit_status_of(status);
}
