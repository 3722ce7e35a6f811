/* SPDX-License-Identifier: Apache-2.0 */
/* libgcrypt. */
#include <gcrypt.h>

#include "differential/peer.h"

static void load(void)
{
    if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) {
        (void)gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        /* Instructions that Valgrind does not know, though the processor it feigns has them. */
        (void)gcry_control(GCRYCTL_DISABLE_HWF, "intel-shaext", NULL);
        peer_must(gcry_check_version(GCRYPT_VERSION) != NULL, "version");
        (void)gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
}

struct number {
    uint32_t id;
    size_t key_length;
    int number;
};

/* 0: none. A table ends with number 0. */
static int number_of(const struct number *numbers, uint32_t id, size_t key_length)
{
    while (numbers->number != 0 && (numbers->id != id || (numbers->key_length != 0 && numbers->key_length != key_length))) {
        numbers++;
    }
    return numbers->number;
}

/* ---- Hashes ---- */

static const struct number hashes[] = {
    {PSA_ALG_MD4, 0, GCRY_MD_MD4},
    {PSA_ALG_MD5, 0, GCRY_MD_MD5},
    {PSA_ALG_RIPEMD160, 0, GCRY_MD_RMD160},
    {PSA_ALG_SHA_1, 0, GCRY_MD_SHA1},
    {PSA_ALG_SHA_224, 0, GCRY_MD_SHA224},
    {PSA_ALG_SHA_256, 0, GCRY_MD_SHA256},
    {PSA_ALG_SHA_384, 0, GCRY_MD_SHA384},
    {PSA_ALG_SHA_512, 0, GCRY_MD_SHA512},
    {PSA_ALG_SHA_512_224, 0, GCRY_MD_SHA512_224},
    {PSA_ALG_SHA_512_256, 0, GCRY_MD_SHA512_256},
    {PSA_ALG_SHA3_224, 0, GCRY_MD_SHA3_224},
    {PSA_ALG_SHA3_256, 0, GCRY_MD_SHA3_256},
    {PSA_ALG_SHA3_384, 0, GCRY_MD_SHA3_384},
    {PSA_ALG_SHA3_512, 0, GCRY_MD_SHA3_512},
    {PSA_ALG_SM3, 0, GCRY_MD_SM3},
    {PSA_ALG_BLAKE2B_HASH512, 0, GCRY_MD_BLAKE2B_512},
    {PSA_ALG_BLAKE2S_HASH256, 0, GCRY_MD_BLAKE2S_256},
    {PSA_ALG_SHAKE128, 0, GCRY_MD_SHAKE128},
    {PSA_ALG_SHAKE256, 0, GCRY_MD_SHAKE256},
    {PSA_ALG_SHAKE128_256, 0, GCRY_MD_SHAKE128},
    {PSA_ALG_SHAKE256_192, 0, GCRY_MD_SHAKE256},
    {PSA_ALG_SHAKE256_256, 0, GCRY_MD_SHAKE256},
    {PSA_ALG_SHAKE256_512, 0, GCRY_MD_SHAKE256},
    {0, 0, 0},
};

/* With a key: HMAC, or BLAKE2's own. */
static int digest(const struct peer_case *c, int number, unsigned flags, uint8_t *output)
{
    gcry_md_hd_t handle;

    if (number == 0) {
        return 0;
    }
    peer_must(gcry_md_open(&handle, number, flags) == 0, "gcry_md_open");
    peer_must(c->type == 0 || gcry_md_setkey(handle, c->key, c->key_length) == 0, "gcry_md_setkey");
    gcry_md_write(handle, c->input, c->length);
    if (number == GCRY_MD_SHAKE128 || number == GCRY_MD_SHAKE256) {
        peer_must(gcry_md_extract(handle, number, output, c->output_length) == 0, "gcry_md_extract");
    } else {
        peer_must(gcry_md_get_algo_dlen(number) == c->output_length, "length of the hash");
        memcpy(output, gcry_md_read(handle, number), c->output_length);
    }
    gcry_md_close(handle);
    return 1;
}

static int hash(const struct peer_case *c, uint8_t *output)
{
    load();
    return digest(c, number_of(hashes, c->alg, 0), 0, output);
}

