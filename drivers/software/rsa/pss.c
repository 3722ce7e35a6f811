/* SPDX-License-Identifier: Apache-2.0 */
/* MGF1 (RFC 8017, B.2.1) and EMSA-PSS (9.1). */
#include "software/rsa/rsa.h"

#if SW_HAS_RSA

#include <string.h>

#include "software/software.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

static void mask_block(const struct sw_hash *hash, uint8_t *block, const uint8_t *seed, size_t seed_length, uint32_t counter)
{
    uint64_t context[SW_HASH_CONTEXT_LARGEST / 8u];
    uint8_t number[4];
    store32_be(number, counter);
    hash->init(context);
    hash->update(context, seed, seed_length);
    hash->update(context, number, sizeof number);
    hash->finish(context, block);
    zeroise(context, hash->context_size);
}

void sw_rsa_mask(const struct sw_hash *hash, uint8_t *target, size_t target_length, const uint8_t *seed, size_t seed_length)
{
    uint8_t block[SW_HASH_LENGTH_MAX];
    for (uint32_t counter = 0; target_length != 0; counter++) {
        size_t length = target_length < hash->length ? target_length : hash->length;
        mask_block(hash, block, seed, seed_length, counter);
        for (size_t i = 0; i < length; i++) {
            target[i] ^= block[i];
        }
        target += length;
        target_length -= length;
    }
    ZEROISE(block);
}

/* An encoded message (9.1.1) of one bit less than the modulus: maskedDB, H, BC. */
struct layout {
    uint8_t *db;
    size_t db_length;
    uint8_t *h;
    uint8_t top; /* bits of db[0] that are in use */
    int leading; /* whether a zero byte stands before, since the modulus has a bit more than whole bytes */
};

/* 0 when the hash does not fit even without a salt. */
static int lay_out(struct layout *layout, const struct sw_hash *hash, uint8_t *encoded, size_t bits)
{
    size_t length = (bits + 6u) / 8u; /* of bits - 1 */
    if (length < hash->length + 2u) {
        return 0;
    }
    layout->leading = bits % 8u == 1u;
    layout->db = encoded + layout->leading;
    layout->db_length = length - hash->length - 1u;
    layout->h = layout->db + layout->db_length;
    layout->top = (uint8_t)(0xffu >> (8u * length - (bits - 1u)));
    return 1;
}

/* Step 5 and 6: the hash of eight zeroes, the digest, the salt. */
static void hash_salted(const struct sw_hash *hash, uint8_t *output, const uint8_t *digest, const uint8_t *salt,
                        size_t salt_length)
{
    static const uint8_t zeroes[8];
    uint64_t context[SW_HASH_CONTEXT_LARGEST / 8u];
    hash->init(context);
    hash->update(context, zeroes, sizeof zeroes);
    hash->update(context, digest, hash->length);
    hash->update(context, salt, salt_length);
    hash->finish(context, output);
    zeroise(context, hash->context_size);
}

/* As long as the hash, or as there is room for: db is the salt behind zeroes and a one. */
static size_t standard_salt(const struct sw_hash *hash, size_t db_length)
{
    return db_length - 1u < hash->length ? db_length - 1u : hash->length;
}

psa_status_t sw_rsa_pss_encode(const struct sw_hash *hash, uint8_t *encoded, size_t bits, const uint8_t *digest)
{
    uint8_t h[SW_HASH_LENGTH_MAX];
    struct layout layout;
    if (!lay_out(&layout, hash, encoded, bits)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    size_t salt_length = standard_salt(hash, layout.db_length);
    uint8_t *salt = layout.h - salt_length;
    psa_status_t status = salt_length == 0 ? PSA_SUCCESS : sw_random(salt, salt_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    hash_salted(hash, h, digest, salt, salt_length);
    memset(encoded, 0, (size_t)(salt - encoded));
    salt[-1] = 1;
    memcpy(layout.h, h, hash->length);
    layout.h[hash->length] = 0xbc;
    sw_rsa_mask(hash, layout.db, layout.db_length, layout.h, hash->length);
    layout.db[0] &= layout.top;
    return PSA_SUCCESS;
}

/* Steps 3 to 6, the zero byte of a modulus of 8 k + 1 bits included. */
static int form_is_valid(const struct layout *layout, const uint8_t *encoded, const struct sw_hash *hash)
{
    return (!layout->leading || encoded[0] == 0) && layout->h[hash->length] == 0xbc && (layout->db[0] & ~layout->top) == 0;
}

psa_status_t sw_rsa_pss_verify_vartime(const struct sw_hash *hash, int any_salt, uint8_t *encoded, size_t bits,
                                       const uint8_t *digest)
{
    uint8_t h[SW_HASH_LENGTH_MAX];
    struct layout layout;
    size_t one = 0;
    if (!lay_out(&layout, hash, encoded, bits)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (!form_is_valid(&layout, encoded, hash)) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    sw_rsa_mask(hash, layout.db, layout.db_length, layout.h, hash->length);
    layout.db[0] &= layout.top;
    while (one < layout.db_length && layout.db[one] == 0) {
        one++;
    }
    if (one == layout.db_length || layout.db[one] != 1) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    size_t salt_length = layout.db_length - one - 1u;
    if (!any_salt && salt_length != standard_salt(hash, layout.db_length)) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    hash_salted(hash, h, digest, layout.db + one + 1u, salt_length);
    return ct_verify(h, layout.h, hash->length) ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

#endif
