/* SPDX-License-Identifier: Apache-2.0 */
/* S-boxes without tables: 64 bytes as eight planes of bits, affine maps as sums of planes, the circuit of the AES S-box between. */
#include "software/cipher/sbox.h"

#include "software/cipher/aes_portable.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* matrix and constant are public, and the same steps are done for all. */
static void affine(uint64_t q[8], uint64_t matrix, uint32_t constant)
{
    uint64_t sum[8];

    for (unsigned i = 0; i < 8; i++) {
        const uint32_t row = (uint32_t)(matrix >> (56 - 8 * i)) & 0xFF;
        sum[i] = 0 - (uint64_t)(constant >> i & 1u);
        for (unsigned j = 0; j < 8; j++) {
            sum[i] ^= q[j] & (0 - (uint64_t)(row >> j & 1u));
        }
    }
    memcpy(q, sum, sizeof(sum));
}

void sbox_substitute_portable(const struct sw_sbox *sbox, uint8_t bytes[64])
{
    uint64_t q[8];

    for (unsigned i = 0; i < 8; i++) {
        q[i] = load64_le(bytes + 8 * i);
    }
    aes_portable_transpose(q);
    affine(q, sbox->in, sbox->in_constant);
    aes_portable_sbox(q);
    affine(q, sbox->out_of_aes, sbox->out_of_aes_constant);
    aes_portable_transpose(q);
    for (unsigned i = 0; i < 8; i++) {
        store64_le(bytes + 8 * i, q[i]);
    }
    ZEROISE(q);
}
