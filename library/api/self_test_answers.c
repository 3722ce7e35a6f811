/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers of psacrypto_self_test(), computed with OpenSSL 3 and, for what it does not have, with a second implementation that
 * gives the known answers of the standards. Rows of what a
 * build does not have are passed over.
 */
#include "api/self_test.h"

#define ROWS(array) (sizeof(array) / sizeof((array)[0]))

/* hash, digest, HMAC, HKDF, PBKDF2, deterministic ECDSA */
const struct self_test_hash self_test_hashes[] = {
    { PSA_ALG_MD2, 0x7af95fa7, 0x8d40f42d, 0xd053b76c, 0xa6cbcacb, 0x0d329811 },
    { PSA_ALG_MD4, 0xd6d175e9, 0x0fd6a33b, 0xa09cda04, 0xe7cf964f, 0x0cc119e7 },
    { PSA_ALG_MD5, 0x5d0d5731, 0x40c39644, 0xfa4ca7e9, 0x4c6a1dbd, 0x8cb47016 },
    { PSA_ALG_RIPEMD160, 0x3c1f5628, 0xe5c3b329, 0x899f4b5b, 0xa607fd4c, 0x547e8ded },
    { PSA_ALG_SHA_1, 0x8929bf2b, 0xc99d0569, 0xd25749bd, 0x6e1d4c20, 0xf0fbcae9 },
    { PSA_ALG_AES_MMO_ZIGBEE, 0x1766e837, 0x6270d406, 0xa901568b, 0x9e581ace, 0x0abafd25 },
    { PSA_ALG_SHA_224, 0x8f921558, 0xecdb6d2a, 0x47e97d3f, 0xee6fa1e5, 0x85f77c31 },
    { PSA_ALG_SHA_256, 0x55d5b5b2, 0xd8bd8e6c, 0x3681ed23, 0x500b3093, 0x872e9ab9 },
    { PSA_ALG_SHA_384, 0x178b3557, 0x8c0f8d48, 0x09a5b6fd, 0xd213e46c, 0x63547bdd },
    { PSA_ALG_SHA_512, 0x9212cd64, 0xa283aed0, 0x9dcda7c6, 0x21d03814, 0x569e2a5d },
    { PSA_ALG_SHA_512_224, 0xa748a76d, 0xa878c9a6, 0x32272660, 0x8bcc368c, 0xb9fab9f6 },
    { PSA_ALG_SHA_512_256, 0x2fae8b85, 0x3d2d25f0, 0x0426d690, 0xd07b3cf6, 0x21fbeba1 },
    { PSA_ALG_SHA_256_192, 0x986aba50, 0, 0, 0, 0 },
    { PSA_ALG_SHA3_224, 0xc1cc0d8c, 0x6683d27c, 0xd836da22, 0x213636f7, 0xef2a890a },
    { PSA_ALG_SHA3_256, 0x09f3b330, 0x1b0edb71, 0x6ee33b48, 0x222c5c78, 0x09b2aa59 },
    { PSA_ALG_SHA3_384, 0xc7eee310, 0x414687ea, 0xa1ce7cad, 0x9ff5bb4f, 0xf3ecaa84 },
    { PSA_ALG_SHA3_512, 0xbba2781f, 0x1d93b7f9, 0xcea1649b, 0xd7fa24fa, 0x8bf228c1 },
    { PSA_ALG_SM3, 0xd5836522, 0x377d68b6, 0xce562653, 0xbffd4f5b, 0x323223eb },
    { PSA_ALG_SHAKE256_512, 0xd4f17b39, 0, 0, 0, 0 },
    { PSA_ALG_SHAKE128_256, 0x072342ad, 0, 0, 0, 0 },
    { PSA_ALG_SHAKE256_192, 0x8ace4ba8, 0, 0, 0, 0 },
    { PSA_ALG_SHAKE256_256, 0xf56b2eb7, 0, 0, 0, 0 },
    { PSA_ALG_ASCON_HASH256, 0xc7c18d6f, 0, 0, 0, 0 },
    { PSA_ALG_BLAKE2S_HASH256, 0xc68c9e2f, 0x6ad35d34, 0xcdb7db16, 0x2dfb949b, 0xdec520ae },
    { PSA_ALG_BLAKE2SP_HASH256, 0x56660b0a, 0, 0, 0, 0 },
    { PSA_ALG_BLAKE2B_HASH512, 0xd31b7a2b, 0xc5d249d3, 0xa79b0c60, 0x7ef3669f, 0xe49d5942 },
    { PSA_ALG_BLAKE2BP_HASH512, 0x299ac81d, 0, 0, 0, 0 },
};

const size_t self_test_hash_count = ROWS(self_test_hashes);

const struct self_test_xof self_test_xofs[] = {
    { PSA_ALG_SHAKE128, 0x77c1093b },
    { PSA_ALG_SHAKE256, 0xb60c6b89 },
    { PSA_ALG_ASCON_XOF128, 0x817834f4 },
    { PSA_ALG_ASCON_CXOF128, 0xa3b84889 },
};

const size_t self_test_xof_count = ROWS(self_test_xofs);

