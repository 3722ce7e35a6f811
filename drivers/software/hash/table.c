/* SPDX-License-Identifier: Apache-2.0 */
/* The hashes of this build: a line per hash, its option, its algorithm and its row. */
#include "software/hash/hash.h"

#define HASHES(ROW) \
    ROW(PSA_WANT_ALG_MD2, PSA_ALG_MD2, sw_md2) \
    ROW(PSA_WANT_ALG_MD4, PSA_ALG_MD4, sw_md4) \
    ROW(PSA_WANT_ALG_MD5, PSA_ALG_MD5, sw_md5) \
    ROW(PSA_WANT_ALG_RIPEMD160, PSA_ALG_RIPEMD160, sw_ripemd160) \
    ROW(PSA_WANT_ALG_AES_MMO_ZIGBEE, PSA_ALG_AES_MMO_ZIGBEE, sw_aes_mmo) \
    ROW(PSA_WANT_ALG_SHA_1, PSA_ALG_SHA_1, sw_sha1) \
    ROW(PSA_WANT_ALG_SHA_224, PSA_ALG_SHA_224, sw_sha224) \
    ROW(PSA_WANT_ALG_SHA_256, PSA_ALG_SHA_256, sw_sha256) \
    ROW(PSA_WANT_ALG_SHA_256_192, PSA_ALG_SHA_256_192, sw_sha256_192) \
    ROW(PSA_WANT_ALG_SHA_384, PSA_ALG_SHA_384, sw_sha384) \
    ROW(PSA_WANT_ALG_SHA_512, PSA_ALG_SHA_512, sw_sha512) \
    ROW(PSA_WANT_ALG_SHA_512_224, PSA_ALG_SHA_512_224, sw_sha512_224) \
    ROW(PSA_WANT_ALG_SHA_512_256, PSA_ALG_SHA_512_256, sw_sha512_256) \
    ROW(PSA_WANT_ALG_SHA3_224, PSA_ALG_SHA3_224, sw_sha3_224) \
    ROW(PSA_WANT_ALG_SHA3_256, PSA_ALG_SHA3_256, sw_sha3_256) \
    ROW(PSA_WANT_ALG_SHA3_384, PSA_ALG_SHA3_384, sw_sha3_384) \
    ROW(PSA_WANT_ALG_SHA3_512, PSA_ALG_SHA3_512, sw_sha3_512) \
    ROW(PSA_WANT_ALG_SM3, PSA_ALG_SM3, sw_sm3) \
    ROW(PSA_WANT_ALG_SHAKE128_256, PSA_ALG_SHAKE128_256, sw_shake128_256) \
    ROW(PSA_WANT_ALG_SHAKE256_192, PSA_ALG_SHAKE256_192, sw_shake256_192) \
    ROW(PSA_WANT_ALG_SHAKE256_256, PSA_ALG_SHAKE256_256, sw_shake256_256) \
    ROW(PSA_WANT_ALG_SHAKE256_512, PSA_ALG_SHAKE256_512, sw_shake256_512) \
    ROW(PSA_WANT_ALG_ASCON_HASH256, PSA_ALG_ASCON_HASH256, sw_ascon_hash256) \
    ROW(PSA_WANT_ALG_BLAKE2S_HASH256, PSA_ALG_BLAKE2S_HASH256, sw_blake2s_256) \
    ROW(PSA_WANT_ALG_BLAKE2SP_HASH256, PSA_ALG_BLAKE2SP_HASH256, sw_blake2sp_256) \
    ROW(PSA_WANT_ALG_BLAKE2B_HASH512, PSA_ALG_BLAKE2B_HASH512, sw_blake2b_512) \
    ROW(PSA_WANT_ALG_BLAKE2BP_HASH512, PSA_ALG_BLAKE2BP_HASH512, sw_blake2bp_512)

/* HASH-TYPE, the low byte of an algorithm: the place in the table. */
#define HASH_TYPE(alg) ((alg) & 0xffu)

/* An option is 0 or 1, and chooses between nothing and the entry. */
#define ENTRY(option, alg, hash) ENTRY_IF(option, alg, hash)
#define ENTRY_IF(option, alg, hash) ENTRY_IF_##option(alg, hash)
#define ENTRY_IF_0(alg, hash)
#define ENTRY_IF_1(alg, hash) [HASH_TYPE(alg)] = &(hash),
#define DECLARATION(option, alg, hash) extern const struct sw_hash hash;

HASHES(DECLARATION)

static const struct sw_hash *const hashes[] = {
    [0] = NULL,
    HASHES(ENTRY)
};

const struct sw_hash *sw_hash_find(psa_algorithm_t alg)
{
    size_t place = HASH_TYPE(alg);

    if (place >= sizeof hashes / sizeof hashes[0] || hashes[place] == NULL || hashes[place]->alg != alg) {
        return NULL;
    }
    return hashes[place];
}
