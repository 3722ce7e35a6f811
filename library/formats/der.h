/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DER (X.690) as key files use it: definite lengths in their shortest form, tags of one byte. Reading never leaves its
 * bytes, and what nests is a reader within a reader: no recursion, no depth that the input decides.
 *
 * Errors stick. A reader that failed reads nothing more, and so do the readers taken from it: code reads a structure from
 * end to end and asks der_done() once.
 *
 *     struct der_reader key = der_reader(data, length);
 *     struct der_reader sequence = der_enter(&key, DER_SEQUENCE);
 *     struct der_reader oid = der_enter(&sequence, DER_OID);
 *     if (!der_done(&sequence) || !der_done(&key)) { ... }
 */
#ifndef FORMATS_DER_H
#define FORMATS_DER_H

#include <stddef.h>
#include <stdint.h>

#define DER_INTEGER 0x02u
#define DER_BIT_STRING 0x03u
#define DER_OCTET_STRING 0x04u
#define DER_NULL 0x05u
#define DER_OID 0x06u
#define DER_SEQUENCE 0x30u
/* Context-specific [n]: of a constructed type or EXPLICIT, and of a primitive type that is IMPLICIT. */
#define DER_CONTEXT(n) (0xa0u | (n))
#define DER_CONTEXT_PRIMITIVE(n) (0x80u | (n))

struct der_reader {
    const uint8_t *data; /* what is left; NULL: failed */
    size_t length;
};

struct der_reader der_reader(const uint8_t *data, size_t length);

/* The tag of the next element; 0 at the end and after a failure. */
unsigned der_next(const struct der_reader *reader);

/* Steps over the next element, which must have the tag; answers its contents. */
struct der_reader der_enter(struct der_reader *reader, unsigned tag);

/* A BIT STRING (or [n] IMPLICIT one) of whole bytes: its bytes. */
struct der_reader der_enter_bits(struct der_reader *reader, unsigned tag);

/* An INTEGER of 0 to 127; more fails the reader. */
unsigned der_small_integer(struct der_reader *reader);

/* Whether nothing failed and nothing is left. */
int der_done(const struct der_reader *reader);

/* Whether nothing failed. */
int der_good(const struct der_reader *reader);

/* Whether contents are exactly these bytes. Not for secrets. */
int der_equal(const struct der_reader *reader, const uint8_t *bytes, size_t length);

/*
 * Writing goes from the end of a buffer to its front, so that every length is known when its header is written. Without a
 * buffer (start NULL, size 0) the length alone is counted: a structure is built once to know its length, and once into a
 * buffer of exactly that length. What has no room is not written.
 */
struct der_writer {
    uint8_t *start;
    size_t size;
    size_t length; /* so far */
};

void der_write(struct der_writer *writer, const uint8_t *bytes, size_t length);
void der_write_byte(struct der_writer *writer, unsigned byte);
/* The header of everything that was written since writer->length was mark. */
void der_write_header(struct der_writer *writer, unsigned tag, size_t mark);
/* An element of its own. */
void der_write_element(struct der_writer *writer, unsigned tag, const uint8_t *bytes, size_t length);

#endif
