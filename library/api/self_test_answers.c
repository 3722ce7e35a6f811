/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers of psacrypto_self_test(), computed with OpenSSL 3 and, for what it does not have, with a second implementation that
 * gives the known answers of the standards. Rows of what a
 * build does not have are passed over.
 */
#include "api/self_test.h"

#define ROWS(array) (sizeof(array) / sizeof((array)[0]))

/* hash, digest, HMAC, HKDF, PBKDF2, deterministic ECDSA, RSA PKCS #1 v1.5, then TLS 1.2 PRF, TLS 1.2 PSK, SP 800-108 */
const struct self_test_hash self_test_hashes[] = {
    { PSA_ALG_MD2, 0x7af95fa7, 0x8d40f42d, 0xd053b76c, 0xa6cbcacb, 0x0d329811, 0x3eb7dfd9,
      0xbd206695, 0x72cbb23b, 0xf23f0076 },
    { PSA_ALG_MD4, 0xd6d175e9, 0x0fd6a33b, 0xa09cda04, 0xe7cf964f, 0x0cc119e7, 0xef9de288,
      0x31e4fb12, 0xc0baec4a, 0x6dab3fcf },
    { PSA_ALG_MD5, 0x5d0d5731, 0x40c39644, 0xfa4ca7e9, 0x4c6a1dbd, 0x8cb47016, 0xa7cd35e4,
      0x4f7c1e06, 0x1826f7e7, 0xbfda55c2 },
    { PSA_ALG_RIPEMD160, 0x3c1f5628, 0xe5c3b329, 0x899f4b5b, 0xa607fd4c, 0x547e8ded, 0x78b1edbd,
      0x1487ba8f, 0x817dd3fc, 0xeee6232d },
    { PSA_ALG_SHA_1, 0x8929bf2b, 0xc99d0569, 0xd25749bd, 0x6e1d4c20, 0xf0fbcae9, 0xfd612e49,
      0xf7273733, 0xd1811aa4, 0x1247066a },
    { PSA_ALG_AES_MMO_ZIGBEE, 0x1766e837, 0x6270d406, 0xa901568b, 0x9e581ace, 0x0abafd25, 0,
      0x16559f46, 0x530a9708, 0xa421fdb5 },
    { PSA_ALG_SHA_224, 0x8f921558, 0xecdb6d2a, 0x47e97d3f, 0xee6fa1e5, 0x85f77c31, 0x1a8257dc,
      0x77c37c4d, 0x54269d33, 0x98a905a5 },
    { PSA_ALG_SHA_256, 0x55d5b5b2, 0xd8bd8e6c, 0x3681ed23, 0x500b3093, 0x872e9ab9, 0x1d33832c,
      0xaf7dfcd4, 0x05298188, 0xc4ba1bb1 },
    { PSA_ALG_SHA_384, 0x178b3557, 0x8c0f8d48, 0x09a5b6fd, 0xd213e46c, 0x63547bdd, 0x7e728323,
      0xb9bb27be, 0xc4e27aaf, 0xad8f3549 },
    { PSA_ALG_SHA_512, 0x9212cd64, 0xa283aed0, 0x9dcda7c6, 0x21d03814, 0x569e2a5d, 0x6200da0d,
      0xa33d53b0, 0xca430b8d, 0x12ce1cbf },
    { PSA_ALG_SHA_512_224, 0xa748a76d, 0xa878c9a6, 0x32272660, 0x8bcc368c, 0xb9fab9f6, 0x26a9ed1c,
      0x23bc7eb9, 0x0ad131c9, 0xbd65f771 },
    { PSA_ALG_SHA_512_256, 0x2fae8b85, 0x3d2d25f0, 0x0426d690, 0xd07b3cf6, 0x21fbeba1, 0x877bfd89,
      0xd3a2480a, 0x81fa05c8, 0xc1c10154 },
    { PSA_ALG_SHA_256_192, 0x986aba50, 0, 0, 0, 0, 0,
      0, 0, 0 },
    { PSA_ALG_SHA3_224, 0xc1cc0d8c, 0x6683d27c, 0xd836da22, 0x213636f7, 0xef2a890a, 0x9a7374fa,
      0x6870c1c5, 0x58ed3077, 0x28bd2444 },
    { PSA_ALG_SHA3_256, 0x09f3b330, 0x1b0edb71, 0x6ee33b48, 0x222c5c78, 0x09b2aa59, 0x35c47419,
      0xf0007dbb, 0x83d979d4, 0xa77d7a2c },
    { PSA_ALG_SHA3_384, 0xc7eee310, 0x414687ea, 0xa1ce7cad, 0x9ff5bb4f, 0xf3ecaa84, 0x8a1a9c9f,
      0x2aa210c0, 0x24d84dc0, 0x78555d31 },
    { PSA_ALG_SHA3_512, 0xbba2781f, 0x1d93b7f9, 0xcea1649b, 0xd7fa24fa, 0x8bf228c1, 0xbd752af4,
      0x499b621a, 0x1a0cb2f1, 0x4b65771b },
    { PSA_ALG_SM3, 0xd5836522, 0x377d68b6, 0xce562653, 0xbffd4f5b, 0x323223eb, 0x5ec37f9e,
      0x65f012b2, 0x70a36568, 0xc3a813fa },
    { PSA_ALG_SHAKE256_512, 0xd4f17b39, 0, 0, 0, 0, 0,
      0, 0, 0 },
    { PSA_ALG_SHAKE128_256, 0x072342ad, 0, 0, 0, 0, 0,
      0, 0, 0 },
    { PSA_ALG_SHAKE256_192, 0x8ace4ba8, 0, 0, 0, 0, 0,
      0, 0, 0 },
    { PSA_ALG_SHAKE256_256, 0xf56b2eb7, 0, 0, 0, 0, 0,
      0, 0, 0 },
    { PSA_ALG_ASCON_HASH256, 0xc7c18d6f, 0, 0, 0, 0, 0,
      0, 0, 0 },
    { PSA_ALG_BLAKE2S_HASH256, 0xc68c9e2f, 0x6ad35d34, 0xcdb7db16, 0x2dfb949b, 0xdec520ae, 0,
      0x59cf352d, 0xd66bc9f6, 0x941a8238 },
    { PSA_ALG_BLAKE2SP_HASH256, 0x56660b0a, 0, 0, 0, 0, 0,
      0, 0, 0 },
    { PSA_ALG_BLAKE2B_HASH512, 0xd31b7a2b, 0xc5d249d3, 0xa79b0c60, 0x7ef3669f, 0xe49d5942, 0,
      0x1fe7f7b1, 0xe0710af0, 0x9213c998 },
    { PSA_ALG_BLAKE2BP_HASH512, 0x299ac81d, 0, 0, 0, 0, 0,
      0, 0, 0 },
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
    { PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2S_HASH256), PSA_KEY_TYPE_BLAKE2, 256, 300, 0x1a4bf807 },
    { PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2SP_HASH256), PSA_KEY_TYPE_BLAKE2, 256, 300, 0x5c4439b0 },
    { PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), PSA_KEY_TYPE_BLAKE2, 256, 300, 0x91554ed0 },
    { PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2BP_HASH512), PSA_KEY_TYPE_BLAKE2, 256, 300, 0x4f0280fb },
};

