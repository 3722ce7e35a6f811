/* SPDX-License-Identifier: Apache-2.0 */
#include "util/reason.h"

#include "util/atomic.h"

#if PSACRYPTO_LAST_ERROR

/* fresh: recorded in the call under way, so that an older reason never explains a newer failure. */
static THREAD_LOCAL struct reason_record last;
static THREAD_LOCAL int fresh;

psa_status_t reason(psa_status_t status, enum reason code, uint64_t a, uint64_t b)
{
    last.status = status;
    last.code = (uint32_t)code;
    last.a = a;
    last.b = b;
    fresh = 1;
    return status;
}

psa_status_t reason_close_failure(psa_status_t status)
{
    if (!fresh || last.status != status) {
        (void)reason(status, REASON_STATUS, 0, 0);
    }
    fresh = 0;
    return status;
}

struct reason_record reason_last(void)
{
    return last;
}

#else

psa_status_t reason(psa_status_t status, enum reason code, uint64_t a, uint64_t b)
{
    (void)code;
    (void)a;
    (void)b;
    return status;
}

psa_status_t reason_close_failure(psa_status_t status)
{
    return status;
}

struct reason_record reason_last(void)
{
    struct reason_record none = { PSA_SUCCESS, REASON_NONE, 0, 0 };
    return none;
}

#endif
