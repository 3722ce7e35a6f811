/* SPDX-License-Identifier: Apache-2.0 */
#include "util/reason.h"

#if PSACRYPTO_LAST_ERROR

static THREAD_LOCAL struct reason_record last;
THREAD_LOCAL int reason_is_fresh;

psa_status_t reason(psa_status_t status, enum reason code, uint64_t a, uint64_t b)
{
    last.status = status;
    last.code = (uint32_t)code;
    last.a = a;
    last.b = b;
    reason_is_fresh = 1;
    return status;
}

psa_status_t reason_default(psa_status_t status, enum reason code, uint64_t a, uint64_t b)
{
    return reason_is_fresh && last.status == status ? status : reason(status, code, a, b);
}

psa_status_t reason_close_failure(psa_status_t status)
{
    (void)reason_default(status, REASON_STATUS, 0, 0);
    reason_is_fresh = 0;
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

psa_status_t reason_default(psa_status_t status, enum reason code, uint64_t a, uint64_t b)
{
    return reason(status, code, a, b);
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
