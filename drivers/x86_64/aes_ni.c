/* SPDX-License-Identifier: Apache-2.0 */
#include "x86_64/aes_ni.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <string.h>

#include "util/zeroise.h"
#include "x86_64/aes_ni_blocks.h"

/* ---- Key expansion (FIPS 197, 5.2) ---- */

/*
 * SubWord, which AESKEYGENASSIST does slowly: in a state whose four columns are equal ShiftRows changes nothing, so the last
 * round is SubBytes and the addition of rcon.
 */
INLINE_AES_NI __m128i sub_words(__m128i columns, int rcon)
{
    return _mm_aesenclast_si128(columns, _mm_set1_epi32(rcon));
}

/* The last word of x, turned by RotWord, in all columns. */
INLINE_AES_NI __m128i rotated_last(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set1_epi32(0x0C0F0E0D));
}

/* Each word of the next round key is the sum of all before it in this one, and t. */
INLINE_AES_NI __m128i next_key(__m128i x, __m128i t)
{
    x = _mm_xor_si128(x, _mm_slli_si128(x, 4));
    x = _mm_xor_si128(x, _mm_slli_si128(x, 8));
    return _mm_xor_si128(x, t);
}

INLINE_AES_NI void expand_128(__m128i *round_keys, const uint8_t *bytes)
{
    __m128i x = load_block(bytes);
    int rcon = 1;

    _mm_storeu_si128(round_keys, x);
    for (unsigned i = 1; i <= 10; i++) {
        x = next_key(x, sub_words(rotated_last(x), rcon));
        _mm_storeu_si128(round_keys + i, x);
        rcon = i == 8 ? 0x1B : rcon << 1;
    }
}

/* Words of six, and so across the round keys: one at a time. */
INLINE_AES_NI void expand_192(__m128i *round_keys, const uint8_t *bytes)
{
    uint32_t words[4 * 13];
    int rcon = 1;

    memcpy(words, bytes, 24);
    for (unsigned i = 6; i < 4 * 13; i++) {
        uint32_t word = words[i - 1];
        if (i % 6 == 0) {
            word = word >> 8 | word << 24;
            word = (uint32_t)_mm_cvtsi128_si32(sub_words(_mm_set1_epi32((int)word), rcon));
            rcon <<= 1;
        }
        words[i] = words[i - 6] ^ word;
    }
    memcpy(round_keys, words, sizeof(words));
    zeroise(words, sizeof(words));
}

INLINE_AES_NI void expand_256(__m128i *round_keys, const uint8_t *bytes)
{
    __m128i even = load_block(bytes), odd = load_block(bytes + 16);

    _mm_storeu_si128(round_keys, even);
    _mm_storeu_si128(round_keys + 1, odd);
    for (unsigned i = 2; i <= 14; i += 2) {
        even = next_key(even, sub_words(rotated_last(odd), 1 << (i / 2 - 1)));
        _mm_storeu_si128(round_keys + i, even);
        if (i < 14) {
            odd = next_key(odd, sub_words(_mm_shuffle_epi32(even, 0xFF), 0));
            _mm_storeu_si128(round_keys + i + 1, odd);
        }
    }
}

TARGET_AES_NI void aes_ni_expand(struct aes_key *key, const uint8_t *bytes, size_t key_length, int with_decrypt)
{
    __m128i *round_keys = (__m128i *)(void *)key->words;

    key->rounds = (uint32_t)(key_length / 4) + 6;
    if (key_length == 16) {
        expand_128(round_keys, bytes);
    } else if (key_length == 24) {
        expand_192(round_keys, bytes);
    } else {
        expand_256(round_keys, bytes);
    }
    if (!with_decrypt) {
        return;
    }
    __m128i *inverse = round_keys + 15;
    _mm_storeu_si128(inverse, encrypt_key(key, key->rounds));
    for (uint32_t i = 1; i < key->rounds; i++) {
        _mm_storeu_si128(inverse + i, _mm_aesimc_si128(encrypt_key(key, key->rounds - i)));
    }
    _mm_storeu_si128(inverse + key->rounds, encrypt_key(key, 0));
}

/* ---- Blocks, and modes that run in parallel ---- */

