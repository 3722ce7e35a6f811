/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a call failed: a code and two integers per thread, worded on demand by library/metadata/reason_text.c.
 * Nothing here is a secret, and nothing depends on one: whatever a secret decides has one reason (REASON_SIGNATURE,
 * REASON_PADDING, REASON_REFUSED), and the key of another owner that of a key that is not there.
 */
#ifndef UTIL_REASON_H
#define UTIL_REASON_H

#include <stdint.h>

#include <psa/error.h>

#include "util/atomic.h"

enum reason {
    REASON_NONE = 0,
    REASON_STATUS,                 /* nothing more is known than the status */
    REASON_REFUSED,                /* a secret decides: no more is said */

    /* The library */
    REASON_NOT_INITIALISED,
    REASON_CONFIGURATION,          /* the program was compiled against other options */
    REASON_OUT_OF_MEMORY,          /* a: bytes asked for */
    REASON_NO_ENTROPY,
    REASON_NULL_POINTER,           /* a: number of the argument, 1 up */
    REASON_BUFFER,                 /* a: bytes needed, b: bytes given */

    /* Keys */
    REASON_KEY_ID,                 /* a: id; no such key */
    REASON_KEY_ID_RANGE,           /* a: id; not in the range for its lifetime */
    REASON_KEY_EXISTS,             /* a: id */
    REASON_KEY_READ_ONLY,          /* a: id */
    REASON_KEY_LOCATION,           /* a: location; no driver there */
    REASON_KEY_PERSISTENCE,        /* a: persistence */
    REASON_KEY_TYPE_UNSUPPORTED,   /* a: type */
    REASON_KEY_TYPE_FOR_CALL,      /* a: type; e.g. a public key cannot be generated */
    REASON_KEY_TYPE_FOR_ALGORITHM, /* a: type, b: algorithm */
    REASON_KEY_BITS,               /* a: type, b: bits */
    REASON_KEY_LENGTH,             /* a: bits asked for, b: bytes given */
    REASON_KEY_DATA,               /* a: type; the material is not a valid key */
    REASON_KEY_ENCRYPTED,          /* its file wants a password first */
    REASON_KEY_USAGE_UNKNOWN,      /* a: flags that do not exist */
    REASON_KEY_USAGE,              /* a: flags that are missing, b: flags that the key has */
    REASON_KEY_ALGORITHM,          /* a: the policy, b: asked for */
    REASON_KEY_ALGORITHM_WILDCARD, /* a: algorithm; a wildcard names no operation */
    REASON_KEY_MAC_LENGTH,         /* a: least, b: asked for */
    REASON_KEY_COPY_POLICY,        /* a: source's algorithm, b: target's */
    REASON_KEY_COPY_LOCATION,      /* a: from, b: to */
    REASON_KEY_ATTRIBUTES,         /* a: type, b: bits; they contradict the source */
    REASON_KEY_DESTROYED,          /* a: id; in use by an operation */
    REASON_CUSTOM_PARAMETERS,      /* a: flags, b: bytes of data */

    /* Algorithms */
    REASON_ALGORITHM_UNSUPPORTED,  /* a: algorithm */
    REASON_ALGORITHM_KIND,         /* a: algorithm; not of the kind that this call takes */
    REASON_ALGORITHM_INVALID,      /* a: algorithm; its fields contradict each other */
    REASON_DRIVER,                 /* a: driver's index; the driver gave the status */

    /* Operations */
    REASON_OPERATION_ACTIVE,
    REASON_OPERATION_INACTIVE,
    REASON_OPERATION_ORDER,        /* a: state; the call does not come now */
    REASON_OPERATION_KIND,         /* a verify step in a sign operation, and the like */
    REASON_INPUT_LENGTH,           /* a: expected, b: given */
    REASON_INPUT_TOO_LONG,         /* a: most, b: given */
    REASON_HASH_LENGTH,            /* a: expected, b: given */
    REASON_NONCE_LENGTH,           /* a: algorithm, b: given */
    REASON_IV_LENGTH,              /* a: expected, b: given */
    REASON_TAG_LENGTH,             /* a: algorithm, b: given */
    REASON_ANNOUNCED_LENGTH,       /* a: announced, b: given */
    REASON_CONTEXT_STRING,         /* a: algorithm; takes none, or not this long (b) */
    REASON_SALT,                   /* a: algorithm; takes none */
    REASON_SIGNATURE,              /* does not verify */
    REASON_PADDING,
    REASON_DERIVATION_STEP,        /* a: step, b: algorithm */
    REASON_DERIVATION_KEY_TYPE,    /* a: step, b: type */
    REASON_DERIVATION_MISSING,     /* a: step that must come first */
    REASON_DERIVATION_CAPACITY,    /* a: left, b: asked for */
    REASON_DERIVATION_COST,
    REASON_PAKE_STEP,              /* a: step */
    REASON_PAKE_ROLE,              /* a: role */
    REASON_PAKE_SUITE,             /* a: algorithm, b: primitive */

    /* Storage */
    REASON_STORE_NONE,             /* no place for keys: neither set nor in the environment */
    REASON_STORE_ACCESS,           /* a: errno */
    REASON_STORE_FULL,             /* a: errno or 0 */
    REASON_STORE_UNSAFE,           /* a: errno or 0; owner, mode or kind of file */
    REASON_STORE_DAMAGED,          /* a: space */
    REASON_STORE_UID,
    REASON_STORE_WRITE_ONCE,
    REASON_STORE_FLAGS,            /* a: flags */
    REASON_STORE_OFFSET,           /* a: offset, b: size */
    REASON_STORE_ABSENT,
    REASON_STORE_EXISTS,           /* a: uid */
    REASON_STORE_INCOMPLETE,       /* of one that a program brings */

    /* The self-test */
    REASON_SELF_TEST,              /* a: algorithm; its answer is wrong */
    REASON_COUNT
};

struct reason_record {
    psa_status_t status;
    uint32_t code;
    uint64_t a;
    uint64_t b;
};

/* Records why and answers status: `return reason(PSA_ERROR_..., REASON_..., a, b);`. */
psa_status_t reason(psa_status_t status, enum reason code, uint64_t a, uint64_t b);

/* The same, unless the call under way has given a reason for this status already. */
psa_status_t reason_default(psa_status_t status, enum reason code, uint64_t a, uint64_t b);

#if PSACRYPTO_LAST_ERROR
/* A reason was recorded in the call under way: an older one never explains a newer failure. */
extern THREAD_LOCAL int reason_is_fresh;

static inline void reason_forget(void)
{
    reason_is_fresh = 0;
}
#else
static inline void reason_forget(void)
{
}
#endif

psa_status_t reason_close_failure(psa_status_t status);

/*
 * What an API function passes its status through at the end: a failure nobody gave a reason for gets REASON_STATUS, and
 * what failed on the way to a success is forgotten.
 */
static inline psa_status_t reason_close(psa_status_t status)
{
    if (status != PSA_SUCCESS) {
        return reason_close_failure(status);
    }
    reason_forget();
    return status;
}

/* The calling thread's last failure; code REASON_NONE before there is one. */
struct reason_record reason_last(void);

#endif
