/* SPDX-License-Identifier: Apache-2.0 */
/* The operations with an RSA key (RFC 8017, 5.1 and 5.2), and the check of one. */
#include "software/math/bignum.h"

#if SW_HAS_RSA

#include <string.h>

#include "software/math/bignum_mpi.h"
#include "util/atomic.h"

/* A factor of the exponent's blinding: what an attacker who sees the time of many runs has to guess each time. */
#define EXPONENT_BLINDING_LENGTH 8u

/* The parts of the key in the place that they have in prepared: R^2 modulo n, p, q, each of its modulus's length; then, aligned
 * to 8, the blinding of a pair. */
static const uint8_t *prepared_p(const struct math_rsa_key *key)
{
    return key->prepared == NULL ? NULL : key->prepared + key->n.length;
}

static const uint8_t *prepared_q(const struct math_rsa_key *key)
{
    return key->prepared == NULL ? NULL : key->prepared + key->n.length + key->p.length;
}

/* r^e and 1/r of the last private operation, for one thread at a time: another draws its own. A child that was forked goes on
 * from the same ones, and has drawn its own before BLINDING_USES more. */
struct blinding {
    uint32_t taken;   /* atomic: a thread has it */
    uint32_t uses;    /* since it was drawn; 0: there is none yet */
    uint8_t values[]; /* blind, then unblind, of n's length each */
};

#define BLINDING_USES 32u

static size_t blinding_place(const struct math_rsa_key *key)
{
    return (key->n.length + key->p.length + key->q.length + 7u) & ~(size_t)7u;
}

static struct blinding *blinding_of(const struct math_rsa_key *key)
{
    return key->prepared == NULL ? NULL : (struct blinding *)(void *)(key->prepared + blinding_place(key));
}

size_t math_rsa_prepared_size(const struct math_rsa_key *key)
{
    return key->p.length == 0 ? key->n.length : blinding_place(key) + sizeof(struct blinding) + 2u * key->n.length;
}

/* A power is taken of which nothing but the constant is kept. The result lies apart: the exponent may not grow with it. */
static int write_constant(uint8_t *constant, struct math_integer modulus)
{
    mbedtls_mpi m, one, power, square;
    int error;
    mbedtls_mpi_init(&m);
    mbedtls_mpi_init(&one);
    mbedtls_mpi_init(&power);
    mbedtls_mpi_init(&square);
    if ((error = mpi_read(&m, modulus)) == 0 && (error = mbedtls_mpi_lset(&one, 1)) == 0 &&
        (error = mbedtls_mpi_exp_mod(&power, &one, &one, &m, &square)) == 0) {
        error = mbedtls_mpi_write_binary(&square, constant, modulus.length);
    }
    mbedtls_mpi_free(&m);
    mbedtls_mpi_free(&one);
    mbedtls_mpi_free(&power);
    mbedtls_mpi_free(&square);
    return error;
}

psa_status_t math_rsa_prepare(const struct math_rsa_key *key, uint8_t *prepared)
{
    int error = write_constant(prepared, key->n);
    if (error == 0 && key->p.length != 0) {
        error = write_constant(prepared + key->n.length, key->p);
    }
    if (error == 0 && key->p.length != 0) {
        error = write_constant(prepared + key->n.length + key->p.length, key->q);
    }
    if (key->p.length != 0) {
        memset(prepared + blinding_place(key), 0, sizeof(struct blinding));
    }
    return math_status(error, PSA_SUCCESS);
}

/* ---- The public operation ---- */

static int read_constant(mbedtls_mpi *square, const uint8_t *constant, size_t length)
{
    return constant == NULL ? 0 : mbedtls_mpi_read_binary(square, constant, length);
}

/* Integers of the public operation; the private one has them too. */
struct public_integers {
    mbedtls_mpi n, e, square_n, input, output;
};

static void public_init(struct public_integers *i)
{
    mbedtls_mpi_init(&i->n);
    mbedtls_mpi_init(&i->e);
    mbedtls_mpi_init(&i->square_n);
    mbedtls_mpi_init(&i->input);
    mbedtls_mpi_init(&i->output);
}

static void public_free(struct public_integers *i)
{
    mbedtls_mpi_free(&i->n);
    mbedtls_mpi_free(&i->e);
    mbedtls_mpi_free(&i->square_n);
    mbedtls_mpi_free(&i->input); /* wipes */
    mbedtls_mpi_free(&i->output);
}

