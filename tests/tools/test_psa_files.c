/* SPDX-License-Identifier: Apache-2.0 */
/* The psa tool: hash, mac, sign, verify, random on files and pipes; where output goes. */
#define _GNU_SOURCE

#include "tools/psa_run.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

static void digits_of(char *text, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        (void)sprintf(text + 2 * i, "%02x", data[i]);
    }
}

/* ---- hash ---- */

static const struct {
    const char *ours;
    const char *theirs;
} hashes[] = {
    { "sha-224", "SHA224" },         { "sha-256", "SHA256" },         { "sha-384", "SHA384" },
    { "sha-512", "SHA512" },         { "sha-512/224", "SHA512-224" }, { "PSA_ALG_SHA_512_256", "SHA512-256" },
};

static const size_t lengths[] = { 0, 1, 65535, 65536, 65537, 3000000 };

static void test_hash(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
        for (size_t j = 0; j < sizeof(lengths) / sizeof(lengths[0]); j++) {
            uint8_t value[EVP_MAX_MD_SIZE];
            char line[2 * EVP_MAX_MD_SIZE + 16];
            unsigned length;
            tool_file_fill("data", lengths[j], (unsigned)i);
            struct tool_bytes data = tool_file_read("data");
            assert_int_equal(EVP_Digest(data.data, data.length, value, &length, EVP_get_digestbyname(hashes[i].theirs), NULL), 1);
            free(data.data);
            digits_of(line, value, length);
            (void)strcpy(line + 2 * length, "  data\n");
            expect(0, NULL, "$PSA hash --algorithm %s data", hashes[i].ours);
            assert_out(line);
            line[2 * length] = '\0';
            expect(0, NULL, "cat data | $PSA hash --algorithm %s --check %s", hashes[i].ours, line);
            line[0] = line[0] == '0' ? '1' : '0';
            expect(4, "it does not verify", "$PSA hash --algorithm %s --check %s data", hashes[i].ours, line);
            assert_out("");
        }
    }
    expect(4, NULL, "$PSA hash --check '' data");
}

static void test_hash_files(void **state)
{
    (void)state;
    tool_file_write("one", "1", 1);
    tool_file_write("with space", "2", 1);
    tool_file_write("with\nline \\ end", "3", 1);
    expect(0, NULL, "$PSA hash one 'with space' 'with\nline \\ end' >sums");
    expect(0, NULL, "sha256sum --check --strict --status sums");
    expect(6, "nothing: No such file", "$PSA hash one nothing 'with space' >sums");
    expect(0, NULL, "[ $(wc -l <sums) -eq 2 ]");
    expect(0, NULL, "printf 1 | $PSA hash");
    assert_out("6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  -\n");
    expect(6, NULL, "$PSA hash . ");
    expect(6, NULL, "$PSA hash one >/dev/full");
    expect(6, NULL, "$PSA list >/dev/full");
}

/* ---- mac ---- */

static void test_mac(void **state)
{
    (void)state;
    expect(0, NULL, "printf Jefe | $PSA import --id 1 --type hmac --alg hmac-sha-256");
    expect(0, NULL, "printf Jefe | $PSA import --id 2 --type hmac --alg 'at-least-this-length-mac(hmac(sha-256), 16)' --location secure-element");
    tool_file_write("message", "what do ya want for nothing?", 28);
    /* RFC 4231, 4.3 */
    for (int key = 1; key <= 2; key++) {
        expect(0, NULL, "$PSA mac --key %d message", key);
        assert_out("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843  message\n");
        expect(0, NULL, "$PSA mac --key %d --check 5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843 message", key);
        expect(4, "it does not verify", "$PSA mac --key %d --check 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844 message", key);
        expect(4, NULL, "$PSA mac --key %d --check 5bdcc146 message", key);
    }
    expect(0, NULL, "$PSA mac --key 2 --alg 'truncated-mac(hmac-sha-256, 16)' message");
    assert_out("5bdcc146bf60754e6a042426089575c7  message\n");
    expect(3, "PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 8) was asked for",
           "$PSA mac --key 2 --alg 'truncated-mac(hmac-sha-256, 8)' message");
    expect(3, "PSA_ALG_HMAC(PSA_ALG_SHA_512) was asked for", "$PSA mac --key 1 --alg hmac-sha-512 message");
    expect(2, "there is no key 3", "$PSA mac --key 3 message");
    expect(0, NULL, "$PSA destroy 1 2");
}

/* ---- sign and verify ---- */

