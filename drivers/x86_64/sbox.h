/* SPDX-License-Identifier: Apache-2.0 */
#ifndef X86_64_SBOX_H
#define X86_64_SBOX_H

#include "software/kernels.h"

#define SBOX_AESNI_FEATURES (CPU_X86_AESNI | CPU_X86_SSSE3)
void sbox_substitute_aesni(const struct sw_sbox *sbox, uint8_t bytes[64]);

#define SBOX_GFNI_FEATURES CPU_X86_GFNI
void sbox_substitute_gfni(const struct sw_sbox *sbox, uint8_t bytes[64]);

#endif
