/* SPDX-License-Identifier: Apache-2.0 */
/* A small device: AES-GCM, HMAC-SHA-256, ECDSA and ECDH over P-256 with volatile keys. Nothing of it needs Mbed TLS, so none of it is linked.
 * Random bytes come from the program. */
#define PSACRYPTO_CONFIG_DEFAULT 0

#define PSA_WANT_ALG_SHA_256 1
#define PSA_WANT_ALG_HMAC 1
#define PSA_WANT_ALG_GCM 1
#define PSA_WANT_KEY_TYPE_AES 1
#define PSA_WANT_KEY_TYPE_HMAC 1
#define PSA_WANT_ALG_ECDSA 1
#define PSA_WANT_ALG_DETERMINISTIC_ECDSA 1
#define PSA_WANT_ALG_ECDH 1
#define PSA_WANT_KEY_TYPE_ECC_KEY_PAIR 1
#define PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY 1
#define PSA_WANT_ECC_SECP_R1_256 1

#define PSACRYPTO_RANDOM_EXTERNAL 1
#define PSACRYPTO_SECURE_ELEMENT 0
#define PSACRYPTO_STORE_POSIX 0
#define PSACRYPTO_STORE_MBED 0
#define PSACRYPTO_KERNELS_X86_64 0
