/* SPDX-License-Identifier: Apache-2.0 */
#ifndef X86_64_SBOX_GFNI_H
#define X86_64_SBOX_GFNI_H

#include "software/kernels.h"

#define SBOX_GFNI_FEATURES CPU_X86_GFNI
void sbox_substitute_gfni(const struct sw_sbox *sbox, uint8_t bytes[64]);

#endif
