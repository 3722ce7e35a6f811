/* SPDX-License-Identifier: Apache-2.0 */
/* Exchanges through the API that must fail: wrong passwords, names and contexts, messages that were changed on the way, keys that went. */
#include "suites.h"

#include "support/quick.h"

/* ---- What does not match ---- */

static void is_failed(psa_pake_operation_t *operation)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[65] = { 0 };
    size_t length = 9;
    psa_key_id_t key;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    assert_int_equal(psa_pake_output(operation, SHARE, data, 65, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(length, 0);
    assert_int_equal(psa_pake_input(operation, SHARE, data, 65), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_set_user(operation, data, 3), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_get_shared_key(operation, &attributes, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_abort(operation), PSA_SUCCESS);
}

/* Stops at this message with this status; the one who had it is in the error state. */
static void expect_stop(struct exchange *e, size_t at, psa_status_t expected)
{
    const struct message *messages = PSA_ALG_IS_JPAKE(e->alg) ? jpake_messages : spake2p_messages;
    psa_status_t status = exchange_run(e);
    if (status != expected || e->stopped_at != at) {
        fail_msg("0x%08x: %d at message %zu, not %d at %zu", (unsigned)e->alg, (int)status, e->stopped_at, (int)expected, at);
    }
    is_failed(&e->side[!messages[at].from]);
}

/* SPAKE2+ finds out when it confirms, J-PAKE when the keys are used. */
static void wrong_password(void **state)
{
    (void)state;
    for (size_t i = 0; i < SUITES; i++) {
        struct exchange e = exchange_new(suites[i].alg, suites[i].group);
        assert_int_equal(psa_destroy_key(e.key[0]), PSA_SUCCESS);
        e.key[0] = exchange_pair(e.alg, e.group, 3);
        expect_stop(&e, 2, PSA_ERROR_INVALID_SIGNATURE);
        exchange_end(&e);
    }
    struct exchange e = exchange_new(JPAKE, P256);
    assert_int_equal(psa_destroy_key(e.key[0]), PSA_SUCCESS);
    e.key[0] = exchange_password(JPAKE, "b password");
    assert_int_equal(exchange_run(&e), PSA_SUCCESS);
    assert_false(exchange_agrees(&e));
    exchange_end(&e);
}

/* With w0 right and w1 wrong: it is L that does not match. */
static void wrong_half_of_a_pair(void **state)
{
    struct exchange e = exchange_new(SPAKE2P, P256);
    uint8_t scalars[64];
    size_t length;
    (void)state;
    assert_int_equal(psa_export_key(e.key[0], scalars, sizeof scalars, &length), PSA_SUCCESS);
    scalars[63] ^= 1;
    assert_int_equal(psa_destroy_key(e.key[0]), PSA_SUCCESS);
    e.key[0] = exchange_key(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, SPAKE2P, scalars, 64);
    expect_stop(&e, 2, PSA_ERROR_INVALID_SIGNATURE);
    exchange_end(&e);
}

/* A password that is a multiple of the order is refused, and one that is not is reduced. */
static void passwords_that_are_zero(void **state)
{
    uint8_t order[33] = { 0 }, zero[5] = { 0 };
    struct sw_group group;
    (void)state;
    assert_int_equal(sw_group_find(&group, P256), PSA_SUCCESS);
    sw_group_order(&group, order + 1);
    struct exchange e = exchange_new(JPAKE, P256);
    const struct {
        const uint8_t *data;
        size_t length;
    } passwords[] = { { zero, 1 }, { zero, 5 }, { order, 33 }, { order + 1, 32 } };
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(psa_destroy_key(e.key[0]), PSA_SUCCESS);
        e.key[0] = exchange_key(PSA_KEY_TYPE_PASSWORD, 0, JPAKE, passwords[i].data, passwords[i].length);
        assert_int_equal(exchange_start_side(&e, 0), PSA_ERROR_INVALID_ARGUMENT);
    }
    order[32]++;
    assert_int_equal(psa_destroy_key(e.key[0]), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(e.key[1]), PSA_SUCCESS);
    zero[4] = 1;
    e.key[0] = exchange_key(PSA_KEY_TYPE_PASSWORD_HASH, 0, JPAKE, order, 33);
    e.key[1] = exchange_key(PSA_KEY_TYPE_PASSWORD, 0, JPAKE, zero, 5);
    expect_agreement(&e);
    exchange_end(&e);
}

static void names_that_differ(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct exchange e = exchange_new(JPAKE, P256), s = exchange_new(SPAKE2P, P256);
        e.name[i][1] = s.name[i][1] = "Mallory";
        expect_stop(&e, i == 0 ? 2 : 8, PSA_ERROR_INVALID_SIGNATURE);
        expect_stop(&s, 2, PSA_ERROR_INVALID_SIGNATURE);
        exchange_end(&e);
        exchange_end(&s);
    }
    struct exchange e = exchange_new(JPAKE, P256);
    e.name[0][1] = "Bob"; /* Bob's name for Alice */
    assert_int_equal(exchange_start_side(&e, 1), PSA_ERROR_INVALID_ARGUMENT);
    exchange_end(&e);
}

