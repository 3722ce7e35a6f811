/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What comes in pieces gives what comes at once: hashes (cloned, suspended and resumed on the way), XOFs, MACs, ciphers, AEADs and
 * derivations, of every family of algorithms and keys. And what was encrypted in pieces is decrypted in others.
 * Input: row; 64 bytes of key, 32 of IV; lengths of additional data and text, which follow; the rest are lengths of pieces.
 */
#include <psa/crypto.h>

#include "input.h"

#define AD_MAX 64u
#define TEXT_MAX 600u

struct row {
    psa_algorithm_t algorithm;
    psa_key_type_t type;
    uint8_t key_length, iv_length;
};

struct text {
    const struct row *row;
    psa_key_id_t key;
    uint8_t iv[32], ad[AD_MAX], text[TEXT_MAX];
    size_t ad_length, length;
    struct input *pieces;
};

#define USAGE (PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_DERIVE)

static const struct row rows[] = {
    {PSA_ALG_MD2, 0, 0, 0},
    {PSA_ALG_MD4, 0, 0, 0},
    {PSA_ALG_MD5, 0, 0, 0},
    {PSA_ALG_RIPEMD160, 0, 0, 0},
    {PSA_ALG_SHA_1, 0, 0, 0},
    {PSA_ALG_SHA_224, 0, 0, 0},
    {PSA_ALG_SHA_256, 0, 0, 0},
    {PSA_ALG_SHA_384, 0, 0, 0},
    {PSA_ALG_SHA_512_256, 0, 0, 0},
    {PSA_ALG_SHA3_224, 0, 0, 0},
    {PSA_ALG_SHA3_512, 0, 0, 0},
    {PSA_ALG_SHAKE128_256, 0, 0, 0},
    {PSA_ALG_SM3, 0, 0, 0},
    {PSA_ALG_AES_MMO_ZIGBEE, 0, 0, 0},
    {PSA_ALG_ASCON_HASH256, 0, 0, 0},
    {PSA_ALG_BLAKE2B_HASH512, 0, 0, 0},
    {PSA_ALG_BLAKE2BP_HASH512, 0, 0, 0},
    {PSA_ALG_BLAKE2S_HASH256, 0, 0, 0},
    {PSA_ALG_BLAKE2SP_HASH256, 0, 0, 0},
    {PSA_ALG_SHAKE128, 0, 0, 0},
    {PSA_ALG_SHAKE256, 0, 0, 0},
    {PSA_ALG_ASCON_XOF128, 0, 0, 0},
    {PSA_ALG_ASCON_CXOF128, 0, 0, 0},
    {PSA_ALG_HMAC(PSA_ALG_MD5), PSA_KEY_TYPE_HMAC, 20, 0},
    {PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 64, 0},
    {PSA_ALG_HMAC(PSA_ALG_SHA3_384), PSA_KEY_TYPE_HMAC, 11, 0},
    {PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), PSA_KEY_TYPE_BLAKE2, 32, 0},
    {PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2SP_HASH256), PSA_KEY_TYPE_BLAKE2, 16, 0},
    {PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 16, 0},
    {PSA_ALG_CMAC, PSA_KEY_TYPE_DES, 24, 0},
    {PSA_ALG_CBC_MAC, PSA_KEY_TYPE_SM4, 16, 0},
    {PSA_ALG_CTR, PSA_KEY_TYPE_AES, 32, 16},
    {PSA_ALG_CTR, PSA_KEY_TYPE_DES, 24, 8},
    {PSA_ALG_CFB, PSA_KEY_TYPE_ARIA, 24, 16},
    {PSA_ALG_OFB, PSA_KEY_TYPE_CAMELLIA, 32, 16},
    {PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_SM4, 16, 0},
    {PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_DES, 8, 0},
    {PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 16, 16},
    {PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, 24, 16},
    {PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_DES, 24, 8},
    {PSA_ALG_XTS, PSA_KEY_TYPE_AES, 32, 16},
    {PSA_ALG_XTS, PSA_KEY_TYPE_SM4, 32, 16},
    {PSA_ALG_CCM_STAR_NO_TAG, PSA_KEY_TYPE_AES, 16, 13},
    {PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_ARC4, 16, 0},
    {PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_CHACHA20, 32, 16},
    {PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_XCHACHA20, 32, 32},
    {PSA_ALG_GCM, PSA_KEY_TYPE_AES, 16, 12},
    {PSA_ALG_GCM, PSA_KEY_TYPE_CAMELLIA, 24, 29},
    {PSA_ALG_CCM, PSA_KEY_TYPE_ARIA, 32, 7},
    {PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 8), PSA_KEY_TYPE_AES, 16, 13},
    {PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 32, 12},
    {PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20, 32, 24},
    {PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 16, 16},
    {PSA_ALG_HKDF(PSA_ALG_SHA_256), PSA_KEY_TYPE_DERIVE, 32, 16},
    {PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_512), PSA_KEY_TYPE_DERIVE, 64, 0},
    {PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_PASSWORD, 9, 16},
    {PSA_ALG_PBKDF2_AES_CMAC_PRF_128, PSA_KEY_TYPE_PASSWORD, 20, 16},
    {PSA_ALG_TLS12_PRF(PSA_ALG_SHA_384), PSA_KEY_TYPE_DERIVE, 48, 16},
    {PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 32, 16},
    {PSA_ALG_SP800_108_COUNTER_CMAC, PSA_KEY_TYPE_CAMELLIA, 16, 16},
};

