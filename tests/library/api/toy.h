/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A transparent driver that is asked before the software driver: every family for which the order of calls, lengths and
 * failures are to be tested apart from the cryptography. What it computes depends on all of its inputs and hides nothing.
 * The next entry that is called can be told to fail.
 */
#ifndef TESTS_LIBRARY_API_TOY_H
#define TESTS_LIBRARY_API_TOY_H

#include "toy_core.h"
#include "toy_pake.h"

/* ---- XOF and key derivation: a sum of all that came in, then a stream ---- */

struct toy_sponge {
    uint64_t sum;
    uint64_t given;
    psa_algorithm_t alg;
};

static psa_status_t toy_sponge_setup(void *instance, void *context, psa_algorithm_t alg)
{
    struct toy_sponge *sponge = context;
    (void)instance;
    sponge->sum = toy_mix(TOY_START, &alg, sizeof alg);
    sponge->alg = alg;
    psa_status_t status = toy_answer();
    toy.active += status == PSA_SUCCESS;
    return status;
}

static psa_status_t toy_absorb(void *instance, void *context, const uint8_t *input, size_t input_length)
{
    struct toy_sponge *sponge = context;
    (void)instance;
    sponge->sum = toy_mix(sponge->sum, input, input_length);
    return toy_answer();
}

/* Unlike the first bytes of the message, a context ends. */
static psa_status_t toy_absorb_context(void *instance, void *context, const uint8_t *string, size_t string_length)
{
    struct toy_sponge *sponge = context;
    sponge->sum = toy_mix(sponge->sum, &string_length, sizeof string_length);
    return toy_absorb(instance, context, string, string_length);
}

/* A failure comes late: bytes were written. */
static psa_status_t toy_squeeze(void *instance, void *context, uint8_t *output, size_t output_length)
{
    struct toy_sponge *sponge = context;
    (void)instance;
    toy_stream(sponge->sum, sponge->given, output, output_length);
    sponge->given += output_length;
    return toy_answer();
}

static const struct psacrypto_xof_entries toy_xof = {
    .setup = toy_sponge_setup,
    .set_context = toy_absorb_context,
    .update = toy_absorb,
    .output = toy_squeeze,
    .abort = toy_abort,
};

static psa_status_t toy_set_capacity(void *instance, void *context, size_t capacity)
{
    struct toy_sponge *sponge = context;
    (void)instance;
    toy.capacity = capacity;
    toy.capacity_calls++;
    sponge->sum = toy_mix(sponge->sum, &capacity, sizeof capacity);
    return toy_answer();
}

static psa_status_t toy_input_bytes(void *instance, void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length)
{
    struct toy_sponge *sponge = context;
    sponge->sum = toy_mix(sponge->sum, &step, sizeof step);
    return toy_absorb(instance, context, data, data_length);
}

static psa_status_t toy_input_integer(void *instance, void *context, psa_key_derivation_step_t step, uint64_t value)
{
    if (step == PSACRYPTO_KEY_DERIVATION_INPUT_GROUP) {
        toy.group = value;
    }
    return toy_input_bytes(instance, context, step, (const uint8_t *)&value, sizeof value);
}

static const struct psacrypto_key_derivation_entries toy_key_derivation = {
    .setup = toy_sponge_setup,
    .set_capacity = toy_set_capacity,
    .input_bytes = toy_input_bytes,
    .input_integer = toy_input_integer,
    .output_bytes = toy_squeeze,
    .abort = toy_abort,
};

static int toy_derives(psa_algorithm_t alg)
{
    return PSA_ALG_IS_SP800_108_COUNTER_HMAC(alg) || alg == PSA_ALG_SP800_108_COUNTER_CMAC || PSA_ALG_IS_TLS12_PRF(alg) ||
           PSA_ALG_IS_TLS12_PSK_TO_MS(alg) || alg == PSA_ALG_TLS12_ECJPAKE_TO_PMS || PSA_ALG_IS_WPA3_SAE_H2E(alg);
}

