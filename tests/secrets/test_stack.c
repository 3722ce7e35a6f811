/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What calls leave on the stack: no copy of a private key, of a nonce, of a shared secret or of what is hashed. Each call is made by a
 * thread whose stack is ours, painted before and looked through afterwards. A register that a compiler put aside can hold 8 bytes of
 * them, or 16; what is found has more.
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

#include "support/kernel_choice.h"
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

#if defined(__GNUC__) && !defined(__OPTIMIZE__)
#define OPTIMISED 0
#else
#define OPTIMISED 1
#endif

/* Checkers have stacks of their own, which are no memory afterwards. Without optimisation each function that is inlined has places of its
 * own for each of its variables. */
static void require_stack(void)
{
    if (SANITIZED || quick() == 2) {
        print_message("not under a checker\n");
        skip();
    }
    if (!OPTIMISED) {
        print_message("not without optimisation\n");
        skip();
    }
}

static uint8_t *stack;
static uint8_t other_stack[STACK_SIZE];

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

/* A MAC, with a key that is new each time: one that was used before has its padded blocks behind it. */
static void *mac(void *unused)
{
    import(unused);
    if (c->status == PSA_SUCCESS) {
        c->status = psa_mac_compute(c->key, c->alg, message, sizeof message, c->output, sizeof c->output, &c->output_length);
        psa_destroy_key(c->key);
    }
    return NULL;
}

/* Operations do not lie on this stack: they hold secrets while they last. */
static psa_mac_operation_t mac_operation;
static psa_hash_operation_t hash_operation;
static psa_key_derivation_operation_t derivation;

/* The key alone, with nothing behind it that takes its place. */
static void *mac_start(void *unused)
{
    import(unused);
    if (c->status == PSA_SUCCESS) {
        c->status = psa_mac_sign_setup(&mac_operation, c->key, c->alg);
        psa_mac_abort(&mac_operation);
        psa_destroy_key(c->key);
    }
    return NULL;
}

static void *hash_part(void *unused)
{
    (void)unused;
    c->status = psa_hash_update(&hash_operation, c->key_data, c->key_length);
    return NULL;
}

/* What comes before the secret and behind it, of PBKDF2 and of HKDF. */
struct derivation_inputs {
    psa_key_derivation_step_t secret;
    uint64_t cost; /* 0: none */
    int has_info;
};

static psa_status_t give_inputs(const struct derivation_inputs *inputs)
{
    psa_status_t status = psa_key_derivation_setup(&derivation, c->alg);
    if (status == PSA_SUCCESS && inputs->cost != 0) {
        status = psa_key_derivation_input_integer(&derivation, PSA_KEY_DERIVATION_INPUT_COST, inputs->cost);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_bytes(&derivation, PSA_KEY_DERIVATION_INPUT_SALT, message, sizeof message);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_bytes(&derivation, inputs->secret, c->key_data, c->key_length);
    }
    if (status == PSA_SUCCESS && inputs->has_info) {
        status = psa_key_derivation_input_bytes(&derivation, PSA_KEY_DERIVATION_INPUT_INFO, message, sizeof message);
    }
    return status;
}

static void *derive(void *unused)
{
    static const struct derivation_inputs pbkdf2 = { PSA_KEY_DERIVATION_INPUT_PASSWORD, 3, 0 };
    static const struct derivation_inputs hkdf = { PSA_KEY_DERIVATION_INPUT_SECRET, 0, 1 };
    (void)unused;
    c->status = give_inputs(PSA_ALG_IS_PBKDF2_HMAC(c->alg) ? &pbkdf2 : &hkdf);
    if (c->status == PSA_SUCCESS) {
        c->status = psa_key_derivation_output_bytes(&derivation, c->output, 32);
    }
    psa_key_derivation_abort(&derivation);
    return NULL;
}

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

