/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DES (FIPS 46-3) and triple DES with two and three keys (SP 800-67), for data of old. S-boxes are looked up at places that
 * depend on key and text: its time is not constant (SECURITY.md).
 */
#include "software/cipher/block_cipher.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_KEY_TYPE_DES

#define ROUNDS 16u

/* Round keys in the order of their use, 16 for each of one or three keys: eight groups of six bits, that of S1 first. */
struct des_key {
    uint32_t stages;
    uint32_t reserved;
    uint8_t forth[3][ROUNDS][8], back[3][ROUNDS][8];
};
STATIC_ASSERT(sizeof(struct des_key) <= sizeof(struct sw_block_key), des_key_fits);

/* Each S-box with the permutation P behind it, by its six bits of input as they come. */
static const uint32_t s_boxes[8][64] = {
    {
        0x00808200u, 0x00000000u, 0x00008000u, 0x00808202u, 0x00808002u, 0x00008202u, 0x00000002u, 0x00008000u,
        0x00000200u, 0x00808200u, 0x00808202u, 0x00000200u, 0x00800202u, 0x00808002u, 0x00800000u, 0x00000002u,
        0x00000202u, 0x00800200u, 0x00800200u, 0x00008200u, 0x00008200u, 0x00808000u, 0x00808000u, 0x00800202u,
        0x00008002u, 0x00800002u, 0x00800002u, 0x00008002u, 0x00000000u, 0x00000202u, 0x00008202u, 0x00800000u,
        0x00008000u, 0x00808202u, 0x00000002u, 0x00808000u, 0x00808200u, 0x00800000u, 0x00800000u, 0x00000200u,
        0x00808002u, 0x00008000u, 0x00008200u, 0x00800002u, 0x00000200u, 0x00000002u, 0x00800202u, 0x00008202u,
        0x00808202u, 0x00008002u, 0x00808000u, 0x00800202u, 0x00800002u, 0x00000202u, 0x00008202u, 0x00808200u,
        0x00000202u, 0x00800200u, 0x00800200u, 0x00000000u, 0x00008002u, 0x00008200u, 0x00000000u, 0x00808002u,
    },
    {
        0x40084010u, 0x40004000u, 0x00004000u, 0x00084010u, 0x00080000u, 0x00000010u, 0x40080010u, 0x40004010u,
        0x40000010u, 0x40084010u, 0x40084000u, 0x40000000u, 0x40004000u, 0x00080000u, 0x00000010u, 0x40080010u,
        0x00084000u, 0x00080010u, 0x40004010u, 0x00000000u, 0x40000000u, 0x00004000u, 0x00084010u, 0x40080000u,
        0x00080010u, 0x40000010u, 0x00000000u, 0x00084000u, 0x00004010u, 0x40084000u, 0x40080000u, 0x00004010u,
        0x00000000u, 0x00084010u, 0x40080010u, 0x00080000u, 0x40004010u, 0x40080000u, 0x40084000u, 0x00004000u,
        0x40080000u, 0x40004000u, 0x00000010u, 0x40084010u, 0x00084010u, 0x00000010u, 0x00004000u, 0x40000000u,
        0x00004010u, 0x40084000u, 0x00080000u, 0x40000010u, 0x00080010u, 0x40004010u, 0x40000010u, 0x00080010u,
        0x00084000u, 0x00000000u, 0x40004000u, 0x00004010u, 0x40000000u, 0x40080010u, 0x40084010u, 0x00084000u,
    },
    {
        0x00000104u, 0x04010100u, 0x00000000u, 0x04010004u, 0x04000100u, 0x00000000u, 0x00010104u, 0x04000100u,
        0x00010004u, 0x04000004u, 0x04000004u, 0x00010000u, 0x04010104u, 0x00010004u, 0x04010000u, 0x00000104u,
        0x04000000u, 0x00000004u, 0x04010100u, 0x00000100u, 0x00010100u, 0x04010000u, 0x04010004u, 0x00010104u,
        0x04000104u, 0x00010100u, 0x00010000u, 0x04000104u, 0x00000004u, 0x04010104u, 0x00000100u, 0x04000000u,
        0x04010100u, 0x04000000u, 0x00010004u, 0x00000104u, 0x00010000u, 0x04010100u, 0x04000100u, 0x00000000u,
        0x00000100u, 0x00010004u, 0x04010104u, 0x04000100u, 0x04000004u, 0x00000100u, 0x00000000u, 0x04010004u,
        0x04000104u, 0x00010000u, 0x04000000u, 0x04010104u, 0x00000004u, 0x00010104u, 0x00010100u, 0x04000004u,
        0x04010000u, 0x04000104u, 0x00000104u, 0x04010000u, 0x00010104u, 0x00000004u, 0x04010004u, 0x00010100u,
    },
    {
        0x80401000u, 0x80001040u, 0x80001040u, 0x00000040u, 0x00401040u, 0x80400040u, 0x80400000u, 0x80001000u,
        0x00000000u, 0x00401000u, 0x00401000u, 0x80401040u, 0x80000040u, 0x00000000u, 0x00400040u, 0x80400000u,
        0x80000000u, 0x00001000u, 0x00400000u, 0x80401000u, 0x00000040u, 0x00400000u, 0x80001000u, 0x00001040u,
        0x80400040u, 0x80000000u, 0x00001040u, 0x00400040u, 0x00001000u, 0x00401040u, 0x80401040u, 0x80000040u,
        0x00400040u, 0x80400000u, 0x00401000u, 0x80401040u, 0x80000040u, 0x00000000u, 0x00000000u, 0x00401000u,
        0x00001040u, 0x00400040u, 0x80400040u, 0x80000000u, 0x80401000u, 0x80001040u, 0x80001040u, 0x00000040u,
        0x80401040u, 0x80000040u, 0x80000000u, 0x00001000u, 0x80400000u, 0x80001000u, 0x00401040u, 0x80400040u,
        0x80001000u, 0x00001040u, 0x00400000u, 0x80401000u, 0x00000040u, 0x00400000u, 0x00001000u, 0x00401040u,
    },
    {
        0x00000080u, 0x01040080u, 0x01040000u, 0x21000080u, 0x00040000u, 0x00000080u, 0x20000000u, 0x01040000u,
        0x20040080u, 0x00040000u, 0x01000080u, 0x20040080u, 0x21000080u, 0x21040000u, 0x00040080u, 0x20000000u,
        0x01000000u, 0x20040000u, 0x20040000u, 0x00000000u, 0x20000080u, 0x21040080u, 0x21040080u, 0x01000080u,
        0x21040000u, 0x20000080u, 0x00000000u, 0x21000000u, 0x01040080u, 0x01000000u, 0x21000000u, 0x00040080u,
        0x00040000u, 0x21000080u, 0x00000080u, 0x01000000u, 0x20000000u, 0x01040000u, 0x21000080u, 0x20040080u,
        0x01000080u, 0x20000000u, 0x21040000u, 0x01040080u, 0x20040080u, 0x00000080u, 0x01000000u, 0x21040000u,
        0x21040080u, 0x00040080u, 0x21000000u, 0x21040080u, 0x01040000u, 0x00000000u, 0x20040000u, 0x21000000u,
        0x00040080u, 0x01000080u, 0x20000080u, 0x00040000u, 0x00000000u, 0x20040000u, 0x01040080u, 0x20000080u,
    },
    {
        0x10000008u, 0x10200000u, 0x00002000u, 0x10202008u, 0x10200000u, 0x00000008u, 0x10202008u, 0x00200000u,
        0x10002000u, 0x00202008u, 0x00200000u, 0x10000008u, 0x00200008u, 0x10002000u, 0x10000000u, 0x00002008u,
        0x00000000u, 0x00200008u, 0x10002008u, 0x00002000u, 0x00202000u, 0x10002008u, 0x00000008u, 0x10200008u,
        0x10200008u, 0x00000000u, 0x00202008u, 0x10202000u, 0x00002008u, 0x00202000u, 0x10202000u, 0x10000000u,
        0x10002000u, 0x00000008u, 0x10200008u, 0x00202000u, 0x10202008u, 0x00200000u, 0x00002008u, 0x10000008u,
        0x00200000u, 0x10002000u, 0x10000000u, 0x00002008u, 0x10000008u, 0x10202008u, 0x00202000u, 0x10200000u,
        0x00202008u, 0x10202000u, 0x00000000u, 0x10200008u, 0x00000008u, 0x00002000u, 0x10200000u, 0x00202008u,
        0x00002000u, 0x00200008u, 0x10002008u, 0x00000000u, 0x10202000u, 0x10000000u, 0x00200008u, 0x10002008u,
    },
    {
        0x00100000u, 0x02100001u, 0x02000401u, 0x00000000u, 0x00000400u, 0x02000401u, 0x00100401u, 0x02100400u,
        0x02100401u, 0x00100000u, 0x00000000u, 0x02000001u, 0x00000001u, 0x02000000u, 0x02100001u, 0x00000401u,
        0x02000400u, 0x00100401u, 0x00100001u, 0x02000400u, 0x02000001u, 0x02100000u, 0x02100400u, 0x00100001u,
        0x02100000u, 0x00000400u, 0x00000401u, 0x02100401u, 0x00100400u, 0x00000001u, 0x02000000u, 0x00100400u,
        0x02000000u, 0x00100400u, 0x00100000u, 0x02000401u, 0x02000401u, 0x02100001u, 0x02100001u, 0x00000001u,
        0x00100001u, 0x02000000u, 0x02000400u, 0x00100000u, 0x02100400u, 0x00000401u, 0x00100401u, 0x02100400u,
        0x00000401u, 0x02000001u, 0x02100401u, 0x02100000u, 0x00100400u, 0x00000000u, 0x00000001u, 0x02100401u,
        0x00000000u, 0x00100401u, 0x02100000u, 0x00000400u, 0x02000001u, 0x02000400u, 0x00000400u, 0x00100001u,
    },
    {
        0x08000820u, 0x00000800u, 0x00020000u, 0x08020820u, 0x08000000u, 0x08000820u, 0x00000020u, 0x08000000u,
        0x00020020u, 0x08020000u, 0x08020820u, 0x00020800u, 0x08020800u, 0x00020820u, 0x00000800u, 0x00000020u,
        0x08020000u, 0x08000020u, 0x08000800u, 0x00000820u, 0x00020800u, 0x00020020u, 0x08020020u, 0x08020800u,
        0x00000820u, 0x00000000u, 0x00000000u, 0x08020020u, 0x08000020u, 0x08000800u, 0x00020820u, 0x00020000u,
        0x00020820u, 0x00020000u, 0x08020800u, 0x00000800u, 0x00000020u, 0x08020020u, 0x00000800u, 0x00020820u,
        0x08000800u, 0x00000020u, 0x08000020u, 0x08020000u, 0x08020020u, 0x08000000u, 0x00020000u, 0x08000820u,
        0x00000000u, 0x08020820u, 0x00020020u, 0x08000020u, 0x08020000u, 0x08000800u, 0x08000820u, 0x00000000u,
        0x08020820u, 0x00020800u, 0x00020800u, 0x00000820u, 0x00000820u, 0x00020020u, 0x08000000u, 0x08020800u,
    },};

