/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/pem.h"

#include <string.h>

#include "formats/base64.h"
#include "util/zeroise.h"

static const char begin[] = "-----BEGIN ";
static const char end[] = "-----END ";
static const char dashes[] = "-----";

#define TEXT_LENGTH(literal) (sizeof(literal) - 1u)
#define LINE_LENGTH 64u

/* ---- Boundaries ---- */

/* Where the line of position at ends: at its newline, or at the end of the text. */
static size_t line_end(const char *text, size_t length, size_t at)
{
    for (; at < length; at++) {
        uint32_t newline = ct_mask_equal32((uint8_t)text[at], '\n');
        CT_PUBLIC(&newline, sizeof newline); /* where lines end is public */
        if (newline != 0) {
            break;
        }
    }
    return at;
}

/* Whether the line is prefix, label, "-----" and at most white space; *label as it stands there. */
static int is_boundary(const char *line, size_t length, const char *prefix, const char **label, size_t *label_length)
{
    size_t prefix_length = strlen(prefix);
    while (length != 0 && (line[length - 1] == '\r' || line[length - 1] == ' ' || line[length - 1] == '\t')) {
        length--;
    }
    if (length < prefix_length + TEXT_LENGTH(dashes) || memcmp(line, prefix, prefix_length) != 0 ||
        memcmp(line + length - TEXT_LENGTH(dashes), dashes, TEXT_LENGTH(dashes)) != 0) {
        return 0;
    }
    *label = line + prefix_length;
    *label_length = length - prefix_length - TEXT_LENGTH(dashes);
    return 1;
}

/* Only the start of a line is looked at before it is known to be a boundary: the rest may be of a key. */
static int is_dashed(const char *line, size_t length)
{
    uint32_t mask = length >= TEXT_LENGTH(dashes) ? ct_mask_equal(line, dashes, TEXT_LENGTH(dashes)) : 0;
    CT_PUBLIC(&mask, sizeof mask); /* '-' is no base64: where the body ends is public */
    return mask != 0;
}

psa_status_t pem_next(struct pem_block *block, const char *text, size_t text_length, size_t *at)
{
    const char *label;
    size_t label_length;
    int found = 0;
    while (*at < text_length) {
        size_t start = *at;
        size_t stop = line_end(text, text_length, start);
        const char *line = text + start;
        *at = stop < text_length ? stop + 1 : text_length;
        if (!is_dashed(line, stop - start)) {
            continue;
        }
        if (!found) {
            found = is_boundary(line, stop - start, begin, &block->label, &block->label_length);
            block->body = text + *at;
        } else {
            block->body_length = (size_t)(line - block->body);
            return is_boundary(line, stop - start, end, &label, &label_length) && label_length == block->label_length &&
                           memcmp(label, block->label, label_length) == 0
                       ? PSA_SUCCESS
                       : PSA_ERROR_INVALID_ARGUMENT;
        }
    }
    return found ? PSA_ERROR_INVALID_ARGUMENT : PSA_ERROR_DOES_NOT_EXIST;
}

int pem_has_label(const struct pem_block *block, const char *label)
{
    return block->label_length == strlen(label) && memcmp(block->label, label, block->label_length) == 0;
}

/* ---- Decoding ---- */

enum kind { KIND_INVALID, KIND_DATA, KIND_SPACE, KIND_PADDING };

static enum kind kind_of(uint32_t c, uint32_t *value)
{
    uint32_t data;
    *value = base64_value(c, &data);
    uint32_t space = ct_mask_equal32(c, ' ') | base64_in_range(c, '\t', '\r');
    uint32_t kind = (data & KIND_DATA) | (space & KIND_SPACE) | (ct_mask_equal32(c, '=') & KIND_PADDING);
    CT_PUBLIC(&kind, sizeof kind); /* the layout of the text is public, the value of a character is not */
    return (enum kind)kind;
}

struct decoder {
    uint8_t *output;
    size_t size, length;
    uint32_t bits;      /* not yet written, at the low end */
    unsigned bit_count; /* of them: 0, 2, 4 or, between two characters of a byte, 6 */
    unsigned padding;
};