static int public_read(struct public_integers *i, const struct math_rsa_key *key, const uint8_t *input)
{
    int error;
    if ((error = mpi_read(&i->n, key->n)) != 0 || (error = mpi_read(&i->e, key->e)) != 0 ||
        (error = read_constant(&i->square_n, key->prepared, key->n.length)) != 0 ||
        (error = mbedtls_mpi_read_binary(&i->input, input, key->n.length)) != 0) {
        return error;
    }
    return mbedtls_mpi_cmp_mpi(&i->input, &i->n) < 0 ? 0 : MATH_OUT_OF_RANGE;
}

psa_status_t math_rsa_public_vartime(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input)
{
    struct public_integers i;
    int error;
    public_init(&i);
    if ((error = public_read(&i, key, input)) == 0 &&
        (error = mbedtls_mpi_exp_mod(&i.output, &i.input, &i.e, &i.n, &i.square_n)) == 0) {
        error = mbedtls_mpi_write_binary(&i.output, output, key->n.length);
    }
    public_free(&i);
    return mpi_status(error, PSA_SUCCESS);
}

/* ---- The private operation ---- */

struct private_integers {
    struct public_integers of;
    mbedtls_mpi p, q, qinv, exponent;
    mbedtls_mpi blind, unblind; /* r^e and 1/r modulo n, for a random r */
    mbedtls_mpi square;         /* R^2 modulo p, then q */
    mbedtls_mpi m1, m2, t;
    psa_status_t random;        /* why the generator failed */
};

static void private_init(struct private_integers *i)
{
    public_init(&i->of);
    mbedtls_mpi_init(&i->p);
    mbedtls_mpi_init(&i->q);
    mbedtls_mpi_init(&i->qinv);
    mbedtls_mpi_init(&i->exponent);
    mbedtls_mpi_init(&i->blind);
    mbedtls_mpi_init(&i->unblind);
    mbedtls_mpi_init(&i->square);
    mbedtls_mpi_init(&i->m1);
    mbedtls_mpi_init(&i->m2);
    mbedtls_mpi_init(&i->t);
    i->random = PSA_SUCCESS;
}

static void private_free(struct private_integers *i)
{
    public_free(&i->of);
    mbedtls_mpi_free(&i->p); /* each wipes */
    mbedtls_mpi_free(&i->q);
    mbedtls_mpi_free(&i->qinv);
    mbedtls_mpi_free(&i->exponent);
    mbedtls_mpi_free(&i->blind);
    mbedtls_mpi_free(&i->unblind);
    mbedtls_mpi_free(&i->square);
    mbedtls_mpi_free(&i->m1);
    mbedtls_mpi_free(&i->m2);
    mbedtls_mpi_free(&i->t);
}

/*
 * 1/r is the random number that is drawn, so that one inversion gives both: blind = (1/unblind)^e. The inversion takes time
 * that depends on a number which is never used again, modulo one that is public.
 */
static int draw_blinding(struct private_integers *i)
{
    int error;
    if ((error = mbedtls_mpi_random(&i->unblind, 1, &i->of.n, math_blind, &i->random)) != 0 ||
        (error = mbedtls_mpi_inv_mod(&i->blind, &i->unblind, &i->of.n)) != 0) {
        return error;
    }
    return mbedtls_mpi_exp_mod(&i->blind, &i->blind, &i->of.e, &i->of.n, &i->of.square_n);
}

static int multiply_mod(mbedtls_mpi *product, const mbedtls_mpi *a, const mbedtls_mpi *b, const mbedtls_mpi *modulus)
{
    int error = mbedtls_mpi_mul_mpi(product, a, b);
    return error != 0 ? error : mbedtls_mpi_mod_mpi(product, product, modulus);
}

/* The squares of the values used last, r^2e and 1/r^2: as good to whoever does not know r. */
static int square_blinding(struct private_integers *i, const struct blinding *last, size_t n_length)
{
    int error;
    if ((error = mbedtls_mpi_read_binary(&i->blind, last->values, n_length)) != 0 ||
        (error = mbedtls_mpi_read_binary(&i->unblind, last->values + n_length, n_length)) != 0 ||
        (error = multiply_mod(&i->blind, &i->blind, &i->blind, &i->of.n)) != 0) {
        return error;
    }
    return multiply_mod(&i->unblind, &i->unblind, &i->unblind, &i->of.n);
}

static int advance_blinding(struct private_integers *i, struct blinding *kept, size_t n_length)
{
    int drawn = kept->uses == 0 || kept->uses >= BLINDING_USES;
    int error = drawn ? draw_blinding(i) : square_blinding(i, kept, n_length);
    kept->uses = drawn ? 1u : kept->uses + 1u;
    if (error != 0 || (error = mbedtls_mpi_write_binary(&i->blind, kept->values, n_length)) != 0 ||
        (error = mbedtls_mpi_write_binary(&i->unblind, kept->values + n_length, n_length)) != 0) {
        kept->uses = 0;
    }
    return error;
}

