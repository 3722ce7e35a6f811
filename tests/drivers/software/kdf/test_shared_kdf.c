/* SPDX-License-Identifier: Apache-2.0 */
/* The shared vectors of SP 800-108, of TLS 1.2 and of PBKDF2 with CMAC, and OpenSSL on random inputs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "software/software.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define ENTRIES (&sw_key_derivation_entries)
#define SECRET PSA_KEY_DERIVATION_INPUT_SECRET
#define LABEL PSA_KEY_DERIVATION_INPUT_LABEL
#define CONTEXT PSA_KEY_DERIVATION_INPUT_CONTEXT
#define SEED PSA_KEY_DERIVATION_INPUT_SEED

struct bytes {
    const uint8_t *data;
    size_t length;
};

/* A derivation with a secret given as a key of a type, or as bytes (type 0), and two texts, one before it or all behind it. */
struct derivation {
    psa_algorithm_t alg;
    psa_key_type_t type;
    struct bytes before, secret, behind[2];
    psa_key_derivation_step_t before_step, behind_steps[2]; /* 0: none */
};

static void give(uint64_t *context, psa_key_derivation_step_t step, struct bytes bytes)
{
    if (step != 0) {
        assert_int_equal(ENTRIES->input_bytes(NULL, context, step, bytes.data, bytes.length), PSA_SUCCESS);
    }
}

static void give_secret(uint64_t *context, const struct derivation *d)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    const struct psacrypto_key key = { .attributes = &attributes, .blob = d->secret.data, .length = d->secret.length };

    psa_set_key_type(&attributes, d->type);
    if (d->type != 0) {
        assert_int_equal(ENTRIES->input_key(NULL, context, SECRET, &key), PSA_SUCCESS);
    } else {
        give(context, SECRET, d->secret);
    }
}

/* The output whole and in pieces; the context is moved between them. */
static void expect(const char *where, const struct derivation *d, const uint8_t *expected, size_t length)
{
    const size_t pieces[] = { length, 1 + length / 3, 13, 1 };
    uint64_t context[2][PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE / 8u];
    uint8_t output[1200];

    assert_true(length <= sizeof(output));
    assert_in_range(sw_key_derivation_context_size(d->alg), 1, sizeof(context[0]));
    for (size_t i = 0; i < 4 && length != 0; i++) {
        int which = 0;
        memset(context, 0, sizeof(context));
        assert_int_equal(ENTRIES->setup(NULL, context[0], d->alg), PSA_SUCCESS);
        assert_int_equal(ENTRIES->output_bytes(NULL, context[0], output, 1), PSA_ERROR_BAD_STATE);
        give(context[0], d->before_step, d->before);
        give_secret(context[0], d);
        give(context[0], d->behind_steps[0], d->behind[0]);
        give(context[0], d->behind_steps[1], d->behind[1]);
        assert_int_equal(ENTRIES->set_capacity(NULL, context[0], length), PSA_SUCCESS);
        for (size_t done = 0; done < length; done += pieces[i]) {
            const size_t n = pieces[i] < length - done ? pieces[i] : length - done;
            assert_int_equal(ENTRIES->output_bytes(NULL, context[which], output + done, n), PSA_SUCCESS);
            memcpy(context[1 - which], context[which], sizeof(context[0]));
            memset(context[which], 0xA5, sizeof(context[0]));
            which = 1 - which;
        }
        assert_int_equal(ENTRIES->abort(NULL, context[which]), PSA_SUCCESS);
        if (memcmp(output, expected, length) != 0) {
            fail_msg("%s: wrong output", where);
        }
    }
}

static struct bytes field(struct vectors *v, const char *name)
{
    struct bytes bytes = { NULL, 0 };

    if (vectors_has(v, name)) {
        bytes.data = vectors_hex(v, name, &bytes.length);
    }
    return bytes;
}

static int has_null(struct bytes bytes)
{
    return bytes.length != 0 && memchr(bytes.data, 0, bytes.length) != NULL;
}

/* ---- SP 800-108 ---- */

