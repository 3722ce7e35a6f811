/* SPDX-License-Identifier: Apache-2.0 */
/* S-boxes between affine maps: every byte, by the definition in sbox.h; every implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "software/cipher/sbox.h"
#include "software/kernels_sboxes.h"
#include "support/kernel_choice.h"

static uint8_t field_multiply(uint8_t a, uint8_t b)
{
    unsigned product = 0, x = a;

    for (unsigned i = 0; i < 8; i++) {
        product ^= (b >> i & 1u) != 0 ? x : 0;
        x = x << 1 ^ ((x & 0x80) != 0 ? 0x11B : 0);
    }
    return (uint8_t)product;
}

static uint8_t inverse(uint8_t a)
{
    for (unsigned b = 1; b < 256; b++) {
        if (field_multiply(a, (uint8_t)b) == 1) {
            return (uint8_t)b;
        }
    }
    return 0;
}

static uint8_t times(uint64_t matrix, uint8_t x)
{
    unsigned product = 0;

    for (unsigned i = 0; i < 8; i++) {
        unsigned sum = (unsigned)(matrix >> (56 - 8 * i)) & x;
        sum ^= sum >> 4;
        sum ^= sum >> 2;
        product |= ((sum ^ sum >> 1) & 1u) << i;
    }
    return (uint8_t)product;
}

/* That of SM4, whose first and last entries the standard lists as d6, 90, e9, fe and d7, cb, 39, 48. */
static const struct sw_sbox sm4 = {
    SM4_IN, SM4_OUT, SM4_OUT_OF_AES, SM4_IN_CONSTANT, SM4_OUT_CONSTANT, SM4_OUT_OF_AES_CONSTANT,
};

static void every_byte(void **state)
{
    static const uint8_t first[4] = { 0xD6, 0x90, 0xE9, 0xFE }, last[4] = { 0xD7, 0xCB, 0x39, 0x48 };

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        uint8_t bytes[256 + 1];
        for (unsigned x = 0; x < 256; x++) {
            bytes[x + 1] = (uint8_t)x;
        }
        for (unsigned x = 0; x < 256; x += 64) {
            sw_kernels.substitute(&sm4, bytes + 1 + x); /* at an odd address */
        }
        for (unsigned x = 0; x < 256; x++) {
            const uint8_t inner = (uint8_t)(times(sm4.in, (uint8_t)x) ^ sm4.in_constant);
            assert_int_equal(bytes[x + 1], times(sm4.out, inverse(inner)) ^ sm4.out_constant);
        }
        assert_memory_equal(bytes + 1, first, 4);
        assert_memory_equal(bytes + 253, last, 4);
    }
}

/* What SM4's rounds on vectors have behind the inversion, or behind the S-box of AES. */
static void maps_of_sm4(void **state)
{
    (void)state;
    for (unsigned x = 0; x < 256; x++) {
        const uint8_t y = inverse((uint8_t)x), of_aes = times(ARIA_S1_OUT, y) ^ ARIA_S1_OUT_CONSTANT;
        const uint8_t s = times(SM4_OUT, y) ^ SM4_OUT_CONSTANT;
        const uint8_t left = times(SM4_IN, (uint8_t)(s ^ s << 2)), right = times(SM4_IN, (uint8_t)(s ^ s >> 6));
        assert_int_equal(times(SM4_IN_INVERSE, times(SM4_IN, (uint8_t)x)), x);
        assert_int_equal(times(SM4_LEFT_OUT, y) ^ SM4_LEFT_OUT_CONSTANT, left);
        assert_int_equal(times(SM4_RIGHT_OUT, y) ^ SM4_RIGHT_OUT_CONSTANT, right);
        assert_int_equal(times(SM4_OUT_OF_AES, of_aes) ^ SM4_OUT_OF_AES_CONSTANT, s);
        assert_int_equal(times(SM4_LEFT_OUT_OF_AES, of_aes) ^ SM4_LEFT_OUT_OF_AES_CONSTANT, left);
        assert_int_equal(times(SM4_RIGHT_OUT_OF_AES, of_aes) ^ SM4_RIGHT_OUT_OF_AES_CONSTANT, right);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_byte), cmocka_unit_test(maps_of_sm4) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
