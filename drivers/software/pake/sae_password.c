/* SPDX-License-Identifier: Apache-2.0 */
/* WPA3-SAE: from passwords and tokens to the element that an exchange is made with. */
#include "software/pake/sae.h"

#if SW_HAS_SAE_PAKE

#include "software/pake/modular.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* ---- Hashes ---- */

/* One block: HMAC(key, i || label || context || bits), numbers in 16 bits, little-endian. */
static void kdf_block(const struct sw_hmac_key *key, uint8_t *block, size_t i, const char *label, const uint8_t *context,
                      size_t context_length, size_t bits)
{
    uint64_t state[SW_HASH_CONTEXT_MAX / 8u];
    const uint8_t number[2] = { (uint8_t)i, (uint8_t)(i >> 8) }, length[2] = { (uint8_t)bits, (uint8_t)(bits >> 8) };
    sw_hmac_start(key, state);
    sw_hmac_update(key, state, number, sizeof number);
    sw_hmac_update(key, state, (const uint8_t *)label, strlen(label));
    sw_hmac_update(key, state, context, context_length);
    sw_hmac_update(key, state, length, sizeof length);
    sw_hmac_finish(key, state, block);
    ZEROISE(state);
}

void sw_sae_kdf(const struct sw_hash *hash, uint8_t *output, size_t bits, const uint8_t *key, const char *label,
                const uint8_t *context, size_t context_length)
{
    struct sw_hmac_key hmac;
    uint8_t block[SW_HASH_LENGTH_MAX];
    size_t length = (bits + 7u) / 8u;
    sw_hmac_expand(&hmac, hash, key, hash->length);
    for (size_t at = 0; at < length; at += hash->length) {
        size_t take = length - at < hash->length ? length - at : hash->length;
        kdf_block(&hmac, block, at / hash->length + 1u, label, context, context_length, bits);
        memcpy(output + at, block, take);
    }
    if (bits % 8u != 0) {
        output[length - 1u] &= (uint8_t)(0xffu << (8u - bits % 8u));
    }
    ZEROISE(hmac);
    ZEROISE(block);
}

/* MAX(a, b) || MIN(a, b): both sides have the same. */
static void join_addresses(uint8_t *joined, const uint8_t *a, const uint8_t *b)
{
    int a_first = memcmp(a, b, SW_SAE_ADDRESS_LENGTH) > 0;
    memcpy(joined, a_first ? a : b, SW_SAE_ADDRESS_LENGTH);
    memcpy(joined + SW_SAE_ADDRESS_LENGTH, a_first ? b : a, SW_SAE_ADDRESS_LENGTH);
}

/* ---- Elements ---- */

/* As the group wants it: PSA puts a byte before points. */
static void to_group(const struct sw_sae_group *group, uint8_t *element, const uint8_t *bytes)
{
    element[0] = 0x04;
    memcpy(element + group->prefix, bytes, group->element_length);
}

psa_status_t sw_sae_multiply(const struct sw_sae_group *group, uint8_t *result, const uint8_t *scalar, const uint8_t *element,
                             const uint8_t *addend)
{
    uint8_t product[SW_GROUP_ELEMENT_MAX], other[SW_GROUP_ELEMENT_MAX];
    to_group(group, product, element);
    psa_status_t status = sw_group_multiply(&group->group, product, scalar, product);
    if (status == PSA_SUCCESS && addend != NULL) {
        to_group(group, other, addend);
        status = sw_group_add(&group->group, product, product, other);
    }
    if (status == PSA_SUCCESS && sw_group_is_neutral(&group->group, product) != 0) {
        status = PSA_ERROR_INVALID_ARGUMENT;
    }
    memcpy(result, product + group->prefix, group->element_length);
    ZEROISE(product);
    ZEROISE(other);
    return status;
}

/* ---- Hash to element: PWE = (H(0, addresses) mod (q - 1) + 1) * PT ---- */

