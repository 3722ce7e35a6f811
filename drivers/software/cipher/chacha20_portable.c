/* SPDX-License-Identifier: Apache-2.0 */
#include "software/cipher/chacha20.h"

#include "util/bytes.h"
#include "util/zeroise.h"

void chacha20_init(uint32_t state[16], const uint8_t key[32], uint32_t counter, const uint8_t nonce[12])
{
    /* "expand 32-byte k" */
    state[0] = 0x61707865u;
    state[1] = 0x3320646Eu;
    state[2] = 0x79622D32u;
    state[3] = 0x6B206574u;
    for (unsigned i = 0; i < 8; i++) {
        state[4 + i] = load32_le(key + 4 * i);
    }
    state[12] = counter;
    for (unsigned i = 0; i < 3; i++) {
        state[13 + i] = load32_le(nonce + 4 * i);
    }
}

/* RFC 8439, 2.1. */
static inline void quarter_round(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d)
{
    *a += *b;
    *d = rotl32(*d ^ *a, 16);
    *c += *d;
    *b = rotl32(*b ^ *c, 12);
    *a += *b;
    *d = rotl32(*d ^ *a, 8);
    *c += *d;
    *b = rotl32(*b ^ *c, 7);
}

static void twenty_rounds(uint32_t x[16])
{
    for (unsigned i = 0; i < 10; i++) {
        quarter_round(&x[0], &x[4], &x[8], &x[12]);
        quarter_round(&x[1], &x[5], &x[9], &x[13]);
        quarter_round(&x[2], &x[6], &x[10], &x[14]);
        quarter_round(&x[3], &x[7], &x[11], &x[15]);
        quarter_round(&x[0], &x[5], &x[10], &x[15]);
        quarter_round(&x[1], &x[6], &x[11], &x[12]);
        quarter_round(&x[2], &x[7], &x[8], &x[13]);
        quarter_round(&x[3], &x[4], &x[9], &x[14]);
    }
}

void hchacha20(uint8_t subkey[32], const uint8_t key[32], const uint8_t nonce[16])
{
    uint32_t x[16];

    chacha20_init(x, key, load32_le(nonce), nonce + 4);
    twenty_rounds(x);
    for (unsigned i = 0; i < 4; i++) {
        store32_le(subkey + 4 * i, x[i]);
        store32_le(subkey + 16 + 4 * i, x[12 + i]);
    }
    ZEROISE(x);
}

void chacha20_portable(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count)
{
    uint32_t x[16];

    for (; count != 0; count--) {
        memcpy(x, state, sizeof(x));
        twenty_rounds(x);
        for (unsigned i = 0; i < 16; i++) {
            store32_le(output + 4 * i, load32_le(input + 4 * i) ^ (x[i] + state[i]));
        }
        state[12]++;
        input += CHACHA20_BLOCK;
        output += CHACHA20_BLOCK;
    }
    ZEROISE(x);
}
