/* SPDX-License-Identifier: Apache-2.0 */
/* A small device: AES-GCM and HMAC-SHA-256 with volatile keys. Nothing of it needs Mbed TLS, so none of it is linked. */
#define PSACRYPTO_CONFIG_DEFAULT 0

#define PSA_WANT_ALG_SHA_256 1
#define PSA_WANT_ALG_HMAC 1
#define PSA_WANT_ALG_GCM 1
#define PSA_WANT_KEY_TYPE_AES 1
#define PSA_WANT_KEY_TYPE_HMAC 1

#define PSACRYPTO_SECURE_ELEMENT 0
#define PSACRYPTO_STORE_POSIX 0
#define PSACRYPTO_STORE_MBED 0
#define PSACRYPTO_KERNELS_X86_64 0
