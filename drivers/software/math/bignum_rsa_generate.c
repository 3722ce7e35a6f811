/* SPDX-License-Identifier: Apache-2.0 */
/* Generation of RSA keys from probable primes (FIPS 186-5, A.1.3). */
#include "software/math/bignum.h"

#if SW_HAS_RSA

#include "software/math/bignum_mpi.h"

struct integers {
    mbedtls_mpi e, p, q, n, d;
    mbedtls_mpi p1, q1; /* p - 1, q - 1 */
    mbedtls_mpi lambda; /* the least common multiple of the two */
    mbedtls_mpi t, u;
    psa_status_t random; /* why the generator failed */
};

static void init(struct integers *i)
{
    mbedtls_mpi_init(&i->e);
    mbedtls_mpi_init(&i->p);
    mbedtls_mpi_init(&i->q);
    mbedtls_mpi_init(&i->n);
    mbedtls_mpi_init(&i->d);
    mbedtls_mpi_init(&i->p1);
    mbedtls_mpi_init(&i->q1);
    mbedtls_mpi_init(&i->lambda);
    mbedtls_mpi_init(&i->t);
    mbedtls_mpi_init(&i->u);
    i->random = PSA_SUCCESS;
}

static void release(struct integers *i)
{
    mbedtls_mpi_free(&i->e);
    mbedtls_mpi_free(&i->p); /* each wipes */
    mbedtls_mpi_free(&i->q);
    mbedtls_mpi_free(&i->n);
    mbedtls_mpi_free(&i->d);
    mbedtls_mpi_free(&i->p1);
    mbedtls_mpi_free(&i->q1);
    mbedtls_mpi_free(&i->lambda);
    mbedtls_mpi_free(&i->t);
    mbedtls_mpi_free(&i->u);
}

/* Steps 4.2 to 4.4: random, odd, of exactly so many bits, at least sqrt(2) 2^(bits - 1). *found: the last of it. */
static int draw_candidate(struct integers *i, mbedtls_mpi *prime, size_t bits, int *found)
{
    int error;
    if ((error = mbedtls_mpi_fill_random(prime, (bits + 7u) / 8u, math_blind, &i->random)) != 0 ||
        (error = mbedtls_mpi_shift_r(prime, (8u - bits % 8u) % 8u)) != 0 || (error = mbedtls_mpi_set_bit(prime, 0, 1)) != 0 ||
        (error = mbedtls_mpi_set_bit(prime, bits - 1u, 1)) != 0) { /* half of all would be below the bound anyway */
        return error;
    }
    /* prime^2 has 2 bits bits exactly if prime^2 >= 2^(2 bits - 1). */
    error = mbedtls_mpi_mul_mpi(&i->t, prime, prime);
    *found = mbedtls_mpi_bitlen(&i->t) == 2u * bits;
    return error;
}

/* Step 4.5 and 5.6: gcd(prime - 1, e) = 1. less: prime - 1. */
static int check_exponent(struct integers *i, mbedtls_mpi *less, const mbedtls_mpi *prime, int *found)
{
    int error;
    if ((error = mbedtls_mpi_sub_int(less, prime, 1)) != 0 || (error = mbedtls_mpi_gcd(&i->t, less, &i->e)) != 0) {
        return error;
    }
    *found = mbedtls_mpi_cmp_int(&i->t, 1) == 0;
    return 0;
}

/* Rounds of Miller-Rabin that leave an error of 2^-100 to random candidates (FIPS 186-5, table B.1), and some more. */
static int rounds(size_t bits)
{
    return bits < 1024u ? 12 : bits < 1536u ? 8 : 6;
}

static int check_prime(struct integers *i, const mbedtls_mpi *prime, size_t bits, int *found)
{
    int error = mbedtls_mpi_is_prime_ext(prime, rounds(bits), math_blind, &i->random);
    *found = error == 0;
    return error == MBEDTLS_ERR_MPI_NOT_ACCEPTABLE ? 0 : error;
}

/* Step 5.4: |p - q| > 2^(bits - 100), where bits is that of a prime. */
static int check_distance(struct integers *i, size_t bits, int *found)
{
    int error = mbedtls_mpi_sub_mpi(&i->t, &i->p, &i->q);
    *found = mbedtls_mpi_bitlen(&i->t) > bits - 100u;
    return error;
}

/* p, then q, which is far enough from p. */
static int draw_prime(struct integers *i, mbedtls_mpi *prime, mbedtls_mpi *less, size_t bits)
{
    int error = 0;
    int found = 0;
    while (error == 0 && !found) {
        if ((error = draw_candidate(i, prime, bits, &found)) == 0 && found && prime == &i->q) {
            error = check_distance(i, bits, &found);
        }
        if (error == 0 && found) {
            error = check_exponent(i, less, prime, &found);
        }
        if (error == 0 && found) {
            error = check_prime(i, prime, bits, &found);
        }
    }
    return error;
}

/* A.1.1, 3: the least common multiple, d = 1/e modulo it. *found: d > 2^bits. */
static int make_private(struct integers *i, size_t bits, int *found)
{
    int error;
    if ((error = mbedtls_mpi_gcd(&i->t, &i->p1, &i->q1)) != 0 || (error = mbedtls_mpi_mul_mpi(&i->u, &i->p1, &i->q1)) != 0 ||
        (error = mbedtls_mpi_div_mpi(&i->lambda, NULL, &i->u, &i->t)) != 0 ||
        (error = mbedtls_mpi_inv_mod(&i->d, &i->e, &i->lambda)) != 0) {
        return error;
    }
    *found = mbedtls_mpi_bitlen(&i->d) > bits;
    return mbedtls_mpi_mul_mpi(&i->n, &i->p, &i->q);
}

static int make(struct integers *i, size_t bits)
{
    int error = 0;
    int found = 0;
    while (error == 0 && !found) {
        if ((error = draw_prime(i, &i->p, &i->p1, bits / 2u)) == 0 && (error = draw_prime(i, &i->q, &i->q1, bits / 2u)) == 0) {
            error = make_private(i, bits / 2u, &found);
        }
    }
    return error;
}

static int write_key(struct integers *i, const struct math_rsa_output *key)
{
    size_t length = key->modulus_length;
    size_t half = (length + 1u) / 2u;
    int error;
    if ((error = mbedtls_mpi_write_binary(&i->n, key->n, length)) != 0 ||
        (error = mbedtls_mpi_write_binary(&i->d, key->d, length)) != 0 ||
        (error = mbedtls_mpi_write_binary(&i->p, key->p, half)) != 0 ||
        (error = mbedtls_mpi_write_binary(&i->q, key->q, half)) != 0 ||
        (error = mbedtls_mpi_mod_mpi(&i->t, &i->d, &i->p1)) != 0 ||
        (error = mbedtls_mpi_write_binary(&i->t, key->dp, half)) != 0 ||
        (error = mbedtls_mpi_mod_mpi(&i->t, &i->d, &i->q1)) != 0 ||
        (error = mbedtls_mpi_write_binary(&i->t, key->dq, half)) != 0 ||
        (error = mbedtls_mpi_inv_mod(&i->t, &i->q, &i->p)) != 0) {
        return error;
    }
    return mbedtls_mpi_write_binary(&i->t, key->qinv, half);
}

psa_status_t math_rsa_generate(const struct math_rsa_output *key, size_t bits, struct math_integer e)
{
    struct integers i;
    int error;
    init(&i);
    if ((error = mpi_read(&i.e, e)) == 0 && (error = make(&i, bits)) == 0) {
        error = write_key(&i, key);
    }
    release(&i);
    return mpi_status(error, i.random);
}

#endif