/* Values that no operation with this key has used. */
static int find_blinding(struct private_integers *i, const struct math_rsa_key *key)
{
    struct blinding *kept = blinding_of(key);
    uint32_t expected = 0;
    if (kept == NULL || !ATOMIC_CAS(&kept->taken, &expected, (uint32_t)1)) {
        return draw_blinding(i);
    }
    int error = advance_blinding(i, kept, key->n.length);
    ATOMIC_STORE(&kept->taken, (uint32_t)0);
    return error;
}

/* power = (blinded input)^(d + r (prime - 1)) mod prime for a random r; d is that of this prime. */
static int half_power(struct private_integers *i, mbedtls_mpi *power, const mbedtls_mpi *prime, struct math_integer d,
                      const uint8_t *constant, size_t constant_length)
{
    int error;
    mbedtls_mpi_free(&i->square); /* an empty one is computed */
    if ((error = read_constant(&i->square, constant, constant_length)) != 0 ||
        (error = mpi_read(&i->exponent, d)) != 0 ||
        (error = mbedtls_mpi_fill_random(&i->t, EXPONENT_BLINDING_LENGTH, math_blind, &i->random)) != 0 ||
        (error = mbedtls_mpi_sub_int(power, prime, 1)) != 0 || (error = mbedtls_mpi_mul_mpi(&i->t, &i->t, power)) != 0 ||
        (error = mbedtls_mpi_add_mpi(&i->exponent, &i->exponent, &i->t)) != 0 ||
        (error = mbedtls_mpi_mod_mpi(&i->t, &i->blind, prime)) != 0) {
        return error;
    }
    return mbedtls_mpi_exp_mod(power, &i->t, &i->exponent, prime, &i->square);
}

/* RFC 8017, 5.1.2, 2b, of the blinded input in i->blind: output = m2 + q (qinv (m1 - m2) mod p). */
static int crt_power(struct private_integers *i, const struct math_rsa_key *key)
{
    int error;
    if ((error = half_power(i, &i->m1, &i->p, key->dp, prepared_p(key), key->p.length)) != 0 ||
        (error = half_power(i, &i->m2, &i->q, key->dq, prepared_q(key), key->q.length)) != 0 ||
        (error = mbedtls_mpi_sub_mpi(&i->m1, &i->m1, &i->m2)) != 0 ||
        (error = mbedtls_mpi_mul_mpi(&i->m1, &i->m1, &i->qinv)) != 0 ||
        (error = mbedtls_mpi_mod_mpi(&i->m1, &i->m1, &i->p)) != 0 ||
        (error = mbedtls_mpi_mul_mpi(&i->m1, &i->m1, &i->q)) != 0) {
        return error;
    }
    return mbedtls_mpi_add_mpi(&i->of.output, &i->m1, &i->m2);
}

static int private_power(struct private_integers *i, const struct math_rsa_key *key)
{
    int error;
    if ((error = find_blinding(i, key)) != 0 || (error = multiply_mod(&i->blind, &i->blind, &i->of.input, &i->of.n)) != 0 ||
        (error = crt_power(i, key)) != 0) {
        return error;
    }
    return multiply_mod(&i->of.output, &i->of.output, &i->unblind, &i->of.n);
}

/* One half computed wrong, and the output would give the factors away (Boneh, DeMillo, Lipton 1997). */
static int check_power(struct private_integers *i)
{
    int error = mbedtls_mpi_exp_mod(&i->t, &i->of.output, &i->of.e, &i->of.n, &i->of.square_n);
    if (error != 0) {
        return error;
    }
    return mbedtls_mpi_cmp_mpi(&i->t, &i->of.input) == 0 ? 0 : MATH_FAULT;
}

psa_status_t math_rsa_private(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input)
{
    struct private_integers i;
    int error;
    private_init(&i);
    if ((error = public_read(&i.of, key, input)) == 0 && (error = mpi_read(&i.p, key->p)) == 0 &&
        (error = mpi_read(&i.q, key->q)) == 0 && (error = mpi_read(&i.qinv, key->qinv)) == 0 &&
        (error = private_power(&i, key)) == 0 && (error = check_power(&i)) == 0) {
        error = mbedtls_mpi_write_binary(&i.of.output, output, key->n.length);
    }
    private_free(&i);
    return mpi_status(error, i.random);
}

#endif