/* ---- MACs ---- */

static int cmac(const struct peer_case *c, uint8_t *output)
{
    static const struct number ciphers[] = {
        {PSA_KEY_TYPE_AES, 0, GCRY_MAC_CMAC_AES}, {PSA_KEY_TYPE_CAMELLIA, 0, GCRY_MAC_CMAC_CAMELLIA}, {PSA_KEY_TYPE_SM4, 0, GCRY_MAC_CMAC_SM4},
        {PSA_KEY_TYPE_DES, 16, GCRY_MAC_CMAC_3DES}, {PSA_KEY_TYPE_DES, 24, GCRY_MAC_CMAC_3DES}, {0, 0, 0},
    };
    const int number = number_of(ciphers, c->type, c->key_length);
    uint8_t des[24];
    size_t length = c->output_length;
    gcry_mac_hd_t handle;

    if (number == 0) {
        return 0;
    }
    if (c->type == PSA_KEY_TYPE_DES) {
        peer_des_key(des, c);
    }
    peer_must(gcry_mac_open(&handle, number, 0, NULL) == 0, "gcry_mac_open");
    peer_must((c->type == PSA_KEY_TYPE_DES ? gcry_mac_setkey(handle, des, 24) : gcry_mac_setkey(handle, c->key, c->key_length)) == 0, "key");
    peer_must(gcry_mac_write(handle, c->input, c->length) == 0 && gcry_mac_read(handle, output, &length) == 0, "gcry_mac");
    gcry_mac_close(handle);
    return 1;
}

static int mac(const struct peer_case *c, uint8_t *output)
{
    load();
    if (PSA_ALG_IS_HMAC(c->alg)) {
        return digest(c, number_of(hashes, PSA_ALG_GET_HASH(c->alg), 0), GCRY_MD_FLAG_HMAC, output);
    }
    if (c->alg == PSA_ALG_CMAC) {
        return cmac(c, output);
    }
    return PSA_ALG_IS_BLAKE2_MAC(c->alg) ? digest(c, number_of(hashes, PSA_ALG_GET_HASH(c->alg), 0), 0, output) : 0;
}

/* ---- Ciphers, AEADs, key wrapping ---- */

static const struct number ciphers[] = {
    {PSA_KEY_TYPE_AES, 16, GCRY_CIPHER_AES128},
    {PSA_KEY_TYPE_AES, 24, GCRY_CIPHER_AES192},
    {PSA_KEY_TYPE_AES, 32, GCRY_CIPHER_AES256},
    {PSA_KEY_TYPE_CAMELLIA, 16, GCRY_CIPHER_CAMELLIA128},
    {PSA_KEY_TYPE_CAMELLIA, 24, GCRY_CIPHER_CAMELLIA192},
    {PSA_KEY_TYPE_CAMELLIA, 32, GCRY_CIPHER_CAMELLIA256},
    {PSA_KEY_TYPE_SM4, 16, GCRY_CIPHER_SM4},
    {PSA_KEY_TYPE_DES, 8, GCRY_CIPHER_DES},
    {PSA_KEY_TYPE_DES, 16, GCRY_CIPHER_3DES},
    {PSA_KEY_TYPE_DES, 24, GCRY_CIPHER_3DES},
    {PSA_KEY_TYPE_ARC4, 0, GCRY_CIPHER_ARCFOUR},
    {PSA_KEY_TYPE_CHACHA20, 0, GCRY_CIPHER_CHACHA20},
    {0, 0, 0},
};

static const struct number modes[] = {
    {PSA_ALG_ECB_NO_PADDING, 0, GCRY_CIPHER_MODE_ECB},
    {PSA_ALG_CBC_NO_PADDING, 0, GCRY_CIPHER_MODE_CBC},
    {PSA_ALG_CTR, 0, GCRY_CIPHER_MODE_CTR},
    {PSA_ALG_CFB, 0, GCRY_CIPHER_MODE_CFB},
    {PSA_ALG_OFB, 0, GCRY_CIPHER_MODE_OFB},
    {PSA_ALG_XTS, 0, GCRY_CIPHER_MODE_XTS},
    {PSA_ALG_STREAM_CIPHER, 0, GCRY_CIPHER_MODE_STREAM},
    {PSA_ALG_GCM, 0, GCRY_CIPHER_MODE_GCM},
    {PSA_ALG_CCM, 0, GCRY_CIPHER_MODE_CCM},
    {PSA_ALG_CHACHA20_POLY1305, 0, GCRY_CIPHER_MODE_POLY1305},
    {PSA_ALG_KW, 0, GCRY_CIPHER_MODE_AESWRAP},
    {0, 0, 0},
};

