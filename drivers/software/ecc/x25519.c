/* SPDX-License-Identifier: Apache-2.0 */
/* X25519 (RFC 7748, 5). */
#include <psacrypto/config.h>

#include "software/ecc/montgomery.h"

#if PSA_WANT_ECC_MONTGOMERY_255

#include "software/ecc/edwards25519.h"

/* ---- The ladder ---- */

#define LADDER_ELEMENT struct f25519
#define ladder_add f25519_add
#define ladder_subtract f25519_subtract
#define ladder_multiply f25519_multiply
#define ladder_square f25519_square

static inline void ladder_multiply_add(struct f25519 *r, const struct f25519 *a, const struct f25519 *b)
{
    struct f25519 product;
    f25519_multiply_small(&product, a, 121665);
    f25519_add(r, &product, b);
}

static inline void ladder_swap_if(unsigned bit, struct f25519 *a, struct f25519 *b)
{
    f25519_swap_if((limb)0 - bit, a, b);
}

#include "software/kernels_x25519.h"

static void multiply_limbs(struct f25519 *x, struct f25519 *z, const uint8_t *k, const struct f25519 *u)
{
    struct ladder l = { .x2 = f25519_one, .z2 = f25519_zero, .x3 = *u, .z3 = f25519_one };
    ladder_climb(&l, k, u);
    *x = l.x2;
    *z = l.z2;
    ZEROISE(l);
}

/* x / z = k u */
#if LIMB_BITS == 64

static void multiply(struct f25519 *x, struct f25519 *z, const uint8_t *k, const struct f25519 *u)
{
    if (sw_kernels.x25519_ladder != NULL) {
        sw_kernels.x25519_ladder(x->v, z->v, k, u->v);
    } else {
        multiply_limbs(x, z, k, u);
    }
}

#else

static void multiply(struct f25519 *x, struct f25519 *z, const uint8_t *k, const struct f25519 *u)
{
    multiply_limbs(x, z, k, u);
}

#endif

static void x25519(uint8_t result[32], const uint8_t *k, const struct f25519 *u)
{
    struct f25519 x, z;
    multiply(&x, &z, k, u);
    f25519_invert(&z, &z);
    f25519_multiply(&x, &x, &z);
    f25519_write(result, &x);
    ZEROISE(x);
    ZEROISE(z);
}

/* decodeScalar25519() */
static void decode_private(uint8_t k[32], const uint8_t *private_key)
{
    memcpy(k, private_key, 32);
    k[0] &= 0xf8;
    k[31] = (uint8_t)((k[31] & 0x7f) | 0x40);
}

/* On edwards25519, which is the same curve, there is a table: u = (1 + y) / (1 - y) (RFC 7748, 4.1). y is not 1, as a
 * private key is a multiple of 8 below 8 L and not 0. */
static psa_status_t public_key(const struct sw_curve *curve, uint8_t *point, const uint8_t *private_key)
{
    uint8_t bytes[32];
    limb k[F25519_LIMBS];
    struct ed25519_point product;
    struct f25519 u;
    (void)curve;
    decode_private(bytes, private_key);
    limbs_read_little(F25519_LIMBS, k, bytes);
    ed25519_multiply_base(&product, k);
    f25519_subtract(&u, &product.z, &product.y);
    f25519_invert(&u, &u);
    f25519_add(&product.y, &product.z, &product.y);
    f25519_multiply(&u, &u, &product.y);
    f25519_write(point, &u);
    ZEROISE(bytes);
    ZEROISE(k);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t agree(const struct sw_curve *curve, uint8_t *secret, const uint8_t *private_key, const uint8_t *point)
{
    uint8_t k[32];
    struct f25519 u;
    decode_private(k, private_key);
    f25519_read(&u, point);
    u.v[F25519_LIMBS - 1] &= ~((limb)1 << (LIMB_BITS - 1));
    x25519(secret, k, &u);
    ZEROISE(k);
    return sw_montgomery_check_secret(curve, secret);
}

const struct sw_curve_arithmetic sw_x25519 = {
    .public_key = public_key,
    .check_point = sw_montgomery_check_point,
    .agree = agree,
};

#endif
