/* SPDX-License-Identifier: Apache-2.0 */
/* EME-OAEP (RFC 8017, 7.1) with one hash for the label and MGF1: 00, masked seed, masked (hash of the label, 00..., 01, message). */
#include "software/rsa/rsa.h"

#if SW_HAS_RSA

#include "software/rsa/unpad.h"
#include "software/software.h"
#include "util/bytes.h"

static int matches(psa_algorithm_t alg)
{
    return PSA_ALG_IS_RSA_OAEP(alg);
}

static int supports(psa_algorithm_t alg, size_t encoded_length)
{
    const struct sw_hash *hash = sw_hash_find(PSA_ALG_GET_HASH(alg));
    return hash != NULL && encoded_length >= 2u * hash->length + 2u;
}

static psa_status_t encode(psa_algorithm_t alg, uint8_t *encoded, size_t encoded_length, const uint8_t *message,
                           size_t message_length, const uint8_t *label, size_t label_length)
{
    const struct sw_hash *hash = sw_hash_find(PSA_ALG_GET_HASH(alg));
    if (hash == NULL || (hash->longest != 0 && label_length > hash->longest)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (encoded_length < 2u * hash->length + 2u || message_length > encoded_length - 2u * hash->length - 2u) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    uint8_t *seed = encoded + 1;
    uint8_t *db = seed + hash->length;
    size_t db_length = encoded_length - hash->length - 1u;
    memset(encoded, 0, encoded_length);
    sw_hash_compute(hash, label, label_length, db);
    db[db_length - message_length - 1u] = 1;
    bytes_copy(db + db_length - message_length, message, message_length);
    psa_status_t status = sw_random(seed, hash->length);
    if (status == PSA_SUCCESS) {
        sw_rsa_mask(hash, db, db_length, seed, hash->length);
        sw_rsa_mask(hash, seed, hash->length, db, db_length);
    }
    return status;
}

/* 7.1.2, 3 g: the first byte of db behind the hash that is not zero is the one before the message. */
static uint32_t find_message(const uint8_t *db, uint32_t from, uint32_t db_length, uint32_t *wrong)
{
    uint32_t before = ~(uint32_t)0; /* that byte has not come yet */
    uint32_t start = 0;
    for (uint32_t i = from; i < db_length; i++) {
        uint32_t first = before & ct_mask_nonzero32(db[i]);
        start |= first & (i + 1u);
        *wrong |= first & (db[i] ^ 1u);
        before &= ~first;
    }
    *wrong |= before;
    return start;
}

static psa_status_t decode(psa_algorithm_t alg, uint8_t *message, size_t message_size, size_t *message_length,
                           uint8_t *encoded, size_t encoded_length, const uint8_t *label, size_t label_length)
{
    uint8_t label_hash[SW_HASH_LENGTH_MAX];
    const struct sw_hash *hash = sw_hash_find(PSA_ALG_GET_HASH(alg));
    if (hash == NULL || (hash->longest != 0 && label_length > hash->longest)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (encoded_length < 2u * hash->length + 2u) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    uint8_t *seed = encoded + 1;
    uint8_t *db = seed + hash->length;
    size_t db_length = encoded_length - hash->length - 1u;
    uint32_t wrong = encoded[0];
    sw_rsa_mask(hash, seed, hash->length, db, db_length);
    sw_rsa_mask(hash, db, db_length, seed, hash->length);
    sw_hash_compute(hash, label, label_length, label_hash);
    wrong |= ~ct_mask_equal(db, label_hash, hash->length);
    uint32_t start = find_message(db, hash->length, (uint32_t)db_length, &wrong);
    return rsa_unpad(message, message_size, message_length, db, (uint32_t)db_length, start, wrong);
}

const struct sw_rsa_encryption sw_rsa_oaep = {
    .matches = matches,
    .supports = supports,
    .encode = encode,
    .decode = decode,
};

#endif