static psa_algorithm_t hash_of(const char *text)
{
    static const struct {
        const char *name;
        psa_algorithm_t alg;
    } names[] = {
        { "SHA-1)", PSA_ALG_SHA_1 },     { "SHA-224)", PSA_ALG_SHA_224 }, { "SHA-256)", PSA_ALG_SHA_256 },
        { "SHA-384)", PSA_ALG_SHA_384 }, { "SHA-512)", PSA_ALG_SHA_512 },
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strstr(text, names[i].name) != NULL) {
            return names[i].alg;
        }
    }
    fail_msg("no hash in %s", text);
    return PSA_ALG_NONE;
}

/* Labels with null bytes are here too: that they are refused is the library's business, not the driver's. */
static void botan_sp800_108(void **state)
{
    size_t with_null = 0;

    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("kdf/botan-kdf-sp800_108_ctr-hmac-even.txt", "Output");
    while (vectors_next(v)) {
        const struct bytes output = field(v, "Output");
        const struct derivation d = { .alg = PSA_ALG_SP800_108_COUNTER_HMAC(hash_of(vectors_section(v))), .secret = field(v, "Secret"),
                                      .behind = { field(v, "Label"), field(v, "Salt") }, .behind_steps = { LABEL, CONTEXT } };
        with_null += (size_t)has_null(d.behind[0]);
        expect(vectors_where(v), &d, output.data, output.length);
    }
    assert_true(with_null > 0);
    vectors_close(v, 62);
}

static void oberon_sp800_108(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("kdf/oberon-sp800_108.json", NULL);
    while (vectors_next(v)) {
        const int cmac = strstr(vectors_string(v, "alg"), "CMAC") != NULL;
        const struct bytes output = field(v, "out");
        const struct derivation d = { .alg = cmac ? PSA_ALG_SP800_108_COUNTER_CMAC : PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256),
                                      .type = cmac ? PSA_KEY_TYPE_AES : 0, .secret = field(v, "key"),
                                      .behind = { field(v, "label"), field(v, "context") }, .behind_steps = { LABEL, CONTEXT } };
        expect(vectors_where(v), &d, output.data, output.length);
    }
    vectors_close(v, 6);
}

static void keys_of_cmac(void **state)
{
    static const struct {
        psa_key_type_t type;
        size_t length;
        psa_status_t expected;
    } cases[] = {
        { PSA_KEY_TYPE_AES, 16, PSA_SUCCESS },      { PSA_KEY_TYPE_AES, 17, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_ARIA, 24, PSA_SUCCESS },     { PSA_KEY_TYPE_CAMELLIA, 32, PSA_SUCCESS },
        { PSA_KEY_TYPE_SM4, 16, PSA_SUCCESS },      { PSA_KEY_TYPE_SM4, 32, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_DERIVE, 16, PSA_ERROR_INVALID_ARGUMENT },
    };
    const uint8_t bytes[32] = { 1 };
    uint64_t context[PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE / 8u];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        const struct psacrypto_key key = { .attributes = &attributes, .blob = bytes, .length = cases[i].length };
        psa_set_key_type(&attributes, cases[i].type);
        memset(context, 0, sizeof(context));
        assert_int_equal(ENTRIES->setup(NULL, context, PSA_ALG_SP800_108_COUNTER_CMAC), PSA_SUCCESS);
        assert_int_equal(ENTRIES->input_bytes(NULL, context, SECRET, bytes, 16), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->input_key(NULL, context, SECRET, &key), cases[i].expected);
        assert_int_equal(ENTRIES->set_capacity(NULL, context, 0x20000000), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    }
}

/* ---- TLS 1.2 ---- */

static void botan_tls_prf(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("kdf/botan-kdf-tls_prf.txt", "Output");
    while (vectors_next(v)) {
        const struct bytes output = field(v, "Output");
        if (strcmp(vectors_section(v), "TLS-PRF") == 0) {
            vectors_unused(v, "the PRF of TLS 1.0 and 1.1 is not in the specification");
            continue;
        }
        const struct derivation d = { .alg = PSA_ALG_TLS12_PRF(hash_of(vectors_section(v))), .before_step = SEED, .before = field(v, "Salt"),
                                      .secret = field(v, "Secret"), .behind = { field(v, "Label") }, .behind_steps = { LABEL } };
        expect(vectors_where(v), &d, output.data, output.length);
    }
    vectors_close(v, 36);
}

