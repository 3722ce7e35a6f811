/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What psacrypto_self_test() computes and what must come out. Inputs are bytes that count up from a first value, answers
 * are told by their CRC-32C, so that an algorithm takes one line. A new one gets its line in self_test_answers.c;
 * tests/library/api/test_self_test.c fails when one that the build has is not tested.
 */
#ifndef API_SELF_TEST_H
#define API_SELF_TEST_H

#include "dispatch/dispatch.h"

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

/* A hash and what is made with it; 0 where there is no such algorithm. */
struct self_test_hash {
    psa_algorithm_t hash;
    uint32_t digest;  /* of SELF_TEST_HASH_MESSAGE_LENGTH bytes */
    uint32_t hmac;    /* of the same message */
    uint32_t hkdf;    /* 16 bytes more than a hash: two blocks */
    uint32_t pbkdf2;  /* two iterations, of as many bytes */
    uint32_t ecdsa;   /* deterministic signature of the digest on P-256 */
    uint32_t pkcs1;   /* RSASSA-PKCS1-v1_5 of the digest */
    uint32_t tls12_prf;
    uint32_t tls12_psk;  /* the master secret */
    uint32_t sp800_108;
};

/* A key derivation without a hash in its name, or with one of few. */
struct self_test_derivation {
    psa_algorithm_t alg;
    uint32_t output;
};

/* A password token of WPA3-SAE on a curve of the SECP_R1 family, and the hash that goes with it. */
struct self_test_token {
    psa_algorithm_t hash;
    uint16_t bits;
    uint32_t token;
};

/* An extendable-output function; the context, if it takes one, is 16 bytes from SELF_TEST_INFO up. */
#define SELF_TEST_XOF_LENGTH 400u

struct self_test_xof {
    psa_algorithm_t alg;
    uint32_t output;
};

/* A MAC of a block cipher. */
struct self_test_mac {
    psa_algorithm_t alg;
    psa_key_type_t type;
    uint16_t bits;
    uint16_t length;       /* of the message: at most SELF_TEST_HASH_MESSAGE_LENGTH */
    uint32_t mac;
};

/* A cipher or an AEAD. */
struct self_test_cipher {
    psa_algorithm_t alg;
    psa_key_type_t type;
    uint16_t bits;
    uint16_t length;       /* of the message */
    uint8_t nonce_length;
    uint8_t ad_length;
    uint32_t ciphertext;   /* with its tag */
};

/* A key agreement between SELF_TEST_SCALAR and a peer, which is given in hexadecimal digits. */
struct self_test_agreement {
    psa_algorithm_t alg;
    psa_key_type_t type;
    uint16_t bits;
    const char *peer;
    uint32_t secret;
};

/* A key wrapping of bytes that count up. */
struct self_test_wrap {
    psa_algorithm_t alg;
    psa_key_type_t type;
    uint16_t bits;
    uint16_t length;
    uint32_t wrapped;
};

/* EdDSA of the hashes' message; the context, if there is one, is 16 bytes from SELF_TEST_INFO up. */
struct self_test_eddsa {
    psa_algorithm_t alg;
    uint16_t bits;
    uint32_t signature;
};

/* RSA with a key pair of its own; in hexadecimal digits. */
#define SELF_TEST_RSA_BITS 1536u
#define SELF_TEST_RSA_MESSAGE_LENGTH 20u

struct self_test_rsa {
    const char *key;
    uint32_t raw;                  /* PKCS #1 v1.5 of SELF_TEST_RSA_MESSAGE_LENGTH bytes as they are */
    const char *pss;               /* of the SHA-256 digest of the hashes' message */
    const char *pkcs1_ciphertext;  /* of SELF_TEST_RSA_MESSAGE_LENGTH bytes */
    const char *oaep_ciphertext;   /* with SHA-256 */
};

