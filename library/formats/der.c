/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/der.h"

#include <string.h>

static const struct der_reader failed = { NULL, 0 };

struct der_reader der_reader(const uint8_t *data, size_t length)
{
    static const uint8_t nothing = 0;
    struct der_reader reader = { data != NULL ? data : &nothing, data != NULL ? length : 0 };
    return reader;
}

unsigned der_next(const struct der_reader *reader)
{
    return reader->length != 0 ? reader->data[0] : 0;
}

int der_good(const struct der_reader *reader)
{
    return reader->data != NULL;
}

int der_done(const struct der_reader *reader)
{
    return der_good(reader) && reader->length == 0;
}

int der_equal(const struct der_reader *reader, const uint8_t *bytes, size_t length)
{
    return der_good(reader) && reader->length == length && memcmp(reader->data, bytes, length) == 0;
}

/* The bytes of a length (X.690, 8.1.3) in its shortest form (10.1): how many they are, and *value; 0 where malformed. */
static size_t read_length(const uint8_t *data, size_t left, size_t *value)
{
    if (left == 0) {
        return 0;
    }
    if (data[0] < 0x80u) {
        *value = data[0];
        return 1;
    }
    size_t count = data[0] & 0x7fu; /* 0: indefinite */
    if (count == 0 || count > sizeof *value || count >= left || data[1] == 0) {
        return 0;
    }
    *value = 0;
    for (size_t i = 1; i <= count; i++) {
        *value = (*value << 8) | data[i];
    }
    return *value < 0x80u ? 0 : 1 + count;
}

struct der_reader der_enter(struct der_reader *reader, unsigned tag)
{
    struct der_reader contents = failed;
    size_t length = 0;
    size_t header = 0;
    if (reader->length != 0 && reader->data[0] == tag) {
        header = read_length(reader->data + 1, reader->length - 1, &length);
    }
    if (header == 0 || reader->length - 1 - header < length) {
        *reader = failed;
        return contents;
    }
    contents.data = reader->data + 1 + header;
    contents.length = length;
    reader->data = contents.data + length;
    reader->length -= 1 + header + length;
    return contents;
}

struct der_reader der_enter_bits(struct der_reader *reader, unsigned tag)
{
    struct der_reader contents = der_enter(reader, tag);
    /* The first byte counts unused bits of the last one. */
    if (contents.length == 0 || contents.data[0] != 0) {
        *reader = failed;
        return failed;
    }
    contents.data++;
    contents.length--;
    return contents;
}

unsigned der_small_integer(struct der_reader *reader)
{
    struct der_reader contents = der_enter(reader, DER_INTEGER);
    if (contents.length != 1 || contents.data[0] > 127) {
        *reader = failed;
        return 0;
    }
    return contents.data[0];
}

/* ---- Writing ---- */

void der_write(struct der_writer *writer, const uint8_t *bytes, size_t length)
{
    if (length != 0 && writer->length <= writer->size && length <= writer->size - writer->length) {
        memcpy(writer->start + (writer->size - writer->length - length), bytes, length);
    }
    writer->length += length; /* lengths are those of keys: no sum of them overflows */
}

void der_write_byte(struct der_writer *writer, unsigned byte)
{
    uint8_t value = (uint8_t)byte;
    der_write(writer, &value, 1);
}

void der_write_header(struct der_writer *writer, unsigned tag, size_t mark)
{
    size_t length = writer->length - mark;
    if (length < 0x80u) {
        der_write_byte(writer, (unsigned)length);
    } else {
        unsigned count = 0;
        for (size_t rest = length; rest != 0; rest >>= 8) {
            der_write_byte(writer, (unsigned)(rest & 0xffu));
            count++;
        }
        der_write_byte(writer, 0x80u | count);
    }
    der_write_byte(writer, tag);
}

void der_write_element(struct der_writer *writer, unsigned tag, const uint8_t *bytes, size_t length)
{
    size_t mark = writer->length;
    der_write(writer, bytes, length);
    der_write_header(writer, tag, mark);
}