/* ---- TF-PSA-Crypto: lines derive_output:alg:4 x (step:data:status):peer key:capacity:two outputs:... ---- */

static struct bytes unquoted(uint8_t *memory, char *text)
{
    struct bytes bytes = { memory, 0 };
    char *end = strrchr(text, '"');

    assert_true(text[0] == '"' && end != NULL && end != text);
    *end = 0;
    uint8_t *decoded = vectors_decode_hex(text + 1, &bytes.length);
    assert_non_null(decoded);
    assert_true(bytes.length <= 400);
    memcpy(memory, decoded, bytes.length);
    free(decoded);
    return bytes;
}

static psa_algorithm_t algorithm_of(const char *text)
{
    const psa_algorithm_t hash = strstr(text, "SHA_384") != NULL ? PSA_ALG_SHA_384 : PSA_ALG_SHA_256;

    return strstr(text, "PBKDF2") != NULL       ? PSA_ALG_PBKDF2_AES_CMAC_PRF_128
           : strstr(text, "PSK_TO_MS") != NULL  ? PSA_ALG_TLS12_PSK_TO_MS(hash)
           : strstr(text, "TLS12_PRF") != NULL  ? PSA_ALG_TLS12_PRF(hash)
           : strstr(text, "ECJPAKE") != NULL    ? PSA_ALG_TLS12_ECJPAKE_TO_PMS
                                                : PSA_ALG_NONE;
}

static psa_key_derivation_step_t step_of(const char *text)
{
    static const struct {
        const char *name;
        psa_key_derivation_step_t step;
    } names[] = {
        { "INPUT_COST", PSA_KEY_DERIVATION_INPUT_COST }, { "INPUT_SALT", PSA_KEY_DERIVATION_INPUT_SALT },
        { "INPUT_PASSWORD", PSA_KEY_DERIVATION_INPUT_PASSWORD }, { "INPUT_SEED", SEED }, { "INPUT_LABEL", LABEL },
        { "INPUT_OTHER_SECRET", PSA_KEY_DERIVATION_INPUT_OTHER_SECRET }, { "INPUT_SECRET", SECRET },
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strstr(text, names[i].name) != NULL) {
            return names[i].step;
        }
    }
    return 0;
}

static psa_status_t status_of(const char *text)
{
    return strcmp(text, "PSA_SUCCESS") == 0                      ? PSA_SUCCESS
           : strcmp(text, "PSA_ERROR_INVALID_ARGUMENT") == 0     ? PSA_ERROR_INVALID_ARGUMENT
           : strcmp(text, "PSA_ERROR_BAD_STATE") == 0            ? PSA_ERROR_BAD_STATE
                                                                 : 1;
}

/* Through the API: the file speaks of its statuses. 0 for a line that gives a secret as a key of raw data, which is about key
 * types alone. */
static int derive_output(char *line)
{
    char *words[32] = { NULL }, *rest = NULL;
    size_t n = 0, step = 0, at = 2;
    uint8_t memory[400], expected[400], output[400];
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;

    for (char *word = strtok_r(line, ":", &rest); word != NULL && n < 32; word = strtok_r(NULL, ":", &rest)) {
        words[n++] = word;
    }
    if (strtoul(words[n - 3], NULL, 10) > 1) {
        return 0;
    }
    assert_int_equal(psa_key_derivation_setup(&operation, algorithm_of(words[1])), PSA_SUCCESS);
    for (; step < 4; step++, at += 3) {
        const psa_key_derivation_step_t which = step_of(words[at]);
        const struct bytes data = unquoted(memory, words[at + 1]);
        uint64_t cost = 0;
        if (which == 0) {
            continue;
        }
        for (size_t i = 0; i < data.length; i++) {
            cost = cost << 8 | data.data[i];
        }
        assert_int_equal(which == PSA_KEY_DERIVATION_INPUT_COST ? psa_key_derivation_input_integer(&operation, which, cost)
                                                                : psa_key_derivation_input_bytes(&operation, which, data.data, data.length),
                         status_of(words[at + 2]));
        if (status_of(words[at + 2]) != PSA_SUCCESS) {
            assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
            return 1;
        }
    }
    at += words[at][0] == '"' ? 1 : 0; /* the peer's key */
    const size_t capacity = strtoul(words[at], NULL, 10);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, capacity), PSA_SUCCESS);
    for (size_t i = 0; i < 2; i++) {
        const struct bytes wanted = unquoted(expected, words[at + 1 + i]);
        if (wanted.length != 0) {
            assert_int_equal(psa_key_derivation_output_bytes(&operation, output, wanted.length), PSA_SUCCESS);
            assert_memory_equal(output, wanted.data, wanted.length);
        }
    }
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    return 1;
}

