/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Textual encoding (RFC 7468). What lies between the boundary lines may be a private key: its base64 is read and written
 * without a table and without a branch on its characters, beyond what kind of character stands where.
 */
#ifndef FORMATS_PEM_H
#define FORMATS_PEM_H

#include <stddef.h>

#include <psa/crypto.h>

/* One encapsulated object within a text. */
struct pem_block {
    const char *label; /* "PRIVATE KEY" */
    size_t label_length;
    const char *body; /* the lines between the boundaries */
    size_t body_length;
};

/*
 * The next block at or after *at, which is moved behind it. Text before it is skipped. PSA_ERROR_DOES_NOT_EXIST: there is no
 * further one. PSA_ERROR_INVALID_ARGUMENT: it begins and does not end, or ends under another label.
 */
psa_status_t pem_next(struct pem_block *block, const char *text, size_t text_length, size_t *at);

int pem_has_label(const struct pem_block *block, const char *label);

/* Bytes that hold every decoded body of this length. */
#define PEM_DECODED_SIZE(body_length) ((body_length) / 4u * 3u + 3u)

/*
 * Strict base64 (RFC 4648, 3.5: unused bits are 0, nothing follows the padding), with white space anywhere.
 * PSA_ERROR_NOT_SUPPORTED: encrypted in the way of RFC 1421. PSA_ERROR_INVALID_ARGUMENT: not base64. After a failure output
 * may hold secrets.
 */
psa_status_t pem_decode(uint8_t *output, size_t output_size, size_t *output_length, const struct pem_block *block);

/* Characters of a text, with its final newline and without a null character. */
size_t pem_encoded_length(const char *label, size_t length);

/* Lines of 64 characters. text holds pem_encoded_length() characters. */
void pem_encode(char *text, const char *label, const uint8_t *data, size_t length);

#endif