static psa_status_t decode_value(struct decoder *decoder, uint32_t value)
{
    if (decoder->padding != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    decoder->bits = (decoder->bits << 6) | value;
    decoder->bit_count += 6;
    if (decoder->bit_count < 8) {
        return PSA_SUCCESS;
    }
    if (decoder->length == decoder->size) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    decoder->bit_count -= 8;
    decoder->output[decoder->length++] = (uint8_t)(decoder->bits >> decoder->bit_count);
    decoder->bits &= (1u << decoder->bit_count) - 1u;
    return PSA_SUCCESS;
}

/* Groups of four characters are whole, and the bits that padding leaves over are 0. */
static psa_status_t decode_end(const struct decoder *decoder)
{
    unsigned wanted = decoder->bit_count == 4 ? 2 : decoder->bit_count == 2 ? 1 : 0;
    uint32_t left = ct_mask_nonzero32(decoder->bits);
    CT_PUBLIC(&left, sizeof left); /* the whole is refused */
    return decoder->bit_count == 6 || decoder->padding != wanted || left != 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS;
}

static psa_status_t decode_character(struct decoder *decoder, uint32_t c)
{
    uint32_t value;
    switch (kind_of(c, &value)) {
    case KIND_DATA:
        return decode_value(decoder, value);
    case KIND_PADDING:
        decoder->padding++;
        return decoder->padding <= 2 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
    case KIND_SPACE:
        return PSA_SUCCESS;
    default:
        return PSA_ERROR_INVALID_ARGUMENT;
    }
}

/* Headers of RFC 1421, 4.6: only those of encrypted keys are in use. */
static int is_encrypted(const struct pem_block *block)
{
    static const char header[] = "Proc-Type:";
    uint32_t mask = block->body_length >= TEXT_LENGTH(header) ? ct_mask_equal(block->body, header, TEXT_LENGTH(header)) : 0;
    CT_PUBLIC(&mask, sizeof mask); /* a header is not of a key */
    return mask != 0;
}

psa_status_t pem_decode(uint8_t *output, size_t output_size, size_t *output_length, const struct pem_block *block)
{
    struct decoder decoder = { .output = output, .size = output_size };
    psa_status_t status = is_encrypted(block) ? PSA_ERROR_NOT_SUPPORTED : PSA_SUCCESS;
    for (size_t i = 0; i < block->body_length && status == PSA_SUCCESS; i++) {
        status = decode_character(&decoder, (uint8_t)block->body[i]);
    }
    if (status == PSA_SUCCESS) {
        status = decode_end(&decoder);
    }
    *output_length = status == PSA_SUCCESS ? decoder.length : 0;
    ZEROISE(decoder);
    return status;
}

/* ---- Encoding ---- */

size_t pem_encoded_length(const char *label, size_t length)
{
    size_t characters = (length + 2u) / 3u * 4u;
    size_t lines = (characters + LINE_LENGTH - 1u) / LINE_LENGTH;
    size_t boundaries = TEXT_LENGTH(begin) + TEXT_LENGTH(end) + 2u * (strlen(label) + TEXT_LENGTH(dashes) + 1u);
    return boundaries + characters + lines;
}

static char *put(char *text, const char *string)
{
    size_t length = strlen(string);
    memcpy(text, string, length);
    return text + length;
}

static char *put_boundary(char *text, const char *prefix, const char *label)
{
    text = put(text, prefix);
    text = put(text, label);
    text = put(text, dashes);
    return put(text, "\n");
}

/* One group of four characters for 1 to 3 bytes. */
static void put_group(char *text, const uint8_t *data, size_t length)
{
    uint32_t bits = (uint32_t)data[0] << 16 | (length > 1 ? (uint32_t)data[1] << 8 : 0) | (length > 2 ? data[2] : 0);
    for (size_t i = 0; i < 4; i++) {
        text[i] = i <= length ? (char)base64_character((bits >> (18u - 6u * i)) & 63u) : '=';
    }
}

void pem_encode(char *text, const char *label, const uint8_t *data, size_t length)
{
    text = put_boundary(text, begin, label);
    for (size_t i = 0; i < length; i += 3) {
        put_group(text, data + i, length - i < 3 ? length - i : 3);
        text += 4;
        if (length - i <= 3 || (i / 3 * 4 + 4) % LINE_LENGTH == 0) {
            *text++ = '\n';
        }
    }
    put_boundary(text, end, label);
}
