/* SPDX-License-Identifier: Apache-2.0 */
/* Names of key types: plain ones, those with a family, and what people call a type and a size together. */
#include "metadata/names.h"

#include "metadata/metadata.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct row {
    psa_key_type_t type;
    const char *name; /* behind PSA_KEY_TYPE_ */
};

#define ROW(name) { PSA_KEY_TYPE_##name, #name }

static const struct row plain[] = {
    ROW(NONE),
    ROW(RAW_DATA),
    ROW(HMAC),
    ROW(BLAKE2),
    ROW(DERIVE),
    ROW(PASSWORD),
    ROW(PASSWORD_HASH),
    ROW(PEPPER),
    ROW(AES),
    ROW(ARIA),
    ROW(CAMELLIA),
    ROW(SM4),
    ROW(DES),
    ROW(ARC4),
    ROW(CHACHA20),
    ROW(XCHACHA20),
    ROW(ASCON),
    ROW(RSA_KEY_PAIR),
    ROW(RSA_PUBLIC_KEY),
    ROW(ML_DSA_KEY_PAIR),
    ROW(ML_DSA_PUBLIC_KEY),
    ROW(ML_KEM_KEY_PAIR),
    ROW(ML_KEM_PUBLIC_KEY),
    ROW(LMS_PUBLIC_KEY),
    ROW(HSS_PUBLIC_KEY),
    ROW(XMSS_PUBLIC_KEY),
    ROW(XMSS_MT_PUBLIC_KEY),
};

struct family {
    uint8_t value;
    const char *name; /* behind the prefix of its kind */
};

#define ECC(name) { PSA_ECC_FAMILY_##name, #name }

static const struct family curves[] = {
    ECC(SECP_K1),
    ECC(SECP_R1),
    ECC(SECP_R2),
    ECC(SECT_K1),
    ECC(SECT_R1),
    ECC(SECT_R2),
    ECC(BRAINPOOL_P_R1),
    ECC(FRP),
    ECC(MONTGOMERY),
    ECC(TWISTED_EDWARDS),
};

static const struct family groups[] = {
    { PSA_DH_FAMILY_RFC7919, "RFC7919" },
    { PSA_DH_FAMILY_RFC3526, "RFC3526" },
};

static const struct family slh_dsa_sets[] = {
    { PSA_SLH_DSA_FAMILY_SHA2_S, "SHA2_S" },
    { PSA_SLH_DSA_FAMILY_SHA2_F, "SHA2_F" },
    { PSA_SLH_DSA_FAMILY_SHAKE_S, "SHAKE_S" },
    { PSA_SLH_DSA_FAMILY_SHAKE_F, "SHAKE_F" },
};

/* Types with a family. */
static const struct {
    psa_key_type_t base;
    const char *name;
    const char *prefix;
    const struct family *families;
    size_t count;
} structured[] = {
    { PSA_KEY_TYPE_ECC_KEY_PAIR(0), "ECC_KEY_PAIR", "PSA_ECC_FAMILY_", curves, COUNT(curves) },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(0), "ECC_PUBLIC_KEY", "PSA_ECC_FAMILY_", curves, COUNT(curves) },
    { PSA_KEY_TYPE_DH_KEY_PAIR(0), "DH_KEY_PAIR", "PSA_DH_FAMILY_", groups, COUNT(groups) },
    { PSA_KEY_TYPE_DH_PUBLIC_KEY(0), "DH_PUBLIC_KEY", "PSA_DH_FAMILY_", groups, COUNT(groups) },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(0), "SLH_DSA_KEY_PAIR", "PSA_SLH_DSA_FAMILY_", slh_dsa_sets, COUNT(slh_dsa_sets) },
    { PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(0), "SLH_DSA_PUBLIC_KEY", "PSA_SLH_DSA_FAMILY_", slh_dsa_sets, COUNT(slh_dsa_sets) },
    { PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(0), "SPAKE2P_KEY_PAIR", "PSA_ECC_FAMILY_", curves, COUNT(curves) },
    { PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(0), "SPAKE2P_PUBLIC_KEY", "PSA_ECC_FAMILY_", curves, COUNT(curves) },
    { PSA_KEY_TYPE_WPA3_SAE_ECC(0), "WPA3_SAE_ECC", "PSA_ECC_FAMILY_", curves, COUNT(curves) },
    { PSA_KEY_TYPE_WPA3_SAE_DH(0), "WPA3_SAE_DH", "PSA_DH_FAMILY_", groups, COUNT(groups) },
};

/* Names of curves, groups and parameter sets: key pairs, or public keys with " public" behind the name. */
struct set {
    const char *name;
    psa_key_type_t type;
    uint16_t bits;
};

#define CURVE(name, family, bits) { name, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_##family), bits }
#define SLH_DSA(name, family, bits) { "SLH_DSA_" name, PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_##family), bits }

