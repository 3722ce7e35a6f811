/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sealed files: docs/tool.md describes the format. A file key, drawn for each file, seals the chunks; the user's key seals
 * the file key. So the user's key is used once per file, with a random nonce, and the chunks can count theirs. The last
 * chunk says that it is the last one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar): chunks that are
 * missing, doubled, out of order or of another file do not open.
 */
#include "psa.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC "\x89PSA\r\n\x1a\n"
#define MAGIC_LENGTH 8u
#define VERSION 1u
#define CHUNK_LOG 16u
#define CHUNK_LOG_MIN 12u
#define CHUNK_LOG_MAX 20u
#define FIXED_LENGTH 20u          /* of the header: up to the nonce */
#define NONCE_MIN 12u
#define NONCE_MAX 32u
#define FILE_KEY_MAX 64u
#define TAG_MAX 16u
#define TAG_MIN 12u               /* of the user's key: the tag is what binds the file key */
#define SEALED_KEY_MAX (FILE_KEY_MAX + TAG_MAX)
#define HEADER_MAX (FIXED_LENGTH + NONCE_MAX + SEALED_KEY_MAX)

struct header {
    uint8_t bytes[HEADER_MAX];
    size_t length;                /* of all of it */
    unsigned chunk_log;
    psa_key_type_t type;
    psa_algorithm_t alg;
    size_t bits;
    size_t nonce_length;
    size_t sealed_length;         /* of the file key, sealed */
};

/* ---- The header ---- */

static void put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xffffu);
}

static uint32_t get16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t get32(const uint8_t *at)
{
    return get16(at) << 16 | get16(at + 2);
}

/* Each nonce of CCM may be 12 bytes long, too, which leaves room for chunks of any size. */
static size_t nonce_length(psa_key_type_t type, psa_algorithm_t alg)
{
    return PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_CCM ? 12u : PSA_AEAD_NONCE_LENGTH(type, alg);
}

static size_t file_key_length(const struct header *header)
{
    return (header->bits + 7u) / 8u;
}

/* What the other fields must be, given type, algorithm and size. */
static int lengths_fit(const struct header *header)
{
    size_t tag = PSA_AEAD_TAG_LENGTH(header->type, header->bits, header->alg);
    return PSA_ALG_IS_AEAD(header->alg) && !PSA_ALG_IS_WILDCARD(header->alg) && tag >= TAG_MIN && tag <= TAG_MAX &&
           header->bits % 8u == 0 && header->bits != 0 && file_key_length(header) <= FILE_KEY_MAX &&
           header->nonce_length == nonce_length(header->type, header->alg) && header->nonce_length >= NONCE_MIN &&
           header->nonce_length <= NONCE_MAX && header->sealed_length == file_key_length(header) + tag;
}

static void header_pack(struct header *header)
{
    memcpy(header->bytes, MAGIC, MAGIC_LENGTH);
    header->bytes[8] = VERSION;
    header->bytes[9] = (uint8_t)header->chunk_log;
    put16(header->bytes + 10, header->type);
    put32(header->bytes + 12, header->alg);
    put16(header->bytes + 16, (uint32_t)header->bits);
    header->bytes[18] = (uint8_t)header->nonce_length;
    header->bytes[19] = (uint8_t)header->sealed_length;
    header->length = FIXED_LENGTH + header->nonce_length + header->sealed_length;
}

static int header_unpack(struct header *header, const char *name)
{
    header->chunk_log = header->bytes[9];
    header->type = (psa_key_type_t)get16(header->bytes + 10);
    header->alg = get32(header->bytes + 12);
    header->bits = get16(header->bytes + 16);
    header->nonce_length = header->bytes[18];
    header->sealed_length = header->bytes[19];
    header->length = FIXED_LENGTH + header->nonce_length + header->sealed_length;
    if (header->bytes[8] != VERSION) {
        return fail(EXIT_UNSUPPORTED, "%s: sealed in version %u of the format", name, (unsigned)header->bytes[8]);
    }
    if (header->chunk_log < CHUNK_LOG_MIN || header->chunk_log > CHUNK_LOG_MAX || !lengths_fit(header)) {
        return fail(EXIT_UNVERIFIED, "%s: the header is damaged", name);
    }
    return EXIT_DONE;
}

static int header_read(struct header *header, struct input *input)
{
    size_t length;
    int status = input_read(input, header->bytes, FIXED_LENGTH, &length);
    if (status != EXIT_DONE) {
        return status;
    }
    if (length < FIXED_LENGTH || memcmp(header->bytes, MAGIC, MAGIC_LENGTH) != 0) {
        return fail(EXIT_UNVERIFIED, "%s: not a sealed file", input->name);
    }
    status = header_unpack(header, input->name);
    if (status == EXIT_DONE) {
        status = input_read(input, header->bytes + FIXED_LENGTH, header->length - FIXED_LENGTH, &length);
    }
    if (status == EXIT_DONE && length < header->length - FIXED_LENGTH) {
        status = fail(EXIT_UNVERIFIED, "%s: the file ends within its header", input->name);
    }
    return status;
}

