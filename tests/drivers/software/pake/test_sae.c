/* SPDX-License-Identifier: Apache-2.0 */
/* WPA3-SAE through the API: exchanges in every group with both kinds of keys, and whatever a peer may send that is wrong. */
#include "sae_groups.h"

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>

#include "software/pake/sae.h"
#include "support/allocation.h"

#define COMMIT PSA_PAKE_STEP_COMMIT
#define CONFIRM PSA_PAKE_STEP_CONFIRM
#define COUNT PSA_PAKE_STEP_CONFIRM_COUNT
#define SALT PSA_PAKE_STEP_SALT

static const uint8_t addresses[2][6] = { { 0x4d, 0x3f, 0x2f, 0xff, 0xe3, 0x87 }, { 0xa5, 0xd8, 0xaa, 0x95, 0x8e, 0x3c } };

struct side {
    psa_pake_operation_t operation;
    uint8_t commit[2 * TOKEN_MAX];
    size_t commit_length;
};

static psa_pake_cipher_suite_t suite_of(psa_algorithm_t alg, psa_pake_primitive_t group)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, alg);
    psa_pake_cs_set_primitive(&suite, group);
    return suite;
}

static psa_status_t try_start(struct side *side, psa_key_id_t key, psa_algorithm_t alg, psa_pake_primitive_t group, int i)
{
    psa_pake_cipher_suite_t suite = suite_of(alg, group);
    memset(side, 0, sizeof *side);
    psa_status_t status = psa_pake_setup(&side->operation, key, &suite);
    if (status == PSA_SUCCESS) {
        assert_int_equal(psa_pake_set_user(&side->operation, addresses[i], 6), PSA_SUCCESS);
        assert_int_equal(psa_pake_set_peer(&side->operation, addresses[1 - i], 6), PSA_SUCCESS);
    }
    return status;
}

static void start(struct side *side, psa_key_id_t key, psa_algorithm_t alg, psa_pake_primitive_t group, int i)
{
    assert_int_equal(try_start(side, key, alg, group, i), PSA_SUCCESS);
}

static void end(struct side *side)
{
    assert_int_equal(psa_pake_abort(&side->operation), PSA_SUCCESS);
}

static psa_status_t give(struct side *side, psa_pake_step_t step, const void *data, size_t length)
{
    return psa_pake_input(&side->operation, step, data, length);
}

static psa_status_t make_commit(struct side *side)
{
    return psa_pake_output(&side->operation, COMMIT, side->commit, sizeof side->commit, &side->commit_length);
}

static void commit(struct side *from, struct side *to)
{
    assert_int_equal(make_commit(from), PSA_SUCCESS);
    assert_int_equal(give(to, COMMIT, from->commit, from->commit_length), PSA_SUCCESS);
}

/* A confirmation under this count; answers how the other side takes it. */
static psa_status_t confirm(struct side *from, struct side *to, unsigned count, size_t wrong_byte)
{
    const uint8_t counter[2] = { (uint8_t)count, (uint8_t)(count >> 8) };
    uint8_t confirmation[66];
    size_t length;
    assert_int_equal(give(from, COUNT, counter, 2), PSA_SUCCESS);
    assert_int_equal(psa_pake_output(&from->operation, CONFIRM, confirmation, sizeof confirmation, &length), PSA_SUCCESS);
    assert_memory_equal(confirmation, counter, 2);
    if (wrong_byte < length) {
        confirmation[wrong_byte] ^= 1;
    }
    return give(to, CONFIRM, confirmation, length);
}

static size_t shared_key(struct side *side, uint8_t key[64], uint8_t id[16])
{
    psa_key_attributes_t attributes = sae_attributes(PSA_KEY_TYPE_DERIVE, 0, PSA_ALG_HKDF(PSA_ALG_SHA_256));
    psa_key_id_t made;
    size_t length;
    assert_int_equal(psa_pake_output(&side->operation, PSA_PAKE_STEP_KEY_ID, id, 16, &length), PSA_SUCCESS);
    assert_int_equal(length, 16);
    assert_int_equal(psa_pake_get_shared_key(&side->operation, &attributes, &made), PSA_SUCCESS);
    assert_int_equal(psa_export_key(made, key, 64, &length), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(made), PSA_SUCCESS);
    return length;
}

