/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is measured. One line is one row of the table; the family says how (psa.c, openssl.c).
 *
 * ROW(family, label, size, algorithm, key type, key bits, OpenSSL's name, goal)
 *   family  cipher is psa_cipher_encrypt(), which draws an IV; OpenSSL is given one. cipher_parts gives one to both
 *   size  bytes per call; for derivations, of their output; for lookup: how many keys there are
 *   goal  the least speed beside OpenSSL: PRESET(x), everything prepared that can be; SETUP(x), starting from the key's bytes
 *         in each call; NO_GOAL
 * SCALING(..., goal)  the same, run by one thread and by two; the goal is THREADS(x): both together against one
 */
#ifndef BENCHMARKS_ROWS_H
#define BENCHMARKS_ROWS_H

#define NO_GOAL GOAL_NONE, 0
#define PRESET(x) GOAL_PRESET, (x)
#define SETUP(x) GOAL_SETUP, (x)
#define THREADS(x) GOAL_THREADS, (x)

/* clang-format off */
#define ROWS(ROW) \
    ROW(aead,     "AES-128-GCM",          16, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "AES-128-GCM", SETUP(2.94)) \
    ROW(aead,     "AES-128-GCM",        1024, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "AES-128-GCM", NO_GOAL) \
    ROW(aead,     "AES-128-GCM",       16384, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "AES-128-GCM", PRESET(2.5)) \
    ROW(aead,     "AES-256-GCM",       16384, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 256, "AES-256-GCM", NO_GOAL) \
    ROW(open,     "AES-128-GCM open",  16384, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "AES-128-GCM", NO_GOAL) \
    ROW(aead,     "AES-128-CCM",          16, PSA_ALG_CCM, PSA_KEY_TYPE_AES, 128, "AES-128-CCM", PRESET(0.95)) \
    ROW(aead,     "AES-128-CCM",        1024, PSA_ALG_CCM, PSA_KEY_TYPE_AES, 128, "AES-128-CCM", PRESET(0.95)) \
    ROW(aead,     "AES-128-CCM",       16384, PSA_ALG_CCM, PSA_KEY_TYPE_AES, 128, "AES-128-CCM", PRESET(0.95)) \
    ROW(aead,     "ChaCha20-Poly1305",    16, PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 256, "ChaCha20-Poly1305", NO_GOAL) \
    ROW(aead,     "ChaCha20-Poly1305",  1024, PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 256, "ChaCha20-Poly1305", NO_GOAL) \
    ROW(aead,     "ChaCha20-Poly1305", 16384, PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 256, "ChaCha20-Poly1305", PRESET(1.0)) \
    ROW(aead,     "Ascon-AEAD128",        16, PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 128, "", NO_GOAL) \
    ROW(aead,     "Ascon-AEAD128",     16384, PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 128, "", NO_GOAL) \
    ROW(cipher,   "AES-128-CBC",          16, PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 128, "AES-128-CBC", PRESET(0.95)) \
    ROW(cipher,   "AES-128-CBC",        1024, PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 128, "AES-128-CBC", PRESET(0.95)) \
    ROW(cipher,   "AES-128-CBC",       16384, PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 128, "AES-128-CBC", PRESET(0.95)) \
    ROW(cipher,   "AES-128-CTR",          16, PSA_ALG_CTR, PSA_KEY_TYPE_AES, 128, "AES-128-CTR", NO_GOAL) \
    ROW(cipher,   "AES-128-CTR",        1024, PSA_ALG_CTR, PSA_KEY_TYPE_AES, 128, "AES-128-CTR", NO_GOAL) \
    ROW(cipher,   "AES-128-CTR",       16384, PSA_ALG_CTR, PSA_KEY_TYPE_AES, 128, "AES-128-CTR", PRESET(2.0)) \
    ROW(cipher_parts, "AES-128-CTR in parts", 16, PSA_ALG_CTR, PSA_KEY_TYPE_AES, 128, "AES-128-CTR", NO_GOAL) \
    ROW(cipher_parts, "AES-128-CTR in parts", 16384, PSA_ALG_CTR, PSA_KEY_TYPE_AES, 128, "AES-128-CTR", NO_GOAL) \
    ROW(cipher,   "AES-128-CFB",       16384, PSA_ALG_CFB, PSA_KEY_TYPE_AES, 128, "AES-128-CFB", NO_GOAL) \
    ROW(cipher,   "AES-128-OFB",       16384, PSA_ALG_OFB, PSA_KEY_TYPE_AES, 128, "AES-128-OFB", NO_GOAL) \
    ROW(cipher,   "AES-128-XTS",          16, PSA_ALG_XTS, PSA_KEY_TYPE_AES, 256, "AES-128-XTS", NO_GOAL) \
    ROW(cipher,   "AES-128-XTS",        1024, PSA_ALG_XTS, PSA_KEY_TYPE_AES, 256, "AES-128-XTS", NO_GOAL) \
    ROW(cipher,   "AES-128-XTS",       16384, PSA_ALG_XTS, PSA_KEY_TYPE_AES, 256, "AES-128-XTS", PRESET(2.0)) \
    ROW(cipher,   "ARIA-128-CTR",      16384, PSA_ALG_CTR, PSA_KEY_TYPE_ARIA, 128, "ARIA-128-CTR", NO_GOAL) \
    ROW(cipher,   "Camellia-128-CTR",  16384, PSA_ALG_CTR, PSA_KEY_TYPE_CAMELLIA, 128, "CAMELLIA-128-CTR", NO_GOAL) \
    ROW(cipher,   "SM4-CTR",           16384, PSA_ALG_CTR, PSA_KEY_TYPE_SM4, 128, "SM4-CTR", NO_GOAL) \
    ROW(cipher,   "DES-CBC",           16384, PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_DES, 64, "DES-CBC", NO_GOAL) \
    ROW(cipher,   "3DES-CBC",          16384, PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_DES, 192, "DES-EDE3-CBC", NO_GOAL) \
    ROW(cipher,   "ChaCha20",          16384, PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_CHACHA20, 256, "ChaCha20", NO_GOAL) \
    ROW(cipher,   "ARC4",              16384, PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_ARC4, 128, "RC4", NO_GOAL) \
    ROW(wrap,     "AES-128-KW",           32, PSA_ALG_KW, PSA_KEY_TYPE_AES, 128, "AES-128-WRAP", NO_GOAL) \
    ROW(wrap,     "AES-128-KWP",          29, PSA_ALG_KWP, PSA_KEY_TYPE_AES, 128, "AES-128-WRAP-PAD", NO_GOAL) \
    ROW(hash,     "SHA-256",              16, PSA_ALG_SHA_256, PSA_KEY_TYPE_NONE, 0, "SHA256", SETUP(1.00)) \
    ROW(hash,     "SHA-256",            1024, PSA_ALG_SHA_256, PSA_KEY_TYPE_NONE, 0, "SHA256", NO_GOAL) \
    ROW(hash,     "SHA-256",           16384, PSA_ALG_SHA_256, PSA_KEY_TYPE_NONE, 0, "SHA256", PRESET(0.95)) \
    ROW(hash,     "SHA-512",              16, PSA_ALG_SHA_512, PSA_KEY_TYPE_NONE, 0, "SHA512", NO_GOAL) \
    ROW(hash,     "SHA-512",            1024, PSA_ALG_SHA_512, PSA_KEY_TYPE_NONE, 0, "SHA512", NO_GOAL) \
    ROW(hash,     "SHA-512",           16384, PSA_ALG_SHA_512, PSA_KEY_TYPE_NONE, 0, "SHA512", PRESET(0.95)) \
    ROW(hash,     "SHA3-256",             16, PSA_ALG_SHA3_256, PSA_KEY_TYPE_NONE, 0, "SHA3-256", NO_GOAL) \
    ROW(hash,     "SHA3-256",           1024, PSA_ALG_SHA3_256, PSA_KEY_TYPE_NONE, 0, "SHA3-256", NO_GOAL) \
    ROW(hash,     "SHA3-256",          16384, PSA_ALG_SHA3_256, PSA_KEY_TYPE_NONE, 0, "SHA3-256", PRESET(0.95)) \
    ROW(hash,     "BLAKE2b",              16, PSA_ALG_BLAKE2B_HASH512, PSA_KEY_TYPE_NONE, 0, "BLAKE2B-512", NO_GOAL) \
    ROW(hash,     "BLAKE2b",            1024, PSA_ALG_BLAKE2B_HASH512, PSA_KEY_TYPE_NONE, 0, "BLAKE2B-512", NO_GOAL) \
    ROW(hash,     "BLAKE2b",           16384, PSA_ALG_BLAKE2B_HASH512, PSA_KEY_TYPE_NONE, 0, "BLAKE2B-512", PRESET(1.00)) \
    ROW(hash,     "BLAKE2s",           16384, PSA_ALG_BLAKE2S_HASH256, PSA_KEY_TYPE_NONE, 0, "BLAKE2S-256", NO_GOAL) \
    ROW(hash,     "SHA-1",             16384, PSA_ALG_SHA_1, PSA_KEY_TYPE_NONE, 0, "SHA1", NO_GOAL) \
    ROW(hash,     "MD5",               16384, PSA_ALG_MD5, PSA_KEY_TYPE_NONE, 0, "MD5", NO_GOAL) \
    ROW(hash,     "RIPEMD-160",        16384, PSA_ALG_RIPEMD160, PSA_KEY_TYPE_NONE, 0, "RIPEMD160", NO_GOAL) \
    ROW(hash,     "SM3",               16384, PSA_ALG_SM3, PSA_KEY_TYPE_NONE, 0, "SM3", NO_GOAL) \
    ROW(hash,     "MD2",               16384, PSA_ALG_MD2, PSA_KEY_TYPE_NONE, 0, "", NO_GOAL) \
    ROW(hash,     "MD4",               16384, PSA_ALG_MD4, PSA_KEY_TYPE_NONE, 0, "MD4", NO_GOAL) \
    ROW(hash,     "SHA-384",           16384, PSA_ALG_SHA_384, PSA_KEY_TYPE_NONE, 0, "SHA384", NO_GOAL) \
    ROW(hash,     "SHA-512/256",       16384, PSA_ALG_SHA_512_256, PSA_KEY_TYPE_NONE, 0, "SHA512-256", NO_GOAL) \
    ROW(hash,     "SHA3-512",          16384, PSA_ALG_SHA3_512, PSA_KEY_TYPE_NONE, 0, "SHA3-512", NO_GOAL) \
    ROW(hash,     "BLAKE2bp",          16384, PSA_ALG_BLAKE2BP_HASH512, PSA_KEY_TYPE_NONE, 0, "", NO_GOAL) \
    ROW(hash,     "BLAKE2sp",          16384, PSA_ALG_BLAKE2SP_HASH256, PSA_KEY_TYPE_NONE, 0, "", NO_GOAL) \
    ROW(hash,     "Ascon-Hash256",     16384, PSA_ALG_ASCON_HASH256, PSA_KEY_TYPE_NONE, 0, "", NO_GOAL) \
    ROW(hash,     "AES-MMO",           16384, PSA_ALG_AES_MMO_ZIGBEE, PSA_KEY_TYPE_NONE, 0, "", NO_GOAL) \
    ROW(xof,      "SHAKE128",             16, PSA_ALG_SHAKE128, PSA_KEY_TYPE_NONE, 0, "SHAKE128", NO_GOAL) \
    ROW(xof,      "SHAKE128",          16384, PSA_ALG_SHAKE128, PSA_KEY_TYPE_NONE, 0, "SHAKE128", NO_GOAL) \
    ROW(xof,      "SHAKE256",          16384, PSA_ALG_SHAKE256, PSA_KEY_TYPE_NONE, 0, "SHAKE256", NO_GOAL) \
    ROW(xof,      "Ascon-XOF128",      16384, PSA_ALG_ASCON_XOF128, PSA_KEY_TYPE_NONE, 0, "", NO_GOAL) \
    ROW(mac,      "HMAC-SHA-256",         16, PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 256, "SHA256", PRESET(2.0)) \
    ROW(mac,      "HMAC-SHA-256",       1024, PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 256, "SHA256", NO_GOAL) \
    ROW(mac,      "HMAC-SHA-256",      16384, PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 256, "SHA256", NO_GOAL) \
    ROW(mac,      "HMAC-SHA-512",      16384, PSA_ALG_HMAC(PSA_ALG_SHA_512), PSA_KEY_TYPE_HMAC, 256, "SHA512", NO_GOAL) \
    ROW(mac,      "HMAC-SHA3-256",     16384, PSA_ALG_HMAC(PSA_ALG_SHA3_256), PSA_KEY_TYPE_HMAC, 256, "SHA3-256", NO_GOAL) \
    ROW(mac,      "keyed BLAKE2b",     16384, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), PSA_KEY_TYPE_BLAKE2, 256, "BLAKE2BMAC", NO_GOAL) \
    ROW(mac,      "AES-128-CMAC",         16, PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 128, "AES-128-CBC", NO_GOAL) \
    ROW(mac,      "AES-128-CMAC",       1024, PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 128, "AES-128-CBC", PRESET(0.95)) \
    ROW(mac,      "AES-128-CMAC",      16384, PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 128, "AES-128-CBC", PRESET(0.95)) \
    ROW(mac,      "3DES-CMAC",         16384, PSA_ALG_CMAC, PSA_KEY_TYPE_DES, 192, "DES-EDE3-CBC", NO_GOAL) \
    ROW(kdf,      "HKDF-SHA-256",         32, PSA_ALG_HKDF(PSA_ALG_SHA_256), PSA_KEY_TYPE_DERIVE, 256, "SHA256", PRESET(2.0)) \
    ROW(prf,      "TLS 1.2 PRF SHA-256",  48, PSA_ALG_TLS12_PRF(PSA_ALG_SHA_256), PSA_KEY_TYPE_DERIVE, 256, "SHA256", NO_GOAL) \
    ROW(counter,  "SP 800-108 HMAC",      32, PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 256, "SHA256", NO_GOAL) \
    ROW(counter,  "SP 800-108 CMAC",      32, PSA_ALG_SP800_108_COUNTER_CMAC, PSA_KEY_TYPE_AES, 128, "AES-128-CBC", NO_GOAL) \
    ROW(pbkdf2,   "PBKDF2-HMAC-SHA-256",  32, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_PASSWORD, 256, "SHA256", PRESET(1.5)) \
    ROW(pbkdf2,   "PBKDF2-HMAC-SHA-256", 128, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_PASSWORD, 256, "SHA256", PRESET(1.5)) \
    ROW(pbkdf2,   "PBKDF2-HMAC-SHA-512",  64, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_512), PSA_KEY_TYPE_PASSWORD, 256, "SHA512", PRESET(1.5)) \
    ROW(pbkdf2,   "PBKDF2-AES-CMAC",      32, PSA_ALG_PBKDF2_AES_CMAC_PRF_128, PSA_KEY_TYPE_PASSWORD, 256, "", NO_GOAL) \
    ROW(sign,     "ECDSA P-256 sign",     32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_R1, 256, "P-256", PRESET(0.67)) \
    ROW(verify,   "ECDSA P-256 verify",   32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_R1, 256, "P-256", PRESET(0.83)) \
    ROW(agree,    "ECDH P-256",           32, PSA_ALG_ECDH, ECC_R1, 256, "P-256", PRESET(0.83)) \
    ROW(generate, "P-256 key pair",        0, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_R1, 256, "P-256", PRESET(0.67)) \
    ROW(agree,    "X25519",               32, PSA_ALG_ECDH, ECC_MONTGOMERY, 255, "X25519", PRESET(1.0)) \
    ROW(sign_message, "Ed25519 sign",     32, PSA_ALG_PURE_EDDSA, ECC_EDWARDS, 255, "ED25519", PRESET(1.0)) \
    ROW(verify_message, "Ed25519 verify", 32, PSA_ALG_PURE_EDDSA, ECC_EDWARDS, 255, "ED25519", PRESET(1.0)) \
    ROW(agree,    "X448",                 56, PSA_ALG_ECDH, ECC_MONTGOMERY, 448, "X448", PRESET(1.0)) \
    ROW(sign_message, "Ed448 sign",       32, PSA_ALG_PURE_EDDSA, ECC_EDWARDS, 448, "ED448", PRESET(1.0)) \
    ROW(verify_message, "Ed448 verify",   32, PSA_ALG_PURE_EDDSA, ECC_EDWARDS, 448, "ED448", PRESET(1.0)) \
    ROW(sign,     "ECDSA P-384 sign",     48, PSA_ALG_ECDSA(PSA_ALG_SHA_384), ECC_R1, 384, "P-384", NO_GOAL) \
    ROW(verify,   "ECDSA P-384 verify",   48, PSA_ALG_ECDSA(PSA_ALG_SHA_384), ECC_R1, 384, "P-384", NO_GOAL) \
    ROW(agree,    "ECDH P-384",           48, PSA_ALG_ECDH, ECC_R1, 384, "P-384", NO_GOAL) \
    ROW(generate, "P-384 key pair",        0, PSA_ALG_ECDSA(PSA_ALG_SHA_384), ECC_R1, 384, "P-384", NO_GOAL) \
    ROW(sign,     "ECDSA P-521 sign",     64, PSA_ALG_ECDSA(PSA_ALG_SHA_512), ECC_R1, 521, "P-521", NO_GOAL) \
    ROW(verify,   "ECDSA P-521 verify",   64, PSA_ALG_ECDSA(PSA_ALG_SHA_512), ECC_R1, 521, "P-521", NO_GOAL) \
    ROW(agree,    "ECDH P-521",           66, PSA_ALG_ECDH, ECC_R1, 521, "P-521", NO_GOAL) \
    ROW(generate, "P-521 key pair",        0, PSA_ALG_ECDSA(PSA_ALG_SHA_512), ECC_R1, 521, "P-521", NO_GOAL) \
    ROW(sign,     "secp256k1 sign",       32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_K1, 256, "secp256k1", NO_GOAL) \
    ROW(verify,   "secp256k1 verify",     32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_K1, 256, "secp256k1", NO_GOAL) \
    ROW(agree,    "ECDH secp256k1",       32, PSA_ALG_ECDH, ECC_K1, 256, "secp256k1", NO_GOAL) \
    ROW(generate, "secp256k1 key pair",    0, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_K1, 256, "secp256k1", NO_GOAL) \
    ROW(sign,     "Brainpool 256 sign",   32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_BRAINPOOL, 256, "brainpoolP256r1", NO_GOAL) \
    ROW(verify,   "Brainpool 256 verify", 32, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_BRAINPOOL, 256, "brainpoolP256r1", NO_GOAL) \
    ROW(agree,    "ECDH Brainpool 256",   32, PSA_ALG_ECDH, ECC_BRAINPOOL, 256, "brainpoolP256r1", NO_GOAL) \
    ROW(generate, "Brainpool 256 key pair", 0, PSA_ALG_ECDSA(PSA_ALG_SHA_256), ECC_BRAINPOOL, 256, "brainpoolP256r1", NO_GOAL) \
    ROW(sign,     "RSA-2048 sign",        32, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), RSA, 2048, "RSA", NO_GOAL) \
    ROW(verify,   "RSA-2048 verify",      32, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), RSA, 2048, "RSA", NO_GOAL) \
    ROW(sign,     "RSA-3072 sign",        32, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), RSA, 3072, "RSA", NO_GOAL) \
    ROW(verify,   "RSA-3072 verify",      32, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), RSA, 3072, "RSA", NO_GOAL) \
    ROW(encrypt,  "RSA-2048 OAEP encrypt", 32, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256), RSA, 2048, "RSA", NO_GOAL) \
    ROW(decrypt,  "RSA-2048 OAEP decrypt", 32, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256), RSA, 2048, "RSA", NO_GOAL) \
    ROW(agree,    "FFDH 2048",           256, PSA_ALG_FFDH, DH_RFC7919, 2048, "ffdhe2048", NO_GOAL) \
    ROW(pake,     "J-PAKE P-256",          0, PSA_ALG_JPAKE(PSA_ALG_SHA_256), PSA_KEY_TYPE_NONE, 256, "", NO_GOAL) \
    ROW(pake,     "J-PAKE Edwards25519",   0, PSA_ALG_JPAKE(PSA_ALG_SHA_256), PSA_KEY_TYPE_NONE, 255, "", NO_GOAL) \
    ROW(pake,     "SPAKE2+ P-256",         0, PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), SPAKE2P_R1, 256, "", NO_GOAL) \
    ROW(pake,     "SPAKE2+ Edwards25519",  0, PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), SPAKE2P_EDWARDS, 255, "", NO_GOAL) \
    ROW(pake,     "WPA3-SAE P-256 looping", 0, PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), PSA_KEY_TYPE_NONE, 256, "", NO_GOAL) \
    ROW(random,   "random",               16, PSA_ALG_NONE, PSA_KEY_TYPE_NONE, 0, "", PRESET(3.34)) \
    ROW(random,   "random",            16384, PSA_ALG_NONE, PSA_KEY_TYPE_NONE, 0, "", PRESET(1.0)) \
    ROW(import,   "import and destroy",   16, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "", NO_GOAL) \
    ROW(lookup,   "attributes, keys:",      10, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "", NO_GOAL) \
    ROW(lookup,   "attributes, keys:", 1000000, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "", NO_GOAL)

#define SCALING_ROWS(ROW) \
    ROW(aead,     "AES-128-GCM, one key", 16, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "AES-128-GCM", THREADS(1.8)) \
    ROW(aead,     "AES-128-GCM, one key", 1024, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "AES-128-GCM", THREADS(1.8)) \
    ROW(hash,     "SHA-256",              64, PSA_ALG_SHA_256, PSA_KEY_TYPE_NONE, 0, "SHA256", THREADS(1.8)) \
    ROW(lookup,   "attributes, one key",   1, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "", THREADS(1.8)) \
    ROW(import,   "import and destroy",   16, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, "", THREADS(1.5)) \
    ROW(random,   "random",               16, PSA_ALG_NONE, PSA_KEY_TYPE_NONE, 0, "", THREADS(1.5)) \
    ROW(random,   "random",             1024, PSA_ALG_NONE, PSA_KEY_TYPE_NONE, 0, "", THREADS(1.5))
/* clang-format on */

#endif
