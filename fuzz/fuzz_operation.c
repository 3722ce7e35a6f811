/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operations in parts, in any order, with any argument: the input is a program of one byte per call, each taking its
 * arguments from the bytes that follow. What has to hold: no output beyond its buffer (buffers have exactly their size), lengths
 * within sizes and 0 on failure, abort always succeeds; an operation is inactive, active or in error as the specification says, and
 * nothing but a setup is taken when it is inactive, nothing when it is in error, no setup when it is active.
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
    PSA_ALG_MD2,
    PSA_ALG_MD5,
    PSA_ALG_RIPEMD160,
    PSA_ALG_SHA_1,
    PSA_ALG_SHA_256_192,
    PSA_ALG_SHA3_256,
    PSA_ALG_SHAKE256_512,
    PSA_ALG_SM3,
    PSA_ALG_AES_MMO_ZIGBEE,
    PSA_ALG_ASCON_HASH256,
    PSA_ALG_BLAKE2B_HASH512,
    PSA_ALG_BLAKE2BP_HASH512,
    PSA_ALG_BLAKE2S_HASH256,
    PSA_ALG_BLAKE2SP_HASH256,
    PSA_ALG_SHAKE128,
    PSA_ALG_SHAKE256,
    PSA_ALG_ASCON_XOF128,
    PSA_ALG_ASCON_CXOF128,
    PSA_ALG_CMAC,
    PSA_ALG_CBC_MAC,
    PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512),
    PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2SP_HASH256),
    PSA_ALG_KW,
    PSA_ALG_KWP,
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
    {PSA_KEY_TYPE_DES, PSA_ALG_ECB_NO_PADDING, 8},
    {PSA_KEY_TYPE_DES, PSA_ALG_CBC_PKCS7, 16},
    {PSA_KEY_TYPE_DES, PSA_ALG_CTR, 24},
    {PSA_KEY_TYPE_DES, PSA_ALG_CMAC, 24},
    {PSA_KEY_TYPE_ARIA, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 4), 16},
    {PSA_KEY_TYPE_SM4, PSA_ALG_CBC_MAC, 16},
    {PSA_KEY_TYPE_BLAKE2, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), 32},
    {PSA_KEY_TYPE_BLAKE2, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2SP_HASH256), 32},
    {PSA_KEY_TYPE_AES, PSA_ALG_KW, 16},
    {PSA_KEY_TYPE_CAMELLIA, PSA_ALG_KWP, 24},
    {PSA_KEY_TYPE_AES, PSA_ALG_SP800_108_COUNTER_CMAC, 16},
    {PSA_KEY_TYPE_HMAC, PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256), 32},
    {PSA_KEY_TYPE_DERIVE, PSA_ALG_TLS12_PSK_TO_MS(PSA_ALG_SHA_256), 20},
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
    psa_xof_operation_t xof;
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

OPERATION(xof_setup, psa_xof_setup(&c->operations->xof, take_algorithm(c)))
OPERATION(xof_context, psa_xof_set_context(&c->operations->xof, c->bytes, c->length))
OPERATION(xof_update, psa_xof_update(&c->operations->xof, c->bytes, c->length))
OPERATION(xof_output, psa_xof_output(&c->operations->xof, c->output, c->size))
OPERATION(wrap, psa_wrap_key(take_key(c), take_algorithm(c), take_key(c), c->output, c->size, &c->output_length))

static psa_status_t call_unwrap(struct call *c)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 1;

    psa_set_key_type(&attributes, rows[input_byte(&c->input) % KEYS].type);
    psa_key_id_t wrapping = take_key(c);
    psa_status_t status = psa_unwrap_key(&attributes, wrapping, take_algorithm(c), c->bytes, c->length, &key);
    CHECK((status == PSA_SUCCESS) == (key != PSA_KEY_ID_NULL));
    CHECK(status != PSA_SUCCESS || psa_destroy_key(key) == PSA_SUCCESS);
    return status;
}

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

/* What a call works on, and what its success makes of that. */
enum target { NONE, HASH, CLONE, XOF, MAC, CIPHER, AEAD, DERIVATION, TARGETS };
enum effect { SETS_UP, GOES_ON, ENDS };

