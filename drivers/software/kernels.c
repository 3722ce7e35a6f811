/* SPDX-License-Identifier: Apache-2.0 */
#include "software/kernels.h"

#include "platform/platform.h"
#include "software/aead/ghash_portable.h"
#include "software/aead/poly1305.h"
#include "software/cipher/aes_composed.h"
#include "software/cipher/aes_portable.h"
#include "software/cipher/aria.h"
#include "software/cipher/camellia.h"
#include "software/cipher/chacha20.h"
#include "software/ecc/f25519_portable.h"
#include "software/ecc/f448_portable.h"
#include "software/ecc/p256_portable.h"
#include "software/cipher/sbox.h"
#include "software/cipher/sm4.h"
#include "software/hash/blake2.h"
#include "software/hash/keccak.h"
#include "software/hash/sha1.h"
#include "software/hash/sha2.h"

#if defined(__SIZEOF_INT128__)
#define PORTABLE_64_BITS \
    .p256_multiply = p256_multiply_portable, \
    .p256_square = p256_square_portable, \
    .p256_order_multiply = p256_order_multiply_portable, \
    .f25519_multiply = f25519_multiply_portable, \
    .f25519_square = f25519_square_portable, \
    .f448_multiply = f448_multiply_portable, \
    .f448_square = f448_square_portable, \
    .modular_multiply = modular_multiply_portable, \
    .modular_square = modular_square_portable,
#else
#define PORTABLE_64_BITS
#endif

#if PSA_WANT_KEY_TYPE_ARIA
#define PORTABLE_ARIA .aria = aria_portable,
#else
#define PORTABLE_ARIA
#endif

#if PSA_WANT_KEY_TYPE_CAMELLIA
#define PORTABLE_CAMELLIA .camellia = camellia_portable,
#else
#define PORTABLE_CAMELLIA
#endif

#if PSA_WANT_KEY_TYPE_SM4
#define PORTABLE_SM4 .sm4 = sm4_portable,
#else
#define PORTABLE_SM4
#endif

#define PORTABLE_KERNELS { \
    .sha1_compress = sha1_compress_portable, \
    .sha256_compress = sha256_compress_portable, \
    .sha256_compress_lanes = sha256_compress_lanes_portable, \
    .sha256_nested = sha256_nested_portable, \
    .sha512_compress = sha512_compress_portable, \
    .keccak_f1600 = keccak_f1600_portable, \
    .keccak_f1600_x8 = keccak_f1600_x8_portable, \
    .blake2b_compress = blake2b_compress_portable, \
    .blake2s_compress = blake2s_compress_portable, \
    .aes_expand = aes_portable_expand, \
    .aes_encrypt = aes_portable_encrypt, \
    .aes_decrypt = aes_portable_decrypt, \
    .aes_cbc_encrypt = aes_composed_cbc_encrypt, \
    .aes_cbc_decrypt = aes_composed_cbc_decrypt, \
    .aes_ctr32 = aes_composed_ctr32, \
    .aes_xts_encrypt = aes_composed_xts_encrypt, \
    .aes_xts_decrypt = aes_composed_xts_decrypt, \
    .aes_ccm_encrypt = aes_composed_ccm_encrypt, \
    .aes_ccm_decrypt = aes_composed_ccm_decrypt, \
    .substitute = sbox_substitute_portable, \
    PORTABLE_ARIA \
    PORTABLE_CAMELLIA \
    PORTABLE_SM4 \
    .ghash_expand = ghash_portable_expand, \
    .ghash = ghash_portable, \
    .aes_gcm_encrypt = aes_composed_gcm_encrypt, \
    .aes_gcm_decrypt = aes_composed_gcm_decrypt, \
    .chacha20 = chacha20_portable, \
    .poly1305 = poly1305_portable, \
    PORTABLE_64_BITS \
}

static const struct sw_kernels portable = PORTABLE_KERNELS;

struct sw_kernels sw_kernels = PORTABLE_KERNELS;

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

static void replace(struct sw_kernels *kernels)
{
    x86_64_kernels(kernels, platform_cpu_features());
}

#else

static void replace(struct sw_kernels *kernels)
{
    (void)kernels;
}

#endif

/* From the portable ones again, as tests call it more than once. */
void sw_kernels_init(void)
{
    struct sw_kernels chosen = portable;

    replace(&chosen);
    sw_kernels = chosen;
}