/* Both sides agree, each having committed first or second. */
static void exchange(psa_key_id_t key, psa_algorithm_t alg, psa_pake_primitive_t group, size_t key_length)
{
    static struct side a, b;
    uint8_t keys[2][64], ids[2][16];
    const uint8_t salt[4] = { 19, 0, 20, 0 };
    start(&a, key, alg, group, 0);
    start(&b, key, alg, group, 1);
    commit(&a, &b);
    commit(&b, &a);
    assert_int_equal(a.commit_length, PSA_PAKE_OUTPUT_SIZE(alg, group, COMMIT));
    assert_int_equal(give(&a, SALT, salt, key_length == 32 ? 0 : 4), PSA_SUCCESS);
    assert_int_equal(give(&b, SALT, salt, key_length == 32 ? 0 : 4), PSA_SUCCESS);
    assert_int_equal(confirm(&a, &b, 1, SIZE_MAX), PSA_SUCCESS);
    assert_int_equal(confirm(&a, &b, 2, SIZE_MAX), PSA_SUCCESS);
    assert_int_equal(confirm(&b, &a, 0xffff, SIZE_MAX), PSA_SUCCESS);
    assert_int_equal(shared_key(&a, keys[0], ids[0]), key_length);
    assert_int_equal(shared_key(&b, keys[1], ids[1]), key_length);
    assert_memory_equal(keys[0], keys[1], key_length);
    assert_memory_equal(ids[0], ids[1], 16);
}

static psa_key_id_t token_of(const struct sae_row *row, const char *password)
{
    psa_key_id_t key;
    assert_int_equal(sae_derive_token(&key, row, SSID, password, IDENTIFIER), PSA_SUCCESS);
    return key;
}

/* ---- Exchanges ---- */

static void hash_to_element(void **state)
{
    (void)state;
    for (size_t i = 0; i < sae_rows_to_try(8); i++) {
        const struct sae_row *row = &sae_rows[i];
        psa_key_id_t key = token_of(row, PASSWORD);
        exchange(key, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->group, 32);
        exchange(key, PSA_ALG_WPA3_SAE_GDH(row->hash), row->group, PSA_HASH_LENGTH(row->hash));
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void looping(void **state)
{
    psa_key_id_t key = sae_password_key(PASSWORD);
    (void)state;
    for (size_t i = 0; i < sae_rows_to_try(8); i++) {
        exchange(key, PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), sae_rows[i].group, 32);
    }
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* ---- Different secrets ---- */

/* Up to the confirmations, which fail on both sides. */
static void assert_disagree(struct side *a, struct side *b, const uint8_t *salt, size_t a_salt, size_t b_salt)
{
    commit(a, b);
    commit(b, a);
    assert_int_equal(give(a, SALT, salt, a_salt), PSA_SUCCESS);
    assert_int_equal(give(b, SALT, salt, b_salt), PSA_SUCCESS);
    assert_int_equal(confirm(a, b, 1, SIZE_MAX), PSA_ERROR_INVALID_SIGNATURE);
    end(a);
    end(b);
}

static void wrong_secrets(void **state)
{
    static struct side a, b;
    const psa_algorithm_t fixed = PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), gdh = PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_256);
    const struct sae_row *row = &sae_rows[0];
    const uint8_t salt[2] = { 19, 0 }, other[6] = { 1, 2, 3, 4, 5, 6 };
    psa_key_id_t right = token_of(row, PASSWORD), wrong = token_of(row, "mekmitasdigoaT");
    psa_key_id_t password = sae_password_key(PASSWORD), wrong_password = sae_password_key("password");
    (void)state;
    start(&a, right, fixed, row->group, 0);
    start(&b, wrong, fixed, row->group, 1);
    assert_disagree(&a, &b, salt, 0, 0);
    start(&a, password, fixed, row->group, 0);
    start(&b, wrong_password, fixed, row->group, 1);
    assert_disagree(&a, &b, salt, 0, 0);
    start(&a, password, fixed, row->group, 0); /* one by looping, one not */
    start(&b, right, fixed, row->group, 1);
    assert_disagree(&a, &b, salt, 0, 0);
    start(&a, right, gdh, row->group, 0);
    start(&b, right, gdh, row->group, 1);
    assert_disagree(&a, &b, salt, 0, 2);
    psa_pake_cipher_suite_t suite = suite_of(fixed, row->group);
    start(&a, right, fixed, row->group, 0);
    memset(&b, 0, sizeof b);
    assert_int_equal(psa_pake_setup(&b.operation, right, &suite), PSA_SUCCESS);
    assert_int_equal(psa_pake_set_user(&b.operation, addresses[1], 6), PSA_SUCCESS);
    assert_int_equal(psa_pake_set_peer(&b.operation, other, 6), PSA_SUCCESS);
    assert_disagree(&a, &b, salt, 0, 0);
    assert_int_equal(psa_destroy_key(right), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(wrong), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(password), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(wrong_password), PSA_SUCCESS);
}