/* The next piece of what is left; all of it where the fuzzer's bytes are used up. */
static size_t piece(const struct text *t, size_t left)
{
    const size_t length = t->pieces->length == 0 ? left : input_byte(t->pieces);
    return length < left ? length : left;
}

/* A copy in memory of exactly that size. */
static uint8_t *exact(const uint8_t *bytes, size_t length)
{
    uint8_t *copy = input_memory(length);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

/* ---- Hashes and XOFs ---- */

/* Sometimes goes on with a clone, sometimes with what was suspended. */
static void interrupt(const struct text *t, psa_hash_operation_t *operation)
{
    psa_hash_operation_t other = PSA_HASH_OPERATION_INIT;
    uint8_t state[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE];
    size_t length = 0;
    const uint8_t choice = input_byte(t->pieces);

    if (choice % 4 == 1) {
        CHECK(psa_hash_clone(operation, &other) == PSA_SUCCESS);
        CHECK(psa_hash_abort(operation) == PSA_SUCCESS);
        CHECK(psa_hash_clone(&other, operation) == PSA_SUCCESS);
        CHECK(psa_hash_abort(&other) == PSA_SUCCESS);
    } else if (choice % 4 == 2 && PSA_HASH_SUSPEND_OUTPUT_SIZE(t->row->algorithm) != 0) {
        CHECK(psa_hash_suspend(operation, state, sizeof(state), &length) == PSA_SUCCESS);
        CHECK(psa_hash_resume(operation, state, length) == PSA_SUCCESS);
    }
}

static void check_hash(const struct text *t)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    uint8_t whole[PSA_HASH_MAX_SIZE], hash[PSA_HASH_MAX_SIZE];
    size_t whole_length, length;

    CHECK(psa_hash_compute(t->row->algorithm, t->text, t->length, whole, sizeof(whole), &whole_length) == PSA_SUCCESS);
    CHECK(psa_hash_setup(&operation, t->row->algorithm) == PSA_SUCCESS);
    for (size_t done = 0, n; done < t->length; done += n) {
        n = piece(t, t->length - done);
        uint8_t *bytes = exact(t->text + done, n);
        CHECK(psa_hash_update(&operation, bytes, n) == PSA_SUCCESS);
        free(bytes);
        interrupt(t, &operation);
    }
    CHECK(psa_hash_finish(&operation, hash, sizeof(hash), &length) == PSA_SUCCESS);
    CHECK(length == whole_length && memcmp(hash, whole, length) == 0);
}

static void xof_begin(const struct text *t, psa_xof_operation_t *operation)
{
    memset(operation, 0, sizeof(*operation));
    CHECK(psa_xof_setup(operation, t->row->algorithm) == PSA_SUCCESS);
    if (t->row->algorithm == PSA_ALG_ASCON_CXOF128) {
        CHECK(psa_xof_set_context(operation, t->ad, t->ad_length) == PSA_SUCCESS);
    }
}

static void check_xof(const struct text *t)
{
    psa_xof_operation_t operation;
    uint8_t whole[TEXT_MAX], output[TEXT_MAX];

    xof_begin(t, &operation);
    CHECK(psa_xof_update(&operation, t->text, t->length) == PSA_SUCCESS && psa_xof_output(&operation, whole, sizeof(whole)) == PSA_SUCCESS);
    CHECK(psa_xof_abort(&operation) == PSA_SUCCESS);
    xof_begin(t, &operation);
    for (size_t done = 0, n; done < t->length; done += n) {
        n = piece(t, t->length - done);
        CHECK(psa_xof_update(&operation, t->text + done, n) == PSA_SUCCESS);
    }
    for (size_t done = 0, n; done < sizeof(output); done += n) {
        n = piece(t, sizeof(output) - done);
        CHECK(psa_xof_output(&operation, output + done, n) == PSA_SUCCESS);
    }
    CHECK(psa_xof_abort(&operation) == PSA_SUCCESS && memcmp(output, whole, sizeof(whole)) == 0);
}

