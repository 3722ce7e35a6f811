/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operations in parts, in any order, with any argument: the input is a program of one byte per call, each taking its
 * arguments from the bytes that follow. What has to hold: no output beyond its buffer (buffers have exactly their size), lengths
 * within sizes and 0 on failure, abort always succeeds.
 */
#include <psa/crypto.h>

#include "input.h"

static const psa_algorithm_t algorithms[] = {
    PSA_ALG_SHA_224,
    PSA_ALG_SHA_256,
    PSA_ALG_SHA_384,
    PSA_ALG_SHA_512,
    PSA_ALG_SHA_512_224,
    PSA_ALG_SHA_512_256,
    PSA_ALG_HMAC(PSA_ALG_SHA_256),
    PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_512), 20),
    PSA_ALG_ECB_NO_PADDING,
    PSA_ALG_CBC_NO_PADDING,
    PSA_ALG_CBC_PKCS7,
    PSA_ALG_CTR,
    PSA_ALG_STREAM_CIPHER,
    PSA_ALG_CFB,
    PSA_ALG_OFB,
    PSA_ALG_XTS,
    PSA_ALG_CCM_STAR_NO_TAG,
    PSA_ALG_GCM,
    PSA_ALG_CCM,
    PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 8),
    PSA_ALG_CHACHA20_POLY1305,
    PSA_ALG_XCHACHA20_POLY1305,
    PSA_ALG_HKDF(PSA_ALG_SHA_256),
    PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256),
    PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_384),
    PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256),
    PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
    PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256),
    PSA_ALG_SP800_108_COUNTER_CMAC,
    PSA_ALG_TLS12_PRF(PSA_ALG_SHA_256),
    PSA_ALG_TLS12_PSK_TO_MS(PSA_ALG_SHA_256),
    PSA_ALG_TLS12_ECJPAKE_TO_PMS,
    PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)),
    PSA_ALG_ASCON_AEAD128,
};

static const struct {
    psa_key_type_t type;
    psa_algorithm_t algorithm;
    size_t length;
} rows[] = {
    {PSA_KEY_TYPE_AES, PSA_ALG_ECB_NO_PADDING, 16},
    {PSA_KEY_TYPE_AES, PSA_ALG_CBC_NO_PADDING, 24},
    {PSA_KEY_TYPE_AES, PSA_ALG_CBC_PKCS7, 32},
    {PSA_KEY_TYPE_AES, PSA_ALG_CTR, 16},
    {PSA_KEY_TYPE_AES, PSA_ALG_CFB, 16},
    {PSA_KEY_TYPE_AES, PSA_ALG_OFB, 24},
    {PSA_KEY_TYPE_AES, PSA_ALG_XTS, 64},
    {PSA_KEY_TYPE_AES, PSA_ALG_CCM_STAR_NO_TAG, 16},
    {PSA_KEY_TYPE_AES, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 4), 32},
    {PSA_KEY_TYPE_AES, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_CCM, 4), 16},
    {PSA_KEY_TYPE_ARIA, PSA_ALG_CBC_PKCS7, 24},
    {PSA_KEY_TYPE_CAMELLIA, PSA_ALG_XTS, 32},
    {PSA_KEY_TYPE_SM4, PSA_ALG_GCM, 16},
    {PSA_KEY_TYPE_CHACHA20, PSA_ALG_CHACHA20_POLY1305, 32},
    {PSA_KEY_TYPE_CHACHA20, PSA_ALG_STREAM_CIPHER, 32},
    {PSA_KEY_TYPE_XCHACHA20, PSA_ALG_XCHACHA20_POLY1305, 32},
    {PSA_KEY_TYPE_XCHACHA20, PSA_ALG_STREAM_CIPHER, 32},
    {PSA_KEY_TYPE_ARC4, PSA_ALG_STREAM_CIPHER, 11},
    {PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_256), 20},
    {PSA_KEY_TYPE_HMAC, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_512), 4), 100},
    {PSA_KEY_TYPE_DERIVE, PSA_ALG_HKDF(PSA_ALG_SHA_256), 32},
    {PSA_KEY_TYPE_PASSWORD, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), 9},
    {PSA_KEY_TYPE_ASCON, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_ASCON_AEAD128, 4), 32},
};

#define KEYS (sizeof(rows) / sizeof(rows[0]))
static psa_key_id_t keys[KEYS];

/* All operations that there are, each in any state. */
struct operations {
    psa_hash_operation_t hash, hash_clone;
    psa_mac_operation_t mac;
    psa_cipher_operation_t cipher;
    psa_aead_operation_t aead;
    psa_key_derivation_operation_t derivation;
};