extern const struct self_test_hash self_test_hashes[];
extern const size_t self_test_hash_count;
extern const struct self_test_derivation self_test_derivations[];
extern const size_t self_test_derivation_count;
extern const struct self_test_token self_test_tokens[];
extern const size_t self_test_token_count;
extern const struct self_test_xof self_test_xofs[];
extern const size_t self_test_xof_count;
extern const struct self_test_mac self_test_macs[];
extern const size_t self_test_mac_count;
extern const struct self_test_cipher self_test_ciphers[];
extern const size_t self_test_cipher_count;
extern const struct self_test_agreement self_test_agreements[];
extern const size_t self_test_agreement_count;
extern const struct self_test_wrap self_test_wraps[];
extern const size_t self_test_wrap_count;
extern const struct self_test_eddsa self_test_eddsa_answers[];
extern const size_t self_test_eddsa_count;
extern const struct self_test_rsa self_test_rsa_answers;

/* ---- The parts ---- */

psa_status_t self_test_hashes_run(void);
psa_status_t self_test_xofs_run(void);
psa_status_t self_test_derivations_run(void);
psa_status_t self_test_macs_run(void);
psa_status_t self_test_ciphers_run(void);
psa_status_t self_test_wraps_run(void);
psa_status_t self_test_agreements_run(void);
psa_status_t self_test_ecdsa_run(void);
psa_status_t self_test_eddsa_run(void);
psa_status_t self_test_rsa_run(void);
psa_status_t self_test_rsa_encryption_run(void);
psa_status_t self_test_pake_run(void);
psa_status_t self_test_sae_run(void);

/* ---- What they share ---- */

/* The longest output but for messages and XOFs: a hash and 16 bytes. */
#define SELF_TEST_OUTPUT_MAX 80u

/* A key that is in no store. */
struct self_test_key {
    psa_key_attributes_t attributes;
    struct dispatch_key key;
    uint8_t bytes[SELF_TEST_OUTPUT_MAX];
};

/* Its bytes count up from first. At most SELF_TEST_OUTPUT_MAX. */
void self_test_key_open(struct self_test_key *key, psa_key_type_t type, size_t bits, unsigned first);
/* Its bytes lie elsewhere. */
void self_test_key_open_bytes(struct self_test_key *key, psa_key_type_t type, size_t bits, const uint8_t *bytes, size_t length);
void self_test_key_close(struct self_test_key *key);
void self_test_count_up(uint8_t *bytes, size_t length, unsigned first);
/* The length of the bytes that lower-case digits stand for. */
size_t self_test_from_hex(uint8_t *bytes, const char *hex);
int self_test_is_answer(const uint8_t *bytes, size_t length, size_t expected_length, uint32_t crc);
/* Whether the build has it at location 0; for algorithms with a hash, whether it has the hash too. */
int self_test_has(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
/* That there was no memory, or no entropy for blinding, says nothing about the algorithm; else CORRUPTION_DETECTED. */
psa_status_t self_test_verdict(psa_algorithm_t alg, psa_status_t status, int right);
/* Computes, verifies, and does not verify what is wrong. */
psa_status_t self_test_mac(struct self_test_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length, uint32_t answer);

/* A signature of a digest, with the key pair that makes it. */
#define SELF_TEST_SIGNATURE_MAX (SELF_TEST_RSA_BITS / 8u)

struct self_test_signature {
    struct self_test_key key;
    uint8_t hash[SELF_TEST_OUTPUT_MAX];
    size_t hash_length;
    uint8_t bytes[SELF_TEST_SIGNATURE_MAX];
    size_t length;
};

/* The digest that a row's signatures are of: of the hashes' message. */
psa_status_t self_test_digest(struct self_test_signature *signature, const struct self_test_hash *row);
/* Signs into bytes; answer 0: any signature of this length is right. */
psa_status_t self_test_sign(struct self_test_signature *signature, psa_algorithm_t alg, size_t length, uint32_t answer);
/* What bytes hold verifies; thorough: with one bit changed it does not. */
psa_status_t self_test_verify(struct self_test_signature *signature, psa_algorithm_t alg, int thorough);

#endif
