/* SPDX-License-Identifier: Apache-2.0 */
#include "software/hash/keccak.h"

#include "software/kernels.h"
#include "util/bytes.h"

#if SW_HAS_KECCAK

void sw_keccak_init(struct sw_keccak *keccak, size_t rate, uint8_t suffix, size_t hash_length)
{
    memset(keccak, 0, sizeof *keccak);
    keccak->rate = (uint8_t)rate;
    keccak->suffix = suffix;
    keccak->hash_length = (uint8_t)hash_length;
}

static void xor_byte(struct sw_keccak *keccak, size_t position, uint8_t byte)
{
    keccak->lanes[position / 8u] ^= (uint64_t)byte << (8u * (position % 8u));
}

/* Input that ends at the block's end, at most. */
static void absorb_part(struct sw_keccak *keccak, const uint8_t *input, size_t input_length)
{
    size_t position = keccak->position;

    for (size_t i = 0; i < input_length; i++) {
        xor_byte(keccak, position + i, input[i]);
    }
    keccak->position = (uint8_t)(position + input_length);
}

static void absorb_blocks(struct sw_keccak *keccak, const uint8_t *blocks, size_t count)
{
    for (; count != 0; count--) {
        for (size_t i = 0; i < keccak->rate / 8u; i++) {
            keccak->lanes[i] ^= load64_le(blocks + 8u * i);
        }
        sw_kernels.keccak_f1600(keccak->lanes);
        blocks += keccak->rate;
    }
}

void sw_keccak_absorb(struct sw_keccak *keccak, const uint8_t *input, size_t input_length)
{
    if (keccak->position != 0) {
        size_t room = (size_t)keccak->rate - keccak->position;
        size_t take = input_length < room ? input_length : room;
        absorb_part(keccak, input, take);
        if (take < room) {
            return;
        }
        sw_kernels.keccak_f1600(keccak->lanes);
        keccak->position = 0;
        input += take;
        input_length -= take;
    }
    size_t whole = input_length / keccak->rate;
    if (whole != 0) { /* an empty input may be NULL, to which nothing is added */
        absorb_blocks(keccak, input, whole);
        input += whole * keccak->rate;
    }
    absorb_part(keccak, input, input_length % keccak->rate);
}

void sw_keccak_pad(struct sw_keccak *keccak)
{
    xor_byte(keccak, keccak->position, keccak->suffix);
    xor_byte(keccak, keccak->rate - 1u, 0x80);
    keccak->position = keccak->rate;
}

/* Bytes of the state from position on. */
static void read_bytes(const struct sw_keccak *keccak, size_t position, uint8_t *output, size_t length)
{
    size_t i = 0;

    if (position % 8u == 0) {
        for (; length - i >= 8u; i += 8u) {
            store64_le(output + i, keccak->lanes[(position + i) / 8u]);
        }
    }
    for (; i < length; i++) {
        output[i] = (uint8_t)(keccak->lanes[(position + i) / 8u] >> (8u * ((position + i) % 8u)));
    }
}

void sw_keccak_squeeze(struct sw_keccak *keccak, uint8_t *output, size_t output_length)
{
    while (output_length != 0) {
        if (keccak->position == keccak->rate) {
            sw_kernels.keccak_f1600(keccak->lanes);
            keccak->position = 0;
        }
        size_t left = (size_t)keccak->rate - keccak->position;
        size_t take = output_length < left ? output_length : left;
        read_bytes(keccak, keccak->position, output, take);
        keccak->position = (uint8_t)(keccak->position + take);
        output += take;
        output_length -= take;
    }
}

#endif
