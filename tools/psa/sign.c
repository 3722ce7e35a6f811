/* SPDX-License-Identifier: Apache-2.0 */
/* psa sign, psa verify: files of any size, read once. */
#include "psa.h"

#include <stdio.h>
#include <string.h>

#include <psacrypto/keys.h>

#define FILE_MAX (2u * PSA_SIGNATURE_MAX_SIZE + 1024u)

static int is_der(const struct options *options)
{
    return options->format != NULL && strcmp(options->format, "der") == 0;
}

static int is_hex(const struct options *options)
{
    return options->format != NULL && strcmp(options->format, "hex") == 0;
}

static int check_format(const struct options *options, psa_algorithm_t alg)
{
    if (options->format != NULL && strcmp(options->format, "pem") == 0) {
        return fail(EXIT_USAGE, "signatures are raw, hex or der");
    }
    return is_der(options) && !PSA_ALG_IS_ECDSA(alg) ? fail(EXIT_USAGE, "der is a form of ECDSA signatures") : EXIT_DONE;
}

/* ---- sign ---- */

static psa_status_t sign_update(psa_sign_operation_t *operation, psa_verify_operation_t *verification, const uint8_t *data, size_t length)
{
    return operation != NULL ? psa_sign_update(operation, data, length) : psa_verify_update(verification, data, length);
}

/* Into the one operation that is not NULL. */
static int read_message(psa_sign_operation_t *operation, psa_verify_operation_t *verification, const char *name)
{
    static uint8_t portion[PORTION];
    struct input input;
    size_t length = sizeof(portion);
    int status = input_open(&input, name);
    if (status != EXIT_DONE) {
        return status;
    }
    while (status == EXIT_DONE && length == sizeof(portion)) {
        status = input_read(&input, portion, sizeof(portion), &length);
        if (status == EXIT_DONE) {
            psa_status_t result = sign_update(operation, verification, portion, length);
            status = result == PSA_SUCCESS ? EXIT_DONE : fail_call(result, NULL);
        }
    }
    input_close(&input);
    return status;
}

static int sign_file(struct secret *signature, const struct options *options, psa_algorithm_t alg)
{
    psa_sign_operation_t operation = PSA_SIGN_OPERATION_INIT;
    psa_status_t result = psa_sign_setup(&operation, options->key, alg);
    int status = result == PSA_SUCCESS ? read_message(&operation, NULL, options->arguments[0]) : fail_call(result, NULL);
    if (status == EXIT_DONE) {
        result = psa_sign_finish(&operation, signature->data, signature->size, &signature->length);
        status = result == PSA_SUCCESS ? EXIT_DONE : fail_call(result, NULL);
    }
    (void)psa_sign_abort(&operation);
    return status;
}

static int write_signature(const struct options *options, const struct secret *signature)
{
    uint8_t der[SIGNATURE_DER_SIZE(2u * 66u)];
    struct output output;
    size_t der_length = is_der(options) ? signature_to_der(der, sizeof(der), signature->data, signature->length) : 0;
    int status = output_open(&output, options, 0);
    if (status != EXIT_DONE) {
        return status;
    }
    status = is_der(options) ? output_write(&output, der, der_length)
                             : write_bytes_or_hex(&output, signature->data, signature->length, is_hex(options) || output_is_terminal(&output));
    return output_close(&output, status);
}

int verb_sign(const struct options *options)
{
    psa_key_attributes_t attributes;
    struct secret signature = SECRET_NONE;
    int status = key_attributes(&attributes, options->key);
    if (status != EXIT_DONE) {
        return status;
    }
    psa_algorithm_t alg = algorithm_for(options, &attributes);
    status = check_format(options, alg);
    if (status == EXIT_DONE) {
        status = secret_allocate(&signature, PSA_SIGNATURE_MAX_SIZE);
    }
    if (status == EXIT_DONE) {
        status = sign_file(&signature, options, alg);
    }
    if (status == EXIT_DONE) {
        status = write_signature(options, &signature);
    }
    secret_free(&signature);
    return status;
}

/* ---- verify ---- */