/* ---- The file key ---- */

/* A key for this run, of the type and size of the user's, given by its bytes. */
static psa_status_t import_file_key(psa_key_id_t *file_key, const struct header *header, psa_key_usage_t usage, const uint8_t *bytes)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, header->type);
    psa_set_key_bits(&attributes, header->bits);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(header->alg));
    return psa_import_key(&attributes, bytes, file_key_length(header), file_key);
}

static psa_status_t seal_file_key(struct header *header, psa_key_id_t *file_key, psa_key_id_t key)
{
    uint8_t bytes[FILE_KEY_MAX];
    uint8_t *nonce = header->bytes + FIXED_LENGTH;
    uint8_t *sealed = nonce + header->nonce_length;
    size_t length;
    psa_status_t status = psa_generate_random(nonce, header->nonce_length);
    if (status == PSA_SUCCESS) {
        status = psa_generate_random(bytes, file_key_length(header));
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_encrypt(key, header->alg, nonce, header->nonce_length, header->bytes, FIXED_LENGTH + header->nonce_length,
                                  bytes, file_key_length(header), sealed, header->sealed_length, &length);
    }
    if (status == PSA_SUCCESS) {
        status = import_file_key(file_key, header, PSA_KEY_USAGE_ENCRYPT, bytes);
    }
    wipe(bytes, sizeof(bytes));
    return status;
}

static psa_status_t unseal_file_key(psa_key_id_t *file_key, const struct header *header, psa_key_id_t key)
{
    uint8_t bytes[SEALED_KEY_MAX];
    const uint8_t *nonce = header->bytes + FIXED_LENGTH;
    size_t length;
    psa_status_t status = psa_aead_decrypt(key, header->alg, nonce, header->nonce_length, header->bytes, FIXED_LENGTH + header->nonce_length,
                                           nonce + header->nonce_length, header->sealed_length, bytes, sizeof(bytes), &length);
    if (status == PSA_SUCCESS) {
        status = import_file_key(file_key, header, PSA_KEY_USAGE_DECRYPT, bytes);
    }
    wipe(bytes, sizeof(bytes));
    return status;
}

/* ---- Chunks ---- */

struct stream {
    const struct header *header;
    psa_key_id_t file_key;
    uint64_t counter;
    size_t chunk_length;  /* of a chunk that is not the last */
    uint8_t *read;        /* a chunk and one byte more, which tells whether it is the last */
    uint8_t *next;        /* what is written */
};

static int stream_open(struct stream *stream, const struct header *header, psa_key_id_t file_key, size_t chunk_length)
{
    stream->header = header;
    stream->file_key = file_key;
    stream->counter = 0;
    stream->chunk_length = chunk_length;
    stream->read = malloc(chunk_length + 1u);
    stream->next = malloc(chunk_length + TAG_MAX);
    return stream->read != NULL && stream->next != NULL ? EXIT_DONE : fail(EXIT_OTHER, "there is no memory left");
}

static void stream_close(struct stream *stream)
{
    if (stream->read != NULL) {
        wipe(stream->read, stream->chunk_length + 1u);
    }
    if (stream->next != NULL) {
        wipe(stream->next, stream->chunk_length + TAG_MAX);
    }
    free(stream->read);
    free(stream->next);
    (void)psa_destroy_key(stream->file_key);
}

/* Zeros, the number of the chunk in 8 bytes, and 1 in the last chunk. */
static void chunk_nonce(uint8_t nonce[NONCE_MAX], const struct stream *stream, int last)
{
    size_t length = stream->header->nonce_length;
    memset(nonce, 0, NONCE_MAX);
    put32(nonce + length - 9u, (uint32_t)(stream->counter >> 32));
    put32(nonce + length - 5u, (uint32_t)stream->counter);
    nonce[length - 1u] = last ? 1u : 0u;
}

static psa_status_t crypt_chunk(struct stream *stream, int decrypt, size_t length, int last, size_t *output_length)
{
    uint8_t nonce[NONCE_MAX];
    const struct header *header = stream->header;
    psa_algorithm_t alg = PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(header->alg);
    chunk_nonce(nonce, stream, last);
    return (decrypt ? psa_aead_decrypt : psa_aead_encrypt)(stream->file_key, alg, nonce, header->nonce_length, header->bytes, header->length,
                                                           stream->read, length, stream->next, stream->chunk_length + TAG_MAX, output_length);
}