/* Permuted choice 1 and 2: bits of their input, counted from 1 at the most significant. */
static const uint8_t choice_1[56] = {
    57, 49, 41, 33, 25, 17, 9,  1, 58, 50, 42, 34, 26, 18, 10, 2,  59, 51, 43, 35, 27, 19, 11, 3,  60, 52, 44, 36,
    63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6,  61, 53, 45, 37, 29, 21, 13, 5,  28, 20, 12, 4,
};
static const uint8_t choice_2[48] = {
    14, 17, 11, 24, 1,  5,  3,  28, 15, 6,  21, 10, 23, 19, 12, 4,  26, 8,  16, 7,  27, 20, 13, 2,
    41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
};
#define SHIFTS_BY_ONE (1u << 0 | 1u << 1 | 1u << 8 | 1u << 15) /* rounds that turn the halves of the key by one bit, not two */

static uint64_t choose(uint64_t x, unsigned bits, const uint8_t *places, size_t count)
{
    uint64_t y = 0;

    for (size_t i = 0; i < count; i++) {
        y = y << 1 | (x >> (bits - places[i]) & 1u);
    }
    return y;
}

static uint64_t turn_28(uint64_t x, unsigned n)
{
    return (x << n | x >> (28 - n)) & 0x0FFFFFFFu;
}