TARGET_AES_NI void aes_ni_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    for (; count >= 8; count -= 8) {
        __m128i x[8];
#define DO(i) x[i] = load_block(input + 16 * (i));
        EACH_OF_8(DO)
#undef DO
        encrypt_8(key, x);
#define DO(i) store_block(output + 16 * (i), x[i]);
        EACH_OF_8(DO)
#undef DO
        input += 128;
        output += 128;
    }
    for (; count >= 2; count -= 2) {
        __m128i a = load_block(input), b = load_block(input + 16);
        encrypt_2(key, &a, &b);
        store_block(output, a);
        store_block(output + 16, b);
        input += 32;
        output += 32;
    }
    if (count != 0) {
        store_block(output, encrypt_1(key, load_block(input)));
    }
}

TARGET_AES_NI void aes_ni_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    for (; count >= 8; count -= 8) {
        __m128i x[8];
#define DO(i) x[i] = load_block(input + 16 * (i));
        EACH_OF_8(DO)
#undef DO
        decrypt_8(key, x);
#define DO(i) store_block(output + 16 * (i), x[i]);
        EACH_OF_8(DO)
#undef DO
        input += 128;
        output += 128;
    }
    for (; count != 0; count--) {
        store_block(output, decrypt_1(key, load_block(input)));
        input += 16;
        output += 16;
    }
}

TARGET_AES_NI void aes_ni_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    __m128i previous = load_block(iv);

    for (; count >= 8; count -= 8) {
        __m128i x[8];
#define DO(i) x[i] = load_block(input + 16 * (i));
        EACH_OF_8(DO)
#undef DO
        decrypt_8(key, x);
        /* the last ciphertext block first: the output may lie over it */
        const __m128i last = load_block(input + 112);
        x[0] = _mm_xor_si128(x[0], previous);
#define DO(i) x[(i) + 1] = _mm_xor_si128(x[(i) + 1], load_block(input + 16 * (i)));
        DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6)
#undef DO
#define DO(i) store_block(output + 16 * (i), x[i]);
        EACH_OF_8(DO)
#undef DO
        previous = last;
        input += 128;
        output += 128;
    }
    for (; count != 0; count--) {
        const __m128i x = load_block(input);
        store_block(output, _mm_xor_si128(decrypt_1(key, x), previous));
        previous = x;
        input += 16;
        output += 16;
    }
    store_block(iv, previous);
}

/* The counter, as a vector with its bytes reversed, so that the number is in the lowest lane. */
TARGET_AES_NI void aes_ni_ctr32(const struct aes_key *key, uint8_t counter[16],
                                const uint8_t *input, uint8_t *output, size_t count)
{
    const __m128i one = _mm_set_epi32(0, 0, 0, 1);
    __m128i value = reverse_bytes(load_block(counter));

    for (; count >= 8; count -= 8) {
        __m128i x[8];
#define DO(i) x[i] = reverse_bytes(_mm_add_epi32(value, _mm_set_epi32(0, 0, 0, i)));
        EACH_OF_8(DO)
#undef DO
        encrypt_8(key, x);
#define DO(i) store_block(output + 16 * (i), _mm_xor_si128(x[i], load_block(input + 16 * (i))));
        EACH_OF_8(DO)
#undef DO
        value = _mm_add_epi32(value, _mm_set_epi32(0, 0, 0, 8));
        input += 128;
        output += 128;
    }
    for (; count >= 2; count -= 2) {
        const __m128i next = _mm_add_epi32(value, one);
        __m128i a = reverse_bytes(value), b = reverse_bytes(next);
        encrypt_2(key, &a, &b);
        a = _mm_xor_si128(a, load_block(input));
        b = _mm_xor_si128(b, load_block(input + 16));
        store_block(output, a);
        store_block(output + 16, b);
        value = _mm_add_epi32(next, one);
        input += 32;
        output += 32;
    }
    if (count != 0) {
        store_block(output, _mm_xor_si128(encrypt_1(key, reverse_bytes(value)), load_block(input)));
        value = _mm_add_epi32(value, one);
    }
    store_block(counter, reverse_bytes(value));
}

/* ---- Modes whose blocks depend on each other ---- */

/*
 * A chain x = E(x ^ text) waits for each instruction. So the next text and the first round key are added with the last round
 * key, apart from the chain: its value between blocks is x ^ text ^ k0, and never x itself.
 */
struct chain {
    __m128i value;
    __m128i last;        /* the last round key */
    __m128i last_first;  /* and with it the first one */
};

