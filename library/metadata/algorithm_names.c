/* SPDX-License-Identifier: Apache-2.0 */
/* Names of algorithms: those that stand alone, those made with a hash, and the macros that change a length or combine two. */
#include "metadata/names.h"

#include "metadata/metadata.h"

struct row {
    psa_algorithm_t alg;
    const char *name; /* behind PSA_ALG_ */
};

#define ROW(name) { PSA_ALG_##name, #name }

static const struct row fixed[] = {
    ROW(NONE),
    ROW(MD2),
    ROW(MD4),
    ROW(MD5),
    ROW(RIPEMD160),
    ROW(SHA_1),
    ROW(AES_MMO_ZIGBEE),
    ROW(SHA_224),
    ROW(SHA_256),
    ROW(SHA_384),
    ROW(SHA_512),
    ROW(SHA_512_224),
    ROW(SHA_512_256),
    ROW(SHA_256_192),
    ROW(SHA3_224),
    ROW(SHA3_256),
    ROW(SHA3_384),
    ROW(SHA3_512),
    ROW(SM3),
    ROW(SHAKE256_512),
    ROW(SHAKE128_256),
    ROW(SHAKE256_192),
    ROW(SHAKE256_256),
    ROW(ASCON_HASH256),
    ROW(BLAKE2S_HASH256),
    ROW(BLAKE2SP_HASH256),
    ROW(BLAKE2B_HASH512),
    ROW(BLAKE2BP_HASH512),
    ROW(ANY_HASH),
    ROW(SHAKE128),
    ROW(SHAKE256),
    ROW(ASCON_XOF128),
    ROW(ASCON_CXOF128),
    ROW(CBC_MAC),
    ROW(CMAC),
    ROW(STREAM_CIPHER),
    ROW(CTR),
    ROW(CFB),
    ROW(OFB),
    ROW(XTS),
    ROW(ECB_NO_PADDING),
    ROW(CBC_NO_PADDING),
    ROW(CBC_PKCS7),
    ROW(CCM_STAR_NO_TAG),
    ROW(CCM_STAR_ANY_TAG),
    ROW(CCM),
    ROW(GCM),
    ROW(CHACHA20_POLY1305),
    ROW(XCHACHA20_POLY1305),
    ROW(ASCON_AEAD128),
    ROW(KW),
    ROW(KWP),
    ROW(TLS12_ECJPAKE_TO_PMS),
    ROW(SP800_108_COUNTER_CMAC),
    ROW(PBKDF2_AES_CMAC_PRF_128),
    ROW(RSA_PKCS1V15_SIGN_RAW),
    ROW(ECDSA_ANY),
    ROW(PURE_EDDSA),
    ROW(EDDSA_CTX),
    ROW(ED25519PH),
    ROW(ED448PH),
    ROW(SLH_DSA),
    ROW(DETERMINISTIC_SLH_DSA),
    ROW(ML_DSA),
    ROW(DETERMINISTIC_ML_DSA),
    ROW(LMS),
    ROW(HSS),
    ROW(XMSS),
    ROW(XMSS_MT),
    ROW(RSA_PKCS1V15_CRYPT),
    ROW(FFDH),
    ROW(ECDH),
    ROW(ECIES_SEC1),
    ROW(ML_KEM),
    ROW(SPAKE2P_MATTER),
    ROW(WPA3_SAE_ANY),
};

#define WITH_HASH(name) { PSA_ALG_##name(PSA_ALG_NONE), #name }

static const struct row with_hash[] = {
    WITH_HASH(HMAC),
    WITH_HASH(BLAKE2_MAC),
    WITH_HASH(HKDF),
    WITH_HASH(HKDF_EXTRACT),
    WITH_HASH(HKDF_EXPAND),
    WITH_HASH(TLS12_PRF),
    WITH_HASH(TLS12_PSK_TO_MS),
    WITH_HASH(SP800_108_COUNTER_HMAC),
    WITH_HASH(PBKDF2_HMAC),
    WITH_HASH(WPA3_SAE_H2E),
    WITH_HASH(RSA_PKCS1V15_SIGN),
    WITH_HASH(RSA_PSS),
    WITH_HASH(RSA_PSS_ANY_SALT),
    WITH_HASH(ECDSA),
    WITH_HASH(DETERMINISTIC_ECDSA),
    WITH_HASH(HASH_SLH_DSA),
    WITH_HASH(DETERMINISTIC_HASH_SLH_DSA),
    WITH_HASH(HASH_ML_DSA),
    WITH_HASH(DETERMINISTIC_HASH_ML_DSA),
    WITH_HASH(RSA_OAEP),
    WITH_HASH(JPAKE),
    WITH_HASH(SPAKE2P_HMAC),
    WITH_HASH(SPAKE2P_CMAC),
    WITH_HASH(WPA3_SAE_FIXED),
    WITH_HASH(WPA3_SAE_GDH),
};

