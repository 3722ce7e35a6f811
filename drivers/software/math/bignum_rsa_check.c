/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the parts of an RSA key pair belong together (RFC 8017, 3.2). */
#include "software/math/bignum.h"

#if SW_HAS_RSA

#include "software/math/bignum_mpi.h"

struct integers {
    mbedtls_mpi n, e, d, p, q;
    mbedtls_mpi part;  /* dp, dq or qinv */
    mbedtls_mpi minus; /* a prime less 1 */
    mbedtls_mpi t;
};

static void init(struct integers *i)
{
    mbedtls_mpi_init(&i->n);
    mbedtls_mpi_init(&i->e);
    mbedtls_mpi_init(&i->d);
    mbedtls_mpi_init(&i->p);
    mbedtls_mpi_init(&i->q);
    mbedtls_mpi_init(&i->part);
    mbedtls_mpi_init(&i->minus);
    mbedtls_mpi_init(&i->t);
}

static void release(struct integers *i)
{
    mbedtls_mpi_free(&i->n); /* each wipes */
    mbedtls_mpi_free(&i->e);
    mbedtls_mpi_free(&i->d);
    mbedtls_mpi_free(&i->p);
    mbedtls_mpi_free(&i->q);
    mbedtls_mpi_free(&i->part);
    mbedtls_mpi_free(&i->minus);
    mbedtls_mpi_free(&i->t);
}

static int read(struct integers *i, const struct math_rsa_key *key)
{
    int error;
    if ((error = mpi_read(&i->n, key->n)) != 0 || (error = mpi_read(&i->e, key->e)) != 0 ||
        (error = mpi_read(&i->d, key->d)) != 0 || (error = mpi_read(&i->p, key->p)) != 0) {
        return error;
    }
    return mpi_read(&i->q, key->q);
}

/* n = p q with odd p and q above 1, d < n. */
static int check_modulus(struct integers *i)
{
    int error = mbedtls_mpi_mul_mpi(&i->t, &i->p, &i->q);
    if (error != 0) {
        return error;
    }
    int right = mbedtls_mpi_cmp_mpi(&i->t, &i->n) == 0 && mbedtls_mpi_get_bit(&i->n, 0) == 1 &&
                mbedtls_mpi_cmp_int(&i->p, 1) > 0 && mbedtls_mpi_cmp_int(&i->q, 1) > 0 &&
                mbedtls_mpi_cmp_mpi(&i->p, &i->q) != 0 && mbedtls_mpi_cmp_mpi(&i->d, &i->n) < 0;
    return right ? 0 : MATH_OUT_OF_RANGE;
}

static int equals(const mbedtls_mpi *a, const mbedtls_mpi *b)
{
    return mbedtls_mpi_cmp_mpi(a, b) == 0 ? 0 : MATH_OUT_OF_RANGE;
}

/* The product of a and b is 1 modulo m, which is above 1. */
static int is_inverse(struct integers *i, const mbedtls_mpi *a, const mbedtls_mpi *b, const mbedtls_mpi *m)
{
    int error;
    if ((error = mbedtls_mpi_mul_mpi(&i->t, a, b)) != 0 || (error = mbedtls_mpi_mod_mpi(&i->t, &i->t, m)) != 0) {
        return error;
    }
    return mbedtls_mpi_cmp_int(&i->t, 1) == 0 ? 0 : MATH_OUT_OF_RANGE;
}

/* part = d mod (prime - 1), d e = 1 mod (prime - 1). */
static int check_exponent(struct integers *i, const mbedtls_mpi *prime, struct math_integer part)
{
    int error;
    if ((error = mbedtls_mpi_sub_int(&i->minus, prime, 1)) != 0 || (error = mpi_read(&i->part, part)) != 0 ||
        (error = mbedtls_mpi_mod_mpi(&i->t, &i->d, &i->minus)) != 0 || (error = equals(&i->t, &i->part)) != 0) {
        return error;
    }
    return is_inverse(i, &i->part, &i->e, &i->minus);
}

/* qinv q = 1 mod p, qinv < p. */
static int check_coefficient(struct integers *i, struct math_integer qinv)
{
    int error = mpi_read(&i->part, qinv);
    if (error != 0) {
        return error;
    }
    if (mbedtls_mpi_cmp_mpi(&i->part, &i->p) >= 0) {
        return MATH_OUT_OF_RANGE;
    }
    return is_inverse(i, &i->part, &i->q, &i->p);
}

psa_status_t math_rsa_check(const struct math_rsa_key *key)
{
    struct integers i;
    int error;
    init(&i);
    if ((error = read(&i, key)) == 0 && (error = check_modulus(&i)) == 0 &&
        (error = check_exponent(&i, &i.p, key->dp)) == 0 && (error = check_exponent(&i, &i.q, key->dq)) == 0) {
        error = check_coefficient(&i, key->qinv);
    }
    release(&i);
    return mpi_status(error, PSA_SUCCESS);
}

#endif
