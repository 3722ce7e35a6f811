/* SPDX-License-Identifier: Apache-2.0 */
/* Under the points of P-256: multiplication modulo its prime and its order against OpenSSL's integers, and the table of multiples. */
#include "p256_ways.h"

#include "software/ecc/p256_table.h"

/* Limbs of zeros and ones in every pattern, near the modulus, and random. */
static void operand_number(BIGNUM *x, unsigned number, const BIGNUM *modulus)
{
    static struct random_source source = { 79 };
    uint8_t bytes[32];
    if (number < 16) {
        for (int i = 0; i < 32; i++) {
            bytes[i] = (number >> (i / 8)) & 1u ? 0xff : 0;
        }
        BN_bin2bn(bytes, 32, x);
    } else if (number < 32) {
        BN_copy(x, modulus);
        BN_sub_word(x, number - 15);
    } else if (number < 48) {
        BN_set_word(x, number - 32);
    } else {
        random_source_bytes(&source, bytes, 32);
        BN_bin2bn(bytes, 32, x);
    }
}

#if defined(__SIZEOF_INT128__)
static void words(uint64_t r[4], const BIGNUM *x)
{
    uint8_t bytes[32];
    write32(bytes, x);
    for (int i = 0; i < 4; i++) {
        r[i] = 0;
        for (int j = 0; j < 8; j++) {
            r[i] = r[i] << 8 | bytes[8 * (3 - i) + j];
        }
    }
}

static void kernel_multiply(uint8_t r[32], const BIGNUM *a, const BIGNUM *b, int modulo_order)
{
    uint64_t x[4], y[4];
    words(x, a);
    words(y, b);
    if (modulo_order) {
        sw_kernels.p256_order_multiply(x, x, y);
    } else {
        sw_kernels.p256_multiply(x, x, y);
    }
    for (int i = 0; i < 32; i++) {
        r[31 - i] = (uint8_t)(x[i / 8] >> (8 * (i % 8)));
    }
}
#else
static void kernel_multiply(uint8_t r[32], const BIGNUM *a, const BIGNUM *b, int modulo_order)
{
    uint8_t x[32], y[32];
    write32(x, a);
    write32(y, b);
    p256_limbs32_multiply(r, x, y, modulo_order);
}
#endif

static void multiplication(void **state)
{
    BIGNUM *a = BN_new(), *b = BN_new(), *product = BN_new(), *r_inverse = BN_new();
    uint8_t x[32], y[32], got[32], expected[32];
    (void)state;
    for (unsigned i = 0; i < 2 * 70 * 70; i += (unsigned)slow_step(7)) {
        int modulo_order = i & 1;
        const BIGNUM *m = modulo_order ? order : prime;
        BN_one(r_inverse);
        BN_lshift(r_inverse, r_inverse, 256);
        BN_mod_inverse(r_inverse, r_inverse, m, ctx);
        operand_number(a, i / 2 % 70, m);
        operand_number(b, i / 140, m);
        BN_nnmod(b, b, m, ctx); /* the other may be above the modulus */
        BN_mod_mul(product, a, b, m, ctx);
        BN_mod_mul(product, product, r_inverse, m, ctx);
        write32(expected, product);
        write32(x, a);
        write32(y, b);
        p256_limbs32_multiply(got, x, y, modulo_order);
        assert_memory_equal(got, expected, 32);
        for (size_t w = 0; w < 2; w++) {
            choose(&ways[w]);
            kernel_multiply(got, a, b, modulo_order);
            assert_memory_equal(got, expected, 32);
        }
    }
    BN_free(a);
    BN_free(b);
    BN_free(product);
    BN_free(r_inverse);
}

/* ---- The table ---- */

static void montgomery(uint8_t bytes[32], const uint8_t coordinate[32])
{
    BIGNUM *x = BN_bin2bn(coordinate, 32, NULL);
    BN_lshift(x, x, 256);
    BN_mod(x, x, prime, ctx);
    write32(bytes, x);
    BN_free(x);
}

static void table_coordinate(uint8_t bytes[32], const uint64_t *coordinate)
{
    for (int i = 0; i < 32; i++) {
        bytes[31 - i] = (uint8_t)(coordinate[i / 8] >> (8 * (i % 8)));
    }
}

static void table(void **state)
{
    BIGNUM *k = BN_new();
    uint8_t point[65], got[32], expected[32];
    (void)state;
    for (unsigned t = 0; t < 26; t++) {
        for (unsigned j = 0; j < 16; j++) {
            BN_set_word(k, 2 * j + 1);
            BN_lshift(k, k, 10 * (int)t);
            multiply(point, k, NULL);
            for (unsigned c = 0; c < 2; c++) {
                montgomery(expected, point + 1 + 32 * c);
                table_coordinate(got, p256_table[t][j] + 4 * c);
                assert_memory_equal(got, expected, 32);
            }
        }
    }
    BN_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(multiplication),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
