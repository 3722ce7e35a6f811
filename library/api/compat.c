/* SPDX-License-Identifier: Apache-2.0 */
/* What programs written for Mbed TLS use beside the specification (psacrypto/compat.h). */
#include "api/keys.h"

#include <psacrypto/compat.h>
#include <psacrypto/library.h>

psa_status_t psa_open_key(mbedtls_svc_key_id_t key, psa_key_handle_t *handle)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    *handle = PSA_KEY_ID_NULL;
    if (key < PSA_KEY_ID_USER_MIN || key > PSA_KEY_ID_VENDOR_MAX) {
        return reason_close(reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ID_RANGE, key, 0));
    }
    psa_status_t status = api_get_key_attributes(CALLER_SELF, key, &attributes);
    if (status == PSA_SUCCESS && PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(&attributes))) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ID_RANGE, key, 0);
    } else if (status == PSA_SUCCESS) {
        *handle = key;
    } else if (status == PSA_ERROR_INVALID_HANDLE) {
        status = reason(PSA_ERROR_DOES_NOT_EXIST, REASON_KEY_ID, key, 0);
    }
    return reason_close(status);
}

/* Handles were what held a volatile key: closing its last one destroyed it. */
psa_status_t psa_close_key(psa_key_handle_t handle)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    if (handle == PSA_KEY_ID_NULL) {
        return PSA_SUCCESS;
    }
    psa_status_t status = api_get_key_attributes(CALLER_SELF, handle, &attributes);
    if (status == PSA_SUCCESS) {
        status = PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(&attributes)) ? api_destroy_key(CALLER_SELF, handle)
                                                                               : api_purge_key(CALLER_SELF, handle);
    }
    return reason_close(status);
}

void mbedtls_psa_crypto_free(void)
{
    psacrypto_shutdown();
}

int psa_can_do_hash(psa_algorithm_t hash_alg)
{
    return library_is_open() && PSA_ALG_IS_HASH(hash_alg) &&
           dispatch_has_algorithm(PSA_KEY_LOCATION_LOCAL_STORAGE, hash_alg, PSA_KEY_TYPE_NONE, 0);
}

/* Of any size: whether one of the sizes that the type has will do. */
int psa_can_do_cipher(psa_key_type_t key_type, psa_algorithm_t cipher_alg)
{
    static const size_t sizes[] = { 128, 256, 192, 64 };
    const int asked_for = library_is_open() && (PSA_ALG_IS_CIPHER(cipher_alg) || PSA_ALG_IS_AEAD(cipher_alg));
    for (size_t i = 0; asked_for && i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        if (algorithm_fits_key(cipher_alg, key_type, sizes[i]) && key_type_has_bits(key_type, sizes[i]) &&
            dispatch_has_algorithm(PSA_KEY_LOCATION_LOCAL_STORAGE, cipher_alg, key_type, sizes[i])) {
            return 1;
        }
    }
    return 0;
}
