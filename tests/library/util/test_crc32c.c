/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "util/crc32c.h"

/* RFC 3720, appendix B.4. */
static void rfc_3720(void **state)
{
    uint8_t data[32];

    (void)state;
    memset(data, 0, sizeof(data));
    assert_int_equal(crc32c(0, data, sizeof(data)), 0x8a9136aau);
    memset(data, 0xff, sizeof(data));
    assert_int_equal(crc32c(0, data, sizeof(data)), 0x62a8ab43u);
    for (unsigned i = 0; i < sizeof(data); i++) {
        data[i] = (uint8_t)i;
    }
    assert_int_equal(crc32c(0, data, sizeof(data)), 0x46dd794eu);
    for (unsigned i = 0; i < sizeof(data); i++) {
        data[i] = (uint8_t)(31 - i);
    }
    assert_int_equal(crc32c(0, data, sizeof(data)), 0x113fdb5cu);
}

static void in_parts(void **state)
{
    static const char text[] = "123456789";

    (void)state;
    for (size_t i = 0; i <= 9; i++) {
        assert_int_equal(crc32c(crc32c(0, text, i), text + i, 9 - i), 0xe3069283u);
    }
    assert_int_equal(crc32c(0, NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc_3720),
        cmocka_unit_test(in_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