static void expand_one(uint8_t forth[ROUNDS][8], uint8_t back[ROUNDS][8], const uint8_t bytes[8])
{
    uint64_t cd = choose(load64_be(bytes), 64, choice_1, 56);

    for (unsigned round = 0; round < ROUNDS; round++) {
        const unsigned n = (SHIFTS_BY_ONE >> round & 1u) != 0 ? 1 : 2;
        cd = turn_28(cd >> 28, n) << 28 | turn_28(cd & 0x0FFFFFFFu, n);
        const uint64_t round_key = choose(cd, 56, choice_2, 48);
        for (unsigned i = 0; i < 8; i++) {
            forth[round][i] = round_key >> (42 - 6 * i) & 0x3F;
        }
        memcpy(back[ROUNDS - 1 - round], forth[round], 8);
    }
}

/* SP 800-67, 3.1: E(K1), D(K2), E(K3), and the inverse D(K3), E(K2), D(K1). Two keys: K3 is K1. */
static void expand(void *memory, const uint8_t *bytes, size_t key_length, int with_decrypt)
{
    struct des_key *key = memory;

    (void)with_decrypt;
    key->stages = key_length == 8 ? 1 : 3;
    key->reserved = 0;
    expand_one(key->forth[0], key->back[key->stages - 1], bytes);
    if (key->stages == 3) {
        expand_one(key->back[1], key->forth[1], bytes + 8);
        expand_one(key->forth[2], key->back[0], key_length == 24 ? bytes + 16 : bytes);
    }
}