/* ---- MACs ---- */

static void check_mac(const struct text *t)
{
    psa_mac_operation_t operation = PSA_MAC_OPERATION_INIT;
    uint8_t whole[PSA_MAC_MAX_SIZE], mac[PSA_MAC_MAX_SIZE];
    size_t whole_length, length;

    CHECK(psa_mac_compute(t->key, t->row->algorithm, t->text, t->length, whole, sizeof(whole), &whole_length) == PSA_SUCCESS);
    CHECK(psa_mac_sign_setup(&operation, t->key, t->row->algorithm) == PSA_SUCCESS);
    for (size_t done = 0, n; done < t->length; done += n) {
        n = piece(t, t->length - done);
        CHECK(psa_mac_update(&operation, t->text + done, n) == PSA_SUCCESS);
    }
    CHECK(psa_mac_sign_finish(&operation, mac, sizeof(mac), &length) == PSA_SUCCESS);
    CHECK(length == whole_length && memcmp(mac, whole, length) == 0);
}

/* ---- Ciphers ---- */

/* Into outputs of exactly the size that the macros promise. */
static size_t cipher_pieces(const struct text *t, psa_cipher_operation_t *operation, const uint8_t *input, size_t length, uint8_t *output)
{
    size_t written = 0, n;

    if (t->row->iv_length != 0) {
        CHECK(psa_cipher_set_iv(operation, t->iv, t->row->iv_length) == PSA_SUCCESS);
    }
    for (size_t done = 0, taken; done < length; done += taken) {
        taken = piece(t, length - done);
        const size_t size = PSA_CIPHER_UPDATE_OUTPUT_SIZE(t->row->type, t->row->algorithm, taken);
        uint8_t *room = input_memory(size), *bytes = exact(input + done, taken);
        CHECK(psa_cipher_update(operation, bytes, taken, room, size, &n) == PSA_SUCCESS && n <= size);
        if (n > 0) {
            memcpy(output + written, room, n);
        }
        written += n;
        free(room);
        free(bytes);
    }
    CHECK(psa_cipher_finish(operation, output + written, PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE, &n) == PSA_SUCCESS);
    return written + n;
}

/* Of a length that the mode takes: whole blocks, or at least one. */
static size_t cipher_length(const struct text *t)
{
    const size_t block = PSA_BLOCK_CIPHER_BLOCK_LENGTH(t->row->type);

    return t->row->algorithm == PSA_ALG_ECB_NO_PADDING || t->row->algorithm == PSA_ALG_CBC_NO_PADDING ? t->length / block * block :
           t->row->algorithm == PSA_ALG_XTS && t->length < 16                                           ? 16 :
                                                                                                          t->length;
}

static void check_cipher(const struct text *t)
{
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    uint8_t whole[TEXT_MAX + 32], output[TEXT_MAX + 64];
    const size_t length = cipher_length(t);
    struct text at_once = *t;
    struct input none = {NULL, 0};

    at_once.pieces = &none;
    CHECK(psa_cipher_encrypt_setup(&operation, t->key, t->row->algorithm) == PSA_SUCCESS);
    const size_t whole_length = cipher_pieces(&at_once, &operation, t->text, length, whole);
    CHECK(psa_cipher_encrypt_setup(&operation, t->key, t->row->algorithm) == PSA_SUCCESS);
    CHECK(cipher_pieces(t, &operation, t->text, length, output) == whole_length && memcmp(output, whole, whole_length) == 0);
    CHECK(psa_cipher_decrypt_setup(&operation, t->key, t->row->algorithm) == PSA_SUCCESS);
    CHECK(cipher_pieces(t, &operation, whole, whole_length, output) == length && memcmp(output, t->text, length) == 0);
}

/* ---- AEADs ---- */

