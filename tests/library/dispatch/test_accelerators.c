/* SPDX-License-Identifier: Apache-2.0 */
/* Transparent drivers of a program: who is asked, in which order, and what becomes of those who decline. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "dispatch/driver_table.h"

#define AES PSA_KEY_TYPE_AES

static const uint8_t bytes[64] = { 9, 8, 7, 6, 5, 4, 3, 2, 1 };

/* ---- An accelerator for AES-GCM: the software driver's work, with an account of what was asked ---- */

enum { SEAL, OPEN, SEAL_SETUP, OPEN_SETUP, PREPARE, UNPREPARE, ABORT, KINDS };

struct accelerator {
    size_t bits;            /* the one key size that it has */
    unsigned has;           /* 1 << SEAL, ... */
    size_t context_extra;   /* beyond what is needed */
    unsigned later;         /* INCOMPLETE so often before an answer */
    int unlocked;           /* called without the library's mutex for it */
    int foreign_context;    /* a context that was not zero */
    unsigned calls[KINDS];
};

static struct accelerator first;
static struct accelerator second;

#define SOFT (&psacrypto_software_driver)

static int has(const struct accelerator *a, unsigned kind)
{
    return (a->has & (1u << kind)) != 0;
}

static psa_status_t answer(struct accelerator *a, const struct psacrypto_key *key, unsigned kind)
{
    if (a->later > 0) {
        a->later--;
        return PSA_OPERATION_INCOMPLETE;
    }
    if (!has(a, kind) || psa_get_key_bits(key->attributes) != a->bits) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    a->calls[kind]++;
    return PSA_SUCCESS;
}

static psa_status_t seal(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                         const uint8_t *ad, size_t ad_length, const uint8_t *plaintext, size_t plaintext_length,
                         uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    struct psacrypto_key bare = *key;
    bare.prepared = NULL;
    psa_status_t status = answer(instance, key, SEAL);
    if (status != PSA_SUCCESS) {
        *ciphertext_length = 1000; /* of no meaning */
        return status;
    }
    return SOFT->aead->encrypt(NULL, &bare, alg, nonce, nonce_length, ad, ad_length, plaintext, plaintext_length,
                               ciphertext, ciphertext_size, ciphertext_length);
}

static psa_status_t unseal(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                           const uint8_t *ad, size_t ad_length, const uint8_t *ciphertext, size_t ciphertext_length,
                           uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    struct psacrypto_key bare = *key;
    bare.prepared = NULL;
    psa_status_t status = answer(instance, key, OPEN);
    return status != PSA_SUCCESS ? status
        : SOFT->aead->decrypt(NULL, &bare, alg, nonce, nonce_length, ad, ad_length, ciphertext, ciphertext_length,
                              plaintext, plaintext_size, plaintext_length);
}

static psa_status_t setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg, unsigned kind)
{
    struct accelerator *a = instance;
    struct psacrypto_key bare = *key;
    bare.prepared = NULL;
    a->foreign_context |= *(uint8_t *)context != 0;
    psa_status_t status = answer(a, key, kind);
    if (status != PSA_SUCCESS) {
        memset(context, 0xee, 16); /* declined after all: what was written must trouble nobody */
        return status;
    }
    return kind == SEAL_SETUP ? SOFT->aead->encrypt_setup(NULL, &bare, context, alg) : SOFT->aead->decrypt_setup(NULL, &bare, context, alg);
}

static psa_status_t seal_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    return setup(instance, key, context, alg, SEAL_SETUP);
}

static psa_status_t open_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    return setup(instance, key, context, alg, OPEN_SETUP);
}

static psa_status_t set_lengths(void *instance, const struct psacrypto_key *key, void *context, size_t ad_length, size_t body_length)
{
    struct psacrypto_key bare = *key;
    (void)instance;
    bare.prepared = NULL;
    return SOFT->aead->set_lengths(NULL, &bare, context, ad_length, body_length);
}

static psa_status_t set_nonce(void *instance, const struct psacrypto_key *key, void *context, const uint8_t *nonce, size_t nonce_length)
{
    struct psacrypto_key bare = *key;
    (void)instance;
    bare.prepared = NULL;
    return SOFT->aead->set_nonce(NULL, &bare, context, nonce, nonce_length);
}

static psa_status_t update_ad(void *instance, const struct psacrypto_key *key, void *context, const uint8_t *input, size_t input_length)
{
    struct psacrypto_key bare = *key;
    (void)instance;
    bare.prepared = NULL;
    return SOFT->aead->update_ad(NULL, &bare, context, input, input_length);
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *context, const uint8_t *input, size_t input_length,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    struct psacrypto_key bare = *key;
    (void)instance;
    bare.prepared = NULL;
    return SOFT->aead->update(NULL, &bare, context, input, input_length, output, output_size, output_length);
}

