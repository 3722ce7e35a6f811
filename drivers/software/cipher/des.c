/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DES (FIPS 46-3) and triple DES with two and three keys (SP 800-67), for data of old. S-boxes are looked up at places that
 * depend on key and text: its time is not constant (SECURITY.md).
 */
#include "software/cipher/block_cipher.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#if PSA_WANT_KEY_TYPE_DES

#define ROUNDS 16u

/* A round key: the groups of six bits for S1, S3, S5, S7, and those for S2, S4, S6, S8, a byte each, the first one on top. */
struct round_key {
    uint32_t odd, even;
};

/* Round keys in the order of their use, 16 for each of one or three keys. */
struct des_key {
    uint32_t stages;
    uint32_t reserved;
    struct round_key forth[3][ROUNDS], back[3][ROUNDS];
};
STATIC_ASSERT(sizeof(struct des_key) <= sizeof(struct sw_block_key), des_key_fits);

/* Each S-box with the permutation P behind it, turned by one bit to the left, by its six bits of input as they come. */
static const uint32_t s_boxes[8][64] = {
    {
        0x01010400u, 0x00000000u, 0x00010000u, 0x01010404u, 0x01010004u, 0x00010404u, 0x00000004u, 0x00010000u,
        0x00000400u, 0x01010400u, 0x01010404u, 0x00000400u, 0x01000404u, 0x01010004u, 0x01000000u, 0x00000004u,
        0x00000404u, 0x01000400u, 0x01000400u, 0x00010400u, 0x00010400u, 0x01010000u, 0x01010000u, 0x01000404u,
        0x00010004u, 0x01000004u, 0x01000004u, 0x00010004u, 0x00000000u, 0x00000404u, 0x00010404u, 0x01000000u,
        0x00010000u, 0x01010404u, 0x00000004u, 0x01010000u, 0x01010400u, 0x01000000u, 0x01000000u, 0x00000400u,
        0x01010004u, 0x00010000u, 0x00010400u, 0x01000004u, 0x00000400u, 0x00000004u, 0x01000404u, 0x00010404u,
        0x01010404u, 0x00010004u, 0x01010000u, 0x01000404u, 0x01000004u, 0x00000404u, 0x00010404u, 0x01010400u,
        0x00000404u, 0x01000400u, 0x01000400u, 0x00000000u, 0x00010004u, 0x00010400u, 0x00000000u, 0x01010004u,
    },
    {
        0x80108020u, 0x80008000u, 0x00008000u, 0x00108020u, 0x00100000u, 0x00000020u, 0x80100020u, 0x80008020u,
        0x80000020u, 0x80108020u, 0x80108000u, 0x80000000u, 0x80008000u, 0x00100000u, 0x00000020u, 0x80100020u,
        0x00108000u, 0x00100020u, 0x80008020u, 0x00000000u, 0x80000000u, 0x00008000u, 0x00108020u, 0x80100000u,
        0x00100020u, 0x80000020u, 0x00000000u, 0x00108000u, 0x00008020u, 0x80108000u, 0x80100000u, 0x00008020u,
        0x00000000u, 0x00108020u, 0x80100020u, 0x00100000u, 0x80008020u, 0x80100000u, 0x80108000u, 0x00008000u,
        0x80100000u, 0x80008000u, 0x00000020u, 0x80108020u, 0x00108020u, 0x00000020u, 0x00008000u, 0x80000000u,
        0x00008020u, 0x80108000u, 0x00100000u, 0x80000020u, 0x00100020u, 0x80008020u, 0x80000020u, 0x00100020u,
        0x00108000u, 0x00000000u, 0x80008000u, 0x00008020u, 0x80000000u, 0x80100020u, 0x80108020u, 0x00108000u,
    },
    {
        0x00000208u, 0x08020200u, 0x00000000u, 0x08020008u, 0x08000200u, 0x00000000u, 0x00020208u, 0x08000200u,
        0x00020008u, 0x08000008u, 0x08000008u, 0x00020000u, 0x08020208u, 0x00020008u, 0x08020000u, 0x00000208u,
        0x08000000u, 0x00000008u, 0x08020200u, 0x00000200u, 0x00020200u, 0x08020000u, 0x08020008u, 0x00020208u,
        0x08000208u, 0x00020200u, 0x00020000u, 0x08000208u, 0x00000008u, 0x08020208u, 0x00000200u, 0x08000000u,
        0x08020200u, 0x08000000u, 0x00020008u, 0x00000208u, 0x00020000u, 0x08020200u, 0x08000200u, 0x00000000u,
        0x00000200u, 0x00020008u, 0x08020208u, 0x08000200u, 0x08000008u, 0x00000200u, 0x00000000u, 0x08020008u,
        0x08000208u, 0x00020000u, 0x08000000u, 0x08020208u, 0x00000008u, 0x00020208u, 0x00020200u, 0x08000008u,
        0x08020000u, 0x08000208u, 0x00000208u, 0x08020000u, 0x00020208u, 0x00000008u, 0x08020008u, 0x00020200u,
    },
    {
        0x00802001u, 0x00002081u, 0x00002081u, 0x00000080u, 0x00802080u, 0x00800081u, 0x00800001u, 0x00002001u,
        0x00000000u, 0x00802000u, 0x00802000u, 0x00802081u, 0x00000081u, 0x00000000u, 0x00800080u, 0x00800001u,
        0x00000001u, 0x00002000u, 0x00800000u, 0x00802001u, 0x00000080u, 0x00800000u, 0x00002001u, 0x00002080u,
        0x00800081u, 0x00000001u, 0x00002080u, 0x00800080u, 0x00002000u, 0x00802080u, 0x00802081u, 0x00000081u,
        0x00800080u, 0x00800001u, 0x00802000u, 0x00802081u, 0x00000081u, 0x00000000u, 0x00000000u, 0x00802000u,
        0x00002080u, 0x00800080u, 0x00800081u, 0x00000001u, 0x00802001u, 0x00002081u, 0x00002081u, 0x00000080u,
        0x00802081u, 0x00000081u, 0x00000001u, 0x00002000u, 0x00800001u, 0x00002001u, 0x00802080u, 0x00800081u,
        0x00002001u, 0x00002080u, 0x00800000u, 0x00802001u, 0x00000080u, 0x00800000u, 0x00002000u, 0x00802080u,
    },
    {
        0x00000100u, 0x02080100u, 0x02080000u, 0x42000100u, 0x00080000u, 0x00000100u, 0x40000000u, 0x02080000u,
        0x40080100u, 0x00080000u, 0x02000100u, 0x40080100u, 0x42000100u, 0x42080000u, 0x00080100u, 0x40000000u,
        0x02000000u, 0x40080000u, 0x40080000u, 0x00000000u, 0x40000100u, 0x42080100u, 0x42080100u, 0x02000100u,
        0x42080000u, 0x40000100u, 0x00000000u, 0x42000000u, 0x02080100u, 0x02000000u, 0x42000000u, 0x00080100u,
        0x00080000u, 0x42000100u, 0x00000100u, 0x02000000u, 0x40000000u, 0x02080000u, 0x42000100u, 0x40080100u,
        0x02000100u, 0x40000000u, 0x42080000u, 0x02080100u, 0x40080100u, 0x00000100u, 0x02000000u, 0x42080000u,
        0x42080100u, 0x00080100u, 0x42000000u, 0x42080100u, 0x02080000u, 0x00000000u, 0x40080000u, 0x42000000u,
        0x00080100u, 0x02000100u, 0x40000100u, 0x00080000u, 0x00000000u, 0x40080000u, 0x02080100u, 0x40000100u,
    },
    {
        0x20000010u, 0x20400000u, 0x00004000u, 0x20404010u, 0x20400000u, 0x00000010u, 0x20404010u, 0x00400000u,
        0x20004000u, 0x00404010u, 0x00400000u, 0x20000010u, 0x00400010u, 0x20004000u, 0x20000000u, 0x00004010u,
        0x00000000u, 0x00400010u, 0x20004010u, 0x00004000u, 0x00404000u, 0x20004010u, 0x00000010u, 0x20400010u,
        0x20400010u, 0x00000000u, 0x00404010u, 0x20404000u, 0x00004010u, 0x00404000u, 0x20404000u, 0x20000000u,
        0x20004000u, 0x00000010u, 0x20400010u, 0x00404000u, 0x20404010u, 0x00400000u, 0x00004010u, 0x20000010u,
        0x00400000u, 0x20004000u, 0x20000000u, 0x00004010u, 0x20000010u, 0x20404010u, 0x00404000u, 0x20400000u,
        0x00404010u, 0x20404000u, 0x00000000u, 0x20400010u, 0x00000010u, 0x00004000u, 0x20400000u, 0x00404010u,
        0x00004000u, 0x00400010u, 0x20004010u, 0x00000000u, 0x20404000u, 0x20000000u, 0x00400010u, 0x20004010u,
    },
    {
        0x00200000u, 0x04200002u, 0x04000802u, 0x00000000u, 0x00000800u, 0x04000802u, 0x00200802u, 0x04200800u,
        0x04200802u, 0x00200000u, 0x00000000u, 0x04000002u, 0x00000002u, 0x04000000u, 0x04200002u, 0x00000802u,
        0x04000800u, 0x00200802u, 0x00200002u, 0x04000800u, 0x04000002u, 0x04200000u, 0x04200800u, 0x00200002u,
        0x04200000u, 0x00000800u, 0x00000802u, 0x04200802u, 0x00200800u, 0x00000002u, 0x04000000u, 0x00200800u,
        0x04000000u, 0x00200800u, 0x00200000u, 0x04000802u, 0x04000802u, 0x04200002u, 0x04200002u, 0x00000002u,
        0x00200002u, 0x04000000u, 0x04000800u, 0x00200000u, 0x04200800u, 0x00000802u, 0x00200802u, 0x04200800u,
        0x00000802u, 0x04000002u, 0x04200802u, 0x04200000u, 0x00200800u, 0x00000000u, 0x00000002u, 0x04200802u,
        0x00000000u, 0x00200802u, 0x04200000u, 0x00000800u, 0x04000002u, 0x04000800u, 0x00000800u, 0x00200002u,
    },
    {
        0x10001040u, 0x00001000u, 0x00040000u, 0x10041040u, 0x10000000u, 0x10001040u, 0x00000040u, 0x10000000u,
        0x00040040u, 0x10040000u, 0x10041040u, 0x00041000u, 0x10041000u, 0x00041040u, 0x00001000u, 0x00000040u,
        0x10040000u, 0x10000040u, 0x10001000u, 0x00001040u, 0x00041000u, 0x00040040u, 0x10040040u, 0x10041000u,
        0x00001040u, 0x00000000u, 0x00000000u, 0x10040040u, 0x10000040u, 0x10001000u, 0x00041040u, 0x00040000u,
        0x00041040u, 0x00040000u, 0x10041000u, 0x00001000u, 0x00000040u, 0x10040040u, 0x00001000u, 0x00041040u,
        0x10001000u, 0x00000040u, 0x10000040u, 0x10040000u, 0x10040040u, 0x10000000u, 0x00040000u, 0x10001040u,
        0x00000000u, 0x10041040u, 0x00040040u, 0x10000040u, 0x10040000u, 0x10001000u, 0x10001040u, 0x00000000u,
        0x10041040u, 0x00041000u, 0x00041000u, 0x00001040u, 0x00001040u, 0x00040040u, 0x10000000u, 0x10041000u,
    },
};

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

