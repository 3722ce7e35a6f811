/* SPDX-License-Identifier: Apache-2.0 */
/* S-boxes without tables: 64 bytes as eight planes of bits, affine maps as sums of planes, the circuit of the AES S-box between. */
#include "software/cipher/sbox.h"

#include "software/cipher/aes_portable.h"
#include "software/kernels_sboxes.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* All sums of four planes: bit j of the index has the plane j. */
static void sums_of_four(uint64_t sums[16], const uint64_t q[4])
{
    sums[0] = 0;
    for (unsigned j = 0; j < 4; j++) {
        for (unsigned i = 0; i < 1u << j; i++) {
            sums[(1u << j) + i] = sums[i] ^ q[j];
        }
    }
}

/* Each plane of the result is a sum of planes, that a row of the matrix names. matrix and constant are public: they may choose what is
 * done and looked up. */
static void affine(uint64_t q[8], uint64_t sums[2][16], uint64_t matrix, uint32_t constant)
{
    if (matrix != SBOX_IDENTITY) {
        sums_of_four(sums[0], q);
        sums_of_four(sums[1], q + 4);
        for (unsigned i = 0; i < 8; i++) {
            const uint32_t row = (uint32_t)(matrix >> (56 - 8 * i)) & 0xFF;
            q[i] = sums[0][row & 15] ^ sums[1][row >> 4];
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        q[i] ^= 0 - (uint64_t)(constant >> i & 1u);
    }
}

void sbox_substitute_portable(const struct sw_sbox *sbox, uint8_t bytes[64])
{
    uint64_t q[8], sums[2][16];

    for (unsigned i = 0; i < 8; i++) {
        q[i] = load64_le(bytes + 8 * i);
    }
    aes_portable_transpose(q);
    affine(q, sums, sbox->in, sbox->in_constant);
    aes_portable_sbox(q);
    affine(q, sums, sbox->out_of_aes, sbox->out_of_aes_constant);
    aes_portable_transpose(q);
    for (unsigned i = 0; i < 8; i++) {
        store64_le(bytes + 8 * i, q[i]);
    }
    ZEROISE(q);
    ZEROISE(sums);
}
