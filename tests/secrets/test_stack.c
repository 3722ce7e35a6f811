/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What calls leave on the stack: no copy of a private key, of a nonce or of a shared secret. Each call is made by a thread whose stack is
 * ours, painted before and looked through afterwards. A register that a compiler put aside can hold 8 bytes of them, or 16; what is
 * found has more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>

#include "support/quick.h"

#define STACK_SIZE (512u * 1024u)
#define COPY_LENGTH 24u
#define USAGE (PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE)

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || HAS_FEATURE(address_sanitizer) || HAS_FEATURE(thread_sanitizer) || \
    HAS_FEATURE(memory_sanitizer)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

/* Checkers have stacks of their own, which are no memory afterwards. */
static void require_stack(void)
{
    if (SANITIZED || quick() == 2) {
        print_message("not under a checker\n");
        skip();
    }
}

static uint8_t *stack;

/* A call: the key, and what goes in and comes out. */
struct call {
    psa_algorithm_t alg;
    psa_key_id_t key;
    psa_key_attributes_t attributes;
    uint8_t key_data[PSA_EXPORT_KEY_PAIR_MAX_SIZE], public_key[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE], output[1024];
    size_t key_length, public_length, output_length;
    psa_status_t status;
};

typedef void *body_t(void *unused);

static struct call call, *const c = &call;

static void *import(void *unused)
{
    (void)unused;
    c->status = psa_import_key(&c->attributes, c->key_data, c->key_length, &c->key);
    return NULL;
}

static void *export_public(void *unused)
{
    (void)unused;
    c->status = psa_export_public_key(c->key, c->public_key, sizeof c->public_key, &c->public_length);
    return NULL;
}

static void *agree(void *unused)
{
    (void)unused;
    c->status = psa_raw_key_agreement(c->alg, c->key, c->public_key, c->public_length, c->output, sizeof c->output, &c->output_length);
    return NULL;
}

static const uint8_t message[40] = { 3, 2, 1 };

static void *sign(void *unused)
{
    (void)unused;
    c->status = psa_sign_message(c->key, c->alg, message, sizeof message, c->output, sizeof c->output, &c->output_length);
    return NULL;
}

/* Whether COPY_LENGTH bytes of the secret stand somewhere on the stack, forwards or backwards. */
static int has_copy(const uint8_t *secret, size_t length)
{
    uint8_t reversed[PSA_EXPORT_KEY_PAIR_MAX_SIZE];
    for (size_t i = 0; i < length; i++) {
        reversed[i] = secret[length - 1 - i];
    }
    for (size_t at = 0; at + COPY_LENGTH <= STACK_SIZE; at++) {
        for (size_t i = 0; stack[at] != 0xa5 && i + COPY_LENGTH <= length; i++) {
            if (memcmp(stack + at, secret + i, COPY_LENGTH) == 0 || memcmp(stack + at, reversed + i, COPY_LENGTH) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

static void run(body_t *body)
{
    pthread_attr_t attributes;
    pthread_t thread;
    memset(stack, 0xa5, STACK_SIZE);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, STACK_SIZE), 0);
    assert_int_equal(pthread_create(&thread, &attributes, body, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(pthread_attr_destroy(&attributes), 0);
    assert_int_equal(c->status, PSA_SUCCESS);
}

/* Once before, for what happens at a first call alone: a loader that puts registers aside. */
static void expect_no_copy(body_t *body, const uint8_t *secret, size_t length, const char *what)
{
    run(body);
    run(body);
    if (has_copy(secret, length)) {
        fail_msg("%s, key type 0x%04x of %zu bits, algorithm 0x%08x", what, psa_get_key_type(&c->attributes),
                 (size_t)psa_get_key_bits(&c->attributes), (unsigned)c->alg);
    }
}

static void start(psa_key_type_t type, size_t bits, psa_algorithm_t alg)
{
    memset(c, 0, sizeof *c);
    c->attributes = psa_key_attributes_init();
    psa_set_key_type(&c->attributes, type);
    psa_set_key_bits(&c->attributes, bits);
    psa_set_key_algorithm(&c->attributes, alg);
    psa_set_key_usage_flags(&c->attributes, USAGE);
    c->alg = alg;
    assert_int_equal(psa_generate_key(&c->attributes, &c->key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(c->key, c->key_data, sizeof c->key_data, &c->key_length), PSA_SUCCESS);
}

/* The secret part of an exported key: of RSA what is behind the version, n, e and their heads. */
static const uint8_t *secret_of(size_t *length)
{
    size_t bits = psa_get_key_bits(&c->attributes);
    size_t before = PSA_KEY_TYPE_IS_RSA(psa_get_key_type(&c->attributes)) ? 4u + 3u + 5u + bits / 8u + 5u : 0;
    *length = c->key_length - before;
    return c->key_data + before;
}

static void agreements(void **state)
{
    static const struct {
        psa_key_type_t type;
        size_t bits;
        psa_algorithm_t alg;
    } rows[] = {
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_ALG_ECDH },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 384, PSA_ALG_ECDH },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 521, PSA_ALG_ECDH },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_K1), 256, PSA_ALG_ECDH },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY), 255, PSA_ALG_ECDH },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY), 448, PSA_ALG_ECDH },
        { PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 2048, PSA_ALG_FFDH },
    };
    uint8_t secret[1024];
    (void)state;
    require_stack();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start(rows[i].type, rows[i].bits, rows[i].alg);
        expect_no_copy(export_public, c->key_data, c->key_length, "export of the public key");
        expect_no_copy(agree, c->key_data, c->key_length, "agreement: private key");
        size_t length = c->output_length;
        memcpy(secret, c->output, length);
        expect_no_copy(agree, secret, length, "agreement: secret");
        expect_no_copy(import, c->key_data, c->key_length, "import");
    }
}

static void signatures(void **state)
{
    static const struct {
        psa_key_type_t type;
        size_t bits;
        psa_algorithm_t alg;
    } rows[] = {
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256) },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 384, PSA_ALG_ECDSA(PSA_ALG_SHA_384) },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 255, PSA_ALG_PURE_EDDSA },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 448, PSA_ALG_PURE_EDDSA },
        { PSA_KEY_TYPE_RSA_KEY_PAIR, 1024, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256) },
    };
    (void)state;
    require_stack();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t length;
        start(rows[i].type, rows[i].bits, rows[i].alg);
        const uint8_t *secret = secret_of(&length);
        expect_no_copy(export_public, secret, length, "export of the public key");
        expect_no_copy(sign, secret, length, "signature");
        expect_no_copy(import, secret, length, "import");
    }
}

/* The test itself: a copy is seen. */
static void *leave_copy(void *unused)
{
    (void)unused;
    uint8_t copy[4096]; /* deep enough that the end of a thread does not reach it */
    uint8_t *volatile at = copy;
    memcpy(at, c->key_data, 32);
    c->status = at[0] == c->key_data[0] ? PSA_SUCCESS : PSA_ERROR_GENERIC_ERROR;
    return NULL;
}

static void copies_are_seen(void **state)
{
    (void)state;
    require_stack();
    start(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_ALG_ECDH);
    run(leave_copy);
    assert_true(has_copy(c->key_data, c->key_length));
}

static int open_library(void **state)
{
    (void)state;
    return posix_memalign((void **)&stack, 65536, STACK_SIZE) == 0 && psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int close_library(void **state)
{
    (void)state;
    psacrypto_shutdown();
    free(stack);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_seen),
        cmocka_unit_test(agreements),
        cmocka_unit_test(signatures),
    };
    return cmocka_run_group_tests(tests, open_library, close_library);
}