/* ---- Keys: bytes, of the size that the attributes or the length say ---- */

static int toy_has_type(psa_key_type_t type)
{
    return PSA_KEY_TYPE_IS_RSA(type) || PSA_KEY_TYPE_IS_ML_KEM(type) || PSA_KEY_TYPE_IS_SPAKE2P(type) ||
           PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type) || PSA_KEY_TYPE_IS_WPA3_SAE_DH(type) || type == PSA_KEY_TYPE_DES;
}

static psa_status_t toy_import(void *instance, const psa_key_attributes_t *attributes, int32_t owner, const uint8_t *data,
                               size_t data_length, uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    (void)instance, (void)owner;
    if (!toy_has_type(type)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (*bits == 0) {
        *bits = type == PSA_KEY_TYPE_DES ? 8u * data_length : PSA_KEY_TYPE_IS_RSA(type) ? 1024u : 256u;
    }
    assert_true(blob_size >= data_length);
    memcpy(blob, data, data_length);
    *blob_length = data_length;
    return toy_answer();
}

/* DES draws 8 bytes again where they begin with 0; pairs of SPAKE2+ 40 bytes for each half; tokens 48 twice, or 80. */
static psa_status_t toy_derive(void *instance, const psa_key_attributes_t *attributes, int32_t owner, psacrypto_draw_t draw,
                               void *source, uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    uint8_t drawn[256];
    psa_status_t status = PSA_SUCCESS;
    size_t length = 0;
    (void)instance, (void)owner;
    if (type == PSA_KEY_TYPE_DES) {
        while (length < psa_get_key_bits(attributes) / 8u && status == PSA_SUCCESS) {
            status = draw(source, blob + length, 8);
            length += blob[length] != 0 ? 8u : 0;
        }
    } else if (PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type) || PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)) {
        size_t piece = PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type) ? 48u : 40u;
        for (; length < 64u && status == PSA_SUCCESS; length += 32u) {
            status = draw(source, drawn, piece);
            memcpy(blob + length, drawn, 32);
        }
    } else if (PSA_KEY_TYPE_IS_WPA3_SAE_DH(type)) {
        length = psa_get_key_bits(attributes) / 8u;
        status = draw(source, blob, length);
    } else {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    assert_true(blob_size >= length);
    *blob_length = length;
    return status == PSA_SUCCESS ? toy_answer() : status;
}

static const struct psacrypto_key_management_entries toy_key_management = {
    .import = toy_import,
    .derive = toy_derive,
};

/* ---- Key wrapping: eight bytes of a sum, then the key and zeroes; KWP ends with the length in the first byte ---- */

static uint64_t toy_key_sum(const struct psacrypto_key *key)
{
    return toy_mix(TOY_START, key->blob, key->length);
}

static psa_status_t toy_wrap(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg, const uint8_t *key_data,
                             size_t key_data_length, uint8_t *data, size_t data_size, size_t *data_length)
{
    size_t padded = (key_data_length + 7u) / 8u * 8u;
    uint64_t sum = toy_mix(toy_key_sum(wrapping_key), key_data, key_data_length);
    (void)instance, (void)alg;
    assert_true(data_size >= padded + 8u);
    memset(data, 0, padded + 8u);
    toy_stream(sum, 0, data, 7);
    data[7] = (uint8_t)(padded - key_data_length);
    memcpy(data + 8, key_data, key_data_length);
    *data_length = padded + 8u;
    return toy_answer();
}

static psa_status_t toy_unwrap(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg, const uint8_t *data,
                               size_t data_length, uint8_t *key_data, size_t key_data_size, size_t *key_data_length)
{
    uint8_t check[7];
    size_t length = data_length - 8u - data[7];
    (void)instance, (void)alg;
    assert_true(key_data_size >= length);
    toy_stream(toy_mix(toy_key_sum(wrapping_key), data + 8, length), 0, check, sizeof check);
    memcpy(key_data, data + 8, length);
    *key_data_length = length;
    return memcmp(check, data, sizeof check) != 0 ? PSA_ERROR_INVALID_SIGNATURE : toy_answer();
}

