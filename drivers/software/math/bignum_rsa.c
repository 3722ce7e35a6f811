/* SPDX-License-Identifier: Apache-2.0 */
/* The operations with an RSA key (RFC 8017, 5.1 and 5.2). Constant-time but for what says otherwise. */
#include "software/math/bignum.h"

#if SW_HAS_RSA

#include <string.h>

#include "platform/platform.h"
#include "software/math/montgomery.h"
#include "util/ct.h"

/* ---- The constants of the moduli: n, then p and q of a pair ---- */

struct constants {
    const struct montgomery *n, *p, *q;
    uint8_t *own; /* what was computed for this operation */
    size_t own_size;
};

static size_t limbs_most(size_t a, size_t b)
{
    return a > b ? a : b;
}

size_t math_rsa_prepared_size(const struct math_rsa_key *key)
{
    size_t size = montgomery_size(key->n.length);
    return key->p.length == 0 ? size : size + montgomery_size(key->p.length) + montgomery_size(key->q.length);
}

static int is_odd(struct math_integer x)
{
    return x.length != 0 && (x.data[x.length - 1u] & 1u) != 0;
}

/* What import has looked at: a store may have been damaged since. Lengths are public; what is wrong with the primes, as with the
 * values of the others, is found by the check of the result. */
static int is_public_key(const struct math_rsa_key *key)
{
    return is_odd(key->n) && is_odd(key->e) && key->n.length <= MATH_BIGNUM_MAX && key->e.length <= key->n.length;
}

static int is_pair(const struct math_rsa_key *key)
{
    size_t length = key->p.length + key->q.length;
    return is_public_key(key) && key->p.length != 0 && key->q.length != 0 && (length == key->n.length || length == key->n.length + 1u) &&
           key->dp.length <= key->p.length && key->dq.length <= key->q.length && key->qinv.length <= key->p.length;
}

static struct montgomery *place(uint8_t *prepared)
{
    return (struct montgomery *)(void *)prepared;
}

static void write_constants(const struct math_rsa_key *key, uint8_t *prepared, limb *t)
{
    montgomery_prepare(place(prepared), key->n.data, key->n.length, t);
    if (key->p.length != 0) {
        uint8_t *p = prepared + montgomery_size(key->n.length);
        montgomery_prepare(place(p), key->p.data, key->p.length, t);
        montgomery_prepare(place(p + montgomery_size(key->p.length)), key->q.data, key->q.length, t);
    }
}