const size_t self_test_mac_count = ROWS(self_test_macs);

/* algorithm, key type, bits, bytes of the message, of the nonce, of the additional data */
const struct self_test_cipher self_test_ciphers[] = {
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 128, 656, 0, 0, 0x7874981f },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 192, 656, 0, 0, 0x672418d5 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 256, 656, 0, 0, 0x78a84046 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_ARIA, 128, 656, 0, 0, 0x933f43c5 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_ARIA, 192, 656, 0, 0, 0x2c08cb10 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_ARIA, 256, 656, 0, 0, 0x43b8bcee },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_CAMELLIA, 128, 656, 0, 0, 0x0b224e51 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_CAMELLIA, 192, 656, 0, 0, 0x7096292d },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_CAMELLIA, 256, 656, 0, 0, 0xd77ee2f5 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_SM4, 128, 656, 0, 0, 0x308bb478 },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_DES, 192, 656, 0, 0, 0x4b77e937 },
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
    { PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 128, 650, 16, 20, 0x67dd3432 },
    { PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 256, 650, 16, 20, 0x2eecf8cd },
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
      "04261efbd3550cf068ef013ed7366ba32f5d6fe557b4b2abce8ade58cba168a55e1788a0b29a56a6abec4084c0c96bd3"
      "dcbca6b507f35dbea9e985708479d8bdc9", 0x55b1cdbf },
    { PSA_ALG_ECDH, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY), 255,
      "64b101b1d0be5a8704bd078f9895001fc03e8e9f9522f188dd128d9846d48466", 0xf4252afd },
    { PSA_ALG_ECDH, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY), 448,
      "ba3ff46a84ab42ed08cde0808595fa77a8659a758002a1e119e936ceaa820033b424ef8ec554ac9dd9eb9c06cde691b8"
      "35f25a78fedd9ae2", 0x37e50b67 },
    { PSA_ALG_FFDH, PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 2048,
      "5ceb9595d3801f84c168a7c0b5d259071b0293aa6bd1722af12a518ccfe4203a757e623c2409940dff33fa63875fb2c0"
      "ac54124e8459ed9a82e6089d9374dd3efa9e236063fa481c0398f4df26ee8f3fa2fe53b10c668a1958fc802387775101"
      "2ff112db3d49624440691be641ccd1eb44ee149afd7f41b084649a20763759f4eb81dd9a978c90a80b6a9ce7a69db054"
      "7f226866d4094bd961a6c06d666baf660ded1dc8da913a628692bbcba5a97d7de9ff62cb8f612acf54d7d60b94a8dcc0"
      "44979c562a0b5bec78087360ad89bc774768bfea44374c97989584a0aeee305654ff0e4b5bc123e672cac01469eb3c99"
      "4f36f12316c26b6663f5dd5e876ab595", 0x71b22054 },
};

