/* SPDX-License-Identifier: Apache-2.0 */
#include "differential/peer.h"

extern const struct peer peer_openssl;
#if PEER_GCRYPT
extern const struct peer peer_gcrypt;
#define IF_GCRYPT &peer_gcrypt
#else
#define IF_GCRYPT NULL
#endif
#if PEER_NETTLE
extern const struct peer peer_nettle;
#define IF_NETTLE &peer_nettle
#else
#define IF_NETTLE NULL
#endif
#if PEER_BOTAN
extern const struct peer peer_botan;
#define IF_BOTAN &peer_botan
#else
#define IF_BOTAN NULL
#endif
#if PEER_SODIUM
extern const struct peer peer_sodium;
#define IF_SODIUM &peer_sodium
#else
#define IF_SODIUM NULL
#endif
#if PEER_B2
extern const struct peer peer_b2;
#define IF_B2 &peer_b2
#else
#define IF_B2 NULL
#endif

const struct peer *const peers[PEERS] = {&peer_openssl, IF_GCRYPT, IF_NETTLE, IF_BOTAN, IF_SODIUM, IF_B2};

const char *peer_name(const struct peer_name *names, uint32_t id, size_t key_length)
{
    for (; names->name != NULL; names++) {
        if (names->id == id && (names->key_length == 0 || names->key_length == key_length)) {
            return names->name;
        }
    }
    return NULL;
}

void peer_des_key(uint8_t key[24], const struct peer_case *c)
{
    memcpy(key, c->key, c->key_length);
    if (c->key_length == 16) {
        memcpy(key + 16, c->key, 8);
    }
}

void peer_cmac_prf_key(uint8_t key[16], const struct peer_case *c, peer_function mac)
{
    static const uint8_t zero[16];
    const struct peer_case shorten = {.alg = PSA_ALG_CMAC, .type = PSA_KEY_TYPE_AES, .key = zero, .key_length = 16,
                                      .input = c->key, .length = c->key_length, .output_length = 16};
    if (c->key_length == 16) {
        memcpy(key, c->key, 16);
    } else {
        peer_must(mac(&shorten, key), "AES-CMAC");
    }
}

static size_t with_length(uint8_t *output, const uint8_t *bytes, size_t length)
{
    output[0] = (uint8_t)(length >> 8);
    output[1] = (uint8_t)length;
    if (bytes != NULL) {
        memcpy(output + 2, bytes, length);
    } else {
        memset(output + 2, 0, length);
    }
    return length + 2;
}

/* The other secret, or as many zeros as the key is long; the key. */
size_t peer_premaster(uint8_t output[1100], const struct peer_case *c)
{
    const size_t other = with_length(output, c->length != 0 ? c->input : NULL, c->length != 0 ? c->length : c->key_length);
    return other + with_length(output + other, c->key, c->key_length);
}

/* ---- What follows from another function ---- */

static int own(const struct peer *peer, enum peer_family family, const struct peer_case *c, uint8_t *output)
{
    return peer->functions[family] != NULL && peer->functions[family](c, output);
}

static size_t block_length(const struct peer_case *c)
{
    return PSA_BLOCK_CIPHER_BLOCK_LENGTH(c->type);
}

/* CBC of the input with `fill` bytes of that value behind it. */
static int padded_cbc(const struct peer *peer, const struct peer_case *c, size_t fill, uint8_t value, uint8_t *output)
{
    uint8_t padded[PEER_TEXT_MAX];
    struct peer_case cbc = *c;

    memcpy(padded, c->input, c->length);
    memset(padded + c->length, value, fill);
    cbc.alg = PSA_ALG_CBC_NO_PADDING;
    cbc.input = padded;
    cbc.length = cbc.output_length = c->length + fill;
    return own(peer, PEER_CIPHER, &cbc, output);
}

static int cbc_pkcs7(const struct peer *peer, const struct peer_case *c, uint8_t *output)
{
    const size_t fill = block_length(c) - c->length % block_length(c);
    return padded_cbc(peer, c, fill, (uint8_t)fill, output);
}

/* The last block, of a message that ends with zeros. */
static int cbc_mac(const struct peer *peer, const struct peer_case *c, uint8_t *output)
{
    static const uint8_t zero[16];
    const size_t block = block_length(c), over = c->length % block;
    const size_t fill = c->length == 0 ? block : over == 0 ? 0 : block - over;
    uint8_t ciphertext[PEER_TEXT_MAX];
    struct peer_case with_iv = *c;

    with_iv.iv = zero;
    with_iv.iv_length = block;
    if (!padded_cbc(peer, &with_iv, fill, 0, ciphertext)) {
        return 0;
    }
    memcpy(output, ciphertext + c->length + fill - block, block);
    return 1;
}

/* CCM, whose tag goes. */
static int ccm_star_no_tag(const struct peer *peer, const struct peer_case *c, uint8_t *output)
{
    uint8_t sealed[PEER_TEXT_MAX + 16];
    struct peer_case ccm = *c;

    ccm.alg = PSA_ALG_CCM;
    ccm.ad = sealed;         /* none, but not NULL */
    ccm.output_length = c->length + 16;
    if (!own(peer, PEER_AEAD, &ccm, sealed)) {
        return 0;
    }
    memcpy(output, sealed, c->length);
    return 1;
}

static int truncated(const struct peer *peer, const struct peer_case *c, uint8_t *output)
{
    uint8_t hash[32];
    struct peer_case whole = *c;

    whole.alg = PSA_ALG_SHA_256;
    whole.output_length = 32;
    if (!own(peer, PEER_HASH, &whole, hash)) {
        return 0;
    }
    memcpy(output, hash, c->output_length);
    return 1;
}

int peer_compute(const struct peer *peer, enum peer_family family, const struct peer_case *c, uint8_t *output)
{
    static const struct {
        psa_algorithm_t alg;
        int (*compute)(const struct peer *peer, const struct peer_case *c, uint8_t *output);
    } made[] = {
        {PSA_ALG_CBC_PKCS7, cbc_pkcs7},
        {PSA_ALG_CBC_MAC, cbc_mac},
        {PSA_ALG_CCM_STAR_NO_TAG, ccm_star_no_tag},
        {PSA_ALG_SHA_256_192, truncated},
    };
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        if (made[i].alg == c->alg) {
            return made[i].compute(peer, c, output);
        }
    }
    return own(peer, family, c, output);
}
