/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ARIA (RFC 5794), sixteen blocks at once. State and round keys keep the bytes of a block whose place is the same modulo four
 * next to each other, as they have the same S-box: byte p of a block is byte 4 (p mod 4) + p / 4. A state has of each such byte
 * those of all blocks in a row, so that 64 bytes in a row go through one S-box.
 */
#include "software/cipher/aria.h"
#include "software/cipher/block_cipher.h"
#include "software/kernels_sboxes.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_KEY_TYPE_ARIA

#define LANES 16u
#define ROUNDS_MAX 16u
#define PLACE(p) (4u * ((p) % 4u) + (p) / 4u)

struct aria_key {
    uint32_t rounds; /* 12, 14 or 16 */
    uint32_t reserved;
    uint8_t forth[ROUNDS_MAX + 1][16], back[ROUNDS_MAX + 1][16];
};
STATIC_ASSERT(sizeof(struct aria_key) <= sizeof(struct sw_block_key), aria_key_fits);
STATIC_ASSERT(ROUNDS_MAX <= LANES, aria_round_keys_fit_a_state);

/* [place][block]. */
struct state {
    uint8_t bytes[16][LANES];
};

/* 2.4.2: S1 is that of AES; S2(x) = B x^247 + b; their inverses. By place: S-box layer 1 (odd rounds) takes these in order,
 * layer 2 begins with the third. */
static const struct sw_sbox sboxes[4] = {
    { SBOX_IDENTITY, ARIA_S1_OUT, SBOX_IDENTITY, 0x00, ARIA_S1_OUT_CONSTANT, 0x00 },
    { SBOX_IDENTITY, ARIA_S2_OUT, ARIA_S2_OUT_OF_AES, 0x00, ARIA_S2_OUT_CONSTANT, ARIA_S2_OUT_OF_AES_CONSTANT },
    { ARIA_S1_INVERSE_IN, SBOX_IDENTITY, 0xA44992254A942952, ARIA_S1_INVERSE_IN_CONSTANT, 0x00, 0x05 },
    { ARIA_S2_INVERSE_IN, SBOX_IDENTITY, 0xA44992254A942952, ARIA_S2_INVERSE_IN_CONSTANT, 0x00, 0x05 },
};

/* 2.4.3: byte p of the result is the sum of these. */
static const uint8_t diffusion[16][7] = {
    { 3, 4, 6, 8, 9, 13, 14 },  { 2, 5, 7, 8, 9, 12, 15 },   { 1, 4, 6, 10, 11, 12, 15 }, { 0, 5, 7, 10, 11, 13, 14 },
    { 0, 2, 5, 8, 11, 14, 15 }, { 1, 3, 4, 9, 10, 14, 15 },  { 0, 2, 7, 9, 10, 12, 13 },  { 1, 3, 6, 8, 11, 12, 13 },
    { 0, 1, 4, 7, 10, 13, 15 }, { 0, 1, 5, 6, 11, 12, 14 },  { 2, 3, 5, 6, 8, 13, 15 },   { 2, 3, 4, 7, 9, 12, 14 },
    { 1, 2, 6, 7, 9, 11, 12 },  { 0, 3, 6, 7, 8, 10, 13 },   { 0, 3, 4, 5, 9, 11, 14 },   { 1, 2, 4, 5, 8, 10, 15 },
};

static void add_round_key(struct state *state, const uint8_t round_key[16])
{
    for (unsigned place = 0; place < 16; place++) {
        for (unsigned i = 0; i < LANES; i++) {
            state->bytes[place][i] ^= round_key[place];
        }
    }
}

/* layer: 0 in odd rounds, 2 in even ones. */
static void substitute(struct state *state, unsigned layer)
{
    for (unsigned i = 0; i < 4; i++) {
        sw_kernels.substitute(&sboxes[(i + layer) % 4], state->bytes[4 * i]);
    }
}

static void diffuse(struct state *state)
{
    struct state sums;

    for (unsigned p = 0; p < 16; p++) {
        uint8_t *sum = sums.bytes[PLACE(p)];
        memcpy(sum, state->bytes[PLACE(diffusion[p][0])], LANES);
        for (unsigned i = 1; i < 7; i++) {
            sw_block_xor(sum, sum, state->bytes[PLACE(diffusion[p][i])], LANES);
        }
    }
    *state = sums;
    ZEROISE(sums);
}

/* 2.3: the last round adds a key in place of the diffusion. */
static void all_rounds(struct state *state, const uint8_t *round_keys, uint32_t rounds)
{
    for (uint32_t round = 0; round < rounds; round++) {
        add_round_key(state, round_keys + 16 * round);
        substitute(state, 2 * (round % 2));
        if (round + 1 < rounds) {
            diffuse(state);
        }
    }
    add_round_key(state, round_keys + 16 * rounds);
}

void aria_portable(const uint8_t *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count)
{
    struct state state;

    memset(&state, 0, sizeof(state));
    while (count != 0) {
        const size_t n = count < LANES ? count : LANES;
        for (size_t i = 0; i < 16 * n; i++) {
            state.bytes[PLACE(i % 16)][i / 16] = input[i];
        }
        all_rounds(&state, round_keys, rounds);
        for (size_t i = 0; i < 16 * n; i++) {
            output[i] = state.bytes[PLACE(i % 16)][i / 16];
        }
        input += 16 * n;
        output += 16 * n;
        count -= n;
    }
    ZEROISE(state);
}