psa_status_t math_rsa_prepare(const struct math_rsa_key *key, uint8_t *prepared)
{
    if (!(key->p.length == 0 ? is_public_key(key) : is_pair(key))) {
        return PSA_ERROR_CORRUPTION_DETECTED;
    }
    size_t size = montgomery_scratch(montgomery_limbs(key->n.length)) * sizeof(limb);
    limb *t = platform_secret_allocate(size);
    if (t == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    write_constants(key, prepared, t);
    platform_secret_free(t, size);
    return PSA_SUCCESS;
}

/* Of key, which is a pair only where the primes are asked for. */
static psa_status_t find_constants(struct constants *constants, const struct math_rsa_key *key)
{
    psa_status_t status = PSA_SUCCESS;
    const uint8_t *prepared = key->prepared;
    *constants = (struct constants){ .own = NULL };
    if (prepared == NULL) {
        constants->own_size = math_rsa_prepared_size(key);
        constants->own = platform_secret_allocate(constants->own_size);
        status = constants->own == NULL ? PSA_ERROR_INSUFFICIENT_MEMORY : math_rsa_prepare(key, constants->own);
        prepared = constants->own;
    }
    if (status == PSA_SUCCESS) {
        size_t p = montgomery_size(key->n.length);
        constants->n = (const struct montgomery *)(const void *)prepared;
        constants->p = (const struct montgomery *)(const void *)(prepared + p);
        constants->q = (const struct montgomery *)(const void *)(prepared + p + montgomery_size(key->p.length));
    }
    return status;
}

static void release_constants(struct constants *constants)
{
    platform_secret_free(constants->own, constants->own_size);
}

/* ---- The public operation ---- */

/* All-ones if a < b, both of so many bytes. */
static uint32_t is_below(const uint8_t *a, const uint8_t *b, size_t length)
{
    uint32_t borrow = 0;
    for (size_t i = length; i-- > 0;) {
        borrow = ((uint32_t)a[i] - b[i] - borrow) >> 31;
    }
    return ct_mask_nonzero32(borrow);
}

static int input_is_valid(const struct math_rsa_key *key, const uint8_t *input)
{
    uint32_t below = is_below(input, key->n.data, key->n.length);
    CT_PUBLIC(&below, sizeof below); /* what is asked for in public */
    return below != 0;
}

/* Limbs that public_power() takes. */
static size_t public_room(const struct math_rsa_key *key)
{
    size_t n = montgomery_limbs(key->n.length);
    return 2u * n + montgomery_scratch(n);
}

static void public_power(const struct montgomery *m, const struct math_rsa_key *key, uint8_t *output, const uint8_t *input, limb *room)
{
    limb *x = room, *y = room + m->n, *t = y + m->n;
    montgomery_enter(m, x, input, key->n.length, t);
    montgomery_power_vartime(m, y, x, key->e, t);
    montgomery_leave(m, y, y, t);
    limbs_store(output, key->n.length, y);
}

psa_status_t math_rsa_public_vartime(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input)
{
    struct math_rsa_key of_it = *key;
    struct constants constants;
    if (key->prepared == NULL) {
        of_it.p.length = 0; /* nothing of the primes is wanted */
    }
    if (!is_public_key(key)) {
        return PSA_ERROR_CORRUPTION_DETECTED;
    }
    if (!input_is_valid(key, input)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_status_t status = find_constants(&constants, &of_it);
    size_t size = public_room(key) * sizeof(limb);
    limb *room = status == PSA_SUCCESS ? platform_secret_allocate(size) : NULL;
    if (room != NULL) {
        public_power(constants.n, key, output, input, room);
    } else if (status == PSA_SUCCESS) {
        status = PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    platform_secret_free(room, size);
    release_constants(&constants);
    return status;
}

/* ---- The private operation ---- */

/* m1 has p's limbs, m2 q's, product both; bytes, as many as n has, are first an exponent, then m2, then the result, again those of
 * the check. room serves each step. */
struct work {
    limb *m1, *m2, *product, *room;
    uint8_t *output, *bytes;
};

/* The longer prime may take less room than the shorter one. */
static size_t room_limbs(const struct math_rsa_key *key)
{
    size_t p = montgomery_power_room(montgomery_limbs(key->p.length)), q = montgomery_power_room(montgomery_limbs(key->q.length));
    return limbs_most(limbs_most(p, q), public_room(key));
}

static size_t place_work(struct work *work, const struct math_rsa_key *key, limb *at)
{
    size_t p = montgomery_limbs(key->p.length), q = montgomery_limbs(key->q.length), n = montgomery_limbs(key->n.length);
    if (work != NULL) {
        work->m1 = at;
        work->m2 = at + p;
        work->product = work->m2 + q;
        work->output = (uint8_t *)(work->product + p + q);
        work->bytes = work->output + n * sizeof(limb);
        work->room = work->product + p + q + 2u * n;
    }
    return (2u * (p + q) + 2u * n + room_limbs(key)) * sizeof(limb);
}

/* power = input^exponent modulo a prime of so many bytes, in Montgomery form. */
static void half_power(const struct montgomery *prime, limb *power, const uint8_t *input, size_t input_length, struct math_integer exponent,
                       size_t length, struct work *work)
{
    /* As long as the prime: the time does not tell how many of the first bits of the exponent are 0. */
    memset(work->bytes, 0, length);
    memcpy(work->bytes + (length - exponent.length), exponent.data, exponent.length);
    montgomery_enter(prime, power, input, input_length, work->room);
    montgomery_power(prime, power, power, work->bytes, length, work->room);
}

/* product = a b + c, where product has the limbs of a and b together, c those of b. */
static void multiply_add(limb *product, const limb *a, size_t a_limbs, const limb *b, size_t b_limbs, const limb *c)
{
    memset(product, 0, (a_limbs + b_limbs) * sizeof *product);
    memcpy(product, c, b_limbs * sizeof *c);
    for (size_t i = 0; i < a_limbs; i++) {
        limb carry = 0;
        for (size_t j = 0; j < b_limbs; j++) {
            limb2 x = (limb2)a[i] * b[j] + product[i + j] + carry; /* at most 2^2W - 1 */
            product[i + j] = (limb)x;
            carry = (limb)(x >> LIMB_BITS);
        }
        product[i + b_limbs] = carry;
    }
}

/* RFC 8017, 5.1.2, 2b: output = m2 + q (qinv (m1 - m2) mod p). */
static void private_power(const struct constants *constants, const struct math_rsa_key *key, const uint8_t *input, struct work *work)
{
    const struct montgomery *p = constants->p, *q = constants->q;
    half_power(p, work->m1, input, key->n.length, key->dp, key->p.length, work);
    half_power(q, work->m2, input, key->n.length, key->dq, key->q.length, work);
    montgomery_leave(q, work->m2, work->m2, work->room);
    limbs_store(work->bytes, key->q.length, work->m2);
    montgomery_enter(p, work->product, work->bytes, key->q.length, work->room);
    montgomery_subtract(p, work->m1, work->m1, work->product, work->room);
    limbs_load((int)p->n, work->product, key->qinv.data, key->qinv.length);
    montgomery_multiply(p, work->m1, work->m1, work->product, work->room); /* one factor in Montgomery form: the product is not */
    multiply_add(work->product, work->m1, (size_t)p->n, q->values, (size_t)q->n, work->m2);
    limbs_store(work->output, key->n.length, work->product);
}

/* One half computed wrong, and the output would give the factors away (Boneh, DeMillo, Lipton 1997). */
static psa_status_t check_power(const struct constants *constants, const struct math_rsa_key *key, const uint8_t *input, struct work *work)
{
    public_power(constants->n, key, work->bytes, work->output, work->room);
    return ct_verify(work->bytes, input, key->n.length) ? PSA_SUCCESS : PSA_ERROR_CORRUPTION_DETECTED;
}

static psa_status_t private_operation(const struct constants *constants, const struct math_rsa_key *key, uint8_t *output,
                                      const uint8_t *input)
{
    struct work work;
    size_t size = place_work(NULL, key, NULL);
    limb *memory = platform_secret_allocate(size);
    if (memory == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    (void)place_work(&work, key, memory);
    private_power(constants, key, input, &work);
    psa_status_t status = check_power(constants, key, input, &work);
    if (status == PSA_SUCCESS) {
        memcpy(output, work.output, key->n.length);
    }
    platform_secret_free(memory, size);
    return status;
}

psa_status_t math_rsa_private(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input)
{
    struct constants constants;
    if (!is_pair(key)) {
        return PSA_ERROR_CORRUPTION_DETECTED;
    }
    if (!input_is_valid(key, input)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_status_t status = find_constants(&constants, key);
    if (status == PSA_SUCCESS) {
        status = private_operation(&constants, key, output, input);
    }
    release_constants(&constants);
    return status;
}

#endif
