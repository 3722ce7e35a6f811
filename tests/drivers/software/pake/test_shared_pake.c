/* SPDX-License-Identifier: Apache-2.0 */
/* Published exchanges, reproduced from both sides by giving the random scalars: J-PAKE of Thread, SPAKE2+ of RFC 9383 and of Matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/sha.h>

#include "party.h"
#include "support/vectors.h"

#define P256(bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, bits)

/* ---- J-PAKE: messages in the encoding of TLS ---- */

struct proven_share {
    const uint8_t *share, *commitment, *proof; /* 65, 65 and 32 bytes */
};

static const uint8_t *read_point(const uint8_t **message)
{
    const uint8_t *point = *message + 1;
    assert_int_equal(**message, 65);
    *message += 66;
    return point;
}

static struct proven_share read_share(const uint8_t **message)
{
    struct proven_share read;
    read.share = read_point(message);
    read.commitment = read_point(message);
    read.proof = *message + 1;
    assert_int_equal(**message, 32);
    *message += 33;
    return read;
}

struct jpake_side {
    const char *name, *other;
    const uint8_t *secrets[2];
    struct proven_share shares[3];
};

/* The nonce of a proof: v = r + x h modulo n, with h by OpenSSL. */
static void nonce_of(uint8_t nonce[32], const struct sw_group *group, const uint8_t *generator, const struct proven_share *share,
                     const uint8_t *secret, const char *name)
{
    const uint8_t prefix[4] = { 0, 0, 0, 65 }, name_prefix[4] = { 0, 0, 0, (uint8_t)strlen(name) };
    const uint8_t *points[] = { generator, share->commitment, share->share };
    uint8_t digest[32], order[32];
    SHA256_CTX hash;
    SHA256_Init(&hash);
    for (int i = 0; i < 3; i++) {
        SHA256_Update(&hash, prefix, 4);
        SHA256_Update(&hash, points[i], 65);
    }
    SHA256_Update(&hash, name_prefix, 4);
    SHA256_Update(&hash, name, strlen(name));
    SHA256_Final(digest, &hash);
    sw_group_order(group, order);

    BN_CTX *context = BN_CTX_new();
    BIGNUM *n = BN_bin2bn(order, 32, NULL), *h = BN_bin2bn(digest, 32, NULL), *x = BN_bin2bn(secret, 32, NULL);
    BIGNUM *r = BN_bin2bn(share->proof, 32, NULL);
    assert_int_equal(BN_mod_mul(h, h, x, n, context), 1);
    assert_int_equal(BN_mod_add(r, r, h, n, context), 1);
    assert_int_equal(BN_bn2binpad(r, nonce, 32), 32);
    BN_free(n);
    BN_free(h);
    BN_free(x);
    BN_free(r);
    BN_CTX_free(context);
}

/* x2 s modulo n */
static void round_two_secret(uint8_t secret[32], const struct sw_group *group, const uint8_t *x2, const uint8_t *password, size_t length)
{
    uint8_t s[32];
    sw_group_scalar_reduce(group, s, password, length);
    sw_group_scalar_multiply(group, secret, x2, s);
}

static void expect_share(struct party *party, const struct sw_group *group, const struct jpake_side *side, size_t i,
                         const uint8_t *secret, const uint8_t *generator)
{
    const struct proven_share *share = &side->shares[i];
    uint8_t nonce[32];
    nonce_of(nonce, group, generator, share, secret, side->name);
    party_expect(party, PSA_PAKE_STEP_KEY_SHARE, i == 2 ? NULL : secret, 32, share->share, 65);
    party_expect(party, PSA_PAKE_STEP_ZK_PUBLIC, nonce, 32, share->commitment, 65);
    party_expect(party, PSA_PAKE_STEP_ZK_PROOF, NULL, 0, share->proof, 32);
}

