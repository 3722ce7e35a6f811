/* SPDX-License-Identifier: Apache-2.0 */
/* A field's multiplication against OpenSSL's integers, in each way that it is compiled. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_FIELD_H
#define TESTS_DRIVERS_SOFTWARE_ECC_FIELD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/bn.h>

#include "platform/platform.h"
#include "software/kernels.h"
#include "support/random_source.h"

#define FIELD_OPERANDS 80u
#define FIELD_LENGTH_MAX 66u

struct field {
    int length;                                         /* of an element, little-endian */
    void (*operand)(uint8_t *bytes, unsigned number);   /* one of FIELD_OPERANDS */
    /* r = a b, squared where a is b: with limbs of the machine and its kernels; with limbs of 32 bits. */
    void (*multiply)(uint8_t *r, const uint8_t *a, const uint8_t *b);
    void (*multiply_limbs32)(uint8_t *r, const uint8_t *a, const uint8_t *b);
};

static inline void field_check_product(const struct field *field, const uint8_t *a, const uint8_t *b, const BIGNUM *product,
                                       const BIGNUM *p, BN_CTX *ctx)
{
    static const uint32_t masks[] = { 0xffffffffu, 0, 0 };
    uint8_t got[FIELD_LENGTH_MAX];
    BIGNUM *x = BN_new();
    for (size_t way = 0; way < 3; way++) {
        platform_cpu_mask(masks[way]);
        sw_kernels_init();
        (way == 2 ? field->multiply_limbs32 : field->multiply)(got, a, b);
        BN_lebin2bn(got, field->length, x);
        BN_mod(x, x, p, ctx);
        assert_int_equal(BN_cmp(x, product), 0);
    }
    BN_free(x);
}

static inline void field_check_multiplication(const struct field *field, const BIGNUM *p)
{
    BIGNUM *product = BN_new(), *x = BN_new(), *y = BN_new();
    BN_CTX *ctx = BN_CTX_new();
    uint8_t a[FIELD_LENGTH_MAX], b[FIELD_LENGTH_MAX];
    for (unsigned i = 0; i < FIELD_OPERANDS * FIELD_OPERANDS; i++) {
        field->operand(a, i % FIELD_OPERANDS);
        field->operand(b, i / FIELD_OPERANDS);
        if (i % (FIELD_OPERANDS + 1) == 0) { /* squares */
            memcpy(b, a, sizeof b);
        }
        BN_lebin2bn(a, field->length, x);
        BN_lebin2bn(b, field->length, y);
        BN_mod_mul(product, x, y, p, ctx);
        field_check_product(field, a, b, product, p, ctx);
    }
    BN_free(product);
    BN_free(x);
    BN_free(y);
    BN_CTX_free(ctx);
}

static inline int field_teardown(void **state)
{
    (void)state;
    platform_cpu_mask(0xffffffffu);
    return 0;
}

#endif
