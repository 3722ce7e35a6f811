/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The psa tool: sealed files. Every size around a chunk, each AEAD; the format as docs/tool.md has it, opened here with
 * OpenSSL; and everything that may happen to such a file: nothing of it opens.
 */
#include "tools/psa_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#define CHUNK 65536u
#define TAG 16u
#define HEADER 80u        /* AES-256-GCM: 20, nonce 12, file key 32 and tag 16 */
#define FILE_KEY 32u

/* Sealed with key 1, AES-256-GCM whose bytes are in the file key: two whole chunks and a part. */
#define LENGTH (2u * CHUNK + 20000u)
#define CHUNKS 3u

static const char *const generate[] = {
    "--type aes-256 --alg gcm --usage encrypt,decrypt,export",
    "--type aes-128 --alg gcm",
    "--type aes-192 --alg ccm",
    "--type chacha20-256 --alg chacha20-poly1305",
    "--type aes-256 --alg 'aead-with-shortened-tag(gcm, 12)'",
    "--type aes-256 --alg 'aead-with-at-least-this-length-tag(ccm, 4)'",
    "--type aes-256 --alg gcm --location secure-element",
    "--type chacha20-256 --alg chacha20-poly1305 --location secure-element",
};

#define KEYS ((int)(sizeof(generate) / sizeof(generate[0])))

static int set_up(void **state)
{
    int status = psa_set_up(state);
    for (int i = 0; status == 0 && i < KEYS; i++) {
        status = shell("$PSA generate --id %d %s", i + 1, generate[i]);
    }
    return status;
}

/* ---- There and back ---- */

static void test_sizes(void **state)
{
    static const size_t sizes[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5000001 };
    (void)state;
    for (int key = 1; key <= KEYS; key++) {
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            /* All sizes with one key, the edges with the others. */
            if (key != 1 && sizes[i] != 0 && sizes[i] != CHUNK && sizes[i] != CHUNK + 1) {
                continue;
            }
            tool_file_fill("plain", sizes[i], (unsigned)key);
            (void)remove("sealed");
            (void)remove("opened");
            expect(0, NULL, "$PSA encrypt --key %d --output sealed plain", key);
            expect(0, NULL, "$PSA decrypt --key %d --output opened sealed", key);
            assert_same_files("plain", "opened");
            assert_int_equal(tool_file_mode("sealed"), 0644);
            assert_int_equal(tool_file_mode("opened"), 0600);
        }
    }
    assert_nothing_left();
}

static void test_pipes(void **state)
{
    (void)state;
    tool_file_fill("plain", 3000000, 7);
    expect(0, NULL, "cat plain | $PSA encrypt --key 1 | cat | $PSA decrypt --key 1 >opened && cmp plain opened");
    /* Portions of another size than chunks have. */
    expect(0, NULL, "dd if=plain bs=777 2>dd | $PSA encrypt --key 7 - | dd bs=4093 2>dd | $PSA decrypt --key 7 - >opened && cmp plain opened");
    /* No two files are alike, even of one plaintext. */
    expect(0, NULL, "$PSA encrypt --key 1 plain >one; $PSA encrypt --key 1 plain >two; ! cmp -s one two");
    expect(6, "No space left", "$PSA encrypt --key 1 plain >/dev/full");
}

/* ---- The format ---- */

static int gcm_open(uint8_t *plain, const uint8_t *key, const uint8_t *nonce, const uint8_t *ad, size_t ad_length,
                    const uint8_t *sealed, size_t length)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int got, right;
    uint8_t tag[TAG];
    memcpy(tag, sealed + length - TAG, TAG);
    assert_int_equal(EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce), 1);
    assert_int_equal(EVP_DecryptUpdate(context, NULL, &got, ad, (int)ad_length), 1);
    assert_int_equal(EVP_DecryptUpdate(context, plain, &got, sealed, (int)(length - TAG)), 1);
    assert_int_equal(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG, tag), 1);
    right = EVP_DecryptFinal_ex(context, plain + got, &got) == 1;
    EVP_CIPHER_CTX_free(context);
    return right;
}

