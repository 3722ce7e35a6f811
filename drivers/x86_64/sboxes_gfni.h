/* SPDX-License-Identifier: Apache-2.0 */
/* The S-boxes of ARIA, Camellia and SM4 by GFNI on whole vectors: lanes_512.h or lanes_256.h comes before. */
#ifndef X86_64_SBOXES_GFNI_H
#define X86_64_SBOXES_GFNI_H

#include "software/kernels_sboxes.h"

/* Macros, as the constant is an immediate. */
#define AFFINE(x, matrix, constant) WIDE(gf2p8affine_epi64_epi8)(x, wide_words(matrix), constant)
#define AFFINE_OF_INVERSE(x, matrix, constant) WIDE(gf2p8affineinv_epi64_epi8)(x, wide_words(matrix), constant)

INLINE_LANES wide aria_1(wide x)
{
    return AFFINE_OF_INVERSE(x, ARIA_S1_OUT, ARIA_S1_OUT_CONSTANT);
}

INLINE_LANES wide aria_2(wide x)
{
    return AFFINE_OF_INVERSE(x, ARIA_S2_OUT, ARIA_S2_OUT_CONSTANT);
}

INLINE_LANES wide aria_1_inverse(wide x)
{
    return AFFINE_OF_INVERSE(AFFINE(x, ARIA_S1_INVERSE_IN, ARIA_S1_INVERSE_IN_CONSTANT), SBOX_IDENTITY, 0);
}

INLINE_LANES wide aria_2_inverse(wide x)
{
    return AFFINE_OF_INVERSE(AFFINE(x, ARIA_S2_INVERSE_IN, ARIA_S2_INVERSE_IN_CONSTANT), SBOX_IDENTITY, 0);
}

INLINE_LANES wide camellia_1(wide x)
{
    return AFFINE_OF_INVERSE(AFFINE(x, CAMELLIA_IN, CAMELLIA_IN_CONSTANT), CAMELLIA_OUT, CAMELLIA_OUT_CONSTANT);
}

INLINE_LANES wide camellia_2(wide x)
{
    return AFFINE_OF_INVERSE(AFFINE(x, CAMELLIA_IN, CAMELLIA_IN_CONSTANT), CAMELLIA_2_OUT, CAMELLIA_2_OUT_CONSTANT);
}

INLINE_LANES wide camellia_3(wide x)
{
    return AFFINE_OF_INVERSE(AFFINE(x, CAMELLIA_IN, CAMELLIA_IN_CONSTANT), CAMELLIA_3_OUT, CAMELLIA_3_OUT_CONSTANT);
}

INLINE_LANES wide camellia_4(wide x)
{
    return AFFINE_OF_INVERSE(AFFINE(x, CAMELLIA_4_IN, CAMELLIA_IN_CONSTANT), CAMELLIA_OUT, CAMELLIA_OUT_CONSTANT);
}

/* Bytes of SM4 as its rounds have them, and back. */
INLINE_LANES wide sm4_in(wide x)
{
    return AFFINE(x, SM4_IN, 0);
}

INLINE_LANES wide sm4_in_inverse(wide x)
{
    return AFFINE(x, SM4_IN_INVERSE, 0);
}

INLINE_LANES void sm4_left_right(wide *left, wide *right, wide x)
{
    *left = AFFINE_OF_INVERSE(x, SM4_LEFT_OUT, SM4_LEFT_OUT_CONSTANT);
    *right = AFFINE_OF_INVERSE(x, SM4_RIGHT_OUT, SM4_RIGHT_OUT_CONSTANT);
}

#undef AFFINE
#undef AFFINE_OF_INVERSE

#endif
