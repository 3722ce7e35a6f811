/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Persistent keys with Debian's Mbed TLS, in the working directory. Nothing of this library is linked.
 *
 * usage: mbed_keys make    keys 0x21 (AES-128, CTR), 0x22 (P-256, ECDSA with SHA-256)
 *        mbed_keys check   uses keys 0x31 and 0x32 of the same kinds; exit status 0 when both are right
 */
#include <psa/crypto.h>

#include <stdio.h>
#include <string.h>

static const unsigned char bytes[16] = { 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c };
static const unsigned char scalar[32] = { 0xc9, 0xaf, 0xa9, 0xd8, 0x45, 0xba, 0x75, 0x16, 0x6b, 0x5c, 0x21, 0x57, 0x67, 0xb1, 0xd6, 0x93,
                                          0x4e, 0x50, 0xc3, 0xdb, 0x36, 0xe8, 0x9b, 0x12, 0x7b, 0x8a, 0x62, 0x2b, 0x12, 0x0f, 0x67, 0x21 };

static psa_status_t make(psa_key_id_t id, psa_key_type_t type, psa_algorithm_t alg, psa_key_usage_t usage,
                         const unsigned char *data, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_id(&attributes, id);
    psa_set_key_type(&attributes, type);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    return psa_import_key(&attributes, data, length, &key);
}

static int make_all(void)
{
    return make(0x21, PSA_KEY_TYPE_AES, PSA_ALG_CTR, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_ENCRYPT, bytes, sizeof(bytes)) != PSA_SUCCESS ||
           make(0x22, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), PSA_ALG_ECDSA(PSA_ALG_SHA_256),
                PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH, scalar, sizeof(scalar)) != PSA_SUCCESS;
}

static int check_all(void)
{
    unsigned char out[64];
    size_t length = 0;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    if (psa_export_key(0x31, out, sizeof(out), &length) != PSA_SUCCESS || length != sizeof(bytes) || memcmp(out, bytes, length) != 0) {
        return 1;
    }
    if (psa_get_key_attributes(0x31, &attributes) != PSA_SUCCESS || psa_get_key_algorithm(&attributes) != PSA_ALG_CTR ||
        psa_get_key_bits(&attributes) != 128) {
        return 1;
    }
    return psa_sign_hash(0x32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), scalar, 32, out, sizeof(out), &length) != PSA_SUCCESS ||
           psa_verify_hash(0x32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), scalar, 32, out, length) != PSA_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc != 2 || psa_crypto_init() != PSA_SUCCESS) {
        return 2;
    }
    return strcmp(argv[1], "make") == 0 ? make_all() : strcmp(argv[1], "check") == 0 ? check_all() : 2;
}
