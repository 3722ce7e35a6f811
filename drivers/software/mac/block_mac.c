/* SPDX-License-Identifier: Apache-2.0 */
#include "software/mac/block_mac.h"

#include "util/bytes.h"

#if SW_HAS_CMAC || PSA_WANT_ALG_CBC_MAC

#define KEY_OFFSET offsetof(struct sw_block_mac_key, key)

typedef char prepared_fits[sizeof(struct sw_block_mac_key) <= SW_MAC_EXPANDED_MAX ? 1 : -1];

/* These have no hash: its byte of the algorithm is zero. */
size_t sw_block_mac_length(psa_algorithm_t alg, psa_key_type_t type)
{
    const struct sw_block_cipher *cipher = sw_block_cipher_find(type);
    return cipher != NULL && (alg & 0xffu) == 0 ? cipher->block_length : 0;
}

size_t sw_block_mac_context_size(psa_algorithm_t alg, psa_key_type_t type)
{
    (void)alg;
    (void)type;
    return sizeof(struct sw_block_mac);
}

size_t sw_block_mac_prepared_size(psa_algorithm_t alg, psa_key_type_t type)
{
    (void)alg;
    return KEY_OFFSET + sw_block_cipher_find(type)->key_size;
}

psa_status_t sw_block_mac_prepare(void *prepared, psa_algorithm_t alg, const struct psacrypto_key *key)
{
    struct sw_block_mac_key *mac = prepared;
    const struct sw_block_cipher *cipher = sw_block_cipher_find(psa_get_key_type(key->attributes));

    (void)alg;
    if (!sw_block_key_length_ok(cipher, key->length)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    mac->cipher = cipher;
    memset(mac->subkeys, 0, sizeof mac->subkeys);
    cipher->expand(&mac->key, key->blob, key->length, 0);
    return PSA_SUCCESS;
}

void sw_block_mac_start(void *context, const void *prepared)
{
    (void)prepared;
    memset(context, 0, sizeof(struct sw_block_mac));
}

void sw_block_mac_update(void *context, const void *prepared, psa_algorithm_t alg, const uint8_t *input, size_t input_length)
{
    struct sw_block_mac *mac = context;
    const struct sw_block_mac_key *key = prepared;
    const size_t block = key->cipher->block_length;
    const size_t room = block - (size_t)mac->fill;

    (void)alg;
    if (input_length > room) {
        if (mac->fill != 0) {
            memcpy(mac->block + mac->fill, input, room);
            sw_block_cbc_mac(key->cipher, &key->key, mac->chain, mac->block, 1);
            input += room;
            input_length -= room;
            mac->fill = 0;
        }
        size_t whole = (input_length - 1u) / block; /* input_length is not 0: it was more than room */
        sw_block_cbc_mac(key->cipher, &key->key, mac->chain, input, whole);
        input += whole * block;
        input_length -= whole * block;
    }
    bytes_copy(mac->block + mac->fill, input, input_length);
    mac->fill += input_length;
}

void sw_block_mac_end(struct sw_block_mac *mac, const struct sw_block_mac_key *key, uint8_t *output)
{
    const size_t block = key->cipher->block_length;

    sw_block_xor(mac->chain, mac->chain, mac->block, block);
    key->cipher->encrypt(&key->key, mac->chain, output, 1);
}

#endif
