/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "platform/platform.h"
#include "util/reason.h"

#include <errno.h>
#include <string.h>

/* What follows $XDG_STATE_HOME and $HOME (XDG Base Directory Specification), and how many of these directories may
 * have to be made, $XDG_STATE_HOME itself included. */
#define STATE_TAIL "/psacrypto"
#define STATE_LEVELS 2
#define HOME_TAIL "/.local/state/psacrypto"
#define HOME_LEVELS 3

/* a, then b, then c, as one allocated text without slashes at its end. */
static psa_status_t join(const char *a, const char *b, const char *c, char **result)
{
    const size_t a_length = strlen(a);
    const size_t b_length = strlen(b);
    const size_t c_length = strlen(c);
    size_t length = a_length + b_length + c_length;
    char *text = platform_allocate(length + 1u);

    if (text == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, length + 1u, 0);
    }
    memcpy(text, a, a_length);
    memcpy(text + a_length, b, b_length);
    memcpy(text + a_length + b_length, c, c_length);
    while (length > 1u && text[length - 1u] == '/') {
        length--;
    }
    text[length] = '\0';
    *result = text;
    return PSA_SUCCESS;
}

/* A relative path means the working directory of now, whatever it is when the store is first used. */
static psa_status_t make_absolute(const char *given, char **path)
{
    char directory[PSACRYPTO_STORE_PATH_MAX + 1u];

    if (given[0] == '/') {
        return join(given, "", "", path);
    }
    if (posix_calls->getcwd(directory, sizeof(directory)) == NULL) {
        return posix_failure(errno);
    }
    return strcmp(given, ".") == 0 ? join(directory, "", "", path) : join(directory, "/", given, path);
}

static const char *environment(const char *name)
{
    const char *value = posix_calls->getenv(name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* The specification wants relative values ignored. */
static const char *environment_absolute(const char *name)
{
    const char *value = environment(name);

    return value != NULL && value[0] == '/' ? value : NULL;
}

static psa_status_t find_in_environment(char **path, int *create_levels)
{
    const char *store = environment("PSACRYPTO_STORE");
    const char *state = environment_absolute("XDG_STATE_HOME");
    const char *home = environment_absolute("HOME");

    if (store != NULL) {
        *create_levels = 1;
        return make_absolute(store, path);
    }
    if (state != NULL) {
        *create_levels = STATE_LEVELS;
        return join(state, STATE_TAIL, "", path);
    }
    if (home != NULL) {
        *create_levels = HOME_LEVELS;
        return join(home, HOME_TAIL, "", path);
    }
    return reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_NONE, 0, 0);
}

psa_status_t posix_path_find(const struct posix_layout *layout, const char *given, char **path, int *create_levels)
{
    psa_status_t status;

    *path = NULL;
    if (given == NULL && layout->from_environment) {
        status = find_in_environment(path, create_levels);
    } else {
        *create_levels = layout->from_environment; /* one's own directory, never that of another library */
        status = make_absolute(given != NULL ? given : ".", path);
    }
    /* A directory that is gone, or out of reach, is no absent object. */
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_ERROR_STORAGE_FAILURE : status;
}

#else

typedef int posix_path_unused; /* a translation unit may not be empty */

#endif