static void encrypt(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct aria_key *key = memory;
    sw_kernels.aria((const uint8_t *)key->forth, key->rounds, input, output, count);
}

static void decrypt(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct aria_key *key = memory;
    sw_kernels.aria((const uint8_t *)key->back, key->rounds, input, output, count);
}

/* ---- Key schedule (2.2) ---- */

struct wide {
    uint64_t high, low;
};

static struct wide sum(struct wide a, struct wide b)
{
    const struct wide x = { a.high ^ b.high, a.low ^ b.low };
    return x;
}

/* Right by n bits, n no multiple of 64. */
static struct wide turned(struct wide x, unsigned n)
{
    if (n >= 64) {
        const struct wide y = { x.low, x.high };
        x = y;
        n -= 64;
    }
    const struct wide y = { x.high >> n | x.low << (64 - n), x.low >> n | x.high << (64 - n) };
    return y;
}

static void to_bytes(uint8_t bytes[16], struct wide x)
{
    store64_be(bytes, x.high);
    store64_be(bytes + 8, x.low);
}

/* FO (layer 0) or FE (layer 2) of the 2.3: one round on one block. */
static struct wide one_round(struct wide x, struct wide round_key, unsigned layer)
{
    struct state state;
    uint8_t bytes[16];

    memset(&state, 0, sizeof(state));
    to_bytes(bytes, sum(x, round_key));
    for (unsigned p = 0; p < 16; p++) {
        state.bytes[PLACE(p)][0] = bytes[p];
    }
    substitute(&state, layer);
    diffuse(&state);
    for (unsigned p = 0; p < 16; p++) {
        bytes[p] = state.bytes[PLACE(p)][0];
    }
    const struct wide y = { load64_be(bytes), load64_be(bytes + 8) };
    ZEROISE(state);
    ZEROISE(bytes);
    return y;
}

static void load_key(struct wide w[4], const uint8_t *bytes, size_t key_length)
{
    static const struct wide constants[3] = {
        { 0x517CC1B727220A94u, 0xFE13ABE8FA9A6EE0u }, { 0x6DB14ACC9E21C820u, 0xFF28B1D5EF5DE2B0u },
        { 0xDB92371D2126E970u, 0x0324977504E8C90Eu },
    };
    const size_t first = key_length / 8 - 2; /* the order of the constants begins elsewhere for longer keys */
    struct wide right = { 0, 0 };

    w[0].high = load64_be(bytes);
    w[0].low = load64_be(bytes + 8);
    if (key_length > 16) {
        right.high = load64_be(bytes + 16);
        right.low = key_length == 32 ? load64_be(bytes + 24) : 0;
    }
    w[1] = sum(one_round(w[0], constants[first], 0), right);
    w[2] = sum(one_round(w[1], constants[(first + 1) % 3], 2), w[0]);
    w[3] = sum(one_round(w[2], constants[(first + 2) % 3], 0), w[1]);
    ZEROISE(right);
}

static void store_round_key(uint8_t round_key[16], struct wide x)
{
    uint8_t bytes[16];

    to_bytes(bytes, x);
    for (unsigned p = 0; p < 16; p++) {
        round_key[PLACE(p)] = bytes[p];
    }
    ZEROISE(bytes);
}

/* The equivalent inverse (2.2): the same keys from the last to the first, those between behind the diffusion, all in one state. */
static void expand_back(struct aria_key *key)
{
    const uint32_t rounds = key->rounds;
    struct state state;

    memset(&state, 0, sizeof(state));
    for (uint32_t i = 1; i < rounds; i++) {
        for (unsigned place = 0; place < 16; place++) {
            state.bytes[place][i] = key->forth[rounds - i][place];
        }
    }
    diffuse(&state);
    for (uint32_t i = 1; i < rounds; i++) {
        for (unsigned place = 0; place < 16; place++) {
            key->back[i][place] = state.bytes[place][i];
        }
    }
    memcpy(key->back[0], key->forth[rounds], 16);
    memcpy(key->back[rounds], key->forth[0], 16);
    ZEROISE(state);
}

static void expand(void *memory, const uint8_t *bytes, size_t key_length, int with_decrypt)
{
    /* ek_(4 j + i): one word and the next turned right by so much (61, 31 and 19 to the left at the end) */
    static const uint8_t turns[5] = { 19, 31, 128 - 61, 128 - 31, 128 - 19 };
    struct aria_key *key = memory;
    struct wide w[4];

    key->rounds = (uint32_t)(key_length / 4 + 8);
    key->reserved = 0;
    load_key(w, bytes, key_length);
    for (unsigned i = 0; i <= key->rounds; i++) {
        store_round_key(key->forth[i], sum(w[i % 4], turned(w[(i + 1) % 4], turns[i / 4])));
    }
    if (with_decrypt) {
        expand_back(key);
    }
    ZEROISE(w);
}

const struct sw_block_cipher sw_aria = {
    .type = PSA_KEY_TYPE_ARIA,
    .block_length = 16,
    .key_lengths = 1u << 2 | 1u << 3 | 1u << 4,
    .key_size = sizeof(struct aria_key),
    .expand = expand,
    .encrypt = encrypt,
    .decrypt = decrypt,
};

#endif