/* Whether a word stands somewhere on the stack, in either byte order. */
static int has_word(const uint8_t word[4])
{
    const uint8_t swapped[4] = { word[3], word[2], word[1], word[0] };
    for (size_t at = 0; at + 4 <= STACK_SIZE; at++) {
        if (memcmp(stack + at, word, 4) == 0 || memcmp(stack + at, swapped, 4) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Bytes of a random secret that stand on the stack as words of 4 bytes, each of them wherever it may be, XORed with a byte: the words
 * of a message that a hash has put aside. */
static size_t bytes_in_words(const uint8_t *secret, size_t length, uint8_t with)
{
    size_t found = 0;
    for (size_t i = 0; i + 4 <= length; i += 4) {
        const uint8_t word[4] = { secret[i] ^ with, secret[i + 1] ^ with, secret[i + 2] ^ with, secret[i + 3] ^ with };
        found += has_word(word) ? 4 : 0;
    }
    return found;
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

/* ---- What is hashed: blocks of a message, whose words are scheduled ---- */

static void start_bytes(psa_algorithm_t alg, size_t length)
{
    memset(c, 0, sizeof *c);
    c->attributes = psa_key_attributes_init();
    psa_set_key_type(&c->attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_algorithm(&c->attributes, alg);
    psa_set_key_usage_flags(&c->attributes, USAGE);
    c->alg = alg;
    c->key_length = length;
    assert_int_equal(psa_generate_random(c->key_data, length), PSA_SUCCESS);
}

static const psa_algorithm_t hashes[] = {
    PSA_ALG_MD4, PSA_ALG_MD5, PSA_ALG_RIPEMD160, PSA_ALG_SHA_1, PSA_ALG_SHA_256, PSA_ALG_SHA_512, PSA_ALG_SM3, PSA_ALG_SHA3_256,
    PSA_ALG_SHA3_512, PSA_ALG_BLAKE2S_HASH256, PSA_ALG_BLAKE2B_HASH512,
};

#define HASHES (sizeof hashes / sizeof hashes[0])

static void expect_no_words(body_t *body, psa_algorithm_t alg, size_t length, const char *what)
{
    static const uint8_t paddings[] = { 0x00, 0x36, 0x5c }; /* of HMAC's key: the inner and the outer hash */
    start_bytes(alg, length);
    run(body);
    run(body);
    for (size_t i = 0; i < sizeof paddings; i++) {
        const size_t found = bytes_in_words(c->key_data, length, paddings[i]);
        if (found >= COPY_LENGTH) {
            fail_msg("%s, algorithm 0x%08x, %s: %zu bytes, with 0x%02x", what, (unsigned)alg, kernel_choice_name(), found, paddings[i]);
        }
    }
}

static void macs_and_derivations(void **state)
{
    (void)state;
    require_stack();
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < HASHES; i++) {
            expect_no_words(mac, PSA_ALG_HMAC(hashes[i]), 64, "MAC");
            expect_no_words(mac_start, PSA_ALG_HMAC(hashes[i]), PSA_HASH_BLOCK_LENGTH(hashes[i]), "start of a MAC");
            expect_no_words(derive, PSA_ALG_PBKDF2_HMAC(hashes[i]), 64, "derivation");
            expect_no_words(derive, PSA_ALG_HKDF(hashes[i]), 64, "derivation");
        }
    }
}

static void hash_secret(psa_algorithm_t alg)
{
    start_bytes(alg, 512);
    hash_operation = psa_hash_operation_init();
    assert_int_equal(psa_hash_setup(&hash_operation, alg), PSA_SUCCESS);
    run(hash_part);
    assert_int_equal(psa_hash_abort(&hash_operation), PSA_SUCCESS);
}

/* How much of the stack another message changes. */
static size_t bytes_that_differ(psa_algorithm_t alg)
{
    size_t count = 0;
    hash_secret(alg);
    hash_secret(alg);
    memcpy(other_stack, stack, STACK_SIZE);
    hash_secret(alg);
    for (size_t at = 0; at < STACK_SIZE; at++) {
        count += stack[at] != other_stack[at];
    }
    return count;
}

/* A schedule changes its words, but goes back from any sixteen of them to the message. Less than a block does not tell what the block
 * was. The working variables of the last steps, at most 64 bytes, may lie in registers put aside. This is for machines whose registers
 * hold a word: elsewhere compilers put aside each half of each sum. */
#define WORKING 64u

static void schedules(void **state)
{
    (void)state;
    require_stack();
    if (sizeof(void *) < sizeof(uint64_t)) {
        print_message("not with registers of 32 bits\n");
        skip();
    }
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < HASHES; i++) {
            const size_t block = PSA_HASH_BLOCK_LENGTH(hashes[i]);
            const size_t count = bytes_that_differ(hashes[i]);
            if (count >= block + WORKING) {
                fail_msg("algorithm 0x%08x, %s: %zu bytes depend on the message", (unsigned)hashes[i], kernel_choice_name(), count);
            }
        }
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
    assert_int_equal(bytes_in_words(c->key_data, c->key_length, 0), 32);
    assert_int_equal(bytes_in_words(c->key_data, c->key_length, 0x36), 0);
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
        cmocka_unit_test(macs_and_derivations),
        cmocka_unit_test(schedules),
    };
    return cmocka_run_group_tests(tests, open_library, close_library);
}
