/* SPDX-License-Identifier: Apache-2.0 */
/* Which keys there are: the enumeration of psacrypto/keys.h. */
#include <psacrypto/keys.h>

#include "api/keys.h"

static psa_status_t api_key_next(const struct caller *caller, uint64_t *cursor, psa_key_id_t *key)
{
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? key_store_next(caller, cursor, key) : status;
}

psa_status_t psacrypto_key_next(uint64_t *cursor, psa_key_id_t *key)
{
    return reason_close(api_key_next(CALLER_SELF, cursor, key));
}