/* ---- Commitments that are none ---- */

struct bench {
    const struct sae_row *row;
    struct sw_sae_group group;
    psa_key_id_t key;
    struct side peer;
    uint8_t prime[TOKEN_MAX], order[TOKEN_MAX];
};

static void open_bench(struct bench *bench, const struct sae_row *row)
{
    bench->row = row;
    assert_int_equal(sw_sae_group_find(&bench->group, row->group), PSA_SUCCESS);
    bench->group.kind->prime(&bench->group, bench->prime);
    sw_group_order(&bench->group.group, bench->order);
    bench->key = token_of(row, PASSWORD);
    start(&bench->peer, bench->key, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->group, 1);
    assert_int_equal(make_commit(&bench->peer), PSA_SUCCESS);
}

static void close_bench(struct bench *bench)
{
    end(&bench->peer);
    assert_int_equal(psa_destroy_key(bench->key), PSA_SUCCESS);
}

static void expect_commit(struct bench *bench, const uint8_t *data, psa_status_t expected)
{
    static struct side side;
    start(&side, bench->key, PSA_ALG_WPA3_SAE_FIXED(bench->row->hash), bench->row->group, 0);
    assert_int_equal(give(&side, COMMIT, data, bench->peer.commit_length), expected);
    if (expected != PSA_SUCCESS) {
        assert_int_equal(make_commit(&side), PSA_ERROR_BAD_STATE); /* nothing goes on after that */
    }
    end(&side);
}

/* value + small, small may be below 0 */
static void add_small(uint8_t *r, const uint8_t *value, size_t length, int small)
{
    BIGNUM *x = BN_bin2bn(value, (int)length, NULL);
    assert_int_equal(small >= 0 ? BN_add_word(x, (BN_ULONG)small) : BN_sub_word(x, (BN_ULONG)-small), 1);
    assert_true(BN_bn2binpad(x, r, (int)length) >= 0);
    BN_free(x);
}

static void wrong_scalars(struct bench *bench)
{
    static const struct {
        int from_order, plus;
        psa_status_t status;
    } rows[] = {
        { 0, 0, PSA_ERROR_INVALID_ARGUMENT }, { 0, 1, PSA_ERROR_INVALID_ARGUMENT }, { 0, 2, PSA_SUCCESS },
        { 1, -1, PSA_SUCCESS }, { 1, 0, PSA_ERROR_INVALID_ARGUMENT }, { 1, 1, PSA_ERROR_INVALID_ARGUMENT },
    };
    static const uint8_t zero[TOKEN_MAX];
    size_t length = bench->group.length;
    uint8_t changed[2 * TOKEN_MAX];
    memcpy(changed, bench->peer.commit, bench->peer.commit_length);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        add_small(changed, rows[i].from_order ? bench->order : zero, length, rows[i].plus);
        expect_commit(bench, changed, rows[i].status);
    }
    memset(changed, 0xff, length);
    expect_commit(bench, changed, PSA_ERROR_INVALID_ARGUMENT);
}