static size_t aead_pieces(const struct text *t, psa_aead_operation_t *operation, const uint8_t *input, uint8_t *output)
{
    size_t written = 0, n;

    if (PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(t->row->algorithm) == PSA_ALG_CCM || input_byte(t->pieces) % 2 == 0) {
        CHECK(psa_aead_set_lengths(operation, t->ad_length, t->length) == PSA_SUCCESS);
    }
    CHECK(psa_aead_set_nonce(operation, t->iv, t->row->iv_length) == PSA_SUCCESS);
    for (size_t done = 0; done < t->ad_length; done += n) {
        n = piece(t, t->ad_length - done);
        CHECK(psa_aead_update_ad(operation, t->ad + done, n) == PSA_SUCCESS);
    }
    for (size_t done = 0, taken; done < t->length; done += taken) {
        taken = piece(t, t->length - done);
        const size_t size = PSA_AEAD_UPDATE_OUTPUT_SIZE(t->row->type, t->row->algorithm, taken);
        uint8_t *room = input_memory(size), *bytes = exact(input + done, taken);
        CHECK(psa_aead_update(operation, bytes, taken, room, size, &n) == PSA_SUCCESS && n <= size);
        if (n > 0) {
            memcpy(output + written, room, n);
        }
        written += n;
        free(room);
        free(bytes);
    }
    return written;
}

static void check_aead(const struct text *t)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    uint8_t whole[TEXT_MAX + 16], output[TEXT_MAX + 32], tag[16];
    size_t whole_length, n, tag_length;

    CHECK(psa_aead_encrypt(t->key, t->row->algorithm, t->iv, t->row->iv_length, t->ad, t->ad_length, t->text, t->length, whole, sizeof(whole),
                           &whole_length) == PSA_SUCCESS);
    CHECK(psa_aead_encrypt_setup(&operation, t->key, t->row->algorithm) == PSA_SUCCESS);
    size_t written = aead_pieces(t, &operation, t->text, output);
    CHECK(psa_aead_finish(&operation, output + written, 32, &n, tag, sizeof(tag), &tag_length) == PSA_SUCCESS);
    CHECK(written + n == t->length && t->length + tag_length == whole_length);
    CHECK(memcmp(output, whole, t->length) == 0 && memcmp(tag, whole + t->length, tag_length) == 0);

    CHECK(psa_aead_decrypt_setup(&operation, t->key, t->row->algorithm) == PSA_SUCCESS);
    written = aead_pieces(t, &operation, whole, output);
    CHECK(psa_aead_verify(&operation, output + written, 32, &n, tag, tag_length) == PSA_SUCCESS);
    CHECK(written + n == t->length && memcmp(output, t->text, t->length) == 0);
}

/* ---- Derivations ---- */

struct step {
    psa_key_derivation_step_t step;
    uint8_t source; /* of what is given: the key, the IV, the additional data, a cost */
};

enum { END, KEY, IV, AD, COST };

static const struct step *steps_of(psa_algorithm_t alg)
{
    static const struct step hkdf[] = {{PSA_KEY_DERIVATION_INPUT_SALT, IV}, {PSA_KEY_DERIVATION_INPUT_SECRET, KEY}, {PSA_KEY_DERIVATION_INPUT_INFO, AD}, {0, END}};
    static const struct step expand[] = {{PSA_KEY_DERIVATION_INPUT_SECRET, KEY}, {PSA_KEY_DERIVATION_INPUT_INFO, AD}, {0, END}};
    static const struct step pbkdf2[] = {{PSA_KEY_DERIVATION_INPUT_COST, COST}, {PSA_KEY_DERIVATION_INPUT_SALT, IV}, {PSA_KEY_DERIVATION_INPUT_PASSWORD, KEY}, {0, END}};
    static const struct step tls[] = {{PSA_KEY_DERIVATION_INPUT_SEED, AD}, {PSA_KEY_DERIVATION_INPUT_SECRET, KEY}, {PSA_KEY_DERIVATION_INPUT_LABEL, IV}, {0, END}};
    static const struct step counter[] = {{PSA_KEY_DERIVATION_INPUT_SECRET, KEY}, {PSA_KEY_DERIVATION_INPUT_CONTEXT, AD}, {0, END}};

    return PSA_ALG_IS_HKDF(alg)                                                         ? hkdf :
           PSA_ALG_IS_HKDF_EXPAND(alg)                                                  ? expand :
           PSA_ALG_IS_PBKDF2_HMAC(alg) || alg == PSA_ALG_PBKDF2_AES_CMAC_PRF_128         ? pbkdf2 :
           PSA_ALG_IS_TLS12_PRF(alg)                                                    ? tls :
                                                                                          counter;
}