const size_t self_test_agreement_count = ROWS(self_test_agreements);

/* algorithm, 32 bytes of output */
const struct self_test_derivation self_test_derivations[] = {
    { PSA_ALG_TLS12_ECJPAKE_TO_PMS, 0x68da36fe },
    { PSA_ALG_SP800_108_COUNTER_CMAC, 0xcbda5021 },
    { PSA_ALG_PBKDF2_AES_CMAC_PRF_128, 0x32800626 },
    { PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_256), 0x2db1395e },
    { PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_384), 0x61ce168e },
    { PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_512), 0x677242d6 },
};

const size_t self_test_derivation_count = ROWS(self_test_derivations);

/* hash, bits, a token */
const struct self_test_token self_test_tokens[] = {
    { PSA_ALG_SHA_256, 256, 0x30c6df47 },
    { PSA_ALG_SHA_384, 384, 0xe13b53ff },
    { PSA_ALG_SHA_512, 521, 0x522ed032 },
};

const size_t self_test_token_count = ROWS(self_test_tokens);

/* algorithm, key type, bits, bytes of the key that is wrapped, its wrapped form */
const struct self_test_wrap self_test_wraps[] = {
    { PSA_ALG_KW, PSA_KEY_TYPE_AES, 128, 32, 0x4701e19d },
    { PSA_ALG_KW, PSA_KEY_TYPE_AES, 192, 32, 0xc885db8f },
    { PSA_ALG_KW, PSA_KEY_TYPE_AES, 256, 32, 0x5cfc55fa },
    { PSA_ALG_KWP, PSA_KEY_TYPE_AES, 128, 29, 0x32f59fff },
    { PSA_ALG_KWP, PSA_KEY_TYPE_AES, 192, 29, 0xa4ead091 },
    { PSA_ALG_KWP, PSA_KEY_TYPE_AES, 256, 29, 0x8f586af3 },
};

const size_t self_test_wrap_count = ROWS(self_test_wraps);

/* algorithm, bits, signature */
const struct self_test_eddsa self_test_eddsa_answers[] = {
    { PSA_ALG_PURE_EDDSA, 255, 0x4858e4b7 },
    { PSA_ALG_EDDSA_CTX, 255, 0xcb4c630e },
    { PSA_ALG_ED25519PH, 255, 0x68639519 },
    { PSA_ALG_PURE_EDDSA, 448, 0x96cdaf73 },
    { PSA_ALG_EDDSA_CTX, 448, 0x66991945 },
    { PSA_ALG_ED448PH, 448, 0x1ea934dc },
};

const size_t self_test_eddsa_count = ROWS(self_test_eddsa_answers);

