/* SPDX-License-Identifier: Apache-2.0 */
/* PKCS #8, SubjectPublicKeyInfo, RFC 5915 and PKCS #1: OpenSSL's bytes are read, and written alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "formats/key.h"
#include "formats/pkcs8.h"
#include "formats/rsa.h"
#include "formats/spki.h"
#include "support/vectors.h"

/* ---- Keys of OpenSSL ---- */

struct kind {
    const char *name; /* of a curve, or of an algorithm */
    psa_ecc_family_t family; /* 0: RSA */
    uint16_t bits;
};

static const struct kind weierstrass[] = {
    { "prime192v1", PSA_ECC_FAMILY_SECP_R1, 192 }, { "secp224r1", PSA_ECC_FAMILY_SECP_R1, 224 },
    { "prime256v1", PSA_ECC_FAMILY_SECP_R1, 256 }, { "secp384r1", PSA_ECC_FAMILY_SECP_R1, 384 },
    { "secp521r1", PSA_ECC_FAMILY_SECP_R1, 521 },  { "secp192k1", PSA_ECC_FAMILY_SECP_K1, 192 },
    { "secp224k1", PSA_ECC_FAMILY_SECP_K1, 225 },  { "secp256k1", PSA_ECC_FAMILY_SECP_K1, 256 },
    { "secp160r2", PSA_ECC_FAMILY_SECP_R2, 160 },  { "sect163k1", PSA_ECC_FAMILY_SECT_K1, 163 },
    { "sect233k1", PSA_ECC_FAMILY_SECT_K1, 233 },  { "sect239k1", PSA_ECC_FAMILY_SECT_K1, 239 },
    { "sect283k1", PSA_ECC_FAMILY_SECT_K1, 283 },  { "sect409k1", PSA_ECC_FAMILY_SECT_K1, 409 },
    { "sect571k1", PSA_ECC_FAMILY_SECT_K1, 571 },  { "sect163r1", PSA_ECC_FAMILY_SECT_R1, 163 },
    { "sect233r1", PSA_ECC_FAMILY_SECT_R1, 233 },  { "sect283r1", PSA_ECC_FAMILY_SECT_R1, 283 },
    { "sect409r1", PSA_ECC_FAMILY_SECT_R1, 409 },  { "sect571r1", PSA_ECC_FAMILY_SECT_R1, 571 },
    { "sect163r2", PSA_ECC_FAMILY_SECT_R2, 163 },  { "brainpoolP160r1", PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160 },
    { "brainpoolP192r1", PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192 }, { "brainpoolP224r1", PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224 },
    { "brainpoolP256r1", PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256 }, { "brainpoolP320r1", PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320 },
    { "brainpoolP384r1", PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384 }, { "brainpoolP512r1", PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512 },
};

static const struct kind raw[] = {
    { "X25519", PSA_ECC_FAMILY_MONTGOMERY, 255 },
    { "X448", PSA_ECC_FAMILY_MONTGOMERY, 448 },
    { "ED25519", PSA_ECC_FAMILY_TWISTED_EDWARDS, 255 },
    { "ED448", PSA_ECC_FAMILY_TWISTED_EDWARDS, 448 },
};

/* A key's encodings by OpenSSL, and its bare forms. */
struct encodings {
    uint8_t *pkcs8, *spki, *traditional;
    size_t pkcs8_length, spki_length, traditional_length;
    uint8_t private_key[2000], public_key[2000];
    size_t private_length, public_length;
};

static void encode_key(struct encodings *e, EVP_PKEY *key)
{
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    assert_non_null(info);
    e->pkcs8 = NULL;
    e->spki = NULL;
    e->traditional = NULL;
    e->traditional_length = 0;
    e->pkcs8_length = (size_t)i2d_PKCS8_PRIV_KEY_INFO(info, &e->pkcs8);
    e->spki_length = (size_t)i2d_PUBKEY(key, &e->spki);
    PKCS8_PRIV_KEY_INFO_free(info);
}

