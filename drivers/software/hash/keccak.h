/* SPDX-License-Identifier: Apache-2.0 */
/* The sponge over Keccak-f[1600] (FIPS 202, section 4): SHA-3, SHAKE, and whatever else is built on them. */
#ifndef SOFTWARE_HASH_KECCAK_H
#define SOFTWARE_HASH_KECCAK_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#define SW_HAS_SHA3 (PSA_WANT_ALG_SHA3_224 || PSA_WANT_ALG_SHA3_256 || PSA_WANT_ALG_SHA3_384 || PSA_WANT_ALG_SHA3_512)
#define SW_HAS_SHAKE_HASH \
    (PSA_WANT_ALG_SHAKE128_256 || PSA_WANT_ALG_SHAKE256_192 || PSA_WANT_ALG_SHAKE256_256 || PSA_WANT_ALG_SHAKE256_512)
#define SW_HAS_SHAKE_XOF (PSA_WANT_ALG_SHAKE128 || PSA_WANT_ALG_SHAKE256)
#define SW_HAS_KECCAK (SW_HAS_SHA3 || SW_HAS_SHAKE_HASH || SW_HAS_SHAKE_XOF)

/* Rates in bytes: 200 less twice the security strength (sections 6.1 and 6.2). */
#define SW_SHAKE128_RATE 168u
#define SW_SHAKE256_RATE 136u
#define SW_SHA3_RATE(hash_length) (200u - 2u * (hash_length))

/* The bits that follow the message, with the first one of the padding (section B.2). */
#define SW_SHA3_SUFFIX 0x06u
#define SW_SHAKE_SUFFIX 0x1fu

struct sw_keccak {
    uint64_t lanes[25];   /* lane (x, y) at x + 5 y; byte i of the state is byte i % 8, least significant first, of lane i / 8 */
    uint8_t rate;         /* a multiple of 8 */
    uint8_t position;     /* of the next byte to absorb or to squeeze; rate: nothing is left to squeeze */
    uint8_t suffix;
    uint8_t hash_length;  /* of a hash with a fixed one, for its finish; else 0 */
    uint8_t reserved[4];
};

#if SW_HAS_KECCAK

void sw_keccak_init(struct sw_keccak *keccak, size_t rate, uint8_t suffix, size_t hash_length);
void sw_keccak_absorb(struct sw_keccak *keccak, const uint8_t *input, size_t input_length);
/* Between the last sw_keccak_absorb() and the first sw_keccak_squeeze(). */
void sw_keccak_pad(struct sw_keccak *keccak);
void sw_keccak_squeeze(struct sw_keccak *keccak, uint8_t *output, size_t output_length);

/* Section 3.4, for the kernels' table. */
void keccak_f1600_portable(uint64_t lanes[25]);
void keccak_f1600_x8_portable(uint64_t lanes[25][8]);

#else
#define keccak_f1600_portable NULL
#define keccak_f1600_x8_portable NULL
#endif

#endif