/* algorithm, key type, bits, bytes of the message, MAC */
const struct self_test_mac self_test_macs[] = {
    { PSA_ALG_CBC_MAC, PSA_KEY_TYPE_AES, 128, 288, 0x36fdc758 },
    { PSA_ALG_CBC_MAC, PSA_KEY_TYPE_AES, 192, 288, 0x7c3219aa },
    { PSA_ALG_CBC_MAC, PSA_KEY_TYPE_AES, 256, 288, 0xa47e9b2b },
    { PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 128, 300, 0x3b17fef0 },
    { PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 192, 300, 0x59969264 },
    { PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 256, 300, 0x59a22e6f },
};

const size_t self_test_mac_count = ROWS(self_test_macs);

/* algorithm, key type, bits, bytes of the message, of the nonce, of the additional data */
const struct self_test_cipher self_test_ciphers[] = {
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 128, 656, 0, 0, 0x7874981f },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 192, 656, 0, 0, 0x672418d5 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 256, 656, 0, 0, 0x78a84046 },
    { PSA_ALG_CTR, PSA_KEY_TYPE_AES, 128, 650, 16, 0, 0x3f6dd16f },
    { PSA_ALG_CTR, PSA_KEY_TYPE_AES, 192, 650, 16, 0, 0x039cb35d },
    { PSA_ALG_CTR, PSA_KEY_TYPE_AES, 256, 650, 16, 0, 0x9738cf23 },
    { PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 128, 656, 16, 0, 0xbda8e978 },
    { PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 192, 656, 16, 0, 0xaf13f4eb },
    { PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 256, 656, 16, 0, 0x1cae696e },
    { PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, 128, 650, 16, 0, 0xe67b66f6 },
    { PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, 192, 650, 16, 0, 0x2f5569f9 },
    { PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, 256, 650, 16, 0, 0x5ea5030b },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, 650, 12, 20, 0xc2db5fd6 },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, 20, 12, 20, 0x038ed1ee },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 192, 650, 12, 20, 0x78d2e5b9 },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 192, 20, 12, 20, 0x46d66d9c },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 256, 650, 12, 20, 0x5dc13ce1 },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 256, 20, 12, 20, 0x3759664b },
    { PSA_ALG_CCM, PSA_KEY_TYPE_AES, 128, 650, 13, 20, 0xa22a5e4b },
    { PSA_ALG_CCM, PSA_KEY_TYPE_AES, 192, 650, 13, 20, 0xb44445c5 },
    { PSA_ALG_CCM, PSA_KEY_TYPE_AES, 256, 650, 13, 20, 0x97ec33da },
    { PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 256, 650, 12, 20, 0x8b429452 },
    { PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_CHACHA20, 256, 650, 12, 0, 0x7e558aae },
    { PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_XCHACHA20, 256, 650, 24, 0, 0x59cccd93 },
    { PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_ARC4, 128, 650, 0, 0, 0x7ca4dcea },
    { PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20, 256, 650, 24, 20, 0x6285c32e },
    { PSA_ALG_CFB, PSA_KEY_TYPE_AES, 128, 650, 16, 0, 0x4c679cf0 },
    { PSA_ALG_CFB, PSA_KEY_TYPE_AES, 192, 650, 16, 0, 0xf9d57e02 },
    { PSA_ALG_CFB, PSA_KEY_TYPE_AES, 256, 650, 16, 0, 0x00771598 },
    { PSA_ALG_OFB, PSA_KEY_TYPE_AES, 128, 650, 16, 0, 0x78a64aee },
    { PSA_ALG_OFB, PSA_KEY_TYPE_AES, 192, 650, 16, 0, 0xe63e3d66 },
    { PSA_ALG_OFB, PSA_KEY_TYPE_AES, 256, 650, 16, 0, 0xe25799e9 },
    { PSA_ALG_CCM_STAR_NO_TAG, PSA_KEY_TYPE_AES, 128, 650, 13, 0, 0xa021e23d },
    { PSA_ALG_CCM_STAR_NO_TAG, PSA_KEY_TYPE_AES, 192, 650, 13, 0, 0x72ecb041 },
    { PSA_ALG_CCM_STAR_NO_TAG, PSA_KEY_TYPE_AES, 256, 650, 13, 0, 0xcedfcaf0 },
    { PSA_ALG_XTS, PSA_KEY_TYPE_AES, 256, 650, 16, 0, 0x17a8bc63 },
    { PSA_ALG_XTS, PSA_KEY_TYPE_AES, 512, 650, 16, 0, 0x47c5ff24 },
};

const size_t self_test_cipher_count = ROWS(self_test_ciphers);

const struct self_test_agreement self_test_agreements[] = {
    { PSA_ALG_ECDH, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256,
      "04261efbd3550cf068ef013ed7366ba32f5d6fe557b4b2abce8ade58cba168a55e"
      "1788a0b29a56a6abec4084c0c96bd3dcbca6b507f35dbea9e985708479d8bdc9", 0x55b1cdbf },
};

const size_t self_test_agreement_count = ROWS(self_test_agreements);