static void assert_openssl_verifies(const char *public_key, const char *signature_name, const char *message_name)
{
    FILE *file = fopen(public_key, "r");
    assert_non_null(file);
    EVP_PKEY *key = PEM_read_PUBKEY(file, NULL, NULL, NULL);
    (void)fclose(file);
    assert_non_null(key);
    struct tool_bytes signature = tool_file_read(signature_name);
    struct tool_bytes message = tool_file_read(message_name);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert_int_equal(EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key), 1);
    assert_int_equal(EVP_DigestVerify(context, signature.data, signature.length, message.data, message.length), 1);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    free(signature.data);
    free(message.data);
}

static const char *const formats[] = { "raw", "hex", "der" };

static void sign_and_verify(int key, const char *message)
{
    (void)remove("public.pem");
    expect(0, NULL, "$PSA export --key %d --public --output public.pem", key);
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        (void)remove("signature");
        expect(0, NULL, "$PSA sign --key %d --format %s --output signature %s", key, formats[i], message);
        assert_int_equal(tool_file_mode("signature"), 0644);
        expect(0, NULL, "$PSA verify --key %d --format %s --signature signature %s", key, formats[i], message);
        assert_out_has(": verified\n");
        expect(0, NULL, "$PSA verify --public-key public.pem --format %s --signature signature - <%s", formats[i], message);
        assert_out("-: verified\n");
        expect(4, "it does not verify", "$PSA verify --key %d --format %s --signature signature /dev/null", key, formats[i]);
        assert_out("");
        if (strcmp(formats[i], "der") == 0) {
            assert_openssl_verifies("public.pem", "signature", message);
        }
    }
}

static void test_sign(void **state)
{
    (void)state;
    tool_file_fill("small", 100, 1);
    tool_file_fill("large", 5000000, 2);
    expect(0, NULL, "$PSA generate --id 1 --type p-256 --alg 'ecdsa(sha-256)'");
    expect(0, NULL, "$PSA generate --id 2 --type p-256 --alg 'deterministic-ecdsa(any)' --location secure-element");
    for (int key = 1; key <= 2; key++) {
        sign_and_verify(key, "small");
        sign_and_verify(key, "large");
    }
    /* Deterministic: the same each time, whichever way the file comes. */
    expect(0, NULL, "$PSA sign --key 2 large >first; cat large | $PSA sign --key 2 --format raw - >second; cmp first second");
    expect(0, NULL, "[ $(wc -c <first) -eq 64 ]");
    expect(4, "it does not verify", "$PSA verify --key 1 --signature first large");
    expect(3, "was asked for", "$PSA sign --key 1 --alg ecdsa-sha-384 small");
    expect(1, "signatures are raw, hex or der", "$PSA sign --key 1 --format pem small");
    expect(6, "nothing: No such file", "$PSA verify --key 1 --signature nothing small");
    expect(6, "nothing: No such file", "$PSA sign --key 1 nothing");
    assert_out("");
}

/* PureEdDSA signs what is read whole, and verifies in parts. */
static void test_sign_whole(void **state)
{
    static const char *const types[] = { "ed25519", "ed448" };
    (void)state;
    tool_file_write("empty", "", 0);
    tool_file_fill("several", 200000, 3);
    for (int i = 0; i < 2; i++) {
        expect(0, NULL, "$PSA generate --id %d --type %s --alg eddsa", 3 + i, types[i]);
        for (int j = 0; j < 3; j++) {
            static const char *const messages[] = { "empty", "small", "several" };
            expect(0, NULL, "rm -f signature; $PSA sign --key %d --output signature %s", 3 + i, messages[j]);
            expect(0, NULL, "$PSA verify --key %d --signature signature %s", 3 + i, messages[j]);
            expect(0, NULL, "cat %s | $PSA sign --key %d --format raw | cmp - signature", messages[j], 3 + i);
            expect(4, "it does not verify", "printf other | $PSA verify --key %d --signature signature", 3 + i);
        }
        expect(0, NULL, "$PSA export --key %d --public >edwards.pem; $PSA verify --public-key edwards.pem --signature signature several", 3 + i);
        expect(3, "PSA_ALG_EDDSA_CTX was asked for", "$PSA sign --key %d --alg eddsa-ctx small", 3 + i);
    }
    expect(6, "nothing: No such file", "$PSA sign --key 3 nothing");
    expect(0, NULL, "$PSA generate --id 5 --type rsa-1024 --alg 'rsa-pss(sha-256)' && $PSA export --key 5 --public >rsa.pem");
    expect(0, NULL, "$PSA sign --key 5 small >signature; $PSA verify --public-key rsa.pem --alg rsa-pss-sha-256 --signature signature small");
    expect(1, "which algorithm?", "$PSA verify --public-key rsa.pem --signature signature small");
    expect(0, NULL, "$PSA destroy 3 4 5");
}

