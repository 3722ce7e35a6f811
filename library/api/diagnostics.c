/* SPDX-License-Identifier: Apache-2.0 */
/* Why a call failed, and names: psacrypto/diagnostics.h over the metadata layer. */
#include "api/api.h"

#include "metadata/names.h"

#include <psacrypto/diagnostics.h>

/* ---- Errors ---- */

psacrypto_error_t psacrypto_last_error(void)
{
    struct reason_record last = reason_last();
    psacrypto_error_t error = { last.status, last.code, { last.a, last.b } };
    return error;
}

size_t psacrypto_error_text(const psacrypto_error_t *error, char *text, size_t text_size)
{
    struct reason_record record = { error->status, error->reason, error->values[0], error->values[1] };
    struct text words = text_in(text, text_size);
    reason_text(&words, &record);
    return words.length;
}

const char *psacrypto_reason_name(uint32_t code)
{
    return reason_name(code);
}

/* ---- Names ---- */

/* Not a reason for anything: what failed is a question, not an operation. */
static psa_status_t known(int found)
{
    return found ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

const char *psacrypto_status_name(psa_status_t status)
{
    return status_name(status);
}

psa_status_t psacrypto_status_from_name(const char *name, psa_status_t *status)
{
    *status = PSA_SUCCESS;
    return known(status_from_name(status, name));
}

size_t psacrypto_algorithm_name(psa_algorithm_t alg, char *text, size_t text_size)
{
    struct text name = text_in(text, text_size);
    algorithm_name(&name, alg);
    return name.length;
}

psa_status_t psacrypto_algorithm_from_name(const char *name, psa_algorithm_t *alg)
{
    int found = algorithm_from_name(alg, name);
    *alg = found ? *alg : PSA_ALG_NONE;
    return known(found);
}

size_t psacrypto_key_type_name(psa_key_type_t type, char *text, size_t text_size)
{
    struct text name = text_in(text, text_size);
    key_type_name(&name, type);
    return name.length;
}

psa_status_t psacrypto_key_type_from_name(const char *name, psa_key_type_t *type, size_t *bits)
{
    int found = key_type_from_name(type, bits, name);
    *type = found ? *type : PSA_KEY_TYPE_NONE;
    *bits = found ? *bits : 0;
    return known(found);
}

size_t psacrypto_key_usage_name(psa_key_usage_t usage, char *text, size_t text_size)
{
    struct text name = text_in(text, text_size);
    usage_name(&name, usage);
    return name.length;
}

psa_status_t psacrypto_key_usage_from_name(const char *names, psa_key_usage_t *usage)
{
    int found = usage_from_name(usage, names);
    *usage = found ? *usage : 0;
    return known(found);
}

psa_algorithm_t psacrypto_algorithm_next(psa_algorithm_t alg)
{
    return algorithm_next(alg);
}

psa_key_type_t psacrypto_key_type_next(psa_key_type_t type)
{
    return key_type_next(type);
}
