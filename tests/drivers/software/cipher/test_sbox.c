/* SPDX-License-Identifier: Apache-2.0 */
/* S-boxes between affine maps: every byte, by the definition in sbox.h; every implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "software/cipher/sbox.h"
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
static const struct sw_sbox sm4 = { 0x4C287DB91A22505D, 0xF3AB34A974A6B589, 0x480E4C47651DBAD3, 0x3E, 0xD3, 0x6C };

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

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_byte) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
