/* SPDX-License-Identifier: Apache-2.0 */
#include "software/pake/group.h"

#include <string.h>

#include "software/pake/modular.h"
#include "software/software.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* A candidate is refused with probability below 1/2 in every group, so that this many in a row mean a broken source. */
#define CANDIDATES_MAX 128

/* ---- Kinds of groups ---- */

static psa_status_t find_curve(struct sw_group *group)
{
    const struct sw_curve *curve = sw_curve_find(PSA_PAKE_PRIMITIVE_GET_FAMILY(group->primitive),
                                                 PSA_PAKE_PRIMITIVE_GET_BITS(group->primitive));
    if (curve == NULL || curve->arithmetic->group == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    const struct sw_curve_group *sums = curve->arithmetic->group;
    group->curve = curve;
    group->element_length = curve->public_length;
    group->scalar_length = sums->order != NULL ? sums->order_length : curve->order_length;
    group->cofactor = sums->cofactor;
    return PSA_SUCCESS;
}

#if SW_HAS_FFDH

static psa_status_t find_field(struct sw_group *group)
{
    group->field = sw_ffdh_find(PSA_PAKE_PRIMITIVE_GET_FAMILY(group->primitive), PSA_PAKE_PRIMITIVE_GET_BITS(group->primitive));
    if (group->field == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    group->element_length = group->scalar_length = (uint16_t)(group->field->bits / 8u);
    group->cofactor = 1;
    return PSA_SUCCESS;
}

static psa_status_t field_check(const struct sw_group *group, const uint8_t *element)
{
    uint8_t p[SW_FFDH_LENGTH_MAX];
    sw_ffdh_prime(group->field, p);
    return math_group_check_vartime(p, group->element_length, element);
}

static psa_status_t field_multiply(const struct sw_group *group, uint8_t *product, const uint8_t *scalar, const uint8_t *element)
{
    uint8_t p[SW_FFDH_LENGTH_MAX];
    sw_ffdh_prime(group->field, p);
    return math_group_power(product, p, group->element_length, element, scalar);
}

static void field_add(const struct sw_group *group, uint8_t *sum, const uint8_t *a, const uint8_t *b)
{
    uint8_t p[SW_FFDH_LENGTH_MAX];
    struct sw_modulus modulus = { p, group->element_length };
    sw_ffdh_prime(group->field, p);
    sw_modular_multiply(modulus, sum, a, b);
}

/* q = (p - 1) / 2: p without its last bit. */
static void field_order(const struct sw_group *group, uint8_t *order)
{
    sw_ffdh_prime(group->field, order);
    for (size_t i = group->scalar_length; i-- > 0;) {
        order[i] = (uint8_t)((order[i] >> 1) | (i != 0 ? order[i - 1u] << 7 : 0));
    }
}

#else

static psa_status_t find_field(struct sw_group *group)
{
    (void)group;
    return PSA_ERROR_NOT_SUPPORTED;
}

/* Nothing is found, so that nothing is called. */
static psa_status_t field_check(const struct sw_group *group, const uint8_t *element)
{
    (void)group, (void)element;
    return PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t field_multiply(const struct sw_group *group, uint8_t *product, const uint8_t *scalar, const uint8_t *element)
{
    (void)group, (void)product, (void)scalar, (void)element;
    return PSA_ERROR_NOT_SUPPORTED;
}

static void field_add(const struct sw_group *group, uint8_t *sum, const uint8_t *a, const uint8_t *b)
{
    (void)group, (void)sum, (void)a, (void)b;
}

static void field_order(const struct sw_group *group, uint8_t *order)
{
    (void)group, (void)order;
}

#endif

psa_status_t sw_group_find(struct sw_group *group, psa_pake_primitive_t primitive)
{
    memset(group, 0, sizeof *group);
    group->primitive = primitive;
    switch (PSA_PAKE_PRIMITIVE_GET_TYPE(primitive)) {
    case PSA_PAKE_PRIMITIVE_TYPE_ECC:
        return find_curve(group);
    case PSA_PAKE_PRIMITIVE_TYPE_DH:
        return find_field(group);
    default:
        return PSA_ERROR_NOT_SUPPORTED;
    }
}

/* ---- Elements ---- */

static const struct sw_curve_group *sums_of(const struct sw_group *group)
{
    return group->curve->arithmetic->group;
}

psa_status_t sw_group_check(const struct sw_group *group, const uint8_t *element)
{
    return group->curve != NULL ? sums_of(group)->check(group->curve, element) : field_check(group, element);
}

/* A finite field has a 1 at the end, an Edwards curve at the beginning: y = 1, x = 0 (RFC 8032, 5.1.2 and 5.2.2). */
static void write_neutral(const struct sw_group *group, uint8_t *element)
{
    memset(element, 0, group->element_length);
    if (group->curve == NULL) {
        element[group->element_length - 1u] = 1;
    } else {
        element[0] = sums_of(group)->neutral;
    }
}

uint32_t sw_group_is_neutral(const struct sw_group *group, const uint8_t *element)
{
    uint8_t neutral[SW_GROUP_ELEMENT_MAX];
    write_neutral(group, neutral);
    uint32_t equal = ct_mask_equal(neutral, element, group->element_length);
    CT_PUBLIC(&equal, sizeof equal); /* see group.h */
    return equal;
}

static int is_zero(const struct sw_group *group, const uint8_t *scalar)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < group->scalar_length; i++) {
        bits |= scalar[i];
    }
    bits = ct_mask_zero32(bits);
    CT_PUBLIC(&bits, sizeof bits); /* see group.h */
    return bits != 0;
}

psa_status_t sw_group_multiply(const struct sw_group *group, uint8_t *product, const uint8_t *scalar, const uint8_t *element)
{
    if (is_zero(group, scalar) || sw_group_is_neutral(group, element)) {
        write_neutral(group, product);
        return PSA_SUCCESS;
    }
    return group->curve != NULL ? sums_of(group)->multiply(group->curve, product, scalar, element)
                                : field_multiply(group, product, scalar, element);
}

psa_status_t sw_group_multiply_base(const struct sw_group *group, uint8_t *product, const uint8_t *scalar)
{
    uint8_t base[SW_GROUP_ELEMENT_MAX];
    if (is_zero(group, scalar)) {
        write_neutral(group, product);
        return PSA_SUCCESS;
    }
    if (group->curve != NULL) {
        return sums_of(group)->multiply_base(group->curve, product, scalar);
    }
    psa_status_t status = sw_group_base(group, base);
    return status == PSA_SUCCESS ? field_multiply(group, product, scalar, base) : status;
}

psa_status_t sw_group_add(const struct sw_group *group, uint8_t *sum, const uint8_t *a, const uint8_t *b)
{
    if (group->curve == NULL) {
        field_add(group, sum, a, b);
        return PSA_SUCCESS;
    }
    if (sw_group_is_neutral(group, a) || sw_group_is_neutral(group, b)) {
        memmove(sum, sw_group_is_neutral(group, a) ? b : a, group->element_length);
        return PSA_SUCCESS;
    }
    return sums_of(group)->add(group->curve, sum, a, b);
}

/* 2 generates the squares modulo the primes of RFC 3526 and RFC 7919. */
psa_status_t sw_group_base(const struct sw_group *group, uint8_t *element)
{
    uint8_t one[SW_GROUP_SCALAR_MAX] = { 0 };
    if (group->curve == NULL) {
        memset(element, 0, group->element_length);
        element[group->element_length - 1u] = 2;
        return PSA_SUCCESS;
    }
    one[group->scalar_length - 1u] = 1;
    return sums_of(group)->multiply_base(group->curve, element, one);
}

/* ---- Scalars ---- */

void sw_group_order(const struct sw_group *group, uint8_t *order)
{
    if (group->curve == NULL) {
        field_order(group, order);
        return;
    }
    const uint8_t *own = sums_of(group)->order;
    memcpy(order, own != NULL ? own : group->curve->order, group->scalar_length);
}

/* order: room for it. */
static struct sw_modulus modulus_of(const struct sw_group *group, uint8_t *order)
{
    struct sw_modulus modulus = { order, group->scalar_length };
    sw_group_order(group, order);
    return modulus;
}

uint32_t sw_group_scalar_is_valid(const struct sw_group *group, const uint8_t *scalar)
{
    uint8_t order[SW_GROUP_SCALAR_MAX];
    return sw_modular_is_valid(modulus_of(group, order), scalar);
}

/* As many ones as the order's first byte has bits. */
static uint8_t mask_of(uint8_t first)
{
    uint8_t mask = 0xff;
    while ((mask >> 1) >= first) {
        mask >>= 1;
    }
    return mask;
}

/* Candidates as long as q until one is in range (FIPS 186-5, A.2.2). */
psa_status_t sw_group_scalar_random(const struct sw_group *group, uint8_t *scalar)
{
    uint8_t order[SW_GROUP_SCALAR_MAX];
    struct sw_modulus modulus = modulus_of(group, order);
    psa_status_t status = PSA_SUCCESS;
    for (int i = 0; i < CANDIDATES_MAX && status == PSA_SUCCESS; i++) {
        status = sw_random(scalar, group->scalar_length);
        scalar[0] &= mask_of(order[0]);
        uint32_t valid = sw_modular_is_valid(modulus, scalar);
        CT_PUBLIC(&valid, sizeof valid); /* a refused candidate is thrown away */
        if (status == PSA_SUCCESS && valid != 0) {
            return PSA_SUCCESS;
        }
    }
    zeroise(scalar, group->scalar_length);
    return status != PSA_SUCCESS ? status : PSA_ERROR_CORRUPTION_DETECTED;
}

void sw_group_scalar_reduce(const struct sw_group *group, uint8_t *scalar, const uint8_t *bytes, size_t length)
{
    uint8_t order[SW_GROUP_SCALAR_MAX];
    sw_modular_reduce(modulus_of(group, order), scalar, bytes, length);
}

void sw_group_scalar_add(const struct sw_group *group, uint8_t *sum, const uint8_t *a, const uint8_t *b)
{
    uint8_t order[SW_GROUP_SCALAR_MAX];
    sw_modular_add(modulus_of(group, order), sum, a, b);
}

void sw_group_scalar_multiply(const struct sw_group *group, uint8_t *product, const uint8_t *a, const uint8_t *b)
{
    uint8_t order[SW_GROUP_SCALAR_MAX];
    sw_modular_multiply(modulus_of(group, order), product, a, b);
}

void sw_group_scalar_negate(const struct sw_group *group, uint8_t *negative, const uint8_t *a)
{
    uint8_t order[SW_GROUP_SCALAR_MAX];
    sw_modular_negate(modulus_of(group, order), negative, a);
}