static void contexts_that_differ(void **state)
{
    static const char *const contexts[][2] = { { "a", "b" }, { NULL, "" }, { "a", NULL }, { "", "a" } };
    (void)state;
    for (size_t i = 0; i < sizeof contexts / sizeof contexts[0]; i++) {
        struct exchange e = exchange_new(SPAKE2P, P256);
        e.context[0] = contexts[i][0];
        e.context[1] = contexts[i][1];
        expect_stop(&e, 2, PSA_ERROR_INVALID_SIGNATURE);
        exchange_end(&e);
    }
}

/* ---- Messages changed on the way ---- */

struct change {
    size_t message;
    size_t byte;       /* from the end; flip: in that byte */
    uint8_t flip;
    int fill;          /* -1: no; else all bytes are this */
    size_t length;     /* SIZE_MAX: as it is */
    const uint8_t *other; /* instead of it */
};

static void apply(struct exchange *e, size_t i, uint8_t *data, size_t *length)
{
    const struct change *change = e->argument;
    if (i != change->message) {
        return;
    }
    data[*length - 1 - change->byte % *length] ^= change->flip;
    if (change->fill >= 0) {
        memset(data, change->fill, *length);
    }
    if (change->other != NULL) {
        memcpy(data, change->other, *length);
    }
    if (change->length != SIZE_MAX) {
        *length = change->length;
    }
}

static void expect_change(psa_algorithm_t alg, psa_pake_primitive_t group, struct change change, size_t at, psa_status_t expected)
{
    struct exchange e = exchange_new(alg, group);
    e.meddle = apply;
    e.argument = &change;
    expect_stop(&e, at, expected);
    exchange_end(&e);
}

static int is_checked(psa_pake_step_t step)
{
    return step == ZK_PROOF || step == CONFIRM;
}

/* One bit at the beginning, in the middle, at the end: no point of P-256; a proof or confirmation that is wrong. */
static void flipped_bits(void **state)
{
    static const size_t bytes[] = { 0, 13, 31 };
    static const uint8_t bits[] = { 1, 0x10, 0x80 };
    (void)state;
    for (size_t i = 0; i < JPAKE_MESSAGES + SPAKE2P_MESSAGES; i += quick_step(3)) {
        int jpake = i < JPAKE_MESSAGES;
        size_t at = jpake ? i : i - JPAKE_MESSAGES;
        psa_pake_step_t step = jpake ? jpake_messages[at].step : spake2p_messages[at].step;
        for (int j = 0; j < 3; j++) {
            struct change change = { at, bytes[j], bits[j], -1, SIZE_MAX, NULL };
            expect_change(jpake ? JPAKE : SPAKE2P, P256, change, at, is_checked(step) ? PSA_ERROR_INVALID_SIGNATURE : PSA_ERROR_INVALID_ARGUMENT);
        }
    }
}

