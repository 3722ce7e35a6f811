/* SPDX-License-Identifier: Apache-2.0 */
/* DER: what is read, what is refused, and that what was written is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/der.h"

/* Memory of exactly that size, so that a sanitizer sees a read beyond it. */
static uint8_t *exact(const uint8_t *data, size_t length)
{
    uint8_t *copy = malloc(length != 0 ? length : 1);
    assert_non_null(copy);
    memcpy(copy, data, length);
    return copy;
}

static const struct {
    const char *what;
    uint8_t der[12];
    size_t length;
    size_t contents; /* of a good OCTET STRING that is all there is; 99: refused */
} cases[] = {
    { "empty string", { 0x04, 0x00 }, 2, 0 },
    { "short form", { 0x04, 0x03, 1, 2, 3 }, 5, 3 },
    { "nothing", { 0 }, 0, 99 },
    { "tag alone", { 0x04 }, 1, 99 },
    { "another tag", { 0x05, 0x00 }, 2, 99 },
    { "one byte too few", { 0x04, 0x03, 1, 2 }, 4, 99 },
    { "one byte behind", { 0x04, 0x01, 1, 2 }, 4, 99 },
    { "indefinite length", { 0x04, 0x80, 0x00, 0x00 }, 4, 99 },
    { "reserved length", { 0x04, 0xff, 0x00, 0x00 }, 4, 99 },
    { "long form of a short length", { 0x04, 0x81, 0x01, 1 }, 4, 99 },
    { "leading zero in a length", { 0x04, 0x82, 0x00, 0x01, 1 }, 5, 99 },
    { "long form cut off", { 0x04, 0x82, 0x01 }, 3, 99 },
    { "long form without its bytes", { 0x04, 0x81 }, 2, 99 },
    { "longer than memory", { 0x04, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, 10, 99 },
    { "longer than a size_t", { 0x04, 0x89, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 12, 99 },
    { "length that wraps", { 0x04, 0x84, 0xff, 0xff, 0xff, 0xfd, 1 }, 7, 99 },
};

static void elements(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t *der = exact(cases[i].der, cases[i].length);
        struct der_reader whole = der_reader(der, cases[i].length);
        struct der_reader contents = der_enter(&whole, DER_OCTET_STRING);
        int good = der_good(&contents) && der_done(&whole);
        if (good != (cases[i].contents != 99) || (good && contents.length != cases[i].contents)) {
            fail_msg("%s", cases[i].what);
        }
        free(der);
    }
}

static void failures_stick(void **state)
{
    static const uint8_t der[] = { 0x30, 0x06, 0x02, 0x01, 0x05, 0x04, 0x01, 0xaa };
    (void)state;
    struct der_reader whole = der_reader(der, sizeof der);
    struct der_reader sequence = der_enter(&whole, DER_SEQUENCE);
    struct der_reader wrong = der_enter(&sequence, DER_OCTET_STRING);
    assert_false(der_good(&wrong));
    assert_false(der_good(&sequence));
    assert_int_equal(der_next(&sequence), 0);
    assert_int_equal(der_small_integer(&sequence), 0);
    struct der_reader within = der_enter(&wrong, DER_SEQUENCE);
    assert_false(der_good(&within));
    assert_false(der_done(&sequence));
    assert_false(der_done(&wrong));
    assert_false(der_equal(&wrong, der, 0));
    assert_true(der_done(&whole));

    whole = der_reader(der, sizeof der);
    sequence = der_enter(&whole, DER_SEQUENCE);
    assert_int_equal(der_next(&sequence), DER_INTEGER);
    assert_int_equal(der_small_integer(&sequence), 5);
    assert_false(der_done(&sequence));
    struct der_reader string = der_enter(&sequence, DER_OCTET_STRING);
    assert_true(der_equal(&string, (const uint8_t[]){ 0xaa }, 1));
    assert_true(der_done(&sequence));
}

static void small_integers(void **state)
{
    static const struct {
        uint8_t der[4];
        size_t length;
        int value; /* -1: refused */
    } integers[] = {
        { { 2, 1, 0 }, 3, 0 },      { { 2, 1, 127 }, 3, 127 },  { { 2, 1, 128 }, 3, -1 }, /* negative */
        { { 2, 2, 0, 1 }, 4, -1 },  { { 2, 2, 0, 128 }, 4, -1 }, { { 2, 0 }, 2, -1 },     { { 4, 1, 0 }, 3, -1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof integers / sizeof integers[0]; i++) {
        struct der_reader reader = der_reader(integers[i].der, integers[i].length);
        unsigned value = der_small_integer(&reader);
        assert_int_equal(der_done(&reader), integers[i].value >= 0);
        assert_int_equal(value, integers[i].value >= 0 ? integers[i].value : 0);
    }
}

static void bit_strings(void **state)
{
    static const struct {
        uint8_t der[5];
        size_t length, contents; /* 99: refused */
    } strings[] = {
        { { 3, 1, 0 }, 3, 0 }, { { 3, 2, 0, 9 }, 4, 1 }, { { 3, 0 }, 2, 99 }, { { 3, 2, 1, 8 }, 4, 99 }, { { 3, 1, 1 }, 3, 99 },
        { { 4, 2, 0, 9 }, 4, 99 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        struct der_reader reader = der_reader(strings[i].der, strings[i].length);
        struct der_reader contents = der_enter_bits(&reader, DER_BIT_STRING);
        assert_int_equal(der_good(&contents), strings[i].contents != 99);
        assert_int_equal(der_good(&reader), strings[i].contents != 99);
        if (strings[i].contents != 99) {
            assert_int_equal(contents.length, strings[i].contents);
        }
    }
}

/* Strings around every length whose header changes: written, compared with the header by hand, read again. */
static void written_is_read(void **state)
{
    static const struct {
        size_t length;
        uint8_t header[5];
        size_t header_length;
    } lengths[] = {
        { 0, { 4, 0 }, 2 },
        { 1, { 4, 1 }, 2 },
        { 127, { 4, 127 }, 2 },
        { 128, { 4, 0x81, 128 }, 3 },
        { 255, { 4, 0x81, 255 }, 3 },
        { 256, { 4, 0x82, 1, 0 }, 4 },
        { 65535, { 4, 0x82, 255, 255 }, 4 },
        { 65536, { 4, 0x83, 1, 0, 0 }, 5 },
    };
    static uint8_t contents[65536];
    (void)state;
    memset(contents, 0x3c, sizeof contents);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct der_writer counter = { NULL, 0, 0 };
        der_write_element(&counter, DER_OCTET_STRING, contents, lengths[i].length);
        assert_int_equal(counter.length, lengths[i].header_length + lengths[i].length);
        uint8_t *der = malloc(counter.length);
        struct der_writer writer = { der, counter.length, 0 };
        der_write_element(&writer, DER_OCTET_STRING, contents, lengths[i].length);
        assert_int_equal(writer.length, counter.length);
        assert_memory_equal(der, lengths[i].header, lengths[i].header_length);
        for (size_t cut = 0; cut <= counter.length; cut += cut + 5 < counter.length && cut > 8 ? 997 : 1) {
            uint8_t *part = exact(der, cut);
            struct der_reader reader = der_reader(part, cut);
            struct der_reader read = der_enter(&reader, DER_OCTET_STRING);
            assert_int_equal(der_good(&read) && der_done(&reader), cut == counter.length);
            free(part);
        }
        free(der);
    }
}

/* A buffer that is too small is not written beyond, and the length is counted on. */
static void no_room(void **state)
{
    uint8_t buffer[8];
    (void)state;
    for (size_t size = 0; size < 8; size++) {
        memset(buffer, 0xee, sizeof buffer);
        struct der_writer writer = { buffer, size, 0 };
        der_write_element(&writer, DER_OCTET_STRING, (const uint8_t[]){ 1, 2, 3 }, 3);
        der_write_header(&writer, DER_SEQUENCE, 0);
        assert_int_equal(writer.length, 7);
        for (size_t i = size; i < sizeof buffer; i++) {
            assert_int_equal(buffer[i], 0xee);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements),    cmocka_unit_test(failures_stick),  cmocka_unit_test(small_integers),
        cmocka_unit_test(bit_strings), cmocka_unit_test(written_is_read), cmocka_unit_test(no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