static void encodings_free(struct encodings *e)
{
    OPENSSL_free(e->pkcs8);
    OPENSSL_free(e->spki);
    OPENSSL_free(e->traditional);
}

static void make_weierstrass(struct encodings *e, const struct kind *kind)
{
    EVP_PKEY *key = EVP_EC_gen(kind->name);
    BIGNUM *d = NULL;
    assert_non_null(key);
    encode_key(e, key);
    e->traditional_length = (size_t)i2d_PrivateKey(key, &e->traditional);
    assert_int_equal(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, e->public_key, sizeof e->public_key,
                                                     &e->public_length), 1);
    assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &d), 1);
    EC_GROUP *group = EC_GROUP_new_by_curve_name(OBJ_txt2nid(kind->name));
    e->private_length = (size_t)BN_num_bytes(EC_GROUP_get0_order(group));
    assert_true(BN_bn2binpad(d, e->private_key, (int)e->private_length) > 0);
    EC_GROUP_free(group);
    BN_free(d);
    EVP_PKEY_free(key);
}

static void make_raw(struct encodings *e, const struct kind *kind)
{
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, kind->name);
    assert_non_null(key);
    encode_key(e, key);
    e->private_length = sizeof e->private_key;
    e->public_length = sizeof e->public_key;
    assert_int_equal(EVP_PKEY_get_raw_private_key(key, e->private_key, &e->private_length), 1);
    assert_int_equal(EVP_PKEY_get_raw_public_key(key, e->public_key, &e->public_length), 1);
    EVP_PKEY_free(key);
}

static void make_rsa(struct encodings *e)
{
    EVP_PKEY *key = EVP_RSA_gen(1024);
    const RSA *rsa = EVP_PKEY_get0_RSA(key);
    uint8_t *at = e->private_key;
    assert_non_null(rsa);
    encode_key(e, key);
    e->private_length = (size_t)i2d_RSAPrivateKey(rsa, &at);
    at = e->public_key;
    e->public_length = (size_t)i2d_RSAPublicKey(rsa, &at);
    EVP_PKEY_free(key);
}

static psa_key_type_t pair_type(const struct kind *kind)
{
    return kind->family != 0 ? PSA_KEY_TYPE_ECC_KEY_PAIR(kind->family) : PSA_KEY_TYPE_RSA_KEY_PAIR;
}

static psa_key_type_t public_type(const struct kind *kind)
{
    return PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(pair_type(kind));
}

/* ---- Read ---- */

typedef psa_status_t (*read_t)(struct formats_key *key, const uint8_t *der, size_t length);

/* From memory of exactly that size. */
static psa_status_t read_exact(read_t read, struct formats_key *key, const uint8_t *der, size_t length)
{
    static uint8_t *copy; /* key->data points into it until the next call */
    free(copy);
    copy = malloc(length != 0 ? length : 1);
    assert_non_null(copy);
    memcpy(copy, der, length);
    memset(key, 0x5a, sizeof *key);
    return read(key, copy, length);
}

static void check_read(read_t read, const uint8_t *der, size_t der_length, psa_key_type_t type, size_t bits,
                       const uint8_t *expected, size_t expected_length)
{
    struct formats_key key;
    assert_int_equal(read_exact(read, &key, der, der_length), PSA_SUCCESS);
    assert_int_equal(key.type, type);
    assert_int_equal(key.bits, bits);
    assert_int_equal(key.length, expected_length);
    assert_memory_equal(key.data, expected, expected_length);
    /* Every cut is refused, and so is a byte behind. */
    for (size_t cut = 0; cut < der_length; cut++) {
        assert_int_not_equal(read_exact(read, &key, der, cut), PSA_SUCCESS);
    }
    uint8_t *longer = calloc(1, der_length + 1);
    memcpy(longer, der, der_length);
    assert_int_equal(read_exact(read, &key, longer, der_length + 1), PSA_ERROR_INVALID_ARGUMENT);
    free(longer);
}

