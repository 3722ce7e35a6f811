/* SPDX-License-Identifier: Apache-2.0 */
/* Powers in the subgroup of order q = (p - 1) / 2 of the integers modulo a safe prime p. */
#include "software/math/bignum.h"

#if SW_HAS_FFDH

#include "software/math/bignum_mpi.h"

#define EXPONENT_BLINDING_LENGTH 8u

/* The blinded exponent is longer than Mbed TLS takes one for p of 8192 bits; this much of it is taken apart. */
#define SPLIT_BITS 128u

struct integers {
    mbedtls_mpi p, square, base, exponent, low, t, power;
    psa_status_t random; /* why the generator failed */
};

static void init(struct integers *i)
{
    mbedtls_mpi_init(&i->p);
    mbedtls_mpi_init(&i->square);
    mbedtls_mpi_init(&i->base);
    mbedtls_mpi_init(&i->exponent);
    mbedtls_mpi_init(&i->low);
    mbedtls_mpi_init(&i->t);
    mbedtls_mpi_init(&i->power);
    i->random = PSA_SUCCESS;
}

static void release(struct integers *i)
{
    mbedtls_mpi_free(&i->p);
    mbedtls_mpi_free(&i->square);
    mbedtls_mpi_free(&i->base);
    mbedtls_mpi_free(&i->exponent); /* each wipes */
    mbedtls_mpi_free(&i->low);
    mbedtls_mpi_free(&i->t);
    mbedtls_mpi_free(&i->power);
}

/* exponent += r q for a random r: the same power, since base is of order q. */
static int blind_exponent(struct integers *i)
{
    int error;
    if ((error = mbedtls_mpi_fill_random(&i->low, EXPONENT_BLINDING_LENGTH, math_blind, &i->random)) != 0 ||
        (error = mbedtls_mpi_copy(&i->t, &i->p)) != 0 || (error = mbedtls_mpi_shift_r(&i->t, 1)) != 0 ||
        (error = mbedtls_mpi_mul_mpi(&i->t, &i->t, &i->low)) != 0) {
        return error;
    }
    return mbedtls_mpi_add_mpi(&i->exponent, &i->exponent, &i->t);
}

/* exponent = exponent 2^128 + low */
static int split_exponent(struct integers *i)
{
    int error;
    if ((error = mbedtls_mpi_copy(&i->low, &i->exponent)) != 0 ||
        (error = mbedtls_mpi_shift_r(&i->exponent, SPLIT_BITS)) != 0 ||
        (error = mbedtls_mpi_copy(&i->t, &i->exponent)) != 0 || (error = mbedtls_mpi_shift_l(&i->t, SPLIT_BITS)) != 0) {
        return error;
    }
    return mbedtls_mpi_sub_mpi(&i->low, &i->low, &i->t);
}

/* power = (base^exponent)^(2^128) base^low, modulo p */
static int power_of_parts(struct integers *i)
{
    int error;
    if ((error = mbedtls_mpi_exp_mod(&i->power, &i->base, &i->exponent, &i->p, &i->square)) != 0 ||
        (error = mbedtls_mpi_lset(&i->t, 1)) != 0 || (error = mbedtls_mpi_shift_l(&i->t, SPLIT_BITS)) != 0 ||
        (error = mbedtls_mpi_exp_mod(&i->power, &i->power, &i->t, &i->p, &i->square)) != 0 ||
        (error = mbedtls_mpi_exp_mod(&i->t, &i->base, &i->low, &i->p, &i->square)) != 0 ||
        (error = mbedtls_mpi_mul_mpi(&i->power, &i->power, &i->t)) != 0) {
        return error;
    }
    return mbedtls_mpi_mod_mpi(&i->power, &i->power, &i->p);
}

psa_status_t math_group_power(uint8_t *output, const uint8_t *p, size_t length, const uint8_t *base, const uint8_t *exponent)
{
    struct integers i;
    int error;
    init(&i);
    if ((error = mbedtls_mpi_read_binary(&i.p, p, length)) == 0 &&
        (error = mbedtls_mpi_read_binary(&i.base, base, length)) == 0 &&
        (error = mbedtls_mpi_read_binary(&i.exponent, exponent, length)) == 0 && (error = blind_exponent(&i)) == 0 &&
        (error = split_exponent(&i)) == 0 && (error = power_of_parts(&i)) == 0) {
        error = mbedtls_mpi_write_binary(&i.power, output, length);
    }
    release(&i);
    return mpi_status(error, i.random);
}

/* ---- Checks ---- */

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
static int check_range(struct integers *i)
{
    int error = mbedtls_mpi_sub_int(&i->t, &i->p, 2);
    if (error != 0) {
        return error;
    }
    return mbedtls_mpi_cmp_int(&i->base, 2) >= 0 && mbedtls_mpi_cmp_mpi(&i->base, &i->t) <= 0 ? 0 : MATH_OUT_OF_RANGE;
}

psa_status_t math_group_check_vartime(const uint8_t *p, size_t length, const uint8_t *y)
{
    struct integers i;
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