/* False where there is none. */
static int open_cipher(gcry_cipher_hd_t *handle, const struct peer_case *c)
{
    const int number = number_of(ciphers, c->type, c->alg == PSA_ALG_XTS ? c->key_length / 2 : c->key_length);
    const int mode = number_of(modes, c->alg, 0);
    uint8_t des[24];

    load();
    if (number == 0 || mode == 0) {
        return 0;
    }
    peer_must(gcry_cipher_open(handle, number, mode, 0) == 0, "gcry_cipher_open");
    if (number == GCRY_CIPHER_3DES) {
        peer_des_key(des, c);
        peer_must(gcry_cipher_setkey(*handle, des, 24) == 0, "key");
    } else {
        peer_must(gcry_cipher_setkey(*handle, c->key, c->key_length) == 0, "key");
    }
    return 1;
}

static int cipher(const struct peer_case *c, uint8_t *output)
{
    gcry_cipher_hd_t handle;

    if (!open_cipher(&handle, c)) {
        return 0;
    }
    peer_must(c->alg == PSA_ALG_CTR ? gcry_cipher_setctr(handle, c->iv, c->iv_length) == 0 :
              c->iv_length == 0 || gcry_cipher_setiv(handle, c->iv, c->iv_length) == 0, "IV");
    peer_must(c->length == 0 || gcry_cipher_encrypt(handle, output, c->length, c->input, c->length) == 0, "gcry_cipher_encrypt");
    gcry_cipher_close(handle);
    return 1;
}

static int aead(const struct peer_case *c, uint8_t *output)
{
    const size_t tag_length = c->output_length - c->length;
    uint64_t lengths[3] = {c->length, c->ad_length, tag_length};
    uint8_t tag[16];
    gcry_cipher_hd_t handle;

    if (!open_cipher(&handle, c)) {
        return 0;
    }
    peer_must(gcry_cipher_setiv(handle, c->iv, c->iv_length) == 0, "nonce");
    peer_must(c->alg != PSA_ALG_CCM || gcry_cipher_ctl(handle, GCRYCTL_SET_CCM_LENGTHS, lengths, sizeof lengths) == 0, "lengths");
    peer_must(gcry_cipher_authenticate(handle, c->ad, c->ad_length) == 0, "additional data");
    peer_must(gcry_cipher_final(handle) == 0 && gcry_cipher_encrypt(handle, output, c->length, c->input, c->length) == 0, "text");
    peer_must(gcry_cipher_gettag(handle, tag, c->alg == PSA_ALG_CCM ? tag_length : 16) == 0, "tag");
    memcpy(output + c->length, tag, tag_length);
    gcry_cipher_close(handle);
    return 1;
}

static int wrap(const struct peer_case *c, uint8_t *output)
{
    gcry_cipher_hd_t handle;

    if (!open_cipher(&handle, c)) {
        return 0;
    }
    peer_must(gcry_cipher_encrypt(handle, output, c->output_length, c->input, c->length) == 0, "gcry_cipher_encrypt");
    gcry_cipher_close(handle);
    return 1;
}

static int derivation(const struct peer_case *c, uint8_t *output)
{
    const int number = PSA_ALG_IS_PBKDF2_HMAC(c->alg) ? number_of(hashes, PSA_ALG_GET_HASH(c->alg), 0) : 0;

    load();
    if (number != 0) {
        peer_must(gcry_kdf_derive(c->key, c->key_length, GCRY_KDF_PBKDF2, number, c->iv, c->iv_length, c->cost, c->output_length, output) == 0,
                  "gcry_kdf_derive");
    }
    return number != 0;
}

const struct peer peer_gcrypt = {"libgcrypt", {hash, mac, cipher, aead, derivation, wrap}};