static void check_write(const struct encodings *e, psa_key_type_t pair, size_t bits)
{
    uint8_t der[3000];
    size_t length = 0;
    psa_key_type_t public = PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(pair);
    assert_int_equal(pkcs8_write(der, sizeof der, &length, pair, bits, e->private_key, e->private_length, e->public_key,
                                 e->public_length), PSA_SUCCESS);
    assert_int_equal(length, e->pkcs8_length);
    assert_memory_equal(der, e->pkcs8, length);
    assert_int_equal(spki_write(der, sizeof der, &length, public, bits, e->public_key, e->public_length), PSA_SUCCESS);
    assert_int_equal(length, e->spki_length);
    assert_memory_equal(der, e->spki, length);
    /* Of the pair, too; with exactly enough room; and with one byte too few. */
    memset(der, 0xee, sizeof der);
    assert_int_equal(spki_write(der, e->spki_length, &length, pair, bits, e->public_key, e->public_length), PSA_SUCCESS);
    assert_memory_equal(der, e->spki, length);
    assert_int_equal(der[length], 0xee);
    assert_int_equal(spki_write(der, e->spki_length - 1, &length, pair, bits, e->public_key, e->public_length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, e->spki_length);
    assert_int_equal(pkcs8_write(der, e->pkcs8_length - 1, &length, pair, bits, e->private_key, e->private_length,
                                 e->public_key, e->public_length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, e->pkcs8_length);
    assert_int_equal(pkcs8_write(der, sizeof der, &length, public, bits, e->private_key, e->private_length, e->public_key,
                                 e->public_length), PSA_ERROR_NOT_SUPPORTED);
}

static void weierstrass_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof weierstrass / sizeof weierstrass[0]; i++) {
        const struct kind *kind = &weierstrass[i];
        struct encodings e;
        make_weierstrass(&e, kind);
        check_read(pkcs8_read, e.pkcs8, e.pkcs8_length, pair_type(kind), kind->bits, e.private_key, e.private_length);
        check_read(formats_read_key, e.pkcs8, e.pkcs8_length, pair_type(kind), kind->bits, e.private_key, e.private_length);
        check_read(pkcs8_read_ec, e.traditional, e.traditional_length, pair_type(kind), kind->bits, e.private_key, e.private_length);
        check_read(formats_read_key, e.traditional, e.traditional_length, pair_type(kind), kind->bits, e.private_key, e.private_length);
        check_read(spki_read, e.spki, e.spki_length, public_type(kind), kind->bits, e.public_key, e.public_length);
        check_read(formats_read_key, e.spki, e.spki_length, public_type(kind), kind->bits, e.public_key, e.public_length);
        check_write(&e, pair_type(kind), kind->bits);
        encodings_free(&e);
    }
}

static void mask(uint8_t *private_key, size_t bits)
{
    size_t length = (bits + 7) / 8;
    private_key[0] &= bits == 255 ? 0xf8 : 0xfc;
    private_key[length - 1] = (uint8_t)(bits == 255 ? (private_key[length - 1] & 0x7f) | 0x40 : private_key[length - 1] | 0x80);
}

static void raw_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof raw / sizeof raw[0]; i++) {
        const struct kind *kind = &raw[i];
        struct encodings e;
        make_raw(&e, kind);
        check_write(&e, pair_type(kind), kind->bits);
        if (kind->family == PSA_ECC_FAMILY_MONTGOMERY) {
            mask(e.private_key, kind->bits); /* RFC 8410 stores them unmasked, PSA wants them masked */
        }
        check_read(formats_read_key, e.pkcs8, e.pkcs8_length, pair_type(kind), kind->bits, e.private_key, e.private_length);
        check_read(formats_read_key, e.spki, e.spki_length, public_type(kind), kind->bits, e.public_key, e.public_length);
        encodings_free(&e);
    }
}