psa_status_t sw_sae_element_of_token(const struct sw_sae_group *group, uint8_t *element, const uint8_t *token,
                                     const uint8_t *a, const uint8_t *b)
{
    uint8_t addresses[2u * SW_SAE_ADDRESS_LENGTH], digest[SW_HASH_LENGTH_MAX];
    uint8_t q[SW_SAE_LENGTH_MAX], value[SW_SAE_LENGTH_MAX], one[SW_SAE_LENGTH_MAX] = { 0 };
    const struct sw_modulus modulus = { q, group->length };
    const struct sw_hash *hash = sw_hmac_hash(group->hash);
    struct sw_hmac_key hmac;
    if (hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    join_addresses(addresses, a, b);
    sw_hmac_expand(&hmac, hash, NULL, 0); /* the same as zeroes */
    sw_hmac_compute(&hmac, addresses, sizeof addresses, digest);
    sw_group_order(&group->group, q);
    q[group->length - 1u] ^= 1u; /* q is odd */
    sw_modular_reduce(modulus, value, digest, hash->length);
    q[group->length - 1u] ^= 1u;
    one[group->length - 1u] = 1;
    sw_modular_add(modulus, value, value, one);
    return sw_sae_multiply(group, element, value, token, NULL);
}

/* ---- Looping ---- */

struct looping {
    struct sw_hmac_key hmac; /* under the addresses */
    uint8_t seed[SW_HASH_LENGTH_MAX], prime[SW_SAE_LENGTH_MAX], value[SW_SAE_LENGTH_MAX], candidate[SW_SAE_ELEMENT_MAX];
};

/* The highest bits of the bytes as an integer. */
static void shift_right(uint8_t *bytes, size_t length, unsigned shift)
{
    for (size_t i = length; shift != 0 && i-- > 0;) {
        bytes[i] = (uint8_t)((bytes[i] >> shift) | (i != 0 ? bytes[i - 1u] << (8u - shift) : 0));
    }
}

/* pwd-seed = H(addresses, password || counter), pwd-value = KDF(pwd-seed, ..., p). */
static void make_value(struct looping *w, const struct sw_sae_group *group, const uint8_t *password, size_t password_length,
                       uint8_t counter)
{
    uint64_t state[SW_HASH_CONTEXT_MAX / 8u];
    sw_hmac_start(&w->hmac, state);
    sw_hmac_update(&w->hmac, state, password, password_length);
    sw_hmac_update(&w->hmac, state, &counter, 1);
    sw_hmac_finish(&w->hmac, state, w->seed);
    ZEROISE(state);
    sw_sae_kdf(w->hmac.hash, w->value, group->prime_bits, w->seed, "SAE Hunting and Pecking", w->prime, group->length);
    shift_right(w->value, group->length, 8u * group->length - group->prime_bits);
}

/* All rounds are gone through, each with the same work whatever comes of it; the first success is kept. */
static uint32_t loop(struct looping *w, const struct sw_sae_group *group, uint8_t *element, const uint8_t *password,
                     size_t password_length)
{
    uint32_t found = 0, found_public = 0;
    for (unsigned counter = 1; counter <= 255u && (counter <= group->kind->rounds || found_public == 0); counter++) {
        make_value(w, group, password, password_length, (uint8_t)counter);
        uint32_t valid = group->kind->candidate(group, w->candidate, w->value, w->seed[w->hmac.hash->length - 1u]);
        ct_copy_if(valid & ~found, element, w->candidate, group->element_length);
        found |= valid;
        found_public = found;
        CT_PUBLIC(&found_public, sizeof found_public); /* looked at when hardly any password has not found its own */
    }
    return found_public;
}

psa_status_t sw_sae_element_of_password(const struct sw_sae_group *group, uint8_t *element, const uint8_t *password,
                                        size_t password_length, const uint8_t *a, const uint8_t *b)
{
    uint8_t addresses[2u * SW_SAE_ADDRESS_LENGTH];
    struct looping w;
    const struct sw_hash *hash = sw_hmac_hash(PSA_ALG_SHA_256); /* whatever the group */
    if (hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    join_addresses(addresses, a, b);
    sw_hmac_expand(&w.hmac, hash, addresses, sizeof addresses);
    group->kind->prime(group, w.prime);
    uint32_t found = loop(&w, group, element, password, password_length);
    ZEROISE(w);
    return found != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

#endif
