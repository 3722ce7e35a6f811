/* SPDX-License-Identifier: Apache-2.0 */
/* P-256 of our own in each way that it is compiled: this machine's limbs with the kernels of its CPU and with the portable ones, and
 * limbs of 32 bits. And OpenSSL's, to compare with. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_P256_WAYS_H
#define TESTS_DRIVERS_SOFTWARE_ECC_P256_WAYS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"
#include "p256_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "software/ecc/p256.h"
#include "software/kernels.h"
#include "support/quick.h"
#include "support/random_source.h"

/* ---- Ways ---- */

struct way {
    const char *name;
    const struct sw_curve_arithmetic *arithmetic;
    uint32_t cpu_mask;
};

static const struct way ways[] = {
    { "kernels of the CPU", &sw_p256, 0xffffffffu },
    { "portable kernels", &sw_p256, 0 },
    { "limbs of 32 bits", &sw_p256_limbs32, 0 },
};
#define WAYS (sizeof ways / sizeof ways[0])

static inline void choose(const struct way *way)
{
    platform_cpu_mask(way->cpu_mask);
    sw_kernels_init();
}

/* ---- OpenSSL's side ---- */

static EC_GROUP *group;
static BN_CTX *ctx;
static BIGNUM *prime, *order;
static const struct sw_curve *curve;

static inline int setup(void **state)
{
    group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    ctx = BN_CTX_new();
    prime = BN_new();
    order = BN_new();
    EC_GROUP_get_curve(group, prime, NULL, NULL, ctx);
    EC_GROUP_get_order(group, order, ctx);
    curve = sw_curve_find(PSA_ECC_FAMILY_SECP_R1, 256);
    return driver_setup(state);
}

static inline int teardown(void **state)
{
    EC_GROUP_free(group);
    BN_CTX_free(ctx);
    BN_free(prime);
    BN_free(order);
    platform_cpu_mask(0xffffffffu);
    return driver_teardown(state);
}

static inline void write32(uint8_t bytes[32], const BIGNUM *x)
{
    assert_int_equal(BN_bn2binpad(x, bytes, 32), 32);
}

static inline void encode(uint8_t encoded[65], const EC_POINT *point)
{
    assert_int_equal(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, encoded, 65, ctx), 65);
}

/* encoded = k P, P the base point if NULL. */
static inline void multiply(uint8_t encoded[65], const BIGNUM *k, const EC_POINT *p)
{
    EC_POINT *product = EC_POINT_new(group);
    assert_int_equal(EC_POINT_mul(group, product, p == NULL ? k : NULL, p, p == NULL ? NULL : k, ctx), 1);
    encode(encoded, product);
    EC_POINT_free(product);
}

#endif
