/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DER and PEM. The first byte chooses; what is accepted has to be what would be written for the same key, and no read leaves the
 * input. Where the format has more than one form (PKCS #8 with attributes, RFC 5915 with a curve), reading the form of our own
 * again gives the same key.
 */
#include <psa/crypto.h>

#include "formats/key.h"
#include "formats/pem.h"
#include "formats/pkcs8.h"
#include "formats/spki.h"
#include "input.h"

#define ROOM 9000u

static int is_within(const struct formats_key *key, const uint8_t *der, size_t length)
{
    return key->data == key->masked ? key->length <= sizeof key->masked
                                    : key->data >= der && key->length <= length && key->data + key->length <= der + length;
}

/* DER has one form for a public key. */
static void check_public(const struct formats_key *key, const uint8_t *der, size_t length)
{
    static uint8_t again[ROOM];
    size_t again_length = 0;
    if (key->data == der) {
        return; /* RSAPublicKey by itself */
    }
    CHECK(spki_write(again, sizeof again, &again_length, key->type, key->bits, key->data, key->length) == PSA_SUCCESS);
    CHECK(again_length == length && memcmp(again, der, length) == 0);
}

static void check_private(const struct formats_key *key)
{
    static uint8_t again[ROOM];
    static const uint8_t point[5] = { 4, 1, 2, 3, 4 };
    struct formats_key read;
    size_t length = 0;
    CHECK(pkcs8_write(again, sizeof again, &length, key->type, key->bits, key->data, key->length, point, sizeof point) == PSA_SUCCESS);
    CHECK(pkcs8_read(&read, again, length) == PSA_SUCCESS);
    CHECK(read.type == key->type && read.bits == key->bits && read.length == key->length);
    CHECK(memcmp(read.data, key->data, key->length) == 0);
}

static void fuzz_der(const uint8_t *der, size_t length)
{
    struct formats_key key;
    memset(&key, 0, sizeof key);
    psa_status_t status = formats_read_key(&key, der, length);
    CHECK(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_ARGUMENT || status == PSA_ERROR_NOT_SUPPORTED);
    if (status != PSA_SUCCESS) {
        return;
    }
    CHECK(is_within(&key, der, length));
    if (PSA_KEY_TYPE_IS_PUBLIC_KEY(key.type)) {
        check_public(&key, der, length);
    } else {
        check_private(&key);
    }
}

/* Every block; what it decodes to is encoded, and decodes to the same. */
static void fuzz_pem(const char *text, size_t length)
{
    struct pem_block block;
    size_t at = 0, last = 0;
    while (pem_next(&block, text, length, &at) == PSA_SUCCESS) {
        size_t size = PEM_DECODED_SIZE(block.body_length), decoded_length = 0, again_length = 0, start = 0;
        uint8_t *decoded = input_memory(size), *again = input_memory(size);
        CHECK(at > last && at <= length);
        last = at;
        CHECK(block.label >= text && block.body + block.body_length <= text + length);
        psa_status_t status = pem_decode(decoded, size, &decoded_length, &block);
        CHECK(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_ARGUMENT || status == PSA_ERROR_NOT_SUPPORTED);
        if (status == PSA_SUCCESS) {
            size_t encoded_length = pem_encoded_length("KEY", decoded_length);
            char *encoded = (char *)input_memory(encoded_length);
            pem_encode(encoded, "KEY", decoded, decoded_length);
            CHECK(pem_next(&block, encoded, encoded_length, &start) == PSA_SUCCESS && start == encoded_length);
            CHECK(pem_has_label(&block, "KEY"));
            CHECK(pem_decode(again, size, &again_length, &block) == PSA_SUCCESS);
            CHECK(again_length == decoded_length && memcmp(again, decoded, decoded_length) == 0);
            free(encoded);
            fuzz_der(decoded, decoded_length);
        }
        free(again);
        free(decoded);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > 8000) {
        return 0;
    }
    /* Memory of its own: the sanitizer sees a read beyond it. */
    uint8_t *copy = input_memory(size - 1);
    if (size > 1) {
        memcpy(copy, data + 1, size - 1);
    }
    if (data[0] % 2 == 0) {
        fuzz_der(copy, size - 1);
    } else {
        fuzz_pem((const char *)copy, size - 1);
    }
    free(copy);
    return 0;
}