static psa_status_t finish(void *instance, const struct psacrypto_key *key, void *context,
                           uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length,
                           uint8_t *tag, size_t tag_size, size_t *tag_length)
{
    struct psacrypto_key bare = *key;
    (void)instance;
    bare.prepared = NULL;
    return SOFT->aead->finish(NULL, &bare, context, ciphertext, ciphertext_size, ciphertext_length, tag, tag_size, tag_length);
}

static psa_status_t verify(void *instance, const struct psacrypto_key *key, void *context,
                           uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length, const uint8_t *tag, size_t tag_length)
{
    struct psacrypto_key bare = *key;
    (void)instance;
    bare.prepared = NULL;
    return SOFT->aead->verify(NULL, &bare, context, plaintext, plaintext_size, plaintext_length, tag, tag_length);
}

static psa_status_t abort_aead(void *instance, void *context)
{
    struct accelerator *a = instance;
    a->calls[ABORT]++;
    return SOFT->aead->abort == NULL ? PSA_SUCCESS : SOFT->aead->abort(NULL, context);
}

static size_t context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct accelerator *a = instance;
    return family != PSACRYPTO_FAMILY_AEAD ? 0 : SOFT->context_size(NULL, family, alg, type, bits) + a->context_extra;
}

static size_t prepared_size(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct accelerator *a = instance;
    (void)key, (void)alg;
    return has(a, PREPARE) ? 100 : 0;
}

/* Whether the library's mutex for this driver is held: another call would have to wait. */
static void look_for_mutex(struct accelerator *a)
{
    for (uint32_t i = 1; driver_table_at(i) != NULL; i++) {
        if (driver_table_at(i)->instance == a) {
            a->unlocked |= driver_table_at(i)->serial.of.word == 0;
        }
    }
}

static psa_status_t prepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct accelerator *a = instance;
    (void)key, (void)alg, (void)memory;
    a->calls[PREPARE]++;
    look_for_mutex(a);
    return PSA_SUCCESS;
}

static void unprepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct accelerator *a = instance;
    (void)key, (void)alg, (void)memory;
    a->calls[UNPREPARE]++;
    look_for_mutex(a);
}

static const struct psacrypto_aead_entries aead = {
    .encrypt = seal, .decrypt = unseal, .encrypt_setup = seal_setup, .decrypt_setup = open_setup, .set_lengths = set_lengths,
    .set_nonce = set_nonce, .update_ad = update_ad, .update = update, .finish = finish, .verify = verify, .abort = abort_aead,
};

static const struct psacrypto_driver accelerator = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .flags = PSACRYPTO_DRIVER_SERIALISED,
    .name = "accelerator",
    .context_size = context_size,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .unprepare = unprepare,
    .aead = &aead,
};

/* ---- Keys ---- */

static psa_key_id_t import(size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    assert_int_equal(psa_import_key(&attributes, bytes, length, &key), PSA_SUCCESS);
    return key;
}

static void encrypt(psa_key_id_t key, uint8_t output[48])
{
    size_t length;
    assert_int_equal(psa_aead_encrypt(key, PSA_ALG_GCM, bytes, 12, bytes, 5, bytes, 32, output, 48, &length), PSA_SUCCESS);
    assert_int_equal(length, 48);
}