/* No byte of a signature can change, and what is no signature is none. */
static void test_bad_signatures(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA sign --key 1 --format der small >signature");
    struct tool_bytes signature = tool_file_read("signature");
    for (size_t i = 0; i < signature.length; i++) {
        signature.data[i] ^= 1;
        tool_file_write("changed", signature.data, signature.length);
        expect(4, NULL, "$PSA verify --key 1 --format der --signature changed small");
        signature.data[i] ^= 1;
    }
    for (size_t length = 0; length < signature.length; length += length < 8 ? 1 : 13) {
        tool_file_write("changed", signature.data, length);
        expect(4, "not a signature", "$PSA verify --key 1 --format der --signature changed small");
    }
    tool_file_write("changed", signature.data, signature.length + 1);
    expect(4, "not a signature", "$PSA verify --key 1 --format der --signature changed small");
    free(signature.data);
    expect(4, NULL, "$PSA verify --key 1 --signature /dev/null small");
    expect(4, "not a signature", "printf xyz | $PSA verify --key 1 --format hex --signature - small");
    expect(1, "the data is not a key", "$PSA verify --public-key small --signature signature small");
    expect(0, NULL, "$PSA destroy 1 2");
}

/* ---- random ---- */

static void test_random(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA random 100000 --output random && $PSA random 100000 >two && ! cmp -s random two");
    expect(0, NULL, "[ $(wc -c <random) -eq 100000 ] && [ $(wc -c <two) -eq 100000 ]");
    assert_int_equal(tool_file_mode("random"), 0600);
    expect(0, NULL, "$PSA random 20 --hex | grep -Ex '[0-9a-f]{40}'");
    expect(0, NULL, "$PSA random 10000 --hex | grep -Ecx '[0-9a-f]{20000}'"); /* one line, however long */
    expect(0, NULL, "$PSA random 0");
    assert_out("");
    expect(1, "is not a number of bytes", "$PSA random 18446744073709551616");
    expect(6, "No space left", "$PSA random 100000 >/dev/full");
}

/* ---- Where output goes ---- */

static void test_output(void **state)
{
    struct stat s;
    (void)state;
    tool_file_write("target", "old", 3);
    expect(8, "target: File exists", "$PSA random 5 --output target");
    expect(0, NULL, "[ \"$(cat target)\" = old ]");
    expect(0, NULL, "$PSA random 5 --output target --force");
    expect(0, NULL, "[ $(wc -c <target) -eq 5 ]");
    expect(0, NULL, "ln -s nowhere dangling");
    expect(8, "File exists", "$PSA random 5 --output dangling");
    assert_false(tool_file_exists("nowhere"));
    expect(6, "No such file", "$PSA random 5 --output missing/file");
    /* What is no regular file is written to, not replaced. */
    expect(0, NULL, "$PSA random 5 --output /dev/null --force");
    assert_int_equal(stat("/dev/null", &s), 0);
    assert_true(S_ISCHR(s.st_mode));
    expect(6, NULL, "$PSA random 100000 --output /dev/full");
    expect(0, NULL, "mkfifo pipe; $PSA random 7 --output pipe & wc -c <pipe; wait");
    assert_out_has("7\n");
    /* A result that cannot be finished is none. */
    expect(2, NULL, "$PSA decrypt --key 9 --output never target");
    assert_false(tool_file_exists("never"));
    assert_nothing_left();
}

/* Killed in the middle: neither the result nor what was begun is there. */
static void test_killed(void **state)
{
    int ends[2];
    int status;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)dup2(ends[0], 0);
        (void)close(ends[1]);
        execl("/bin/sh", "sh", "-c", "exec $PSA random 1000000000000 --output result", (char *)NULL);
        _exit(127);
    }
    const struct timespec moment = { 0, 20000000 };
    int begun = 0;
    for (int i = 0; i < 1500 && !begun; i++) {
        (void)nanosleep(&moment, NULL);
        begun = shell("ls .psa-*") == 0;
    }
    assert_true(begun);
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    (void)close(ends[0]);
    (void)close(ends[1]);
    assert_false(tool_file_exists("result"));
    assert_nothing_left();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_hash_files),
        cmocka_unit_test(test_mac),
        cmocka_unit_test(test_sign),
        cmocka_unit_test(test_sign_whole),
        cmocka_unit_test(test_bad_signatures),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_killed),
    };
    return cmocka_run_group_tests_name("psa: files", tests, psa_set_up, psa_tear_down);
}
