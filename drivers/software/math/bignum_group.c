/* SPDX-License-Identifier: Apache-2.0 */
/* Powers in the subgroup of order q = (p - 1) / 2 of the integers modulo a safe prime p. */
#include "software/math/bignum.h"

#if SW_HAS_FFDH

#include "platform/platform.h"
#include "software/math/bignum_mpi.h"
#include "software/math/montgomery.h"

/* An element and the constants of p, and room. */
static size_t power_size(size_t length)
{
    size_t n = montgomery_limbs(length);
    return montgomery_size(length) + (n + montgomery_power_room(n)) * sizeof(limb);
}

psa_status_t math_group_power(uint8_t *output, const uint8_t *p, size_t length, const uint8_t *base, const uint8_t *exponent)
{
    struct montgomery *m = platform_secret_allocate(power_size(length));
    if (m == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    limb *x = m->values + 2u * montgomery_limbs(length);
    limb *room = x + montgomery_limbs(length);
    montgomery_prepare(m, p, length, room);
    montgomery_enter(m, x, base, length, room);
    montgomery_power(m, x, x, exponent, length, room);
    montgomery_leave(m, x, x, room);
    limbs_store(output, length, x);
    platform_secret_free(m, power_size(length));
    return PSA_SUCCESS;
}

/* ---- Checks: of what is public ---- */

struct check {
    mbedtls_mpi p, base, t;
};

static void init(struct check *i)
{
    mbedtls_mpi_init(&i->p);
    mbedtls_mpi_init(&i->base);
    mbedtls_mpi_init(&i->t);
}

static void release(struct check *i)
{
    mbedtls_mpi_free(&i->p);
    mbedtls_mpi_free(&i->base);
    mbedtls_mpi_free(&i->t);
}

/* Takes the factors of 2 out of a. *symbol changes its sign for each where (2/n) = -1, that is n = 3 or 5 mod 8. */
static int remove_twos(mbedtls_mpi *a, const mbedtls_mpi *n, int *symbol)
{
    size_t twos = mbedtls_mpi_lsb(a);
    int n1 = mbedtls_mpi_get_bit(n, 1);
    int n2 = mbedtls_mpi_get_bit(n, 2);
    if ((twos & 1u) != 0 && n1 != n2) {
        *symbol = -*symbol;
    }
    return mbedtls_mpi_shift_r(a, twos);
}

/*
 * The Jacobi symbol (a/n) for odd n and 0 < a < n coprime to it: for a prime n it is 1 for the squares, which are the subgroup of
 * order (n - 1) / 2, else -1. Both are spoilt. By (a/n) = (a mod n/n), (2/n), and reciprocity for odd a and n.
 */
static int jacobi_vartime(mbedtls_mpi *a, mbedtls_mpi *n, int *symbol)
{
    int error = 0;
    *symbol = 1;
    while (error == 0 && mbedtls_mpi_cmp_int(a, 0) != 0) {
        if ((error = remove_twos(a, n, symbol)) != 0) {
            break;
        }
        if (mbedtls_mpi_get_bit(a, 1) != 0 && mbedtls_mpi_get_bit(n, 1) != 0) { /* both are 3 mod 4 */
            *symbol = -*symbol;
        }
        mbedtls_mpi_swap(a, n);
        error = mbedtls_mpi_mod_mpi(a, a, n);
    }
    return error;
}

/* 2 <= y <= p - 2 */
static int check_range(struct check *i)
{
    int error = mbedtls_mpi_sub_int(&i->t, &i->p, 2);
    if (error != 0) {
        return error;
    }
    return mbedtls_mpi_cmp_int(&i->base, 2) >= 0 && mbedtls_mpi_cmp_mpi(&i->base, &i->t) <= 0 ? 0 : MATH_OUT_OF_RANGE;
}

psa_status_t math_group_check_vartime(const uint8_t *p, size_t length, const uint8_t *y)
{
    struct check i;
    int symbol = 0;
    int error;
    init(&i);
    if ((error = mbedtls_mpi_read_binary(&i.p, p, length)) == 0 &&
        (error = mbedtls_mpi_read_binary(&i.base, y, length)) == 0 && (error = check_range(&i)) == 0) {
        error = jacobi_vartime(&i.base, &i.p, &symbol);
    }
    if (error == 0 && symbol != 1) {
        error = MATH_OUT_OF_RANGE;
    }
    release(&i);
    return mpi_status(error, PSA_SUCCESS);
}

#endif