/* From what the file holds to what the library takes. A signature that is malformed does not verify. */
static int decode_signature(struct secret *signature, const struct secret *file, const struct options *options, const psa_key_attributes_t *attributes)
{
    int right = 1;
    if (is_der(options)) {
        signature->length = 2u * ((psa_get_key_bits(attributes) + 7u) / 8u);
        right = signature->length <= signature->size && signature_from_der(signature->data, signature->length, file->data, file->length);
    } else if (is_hex(options)) {
        right = hex_read(signature->data, signature->size, &signature->length, (const char *)file->data, file->length);
    } else if (file->length <= signature->size) {
        memcpy(signature->data, file->data, file->length);
        signature->length = file->length;
    } else {
        right = 0;
    }
    return right ? EXIT_DONE : fail(EXIT_UNVERIFIED, "%s: not a signature", options->signature);
}

static int read_signature(struct secret *signature, const struct options *options, const psa_key_attributes_t *attributes)
{
    struct secret file = SECRET_NONE;
    struct input input;
    int status = input_open(&input, options->signature);
    if (status != EXIT_DONE) {
        return status;
    }
    status = secret_read(&file, &input);
    input_close(&input);
    if (status == EXIT_DONE) {
        status = secret_allocate(signature, FILE_MAX);
    }
    if (status == EXIT_DONE) {
        status = decode_signature(signature, &file, options, attributes);
    }
    secret_free(&file);
    return status;
}

static int verify_file(const struct options *options, psa_key_id_t key, psa_algorithm_t alg, const struct secret *signature)
{
    const char *name = options->arguments[0] == NULL ? "-" : options->arguments[0];
    psa_verify_operation_t operation = PSA_VERIFY_OPERATION_INIT;
    psa_status_t result = psa_verify_setup(&operation, key, alg, signature->data, signature->length);
    int status = result == PSA_SUCCESS ? read_message(NULL, &operation, options->arguments[0]) : fail_call(result, NULL);
    if (status == EXIT_DONE) {
        result = psa_verify_finish(&operation);
        status = result == PSA_SUCCESS ? EXIT_DONE : fail_call(result, name);
    }
    (void)psa_verify_abort(&operation);
    if (status == EXIT_DONE) {
        printf("%s: verified\n", name);
    }
    return status;
}

/* For this run alone. */
static int import_public_key(psa_key_id_t *key, const struct options *options)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    struct secret file = SECRET_NONE;
    struct input input;
    int status = input_open(&input, options->public_key);
    if (status != EXIT_DONE) {
        return status;
    }
    status = secret_read(&file, &input);
    input_close(&input);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH);
    psa_set_key_algorithm(&attributes, options->alg != PSA_ALG_NONE ? options->alg : PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    if (status == EXIT_DONE) {
        psa_status_t result = psacrypto_import_key_pem(&attributes, (const char *)file.data, file.length, key);
        status = result == PSA_SUCCESS ? EXIT_DONE : fail_call(result, options->public_key);
    }
    secret_free(&file);
    return status;
}

int verb_verify(const struct options *options)
{
    psa_key_attributes_t attributes;
    struct secret signature = SECRET_NONE;
    psa_key_id_t key = options->key;
    if (options->signature == NULL) {
        return fail(EXIT_USAGE, "which signature? --signature FILE");
    }
    if (options->public_key != NULL && key != PSA_KEY_ID_NULL) {
        return fail(EXIT_USAGE, "--key or --public-key, not both");
    }
    int status = options->public_key != NULL ? import_public_key(&key, options) : EXIT_DONE;
    if (status == EXIT_DONE) {
        status = key_attributes(&attributes, key);
    }
    if (status != EXIT_DONE) {
        return status;
    }
    psa_algorithm_t alg = algorithm_for(options, &attributes);
    status = check_format(options, alg);
    if (status == EXIT_DONE) {
        status = read_signature(&signature, options, &attributes);
    }
    if (status == EXIT_DONE) {
        status = verify_file(options, key, alg, &signature);
    }
    secret_free(&signature);
    return status;
}