static void tf_psa_file(const char *path, size_t outputs)
{
    size_t size, ran = 0;
    char *rest = NULL, *text = vectors_file(path, &size);

    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        if (strncmp(line, "derive_output:", 14) == 0) {
            ran += (size_t)derive_output(line);
        }
    }
    free(text);
    vectors_report(path, ran, outputs);
}

/* Their other lines are about arguments and the order of steps: tests/library/api/test_key_derivation.c. */
static void tf_psa(void **state)
{
    (void)state;
    vectors_require();
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    tf_psa_file("kdf/tf-psa-kdf-pbkdf2-aes-cmac.txt", 14);
    tf_psa_file("kdf/tf-psa-kdf-tls12.txt", 60);
}

static void thread_pskc(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("kdf/thread-pskc.json", NULL);
    while (vectors_next(v)) {
        uint64_t context[PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE / 8u] = { 0 };
        const struct bytes password = field(v, "password"), salt = field(v, "salt"), wanted = field(v, "out");
        uint8_t output[32];
        assert_int_equal(ENTRIES->setup(NULL, context, PSA_ALG_PBKDF2_AES_CMAC_PRF_128), PSA_SUCCESS);
        assert_int_equal(ENTRIES->input_integer(NULL, context, PSA_KEY_DERIVATION_INPUT_COST, (uint64_t)vectors_number(v, "iterations")),
                         PSA_SUCCESS);
        give(context, PSA_KEY_DERIVATION_INPUT_SALT, salt);
        give(context, PSA_KEY_DERIVATION_INPUT_PASSWORD, password);
        assert_int_equal(ENTRIES->output_bytes(NULL, context, output, wanted.length), PSA_SUCCESS);
        assert_memory_equal(output, wanted.data, wanted.length);
        assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    }
    vectors_close(v, 1);
}

/* SHA-256 of x, of an uncompressed point; nothing else is one. */
static void ecjpake(void **state)
{
    uint8_t point[66] = { 0x04 }, expected[32];

    (void)state;
    for (size_t i = 1; i < sizeof(point); i++) {
        point[i] = (uint8_t)(7 * i);
    }
    assert_int_equal(EVP_Digest(point + 1, 32, expected, NULL, EVP_sha256(), NULL), 1);
    const struct derivation d = { .alg = PSA_ALG_TLS12_ECJPAKE_TO_PMS, .secret = { point, 65 } };
    expect("EC J-PAKE", &d, expected, 32);
    for (size_t n = 0; n <= 66; n++) {
        uint64_t context[PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE / 8u] = { 0 };
        uint8_t output[33];
        assert_int_equal(ENTRIES->setup(NULL, context, PSA_ALG_TLS12_ECJPAKE_TO_PMS), PSA_SUCCESS);
        assert_int_equal(ENTRIES->input_bytes(NULL, context, SECRET, point, n), n == 65 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->output_bytes(NULL, context, output, 33), n == 65 ? PSA_ERROR_INSUFFICIENT_DATA : PSA_ERROR_BAD_STATE);
        assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    }
    assert_int_equal(sw_key_derivation_context_size(PSA_ALG_TLS12_ECJPAKE_TO_PMS + 1), 0);
}

