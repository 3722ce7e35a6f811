/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MD2 (RFC 1319). Broken: for certificates of another age. It looks bytes of the message up in a table, so its time depends on
 * them (SECURITY.md): nothing secret should be hashed with it.
 */
#include "software/hash/hash.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_MD2

#define BLOCK 16u
#define ROUNDS 18u

/* RFC 1319, section 3.2: a permutation of the bytes, made of the digits of pi. */
static const uint8_t pi_table[256] = {
    0x29, 0x2e, 0x43, 0xc9, 0xa2, 0xd8, 0x7c, 0x01, 0x3d, 0x36, 0x54, 0xa1, 0xec, 0xf0, 0x06, 0x13,
    0x62, 0xa7, 0x05, 0xf3, 0xc0, 0xc7, 0x73, 0x8c, 0x98, 0x93, 0x2b, 0xd9, 0xbc, 0x4c, 0x82, 0xca,
    0x1e, 0x9b, 0x57, 0x3c, 0xfd, 0xd4, 0xe0, 0x16, 0x67, 0x42, 0x6f, 0x18, 0x8a, 0x17, 0xe5, 0x12,
    0xbe, 0x4e, 0xc4, 0xd6, 0xda, 0x9e, 0xde, 0x49, 0xa0, 0xfb, 0xf5, 0x8e, 0xbb, 0x2f, 0xee, 0x7a,
    0xa9, 0x68, 0x79, 0x91, 0x15, 0xb2, 0x07, 0x3f, 0x94, 0xc2, 0x10, 0x89, 0x0b, 0x22, 0x5f, 0x21,
    0x80, 0x7f, 0x5d, 0x9a, 0x5a, 0x90, 0x32, 0x27, 0x35, 0x3e, 0xcc, 0xe7, 0xbf, 0xf7, 0x97, 0x03,
    0xff, 0x19, 0x30, 0xb3, 0x48, 0xa5, 0xb5, 0xd1, 0xd7, 0x5e, 0x92, 0x2a, 0xac, 0x56, 0xaa, 0xc6,
    0x4f, 0xb8, 0x38, 0xd2, 0x96, 0xa4, 0x7d, 0xb6, 0x76, 0xfc, 0x6b, 0xe2, 0x9c, 0x74, 0x04, 0xf1,
    0x45, 0x9d, 0x70, 0x59, 0x64, 0x71, 0x87, 0x20, 0x86, 0x5b, 0xcf, 0x65, 0xe6, 0x2d, 0xa8, 0x02,
    0x1b, 0x60, 0x25, 0xad, 0xae, 0xb0, 0xb9, 0xf6, 0x1c, 0x46, 0x61, 0x69, 0x34, 0x40, 0x7e, 0x0f,
    0x55, 0x47, 0xa3, 0x23, 0xdd, 0x51, 0xaf, 0x3a, 0xc3, 0x5c, 0xf9, 0xce, 0xba, 0xc5, 0xea, 0x26,
    0x2c, 0x53, 0x0d, 0x6e, 0x85, 0x28, 0x84, 0x09, 0xd3, 0xdf, 0xcd, 0xf4, 0x41, 0x81, 0x4d, 0x52,
    0x6a, 0xdc, 0x37, 0xc8, 0x6c, 0xc1, 0xab, 0xfa, 0x24, 0xe1, 0x7b, 0x08, 0x0c, 0xbd, 0xb1, 0x4a,
    0x78, 0x88, 0x95, 0x8b, 0xe3, 0x63, 0xe8, 0x6d, 0xe9, 0xcb, 0xd5, 0xfe, 0x3b, 0x00, 0x1d, 0x39,
    0xf2, 0xef, 0xb7, 0x0e, 0x66, 0x58, 0xd0, 0xe4, 0xa6, 0x77, 0x72, 0xf8, 0xeb, 0x75, 0x4b, 0x0a,
    0x31, 0x44, 0x50, 0xb4, 0x8f, 0xed, 0x1f, 0x1a, 0xdb, 0x99, 0x8d, 0x33, 0x9f, 0x11, 0x83, 0x14,
};

struct md2 {
    uint8_t checksum[16];
    uint8_t x[16];        /* the first third of the 48 bytes; the others are made of it and of the block */
    uint8_t rest[32];     /* as the last block left them: the suspend format has them */
    uint8_t block[16];
    uint8_t fill;
    uint8_t reserved[7];
};

