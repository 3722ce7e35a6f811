/* SPDX-License-Identifier: Apache-2.0 */
/* EMSA-PKCS1-v1_5 (RFC 8017, 9.2). */
#include "software/rsa/rsa.h"

#if SW_HAS_RSA

#include "util/bytes.h"

/* 00 01, eight bytes FF, 00 */
#define PADDING_MIN 11u

#define OID_MAX 9u

struct digest {
    psa_algorithm_t alg;
    uint8_t oid_length;
    uint8_t oid[OID_MAX];
};

/* The table of PSA_ALG_RSA_PKCS1V15_SIGN() in the specification. */
static const struct digest digests[] = {
    { PSA_ALG_MD2, 8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x02 } },
    { PSA_ALG_MD4, 8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x04 } },
    { PSA_ALG_MD5, 8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05 } },
    { PSA_ALG_RIPEMD160, 5, { 0x2b, 0x24, 0x03, 0x02, 0x01 } },
    { PSA_ALG_SHA_1, 5, { 0x2b, 0x0e, 0x03, 0x02, 0x1a } },
    { PSA_ALG_SHA_224, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04 } },
    { PSA_ALG_SHA_256, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 } },
    { PSA_ALG_SHA_384, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02 } },
    { PSA_ALG_SHA_512, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03 } },
    { PSA_ALG_SHA_512_224, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x05 } },
    { PSA_ALG_SHA_512_256, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x06 } },
    { PSA_ALG_SHA3_224, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x07 } },
    { PSA_ALG_SHA3_256, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x08 } },
    { PSA_ALG_SHA3_384, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x09 } },
    { PSA_ALG_SHA3_512, 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x0a } },
    { PSA_ALG_SM3, 8, { 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x83, 0x78 } },
};

static const struct digest *find(psa_algorithm_t alg)
{
    for (size_t i = 0; i < sizeof digests / sizeof digests[0]; i++) {
        if (digests[i].alg == alg) {
            return &digests[i];
        }
    }
    return NULL;
}

int sw_rsa_pkcs1_has_hash(psa_algorithm_t alg)
{
    psa_algorithm_t hash = PSA_ALG_GET_HASH(alg);
    return alg == PSA_ALG_RSA_PKCS1V15_SIGN_RAW || (find(hash) != NULL && sw_hash_find(hash) != NULL);
}

/* DigestInfo before the hash itself: SEQUENCE { SEQUENCE { OID, NULL }, OCTET STRING }. All lengths are below 128. */
#define DIGEST_HEAD_MAX (10u + OID_MAX)

static size_t write_digest_head(uint8_t *head, const struct digest *digest, size_t hash_length)
{
    uint8_t *at = head;
    *at++ = 0x30;
    *at++ = (uint8_t)(8u + digest->oid_length + hash_length);
    *at++ = 0x30;
    *at++ = (uint8_t)(4u + digest->oid_length);
    *at++ = 0x06;
    *at++ = digest->oid_length;
    memcpy(at, digest->oid, digest->oid_length);
    at += digest->oid_length;
    *at++ = 0x05;
    *at++ = 0x00;
    *at++ = 0x04;
    *at++ = (uint8_t)hash_length;
    return (size_t)(at - head);
}

/* Steps 4 and 5. head and hash are T together. */
static psa_status_t encode(uint8_t *encoded, size_t encoded_length, const uint8_t *head, size_t head_length,
                           const uint8_t *hash, size_t hash_length)
{
    if (hash_length > encoded_length || encoded_length - hash_length < head_length + PADDING_MIN) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    size_t padding = encoded_length - hash_length - head_length;
    encoded[0] = 0;
    encoded[1] = 1;
    memset(encoded + 2, 0xff, padding - 3u);
    encoded[padding - 1u] = 0;
    bytes_copy(encoded + padding, head, head_length);
    bytes_copy(encoded + padding + head_length, hash, hash_length);
    return PSA_SUCCESS;
}

psa_status_t sw_rsa_pkcs1_encode(uint8_t *encoded, size_t encoded_length, psa_algorithm_t alg, const uint8_t *hash,
                                 size_t hash_length)
{
    uint8_t head[DIGEST_HEAD_MAX];
    if (alg == PSA_ALG_RSA_PKCS1V15_SIGN_RAW) {
        return encode(encoded, encoded_length, NULL, 0, hash, hash_length);
    }
    const struct digest *digest = find(PSA_ALG_GET_HASH(alg));
    if (digest == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (hash_length != PSA_HASH_LENGTH(digest->alg)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return encode(encoded, encoded_length, head, write_digest_head(head, digest, hash_length), hash, hash_length);
}

#endif