static void derivation_begin(const struct text *t, psa_key_derivation_operation_t *operation)
{
    CHECK(psa_key_derivation_setup(operation, t->row->algorithm) == PSA_SUCCESS);
    for (const struct step *step = steps_of(t->row->algorithm); step->source != END; step++) {
        CHECK((step->source == KEY    ? psa_key_derivation_input_key(operation, step->step, t->key) :
               step->source == COST   ? psa_key_derivation_input_integer(operation, step->step, 2) :
               step->source == IV     ? psa_key_derivation_input_bytes(operation, step->step, t->iv, t->row->iv_length) :
                                        psa_key_derivation_input_bytes(operation, step->step, t->ad, t->ad_length)) == PSA_SUCCESS);
    }
    CHECK(psa_key_derivation_set_capacity(operation, TEXT_MAX) == PSA_SUCCESS);
}

/* A capacity that is larger is refused on the way, without harm; so is more than there is, at the end. */
static void check_derivation(const struct text *t)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    uint8_t whole[TEXT_MAX], output[TEXT_MAX];

    derivation_begin(t, &operation);
    CHECK(psa_key_derivation_output_bytes(&operation, whole, sizeof(whole)) == PSA_SUCCESS);
    CHECK(psa_key_derivation_abort(&operation) == PSA_SUCCESS);
    derivation_begin(t, &operation);
    for (size_t done = 0, n; done < sizeof(output); done += n) {
        n = piece(t, sizeof(output) - done);
        CHECK(psa_key_derivation_set_capacity(&operation, TEXT_MAX + 1) == PSA_ERROR_INVALID_ARGUMENT);
        CHECK((n % 2 == 0 ? psa_key_derivation_output_bytes(&operation, output + done, n) :
                            psa_key_derivation_verify_bytes(&operation, whole + done, n)) == PSA_SUCCESS);
        CHECK(n % 2 != 0 || memcmp(output + done, whole + done, n) == 0);
    }
    CHECK(psa_key_derivation_output_bytes(&operation, output, 1) == PSA_ERROR_INSUFFICIENT_DATA);
    CHECK(psa_key_derivation_output_bytes(&operation, output, 1) == PSA_ERROR_INSUFFICIENT_DATA);
    CHECK(psa_key_derivation_abort(&operation) == PSA_SUCCESS);
}

/* ---- The input ---- */

static void take(struct input *input, uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = input_byte(input);
    }
}

static void odd_parity(uint8_t *key, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        uint8_t ones = key[i] & 0xfeu;
        ones ^= ones >> 4;
        ones ^= ones >> 2;
        ones ^= ones >> 1;
        key[i] = (uint8_t)((key[i] & 0xfeu) | (~ones & 1u));
    }
}

static psa_key_id_t import(const struct row *row, uint8_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t id = PSA_KEY_ID_NULL;

    if (row->type == PSA_KEY_TYPE_DES) {
        odd_parity(key, row->key_length);
    }
    psa_set_key_type(&attributes, row->type);
    psa_set_key_algorithm(&attributes, row->algorithm);
    psa_set_key_usage_flags(&attributes, USAGE);
    CHECK(row->type == 0 || psa_import_key(&attributes, key, row->key_length, &id) == PSA_SUCCESS);
    return id;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct text t = {.pieces = &input};
    uint8_t key[64];

    t.row = &rows[input_byte(&input) % (sizeof(rows) / sizeof(rows[0]))];
    take(&input, key, sizeof(key));
    take(&input, t.iv, sizeof(t.iv));
    if (t.row->type == PSA_KEY_TYPE_CHACHA20) {
        t.iv[3] &= 0x7f; /* of a counter of 32 bits, with which the key stream ends */
    }
    t.ad_length = input_byte(&input) % (AD_MAX + 1);
    t.length = input_u16(&input) % (TEXT_MAX + 1);
    take(&input, t.ad, t.ad_length);
    take(&input, t.text, t.length);
    t.key = import(t.row, key);
    (PSA_ALG_IS_HASH(t.row->algorithm)   ? check_hash :
     PSA_ALG_IS_XOF(t.row->algorithm)    ? check_xof :
     PSA_ALG_IS_MAC(t.row->algorithm)    ? check_mac :
     PSA_ALG_IS_CIPHER(t.row->algorithm) ? check_cipher :
     PSA_ALG_IS_AEAD(t.row->algorithm)   ? check_aead :
                                           check_derivation)(&t);
    CHECK(psa_destroy_key(t.key) == PSA_SUCCESS);
    return 0;
}