/* ---- OpenSSL ---- */

static void openssl_kdf(const char *name, const OSSL_PARAM *params, uint8_t *output, size_t length)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, name, NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);

    assert_non_null(context);
    assert_int_equal(EVP_KDF_derive(context, output, length, params), 1);
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
}

static void against_openssl(void **state)
{
    static const struct {
        psa_algorithm_t hash;
        const char *name;
    } hashes[] = { { PSA_ALG_SHA_256, "SHA256" }, { PSA_ALG_SHA_384, "SHA384" }, { PSA_ALG_SHA_1, "SHA1" }, { PSA_ALG_SHA_512, "SHA512" } };
    struct random_source random = { 108 };
    uint8_t secret[200], label[60], text[90], joined[150], expected[300];

    (void)state;
    for (size_t round = 0; round < 200; round++) {
        char name[10], mac[] = "HMAC", mode[] = "counter";
        const size_t secret_length = 1 + random_source_below(&random, sizeof(secret)), label_length = 1 + random_source_below(&random, sizeof(label));
        const size_t text_length = 1 + random_source_below(&random, sizeof(text)), length = 1 + random_source_below(&random, sizeof(expected));
        const psa_algorithm_t hash = hashes[round % 4].hash;
        random_source_bytes(&random, secret, sizeof(secret));
        random_source_bytes(&random, label, sizeof(label));
        random_source_bytes(&random, text, sizeof(text));
        snprintf(name, sizeof(name), "%s", hashes[round % 4].name);

        const OSSL_PARAM kbkdf[] = {
            OSSL_PARAM_utf8_string(OSSL_KDF_PARAM_MAC, mac, 4),
            OSSL_PARAM_utf8_string(OSSL_KDF_PARAM_MODE, mode, 7),
            OSSL_PARAM_utf8_string(OSSL_KDF_PARAM_DIGEST, name, strlen(name)),
            OSSL_PARAM_octet_string(OSSL_KDF_PARAM_KEY, secret, secret_length),
            OSSL_PARAM_octet_string(OSSL_KDF_PARAM_SALT, label, label_length),
            OSSL_PARAM_octet_string(OSSL_KDF_PARAM_INFO, text, text_length),
            OSSL_PARAM_END,
        };
        openssl_kdf("KBKDF", kbkdf, expected, length);
        const struct derivation counter = { .alg = PSA_ALG_SP800_108_COUNTER_HMAC(hash), .secret = { secret, secret_length },
                                            .behind = { { label, label_length }, { text, text_length } }, .behind_steps = { LABEL, CONTEXT } };
        expect("SP 800-108", &counter, expected, length);

        memcpy(joined, label, label_length);
        memcpy(joined + label_length, text, text_length);
        const OSSL_PARAM prf[] = {
            OSSL_PARAM_utf8_string(OSSL_KDF_PARAM_DIGEST, name, strlen(name)),
            OSSL_PARAM_octet_string(OSSL_KDF_PARAM_SECRET, secret, secret_length),
            OSSL_PARAM_octet_string(OSSL_KDF_PARAM_SEED, joined, label_length + text_length),
            OSSL_PARAM_END,
        };
        openssl_kdf("TLS1-PRF", prf, expected, length);
        const struct derivation tls = { .alg = PSA_ALG_TLS12_PRF(hash), .secret = { secret, secret_length }, .before_step = SEED,
                                        .before = { text, text_length }, .behind = { { label, label_length } }, .behind_steps = { LABEL } };
        expect("PRF of TLS 1.2", &tls, expected, length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(botan_sp800_108), cmocka_unit_test(oberon_sp800_108), cmocka_unit_test(keys_of_cmac),
        cmocka_unit_test(botan_tls_prf),   cmocka_unit_test(tf_psa),           cmocka_unit_test(thread_pskc),
        cmocka_unit_test(ecjpake),         cmocka_unit_test(against_openssl),
    };
    return cmocka_run_group_tests_name("drivers/software/kdf, shared vectors of other derivations", tests, NULL, NULL);
}
