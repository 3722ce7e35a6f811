/* SPDX-License-Identifier: Apache-2.0 */
/*
 * S-boxes that are an inversion in GF(2^8) between two affine maps, as those of ARIA, Camellia and SM4 are:
 * S(x) = out * (in * x + in_constant)^-1 + out_constant, the inverse taken in the field of AES, 0^-1 = 0.
 *
 * A matrix over GF(2) is written as GF2P8AFFINEQB takes it: byte 7 - i is row i, the bits of x that bit i of the product is the
 * sum of.
 */
#ifndef SOFTWARE_CIPHER_SBOX_H
#define SOFTWARE_CIPHER_SBOX_H

#include "software/kernels.h"

/* The portable kernel (kernels.h). */
void sbox_substitute_portable(const struct sw_sbox *sbox, uint8_t bytes[64]);

#endif