static const struct set sets[] = {
    CURVE("P_192", SECP_R1, 192),
    CURVE("P_224", SECP_R1, 224),
    CURVE("P_256", SECP_R1, 256),
    CURVE("P_384", SECP_R1, 384),
    CURVE("P_521", SECP_R1, 521),
    CURVE("SECP192R1", SECP_R1, 192),
    CURVE("SECP224R1", SECP_R1, 224),
    CURVE("SECP256R1", SECP_R1, 256),
    CURVE("SECP384R1", SECP_R1, 384),
    CURVE("SECP521R1", SECP_R1, 521),
    CURVE("PRIME192V1", SECP_R1, 192),
    CURVE("PRIME256V1", SECP_R1, 256),
    CURVE("SECP192K1", SECP_K1, 192),
    CURVE("SECP224K1", SECP_K1, 225),
    CURVE("SECP256K1", SECP_K1, 256),
    CURVE("SECP160R2", SECP_R2, 160),
    CURVE("SECT163K1", SECT_K1, 163),
    CURVE("SECT233K1", SECT_K1, 233),
    CURVE("SECT239K1", SECT_K1, 239),
    CURVE("SECT283K1", SECT_K1, 283),
    CURVE("SECT409K1", SECT_K1, 409),
    CURVE("SECT571K1", SECT_K1, 571),
    CURVE("SECT163R1", SECT_R1, 163),
    CURVE("SECT233R1", SECT_R1, 233),
    CURVE("SECT283R1", SECT_R1, 283),
    CURVE("SECT409R1", SECT_R1, 409),
    CURVE("SECT571R1", SECT_R1, 571),
    CURVE("SECT163R2", SECT_R2, 163),
    CURVE("BRAINPOOLP160R1", BRAINPOOL_P_R1, 160),
    CURVE("BRAINPOOLP192R1", BRAINPOOL_P_R1, 192),
    CURVE("BRAINPOOLP224R1", BRAINPOOL_P_R1, 224),
    CURVE("BRAINPOOLP256R1", BRAINPOOL_P_R1, 256),
    CURVE("BRAINPOOLP320R1", BRAINPOOL_P_R1, 320),
    CURVE("BRAINPOOLP384R1", BRAINPOOL_P_R1, 384),
    CURVE("BRAINPOOLP512R1", BRAINPOOL_P_R1, 512),
    CURVE("FRP256V1", FRP, 256),
    CURVE("X25519", MONTGOMERY, 255),
    CURVE("X448", MONTGOMERY, 448),
    CURVE("ED25519", TWISTED_EDWARDS, 255),
    CURVE("ED448", TWISTED_EDWARDS, 448),
    { "FFDHE2048", PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 2048 },
    { "FFDHE3072", PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 3072 },
    { "FFDHE4096", PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 4096 },
    { "FFDHE6144", PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 6144 },
    { "FFDHE8192", PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 8192 },
    { "ML_KEM_512", PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 512 },
    { "ML_KEM_768", PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 768 },
    { "ML_KEM_1024", PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 1024 },
    { "ML_DSA_44", PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 128 },
    { "ML_DSA_65", PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 192 },
    { "ML_DSA_87", PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 256 },
    SLH_DSA("SHA2_128S", SHA2_S, 128),
    SLH_DSA("SHA2_192S", SHA2_S, 192),
    SLH_DSA("SHA2_256S", SHA2_S, 256),
    SLH_DSA("SHA2_128F", SHA2_F, 128),
    SLH_DSA("SHA2_192F", SHA2_F, 192),
    SLH_DSA("SHA2_256F", SHA2_F, 256),
    SLH_DSA("SHAKE_128S", SHAKE_S, 128),
    SLH_DSA("SHAKE_192S", SHAKE_S, 192),
    SLH_DSA("SHAKE_256S", SHAKE_S, 256),
    SLH_DSA("SHAKE_128F", SHAKE_F, 128),
    SLH_DSA("SHAKE_192F", SHAKE_F, 192),
    SLH_DSA("SHAKE_256F", SHAKE_F, 256),
    { "RSA", PSA_KEY_TYPE_RSA_KEY_PAIR, 0 },
    { "ML_KEM", PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 0 },
    { "ML_DSA", PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 0 },
};

/* ---- From value to name ---- */

#define WITHOUT_FAMILY(type) ((psa_key_type_t)((type) & 0xff80u))
#define FAMILY(type) ((uint8_t)((type) & 0x7fu))

static int put_plain(struct text *text, psa_key_type_t type)
{
    for (size_t i = 0; i < COUNT(plain); i++) {
        if (plain[i].type == type) {
            text_string(text, "PSA_KEY_TYPE_");
            text_string(text, plain[i].name);
            return 1;
        }
    }
    return 0;
}

static const char *family_name(size_t index, uint8_t value)
{
    for (size_t i = 0; i < structured[index].count; i++) {
        if (structured[index].families[i].value == value) {
            return structured[index].families[i].name;
        }
    }
    return NULL;
}