struct call {
    struct input input;
    struct operations *operations;
    uint8_t *bytes;       /* an argument, in memory of its own */
    size_t length;
    uint8_t *output;      /* size bytes */
    size_t size, output_length;
};

static psa_algorithm_t take_algorithm(struct call *call)
{
    uint8_t choice = input_byte(&call->input);
    return choice == 255 ? input_u32(&call->input) : algorithms[choice % (sizeof(algorithms) / sizeof(algorithms[0]))];
}

static psa_key_id_t take_key(struct call *call)
{
    uint8_t choice = input_byte(&call->input);
    return choice == 255 ? input_u32(&call->input) : keys[choice % KEYS];
}

/* A length: small as a rule, sometimes absurd. */
static size_t take_length(struct call *call)
{
    uint8_t choice = input_byte(&call->input);
    return choice < 250 ? choice : choice < 254 ? input_u16(&call->input) : choice == 254 ? input_u32(&call->input) : SIZE_MAX - input_byte(&call->input);
}

typedef psa_status_t (*call_t)(struct call *call);

#define OPERATION(name, expression)                  \
    static psa_status_t call_##name(struct call *c)  \
    {                                                \
        return expression;                           \
    }

OPERATION(hash_setup, psa_hash_setup(&c->operations->hash, take_algorithm(c)))
OPERATION(hash_update, psa_hash_update(&c->operations->hash, c->bytes, c->length))
OPERATION(hash_finish, psa_hash_finish(&c->operations->hash, c->output, c->size, &c->output_length))
OPERATION(hash_verify, psa_hash_verify(&c->operations->hash, c->bytes, c->length))
OPERATION(hash_clone, psa_hash_clone(&c->operations->hash, &c->operations->hash_clone))
OPERATION(hash_clone_finish, psa_hash_finish(&c->operations->hash_clone, c->output, c->size, &c->output_length))
OPERATION(hash_suspend, psa_hash_suspend(&c->operations->hash, c->output, c->size, &c->output_length))
OPERATION(hash_resume, psa_hash_resume(&c->operations->hash, c->bytes, c->length))
OPERATION(mac_sign_setup, psa_mac_sign_setup(&c->operations->mac, take_key(c), take_algorithm(c)))
OPERATION(mac_verify_setup, psa_mac_verify_setup(&c->operations->mac, take_key(c), take_algorithm(c)))
OPERATION(mac_update, psa_mac_update(&c->operations->mac, c->bytes, c->length))
OPERATION(mac_sign_finish, psa_mac_sign_finish(&c->operations->mac, c->output, c->size, &c->output_length))
OPERATION(mac_verify_finish, psa_mac_verify_finish(&c->operations->mac, c->bytes, c->length))
OPERATION(cipher_encrypt_setup, psa_cipher_encrypt_setup(&c->operations->cipher, take_key(c), take_algorithm(c)))
OPERATION(cipher_decrypt_setup, psa_cipher_decrypt_setup(&c->operations->cipher, take_key(c), take_algorithm(c)))
OPERATION(cipher_set_iv, psa_cipher_set_iv(&c->operations->cipher, c->bytes, c->length))
OPERATION(cipher_generate_iv, psa_cipher_generate_iv(&c->operations->cipher, c->output, c->size, &c->output_length))
OPERATION(cipher_update, psa_cipher_update(&c->operations->cipher, c->bytes, c->length, c->output, c->size, &c->output_length))
OPERATION(cipher_finish, psa_cipher_finish(&c->operations->cipher, c->output, c->size, &c->output_length))
OPERATION(aead_encrypt_setup, psa_aead_encrypt_setup(&c->operations->aead, take_key(c), take_algorithm(c)))
OPERATION(aead_decrypt_setup, psa_aead_decrypt_setup(&c->operations->aead, take_key(c), take_algorithm(c)))
OPERATION(aead_set_lengths, psa_aead_set_lengths(&c->operations->aead, take_length(c), take_length(c)))
OPERATION(aead_set_nonce, psa_aead_set_nonce(&c->operations->aead, c->bytes, c->length))
OPERATION(aead_generate_nonce, psa_aead_generate_nonce(&c->operations->aead, c->output, c->size, &c->output_length))
OPERATION(aead_update_ad, psa_aead_update_ad(&c->operations->aead, c->bytes, c->length))
OPERATION(aead_update, psa_aead_update(&c->operations->aead, c->bytes, c->length, c->output, c->size, &c->output_length))
OPERATION(aead_verify, psa_aead_verify(&c->operations->aead, c->output, c->size, &c->output_length, c->bytes, c->length))
OPERATION(derivation_setup, psa_key_derivation_setup(&c->operations->derivation, take_algorithm(c)))
OPERATION(derivation_capacity, psa_key_derivation_set_capacity(&c->operations->derivation, take_length(c)))
OPERATION(derivation_bytes, psa_key_derivation_input_bytes(&c->operations->derivation, (psa_key_derivation_step_t)(0x0200 + input_byte(&c->input) % 10),
                                                           c->bytes, c->length))
