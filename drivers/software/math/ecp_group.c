/* SPDX-License-Identifier: Apache-2.0 */
#include "software/math/ecp.h"

#if SW_HAS_MATH_ECP

#include <string.h>

#include "platform/platform.h"
#include "software/ecc/generic_curve.h"
#include "software/math/ecp_group.h"
#include "util/atomic.h"

struct row {
    psa_ecc_family_t family;
    uint16_t bits;
    mbedtls_ecp_group_id id; /* MBEDTLS_ECP_DP_NONE: by its parameters */
};

static const struct row rows[] = {
    { PSA_ECC_FAMILY_SECP_R1, 192, MBEDTLS_ECP_DP_SECP192R1 },
    { PSA_ECC_FAMILY_SECP_R1, 224, MBEDTLS_ECP_DP_SECP224R1 },
    { PSA_ECC_FAMILY_SECP_R1, 384, MBEDTLS_ECP_DP_SECP384R1 },
    { PSA_ECC_FAMILY_SECP_R1, 521, MBEDTLS_ECP_DP_SECP521R1 },
    { PSA_ECC_FAMILY_SECP_K1, 192, MBEDTLS_ECP_DP_SECP192K1 },
    { PSA_ECC_FAMILY_SECP_K1, 225, MBEDTLS_ECP_DP_SECP224K1 },
    { PSA_ECC_FAMILY_SECP_K1, 256, MBEDTLS_ECP_DP_SECP256K1 },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, MBEDTLS_ECP_DP_NONE },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192, MBEDTLS_ECP_DP_NONE },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224, MBEDTLS_ECP_DP_NONE },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, MBEDTLS_ECP_DP_BP256R1 },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, MBEDTLS_ECP_DP_NONE },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384, MBEDTLS_ECP_DP_BP384R1 },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, MBEDTLS_ECP_DP_BP512R1 },
    { PSA_ECC_FAMILY_FRP, 256, MBEDTLS_ECP_DP_NONE },
};

#define ROWS (sizeof rows / sizeof rows[0])

/* Published once by compare-and-swap; a thread that loses the race frees its own. */
static mbedtls_ecp_group *loaded[ROWS];

/* The table of base point multiples is public, so that nothing needs hiding while it is made. Any bytes will do that
 * give a factor below every field's prime. */
static int no_blinding(void *context, unsigned char *output, size_t output_size)
{
    (void)context;
    memset(output, 0x55, output_size);
    return 0;
}

/* Has Mbed TLS make the table: a multiplication of the base point does. */
static int make_table(mbedtls_ecp_group *group)
{
    mbedtls_mpi two;
    mbedtls_ecp_point point;

    mbedtls_mpi_init(&two);
    mbedtls_ecp_point_init(&point);
    int error = mbedtls_mpi_lset(&two, 2);
    if (error == 0) {
        error = mbedtls_ecp_mul(group, &point, &two, &group->G, no_blinding, NULL);
    }
    mbedtls_ecp_point_free(&point);
    mbedtls_mpi_free(&two);
    return error;
}

static void group_free(mbedtls_ecp_group *group)
{
    if (group != NULL) {
        mbedtls_ecp_group_free(group);
        platform_free(group);
    }
}

/* Digits: the one way into a point of a group that has no base point yet, without members that Mbed TLS 3 made private. */
static void to_hex(char *text, const uint8_t *bytes, size_t length)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        text[2u * i] = digits[bytes[i] >> 4];
        text[2u * i + 1u] = digits[bytes[i] & 15u];
    }
    text[2u * length] = 0;
}

/* What mbedtls_ecp_group_load() does, without a fast reduction modulo p, for which there is mbedtls_mpi_mod_mpi(). */
static int fill(mbedtls_ecp_group *group, const struct sw_curve *curve, const struct generic_parameters *parameters)
{
    char x[2u * GENERIC_LENGTH_MAX + 1u], y[2u * GENERIC_LENGTH_MAX + 1u];
    size_t length = parameters->length;
    int error;
    to_hex(x, parameters->x, length);
    to_hex(y, parameters->y, length);
    if ((error = mbedtls_mpi_read_binary(&group->P, parameters->p, length)) != 0 ||
        (error = mbedtls_mpi_read_binary(&group->A, parameters->a, length)) != 0 ||
        (error = mbedtls_mpi_read_binary(&group->B, parameters->b, length)) != 0 ||
        (error = mbedtls_mpi_read_binary(&group->N, curve->order, curve->order_length)) != 0 ||
        (error = mbedtls_ecp_point_read_string(&group->G, 16, x, y)) != 0) {
        return error;
    }
    group->pbits = mbedtls_mpi_bitlen(&group->P);
    group->nbits = mbedtls_mpi_bitlen(&group->N);
    return 0;
}

static int load(mbedtls_ecp_group *group, const struct row *row, const struct sw_curve *curve)
{
    if (row->id != MBEDTLS_ECP_DP_NONE) {
        return mbedtls_ecp_group_load(group, row->id);
    }
    const struct generic_parameters *parameters = generic_parameters_find(row->family, row->bits);
    return parameters != NULL ? fill(group, curve, parameters) : MBEDTLS_ERR_ECP_FEATURE_UNAVAILABLE;
}

static psa_status_t group_load(const struct row *row, const struct sw_curve *curve, mbedtls_ecp_group **group)
{
    *group = platform_allocate(sizeof **group);
    if (*group == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    mbedtls_ecp_group_init(*group);
    int error = load(*group, row, curve);
    if (error == 0) {
        error = make_table(*group);
    }
    if (error != 0) {
        group_free(*group);
        *group = NULL;
    }
    return math_status(error, PSA_SUCCESS);
}

psa_status_t math_ecp_group(const struct sw_curve *curve, mbedtls_ecp_group **group)
{
    size_t i = 0;
    while (i < ROWS && (rows[i].family != curve->family || rows[i].bits != curve->bits)) {
        i++;
    }
    if (i == ROWS) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    *group = ATOMIC_LOAD(&loaded[i]);
    if (*group != NULL) {
        return PSA_SUCCESS;
    }
    psa_status_t status = group_load(&rows[i], curve, group);
    mbedtls_ecp_group *expected = NULL;
    if (status == PSA_SUCCESS && !ATOMIC_CAS(&loaded[i], &expected, *group)) {
        group_free(*group);
        *group = expected;
    }
    return status;
}

void math_ecp_close(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        group_free(loaded[i]);
        loaded[i] = NULL;
    }
}

#endif