/* What people say. */
static const struct row short_names[] = {
    { PSA_ALG_ANY_HASH, "ANY" },
    { PSA_ALG_ECB_NO_PADDING, "ECB" },
    { PSA_ALG_PURE_EDDSA, "EDDSA" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- From value to name ---- */

static const struct row *find_value(const struct row *rows, size_t count, psa_algorithm_t alg)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].alg == alg) {
            return &rows[i];
        }
    }
    return NULL;
}

static int put_row(struct text *text, const struct row *row)
{
    if (row != NULL) {
        text_string(text, "PSA_ALG_");
        text_string(text, row->name);
    }
    return row != NULL;
}

static int put_fixed(struct text *text, psa_algorithm_t alg)
{
    return put_row(text, find_value(fixed, COUNT(fixed), alg));
}

static int put_with_hash(struct text *text, psa_algorithm_t alg)
{
    psa_algorithm_t hash = PSA_ALG_GET_HASH(alg);
    if (hash == PSA_ALG_NONE || !put_row(text, find_value(with_hash, COUNT(with_hash), alg & ~(psa_algorithm_t)0xff))) {
        return 0;
    }
    text_character(text, '(');
    int known = put_fixed(text, hash);
    text_character(text, ')');
    return known;
}

#define LENGTH_OF(alg) (((alg) >> 16) & 0x3fu)
#define AT_LEAST(alg) (((alg) & 0x8000u) != 0)

static int put_length(struct text *text, const char *name, psa_algorithm_t base, uint32_t length)
{
    text_string(text, name);
    int known = put_fixed(text, base) || put_with_hash(text, base);
    text_string(text, ", ");
    text_decimal(text, length);
    text_character(text, ')');
    return known;
}

/* The field is too short for the 64 bytes of the longest MACs, and has zeros then. */
static uint32_t mac_length(psa_algorithm_t alg)
{
    return LENGTH_OF(alg) == 0 && PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg)) == 64u ? 64u : LENGTH_OF(alg);
}

static int put_mac(struct text *text, psa_algorithm_t alg)
{
    psa_algorithm_t base = PSA_ALG_FULL_LENGTH_MAC(alg);
    if (base == alg) {
        return put_with_hash(text, alg);
    }
    return put_length(text, AT_LEAST(alg) ? "PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(" : "PSA_ALG_TRUNCATED_MAC(", base, mac_length(alg));
}

static int put_aead(struct text *text, psa_algorithm_t alg)
{
    psa_algorithm_t base = PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg);
    return base != PSA_ALG_NONE &&
           put_length(text, AT_LEAST(alg) ? "PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(" : "PSA_ALG_AEAD_WITH_SHORTENED_TAG(", base,
                      LENGTH_OF(alg));
}

static int put_agreement(struct text *text, psa_algorithm_t alg)
{
    psa_algorithm_t derivation = PSA_ALG_KEY_AGREEMENT_GET_KDF(alg);
    text_string(text, "PSA_ALG_KEY_AGREEMENT(");
    int known = put_fixed(text, PSA_ALG_KEY_AGREEMENT_GET_BASE(alg));
    text_string(text, ", ");
    known = known && (put_fixed(text, derivation) || put_with_hash(text, derivation));
    text_character(text, ')');
    return known;
}

static int put_composed(struct text *text, psa_algorithm_t alg)
{
    if (PSA_ALG_IS_MAC(alg)) {
        return put_mac(text, alg);
    }
    if (PSA_ALG_IS_AEAD(alg)) {
        return put_aead(text, alg);
    }
    if (PSA_ALG_IS_KEY_AGREEMENT(alg)) {
        return put_agreement(text, alg);
    }
    return put_with_hash(text, alg);
}

void algorithm_name(struct text *text, psa_algorithm_t alg)
{
    size_t start = text->length;
    if (!put_fixed(text, alg) && !put_composed(text, alg)) {
        text_cut(text, start);
        text_hexadecimal(text, alg, 8);
    }
}

/* ---- From name to value ---- */

/* KEY_AGREEMENT(.., HKDF(SHA_256)) is as deep as names that mean something go. */
#define DEPTH 3u

static int parse(psa_algorithm_t *alg, const char **at, unsigned depth);

static const struct row *find_name(const struct row *rows, size_t count, struct word word)
{
    for (size_t i = 0; i < count; i++) {
        if (word_is(word, rows[i].name)) {
            return &rows[i];
        }
    }
    return NULL;
}

static int parse_fixed(psa_algorithm_t *alg, struct word word)
{
    const struct row *row = find_name(fixed, COUNT(fixed), word);
    if (row == NULL) {
        row = find_name(short_names, COUNT(short_names), word);
    }
    if (row != NULL) {
        *alg = row->alg;
    }
    return row != NULL;
}

/* "hmac-sha-256" for HMAC(SHA_256). */
static int parse_joined(psa_algorithm_t *alg, struct word word)
{
    struct word rest;
    psa_algorithm_t hash;
    for (size_t i = 0; i < COUNT(with_hash); i++) {
        if (word_begins(word, with_hash[i].name, &rest) && parse_fixed(&hash, rest) && PSA_ALG_IS_HASH(hash)) {
            *alg = with_hash[i].alg | (hash & 0xffu);
            return 1;
        }
    }
    return 0;
}

