/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of PAKEs: which suites exist, and every order of steps up to some length against the specification's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/pake.h"

#define ECC(family, bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, family, bits)
#define DH(family, bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, family, bits)
#define P256 ECC(PSA_ECC_FAMILY_SECP_R1, 256)

#define JPAKE PSA_ALG_JPAKE(PSA_ALG_SHA_256)
#define SPAKE2P PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256)
#define SAE PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256)

/* ---- Suites ---- */

static const struct {
    psa_algorithm_t alg;
    psa_pake_primitive_t group;
    uint32_t confirmation;
    psa_status_t status;
    int is_password;
} suites[] = {
    { JPAKE, P256, 1, PSA_SUCCESS, 1 },
    { JPAKE, P256, 1, PSA_SUCCESS, 0 },
    { JPAKE, P256, 0, PSA_ERROR_INVALID_ARGUMENT, 1 },
    { JPAKE, P256, 2, PSA_ERROR_INVALID_ARGUMENT, 1 },
    { JPAKE, ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512), 1, PSA_SUCCESS, 1 },
    { JPAKE, DH(PSA_DH_FAMILY_RFC7919, 2048), 1, PSA_SUCCESS, 1 },
    { JPAKE, DH(PSA_ECC_FAMILY_SECP_R1, 256), 1, PSA_ERROR_NOT_SUPPORTED, 1 },
    { JPAKE, ECC(PSA_ECC_FAMILY_SECP_R1, 257), 1, PSA_ERROR_NOT_SUPPORTED, 1 },
    { JPAKE, 0, 1, PSA_ERROR_NOT_SUPPORTED, 1 },
    { SPAKE2P, P256, 0, PSA_SUCCESS, 0 },
    { SPAKE2P, P256, 1, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SPAKE2P, DH(PSA_DH_FAMILY_RFC7919, 2048), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SPAKE2P, 0, 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SPAKE2P, ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_SUCCESS, 0 },
    { SPAKE2P, ECC(PSA_ECC_FAMILY_SECP_R1, 521), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SPAKE2P, ECC(PSA_ECC_FAMILY_TWISTED_EDWARDS, 255), 0, PSA_SUCCESS, 0 },
    { SPAKE2P, ECC(PSA_ECC_FAMILY_TWISTED_EDWARDS, 448), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SPAKE2P, ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), P256, 0, PSA_SUCCESS, 0 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), ECC(PSA_ECC_FAMILY_SECP_R1, 521), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), ECC(PSA_ECC_FAMILY_TWISTED_EDWARDS, 448), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_384), ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), P256, 0, PSA_SUCCESS, 0 },
    { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_512), P256, 0, PSA_SUCCESS, 0 },
    { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { PSA_ALG_SPAKE2P_MATTER, P256, 0, PSA_SUCCESS, 0 },
    { PSA_ALG_SPAKE2P_MATTER, P256, 1, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { PSA_ALG_SPAKE2P_MATTER, ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SAE, P256, 0, PSA_SUCCESS, 0 },
    { SAE, P256, 1, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SAE, ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SAE, ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_SUCCESS, 1 }, /* the looping method: SHA-256 with every group */
    { PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_384), ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_384), ECC(PSA_ECC_FAMILY_SECP_R1, 384), 0, PSA_ERROR_INVALID_ARGUMENT, 1 },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_512), ECC(PSA_ECC_FAMILY_SECP_R1, 521), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_512), ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_256), DH(PSA_DH_FAMILY_RFC3526, 2048), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_384), DH(PSA_DH_FAMILY_RFC3526, 3072), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_512), DH(PSA_DH_FAMILY_RFC3526, 4096), 0, PSA_SUCCESS, 0 },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_384), DH(PSA_DH_FAMILY_RFC3526, 4096), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SAE, ECC(PSA_ECC_FAMILY_SECP_R1, 224), 0, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { SAE, ECC(PSA_ECC_FAMILY_MONTGOMERY, 255), 0, PSA_ERROR_INVALID_ARGUMENT, 1 },
};

static void cipher_suites(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
        psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
        psa_pake_cs_set_algorithm(&suite, suites[i].alg);
        psa_pake_cs_set_primitive(&suite, suites[i].group);
        psa_pake_cs_set_key_confirmation(&suite, suites[i].confirmation);
        psa_status_t status = pake_check_suite(&suite, suites[i].is_password);
        if (status != suites[i].status) {
            fail_msg("row %zu: status %d", i, (int)status);
        }
    }
}

/* ---- Orders: all of them are walked through, and counted ---- */

/* A step is one character, as in the specification's flows: lower case output, upper case input. */
struct letter {
    char out, in;
    psa_pake_step_t step;
};

static const struct letter letters[] = {
    { 's', 'S', PSA_PAKE_STEP_KEY_SHARE }, { 'v', 'V', PSA_PAKE_STEP_ZK_PUBLIC }, { 'r', 'R', PSA_PAKE_STEP_ZK_PROOF },
    { 'c', 'C', PSA_PAKE_STEP_CONFIRM }, { 'l', 'L', PSA_PAKE_STEP_SALT }, { 'm', 'M', PSA_PAKE_STEP_COMMIT },
    { 'n', 'N', PSA_PAKE_STEP_CONFIRM_COUNT }, { 'k', 'K', PSA_PAKE_STEP_KEY_ID },
};

#define LETTERS (sizeof letters / sizeof letters[0])

struct walk {
    psa_algorithm_t alg;
    psa_pake_role_t role;
    size_t most;                              /* steps */
    int (*is_right)(const char *text);        /* of a prefix of what the specification allows */
    int (*is_whole)(const char *text);        /* the key may be had */
    char text[24];
    unsigned whole;
};