/* docs/tool.md, line by line. */
static void test_format(void **state)
{
    static const uint8_t expected[20] = {
        0x89, 'P', 'S', 'A', 0x0d, 0x0a, 0x1a, 0x0a, 1, 16, 0x24, 0x00, 0x05, 0x50, 0x02, 0x00, 0x01, 0x00, 12, 48,
    };
    uint8_t file_key[FILE_KEY + TAG];
    static uint8_t plain[CHUNK + TAG];
    (void)state;
    tool_file_fill("plain", LENGTH, 1);
    expect(0, NULL, "$PSA encrypt --key 1 --force --output sealed plain && $PSA export --key 1 --force --output key");
    struct tool_bytes key = tool_file_read("key"), sealed = tool_file_read("sealed"), original = tool_file_read("plain");
    assert_int_equal(key.length, 32);
    assert_int_equal(sealed.length, HEADER + LENGTH + CHUNKS * TAG);
    assert_memory_equal(sealed.data, expected, sizeof(expected));
    assert_true(gcm_open(file_key, key.data, sealed.data + 20, sealed.data, 32, sealed.data + 32, FILE_KEY + TAG));
    for (uint8_t i = 0; i < CHUNKS; i++) {
        const uint8_t nonce[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, i, i == CHUNKS - 1 };
        const uint8_t *chunk = sealed.data + HEADER + i * (size_t)(CHUNK + TAG);
        size_t length = i == CHUNKS - 1 ? LENGTH - 2 * CHUNK : CHUNK;
        assert_true(gcm_open(plain, file_key, nonce, sealed.data, HEADER, chunk, length + TAG));
        assert_memory_equal(plain, original.data + i * (size_t)CHUNK, length);
    }
    free(key.data);
    free(sealed.data);
    free(original.data);
}

/* Files of version 1, made by another program from docs/tool.md, with chunks of 4096 bytes: later versions must open them. The
 * key is 00 01 .. 1f. */
static const struct {
    const char *key;
    const char *text;
    const char *file;
} old_files[] = {
    { "--type aes --alg gcm", "sealed",
      "895053410d0a1a0a010c24000550020001000c30404142434445464748494a4b62382ca0a2b90184454d9dbd17e99dd4"
      "e957c0cf23a099b4efded47e0b8e73442e6fd1e1e9585563ec9823506192cef1a2caf938e195aaefe270ff3ea52642b4"
      "a53777182fd2" },
    { "--type chacha20 --alg chacha20-poly1305", "sealed",
      "895053410d0a1a0a010c20040510050001000c30404142434445464748494a4b78d5fe02f6cf6886d0467c8b3762e342"
      "245df18bd069d7f8669548c076baa4f572c3a7223237578d17753260768370eb0d0ba0becce3ba1dc55b79a2f7f1e95a"
      "5781af21ccf5" },
    { "--type aes --alg ccm", "",
      "895053410d0a1a0a010c24000550010001000c30404142434445464748494a4b790d92c70f6965cc0400434b4316e792"
      "d87d9ebc5c2a13cbc8f6ff491d9ac3f987f91728372948b49e3fc250c2abf1fe41d77dc83dfec399c9a7e6f79d3c6bdf" },
};

static void test_old_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(old_files) / sizeof(old_files[0]); i++) {
        expect(0, NULL, "echo 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f | $PSA import --id 30 --format hex %s",
               old_files[i].key);
        uint8_t data[400];
        size_t length = 0;
        for (; old_files[i].file[2 * length] != '\0'; length++) {
            unsigned byte;
            assert_int_equal(sscanf(old_files[i].file + 2 * length, "%2x", &byte), 1);
            data[length] = (uint8_t)byte;
        }
        tool_file_write("old", data, length);
        expect(0, NULL, "$PSA decrypt --key 30 old");
        assert_out(old_files[i].text);
        expect(0, NULL, "$PSA destroy 30");
    }
}

/* ---- What may happen to a file ---- */