/* Every other group of six bits, the first one at bit `top`. */
static uint32_t every_other(uint64_t round_key, unsigned top)
{
    uint32_t groups = 0;

    for (unsigned i = 0; i < 4; i++) {
        groups = groups << 8 | (uint32_t)(round_key >> (top - 12 * i) & 0x3F);
    }
    return groups;
}

static void expand_one(struct round_key forth[ROUNDS], struct round_key back[ROUNDS], const uint8_t bytes[8])
{
    uint64_t cd = choose(load64_be(bytes), 64, choice_1, 56);

    for (unsigned round = 0; round < ROUNDS; round++) {
        const unsigned n = (SHIFTS_BY_ONE >> round & 1u) != 0 ? 1 : 2;
        cd = turn_28(cd >> 28, n) << 28 | turn_28(cd & 0x0FFFFFFFu, n);
        const uint64_t round_key = choose(cd, 56, choice_2, 48);
        forth[round].odd = every_other(round_key, 42);
        forth[round].even = every_other(round_key, 36);
        back[ROUNDS - 1 - round] = forth[round];
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

/*
 * The expansion E: of 32 bits in a circle, six from the one before group i on go into S-box i + 1. The half comes turned by one bit
 * to the left, as the S-boxes leave it: the six bits for S2, S4, S6, S8 end where its bytes do, those for S1, S3, S5, S7 four bits
 * above. The barriers keep compilers from making one mask for each of eight bytes out of the two. The S-boxes answer in bits of
 * their own, so |, + and ^ are the same; mixed they stay the tree that is written here, of which gcc would make one long chain.
 */
static inline uint32_t f_vartime(uint32_t r, const struct round_key *round_key)
{
    const uint32_t odd = ct_barrier32((rotr32(r, 4) ^ round_key->odd) & 0x3F3F3F3Fu);
    const uint32_t even = ct_barrier32((r ^ round_key->even) & 0x3F3F3F3Fu);
    const uint32_t odd_top = odd >> 16, even_top = even >> 16;
    const uint32_t s1 = s_boxes[0][odd_top >> 8], s2 = s_boxes[1][even_top >> 8];
    const uint32_t s3 = s_boxes[2][odd_top & 0xFF], s4 = s_boxes[3][even_top & 0xFF];
    const uint32_t s5 = s_boxes[4][odd >> 8 & 0xFF], s6 = s_boxes[5][even >> 8 & 0xFF];
    const uint32_t s7 = s_boxes[6][odd & 0xFF], s8 = s_boxes[7][even & 0xFF];

    return ((s1 | s3) + (s5 | s7)) ^ ((s2 | s4) + (s6 | s8));
}

static void block_vartime(const struct round_key (*stages)[ROUNDS], uint32_t count, const uint8_t *input, uint8_t *output)
{
    const uint64_t text = load64_be(input);
    uint32_t l = (uint32_t)(text >> 32), r = (uint32_t)text;

    /* the initial permutation */
    exchange(&l, &r, 4, 0x0F0F0F0Fu);
    exchange(&l, &r, 16, 0x0000FFFFu);
    exchange(&r, &l, 2, 0x33333333u);
    exchange(&r, &l, 8, 0x00FF00FFu);
    exchange(&l, &r, 1, 0x55555555u);
    l = rotl32(l, 1);
    r = rotl32(r, 1);
    for (uint32_t stage = 0; stage < count; stage++) {
        for (unsigned round = 0; round < ROUNDS; round += 2) {
            l ^= f_vartime(r, &stages[stage][round]);
            r ^= f_vartime(l, &stages[stage][round + 1]);
        }
        const uint32_t t = l; /* the halves are exchanged after the last round */
        l = r;
        r = t;
    }
    l = rotr32(l, 1);
    r = rotr32(r, 1);
    /* and its inverse */
    exchange(&l, &r, 1, 0x55555555u);
    exchange(&r, &l, 8, 0x00FF00FFu);
    exchange(&r, &l, 2, 0x33333333u);
    exchange(&l, &r, 16, 0x0000FFFFu);
    exchange(&l, &r, 4, 0x0F0F0F0Fu);
    store64_be(output, (uint64_t)l << 32 | r);
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
