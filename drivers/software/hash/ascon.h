/* SPDX-License-Identifier: Apache-2.0 */
/* Ascon's permutation (NIST SP 800-232, section 3) and its sponge with a rate of 64 bits (section 5). */
#ifndef SOFTWARE_HASH_ASCON_H
#define SOFTWARE_HASH_ASCON_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#define SW_HAS_ASCON_SPONGE (PSA_WANT_ALG_ASCON_HASH256 || PSA_WANT_ALG_ASCON_XOF128 || PSA_WANT_ALG_ASCON_CXOF128)
#define SW_HAS_ASCON (SW_HAS_ASCON_SPONGE || PSA_WANT_ALG_ASCON_AEAD128)

#if SW_HAS_ASCON

/* The last `rounds` of the sixteen that the constants are defined for: Ascon-p[12], Ascon-p[8]. */
void sw_ascon_permute(uint64_t state[5], unsigned rounds);

#endif

struct sw_ascon {
    uint64_t state[5];    /* words whose bytes count from the least significant one */
    uint8_t position;     /* of the next byte to absorb or to squeeze, 0 to 7; squeezing, 8: none is left */
    uint8_t reserved[7];
};

#if SW_HAS_ASCON_SPONGE

/* Initial values (appendix B). */
#define SW_ASCON_HASH256_IV 0x0000080100cc0002u
#define SW_ASCON_XOF128_IV 0x0000080000cc0003u
#define SW_ASCON_CXOF128_IV 0x0000080000cc0004u

void sw_ascon_init(struct sw_ascon *ascon, uint64_t iv);
void sw_ascon_absorb(struct sw_ascon *ascon, const uint8_t *input, size_t input_length);
/* Ends what was absorbed with 1 and zeros; another string may follow. */
void sw_ascon_pad(struct sw_ascon *ascon);
/* After sw_ascon_pad(); before the first of these, sw_ascon_absorb() is of no use any more. */
void sw_ascon_squeeze(struct sw_ascon *ascon, uint8_t *output, size_t output_length);

#endif

#endif