static void give_share(struct party *party, const struct proven_share *share)
{
    assert_int_equal(party_input(party, PSA_PAKE_STEP_KEY_SHARE, share->share, 65), PSA_SUCCESS);
    assert_int_equal(party_input(party, PSA_PAKE_STEP_ZK_PUBLIC, share->commitment, 65), PSA_SUCCESS);
    assert_int_equal(party_input(party, PSA_PAKE_STEP_ZK_PROOF, share->proof, 32), PSA_SUCCESS);
}

static void check_jpake(struct vectors *v, const struct jpake_side *own, const struct jpake_side *peer)
{
    struct party party;
    struct sw_group group;
    uint8_t base[65], sum[65], secret[32], key[65];
    size_t password_length, length;
    const uint8_t *password = vectors_hex(v, "password", &password_length);
    const uint8_t *shared = vectors_hex(v, "shared_key", &length);
    assert_int_equal(sw_group_find(&group, P256(256)), PSA_SUCCESS);
    assert_int_equal(sw_group_base(&group, base), PSA_SUCCESS);
    assert_int_equal(party_setup(&party, PSA_ALG_JPAKE(PSA_ALG_SHA_256), P256(256), PSA_KEY_TYPE_PASSWORD, 8 * password_length,
                                 password, password_length), PSA_SUCCESS);
    party_names(&party, own->name, strlen(own->name), own->other, strlen(own->other));
    for (size_t i = 0; i < 2; i++) {
        expect_share(&party, &group, own, i, own->secrets[i], base);
        give_share(&party, &peer->shares[i]);
    }
    assert_int_equal(sw_group_add(&group, sum, own->shares[0].share, peer->shares[0].share), PSA_SUCCESS);
    assert_int_equal(sw_group_add(&group, sum, sum, peer->shares[1].share), PSA_SUCCESS);
    round_two_secret(secret, &group, own->secrets[1], password, password_length);
    expect_share(&party, &group, own, 2, secret, sum);
    give_share(&party, &peer->shares[2]);
    party_secret(&party, key, 65);
    assert_int_equal(length, 65);
    assert_memory_equal(key, shared, 65);
    party_end(&party);
}

/* The premaster secret is the hash of the point's x. */
static void check_premaster(struct vectors *v)
{
    uint64_t context[128] = { 0 };
    uint8_t pms[32];
    size_t length;
    const uint8_t *shared = vectors_hex(v, "shared_key", &length);
    assert_in_range(sw_key_derivation_context_size(PSA_ALG_TLS12_ECJPAKE_TO_PMS), 1, sizeof context);
    assert_int_equal(sw_key_derivation_entries.setup(NULL, context, PSA_ALG_TLS12_ECJPAKE_TO_PMS), PSA_SUCCESS);
    assert_int_equal(sw_key_derivation_entries.input_bytes(NULL, context, PSA_KEY_DERIVATION_INPUT_SECRET, shared, length), PSA_SUCCESS);
    assert_int_equal(sw_key_derivation_entries.output_bytes(NULL, context, pms, 32), PSA_SUCCESS);
    assert_memory_equal(pms, vectors_hex(v, "pms", &length), 32);
    assert_int_equal(sw_key_derivation_entries.abort(NULL, context), PSA_SUCCESS);
}

static void jpake_of_thread(void **state)
{
    struct vectors *v = vectors_open("pake/jpake-thread.json", NULL);
    size_t length;
    (void)state;
    while (vectors_next(v)) {
        struct jpake_side client = { .name = "client", .other = "server" }, server = { .name = "server", .other = "client" };
        const uint8_t *one = vectors_hex(v, "cli_one", &length), *two = vectors_hex(v, "cli_two", &length);
        client.secrets[0] = vectors_hex(v, "x1", &length);
        client.secrets[1] = vectors_hex(v, "x2", &length);
        client.shares[0] = read_share(&one);
        client.shares[1] = read_share(&one);
        client.shares[2] = read_share(&two);
        one = vectors_hex(v, "srv_one", &length);
        two = vectors_hex(v, "srv_two", &length) + 3; /* the curve's name comes first */
        server.secrets[0] = vectors_hex(v, "x3", &length);
        server.secrets[1] = vectors_hex(v, "x4", &length);
        server.shares[0] = read_share(&one);
        server.shares[1] = read_share(&one);
        server.shares[2] = read_share(&two);
        check_jpake(v, &client, &server);
        check_jpake(v, &server, &client);
        check_premaster(v);
    }
    vectors_close(v, 1);
}