/* All zeroes, all ones; too short, too long, nothing. */
static void filled_and_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < JPAKE_MESSAGES + SPAKE2P_MESSAGES; i += quick_step(3)) {
        int jpake = i < JPAKE_MESSAGES;
        size_t at = jpake ? i : i - JPAKE_MESSAGES;
        psa_pake_step_t step = jpake ? jpake_messages[at].step : spake2p_messages[at].step;
        psa_status_t expected = is_checked(step) ? PSA_ERROR_INVALID_SIGNATURE : PSA_ERROR_INVALID_ARGUMENT;
        size_t length = PSA_PAKE_INPUT_SIZE(jpake ? JPAKE : SPAKE2P, P256, step);
        struct change changes[] = {
            { at, 0, 0, 0, SIZE_MAX, NULL }, { at, 0, 0, 0xff, SIZE_MAX, NULL },
            { at, 0, 0, -1, length + 1, NULL }, { at, 0, 0, -1, 0, NULL }, { at, 0, 0, -1, length - 1, NULL },
        };
        for (size_t j = 0; j < 5; j++) {
            /* A shorter proof is one without its zeroes. */
            psa_status_t status = j < 2 || (j == 4 && step == ZK_PROOF) ? expected : PSA_ERROR_INVALID_ARGUMENT;
            expect_change(jpake ? JPAKE : SPAKE2P, P256, changes[j], at, status);
        }
    }
}

/* An element that fits the group is found out by the next proof or confirmation. */
static void other_elements(void **state)
{
    static const psa_pake_primitive_t groups[] = { ECC(SECP_R1, 256), ECC(TWISTED_EDWARDS, 255), ECC(SECP_R1, 384) };
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct sw_group group;
        uint8_t base[133];
        assert_int_equal(sw_group_find(&group, groups[i]), PSA_SUCCESS);
        assert_int_equal(sw_group_base(&group, base), PSA_SUCCESS);
        for (size_t at = 0; at < JPAKE_MESSAGES; at += quick_step(7)) {
            struct change change = { at, 0, 0, -1, SIZE_MAX, base };
            if (jpake_messages[at].step != ZK_PROOF) {
                expect_change(JPAKE, groups[i], change, at + 2 - at % 3, PSA_ERROR_INVALID_SIGNATURE);
            }
        }
        for (size_t at = 0; at < 2; at++) {
            struct change change = { at, 0, 0, -1, SIZE_MAX, base };
            expect_change(SPAKE2P, groups[i], change, 2, PSA_ERROR_INVALID_SIGNATURE);
        }
    }
}