INLINE_AES_NI struct chain chain_begin(const struct aes_key *key, __m128i x, __m128i text)
{
    struct chain chain;
    const __m128i first = encrypt_key(key, 0);

    chain.last = encrypt_key(key, key->rounds);
    chain.last_first = _mm_xor_si128(chain.last, first);
    chain.value = _mm_xor_si128(_mm_xor_si128(x, first), text);
    return chain;
}

INLINE_AES_NI void chain_rounds(const struct aes_key *key, struct chain *chain)
{
    for (uint32_t round = 1; round < key->rounds; round++) {
        chain->value = _mm_aesenc_si128(chain->value, encrypt_key(key, round));
    }
}

/* The same, and a block of key stream beside it. */
INLINE_AES_NI __m128i chain_rounds_with(const struct aes_key *key, struct chain *chain, __m128i counter)
{
    __m128i stream = _mm_xor_si128(counter, encrypt_key(key, 0));

    for (uint32_t round = 1; round < key->rounds; round++) {
        const __m128i k = encrypt_key(key, round);
        chain->value = _mm_aesenc_si128(chain->value, k);
        stream = _mm_aesenc_si128(stream, k);
    }
    return _mm_aesenclast_si128(stream, chain->last);
}

INLINE_AES_NI __m128i chain_end(const struct chain *chain)
{
    return _mm_aesenclast_si128(chain->value, chain->last);
}

INLINE_AES_NI void chain_next(struct chain *chain, __m128i text)
{
    chain->value = _mm_aesenclast_si128(chain->value, _mm_xor_si128(chain->last_first, text));
}

TARGET_AES_NI void aes_ni_cbc_encrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    if (count == 0) {
        return;
    }
    struct chain chain = chain_begin(key, load_block(iv), load_block(input));
    for (; count > 1; count--) {
        const __m128i text = load_block(input + 16);
        chain_rounds(key, &chain);
        store_block(output, chain_end(&chain));
        chain_next(&chain, text);
        input += 16;
        output += 16;
    }
    chain_rounds(key, &chain);
    store_block(output, chain_end(&chain));
    store_block(iv, chain_end(&chain));
}

TARGET_AES_NI void aes_ni_ccm_encrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                                      uint8_t *output, size_t count)
{
    const __m128i one = _mm_set_epi64x(0, 1);
    __m128i value = reverse_bytes(load_block(counter));

    if (count == 0) {
        return;
    }
    __m128i text = load_block(input);
    struct chain chain = chain_begin(key, load_block(mac), text);
    for (; count > 1; count--) {
        const __m128i next = load_block(input + 16);
        const __m128i stream = chain_rounds_with(key, &chain, reverse_bytes(value));
        chain_next(&chain, next);
        store_block(output, _mm_xor_si128(text, stream));
        text = next;
        value = _mm_add_epi64(value, one);
        input += 16;
        output += 16;
    }
    store_block(output, _mm_xor_si128(text, chain_rounds_with(key, &chain, reverse_bytes(value))));
    store_block(counter, reverse_bytes(_mm_add_epi64(value, one)));
    store_block(mac, chain_end(&chain));
}

/* The key stream runs two blocks ahead of the MAC: the next text must be known when a block of the chain ends. */
TARGET_AES_NI void aes_ni_ccm_decrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                                      uint8_t *output, size_t count)
{
    const __m128i one = _mm_set_epi64x(0, 1);
    __m128i value = reverse_bytes(load_block(counter));
    __m128i stream = load_block(counter), ahead = reverse_bytes(_mm_add_epi64(value, one));

    if (count == 0) {
        return;
    }
    encrypt_2(key, &stream, &ahead);
    __m128i text = _mm_xor_si128(load_block(input), stream);
    struct chain chain = chain_begin(key, load_block(mac), text);
    for (; count > 1; count--) {
        const __m128i next = _mm_xor_si128(load_block(input + 16), ahead);
        value = _mm_add_epi64(value, one);
        ahead = chain_rounds_with(key, &chain, reverse_bytes(_mm_add_epi64(value, one)));
        chain_next(&chain, next);
        if (output != NULL) {
            store_block(output, text);
            output += 16;
        }
        text = next;
        input += 16;
    }
    chain_rounds(key, &chain);
    if (output != NULL) {
        store_block(output, text);
    }
    store_block(counter, reverse_bytes(_mm_add_epi64(value, one)));
    store_block(mac, chain_end(&chain));
}

#endif