static const struct psacrypto_key_wrap_entries toy_key_wrap = { .wrap = toy_wrap, .unwrap = toy_unwrap };

/* ---- Asymmetric encryption: a sum over the label, the length, the message, zeroes; as long as the modulus ---- */

#define TOY_OVERHEAD 11u

static psa_status_t toy_encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *salt, size_t salt_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    size_t length = psa_get_key_bits(key->attributes) / 8u;
    uint8_t ciphertext[1024] = { 0 };
    (void)instance, (void)alg;
    if (input_length > length - TOY_OVERHEAD) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    assert_true(output_size >= length);
    toy_stream(toy_mix(TOY_START, salt, salt_length), 0, ciphertext, 8);
    ciphertext[8] = (uint8_t)input_length;
    if (input_length != 0) {
        memcpy(ciphertext + 9, input, input_length);
    }
    memcpy(output, ciphertext, length);
    *output_length = length;
    return toy_answer();
}

static psa_status_t toy_decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *salt, size_t salt_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    uint8_t check[8], message[256];
    (void)instance, (void)alg;
    if (input_length != psa_get_key_bits(key->attributes) / 8u) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    toy_stream(toy_mix(TOY_START, salt, salt_length), 0, check, sizeof check);
    if (memcmp(input, check, sizeof check) != 0) {
        return PSA_ERROR_INVALID_PADDING;
    }
    size_t length = input[8];
    if (output_size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memcpy(message, input + 9, length);
    memcpy(output, message, length);
    *output_length = length;
    return toy_answer();
}

static const struct psacrypto_asymmetric_encryption_entries toy_asymmetric_encryption = { .encrypt = toy_encrypt, .decrypt = toy_decrypt };

/* ---- Key encapsulation: the ciphertext is a stream, the secret another of it and the (public) key's first byte ---- */

#define TOY_SECRET_LENGTH 32u

static psa_status_t toy_open_secret(const struct psacrypto_key *key, const uint8_t *ciphertext, size_t length,
                                    uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    size_t wanted = toy.wrong_secret != 0 ? toy.wrong_secret : TOY_SECRET_LENGTH;
    assert_true(secret_size >= wanted);
    toy_stream(toy_mix(toy_mix(TOY_START, ciphertext, length), key->blob, 1), 0, secret, wanted);
    *secret_length = wanted;
    return toy_answer();
}

static psa_status_t toy_encapsulate(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                    uint8_t *secret, size_t secret_size, size_t *secret_length,
                                    uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    static uint64_t counter;
    size_t length = PSA_ENCAPSULATE_CIPHERTEXT_SIZE(psa_get_key_type(key->attributes), psa_get_key_bits(key->attributes), alg);
    (void)instance;
    counter++;
    assert_true(ciphertext_size >= length);
    toy_stream(counter, 0, ciphertext, length);
    *ciphertext_length = length;
    return toy_open_secret(key, ciphertext, length, secret, secret_size, secret_length);
}