static const struct {
    call_t call;
    enum target target;
    enum effect effect;
} calls[] = {
    {call_hash_setup, HASH, SETS_UP},
    {call_hash_update, HASH, GOES_ON},
    {call_hash_finish, HASH, ENDS},
    {call_hash_verify, HASH, ENDS},
    {call_hash_clone, CLONE, SETS_UP},
    {call_hash_clone_finish, CLONE, ENDS},
    {call_hash_suspend, HASH, ENDS},
    {call_hash_resume, HASH, SETS_UP},
    {call_mac_sign_setup, MAC, SETS_UP},
    {call_mac_verify_setup, MAC, SETS_UP},
    {call_mac_update, MAC, GOES_ON},
    {call_mac_sign_finish, MAC, ENDS},
    {call_mac_verify_finish, MAC, ENDS},
    {call_cipher_encrypt_setup, CIPHER, SETS_UP},
    {call_cipher_decrypt_setup, CIPHER, SETS_UP},
    {call_cipher_set_iv, CIPHER, GOES_ON},
    {call_cipher_generate_iv, CIPHER, GOES_ON},
    {call_cipher_update, CIPHER, GOES_ON},
    {call_cipher_finish, CIPHER, ENDS},
    {call_aead_encrypt_setup, AEAD, SETS_UP},
    {call_aead_decrypt_setup, AEAD, SETS_UP},
    {call_aead_set_lengths, AEAD, GOES_ON},
    {call_aead_set_nonce, AEAD, GOES_ON},
    {call_aead_generate_nonce, AEAD, GOES_ON},
    {call_aead_update_ad, AEAD, GOES_ON},
    {call_aead_update, AEAD, GOES_ON},
    {call_aead_finish, AEAD, ENDS},
    {call_aead_verify, AEAD, ENDS},
    {call_derivation_setup, DERIVATION, SETS_UP},
    {call_derivation_capacity, DERIVATION, GOES_ON},
    {call_derivation_get_capacity, DERIVATION, GOES_ON},
    {call_derivation_bytes, DERIVATION, GOES_ON},
    {call_derivation_integer, DERIVATION, GOES_ON},
    {call_derivation_key, DERIVATION, GOES_ON},
    {call_derivation_output, DERIVATION, GOES_ON},
    {call_derivation_verify, DERIVATION, GOES_ON},
    {call_xof_setup, XOF, SETS_UP},
    {call_xof_context, XOF, GOES_ON},
    {call_xof_update, XOF, GOES_ON},
    {call_xof_output, XOF, GOES_ON},
    {call_wrap, NONE, GOES_ON},
    {call_unwrap, NONE, GOES_ON},
};

#define CALLS (sizeof(calls) / sizeof(calls[0]))

enum state { INACTIVE, ACTIVE, ERROR };
static enum state states[TARGETS];

/* Too much asked of a derivation, and a capacity that it does not take, leave it as it was. */
static int is_harmless(call_t call, psa_status_t status)
{
    return status == PSA_ERROR_INSUFFICIENT_DATA || (call == call_derivation_capacity && status == PSA_ERROR_INVALID_ARGUMENT);
}

static void check_state(size_t which, psa_status_t status)
{
    const enum target target = calls[which].target;
    const enum state before = states[target];

    if (target == NONE) {
        return;
    }
    if (calls[which].effect == SETS_UP) {
        CHECK(before == INACTIVE || status != PSA_SUCCESS);
        states[target] = status == PSA_SUCCESS ? ACTIVE : before;
        return;
    }
    if (before != ACTIVE) {
        CHECK(status != PSA_SUCCESS); /* BAD_STATE, or what else is wrong with the call */
    } else if (status != PSA_SUCCESS) {
        states[target] = is_harmless(calls[which].call, status) ? ACTIVE : ERROR;
    } else if (calls[which].effect == ENDS) {
        states[target] = INACTIVE;
    }
}

static void abort_all(struct operations *operations)
{
    memset(states, 0, sizeof(states));
    CHECK(psa_xof_abort(&operations->xof) == PSA_SUCCESS);
    CHECK(psa_hash_abort(&operations->hash) == PSA_SUCCESS);
    CHECK(psa_hash_abort(&operations->hash_clone) == PSA_SUCCESS);
    CHECK(psa_mac_abort(&operations->mac) == PSA_SUCCESS);
    CHECK(psa_cipher_abort(&operations->cipher) == PSA_SUCCESS);
    CHECK(psa_aead_abort(&operations->aead) == PSA_SUCCESS);
    CHECK(psa_key_derivation_abort(&operations->derivation) == PSA_SUCCESS);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static uint8_t material[128];
    (void)argc;
    (void)argv;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    for (size_t i = 0; i < sizeof(material); i++) {
        material[i] = (uint8_t)(1u << (i + i / 8) % 8); /* DES asks for an odd number of ones */
    }
    for (size_t i = 0; i < KEYS; i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        psa_set_key_type(&attributes, rows[i].type);
        psa_set_key_algorithm(&attributes, rows[i].algorithm);
        psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_MESSAGE |
                                                 PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_WRAP |
                                                 PSA_KEY_USAGE_UNWRAP | PSA_KEY_USAGE_EXPORT);
        CHECK(psa_import_key(&attributes, material, rows[i].length, &keys[i]) == PSA_SUCCESS);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct operations operations;
    struct call call = {{data, size}, &operations, NULL, 0, NULL, 0, 0};

    memset(&operations, 0, sizeof(operations));
    memset(states, 0, sizeof(states));
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
        psa_status_t status = calls[choice % CALLS].call(&call);
        check_state(choice % CALLS, status);
        CHECK(call.output_length <= call.size);
        CHECK(status == PSA_SUCCESS || call.output_length == 0);
        CHECK(status != PSA_ERROR_CORRUPTION_DETECTED && status != PSA_ERROR_GENERIC_ERROR);
        free(call.bytes);
        free(call.output);
    }
    abort_all(&operations);
    return 0;
}