OPERATION(derivation_integer, psa_key_derivation_input_integer(&c->operations->derivation, PSA_KEY_DERIVATION_INPUT_COST, input_byte(&c->input)))
OPERATION(derivation_key, psa_key_derivation_input_key(&c->operations->derivation, (psa_key_derivation_step_t)(0x0100 + input_byte(&c->input) % 3),
                                                       take_key(c)))
OPERATION(derivation_output, psa_key_derivation_output_bytes(&c->operations->derivation, c->output, c->size))
OPERATION(derivation_verify, psa_key_derivation_verify_bytes(&c->operations->derivation, c->bytes, c->length))

static psa_status_t call_aead_finish(struct call *c)
{
    uint8_t tag[16];
    size_t tag_length = 0;
    psa_status_t status = psa_aead_finish(&c->operations->aead, c->output, c->size, &c->output_length, tag, sizeof(tag), &tag_length);
    CHECK(tag_length <= sizeof(tag) && (status == PSA_SUCCESS || tag_length == 0));
    return status;
}

static psa_status_t call_derivation_get_capacity(struct call *c)
{
    size_t capacity;
    return psa_key_derivation_get_capacity(&c->operations->derivation, &capacity);
}

static const call_t calls[] = {
    call_hash_setup, call_hash_update, call_hash_finish, call_hash_verify, call_hash_clone, call_hash_clone_finish, call_hash_suspend,
    call_hash_resume, call_mac_sign_setup, call_mac_verify_setup, call_mac_update, call_mac_sign_finish, call_mac_verify_finish,
    call_cipher_encrypt_setup, call_cipher_decrypt_setup, call_cipher_set_iv, call_cipher_generate_iv, call_cipher_update, call_cipher_finish,
    call_aead_encrypt_setup, call_aead_decrypt_setup, call_aead_set_lengths, call_aead_set_nonce, call_aead_generate_nonce,
    call_aead_update_ad, call_aead_update, call_aead_finish, call_aead_verify, call_derivation_setup, call_derivation_capacity,
    call_derivation_get_capacity, call_derivation_bytes, call_derivation_integer, call_derivation_key, call_derivation_output,
    call_derivation_verify,
};

#define CALLS (sizeof(calls) / sizeof(calls[0]))

static void abort_all(struct operations *operations)
{
    CHECK(psa_hash_abort(&operations->hash) == PSA_SUCCESS);
    CHECK(psa_hash_abort(&operations->hash_clone) == PSA_SUCCESS);
    CHECK(psa_mac_abort(&operations->mac) == PSA_SUCCESS);
    CHECK(psa_cipher_abort(&operations->cipher) == PSA_SUCCESS);
    CHECK(psa_aead_abort(&operations->aead) == PSA_SUCCESS);
    CHECK(psa_key_derivation_abort(&operations->derivation) == PSA_SUCCESS);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const uint8_t material[128] = {1, 2, 3};
    (void)argc;
    (void)argv;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    for (size_t i = 0; i < KEYS; i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        psa_set_key_type(&attributes, rows[i].type);
        psa_set_key_algorithm(&attributes, rows[i].algorithm);
        psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_MESSAGE |
                                                 PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_DERIVE);
        CHECK(psa_import_key(&attributes, material, rows[i].length, &keys[i]) == PSA_SUCCESS);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct operations operations;
    struct call call = {{data, size}, &operations, NULL, 0, NULL, 0, 0};

    memset(&operations, 0, sizeof(operations));
    while (call.input.length > 0) {
        uint8_t choice = input_byte(&call.input);
        if (choice == 255) {
            abort_all(&operations);
            continue;
        }
        call.bytes = input_take(&call.input, choice >= 5 * CALLS ? 0 : (size_t)input_byte(&call.input), &call.length);
        call.size = choice % 2 != 0 ? 256 : input_byte(&call.input);
        call.output = input_memory(call.size);
        call.output_length = 0;
        psa_status_t status = calls[choice % CALLS](&call);
        CHECK(call.output_length <= call.size);
        CHECK(status == PSA_SUCCESS || call.output_length == 0);
        CHECK(status != PSA_ERROR_CORRUPTION_DETECTED && status != PSA_ERROR_GENERIC_ERROR);
        free(call.bytes);
        free(call.output);
    }
    abort_all(&operations);
    return 0;
}
