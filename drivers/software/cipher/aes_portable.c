/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES (FIPS 197) without tables: four blocks at once, bitsliced over eight words of 64 bits. Plane i holds bit i of all 64
 * bytes; the byte in row r and column c of block b (byte r + 4c of that block) is bit 16r + 4c + b of each plane. So a row is
 * a field of 16 bits, ShiftRows rotates within the fields, and MixColumns rotates whole words by 16.
 */
#include "software/cipher/aes_portable.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#define BLOCK 16u
#define LANES 4u

/* The four bytes of a column to the low halves of the four row fields. */
static inline uint64_t spread(uint32_t column)
{
    uint64_t x = column;
    x = (x | (x << 16)) & 0x0000FFFF0000FFFFu;
    return (x | (x << 8)) & 0x00FF00FF00FF00FFu;
}

static inline uint32_t gather(uint64_t x)
{
    x &= 0x00FF00FF00FF00FFu;
    x = (x | (x >> 8)) & 0x0000FFFF0000FFFFu;
    return (uint32_t)(x | (x >> 16));
}

/* Word b gets columns 0 and 2 of block b, word 4 + b columns 1 and 3: after the transposition bit 4c + b of the field. */
static inline void load_block(uint64_t q[8], unsigned b, const uint8_t *block)
{
    q[b] = spread(load32_le(block)) | (spread(load32_le(block + 8)) << 8);
    q[4 + b] = spread(load32_le(block + 4)) | (spread(load32_le(block + 12)) << 8);
}

static inline void store_block(const uint64_t q[8], unsigned b, uint8_t *block)
{
    store32_le(block, gather(q[b]));
    store32_le(block + 4, gather(q[4 + b]));
    store32_le(block + 8, gather(q[b] >> 8));
    store32_le(block + 12, gather(q[4 + b] >> 8));
}

static inline void add_round_key(uint64_t q[8], const uint64_t *round_key)
{
    for (unsigned i = 0; i < 8; i++) {
        q[i] ^= round_key[i];
    }
}

/* FIPS 197, 5.1.2: row r moves left by r columns, that is, its field turns right by 4r bits. */
static inline void shift_rows(uint64_t q[8])
{
    for (unsigned i = 0; i < 8; i++) {
        const uint64_t x = q[i];
        q[i] = (x & 0x000000000000FFFFu)
             | ((x & 0x00000000FFF00000u) >> 4) | ((x & 0x00000000000F0000u) << 12)
             | ((x & 0x0000FF0000000000u) >> 8) | ((x & 0x000000FF00000000u) << 8)
             | ((x & 0xF000000000000000u) >> 12) | ((x & 0x0FFF000000000000u) << 4);
    }
}

static inline void inverse_shift_rows(uint64_t q[8])
{
    for (unsigned i = 0; i < 8; i++) {
        const uint64_t x = q[i];
        q[i] = (x & 0x000000000000FFFFu)
             | ((x & 0x000000000FFF0000u) << 4) | ((x & 0x00000000F0000000u) >> 12)
             | ((x & 0x000000FF00000000u) << 8) | ((x & 0x0000FF0000000000u) >> 8)
             | ((x & 0x000F000000000000u) << 12) | ((x & 0xFFF0000000000000u) >> 4);
    }
}

/* 5.1.3: s_r = 2 (s_r + s_(r+1)) + s_(r+1) + (s_(r+2) + s_(r+3)). Doubling moves plane i to i + 1 and adds plane 7, which
 * stands for x^8 = x^4 + x^3 + x + 1, to planes 0, 1, 3 and 4. */
static inline void mix_columns(uint64_t q[8])
{
    uint64_t next[8], pair[8];

    for (unsigned i = 0; i < 8; i++) {
        next[i] = rotr64(q[i], 16);
        pair[i] = q[i] ^ next[i];
    }
    for (unsigned i = 0; i < 8; i++) {
        q[i] = next[i] ^ rotr64(pair[i], 32) ^ pair[(i + 7) % 8];
    }
    q[1] ^= pair[7];
    q[3] ^= pair[7];
    q[4] ^= pair[7];
}

/* 5.3.3. The matrix (14, 11, 13, 9) is that of mix_columns after s_r += 4 (s_r + s_(r+2)). */
static inline void inverse_mix_columns(uint64_t q[8])
{
    uint64_t u[8];

    for (unsigned i = 0; i < 8; i++) {
        u[i] = q[i] ^ rotr64(q[i], 32);
    }
    /* 4 u: planes up by two; u7 (x^9) adds to 1, 2, 4, 5 and u6 (x^8) to 0, 1, 3, 4. */
    q[0] ^= u[6];
    q[1] ^= u[6] ^ u[7];
    q[2] ^= u[0] ^ u[7];
    q[3] ^= u[1] ^ u[6];
    q[4] ^= u[2] ^ u[6] ^ u[7];
    q[5] ^= u[3] ^ u[7];
    q[6] ^= u[4];
    q[7] ^= u[5];
    mix_columns(q);
}