/* 1536 bits, made for this test. */
const struct self_test_rsa self_test_rsa_answers = {
    .key = "3082037c0201000281c100b8694d906426e5bfd2e5b6385bd0335a8893bd2df430088e0df985b295d79aaa46f1a901c3"
           "aa32f87dff83dcd663c116843723becc07f84b49788c3d1bb5a61b3bb1d8ba6f9a057c1fa2c956af23cc01abc320a8b4"
           "b408c7d75c2031985a9fd289a31d4cc5712ba1320306f019f05d6c2068bb7a904cb40ec76c203f44dc1b7db2d17a84ed"
           "76c1b123ec986cad27ad8251beb3c2411cd356b4e101971494aa39fc5afb589b24823f3e798f1a7ae5f5e17f23570876"
           "d5a0a8cc58df0c21e5bd6702030100010281c044938c2f7cbee6430e37342b03218a674950bf51fe737a4af131702178"
           "0d644b9bf433e81f0e04c4597e9257a6361450be3c0f03ddb5bd04aa3eb4cfe8a5052f2d64b676a617bda069d74c4dfa"
           "f531e111318fcc8cde4241a67970d360979ac4bb9a83b75444dd14896556ac60e30c7e4d8bc8f104141c7c2cd0e1484e"
           "9b5010b8195f48e2b455ba52a1f75903e56a1906ff3acaf694521c6f8ae9fe067c134dbc904ee000ea6f5dd3322a3a7d"
           "aca0486d3e8b4bb56dfb8363d2956d2c7f11a1026100deaf1aaebe3e8ff30208cd0065dd5747165d9756a4893a15dfc3"
           "c06ced6bd4f5c3665e3d89ea3c8c2b63b8f3b1ce7a27f129c48ebff7298af8229ab137f10acdd8a52211bafe5ef8a113"
           "d7e1c471e52876948562765d3219ee1e724a19b22ed1026100d40056c21efa34f9cd82f5bc272a518a6fcc31c186ee7c"
           "4fcdc0e94a0f62167129033000d23842baba07f6eb190cd0403dda1618b6f27546e7587113c2b6a8a2fbd89a524661f2"
           "3d352472b757c99a290bad8f2f669b5bf629e971d584af66b7026058d0099a4bf1f3c37dba38d8c1c7c77968a82725bd"
           "35a5def781c10b309de32fa9a0f8511ee23707c87e5b538644cd5f84c59dc93932c074d68626a02ba98d1f901a3c3e4a"
           "100d9ca7d19c3644fd0fe25578e2c1e4674306287c2824f99ea121026001941f1142f9c9fb32348f6fdf3ac970a67476"
           "ca621ed47e23a2141aa112b1e815ce1845694b51f3e1febd2ff2f7cd752d00bab9646359cc355ccb3ac27069c10cef07"
           "f724df05d6bed68ea41edb3972a4cb9e0d544e43d90966db9a236acaf1026100bdad6a02cf04818b55389ec6b7db3149"
           "28935bd86b7682dbcc85c54d19adcc97034b9b3c807898f717eb25aa9fa9c7ae8fadca749c1bcebdbb92b650a26404dd"
           "714e07035cb87c72a0a2deb1cf35c1932b91144e954b285b7094584505b494e4",
    .raw = 0x648e0e4f,
    .pss = "7999d4b3db80ae1ff65eeced8026d7978cab229070d2488839c6af71c5d734eb817183f4648b3487f8d2bb2ad03a5e8c"
           "78fc3c5a838e4e6882b12aa02934ec19f6a00fc99045f5c616c7947718c1568486051d44a3dd6ce2fe0c2b76e790f286"
           "1e5ca5ea60ef6bc3db3ed71bc72987c456b8888f01bc65907bb5657d520657cf34ff661a0421e556aad31f264bff1895"
           "f3b38b9ac7fc9245bd6c9d337486f2f2e14f91f4a12c2eb280c25341464794f390fb3880d748b0ed04790476e2d434b5",
    .pkcs1_ciphertext = "98d8dc3f59e045521a9230ac7b0eb63f81289ea8113fed5f9b091370a71bd932667dce69954b07c0b1d095f21fb2f21f"
                        "f5986a9033dcdb9ec420aad2c4d59e0e4913234cb2dd5092ff21737e8575346aca3ea07c93efeb3158b49e71395d7cbd"
                        "210f0d21a425ad1ce2a4dcddfa2303cc8ab8d2922a109acc2128ba2c3d9733ec6fd94556f41a1a5663dd13dd6286fa3b"
                        "109be7d9e0ec999e55d4f66807dce5f1dd9d9f9f67d5e4bbbc725ac84057a29b12e01a629701674d382de405e8b8978e",
    .oaep_ciphertext = "6299aa3799a1d3bee2fe3edd0cc0d855790ea40f40156c35b44fef2164e16542d3a80a89a88509f81664d531cef4ca76"
                       "4bfb9078cd4fa5b75fa9ab9f83b33a4c5c22e04036f6eb698e0c304eb34763cf8265f1599e1d5b1f0fbf03cc691d680d"
                       "92f09b352ead82999a351c55e433e21b9d24fe898908d9fe0864102db9153b48d233322e693e742abc0f3658ebf787e9"
                       "67c016b5ca90030233f4d09ca46b5c79fa7b685a0482a9c299a8ffa0ee1a2e4a448b2b2ae9bc1751ad226b78ab284c3b",
};