/* From a place on: every step, allowed exactly if the specification's order goes on like that. */
static void walk_on(struct walk *walk, uint32_t place)
{
    size_t length = strlen(walk->text);
    int whole = walk->is_whole(walk->text);
    walk->whole += (unsigned)whole;
    if (pake_is_complete(place, walk->alg) != whole) {
        fail_msg("\"%s\" should%s give the key", walk->text, whole ? "" : " not");
    }
    for (unsigned i = 0; i < 2 * LETTERS && length < walk->most; i++) {
        enum pake_direction direction = i % 2 == 0 ? PAKE_OUTPUT : PAKE_INPUT;
        psa_pake_step_t step = letters[i / 2].step;
        walk->text[length] = i % 2 == 0 ? letters[i / 2].out : letters[i / 2].in;
        walk->text[length + 1] = 0;
        int turn = pake_is_turn(place, walk->alg, walk->role, direction, step);
        if (turn != walk->is_right(walk->text)) {
            fail_msg("\"%s\" is %s", walk->text, turn ? "let through" : "refused");
        }
        if (turn) {
            assert_true(pake_has_step(walk->alg, direction, step));
            walk_on(walk, pake_behind(place, walk->alg, direction, step));
        }
    }
    walk->text[length] = 0;
}

static int is_prefix_of(const char *text, const char *whole)
{
    return strncmp(text, whole, strlen(text)) == 0;
}

/* The flows of two rounds, each with its outputs or its inputs first. */
static const char *const jpake_orders[] = {
    "svrsvrSVRSVRsvrSVR", "SVRSVRsvrsvrsvrSVR", "svrsvrSVRSVRSVRsvr", "SVRSVRsvrsvrSVRsvr",
};

static int jpake_is_right(const char *text)
{
    return is_prefix_of(text, jpake_orders[0]) || is_prefix_of(text, jpake_orders[1]) || is_prefix_of(text, jpake_orders[2]) ||
           is_prefix_of(text, jpake_orders[3]);
}

static int jpake_is_whole(const char *text)
{
    return strlen(text) == 18;
}

static void jpake(void **state)
{
    struct walk walk = { JPAKE, PSA_PAKE_ROLE_NONE, 19, jpake_is_right, jpake_is_whole, "", 0 };
    (void)state;
    walk_on(&walk, 0);
    assert_int_equal(walk.whole, 4);
}

static int client_is_right(const char *text)
{
    return is_prefix_of(text, "sSCc");
}

static int server_is_right(const char *text)
{
    return is_prefix_of(text, "SscC");
}

static int spake2p_is_whole(const char *text)
{
    return strlen(text) == 4;
}

static void spake2p(void **state)
{
    struct walk client = { SPAKE2P, PSA_PAKE_ROLE_CLIENT, 6, client_is_right, spake2p_is_whole, "", 0 };
    struct walk server = { PSA_ALG_SPAKE2P_MATTER, PSA_PAKE_ROLE_SERVER, 6, server_is_right, spake2p_is_whole, "", 0 };
    (void)state;
    walk_on(&client, 0);
    walk_on(&server, 0);
    assert_int_equal(client.whole, 1);
    assert_int_equal(server.whole, 1);
}

/* Commitments in either order, the salt, then confirmations, each that is given behind a count of its own. */
static int sae_is_right(const char *text)
{
    int count = 0, given = 0, taken = 0;
    if (strlen(text) <= 3) {
        return is_prefix_of(text, "mML") || is_prefix_of(text, "MmL");
    }
    if (strncmp(text, "mML", 3) != 0 && strncmp(text, "MmL", 3) != 0) {
        return 0;
    }
    for (text += 3; *text != 0; text++) {
        if ((*text == 'c' && !count) || (*text == 'k' && !(given && taken)) || strchr("NcCk", *text) == NULL) {
            return 0;
        }
        count = *text == 'N' || (count && *text != 'c');
        given |= *text == 'c';
        taken |= *text == 'C';
    }
    return 1;
}

static int sae_is_whole(const char *text)
{
    return strchr(text, 'c') != NULL && strchr(text, 'C') != NULL;
}

static void wpa3_sae(void **state)
{
    struct walk walk = { SAE, PSA_PAKE_ROLE_NONE, 8, sae_is_right, sae_is_whole, "", 0 };
    (void)state;
    walk_on(&walk, 0);
    assert_true(walk.whole > 100);
}

static void steps_that_exist(void **state)
{
    static const struct {
        psa_algorithm_t alg;
        const char *letters;
    } rows[] = { { JPAKE, "svrSVR" }, { SPAKE2P, "scSC" }, { PSA_ALG_SPAKE2P_MATTER, "scSC" }, { SAE, "mckMLNC" } };
    (void)state;
    for (unsigned r = 0; r < 4; r++) {
        for (unsigned i = 0; i < LETTERS; i++) {
            assert_int_equal(pake_has_step(rows[r].alg, PAKE_OUTPUT, letters[i].step), strchr(rows[r].letters, letters[i].out) != NULL);
            assert_int_equal(pake_has_step(rows[r].alg, PAKE_INPUT, letters[i].step), strchr(rows[r].letters, letters[i].in) != NULL);
        }
        assert_false(pake_has_step(rows[r].alg, PAKE_OUTPUT, 0));
        assert_false(pake_has_step(rows[r].alg, PAKE_INPUT, 0xff));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cipher_suites), cmocka_unit_test(jpake),    cmocka_unit_test(spake2p),
        cmocka_unit_test(wpa3_sae),      cmocka_unit_test(steps_that_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