/* Of Edwards curves the neutral element and those of small order have encodings; a finite field has 0, 1 and -1. */
static void small_orders(void **state)
{
    static const uint8_t neutral[32] = { 1 };
    static const uint8_t order4[32] = { 0 };
    static const uint8_t one[256] = { [255] = 1 };
    (void)state;
    for (size_t at = 0; at < 2; at++) {
        struct change change = { at, 0, 0, -1, SIZE_MAX, neutral };
        expect_change(SPAKE2P, ECC(TWISTED_EDWARDS, 255), change, at, PSA_ERROR_INVALID_ARGUMENT);
        expect_change(JPAKE, ECC(TWISTED_EDWARDS, 255), change, at, PSA_ERROR_INVALID_ARGUMENT);
        change.other = order4;
        expect_change(SPAKE2P, ECC(TWISTED_EDWARDS, 255), change, at, PSA_ERROR_INVALID_ARGUMENT);
        expect_change(JPAKE, ECC(TWISTED_EDWARDS, 255), change, at, PSA_ERROR_INVALID_ARGUMENT);
        change.other = NULL;
        change.fill = 0;
        expect_change(JPAKE, DH(RFC7919, 2048), change, at, PSA_ERROR_INVALID_ARGUMENT);
        change.fill = 0xff;
        expect_change(JPAKE, DH(RFC7919, 2048), change, at, PSA_ERROR_INVALID_ARGUMENT);
        change.fill = -1;
        change.other = one;
        expect_change(JPAKE, DH(RFC7919, 2048), change, at, PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* r + q says the same as r, but is not below q: edwards25519 has room for it. */
static void add_order(struct exchange *e, size_t i, uint8_t *data, size_t *length)
{
    uint8_t order[32];
    struct sw_group group;
    unsigned carry = 0;
    if (i != 2) {
        return;
    }
    assert_int_equal(*length, 32);
    assert_int_equal(sw_group_find(&group, e->group), PSA_SUCCESS);
    sw_group_order(&group, order);
    for (size_t j = 32; j-- > 0;) {
        carry += (unsigned)data[j] + order[j];
        data[j] = (uint8_t)carry;
        carry >>= 8;
    }
    assert_int_equal(carry, 0);
}

static void proof_out_of_range(void **state)
{
    struct exchange e = exchange_new(JPAKE, ECC(TWISTED_EDWARDS, 255));
    (void)state;
    e.meddle = add_order;
    expect_stop(&e, 2, PSA_ERROR_INVALID_SIGNATURE);
    exchange_end(&e);
}

/* Zeroes in front of a proof may be left out. */
static size_t zeroes_seen;

static void strip(struct exchange *e, size_t i, uint8_t *data, size_t *length)
{
    (void)e;
    if (jpake_messages[i].step == ZK_PROOF && data[0] == 0) {
        size_t zeroes = 0;
        while (zeroes < *length - 1 && data[zeroes] == 0) {
            zeroes++;
        }
        *length -= zeroes;
        memmove(data, data + zeroes, *length);
        zeroes_seen++;
    }
}

static void proofs_without_zeroes(void **state)
{
    (void)state;
    zeroes_seen = 0;
    while (zeroes_seen == 0) { /* secp224k1: each proof has one with a probability of 1/2 */
        struct exchange e = exchange_new(JPAKE, ECC(SECP_K1, 225));
        e.meddle = strip;
        expect_agreement(&e);
        exchange_end(&e);
    }
}

/* Own messages sent back are no other's. */
static void reflection(void **state)
{
    struct exchange e = exchange_new(JPAKE, P256), s = exchange_new(SPAKE2P, P256);
    uint8_t data[3][65];
    size_t length[3];
    (void)state;
    assert_int_equal(exchange_start_side(&e, 0), PSA_SUCCESS);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(psa_pake_output(&e.side[0], jpake_messages[i].step, data[i % 3], 65, &length[i % 3]), PSA_SUCCESS);
    }
    assert_int_equal(psa_pake_input(&e.side[0], SHARE, data[0], length[0]), PSA_SUCCESS);
    assert_int_equal(psa_pake_input(&e.side[0], ZK_PUBLIC, data[1], length[1]), PSA_SUCCESS);
    assert_int_equal(psa_pake_input(&e.side[0], ZK_PROOF, data[2], length[2]), PSA_ERROR_INVALID_SIGNATURE);
    exchange_end(&e);

    assert_int_equal(exchange_start_side(&s, 0), PSA_SUCCESS);
    assert_int_equal(psa_pake_output(&s.side[0], SHARE, data[0], 65, &length[0]), PSA_SUCCESS);
    assert_int_equal(psa_pake_input(&s.side[0], SHARE, data[0], 65), PSA_SUCCESS);
    memset(data[1], 0, 32);
    assert_int_equal(psa_pake_input(&s.side[0], CONFIRM, data[1], 32), PSA_ERROR_INVALID_SIGNATURE);
    exchange_end(&s);
}

/* ---- A key that goes ---- */

static void destroy_at(struct exchange *e, size_t i, uint8_t *data, size_t *length)
{
    (void)data, (void)length;
    if (i == *(const size_t *)e->argument) {
        assert_int_equal(psa_destroy_key(e->key[0]), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(e->key[1]), PSA_SUCCESS);
        e->key[0] = e->key[1] = PSA_KEY_ID_NULL;
    }
}

/* Once the password is gone no step can be done. */
static void key_is_destroyed(void **state)
{
    (void)state;
    for (size_t at = 0; at < SPAKE2P_MESSAGES; at++) {
        struct exchange e = exchange_new(at % 2 == 0 ? SPAKE2P : JPAKE, P256);
        e.meddle = destroy_at;
        e.argument = &at;
        expect_stop(&e, at, PSA_ERROR_BAD_STATE);
        exchange_end(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_password),
        cmocka_unit_test(wrong_half_of_a_pair),
        cmocka_unit_test(passwords_that_are_zero),
        cmocka_unit_test(names_that_differ),
        cmocka_unit_test(contexts_that_differ),
        cmocka_unit_test(flipped_bits),
        cmocka_unit_test(filled_and_cut),
        cmocka_unit_test(other_elements),
        cmocka_unit_test(small_orders),
        cmocka_unit_test(proof_out_of_range),
        cmocka_unit_test(proofs_without_zeroes),
        cmocka_unit_test(reflection),
        cmocka_unit_test(key_is_destroyed),
    };
    return cmocka_run_group_tests_name("pake/exchange_wrong", tests, exchange_setup, exchange_teardown);
}
