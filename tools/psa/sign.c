/* SPDX-License-Identifier: Apache-2.0 */
/* psa sign, psa verify: files of any size, read once; but PureEdDSA signs what lies in memory, since it looks at it twice. */
#include "psa.h"

#include <stdio.h>
#include <stdlib.h>
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

/* A file that may grow while it is read. To be freed, also on failure. */
struct whole {
    uint8_t *data;
    size_t length;
    size_t size;
};

static int read_all(struct whole *whole, struct input *input)
{
    size_t got = 1;
    while (got != 0) {
        if (whole->length == whole->size) {
            size_t size = whole->size == 0 ? PORTION : 2u * whole->size;
            uint8_t *data = size > whole->size ? realloc(whole->data, size) : NULL;
            if (data == NULL) {
                return fail(EXIT_OTHER, "%s: there is no memory left for all of it", input->name);
            }
            whole->data = data;
            whole->size = size;
        }
        int status = input_read(input, whole->data + whole->length, whole->size - whole->length, &got);
        if (status != EXIT_DONE) {
            return status;
        }
        whole->length += got;
    }
    return EXIT_DONE;
}

static int sign_whole_file(struct secret *signature, const struct options *options, psa_algorithm_t alg)
{
    struct whole whole = { NULL, 0, 0 };
    struct input input;
    psa_status_t result = psa_check_key_usage(options->key, alg, PSA_KEY_USAGE_SIGN_MESSAGE);
    int status = result == PSA_SUCCESS ? input_open(&input, options->arguments[0]) : fail_call(result, NULL);
    if (status != EXIT_DONE) {
        return status;
    }
    status = read_all(&whole, &input);
    input_close(&input);
    if (status == EXIT_DONE) {
        result = psa_sign_message(options->key, alg, whole.data, whole.length, signature->data, signature->size, &signature->length);
        status = result == PSA_SUCCESS ? EXIT_DONE : fail_call(result, NULL);
    }
    free(whole.data);
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
        status = (PSA_ALG_IS_SIGN(alg) && !PSA_ALG_IS_HASH_AND_SIGN(alg) ? sign_whole_file : sign_file)(&signature, options, alg);
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

/* What is usual with keys of a type; an RSA key says nothing about it. */
static psa_algorithm_t usual_algorithm(psa_key_type_t type)
{
    if (!PSA_KEY_TYPE_IS_ECC(type)) {
        return PSA_ALG_NONE;
    }
    return PSA_KEY_TYPE_ECC_GET_FAMILY(type) == PSA_ECC_FAMILY_TWISTED_EDWARDS ? PSA_ALG_PURE_EDDSA : PSA_ALG_ECDSA(PSA_ALG_SHA_256);
}

static psa_status_t import_for(psa_key_id_t *key, psa_algorithm_t alg, const struct secret *file)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH);
    psa_set_key_algorithm(&attributes, alg);
    return psacrypto_import_key_pem(&attributes, (const char *)file->data, file->length, key);
}

/* The algorithm that was asked for, or the usual one of the key that the file holds. */
static psa_status_t choose_algorithm(psa_algorithm_t *alg, const struct options *options, const struct secret *file)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    *alg = options->alg;
    if (*alg != PSA_ALG_NONE) {
        return PSA_SUCCESS;
    }
    psa_status_t status = import_for(&key, PSA_ALG_NONE, file);
    if (status == PSA_SUCCESS) {
        status = psa_get_key_attributes(key, &attributes);
        (void)psa_destroy_key(key);
    }
    *alg = usual_algorithm(psa_get_key_type(&attributes));
    return status;
}

static int import_read(psa_key_id_t *key, const struct options *options, const struct secret *file)
{
    psa_algorithm_t alg;
    psa_status_t status = choose_algorithm(&alg, options, file);
    if (status == PSA_SUCCESS && alg == PSA_ALG_NONE) {
        return fail(EXIT_USAGE, "which algorithm? --algorithm ALGORITHM, such as rsa-pss-sha-256");
    }
    if (status == PSA_SUCCESS) {
        status = import_for(key, alg, file);
    }
    return status == PSA_SUCCESS ? EXIT_DONE : fail_call(status, options->public_key);
}

/* For this run alone. */
static int import_public_key(psa_key_id_t *key, const struct options *options)
{
    struct secret file = SECRET_NONE;
    struct input input;
    int status = input_open(&input, options->public_key);
    if (status != EXIT_DONE) {
        return status;
    }
    status = secret_read(&file, &input);
    input_close(&input);
    if (status == EXIT_DONE) {
        status = import_read(key, options, &file);
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
