/* SPDX-License-Identifier: Apache-2.0 */
/* psacrypto_store_check(): every object is read as the one who needs it reads it. */
#include "storage/storage.h"

#include "dispatch/dispatch.h"
#include "storage/object.h"
#include "storage/protected_object.h"
#include "storage/record.h"
#include "storage/seal.h"
#include "util/reason.h"

static psa_status_t check_content(const struct psacrypto_store_name *name, uint8_t *data, size_t length)
{
    struct key_record record;

    switch (name->space) {
    case PSACRYPTO_SPACE_KEY:
    case PSACRYPTO_SPACE_JOURNAL:
        return record_unpack(data, length, name, &record);
    case PSACRYPTO_SPACE_PS:
        return protected_check(name);
    case PSACRYPTO_SPACE_SYSTEM:
        return name->uid == SYSTEM_ROOT && length != SEAL_ROOT_LENGTH ? PSA_ERROR_DATA_CORRUPT : PSA_SUCCESS;
    default:
        return PSA_SUCCESS;
    }
}

static psa_status_t check_object(const struct psacrypto_store_name *name)
{
    uint8_t *data = NULL;
    size_t length = 0;
    psa_status_t status = object_load(name, &data, &length, NULL);

    if (status == PSA_SUCCESS) {
        status = check_content(name, data, length);
        object_release(data, length);
    }
    return status;
}

struct findings {
    psacrypto_store_problem_t problem;
    void *context;
    size_t objects;
    size_t problems;
};

/* Answers other failures than those of one object. */
static psa_status_t note(struct findings *findings, const struct psacrypto_store_name *name, psa_status_t status)
{
    if (status == PSA_ERROR_INSUFFICIENT_MEMORY) {
        return status;
    }
    if (status == PSA_ERROR_DOES_NOT_EXIST) {
        return PSA_SUCCESS; /* removed since it was listed */
    }
    findings->objects++;
    if (status != PSA_SUCCESS) {
        findings->problems++;
        if (findings->problem != NULL) {
            findings->problem(findings->context, name, status);
        }
    }
    return PSA_SUCCESS;
}

static psa_status_t check_space(struct findings *findings, uint32_t space)
{
    struct psacrypto_store_name name = object_name(space, INT32_MIN, 0);
    psa_status_t status = object_next(&name);

    while (status == PSA_SUCCESS) {
        status = note(findings, &name, check_object(&name));
        if (status == PSA_SUCCESS) {
            status = object_next(&name);
        }
    }
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
}

psa_status_t psacrypto_store_check(psacrypto_store_problem_t problem, void *context, size_t *objects)
{
    struct findings findings = { problem, context, 0, 0 };
    psa_status_t status = dispatch_ensure_open();

    if (status == PSA_SUCCESS) {
        status = storage_open();
    }
    for (uint32_t space = PSACRYPTO_SPACE_KEY; space <= PSACRYPTO_SPACE_SYSTEM && status == PSA_SUCCESS; space++) {
        status = check_space(&findings, space);
    }
    if (objects != NULL) {
        *objects = findings.objects;
    }
    if (status == PSA_SUCCESS && findings.problems != 0) {
        status = reason(PSA_ERROR_DATA_CORRUPT, REASON_STORE_DAMAGED, 0, 0);
    }
    return reason_close(status);
}