static struct tool_bytes good;     /* sealed */
static struct tool_bytes original; /* what is in it */

static void load(void)
{
    tool_file_fill("plain", LENGTH, 1);
    expect(0, NULL, "$PSA encrypt --key 1 --force --output sealed plain");
    free(good.data);
    free(original.data);
    good = tool_file_read("sealed");
    original = tool_file_read("plain");
}

/* Nothing opens with --output; on standard output nothing leaves that is not the beginning of the original. */
static void assert_refused(const char *words)
{
    (void)remove("opened");
    expect(4, words, "$PSA decrypt --key 1 --output opened changed");
    assert_false(tool_file_exists("opened"));
    expect(4, words, "$PSA decrypt --key 1 <changed");
    struct tool_bytes out = tool_file_read("out");
    assert_true(out.length < original.length || original.length == 0);
    assert_int_equal(out.length % CHUNK, 0);
    assert_memory_equal(out.data, original.data, out.length);
    free(out.data);
}

static void test_bits_of_header(void **state)
{
    (void)state;
    load();
    for (size_t i = 0; i < HEADER; i++) {
        uint8_t bit = (uint8_t)(1u << (i % 8));
        good.data[i] ^= bit;
        tool_file_write("changed", good.data, good.length);
        good.data[i] ^= bit;
        if (i == 8) {
            expect(7, "version", "$PSA decrypt --key 1 --output opened changed");
        } else if (i >= 12 && i < 16) {
            /* Another algorithm: no AEAD, no fitting length, or one that the policy refuses. */
            int status = shell("$PSA decrypt --key 1 --output opened changed");
            assert_true(status == 3 || status == 4);
        } else {
            assert_refused(i < 8 ? "not a sealed file" : NULL);
        }
        assert_false(tool_file_exists("opened"));
    }
}

static void test_bits_of_chunks(void **state)
{
    char words[40];
    (void)state;
    for (unsigned chunk = 0; chunk < CHUNKS; chunk++) {
        size_t start = HEADER + chunk * (CHUNK + TAG);
        size_t end = chunk == CHUNKS - 1 ? good.length : start + CHUNK + TAG;
        const size_t places[] = { start, start + 1000, end - TAG - 1, end - TAG, end - 8, end - 1 };
        (void)snprintf(words, sizeof(words), "chunk %u", chunk);
        for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
            good.data[places[i]] ^= 0x10;
            tool_file_write("changed", good.data, good.length);
            good.data[places[i]] ^= 0x10;
            assert_refused(words);
        }
    }
}

/* The chunks of the list, one after the other, behind the header. */
static void put_chunks(const char *list)
{
    uint8_t *data = malloc(HEADER + strlen(list) * (CHUNK + TAG));
    size_t length = HEADER;
    assert_non_null(data);
    memcpy(data, good.data, HEADER);
    for (; *list != '\0'; list++) {
        unsigned chunk = (unsigned)(*list - '0');
        size_t size = chunk == CHUNKS - 1 ? good.length - HEADER - 2 * (CHUNK + TAG) : CHUNK + TAG;
        memcpy(data + length, good.data + HEADER + chunk * (CHUNK + TAG), size);
        length += size;
    }
    tool_file_write("changed", data, length);
    free(data);
}

static void test_order_of_chunks(void **state)
{
    static const struct {
        const char *list;
        const char *words;
    } orders[] = {
        { "102", "chunk 0 is not" }, { "021", "chunk 1" }, { "210", "chunk 0" },  { "0012", "chunk 1 is not" }, { "0112", "chunk 2" },
        { "0122", "chunk 2" },       { "01", "cut off behind chunk 1" },          { "0", "cut off behind chunk 0" },
        { "12", "chunk 0" },         { "02", "chunk 1" },  { "2", "chunk 0" },    { "", "chunk 0" },
    };
    (void)state;
    put_chunks("012");
    expect(0, NULL, "cmp changed sealed");
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        put_chunks(orders[i].list);
        assert_refused(orders[i].words);
    }
}