/* ---- SPAKE2+ ---- */

/* How the two files call what they have. */
struct names {
    const char *context, *share_p, *share_v, *confirm_p, *confirm_v, *shared;
};

struct spake_case {
    psa_algorithm_t alg;
    size_t bits, share_length, confirmation_length, shared_length;
    const uint8_t *share[2], *confirmation[2], *ephemeral[2], *shared;
    const char *name[2];
    const char *context;
    uint8_t pair[132], verifier[66 + 133];
    size_t scalar_length;
};

enum { PROVER, VERIFIER };

static void read_case(struct spake_case *c, struct vectors *v, psa_algorithm_t alg, const struct names *names)
{
    size_t length;
    const uint8_t *w0 = vectors_hex(v, "w0", &c->scalar_length), *w1 = vectors_hex(v, "w1", &length);
    memset(c->pair, 0, sizeof c->pair);
    memcpy(c->pair, w0, c->scalar_length);
    memcpy(c->pair + c->scalar_length, w1, length);
    memcpy(c->verifier, w0, c->scalar_length);
    memcpy(c->verifier + c->scalar_length, vectors_hex(v, "L", &length), 2 * c->scalar_length + 1);
    c->alg = alg;
    c->bits = c->scalar_length == 66 ? 521 : 8 * c->scalar_length;
    c->context = vectors_string(v, names->context);
    c->name[PROVER] = vectors_string(v, "idProver");
    c->name[VERIFIER] = vectors_string(v, "idVerifier");
    c->ephemeral[PROVER] = vectors_hex(v, "x", &length);
    c->ephemeral[VERIFIER] = vectors_hex(v, "y", &length);
    c->share[PROVER] = vectors_hex(v, names->share_p, &c->share_length);
    c->share[VERIFIER] = vectors_hex(v, names->share_v, &length);
    c->confirmation[PROVER] = vectors_hex(v, names->confirm_p, &c->confirmation_length);
    c->confirmation[VERIFIER] = vectors_hex(v, names->confirm_v, &length);
    c->shared = vectors_hex(v, names->shared, &c->shared_length);
}

static void start_spake(struct party *party, const struct spake_case *c, int role, int with_pair)
{
    psa_key_type_t type = with_pair ? PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1) : PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);
    size_t length = with_pair ? 2 * c->scalar_length : 3 * c->scalar_length + 1;
    const uint8_t *context = (const uint8_t *)c->context;
    assert_int_equal(party_setup(party, c->alg, P256(c->bits), type, c->bits, with_pair ? c->pair : c->verifier, length), PSA_SUCCESS);
    assert_int_equal(sw_pake_entries.set_role(NULL, party->context, role == PROVER ? PSA_PAKE_ROLE_CLIENT : PSA_PAKE_ROLE_SERVER), PSA_SUCCESS);
    assert_int_equal(sw_pake_entries.set_context(NULL, party->context, context, strlen(c->context)), PSA_SUCCESS);
    party_names(party, c->name[role], strlen(c->name[role]), c->name[!role], strlen(c->name[!role]));
}

static void end_spake(struct party *party, const struct spake_case *c)
{
    uint8_t key[SW_GROUP_ELEMENT_MAX];
    party_secret(party, key, c->shared_length);
    assert_memory_equal(key, c->shared, c->shared_length);
    party_end(party);
}

static void check_prover(const struct spake_case *c)
{
    struct party party;
    start_spake(&party, c, PROVER, 1);
    party_expect(&party, PSA_PAKE_STEP_KEY_SHARE, c->ephemeral[PROVER], c->scalar_length, c->share[PROVER], c->share_length);
    assert_int_equal(party_input(&party, PSA_PAKE_STEP_KEY_SHARE, c->share[VERIFIER], c->share_length), PSA_SUCCESS);
    assert_int_equal(party_input(&party, PSA_PAKE_STEP_CONFIRM, c->confirmation[VERIFIER], c->confirmation_length), PSA_SUCCESS);
    party_expect(&party, PSA_PAKE_STEP_CONFIRM, NULL, 0, c->confirmation[PROVER], c->confirmation_length);
    end_spake(&party, c);
}