static psa_status_t toy_decapsulate(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                    const uint8_t *ciphertext, size_t ciphertext_length,
                                    uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    (void)instance;
    if (ciphertext_length != PSA_ENCAPSULATE_CIPHERTEXT_SIZE(psa_get_key_type(key->attributes), psa_get_key_bits(key->attributes), alg)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return toy_open_secret(key, ciphertext, ciphertext_length, secret, secret_size, secret_length);
}

static const struct psacrypto_key_encapsulation_entries toy_key_encapsulation = {
    .encapsulate = toy_encapsulate,
    .decapsulate = toy_decapsulate,
};

/* ---- The driver ---- */

/* TLS-PRF and J-PAKE get a context that has to be allocated. */
static size_t toy_context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)instance, (void)bits;
    switch (family) {
    case PSACRYPTO_FAMILY_XOF:
        return alg == PSA_ALG_SHAKE128 || alg == PSA_ALG_ASCON_CXOF128 ? sizeof(struct toy_sponge) : 0;
    case PSACRYPTO_FAMILY_KEY_DERIVATION:
        return !toy_derives(alg) ? 0 : PSA_ALG_IS_TLS12_PRF(alg) ? 1000u : sizeof(struct toy_sponge);
    case PSACRYPTO_FAMILY_PAKE:
        return PSA_ALG_IS_JPAKE(alg) ? sizeof(struct toy_pake) : offsetof(struct toy_pake, padding);
    case PSACRYPTO_FAMILY_KEY_WRAP:
    case PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION:
    case PSACRYPTO_FAMILY_KEY_ENCAPSULATION:
        return type != PSA_KEY_TYPE_NONE;
    default:
        return 0;
    }
}

static const struct psacrypto_driver toy_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "toy",
    .context_size = toy_context_size,
    .key_management = &toy_key_management,
    .xof = &toy_xof,
    .key_wrap = &toy_key_wrap,
    .asymmetric_encryption = &toy_asymmetric_encryption,
    .key_derivation = &toy_key_derivation,
    .key_encapsulation = &toy_key_encapsulation,
    .pake = &toy_pake_entries,
};

/* ---- Around the tests ---- */

static struct psacrypto_store_ram_space toy_space;

/* For a group: the store is empty, the toy asked first. */
static inline int toy_group_setup(void **state)
{
    (void)state;
    memset(&toy_space, 0, sizeof toy_space);
    if (psacrypto_set_store(&psacrypto_store_ram, &toy_space) != PSA_SUCCESS ||
        psacrypto_register_driver(PSA_KEY_LOCATION_LOCAL_STORAGE, &toy_driver, NULL) != PSA_SUCCESS) {
        return -1;
    }
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static inline int toy_group_teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    psacrypto_store_ram_clear(&toy_space);
    return 0;
}

/* For a test: no failure is left over; afterwards every operation was let go of, and all memory given back. */
static inline int toy_setup(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    (void)state;
    memset(&toy, 0, sizeof toy);
    /* The first key takes memory that stays for those to come. */
    if (psa_import_key(&attributes, (const uint8_t *)"x", 1, &key) != PSA_SUCCESS || psa_destroy_key(key) != PSA_SUCCESS) {
        return -1;
    }
    toy.secrets = platform_test_secrets_in_use();
    return 0;
}

static inline int toy_teardown(void **state)
{
    (void)state;
    if (toy.active != 0) {
        print_error("%u operations of the driver were not aborted\n", toy.active);
    }
    if (platform_test_secrets_in_use() != toy.secrets) {
        print_error("memory of secrets is not given back\n");
    }
    return toy.active == 0 && platform_test_secrets_in_use() == toy.secrets ? 0 : -1;
}

/* For a call that must not work before psa_crypto_init(): around it. */
static inline void toy_close(void)
{
    psacrypto_shutdown();
}

static inline void toy_reopen(void)
{
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

#define TOY_TEST(function) cmocka_unit_test_setup_teardown(function, toy_setup, toy_teardown)

/* ---- Keys ---- */

static inline psa_key_attributes_t toy_attributes(psa_key_type_t type, size_t bits, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    return attributes;
}

static inline psa_key_id_t toy_key(psa_key_type_t type, size_t bits, psa_key_usage_t usage, psa_algorithm_t alg,
                                   const void *data, size_t data_length)
{
    psa_key_attributes_t attributes = toy_attributes(type, bits, usage, alg);
    psa_key_id_t key = PSA_KEY_ID_NULL;
    assert_int_equal(psa_import_key(&attributes, data, data_length, &key), PSA_SUCCESS);
    return key;
}

static inline void toy_destroy(psa_key_id_t key)
{
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

#endif