static inline void exchange(uint32_t *a, uint32_t *b, unsigned shift, uint32_t mask)
{
    const uint32_t t = ((*a >> shift) ^ *b) & mask;

    *b ^= t;
    *a ^= t << shift;
}

/* Of 32 bits in a circle, six from the one before group i on, go into S-box i: the expansion E. */
static inline uint32_t f_vartime(uint32_t r, const uint8_t round_key[8])
{
    uint32_t sum = 0;

    for (unsigned i = 0; i < 8; i++) {
        const unsigned n = (4 * i + 5) % 32;
        sum ^= s_boxes[i][((r << n | r >> (32 - n)) ^ round_key[i]) & 0x3F];
    }
    return sum;
}

static void block_vartime(const uint8_t (*stages)[ROUNDS][8], uint32_t count, const uint8_t *input, uint8_t *output)
{
    uint32_t l = load32_be(input), r = load32_be(input + 4);

    /* the initial permutation */
    exchange(&l, &r, 4, 0x0F0F0F0Fu);
    exchange(&l, &r, 16, 0x0000FFFFu);
    exchange(&r, &l, 2, 0x33333333u);
    exchange(&r, &l, 8, 0x00FF00FFu);
    exchange(&l, &r, 1, 0x55555555u);
    for (uint32_t stage = 0; stage < count; stage++) {
        for (unsigned round = 0; round < ROUNDS; round += 2) {
            l ^= f_vartime(r, stages[stage][round]);
            r ^= f_vartime(l, stages[stage][round + 1]);
        }
        const uint32_t t = l; /* the halves are exchanged after the last round */
        l = r;
        r = t;
    }
    /* and its inverse */
    exchange(&l, &r, 1, 0x55555555u);
    exchange(&r, &l, 8, 0x00FF00FFu);
    exchange(&r, &l, 2, 0x33333333u);
    exchange(&l, &r, 16, 0x0000FFFFu);
    exchange(&l, &r, 4, 0x0F0F0F0Fu);
    store32_be(output, l);
    store32_be(output + 4, r);
}

static void encrypt_vartime(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct des_key *key = memory;

    for (size_t i = 0; i < count; i++) {
        block_vartime(key->forth, key->stages, input + 8 * i, output + 8 * i);
    }
}

static void decrypt_vartime(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct des_key *key = memory;

    for (size_t i = 0; i < count; i++) {
        block_vartime(key->back, key->stages, input + 8 * i, output + 8 * i);
    }
}

const struct sw_block_cipher sw_des = {
    .type = PSA_KEY_TYPE_DES,
    .block_length = 8,
    .key_lengths = 1u << 1 | 1u << 2 | 1u << 3,
    .key_size = sizeof(struct des_key),
    .expand = expand,
    .encrypt = encrypt_vartime,
    .decrypt = decrypt_vartime,
};

#endif
