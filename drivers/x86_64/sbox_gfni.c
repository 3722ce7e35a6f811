/* SPDX-License-Identifier: Apache-2.0 */
/* S-boxes by GFNI: an affine map, then the inversion and another affine map in one instruction (kernels.h). */
#include "x86_64/sbox.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

/* The constants are immediates of the instructions, and different for each S-box: they are added apart. */
__attribute__((target("gfni,sse2"))) void sbox_substitute_gfni(const struct sw_sbox *sbox, uint8_t bytes[64])
{
    const __m128i in = _mm_set1_epi64x((long long)sbox->in), out = _mm_set1_epi64x((long long)sbox->out);
    const __m128i in_constant = _mm_set1_epi8((char)sbox->in_constant), out_constant = _mm_set1_epi8((char)sbox->out_constant);
    __m128i *vectors = (__m128i *)(void *)bytes;

    for (unsigned i = 0; i < 4; i++) {
        __m128i x = _mm_loadu_si128(vectors + i);
        x = _mm_xor_si128(_mm_gf2p8affine_epi64_epi8(x, in, 0), in_constant);
        x = _mm_xor_si128(_mm_gf2p8affineinv_epi64_epi8(x, out, 0), out_constant);
        _mm_storeu_si128(vectors + i, x);
    }
}

#endif
