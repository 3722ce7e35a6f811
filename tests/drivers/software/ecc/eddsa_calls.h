/* SPDX-License-Identifier: Apache-2.0 */
/* EdDSA on both curves through the driver's entries, every way that a key is kept: the test that runs is for one `kind`. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_EDDSA_CALLS_H
#define TESTS_DRIVERS_SOFTWARE_ECC_EDDSA_CALLS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/evp.h>

#include "eddsa_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "support/vectors.h"

#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS)

#define LENGTH_MAX 57

struct kind {
    size_t bits, length;
    const struct sw_eddsa *limbs32;
    const struct sw_curve_arithmetic *arithmetic_limbs32;
    psa_algorithm_t prehashed, other_prehashed;
    const char *answer[4]; /* RFC 8032, 7: private key, public key, message, signature */
    struct {
        const char *path;
        psa_algorithm_t alg;
        size_t cases;
    } rfc8032[3];
    const char *acvp;      /* the curve's name there */
    const char *prehash;   /* OpenSSL's name of the hash */
    int openssl;
    const char *order;     /* L, decimal */
    const char *prime;     /* little-endian, hexadecimal, without the byte of the sign */
};

static const struct kind kinds[] = {
    {
        255, 32, &sw_ed25519_limbs32, &sw_ed25519_arithmetic_limbs32, PSA_ALG_ED25519PH, PSA_ALG_ED448PH,
        { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
          "72",
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
        { { "eddsa/rfc8032-ed25519.json", PSA_ALG_PURE_EDDSA, 5 },
          { "eddsa/rfc8032-ed25519ctx.json", PSA_ALG_EDDSA_CTX, 4 },
          { "eddsa/rfc8032-ed25519ph.json", PSA_ALG_ED25519PH, 1 } },
        "ED-25519", "SHA512", EVP_PKEY_ED25519,
        "7237005577332262213973186563042994240857116359379907606001950938285454250989",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    },
    {
        448, 57, &sw_ed448_limbs32, &sw_ed448_arithmetic_limbs32, PSA_ALG_ED448PH, PSA_ALG_ED25519PH,
        { "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e",
          "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480",
          "03",
          "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd77980"
          "5e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00" },
        { { "eddsa/rfc8032-ed448.json", PSA_ALG_PURE_EDDSA, 9 }, /* those with a context: PSA_ALG_EDDSA_CTX */
          { "eddsa/rfc8032-ed448ph.json", PSA_ALG_ED448PH, 2 },
          { NULL, 0, 0 } },
        "ED-448", "SHAKE256", EVP_PKEY_ED448,
        "181709681073901722637330951972001133588410340171829515070372549795146003961539585716195755291692375963310293709091662304773755859649779",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    },
};

static const struct kind *kind;

static inline int setup_ed25519(void **state)
{
    (void)state;
    kind = &kinds[0];
    return 0;
}

static inline int setup_ed448(void **state)
{
    (void)state;
    kind = &kinds[1];
    return 0;
}

/* ---- Through the entries ---- */

struct message {
    const uint8_t *input, *context;
    size_t length, context_length;
};

/* What the library keeps with a key of this usage; it ends where it says it does. */
static uint64_t kept[1024];

static inline void prepare(struct psacrypto_key *key, psa_key_attributes_t *attributes, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_set_key_usage_flags(attributes, usage);
    size_t size = psacrypto_software_driver.prepared_size(NULL, key, alg);
    assert_in_range(size, 1, sizeof kept - 8u);
    memset(kept, 0xa5, sizeof kept);
    assert_int_equal(psacrypto_software_driver.prepare(NULL, key, alg, kept), PSA_SUCCESS);
    key->prepared = kept;
}

static inline void expect_nothing_behind(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    size_t size = psacrypto_software_driver.prepared_size(NULL, key, alg);
    assert_true(kept[(size + 7u) / 8u] == UINT64_C(0xa5a5a5a5a5a5a5a5));
}

static inline psa_status_t sign_with(struct psacrypto_key *key, psa_algorithm_t alg, const struct message *m, uint8_t *signature)
{
    size_t length = 0;
    psa_status_t status =
        (PSA_ALG_IS_HASH_EDDSA(alg) ? sw_sign_entries.sign_hash : sw_sign_entries.sign_message)(
            NULL, key, alg, m->input, m->length, m->context, m->context_length, signature, 2 * kind->length, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? 2 * kind->length : 0);
    return status;
}

/* From the seed, and from what is kept of it. */
static inline psa_status_t sign(const uint8_t *private_key, psa_algorithm_t alg, const struct message *m, uint8_t *signature)
{
    psa_key_attributes_t attributes;
    uint8_t again[2 * LENGTH_MAX];
    struct psacrypto_key key = test_key(&attributes, PAIR, kind->bits, private_key, kind->length);
    prepare(&key, &attributes, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    psa_status_t status = sign_with(&key, alg, m, again);
    expect_nothing_behind(&key, alg);
    key.prepared = NULL;
    assert_int_equal(sign_with(&key, alg, m, signature), status);
    assert_true(status != PSA_SUCCESS || memcmp(signature, again, 2 * kind->length) == 0);
    return status;
}

static inline psa_status_t verify_with(const struct psacrypto_key *key, psa_algorithm_t alg, const struct message *m,
                                       const uint8_t *signature, size_t signature_length)
{
    return (PSA_ALG_IS_HASH_EDDSA(alg) ? sw_sign_entries.verify_hash : sw_sign_entries.verify_message)(
        NULL, key, alg, m->input, m->length, m->context, m->context_length, signature, signature_length);
}

static inline psa_status_t verify(psa_key_type_t type, const uint8_t *blob, psa_algorithm_t alg, const struct message *m,
                                  const uint8_t *signature, size_t signature_length)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, type, kind->bits, blob, kind->length);
    psa_status_t status = verify_with(&key, alg, m, signature, signature_length);
    prepare(&key, &attributes, PSA_KEY_USAGE_VERIFY_HASH, alg);
    for (int i = 0; i < 3; i++) { /* the second time makes the table, the third uses it */
        assert_int_equal(verify_with(&key, alg, m, signature, signature_length), status);
    }
    expect_nothing_behind(&key, alg);
    return status;
}

static inline void decode(uint8_t *output, const char *hex)
{
    size_t length;
    uint8_t *bytes = vectors_decode_hex(hex, &length);
    memcpy(output, bytes, length);
    free(bytes);
}

static inline psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t blob[64];
    size_t blob_length, bits = kind->bits;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    return sw_key_management_entries.import(NULL, &attributes, 0, data, length, blob, sizeof blob, &blob_length, &bits);
}

static inline int teardown(void **state)
{
    platform_cpu_mask(0xffffffffu);
    return driver_teardown(state);
}

#define EACH(test) cmocka_unit_test_setup(test, setup_ed25519), cmocka_unit_test_setup(test, setup_ed448)

#endif