static int put_structured(struct text *text, psa_key_type_t type)
{
    for (size_t i = 0; i < COUNT(structured); i++) {
        const char *family = WITHOUT_FAMILY(type) == structured[i].base ? family_name(i, FAMILY(type)) : NULL;
        if (family != NULL) {
            text_string(text, "PSA_KEY_TYPE_");
            text_string(text, structured[i].name);
            text_character(text, '(');
            text_string(text, structured[i].prefix);
            text_string(text, family);
            text_character(text, ')');
            return 1;
        }
    }
    return 0;
}

void key_type_name(struct text *text, psa_key_type_t type)
{
    if (!put_plain(text, type) && !put_structured(text, type)) {
        text_hexadecimal(text, type, 4);
    }
}

/* ---- From name to value ---- */

/* What may follow a name: nothing, or a number of bits. */
static int parse_rest(size_t *bits, struct word rest)
{
    uint32_t number = 0;
    if (rest.length != 0 && (!word_number(rest, &number) || number > UINT16_MAX)) {
        return 0;
    }
    *bits = number;
    return 1;
}

static int parse_plain(psa_key_type_t *type, size_t *bits, struct word word)
{
    struct word rest;
    for (size_t i = 0; i < COUNT(plain); i++) {
        if (word_begins(word, plain[i].name, &rest) && parse_rest(bits, rest)) {
            *type = plain[i].type;
            return 1;
        }
    }
    return 0;
}

static int parse_set(psa_key_type_t *type, size_t *bits, struct word word)
{
    struct word rest, end;
    for (size_t i = 0; i < COUNT(sets); i++) {
        const struct set *set = &sets[i];
        if (!word_begins(word, set->name, &rest)) {
            continue;
        }
        int public = word_begins(rest, "public", &end);
        end = public ? end : rest;
        if (set->bits != 0 ? end.length == 0 : parse_rest(bits, end)) {
            *type = public ? PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(set->type) : set->type;
            *bits = set->bits != 0 ? set->bits : *bits;
            return 1;
        }
    }
    return 0;
}

static int parse_number(psa_key_type_t *type, size_t *bits, struct word word)
{
    uint32_t number;
    struct word rest;
    *bits = 0;
    if (!word_begins(word, "0x", &rest) || !word_number(word, &number) || number > UINT16_MAX) {
        return 0;
    }
    *type = (psa_key_type_t)number;
    return 1;
}

static int parse_family(psa_key_type_t *type, size_t index, struct word word)
{
    word = word_without(word, structured[index].prefix);
    for (size_t i = 0; i < structured[index].count; i++) {
        if (word_is(word, structured[index].families[i].name)) {
            *type = (psa_key_type_t)(structured[index].base | structured[index].families[i].value);
            return 1;
        }
    }
    return 0;
}

/* The name of a type with a family, up to its closing bracket. */
static int parse_structured(psa_key_type_t *type, struct word word, const char **at)
{
    for (size_t i = 0; i < COUNT(structured); i++) {
        if (word_is(word, structured[i].name)) {
            return parse_family(type, i, word_take(at)) && character_take(at, ')');
        }
    }
    return 0;
}

/* Behind a name: ":" or a blank, and a number; the number must not contradict the name. */
static int parse_bits(size_t *bits, const char *at)
{
    uint32_t number;
    (void)character_take(&at, ':');
    (void)character_take(&at, ' ');
    if (*at == '\0') {
        return 1;
    }
    if (!word_number(word_take(&at), &number) || *at != '\0' || number == 0 || number > UINT16_MAX) {
        return 0;
    }
    int fits = *bits == 0 || *bits == number;
    *bits = number;
    return fits;
}

int key_type_from_name(psa_key_type_t *type, size_t *bits, const char *name)
{
    struct word word = word_without(word_take(&name), "PSA_KEY_TYPE_");
    int known;
    *bits = 0;
    if (character_take(&name, '(')) {
        known = parse_structured(type, word, &name);
    } else {
        known = parse_plain(type, bits, word) || parse_set(type, bits, word) || parse_number(type, bits, word);
    }
    return known && parse_bits(bits, name);
}

/* ---- All of them ---- */

#define PLAIN COUNT(plain)
#define FAMILIES_MAX 16u

/* Number `index` of all that the tables can combine; NONE where a family has fewer members than others. */
static psa_key_type_t type_at(size_t index)
{
    if (index < PLAIN) {
        return plain[index].type;
    }
    size_t family = (index - PLAIN) % FAMILIES_MAX;
    size_t base = (index - PLAIN) / FAMILIES_MAX;
    return family < structured[base].count ? (psa_key_type_t)(structured[base].base | structured[base].families[family].value)
                                           : PSA_KEY_TYPE_NONE;
}

psa_key_type_t key_type_next(psa_key_type_t type)
{
    const size_t count = PLAIN + COUNT(structured) * FAMILIES_MAX;
    size_t index = 0;
    while (index < count && type_at(index) != type) {
        index++;
    }
    while (++index < count) {
        psa_key_type_t next = type_at(index);
        if (key_type_exists(next)) {
            return next;
        }
    }
    return PSA_KEY_TYPE_NONE;
}
