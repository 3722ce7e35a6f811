/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels for x86-64: each group replaces what it does better where the CPU has all that it needs. */
#include "software/kernels.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "platform/platform.h"
#include "x86_64/aes_ni.h"
#include "x86_64/aes_vaes.h"
#include "x86_64/block_ciphers.h"
#include "x86_64/chacha20.h"
#include "x86_64/f25519.h"
#include "x86_64/ghash_pclmul.h"
#include "x86_64/keccak.h"
#include "x86_64/modular.h"
#include "x86_64/p256.h"
#include "x86_64/sbox.h"
#include "x86_64/sha.h"

static int has(uint32_t features, uint32_t wanted)
{
    return (features & wanted) == wanted;
}

/* Later rows are the faster ones. */

static void block_ciphers(struct sw_kernels *kernels, uint32_t features)
{
    if (has(features, AES_NI_FEATURES)) {
        kernels->aes_expand = aes_ni_expand;
        kernels->aes_encrypt = aes_ni_encrypt;
        kernels->aes_decrypt = aes_ni_decrypt;
        kernels->aes_cbc_encrypt = aes_ni_cbc_encrypt;
        kernels->aes_cbc_decrypt = aes_ni_cbc_decrypt;
        kernels->aes_ctr32 = aes_ni_ctr32;
        kernels->aes_xts_encrypt = aes_ni_xts_encrypt;
        kernels->aes_xts_decrypt = aes_ni_xts_decrypt;
        kernels->aes_ccm_encrypt = aes_ni_ccm_encrypt;
        kernels->aes_ccm_decrypt = aes_ni_ccm_decrypt;
    }
    if (has(features, GHASH_PCLMUL_FEATURES)) {
        kernels->ghash_expand = ghash_pclmul_expand;
        kernels->ghash = ghash_pclmul;
    }
    if (has(features, AES_NI_FEATURES | GHASH_PCLMUL_FEATURES)) {
        kernels->aes_gcm_encrypt = aes_gcm_ni_encrypt;
        kernels->aes_gcm_decrypt = aes_gcm_ni_decrypt;
        kernels->aes_gcm_short_max = AES_GCM_NI_SHORT_MAX;
        kernels->aes_gcm_seal_short = aes_gcm_ni_seal_short;
        kernels->aes_gcm_open_short = aes_gcm_ni_open_short;
    }
    if (has(features, AES_NI_FEATURES | GHASH_PCLMUL_FEATURES | AES_VAES256_FEATURES)) {
        kernels->aes_encrypt = aes_vaes256_encrypt;
        kernels->aes_decrypt = aes_vaes256_decrypt;
        kernels->aes_cbc_decrypt = aes_vaes256_cbc_decrypt;
        kernels->aes_ctr32 = aes_vaes256_ctr32;
        kernels->aes_xts_encrypt = aes_vaes256_xts_encrypt;
        kernels->aes_xts_decrypt = aes_vaes256_xts_decrypt;
        kernels->ghash = ghash_vpclmul256;
        kernels->aes_gcm_encrypt = aes_gcm_vaes256_encrypt;
        kernels->aes_gcm_decrypt = aes_gcm_vaes256_decrypt;
    }
    if (has(features, AES_NI_FEATURES | GHASH_PCLMUL_FEATURES | AES_VAES_FEATURES)) {
        kernels->aes_encrypt = aes_vaes_encrypt;
        kernels->aes_decrypt = aes_vaes_decrypt;
        kernels->aes_cbc_decrypt = aes_vaes_cbc_decrypt;
        kernels->aes_ctr32 = aes_vaes_ctr32;
        kernels->aes_xts_encrypt = aes_xts_vaes_encrypt;
        kernels->aes_xts_decrypt = aes_xts_vaes_decrypt;
        kernels->ghash = ghash_vpclmul;
        kernels->aes_gcm_encrypt = aes_gcm_vaes_encrypt;
        kernels->aes_gcm_decrypt = aes_gcm_vaes_decrypt;
        kernels->aes_gcm_hash_ahead = aes_gcm_vaes_hash_ahead;
        kernels->aes_gcm_open_text = aes_gcm_vaes_open_text;
    }
    if (has(features, SBOX_AESNI_FEATURES)) {
        kernels->substitute = sbox_substitute_aesni;
    }
    if (has(features, SBOX_GFNI_FEATURES)) {
        kernels->substitute = sbox_substitute_gfni;
    }
    if (has(features, LANES_AESNI_FEATURES)) {
        kernels->aria = aria_aesni;
        kernels->camellia = camellia_aesni;
        kernels->sm4 = sm4_aesni;
    }
    if (has(features, LANES_AVX2_FEATURES)) {
        kernels->aria = aria_avx2;
        kernels->camellia = camellia_avx2;
        kernels->sm4 = sm4_avx2;
    }
    if (has(features, LANES_AVX512_FEATURES)) {
        kernels->aria = aria_avx512;
        kernels->camellia = camellia_avx512;
        kernels->sm4 = sm4_avx512;
    }
}