/* Section 3.2. The reference program, and everybody since, XORs into the checksum. */
static void add_to_checksum_vartime(struct md2 *md2, const uint8_t *block)
{
    uint8_t last = md2->checksum[15];

    for (size_t i = 0; i < BLOCK; i++) {
        md2->checksum[i] ^= pi_table[block[i] ^ last];
        last = md2->checksum[i];
    }
}

/* Section 3.4. */
static void compress_vartime(struct md2 *md2, const uint8_t *block)
{
    uint8_t x[48];
    uint8_t t = 0;

    memcpy(x, md2->x, 16);
    memcpy(x + 16, block, 16);
    for (size_t i = 0; i < 16; i++) {
        x[32 + i] = x[i] ^ x[16 + i];
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < 48; i++) {
            x[i] ^= pi_table[t];
            t = x[i];
        }
        t = (uint8_t)(t + round);
    }
    memcpy(md2->x, x, 16);
    memcpy(md2->rest, x + 16, 32);
    ZEROISE(x);
}

static void process_vartime(struct md2 *md2, const uint8_t *block)
{
    compress_vartime(md2, block);
    add_to_checksum_vartime(md2, block);
}

static void init(void *context)
{
    memset(context, 0, sizeof(struct md2));
}

static void update_vartime(void *context, const uint8_t *input, size_t input_length)
{
    struct md2 *md2 = context;
    size_t room = BLOCK - md2->fill;

    if (md2->fill != 0 && input_length >= room) {
        memcpy(md2->block + md2->fill, input, room);
        process_vartime(md2, md2->block);
        md2->fill = 0;
        input += room;
        input_length -= room;
    }
    for (; md2->fill == 0 && input_length >= BLOCK; input_length -= BLOCK) {
        process_vartime(md2, input);
        input += BLOCK;
    }
    bytes_copy(md2->block + md2->fill, input, input_length);
    md2->fill = (uint8_t)(md2->fill + input_length);
}

/* Section 3.1: n bytes of value n, 1 to 16; section 3.2: then the checksum. */
static void finish_vartime(void *context, uint8_t *hash)
{
    struct md2 *md2 = context;
    const size_t padding = BLOCK - md2->fill;

    memset(md2->block + md2->fill, (int)padding, padding);
    process_vartime(md2, md2->block);
    memcpy(md2->block, md2->checksum, 16);
    compress_vartime(md2, md2->block);
    memcpy(hash, md2->x, 16);
}

/* ---- Suspend and resume (Crypto API, "Hash suspend state format") ----
 * one byte: how many bytes of input are unprocessed; 16 bytes of checksum, 48 of intermediate digest; those bytes. */

#define STATE_LENGTH (1u + 16u + 48u)

static psa_status_t suspend(const void *context, uint8_t *state, size_t state_size, size_t *state_length)
{
    const struct md2 *md2 = context;

    if (state_size < STATE_LENGTH + md2->fill) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    state[0] = md2->fill;
    memcpy(state + 1, md2->checksum, 16);
    memcpy(state + 17, md2->x, 16);
    memcpy(state + 33, md2->rest, 32);
    memcpy(state + STATE_LENGTH, md2->block, md2->fill);
    *state_length = STATE_LENGTH + md2->fill;
    return PSA_SUCCESS;
}

static psa_status_t resume(void *context, const uint8_t *state, size_t state_length)
{
    struct md2 *md2 = context;

    if (state_length < STATE_LENGTH || state[0] >= BLOCK || state_length != STATE_LENGTH + state[0]) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    md2->fill = state[0];
    memcpy(md2->checksum, state + 1, 16);
    memcpy(md2->x, state + 17, 16);
    memcpy(md2->rest, state + 33, 32);
    memcpy(md2->block, state + STATE_LENGTH, md2->fill);
    return PSA_SUCCESS;
}

const struct sw_hash sw_md2 = {
    .alg = PSA_ALG_MD2,
    .length = 16,
    .block = BLOCK,
    .context_size = sizeof(struct md2),
    .state_length = 64,
    .init = init,
    .update = update_vartime,
    .finish = finish_vartime,
    .suspend = suspend,
    .resume = resume,
};

#endif