static void check_verifier(const struct spake_case *c, int with_pair)
{
    struct party party;
    start_spake(&party, c, VERIFIER, with_pair);
    assert_int_equal(party_input(&party, PSA_PAKE_STEP_KEY_SHARE, c->share[PROVER], c->share_length), PSA_SUCCESS);
    party_expect(&party, PSA_PAKE_STEP_KEY_SHARE, c->ephemeral[VERIFIER], c->scalar_length, c->share[VERIFIER], c->share_length);
    party_expect(&party, PSA_PAKE_STEP_CONFIRM, NULL, 0, c->confirmation[VERIFIER], c->confirmation_length);
    assert_int_equal(party_input(&party, PSA_PAKE_STEP_CONFIRM, c->confirmation[PROVER], c->confirmation_length), PSA_SUCCESS);
    end_spake(&party, c);
}

/* L is what the pair exports. */
static void check_export(const struct spake_case *c)
{
    psa_key_attributes_t attributes;
    uint8_t exported[200];
    size_t length = 0;
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), c->bits, c->pair, 2 * c->scalar_length);
    assert_int_equal(sw_key_management_entries.export_public_key(NULL, &key, exported, sizeof exported, &length), PSA_SUCCESS);
    assert_int_equal(length, 3 * c->scalar_length + 1);
    assert_memory_equal(exported, c->verifier, length);
}

static void check_case(struct vectors *v, psa_algorithm_t alg, const struct names *names)
{
    struct spake_case c;
    read_case(&c, v, alg, names);
    check_prover(&c);
    check_verifier(&c, 1);
    check_verifier(&c, 0);
    check_export(&c);
}

/* The context names the suite: SPAKE2+-P256-SHA256-HKDF-SHA256-HMAC-SHA256, or -CMAC-AES-128. */
static psa_algorithm_t suite_of(const char *context)
{
    psa_algorithm_t hash = strstr(context, "-SHA512-HKDF") != NULL ? PSA_ALG_SHA_512 : PSA_ALG_SHA_256;
    return strstr(context, "CMAC") != NULL ? PSA_ALG_SPAKE2P_CMAC(hash) : PSA_ALG_SPAKE2P_HMAC(hash);
}

static void spake2p_of_the_rfc(void **state)
{
    struct names names = { "Context", "shareP", "shareV", NULL, NULL, "K_shared" };
    struct vectors *v = vectors_open("pake/spake2plus-rfc9383-a.json", NULL);
    (void)state;
    while (vectors_next(v)) {
        psa_algorithm_t alg = suite_of(vectors_string(v, "Context"));
        names.confirm_p = PSA_ALG_IS_SPAKE2P_CMAC(alg) ? "CMAC(K_confirmP, shareV)" : "HMAC(K_confirmP, shareV)";
        names.confirm_v = PSA_ALG_IS_SPAKE2P_CMAC(alg) ? "CMAC(K_confirmV, shareP)" : "HMAC(K_confirmV, shareP)";
        check_case(v, alg, &names);
    }
    vectors_close(v, 4);
}

static void spake2p_of_matter(void **state)
{
    const struct names names = { "context", "X", "Y", "confirmA", "confirmB", "Ke" };
    struct vectors *v = vectors_open("pake/spake2plus-matter-a.json", NULL);
    (void)state;
    while (vectors_next(v)) {
        check_case(v, PSA_ALG_SPAKE2P_MATTER, &names);
    }
    vectors_close(v, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jpake_of_thread),
        cmocka_unit_test(spake2p_of_the_rfc),
        cmocka_unit_test(spake2p_of_matter),
    };
    return cmocka_run_group_tests_name("pake/shared_vectors", tests, driver_setup, driver_teardown);
}
