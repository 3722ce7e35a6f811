/* SPDX-License-Identifier: Apache-2.0 */
/* Sums on a twisted Edwards curve a x^2 + y^2 = 1 + d x^2 y^2 in affine coordinates, by OpenSSL's integers. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_EDWARDS_AFFINE_H
#define TESTS_DRIVERS_SOFTWARE_ECC_EDWARDS_AFFINE_H

#include <openssl/bn.h>

struct affine_curve {
    int a; /* 1 or -1 */
    BIGNUM *d, *p;
    BN_CTX *ctx;
};

struct affine {
    BIGNUM *x, *y;
};

static inline void affine_new(struct affine *r)
{
    r->x = BN_new();
    r->y = BN_new();
}

static inline void affine_copy(struct affine *r, const struct affine *a)
{
    BN_copy(r->x, a->x);
    BN_copy(r->y, a->y);
}

static inline void affine_free(struct affine *r)
{
    BN_free(r->x);
    BN_free(r->y);
}

/* r = a + b = ((x1 y2 + y1 x2) / (1 + k), (y1 y2 - a x1 x2) / (1 - k)), k = d x1 x2 y1 y2 */
static inline void affine_add(struct affine *r, const struct affine *a, const struct affine *b, const struct affine_curve *curve)
{
    const BIGNUM *p = curve->p;
    BN_CTX *ctx = curve->ctx;
    BIGNUM *x1y2 = BN_new(), *y1x2 = BN_new(), *x1x2 = BN_new(), *y1y2 = BN_new(), *k = BN_new(), *t = BN_new();
    BN_mod_mul(x1y2, a->x, b->y, p, ctx);
    BN_mod_mul(y1x2, a->y, b->x, p, ctx);
    BN_mod_mul(x1x2, a->x, b->x, p, ctx);
    BN_mod_mul(y1y2, a->y, b->y, p, ctx);
    BN_mod_mul(k, x1x2, y1y2, p, ctx);
    BN_mod_mul(k, k, curve->d, p, ctx);
    BN_mod_add(x1y2, x1y2, y1x2, p, ctx);
    (void)(curve->a == 1 ? BN_mod_sub : BN_mod_add)(y1y2, y1y2, x1x2, p, ctx);
    BN_add_word(k, 1);
    BN_mod_inverse(t, k, p, ctx);
    BN_mod_mul(r->x, x1y2, t, p, ctx);
    BN_sub_word(k, 1);
    BN_sub(k, BN_value_one(), k);
    BN_nnmod(k, k, p, ctx);
    BN_mod_inverse(t, k, p, ctx);
    BN_mod_mul(r->y, y1y2, t, p, ctx);
    BN_free(x1y2);
    BN_free(y1x2);
    BN_free(x1x2);
    BN_free(y1y2);
    BN_free(k);
    BN_free(t);
}

#endif
