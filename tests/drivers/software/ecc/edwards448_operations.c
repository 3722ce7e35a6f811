/* SPDX-License-Identifier: Apache-2.0 */
#include "edwards448_operations.h"

#include "software/ecc/edwards448.h"

static void combine(struct ed448_point *r, enum ed448_operation operation, const struct ed448_point *a, const struct ed448_point *b)
{
    struct ed448_point sum, twice;
    struct ed448_summand summand;
    ed448_to_summand(&summand, b);
    ed448_add(&sum, a, &summand);
    ed448_double(&twice, a);
    switch (operation) {
    case ED448_SUM:
        *r = sum;
        break;
    case ED448_SUM_AFFINE:
        memset(&summand.z, 0xa5, sizeof summand.z); /* not read */
        ed448_add_affine(r, a, &summand);
        break;
    case ED448_DIFFERENCE:
        ed448_negate_if((limb)0 - (limb)1, &summand);
        ed448_add(r, a, &summand);
        break;
    case ED448_DOUBLE:
        *r = twice;
        break;
    case ED448_SUM_OF_SUMS:
        ed448_to_summand(&summand, &twice);
        ed448_negate_if(0, &summand);
        ed448_add(r, &sum, &summand);
        break;
    case ED448_SUM_AND_AFFINE:
        ed448_add_affine(r, &sum, &summand);
        break;
    default:
        ed448_double(r, &sum);
        ed448_double(r, r);
        break;
    }
}

int ed448_operate(uint8_t r[57], int *neutral, enum ed448_operation operation, const uint8_t a[57], const uint8_t b[57])
{
    struct ed448_point first, second, result;
    if (ed448_decode(&first, a) == 0 || ed448_decode(&second, b) == 0) {
        return 0;
    }
    combine(&result, operation, &first, &second);
    ed448_encode(r, &result);
    *neutral = ed448_mask_neutral(&result) != 0;
    return 1;
}
