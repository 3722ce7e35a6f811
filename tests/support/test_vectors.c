/* SPDX-License-Identifier: Apache-2.0 */
/* The readers of vectors, on small files of their own. */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "vectors.h"

static char directory[] = "/tmp/psacrypto-vectors-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_hex(struct vectors *v, const char *name, const char *expected)
{
    size_t length, expected_length;
    const uint8_t *data = vectors_hex(v, name, &length);
    uint8_t *wanted = vectors_decode_hex(expected, &expected_length);
    assert_non_null(wanted);
    assert_int_equal(length, expected_length);
    assert_memory_equal(data, wanted, length);
    free(wanted);
}

static void test_blocks(void **state)
{
    (void)state;
    write_file("a.rsp", "#  CAVS\n\nAlen = 32\n\n[Nlen = 7, Tlen = 4]\r\n\r\nKey = 00ff\r\n\r\nCount = 0\nCT = 01\nResult = Pass\nPayload = 02 03\n\n"
                        "Count = 1\nCT =\nResult = Fail\n[Tlen = 8]\nCount = 2\nCT = 0x0a\nFAIL\n\n\n# end\n");
    struct vectors *v = vectors_open("a.rsp", "CT");
    assert_true(vectors_next(v));
    assert_hex(v, "CT", "01");
    assert_hex(v, "key", "00FF");
    assert_hex(v, "Payload", "0203");
    assert_int_equal(vectors_number(v, "Nlen"), 7);
    assert_int_equal(vectors_number(v, "Alen"), 32);
    assert_int_equal(vectors_result(v), VECTORS_VALID);
    assert_string_equal(vectors_section(v), "Nlen = 7, Tlen = 4");
    assert_string_equal(vectors_where(v), "a.rsp:9");
    assert_true(vectors_next(v));
    assert_hex(v, "CT", "");
    assert_false(vectors_has(v, "Payload"));
    assert_string_equal(vectors_inherited(v, "Payload"), "02 03");
    assert_int_equal(vectors_result(v), VECTORS_INVALID);
    assert_true(vectors_next(v));
    assert_int_equal(vectors_number(v, "Tlen"), 8);
    assert_int_equal(vectors_number(v, "Nlen"), 7);
    assert_int_equal(vectors_number(v, "CT"), 10);
    assert_int_equal(vectors_result(v), VECTORS_INVALID);
    assert_false(vectors_next(v));
    assert_false(vectors_next(v));
    vectors_close(v, 3);
}

static void test_unseparated_blocks_continuations_and_quotes(void **state)
{
    (void)state;
    write_file("b.txt", "#test skip\n[SHA-256]\nIn = \"abc\"\nOut = 01\\\n  02\nIn = 61\nOut = 03\nIn = 62");
    struct vectors *v = vectors_open("b.txt", "Out");
    assert_true(vectors_next(v));
    assert_string_equal(vectors_section(v), "SHA-256");
    assert_hex(v, "In", "616263");
    assert_hex(v, "Out", "0102");
    assert_true(vectors_next(v));
    assert_hex(v, "In", "61");
    vectors_unused(v, "shows the line");
    assert_false(vectors_next(v));
    vectors_close(v, 2);
}

static void test_json(void **state)
{
    (void)state;
    write_file("c.json", "{\"testGroups\":[{\"keySize\":128,\"tests\":[{\"tcId\":7,\"key\":\"0a\",\"result\":\"invalid\"}]},{\"tests\":[]},"
                         "{\"keySize\":256,\"tests\":[{\"tcId\":8,\"key\":\"\",\"keySize\":1,\"result\":\"acceptable\"},{\"testPassed\":true}]}]}");
    struct vectors *v = vectors_open("c.json", NULL);
    assert_true(vectors_next(v));
    assert_hex(v, "key", "0a");
    assert_int_equal(vectors_number(v, "keySize"), 128);
    assert_int_equal(vectors_result(v), VECTORS_INVALID);
    assert_string_equal(vectors_where(v), "c.json tcId 7");
    assert_true(vectors_next(v));
    assert_hex(v, "key", "");
    assert_int_equal(vectors_number(v, "keySize"), 1);
    assert_int_equal(vectors_result(v), VECTORS_ACCEPTABLE);
    assert_true(vectors_next(v));
    assert_int_equal(vectors_number(v, "keySize"), 256);
    assert_int_equal(vectors_result(v), VECTORS_VALID);
    assert_false(vectors_has(v, "key"));
    assert_false(vectors_next(v));
    vectors_close(v, 3);

    write_file("d.json", "[{\"a\":\"00\"},{\"a\":\"01\"}]");
    v = vectors_open("d.json", NULL);
    while (vectors_next(v)) {
        assert_true(vectors_has(v, "a"));
    }
    vectors_close(v, 2);
}

static void test_bad_hex(void **state)
{
    (void)state;
    size_t length;
    assert_null(vectors_decode_hex("0", &length));
    assert_null(vectors_decode_hex("0g", &length));
    assert_null(vectors_decode_hex("zz", &length));
}

static int make_directory(void **state)
{
    (void)state;
    return mkdtemp(directory) == NULL || setenv("PSA_TEST_VECTORS", directory, 1) != 0 ||
           unsetenv("PSACRYPTO_TEST_VECTORS_LOG") != 0;
}

static int remove_directory(void **state)
{
    static const char *const names[] = {"a.rsp", "b.txt", "c.json", "d.json"};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[256];
        (void)snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
        (void)unlink(path);
    }
    return rmdir(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_unseparated_blocks_continuations_and_quotes),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_bad_hex),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