static void wrong_points(struct bench *bench)
{
    size_t length = bench->group.length;
    uint8_t changed[2 * TOKEN_MAX];
    memcpy(changed, bench->peer.commit, bench->peer.commit_length);
    memset(changed + length, 0, 2 * length); /* O */
    expect_commit(bench, changed, PSA_ERROR_INVALID_ARGUMENT);
    for (size_t at = 1; at < 3; at++) {
        memcpy(changed, bench->peer.commit, bench->peer.commit_length);
        changed[(at + 1) * length - 1] ^= 1;
        expect_commit(bench, changed, PSA_ERROR_INVALID_ARGUMENT);
        memcpy(changed + at * length, bench->prime, length);
        expect_commit(bench, changed, PSA_ERROR_INVALID_ARGUMENT);
        memset(changed + at * length, 0xff, length);
        expect_commit(bench, changed, PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* 0, 1, p - 1, p, p + 1 and non-squares */
static void wrong_integers(struct bench *bench)
{
    static const struct {
        int from_prime, plus;
        psa_status_t status;
    } rows[] = {
        { 0, 0, PSA_ERROR_INVALID_ARGUMENT }, { 0, 1, PSA_ERROR_INVALID_ARGUMENT }, { 0, 4, PSA_SUCCESS },
        { 1, -4, PSA_ERROR_INVALID_ARGUMENT }, { 1, -1, PSA_ERROR_INVALID_ARGUMENT }, { 1, 0, PSA_ERROR_INVALID_ARGUMENT },
        { 1, 1, PSA_ERROR_INVALID_ARGUMENT },
    };
    static const uint8_t zero[TOKEN_MAX];
    size_t length = bench->group.length;
    uint8_t changed[2 * TOKEN_MAX];
    memcpy(changed, bench->peer.commit, bench->peer.commit_length);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        add_small(changed + length, rows[i].from_prime ? bench->prime : zero, length, rows[i].plus);
        expect_commit(bench, changed, rows[i].status);
    }
}

static void wrong_commits(void **state)
{
    static const size_t rows[] = { 0, 2, 3, 6 };
    (void)state;
    for (size_t i = 0; i < (quick() ? 1u : 4u); i++) {
        static struct bench bench;
        open_bench(&bench, &sae_rows[rows[i]]);
        expect_commit(&bench, bench.peer.commit, PSA_SUCCESS);
        wrong_scalars(&bench);
        (rows[i] < 6 ? wrong_points : wrong_integers)(&bench);
        close_bench(&bench);
    }
}

/* What one sent comes back, also when the addresses do not say so. */
static void reflection(void **state)
{
    static struct side side;
    const struct sae_row *row = &sae_rows[0];
    psa_key_id_t key = token_of(row, PASSWORD);
    (void)state;
    start(&side, key, PSA_ALG_WPA3_SAE_GDH(row->hash), row->group, 0);
    assert_int_equal(make_commit(&side), PSA_SUCCESS);
    assert_int_equal(give(&side, COMMIT, side.commit, side.commit_length), PSA_ERROR_INVALID_ARGUMENT);
    end(&side);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* The element that makes K neutral: -scalar * PWE, from one who knows the password. */
static void neutral_secret(void **state)
{
    static struct side side;
    static const size_t rows[] = { 0, 1, 6 };
    (void)state;
    for (size_t i = 0; i < (quick() ? 1u : 3u); i++) {
        const struct sae_row *row = &sae_rows[rows[i]];
        struct sw_sae_group group;
        uint8_t token[TOKEN_MAX], data[2 * TOKEN_MAX] = { 0 }, negative[TOKEN_MAX];
        size_t length;
        psa_key_id_t key = token_of(row, PASSWORD);
        assert_int_equal(sw_sae_group_find(&group, row->group), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, token, sizeof token, &length), PSA_SUCCESS);
        assert_int_equal(sw_sae_element_of_token(&group, token, token, addresses[0], addresses[1]), PSA_SUCCESS);
        data[group.length - 1u] = 77;
        sw_group_scalar_negate(&group.group, negative, data);
        assert_int_equal(sw_sae_multiply(&group, data + group.length, negative, token, NULL), PSA_SUCCESS);
        start(&side, key, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->group, 0);
        assert_int_equal(give(&side, COMMIT, data, group.length + length), PSA_ERROR_INVALID_ARGUMENT);
        end(&side);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

/* ---- Confirmations ---- */

static void wrong_confirmations(void **state)
{
    static struct side a, b;
    const struct sae_row *row = &sae_rows[0];
    psa_key_id_t key = token_of(row, PASSWORD);
    (void)state;
    for (size_t i = 0; i < 34; i += quick() ? 11 : 3) {
        start(&a, key, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->group, 0);
        start(&b, key, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->group, 1);
        commit(&a, &b);
        commit(&b, &a);
        assert_int_equal(give(&a, SALT, NULL, 0), PSA_SUCCESS);
        assert_int_equal(give(&b, SALT, NULL, 0), PSA_SUCCESS);
        assert_int_equal(confirm(&b, &a, 0, SIZE_MAX), PSA_SUCCESS);
        assert_int_equal(confirm(&a, &b, 0, i), PSA_ERROR_INVALID_SIGNATURE);
        end(&b);
        end(&a);
    }
    /* One's own confirmation is none of the peer's. */
    uint8_t confirmation[34];
    size_t length;
    start(&a, key, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->group, 0);
    start(&b, key, PSA_ALG_WPA3_SAE_FIXED(row->hash), row->group, 1);
    commit(&a, &b);
    commit(&b, &a);
    assert_int_equal(give(&a, SALT, NULL, 0), PSA_SUCCESS);
    assert_int_equal(give(&a, COUNT, "\1", 2), PSA_SUCCESS);
    assert_int_equal(psa_pake_output(&a.operation, CONFIRM, confirmation, sizeof confirmation, &length), PSA_SUCCESS);
    assert_int_equal(give(&a, CONFIRM, confirmation, length), PSA_ERROR_INVALID_SIGNATURE);
    end(&a);
    end(&b);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* ---- Suites and keys ---- */

static void suites(void **state)
{
    static struct side side;
    psa_key_id_t password = sae_password_key(PASSWORD), token = token_of(&sae_rows[0], PASSWORD);
    const psa_algorithm_t fixed = PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256);
    (void)state;
    assert_int_equal(try_start(&side, password, PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_384), sae_rows[1].group, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_not_equal(try_start(&side, password, PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_256), sae_rows[0].group, 0), PSA_SUCCESS);
    assert_int_equal(try_start(&side, password, fixed, ECC(SECP_R1, 192), 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_start(&side, password, fixed, ECC(SECP_K1, 256), 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_start(&side, password, fixed, DH(RFC7919, 2048), 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_start(&side, token, fixed, sae_rows[3].group, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_start(&side, token, PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_512), sae_rows[0].group, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_destroy_key(password), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(token), PSA_SUCCESS);
}

static psa_status_t commit_once(void *context)
{
    static struct side side;
    const psa_key_id_t *key = context;
    psa_status_t status = try_start(&side, *key, PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), sae_rows[0].group, 0);
    if (status == PSA_SUCCESS) {
        status = make_commit(&side);
    }
    end(&side);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t key = sae_password_key(PASSWORD);
    (void)state;
    assert_true(allocation_fails_each(commit_once, &key) >= 1);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static int set_up(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_to_element), cmocka_unit_test(looping),        cmocka_unit_test(wrong_secrets),
        cmocka_unit_test(wrong_commits),   cmocka_unit_test(reflection),     cmocka_unit_test(neutral_secret),
        cmocka_unit_test(wrong_confirmations), cmocka_unit_test(suites),     cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests_name("pake/sae", tests, set_up, NULL);
}