static void encrypt_planes(const struct aes_key *key, uint64_t q[8])
{
    add_round_key(q, key->words);
    for (uint32_t round = 1; round < key->rounds; round++) {
        aes_portable_sbox(q);
        shift_rows(q);
        mix_columns(q);
        add_round_key(q, key->words + 8u * round);
    }
    aes_portable_sbox(q);
    shift_rows(q);
    add_round_key(q, key->words + 8u * key->rounds);
}

static void decrypt_planes(const struct aes_key *key, uint64_t q[8])
{
    add_round_key(q, key->words + 8u * key->rounds);
    for (uint32_t round = key->rounds - 1u; round > 0; round--) {
        inverse_shift_rows(q);
        aes_portable_inverse_sbox(q);
        add_round_key(q, key->words + 8u * round);
        inverse_mix_columns(q);
    }
    inverse_shift_rows(q);
    aes_portable_inverse_sbox(q);
    add_round_key(q, key->words);
}

/* Up to four blocks; lanes that have no block hold zeros. */
static void process(void (*planes)(const struct aes_key *key, uint64_t q[8]), const struct aes_key *key,
                    const uint8_t *input, uint8_t *output, size_t count)
{
    uint64_t q[8];

    while (count != 0) {
        const size_t lanes = count < LANES ? count : LANES;
        if (lanes < LANES) {
            memset(q, 0, sizeof(q));
        }
        for (unsigned b = 0; b < lanes; b++) {
            load_block(q, b, input + BLOCK * b);
        }
        aes_portable_transpose(q);
        planes(key, q);
        aes_portable_transpose(q);
        for (unsigned b = 0; b < lanes; b++) {
            store_block(q, b, output + BLOCK * b);
        }
        input += BLOCK * lanes;
        output += BLOCK * lanes;
        count -= lanes;
    }
    ZEROISE(q);
}

void aes_portable_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    process(encrypt_planes, key, input, output, count);
}

void aes_portable_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count)
{
    process(decrypt_planes, key, input, output, count);
}

/* SubWord of FIPS 197, 5.2: the four bytes go through the circuit like any others. */
static uint32_t sub_word(uint32_t word)
{
    uint64_t q[8] = { 0 };

    q[0] = spread(word);
    aes_portable_transpose(q);
    aes_portable_sbox(q);
    aes_portable_transpose(q);
    word = gather(q[0]);
    ZEROISE(q);
    return word;
}

/* 5.2, with words in little-endian order: RotWord turns right by 8, and Rcon stands in the low byte. */
static void expand_words(uint32_t *words, size_t count, const uint8_t *bytes, size_t key_words)
{
    uint32_t rcon = 1;

    for (size_t i = 0; i < key_words; i++) {
        words[i] = load32_le(bytes + 4 * i);
    }
    for (size_t i = key_words; i < count; i++) {
        uint32_t word = words[i - 1];
        if (i % key_words == 0) {
            word = sub_word(rotr32(word, 8)) ^ rcon;
            rcon = (rcon << 1) ^ (0x11Bu & (0u - (rcon >> 7)));
        } else if (key_words == 8 && i % key_words == 4) {
            word = sub_word(word);
        }
        words[i] = words[i - key_words] ^ word;
    }
}

void aes_portable_expand(struct aes_key *key, const uint8_t *bytes, size_t key_length, int with_decrypt)
{
    uint32_t words[4 * 15];
    const size_t key_words = key_length / 4;

    (void)with_decrypt; /* the inverse cipher uses the same round keys in the other order */
    key->rounds = (uint32_t)key_words + 6;
    expand_words(words, 4 * ((size_t)key->rounds + 1), bytes, key_words);
    for (uint32_t round = 0; round <= key->rounds; round++) {
        uint64_t *q = key->words + 8 * round;
        for (unsigned b = 0; b < LANES; b++) {
            q[b] = spread(words[4 * round]) | (spread(words[4 * round + 2]) << 8);
            q[4 + b] = spread(words[4 * round + 1]) | (spread(words[4 * round + 3]) << 8);
        }
        aes_portable_transpose(q);
    }
    ZEROISE(words);
}