static void rsa_keys(void **state)
{
    static const struct kind kind = { "RSA", 0, 0 };
    struct encodings e;
    (void)state;
    make_rsa(&e);
    check_read(formats_read_key, e.pkcs8, e.pkcs8_length, pair_type(&kind), 0, e.private_key, e.private_length);
    check_read(formats_read_key, e.spki, e.spki_length, public_type(&kind), 0, e.public_key, e.public_length);
    check_read(formats_read_key, e.private_key, e.private_length, pair_type(&kind), 0, e.private_key, e.private_length);
    check_read(formats_read_key, e.public_key, e.public_length, public_type(&kind), 0, e.public_key, e.public_length);
    check_read(rsa_read_private, e.private_key, e.private_length, pair_type(&kind), 0, e.private_key, e.private_length);
    check_read(rsa_read_public, e.public_key, e.public_length, public_type(&kind), 0, e.public_key, e.public_length);
    struct formats_key key;
    assert_int_equal(read_exact(rsa_read_private, &key, e.public_key, e.public_length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(read_exact(rsa_read_public, &key, e.private_key, e.private_length), PSA_ERROR_INVALID_ARGUMENT);
    check_write(&e, pair_type(&kind), 1024);
    encodings_free(&e);
}

/* ---- RFC 8410, section 10: examples by the standard ---- */

static void decode_hex(uint8_t *output, size_t *length, const char *hex)
{
    uint8_t *decoded = vectors_decode_hex(hex, length);
    assert_non_null(decoded);
    memcpy(output, decoded, *length);
    free(decoded);
}

static void rfc8410(void **state)
{
    static const char public_der[] = "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    static const char private_der[] = "302e020100300506032b657004220420d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";
    static const char with_attributes[] =
        "3072020101300506032b657004220420d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842"
        "a01f301d060a2a864886f70d01090914310f0c0d437572646c6520436861697273"
        "81210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    uint8_t der[200], private_key[32], public_key[32];
    size_t length, key_length;
    (void)state;
    decode_hex(private_key, &key_length, "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842");
    decode_hex(public_key, &key_length, "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
    decode_hex(der, &length, public_der);
    check_read(formats_read_key, der, length, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS), 255, public_key, 32);
    decode_hex(der, &length, private_der);
    check_read(formats_read_key, der, length, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 255, private_key, 32);
    decode_hex(der, &length, with_attributes);
    check_read(formats_read_key, der, length, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 255, private_key, 32);
    /* The public key belongs to version 2 (RFC 5958, 2). */
    struct formats_key key;
    der[4] = 0;
    assert_int_equal(read_exact(formats_read_key, &key, der, length), PSA_ERROR_INVALID_ARGUMENT);
    der[4] = 2;
    assert_int_equal(read_exact(formats_read_key, &key, der, length), PSA_ERROR_INVALID_ARGUMENT);
}

/* ---- Refusals ---- */

#define P256_ALGORITHM "301306072a8648ce3d020106082a8648ce3d030107"
#define D32 "1111111111111111111111111111111111111111111111111111111111111111"

static const struct {
    const char *what, *der;
    psa_status_t status;
} cases[] = {
    { "PKCS #8 of P-256 without a public key", "3041020100" P256_ALGORITHM "0427" "3025020101" "0420" D32, PSA_SUCCESS },
    { "the curve named inside as well", "304d020100" P256_ALGORITHM "0433" "3031020101" "0420" D32 "a00a06082a8648ce3d030107",
      PSA_SUCCESS },
    { "another curve named inside", "304a020100" P256_ALGORITHM "0430" "302e020101" "0420" D32 "a00706052b81040022",
      PSA_ERROR_INVALID_ARGUMENT },
    { "an unknown curve named inside", "304a020100" P256_ALGORITHM "0430" "302e020101" "0420" D32 "a00706052b81047f7f",
      PSA_ERROR_INVALID_ARGUMENT },
    { "a curve spelled out inside", "3045020100" P256_ALGORITHM "042b" "3029020101" "0420" D32 "a0023000",
      PSA_ERROR_NOT_SUPPORTED },
    { "the inner version is 0", "3041020100" P256_ALGORITHM "0427" "3025020100" "0420" D32, PSA_ERROR_INVALID_ARGUMENT },
    { "the inner version is 2", "3041020100" P256_ALGORITHM "0427" "3025020102" "0420" D32, PSA_ERROR_INVALID_ARGUMENT },
    { "a byte behind the inner structure", "3042020100" P256_ALGORITHM "0428" "3025020101" "0420" D32 "00",
      PSA_ERROR_INVALID_ARGUMENT },
    { "an element behind the private key", "3043020100" P256_ALGORITHM "0429" "3027020101" "0420" D32 "0500",
      PSA_ERROR_INVALID_ARGUMENT },
    { "an inner public key with unused bits", "3049020100" P256_ALGORITHM "042f" "302d020101" "0420" D32 "a106030407040506",
      PSA_ERROR_INVALID_ARGUMENT },
    { "version 2 of PKCS #8 without a public key", "3041020101" P256_ALGORITHM "0427" "3025020101" "0420" D32, PSA_SUCCESS },
    { "version 127 of PKCS #8", "304102017f" P256_ALGORITHM "0427" "3025020101" "0420" D32, PSA_ERROR_INVALID_ARGUMENT },
    { "no private key", "3018020100" P256_ALGORITHM, PSA_ERROR_INVALID_ARGUMENT },
    { "no curve", "3037020100" "300906072a8648ce3d0201" "0427" "3025020101" "0420" D32, PSA_ERROR_INVALID_ARGUMENT },
    { "inherited curve", "3039020100" "300b06072a8648ce3d02010500" "0427" "3025020101" "0420" D32, PSA_ERROR_NOT_SUPPORTED },
    { "parameters behind the curve", "3043020100" "301506072a8648ce3d020106082a8648ce3d0301070500" "0427" "3025020101" "0420" D32,
      PSA_ERROR_INVALID_ARGUMENT },
    { "unknown curve", "303e020100" "301006072a8648ce3d020106052b81047f7f" "0427" "3025020101" "0420" D32, PSA_ERROR_NOT_SUPPORTED },
    { "curve spelled out", "3039020100" "300b06072a8648ce3d02013000" "0427" "3025020101" "0420" D32, PSA_ERROR_NOT_SUPPORTED },
    { "unknown algorithm", "3037020100" "300906072a8648ce380401" "0427" "3025020101" "0420" D32, PSA_ERROR_NOT_SUPPORTED },
    { "a curve's OID as algorithm", "3038020100" "300a06082a8648ce3d030107" "0427" "3025020101" "0420" D32, PSA_ERROR_NOT_SUPPORTED },
    { "Ed25519 with parameters", "3030020100" "300706032b65700500" "0422" "0420" D32, PSA_ERROR_INVALID_ARGUMENT },
    { "Ed25519 as a bare string", "302c020100" "300506032b6570" "0420" D32, PSA_ERROR_INVALID_ARGUMENT },
    { "X25519 of 31 bytes", "302d020100" "300506032b656e" "0421" "041f" "11111111111111111111111111111111111111111111111111111111111111",
      PSA_ERROR_INVALID_ARGUMENT },
    { "RFC 5915 without a curve", "3025020101" "0420" D32, PSA_ERROR_INVALID_ARGUMENT },
    { "RFC 5915 with an unknown curve", "302e020101" "0420" D32 "a00706052b81047f7f", PSA_ERROR_NOT_SUPPORTED },
    { "encrypted PKCS #8", "3013300d06092a864886f70d01050d05000402abcd", PSA_ERROR_NOT_SUPPORTED },
    { "SPKI of RSA without NULL", "3012300b06092a864886f70d010101030300abcd", PSA_ERROR_INVALID_ARGUMENT },
    { "SPKI of RSA", "3014300d06092a864886f70d0101010500030300abcd", PSA_SUCCESS },
    { "SPKI with unused bits", "3014300d06092a864886f70d0101010500030301abcc", PSA_ERROR_INVALID_ARGUMENT },
    { "SPKI with an element behind", "3016300d06092a864886f70d0101010500030300abcd0500", PSA_ERROR_INVALID_ARGUMENT },
    { "RSA of three integers", "3009020103020105020107", PSA_ERROR_INVALID_ARGUMENT },
    { "RSA of more than two primes", "301f0201010201010201010201010201010201010201010201010201013002" "0500", PSA_ERROR_INVALID_ARGUMENT },
    { "empty sequence", "3000", PSA_ERROR_INVALID_ARGUMENT },
    { "a string", "0402abcd", PSA_ERROR_INVALID_ARGUMENT },
    { "nothing", "", PSA_ERROR_INVALID_ARGUMENT },
};

static void structures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct formats_key key;
        uint8_t der[300];
        size_t length;
        decode_hex(der, &length, cases[i].der);
        psa_status_t status = read_exact(formats_read_key, &key, der, length);
        if (status != cases[i].status) {
            fail_msg("%s: %d", cases[i].what, (int)status);
        }
    }
}