static void test_cut_and_extended(void **state)
{
    (void)state;
    for (size_t length = 0; length < good.length; length += length < HEADER + 20 ? 3 : length < HEADER + CHUNK ? 9973 : 16411) {
        tool_file_write("changed", good.data, length);
        assert_refused(length < 20 ? "not a sealed file" : length < HEADER ? "ends within its header" : NULL);
    }
    tool_file_write("changed", good.data, good.length - 1);
    assert_refused("where the file ends");
    expect(0, NULL, "{ cat sealed; printf x; } >changed");
    assert_refused(NULL);
    expect(0, NULL, "cat sealed sealed >changed");
    assert_refused(NULL);

    /* Behind a last chunk that is full, what is more is seen to be more. */
    tool_file_fill("plain", CHUNK, 3);
    expect(0, NULL, "$PSA encrypt --key 1 plain >changed && printf x >>changed");
    free(original.data);
    original = tool_file_read("plain");
    assert_refused("more behind the last chunk");
    load();
}

/* Chunks and headers of other files, of the same key and the same text. */
static void test_mixed_files(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA encrypt --key 1 plain >second");
    struct tool_bytes second = tool_file_read("second");
    assert_int_equal(second.length, good.length);
    memcpy(second.data, good.data, HEADER);
    tool_file_write("changed", second.data, second.length);
    assert_refused("chunk 0 is not what was sealed");
    memcpy(second.data, good.data, HEADER + CHUNK + TAG);
    tool_file_write("changed", second.data, second.length);
    assert_refused("chunk 1 is not what was sealed");
    free(second.data);
}

static void test_keys(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA generate --id 20 --type aes-256 --alg gcm && $PSA generate --id 21 --type aes-256 --alg gcm --usage encrypt");
    expect(4, "sealed with another key", "$PSA decrypt --key 20 --output opened sealed");
    expect(4, "of another type or size", "$PSA decrypt --key 2 --output opened sealed");
    expect(4, "of another type or size", "$PSA decrypt --key 4 --output opened sealed");
    expect(4, "sealed with another key", "$PSA decrypt --key 7 --output opened sealed");
    expect(2, "there is no key 99", "$PSA decrypt --key 99 --output opened sealed");
    expect(3, "PSA_KEY_USAGE_DECRYPT was asked for", "$PSA decrypt --key 21 --output opened sealed");
    expect(3, "the key permits PSA_ALG_GCM; PSA_ALG_CCM was asked for", "$PSA encrypt --key 1 --alg ccm --output opened plain");
    expect(0, NULL, "$PSA generate --id 22 --type aes-256 --alg 'aead-with-shortened-tag(gcm, 8)' && $PSA generate --id 23 --type aes-256 --alg ctr");
    expect(7, "a tag of 12 bytes or more, not with AEAD_WITH_SHORTENED_TAG(GCM, 8)", "$PSA encrypt --key 22 --output opened plain");
    expect(7, "not with CTR", "$PSA encrypt --key 23 --output opened plain");
    expect(0, NULL, "$PSA generate --id 24 --type p-256 --alg ecdsa-sha-256");
    expect(1, "this call", "$PSA encrypt --key 24 --output opened plain");
    expect(4, "not a sealed file", "$PSA decrypt --key 1 --output opened plain");
    expect(4, "not a sealed file", "$PSA decrypt --key 1 </dev/null");
    assert_false(tool_file_exists("opened"));
    assert_nothing_left();
}

static int tear_down(void **state)
{
    free(good.data);
    free(original.data);
    return psa_tear_down(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_pipes),
        cmocka_unit_test(test_format),
        cmocka_unit_test(test_old_files),
        cmocka_unit_test(test_bits_of_header),
        cmocka_unit_test(test_bits_of_chunks),
        cmocka_unit_test(test_order_of_chunks),
        cmocka_unit_test(test_cut_and_extended),
        cmocka_unit_test(test_mixed_files),
        cmocka_unit_test(test_keys),
    };
    return cmocka_run_group_tests_name("psa: sealed files", tests, set_up, tear_down);
}
