/* SPDX-License-Identifier: Apache-2.0 */
/* SM4 (GB/T 32907-2016; draft-ribose-cfrg-sm4-10), sixteen blocks at once: a word of each makes 64 bytes for the S-box. */
#include "software/cipher/block_cipher.h"
#include "software/cipher/sm4.h"
#include "software/kernels_sboxes.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_KEY_TYPE_SM4

#define LANES 16u
#define ROUNDS 32u

struct sm4_key {
    uint32_t forth[ROUNDS], back[ROUNDS];
};
STATIC_ASSERT(sizeof(struct sm4_key) <= sizeof(struct sw_block_key), sm4_key_fits);

/* 6.2.1. */
static const struct sw_sbox sbox = {
    SM4_IN, SM4_OUT, SM4_OUT_OF_AES, SM4_IN_CONSTANT, SM4_OUT_CONSTANT, SM4_OUT_OF_AES_CONSTANT,
};

static void substitute(uint32_t words[LANES])
{
    sw_kernels.substitute(&sbox, (uint8_t *)words); /* byte by byte: the order in memory does not matter */
}

/* 6.1: x_i ^= L(tau(x_(i+1) + x_(i+2) + x_(i+3) + rk)). */
static void round_of(uint32_t a[LANES], const uint32_t b[LANES], const uint32_t c[LANES], const uint32_t d[LANES], uint32_t round_key)
{
    uint32_t t[LANES];

    for (unsigned i = 0; i < LANES; i++) {
        t[i] = b[i] ^ c[i] ^ d[i] ^ round_key;
    }
    substitute(t);
    for (unsigned i = 0; i < LANES; i++) {
        a[i] ^= t[i] ^ rotl32(t[i], 2) ^ rotl32(t[i], 10) ^ rotl32(t[i], 18) ^ rotl32(t[i], 24);
    }
}

static void some_blocks(const uint32_t round_keys[ROUNDS], const uint8_t *input, uint8_t *output, size_t count)
{
    uint32_t x[4][LANES] = { { 0 } };

    for (size_t i = 0; i < count; i++) {
        for (unsigned j = 0; j < 4; j++) {
            x[j][i] = load32_be(input + 16 * i + 4 * j);
        }
    }
    for (unsigned round = 0; round < ROUNDS; round += 4) {
        round_of(x[0], x[1], x[2], x[3], round_keys[round]);
        round_of(x[1], x[2], x[3], x[0], round_keys[round + 1]);
        round_of(x[2], x[3], x[0], x[1], round_keys[round + 2]);
        round_of(x[3], x[0], x[1], x[2], round_keys[round + 3]);
    }
    for (size_t i = 0; i < count; i++) {
        for (unsigned j = 0; j < 4; j++) {
            store32_be(output + 16 * i + 4 * j, x[3 - j][i]);
        }
    }
    ZEROISE(x);
}

void sm4_portable(const uint32_t round_keys[ROUNDS], const uint8_t *input, uint8_t *output, size_t count)
{
    while (count != 0) {
        const size_t n = count < LANES ? count : LANES;
        some_blocks(round_keys, input, output, n);
        input += 16 * n;
        output += 16 * n;
        count -= n;
    }
}

static void encrypt(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct sm4_key *key = memory;
    sw_kernels.sm4(key->forth, input, output, count);
}

static void decrypt(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct sm4_key *key = memory;
    sw_kernels.sm4(key->back, input, output, count);
}

/* Section 7: FK; CK_(i,j) = 7 (4 i + j) modulo 256; L'(x) = x + (x <<< 13) + (x <<< 23). */
static void expand(void *memory, const uint8_t *bytes, size_t key_length, int with_decrypt)
{
    static const uint32_t fk[4] = { 0xA3B1BAC6u, 0x56AA3350u, 0x677D9197u, 0xB27022DCu };
    struct sm4_key *key = memory;
    uint32_t k[4], t[LANES] = { 0 };

    (void)key_length;
    (void)with_decrypt;
    for (unsigned i = 0; i < 4; i++) {
        k[i] = load32_be(bytes + 4 * i) ^ fk[i];
    }
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint32_t ck = 0;
        for (unsigned j = 0; j < 4; j++) {
            ck = ck << 8 | (7u * (4u * i + j) & 0xFFu);
        }
        t[0] = k[(i + 1) % 4] ^ k[(i + 2) % 4] ^ k[(i + 3) % 4] ^ ck;
        substitute(t);
        k[i % 4] ^= t[0] ^ rotl32(t[0], 13) ^ rotl32(t[0], 23);
        key->forth[i] = k[i % 4];
        key->back[ROUNDS - 1 - i] = k[i % 4];
    }
    ZEROISE(k);
    ZEROISE(t);
}

const struct sw_block_cipher sw_sm4 = {
    .type = PSA_KEY_TYPE_SM4,
    .block_length = 16,
    .key_lengths = 1u << 2,
    .key_size = sizeof(struct sm4_key),
    .expand = expand,
    .encrypt = encrypt,
    .decrypt = decrypt,
};

#endif