static void no_format(void **state)
{
    uint8_t der[100], key[32] = { 0 };
    size_t length = 0;
    (void)state;
    assert_int_equal(spki_write(der, sizeof der, &length, PSA_KEY_TYPE_AES, 128, key, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(pkcs8_write(der, sizeof der, &length, PSA_KEY_TYPE_AES, 128, key, 16, key, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(spki_write(der, sizeof der, &length, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), 255, key, 32),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(spki_write(der, sizeof der, &length, PSA_KEY_TYPE_DH_PUBLIC_KEY(PSA_DH_FAMILY_RFC7919), 2048, key, 32),
                     PSA_ERROR_NOT_SUPPORTED);
}

/* One changed byte, everywhere, by every amount: it ends, and a success still points into the input. */
static void changed_bytes(void **state)
{
    struct encodings e;
    (void)state;
    make_weierstrass(&e, &weierstrass[2]);
    for (size_t at = 0; at < e.pkcs8_length; at++) {
        uint8_t original = e.pkcs8[at];
        for (unsigned value = 0; value < 256; value++) {
            struct formats_key key;
            e.pkcs8[at] = (uint8_t)value;
            if (formats_read_key(&key, e.pkcs8, e.pkcs8_length) == PSA_SUCCESS && key.data != key.masked) {
                assert_true(key.data >= e.pkcs8 && key.data + key.length <= e.pkcs8 + e.pkcs8_length);
            }
        }
        e.pkcs8[at] = original;
    }
    encodings_free(&e);
}

/* ---- Shared vectors: SubjectPublicKeyInfo in every broken form ---- */

static void wycheproof_spki(const char *path, size_t cases_expected)
{
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        struct formats_key key;
        uint8_t again[4200];
        size_t length, again_length;
        const uint8_t *spki = vectors_hex(v, "public", &length);
        psa_status_t status = spki_read(&key, spki, length);
        /* DER has one form for a key: what is accepted must be what we would write. */
        if (status == PSA_SUCCESS) {
            assert_int_equal(spki_write(again, sizeof again, &again_length, key.type, key.bits, key.data, key.length), PSA_SUCCESS);
            if (again_length != length || memcmp(again, spki, length) != 0) {
                fail_msg("%s: accepted", vectors_where(v));
            }
        } else if (vectors_result(v) == VECTORS_VALID) {
            fail_msg("%s: refused", vectors_where(v));
        }
    }
    vectors_close(v, cases_expected);
}

static void vectors_spki(void **state)
{
    (void)state;
    wycheproof_spki("ecdh/wycheproof-ecdh_secp256k1.json", 752);
    wycheproof_spki("ecdh/wycheproof-ecdh_brainpoolP224r1.json", 787);
    wycheproof_spki("ecdh/wycheproof-ecdh_brainpoolP256r1.json", 804);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weierstrass_keys), cmocka_unit_test(raw_keys),  cmocka_unit_test(rsa_keys),
        cmocka_unit_test(rfc8410),          cmocka_unit_test(structures), cmocka_unit_test(no_format),
        cmocka_unit_test(changed_bytes),    cmocka_unit_test(vectors_spki),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