static void stream_ciphers(struct sw_kernels *kernels, uint32_t features)
{
    if (has(features, CHACHA20_AVX2_FEATURES)) {
        kernels->chacha20 = chacha20_avx2;
        kernels->poly1305 = poly1305_avx2;
    }
    if (has(features, CHACHA20_AVX512_FEATURES)) {
        kernels->chacha20 = chacha20_avx512;
    }
    if (has(features, POLY1305_IFMA_FEATURES)) {
        kernels->poly1305 = poly1305_ifma;
    }
}

static void hashes(struct sw_kernels *kernels, uint32_t features)
{
    if (has(features, SHA256_LANES_AVX2_FEATURES)) {
        kernels->sha256_compress_lanes = sha256_compress_lanes_avx2;
    }
    if (has(features, SHA256_SHANI_FEATURES)) {
        kernels->sha1_compress = sha1_compress_shani;
        kernels->sha256_compress = sha256_compress_shani;
        kernels->sha256_compress_lanes = sha256_compress_lanes_shani;
        kernels->sha256_nested = sha256_nested_shani;
    }
    if (has(features, SHA512_AVX2_FEATURES)) {
        kernels->sha512_compress = sha512_compress_avx2;
    }
    if (has(features, SHA512_AVX512_FEATURES)) {
        kernels->sha512_compress = sha512_compress_avx512;
    }
    if (has(features, KECCAK_BMI_FEATURES)) {
        kernels->keccak_f1600 = keccak_f1600_bmi;
    }
    if (has(features, KECCAK_X8_AVX2_FEATURES)) {
        kernels->keccak_f1600_x8 = keccak_f1600_x8_avx2;
    }
    if (has(features, KECCAK_X8_AVX512_FEATURES)) {
        kernels->keccak_f1600_x8 = keccak_f1600_x8_avx512;
    }
}

static void integers(struct sw_kernels *kernels, uint32_t features)
{
    if (has(features, P256_ADX_FEATURES)) {
        kernels->p256_multiply = p256_multiply_adx;
        kernels->p256_square = p256_square_adx;
        kernels->p256_order_multiply = p256_order_multiply_adx;
    }
    if (has(features, F25519_ADX_FEATURES)) {
        kernels->f25519_multiply = f25519_multiply_adx;
        kernels->f25519_square = f25519_square_adx;
        kernels->x25519_ladder = x25519_ladder_adx;
    }
    if (has(features, MODULAR_ADX_FEATURES)) {
        kernels->modular_multiply = modular_multiply_adx;
        kernels->modular_square = modular_square_adx;
    }
}

void x86_64_kernels(struct sw_kernels *kernels, uint32_t features)
{
    block_ciphers(kernels, features);
    stream_ciphers(kernels, features);
    hashes(kernels, features);
    integers(kernels, features);
}

#endif
