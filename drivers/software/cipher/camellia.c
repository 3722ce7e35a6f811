/* SPDX-License-Identifier: Apache-2.0 */
/* Camellia (RFC 3713), eight blocks at once: a half of each makes 64 bytes for the S-box. */
#include "software/cipher/block_cipher.h"
#include "software/cipher/camellia.h"
#include "software/kernels_sboxes.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_KEY_TYPE_CAMELLIA

#define LANES 8u

/* Subkeys in the order of their use: two for whitening, then six rounds at a time with two for FL and FL^-1 between, two for
 * whitening. Those for decryption behind those for encryption. */
#define SUBKEYS_MAX 34u

struct camellia_key {
    uint32_t groups; /* of six rounds: 3 or 4 */
    uint32_t reserved;
    uint64_t forth[SUBKEYS_MAX], back[SUBKEYS_MAX];
};
STATIC_ASSERT(sizeof(struct camellia_key) <= sizeof(struct sw_block_key), camellia_key_fits);

static const struct sw_sbox sbox1 = {
    CAMELLIA_IN, CAMELLIA_OUT, CAMELLIA_OUT_OF_AES, CAMELLIA_IN_CONSTANT, CAMELLIA_OUT_CONSTANT, CAMELLIA_OUT_OF_AES_CONSTANT,
};

/* The bytes of x that mask has, each turned left by n bits. */
static inline uint64_t turn(uint64_t x, unsigned n, uint64_t mask)
{
    const uint64_t low = 0x0101010101010101u * ((1u << n) - 1u);
    const uint64_t turned = (x << n & ~low) | (x >> (8 - n) & low);

    return (x & ~mask) | (turned & mask);
}

/* SBOX4(x) = SBOX1(x <<< 1) for bytes 4 and 7; SBOX2 = SBOX1 <<< 1 for 2 and 5, SBOX3 = SBOX1 >>> 1 for 3 and 6. */
#define BYTES_2_5 0x00FF0000FF000000u
#define BYTES_3_6 0x0000FF0000FF0000u
#define BYTES_4_7 0x000000FF0000FF00u

/* 2.4.1, the function P, on its two halves: exclusive sums of turned words. */
static inline uint64_t permute(uint64_t z)
{
    uint32_t a = (uint32_t)(z >> 32), b = (uint32_t)z;

    a ^= rotl32(b, 8);
    b ^= rotl32(a, 16);
    a ^= rotr32(b, 8);
    b ^= rotr32(a, 8);
    return (uint64_t)b << 32 | a;
}

/* to ^= F(from, subkey). */
static void round_of(uint64_t to[LANES], const uint64_t from[LANES], uint64_t subkey)
{
    uint64_t t[LANES];

    for (unsigned i = 0; i < LANES; i++) {
        t[i] = turn(from[i] ^ subkey, 1, BYTES_4_7);
    }
    sw_kernels.substitute(&sbox1, (uint8_t *)t); /* byte by byte: the order in memory does not matter */
    for (unsigned i = 0; i < LANES; i++) {
        to[i] ^= permute(turn(turn(t[i], 1, BYTES_2_5), 7, BYTES_3_6));
    }
}

/* 2.4.2. */
static inline uint64_t fl(uint64_t x, uint64_t subkey)
{
    const uint32_t k1 = (uint32_t)(subkey >> 32), k2 = (uint32_t)subkey;
    uint32_t x1 = (uint32_t)(x >> 32), x2 = (uint32_t)x;

    x2 ^= rotl32(x1 & k1, 1);
    x1 ^= x2 | k2;
    return (uint64_t)x1 << 32 | x2;
}

static inline uint64_t fl_inverse(uint64_t y, uint64_t subkey)
{
    const uint32_t k1 = (uint32_t)(subkey >> 32), k2 = (uint32_t)subkey;
    uint32_t y1 = (uint32_t)(y >> 32), y2 = (uint32_t)y;

    y1 ^= y2 | k2;
    y2 ^= rotl32(y1 & k1, 1);
    return (uint64_t)y1 << 32 | y2;
}

static void add(uint64_t x[LANES], uint64_t subkey)
{
    for (unsigned i = 0; i < LANES; i++) {
        x[i] ^= subkey;
    }
}

/* 2.3. */
static const uint64_t *six_rounds(uint64_t left[LANES], uint64_t right[LANES], const uint64_t *subkeys)
{
    for (unsigned i = 0; i < 6; i += 2) {
        round_of(right, left, subkeys[i]);
        round_of(left, right, subkeys[i + 1]);
    }
    return subkeys + 6;
}

static void some_blocks(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count)
{
    uint64_t x[2][LANES] = { { 0 } };

    for (size_t i = 0; i < count; i++) {
        x[0][i] = load64_be(input + 16 * i);
        x[1][i] = load64_be(input + 16 * i + 8);
    }
    add(x[0], subkeys[0]);
    add(x[1], subkeys[1]);
    subkeys = six_rounds(x[0], x[1], subkeys + 2);
    for (uint32_t group = 1; group < groups; group++) {
        for (unsigned i = 0; i < LANES; i++) {
            x[0][i] = fl(x[0][i], subkeys[0]);
            x[1][i] = fl_inverse(x[1][i], subkeys[1]);
        }
        subkeys = six_rounds(x[0], x[1], subkeys + 2);
    }
    add(x[1], subkeys[0]);
    add(x[0], subkeys[1]);
    for (size_t i = 0; i < count; i++) {
        store64_be(output + 16 * i, x[1][i]);
        store64_be(output + 16 * i + 8, x[0][i]);
    }
    ZEROISE(x);
}