static int parse_agreement(psa_algorithm_t *alg, const char **at, unsigned depth)
{
    psa_algorithm_t agreement, derivation;
    if (!parse(&agreement, at, depth) || !character_take(at, ',') || !parse(&derivation, at, depth)) {
        return 0;
    }
    *alg = PSA_ALG_KEY_AGREEMENT(agreement, derivation);
    return PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(agreement) && PSA_ALG_IS_KEY_DERIVATION(derivation);
}

static psa_algorithm_t truncated_mac(psa_algorithm_t alg, uint32_t length)
{
    return PSA_ALG_IS_MAC(alg) ? PSA_ALG_TRUNCATED_MAC(alg, length) : PSA_ALG_NONE;
}

static psa_algorithm_t at_least_mac(psa_algorithm_t alg, uint32_t length)
{
    return PSA_ALG_IS_MAC(alg) ? PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(alg, length) : PSA_ALG_NONE;
}

static psa_algorithm_t shortened_aead(psa_algorithm_t alg, uint32_t length)
{
    return PSA_ALG_IS_AEAD(alg) ? PSA_ALG_AEAD_WITH_SHORTENED_TAG(alg, length) : PSA_ALG_NONE;
}

static psa_algorithm_t at_least_aead(psa_algorithm_t alg, uint32_t length)
{
    return PSA_ALG_IS_AEAD(alg) ? PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(alg, length) : PSA_ALG_NONE;
}

static const struct {
    const char *name;
    psa_algorithm_t (*apply)(psa_algorithm_t alg, uint32_t length);
} lengths[] = {
    { "TRUNCATED_MAC", truncated_mac },
    { "AT_LEAST_THIS_LENGTH_MAC", at_least_mac },
    { "AEAD_WITH_SHORTENED_TAG", shortened_aead },
    { "AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG", at_least_aead },
};

static int length_fits(psa_algorithm_t alg, uint32_t length)
{
    return length <= 0x3fu || (PSA_ALG_IS_MAC(alg) && length == mac_length(PSA_ALG_FULL_LENGTH_MAC(alg)));
}

static int parse_length(psa_algorithm_t *alg, size_t index, const char **at, unsigned depth)
{
    uint32_t length;
    if (!parse(alg, at, depth) || !character_take(at, ',') || !word_number(word_take(at), &length) ||
        !length_fits(*alg, length)) {
        return 0;
    }
    *alg = lengths[index].apply(*alg, length);
    return *alg != PSA_ALG_NONE;
}

static int parse_arguments(psa_algorithm_t *alg, struct word word, const char **at, unsigned depth)
{
    if (word_is(word, "KEY_AGREEMENT")) {
        return parse_agreement(alg, at, depth);
    }
    for (size_t i = 0; i < COUNT(lengths); i++) {
        if (word_is(word, lengths[i].name)) {
            return parse_length(alg, i, at, depth);
        }
    }
    const struct row *row = find_name(with_hash, COUNT(with_hash), word);
    psa_algorithm_t hash;
    if (row == NULL || !parse(&hash, at, 0) || !PSA_ALG_IS_HASH(hash)) {
        return 0;
    }
    *alg = row->alg | (hash & 0xffu);
    return 1;
}

static int parse(psa_algorithm_t *alg, const char **at, unsigned depth)
{
    struct word rest;
    struct word word = word_without(word_take(at), "PSA_ALG_");
    if (character_take(at, '(')) {
        return depth != 0 && parse_arguments(alg, word, at, depth - 1u) && character_take(at, ')');
    }
    return parse_fixed(alg, word) || parse_joined(alg, word) || (word_begins(word, "0x", &rest) && word_number(word, alg));
}

int algorithm_from_name(psa_algorithm_t *alg, const char *name)
{
    return parse(alg, &name, DEPTH) && character_take(&name, '\0');
}

/* ---- All of them ---- */

static psa_algorithm_t algorithm_at(size_t index)
{
    if (index < COUNT(fixed)) {
        return fixed[index].alg;
    }
    index -= COUNT(fixed);
    psa_algorithm_t hash = fixed[index % COUNT(fixed)].alg;
    return algorithm_is_hash(hash) ? with_hash[index / COUNT(fixed)].alg | (hash & 0xffu) : PSA_ALG_NONE;
}

psa_algorithm_t algorithm_next(psa_algorithm_t alg)
{
    const size_t count = COUNT(fixed) * (1u + COUNT(with_hash));
    size_t index = 0;
    while (index < count && algorithm_at(index) != alg) {
        index++;
    }
    while (++index < count) {
        psa_algorithm_t next = algorithm_at(index);
        if (algorithm_is_specific(next)) {
            return next;
        }
    }
    return PSA_ALG_NONE;
}