static void decrypt(psa_key_id_t key, const uint8_t input[48])
{
    uint8_t output[32];
    size_t length;
    assert_int_equal(psa_aead_decrypt(key, PSA_ALG_GCM, bytes, 12, bytes, 5, input, 48, output, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(output, bytes, 32);
}

static void encrypt_in_parts(psa_key_id_t key, uint8_t output[48])
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    size_t length, rest, tag;
    assert_int_equal(psa_aead_encrypt_setup(&operation, key, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_lengths(&operation, 5, 32), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&operation, bytes, 12), PSA_SUCCESS);
    assert_int_equal(psa_aead_update_ad(&operation, bytes, 5), PSA_SUCCESS);
    psa_aead_operation_t moved;
    memcpy(&moved, &operation, sizeof(moved));
    memset(&operation, 0xcc, sizeof(operation));
    assert_int_equal(psa_aead_update(&moved, bytes, 32, output, 48, &length), PSA_SUCCESS);
    assert_int_equal(psa_aead_finish(&moved, output + length, 48 - length, &rest, output + 32, 16, &tag), PSA_SUCCESS);
    assert_int_equal(length + rest, 32);
    assert_int_equal(tag, 16);
}

/* What the software driver alone gives. */
static void expected(uint8_t output[48], size_t key_length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    struct psacrypto_key key = { &attributes, 0, bytes, key_length, NULL };
    size_t length;
    psa_set_key_type(&attributes, AES);
    psa_set_key_bits(&attributes, 8u * key_length);
    assert_int_equal(SOFT->aead->encrypt(NULL, &key, PSA_ALG_GCM, bytes, 12, bytes, 5, bytes, 32, output, 48, &length), PSA_SUCCESS);
}

static void open_with(unsigned has_first, unsigned has_second)
{
    memset(&first, 0, sizeof(first));
    memset(&second, 0, sizeof(second));
    first.bits = second.bits = 128;
    first.has = has_first;
    second.has = has_second;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

static int close_all(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

/* ---- Tests ---- */

#define ALL ((1u << SEAL) | (1u << OPEN) | (1u << SEAL_SETUP) | (1u << OPEN_SETUP))

static void each_size_goes_to_who_has_it(void **state)
{
    static const size_t lengths[] = { 16, 24, 32 };
    uint8_t right[48], got[48];
    (void)state;
    open_with(ALL, 0);
    for (unsigned i = 0; i < 3; i++) {
        psa_key_id_t key = import(lengths[i]);
        expected(right, lengths[i]);
        for (unsigned again = 0; again < 3; again++) {
            encrypt(key, got);
            assert_memory_equal(got, right, 48);
            encrypt_in_parts(key, got);
            assert_memory_equal(got, right, 48);
            decrypt(key, got);
        }
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
    assert_int_equal(first.calls[SEAL], 3);
    assert_int_equal(first.calls[OPEN], 3);
    assert_int_equal(first.calls[SEAL_SETUP], 3);
    assert_int_equal(first.calls[ABORT], 3);
    assert_int_equal(first.foreign_context, 0);
}

/* Contexts that do not fit into the operation, and answers that take long. */
static void a_large_context_and_a_slow_driver(void **state)
{
    uint8_t right[48], got[48];
    (void)state;
    open_with(ALL, 0);
    expected(right, 16);
    psa_key_id_t key = import(16);
    first.context_extra = 5000;
    first.later = 3;
    encrypt_in_parts(key, got);
    assert_memory_equal(got, right, 48);
    first.later = 2;
    encrypt(key, got);
    assert_memory_equal(got, right, 48);
    assert_int_equal(first.calls[SEAL_SETUP], 1);
    assert_int_equal(first.calls[SEAL], 1);
}

/* One driver seals, another opens: what is remembered of the one call is not in the way of the other. */
static void whoever_declines_hides_nobody(void **state)
{
    uint8_t sealed[48];
    (void)state;
    open_with(1u << OPEN, 1u << SEAL);
    psa_key_id_t key = import(16);
    encrypt(key, sealed);
    assert_int_equal(second.calls[SEAL], 1);
    decrypt(key, sealed);
    assert_int_equal(first.calls[OPEN], 1);
    encrypt(key, sealed);
    decrypt(key, sealed);
    assert_int_equal(second.calls[SEAL], 2);
    assert_int_equal(first.calls[OPEN], 2);
}

/* The promise of PSACRYPTO_DRIVER_SERIALISED is for every entry. */
static void a_serialised_driver_is_called_under_its_mutex(void **state)
{
    uint8_t out[48];
    (void)state;
    open_with(ALL | (1u << PREPARE), 0);
    psa_key_id_t key = import(16);
    encrypt(key, out);
    first.has = 1u << PREPARE; /* a plan made for this key size, and let go */
    psa_key_id_t other = import(32);
    encrypt(other, out);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(other), PSA_SUCCESS);
    assert_int_equal(first.calls[PREPARE], 2);
    assert_int_equal(first.calls[UNPREPARE], 2);
    assert_int_equal(first.unlocked, 0);
}

static struct psacrypto_store_ram_space space;

static int start(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &space) == PSA_SUCCESS &&
           psacrypto_register_driver(0, &accelerator, &first) == PSA_SUCCESS &&
           psacrypto_register_driver(0, &accelerator, &second) == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(each_size_goes_to_who_has_it, close_all),
        cmocka_unit_test_teardown(a_large_context_and_a_slow_driver, close_all),
        cmocka_unit_test_teardown(whoever_declines_hides_nobody, close_all),
        cmocka_unit_test_teardown(a_serialised_driver_is_called_under_its_mutex, close_all),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
