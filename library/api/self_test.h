/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What psacrypto_self_test() computes and what must come out. Inputs are bytes that count up from a first value, so
 * that a row holds the answer alone. A new algorithm gets its row here; tests/library/api/test_self_test.c fails
 * when one that the build has is not tested.
 */
#ifndef API_SELF_TEST_H
#define API_SELF_TEST_H

#include <psa/crypto.h>

/* The first bytes of the inputs. */
#define SELF_TEST_MESSAGE 0x00u
#define SELF_TEST_SCALAR 0x01u  /* private key on a curve */
#define SELF_TEST_SECRET 0x10u  /* 32 bytes, of derivations */
#define SELF_TEST_KEY 0x20u     /* as long as the key; HMAC: 20 bytes */
#define SELF_TEST_NONCE 0x40u
#define SELF_TEST_SALT 0x50u    /* 16 bytes */
#define SELF_TEST_AD 0x80u
#define SELF_TEST_INFO 0x90u    /* 16 bytes */

/* Long enough for kernels that do many blocks at once. */
#define SELF_TEST_HASH_MESSAGE_LENGTH 300u
#define SELF_TEST_MESSAGE_MAX 656u

/* A hash and what is made with it; in hexadecimal digits, NULL where there is no such algorithm. */
struct self_test_hash {
    psa_algorithm_t hash;
    const char *digest;  /* of SELF_TEST_HASH_MESSAGE_LENGTH bytes */
    const char *hmac;    /* of the same message */
    const char *hkdf;    /* 16 bytes more than a hash: the second block depends on the whole first one */
    const char *pbkdf2;  /* two iterations, of as many bytes */
    const char *ecdsa;   /* signature of the digest on P-256, deterministic where there is HMAC */
};

/* An extendable-output function: SELF_TEST_XOF_LENGTH bytes, by the last 16 and the CRC-32C of all of them. */
#define SELF_TEST_XOF_LENGTH 400u

struct self_test_xof {
    psa_algorithm_t alg;
    uint32_t crc;
    const char *tail;
};

/* A cipher or an AEAD: what encryption gives, by its last 16 bytes and the CRC-32C of all of it. */
struct self_test_cipher {
    psa_algorithm_t alg;
    psa_key_type_t type;
    uint16_t bits;
    uint16_t length;     /* of the message */
    uint8_t nonce_length;
    uint8_t ad_length;
    uint32_t crc;
    const char *tail;
};

/* A key agreement between SELF_TEST_SCALAR and a peer. */
struct self_test_agreement {
    psa_algorithm_t alg;
    psa_key_type_t type;
    uint16_t bits;
    const char *peer;
    const char *secret;
};

extern const struct self_test_hash self_test_hashes[];
extern const size_t self_test_hash_count;
extern const struct self_test_xof self_test_xofs[];
extern const size_t self_test_xof_count;
extern const struct self_test_cipher self_test_ciphers[];
extern const size_t self_test_cipher_count;
extern const struct self_test_agreement self_test_agreements[];
extern const size_t self_test_agreement_count;

#endif