/* What is wrong with a chunk that does not open: whether it would as the other kind, last or not. */
static int explain(struct stream *stream, const char *name, size_t length, int last)
{
    size_t ignored;
    if (crypt_chunk(stream, 1, length, !last, &ignored) != PSA_SUCCESS) {
        return fail(EXIT_UNVERIFIED, "%s: chunk %llu%s is not what was sealed", name, (unsigned long long)stream->counter,
                    last ? ", where the file ends," : "");
    }
    return last ? fail(EXIT_UNVERIFIED, "%s: the file is cut off behind chunk %llu", name, (unsigned long long)stream->counter)
                : fail(EXIT_UNVERIFIED, "%s: there is more behind the last chunk", name);
}

/* One chunk, of which length bytes are there; nothing is written that is not verified. */
static int do_chunk(struct stream *stream, int decrypt, const struct input *input, struct output *output, size_t length, int last)
{
    size_t written;
    psa_status_t status = crypt_chunk(stream, decrypt, length, last, &written);
    if (decrypt && (status == PSA_ERROR_INVALID_SIGNATURE || status == PSA_ERROR_INVALID_ARGUMENT)) {
        return explain(stream, input->name, length, last);
    }
    if (status != PSA_SUCCESS) {
        return fail_call(status, NULL);
    }
    stream->counter++;
    return output_write(output, stream->next, written);
}

/* A byte behind a chunk says that it is not the last; it is the first of the next. */
static int do_chunks(struct stream *stream, int decrypt, struct input *input, struct output *output)
{
    size_t held = 0;
    int last = 0;
    while (!last) {
        size_t got;
        int status = input_read(input, stream->read + held, stream->chunk_length + 1u - held, &got);
        if (status != EXIT_DONE) {
            return status;
        }
        size_t length = held + got;
        last = length <= stream->chunk_length;
        held = last ? 0 : 1u;
        status = do_chunk(stream, decrypt, input, output, last ? length : stream->chunk_length, last);
        if (status != EXIT_DONE) {
            return status;
        }
        stream->read[0] = stream->read[stream->chunk_length];
    }
    return EXIT_DONE;
}

/* ---- Files ---- */

static int run(const struct header *header, psa_key_id_t file_key, int decrypt, struct input *input, struct output *output)
{
    struct stream stream;
    size_t length = ((size_t)1 << header->chunk_log) + (decrypt ? TAG_MAX : 0u);
    int status = stream_open(&stream, header, file_key, length);
    if (status == EXIT_DONE) {
        status = do_chunks(&stream, decrypt, input, output);
    }
    stream_close(&stream);
    return status;
}

int seal(struct input *input, struct output *output, psa_key_id_t key, const psa_key_attributes_t *attributes, psa_algorithm_t alg)
{
    struct header header;
    psa_key_id_t file_key;
    memset(&header, 0, sizeof(header));
    header.chunk_log = CHUNK_LOG;
    header.type = psa_get_key_type(attributes);
    header.alg = alg;
    header.bits = psa_get_key_bits(attributes);
    header.nonce_length = nonce_length(header.type, alg);
    header.sealed_length = file_key_length(&header) + PSA_AEAD_TAG_LENGTH(header.type, header.bits, alg);
    /* The policy speaks first: what it refuses is not a matter of this format. */
    psa_status_t status = psa_check_key_usage(key, alg, PSA_KEY_USAGE_ENCRYPT);
    if (status != PSA_SUCCESS) {
        return fail_call(status, NULL);
    }
    if (!lengths_fit(&header)) {
        char name[SHORT_NAME_SIZE];
        short_algorithm(name, alg);
        return fail(EXIT_UNSUPPORTED, "files are sealed with an AEAD that has a tag of %u bytes or more, not with %s", TAG_MIN, name);
    }
    header_pack(&header);
    status = seal_file_key(&header, &file_key, key);
    if (status != PSA_SUCCESS) {
        return fail_call(status, NULL);
    }
    int result = output_write(output, header.bytes, header.length);
    if (result != EXIT_DONE) {
        (void)psa_destroy_key(file_key);
        return result;
    }
    return run(&header, file_key, 0, input, output);
}

int unseal(struct input *input, struct output *output, psa_key_id_t key, const psa_key_attributes_t *attributes)
{
    struct header header;
    psa_key_id_t file_key;
    int result = header_read(&header, input);
    if (result != EXIT_DONE) {
        return result;
    }
    if (header.type != psa_get_key_type(attributes) || header.bits != psa_get_key_bits(attributes)) {
        return fail(EXIT_UNVERIFIED, "%s: sealed with another key, of another type or size", input->name);
    }
    psa_status_t status = unseal_file_key(&file_key, &header, key);
    if (status == PSA_ERROR_INVALID_SIGNATURE) {
        return fail(EXIT_UNVERIFIED, "%s: sealed with another key, or its header is not what was sealed", input->name);
    }
    return status == PSA_SUCCESS ? run(&header, file_key, 1, input, output) : fail_call(status, NULL);
}