void camellia_portable(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count)
{
    while (count != 0) {
        const size_t n = count < LANES ? count : LANES;
        some_blocks(subkeys, groups, input, output, n);
        input += 16 * n;
        output += 16 * n;
        count -= n;
    }
}

static void encrypt(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct camellia_key *key = memory;
    sw_kernels.camellia(key->forth, key->groups, input, output, count);
}

static void decrypt(const void *memory, const uint8_t *input, uint8_t *output, size_t count)
{
    const struct camellia_key *key = memory;
    sw_kernels.camellia(key->back, key->groups, input, output, count);
}

/* ---- Key schedule (2.2) ---- */

struct wide {
    uint64_t high, low;
};

/* KL, KR, KA, KB, and where subkeys come from: high or low half of one of them, turned left. */
enum { KL, KR, KA, KB };
enum { HIGH, LOW };

struct source {
    uint8_t of, half, turn;
};

#define BOTH(of, turn) { of, HIGH, turn }, { of, LOW, turn }

static const struct source short_schedule[26] = {
    BOTH(KL, 0),   BOTH(KA, 0),         BOTH(KL, 15),       BOTH(KA, 15), BOTH(KA, 30),  BOTH(KL, 45),  { KA, HIGH, 45 },
    { KL, LOW, 60 }, BOTH(KA, 60),      BOTH(KL, 77),       BOTH(KL, 94), BOTH(KA, 94),  BOTH(KL, 111), BOTH(KA, 111),
};

static const struct source long_schedule[34] = {
    BOTH(KL, 0),  BOTH(KB, 0),  BOTH(KR, 15), BOTH(KA, 15), BOTH(KR, 30), BOTH(KB, 30), BOTH(KL, 45), BOTH(KA, 45), BOTH(KL, 60),
    BOTH(KR, 60), BOTH(KB, 60), BOTH(KL, 77), BOTH(KA, 77), BOTH(KR, 94), BOTH(KA, 94), BOTH(KL, 111), BOTH(KB, 111),
};

static const uint64_t sigma[6] = {
    0xA09E667F3BCC908Bu, 0xB67AE8584CAA73B2u, 0xC6EF372FE94F82BEu, 0x54FF53A5F1D36F1Cu, 0x10E527FADE682D1Du, 0xB05688C2B3E6C1FDu,
};

static struct wide turned(struct wide x, unsigned n)
{
    if (n >= 64) {
        const struct wide y = { x.low, x.high };
        x = y;
        n -= 64;
    }
    if (n == 0) {
        return x;
    }
    const struct wide y = { x.high << n | x.low >> (64 - n), x.low << n | x.high >> (64 - n) };
    return y;
}

/* Two rounds with the constants from `first` on. */
static struct wide two_rounds(struct wide x, unsigned first)
{
    uint64_t high[LANES] = { x.high }, low[LANES] = { x.low };

    round_of(low, high, sigma[first]);
    round_of(high, low, sigma[first + 1]);
    const struct wide y = { high[0], low[0] };
    ZEROISE(high);
    ZEROISE(low);
    return y;
}

static struct wide sum(struct wide a, struct wide b)
{
    const struct wide x = { a.high ^ b.high, a.low ^ b.low };
    return x;
}

static void load_key(struct wide k[4], const uint8_t *bytes, size_t key_length)
{
    memset(k, 0, 4 * sizeof(k[0]));
    k[KL].high = load64_be(bytes);
    k[KL].low = load64_be(bytes + 8);
    if (key_length > 16) {
        k[KR].high = load64_be(bytes + 16);
        k[KR].low = key_length == 24 ? ~k[KR].high : load64_be(bytes + 24);
    }
    k[KA] = two_rounds(sum(two_rounds(sum(k[KL], k[KR]), 0), k[KL]), 2);
    k[KB] = two_rounds(sum(k[KA], k[KR]), 4);
}

static void expand(void *memory, const uint8_t *bytes, size_t key_length, int with_decrypt)
{
    struct camellia_key *key = memory;
    const struct source *sources = key_length == 16 ? short_schedule : long_schedule;
    const size_t count = key_length == 16 ? 26 : 34;
    struct wide k[4];

    (void)with_decrypt;
    key->groups = key_length == 16 ? 3 : 4;
    key->reserved = 0;
    load_key(k, bytes, key_length);
    for (size_t i = 0; i < count; i++) {
        const struct wide x = turned(k[sources[i].of], sources[i].turn);
        key->forth[i] = sources[i].half == HIGH ? x.high : x.low;
        key->back[count - 1 - i] = key->forth[i];
    }
    /* 2.3.3: the other way round, but each pair for whitening as it is. */
    for (size_t i = 0; i < 2; i++) {
        key->back[i] = key->forth[count - 2 + i];
        key->back[count - 2 + i] = key->forth[i];
    }
    ZEROISE(k);
}

const struct sw_block_cipher sw_camellia = {
    .type = PSA_KEY_TYPE_CAMELLIA,
    .block_length = 16,
    .key_lengths = 1u << 2 | 1u << 3 | 1u << 4,
    .key_size = sizeof(struct camellia_key),
    .expand = expand,
    .encrypt = encrypt,
    .decrypt = decrypt,
};

#endif
