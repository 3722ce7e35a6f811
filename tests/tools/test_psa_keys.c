/* SPDX-License-Identifier: Apache-2.0 */
/* The psa tool: keys come, are looked at, leave and go; arguments; what it says when it does not do it. */
#define _GNU_SOURCE

#include "tools/psa_run.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const verbs[] = {
    "generate", "import", "export", "list", "show", "destroy", "hash", "mac", "encrypt", "decrypt", "sign", "verify", "random", "info",
};

/* ---- Arguments ---- */

static void test_help(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA --help");
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        char usage[64];
        assert_out_has(verbs[i]);
        expect(0, NULL, "$PSA %s --help", verbs[i]);
        (void)snprintf(usage, sizeof(usage), "usage: psa %s ", verbs[i]);
        assert_out_has(usage);
        assert_out_has("--store");
        expect(0, NULL, "$PSA --help");
    }
    expect(0, NULL, "$PSA --version");
    assert_out_has("libpsacrypto");
    assert_false(tool_file_exists("store"));
}

static const struct {
    const char *command;
    const char *words;
} wrong[] = {
    { "$PSA", "usage: psa VERB" },
    { "$PSA fly", "there is no verb fly" },
    { "$PSA list --fly", "unrecognized option '--fly'" },
    { "$PSA list 5", "5 is too much" },
    { "$PSA list --key 5", "unrecognized option" },
    { "$PSA generate --alg gcm", "which type?" },
    { "$PSA generate --type aes-256", "what for?" },
    { "$PSA generate --type", "requires an argument" },
    { "$PSA generate --type aes-100 --alg gcm", "keys of type PSA_KEY_TYPE_AES do not have 100 bits" },
    { "$PSA generate --type aes --alg gcm", "the size of the key, type PSA_KEY_TYPE_AES, must be said" },
    { "$PSA generate --type ase-128 --alg gcm", "ase-128 is not a type of keys" },
    { "$PSA generate --type aes-128 --alg gcn", "gcn is not an algorithm" },
    { "$PSA generate --type aes-128 --alg gcm --usage fly", "fly are not usage flags" },
    { "$PSA generate --type aes-128 --alg gcm --id 0", "0 is not the id of a key" },
    { "$PSA generate --type aes-128 --alg gcm --id x5", "x5 is not the id of a key" },
    { "$PSA generate --type aes-128 --alg gcm --id -5", "-5 is not the id of a key" },
    { "$PSA generate --type aes-128 --alg gcm --id 0x40000000", "is not an id that such a key can have" },
    { "$PSA generate --type aes-128 --alg gcm --id 99999999999999999999", "is not the id of a key" },
    { "$PSA generate --type aes-128 --alg gcm --bits 0", "0 is not a size of keys" },
    { "$PSA generate --type aes-128 --alg gcm --location moon", "moon is not a location" },
    { "$PSA generate --type 'rsa public 2048' --alg gcm", "this call does not take keys of type PSA_KEY_TYPE_RSA_PUBLIC_KEY" },
    { "$PSA import --alg gcm </dev/null", "which type?" },
    { "$PSA import --type aes --alg gcm </dev/null", "0 bytes were given" },
    { "printf 12345 | $PSA import --type aes --alg gcm", "5 bytes were given" },
    { "printf 1234567890123456 | $PSA import --type aes-256 --alg gcm", "psa import: " },
    { "printf 123 | $PSA import --type hmac --alg hmac-sha-256 --format hex", "not hexadecimal digits" },
    { "printf xyzt | $PSA import --type hmac --alg hmac-sha-256 --format hex", "not hexadecimal digits" },
    { "echo '-----BEGIN PRIVATE KEY-----' | $PSA import --alg ecdsa-sha-256", "the data is not a key" },
    { "$PSA import --type aes --alg gcm --format text </dev/null", "text is not a format" },
    { "$PSA import --type aes --alg gcm --prompt file", "one file, or --prompt, or --descriptor" },
    { "$PSA import --type aes --alg gcm --descriptor x", "x is not a file descriptor" },
    { "head -c 200000 /dev/zero | $PSA import --type hmac --alg hmac-sha-256", "too long" },
    { "$PSA export", "which key?" },
    { "$PSA show", "which key?" },
    { "$PSA destroy", "which key?" },
    { "$PSA mac /dev/null", "which key?" },
    { "$PSA verify --key 1 /dev/null", "which signature?" },
    { "$PSA verify --key 1 --public-key x --signature y /dev/null", "not both" },
    { "$PSA hash --alg gcm /dev/null", "PSA_ALG_GCM is not an algorithm for this call" },
    { "$PSA hash --check 12 /dev/null /dev/null", "one file to check" },
    { "$PSA hash --check 1g /dev/null", "1g is not hexadecimal" },
    { "$PSA random", "how many bytes?" },
    { "$PSA random many", "how many bytes?" },
    { "$PSA random 5k", "5k is not a number of bytes" },
    { "$PSA random 5 5", "5 is too much" },
};

static void test_wrong_arguments(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        expect(1, wrong[i].words, "%s", wrong[i].command);
        assert_out("");
    }
    expect(0, NULL, "$PSA list");
    assert_out_has("ID ");
    expect(0, NULL, "[ \"$($PSA list | wc -l)\" -eq 1 ]");
}

/* ---- The life of a key ---- */

static void test_life(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA generate --type aes-256 --alg gcm");
    assert_out("1\n");
    expect(0, NULL, "$PSA generate --id 0x20 --type p-256 --alg 'ecdsa(any)' --usage sign,verify,export --location secure-element");
    assert_out("32\n");
    expect(0, NULL, "$PSA generate --type hmac --bits 160 --alg 'truncated-mac(hmac(sha-1), 10)'");
    assert_out("33\n");
    expect(8, "there is a key 1 already", "$PSA generate --id 1 --type aes-128 --alg gcm");
    expect(1, "no driver for location 0x5", "$PSA generate --type aes-128 --alg gcm --location 5");

    expect(0, NULL, "$PSA list");
    struct tool_bytes list = tool_file_read("out");
    char *first = strstr((char *)list.data, "\n1 "), *second = strstr((char *)list.data, "\n32 "), *third = strstr((char *)list.data, "\n33 ");
    assert_true(first != NULL && second > first && third > second);
    assert_non_null(strstr(first, "AES                        256  GCM"));
    assert_non_null(strstr(second, "ECDSA(ANY_HASH)"));
    assert_non_null(strstr(second, "secure-element export,sign-message,verify-message,sign-hash,verify-hash"));
    assert_non_null(strstr(third, "TRUNCATED_MAC(HMAC(SHA_1), 10)"));
    free(list.data);

    expect(0, NULL, "$PSA show --key 32");
    assert_out_has("type       ECC_KEY_PAIR(SECP_R1)\nbits       256\nalgorithm  ECDSA(ANY_HASH)\n");
    assert_out_has("lifetime   persistent\nlocation   secure-element\n-----BEGIN PUBLIC KEY-----\n");
    expect(0, NULL, "$PSA show -k 1");
    assert_out("id         1\ntype       AES\nbits       256\nalgorithm  GCM\nusage      encrypt,decrypt\n"
               "lifetime   persistent\nlocation   local\n");

    expect(2, "there is no key 5", "$PSA show --key 5");
    expect(2, "there is no key 5", "$PSA destroy 1 5 32");
    expect(2, "there is no key 1", "$PSA show --key 1");
    expect(0, NULL, "$PSA destroy --key 32 33");
    expect(0, NULL, "[ \"$($PSA list | wc -l)\" -eq 1 ]");
}

static void test_stores(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA generate --type aes-256 --alg gcm --store other");
    assert_out("1\n");
    expect(2, "there is no key 1", "$PSA show --key 1");
    expect(0, NULL, "PSACRYPTO_STORE=other $PSA show --key 1");
    expect(0, NULL, "PSACRYPTO_STORE=none $PSA show -S other --key 1");
    assert_false(tool_file_exists("none"));
    expect(5, "set PSACRYPTO_STORE, or HOME", "unset PSACRYPTO_STORE HOME XDG_STATE_HOME; $PSA generate --type aes-256 --alg gcm");
    expect(0, NULL, "mkdir open && chmod 777 open");
    expect(5, "is not safe", "$PSA generate --type aes-256 --alg gcm --store open");
    expect(5, "no such file or directory", "$PSA generate --type aes-256 --alg gcm --store nowhere/keys");
    /* A record that is damaged: the others are still listed. */
    expect(0, NULL, "$PSA generate --id 2 --type aes-256 --alg gcm --store other");
    expect(0, NULL, "printf X | dd of=\"$(find other/keys -type f | sort | head -n 1)\" bs=1 seek=60 conv=notrunc 2>dd");
    expect(5, "the store is damaged, at object 1 of the keys", "$PSA list --store other");
    assert_out_has("\n2 ");
    expect(5, "the store is damaged", "$PSA encrypt --key 1 --store other --output never /dev/null");
    assert_false(tool_file_exists("never"));
}

/* ---- Formats ---- */

static void export_and_import(const char *name, const char *format, const char *location, const char *type, const char *alg)
{
    (void)remove("exported");
    (void)remove("again");
    expect(0, NULL, "$PSA export --key 50 --format %s --output exported", format);
    assert_int_equal(tool_file_mode("exported"), 0600);
    expect(0, NULL, "$PSA import --id 51 %s --alg '%s' --format %s --usage export,%s --location %s exported", type, alg, format,
           strchr(name, 'p') == name ? "sign,verify" : "encrypt,decrypt", location);
    expect(0, NULL, "$PSA export --key 51 --format %s --output again", format);
    assert_same_files("exported", "again");
    expect(0, NULL, "$PSA destroy 51");
}

static void test_formats(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA generate --id 50 --type aes-192 --alg gcm --usage encrypt,decrypt,export");
    export_and_import("aes", "raw", "local", "--type aes", "gcm");
    export_and_import("aes", "hex", "secure-element", "--type aes-192", "gcm");
    expect(7, NULL, "$PSA export --key 50 --format pem --output never");
    expect(0, NULL, "$PSA destroy 50");

    expect(0, NULL, "$PSA generate --id 50 --type p-256 --alg 'ecdsa(sha-256)' --usage sign,verify,export");
    export_and_import("p-256", "raw", "local", "--type p-256", "ecdsa(sha-256)");
    export_and_import("p-256", "hex", "local", "--type p-256", "ecdsa(sha-256)");
    export_and_import("p-256", "der", "secure-element", "", "ecdsa(sha-256)");
    export_and_import("p-256", "pem", "local", "", "ecdsa(sha-256)");
    expect(0, NULL, "$PSA export --key 50 --public --output public.pem");
    assert_int_equal(tool_file_mode("public.pem"), 0644);
    expect(0, NULL, "$PSA import --id 51 --alg 'ecdsa(sha-256)' public.pem");
    expect(0, NULL, "$PSA show --key 51");
    assert_out_has("type       ECC_PUBLIC_KEY(SECP_R1)\n");
    assert_out_has("usage      verify-message,verify-hash\n");
    expect(0, NULL, "$PSA export --key 51 --output again.pem");
    assert_same_files("public.pem", "again.pem");
    expect(0, NULL, "$PSA export --key 50 --public --format raw | wc -c");
    assert_out_has("65");
    expect(0, NULL, "$PSA destroy 50 51");
    expect(7, "the key is encrypted", "printf '%%s\n' '-----BEGIN ENCRYPTED PRIVATE KEY-----' AAAA '-----END ENCRYPTED PRIVATE KEY-----' | "
           "$PSA import --id 50 --alg ecdsa-sha-256");
    assert_false(tool_file_exists("never"));
    assert_nothing_left();
}

/* PEM goes both ways between the tool and OpenSSL. */
static void test_openssl_keys(void **state)
{
    (void)state;
    if (shell("command -v openssl") != 0) {
        print_message("there is no openssl: its keys are not tried\n");
        skip();
    }
    assert_int_equal(shell("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out openssl.pem"), 0);
    assert_int_equal(shell("openssl pkey -in openssl.pem -pubout -out openssl-public.pem"), 0);
    assert_int_equal(shell("openssl ec -in openssl.pem -out sec1.pem"), 0);
    expect(0, NULL, "$PSA import --id 50 --alg ecdsa-sha-256 openssl.pem");
    expect(0, NULL, "$PSA import --id 51 --alg ecdsa-sha-256 --location secure-element sec1.pem");
    for (int key = 50; key <= 51; key++) {
        (void)remove("ours.pem");
        expect(0, NULL, "$PSA export --key %d --public --output ours.pem", key);
        assert_same_files("ours.pem", "openssl-public.pem");
    }
    expect(0, NULL, "$PSA generate --id 52 --type p-256 --alg ecdsa-sha-256 --usage sign,export");
    expect(0, NULL, "$PSA export --key 52 --output ours-private.pem");
    assert_int_equal(shell("openssl pkey -in ours-private.pem -noout -check"), 0);
    expect(0, NULL, "$PSA destroy 50 51 52");
}

static void test_sources(void **state)
{
    (void)state;
    tool_file_write("secret", "Jefe", 4);
    expect(0, NULL, "$PSA import --id 60 --type hmac --alg hmac-sha-256 secret");
    expect(0, NULL, "$PSA import --id 61 --type hmac --alg hmac-sha-256 - <secret");
    expect(0, NULL, "printf 4a656665 | $PSA import --id 62 --type hmac --alg hmac-sha-256 --format hex");
    expect(0, NULL, "$PSA import --id 63 --type hmac-32 --alg hmac-sha-256 --descriptor 3 3<secret");
    for (int key = 60; key <= 63; key++) {
        /* RFC 4231, 4.3 */
        expect(0, NULL, "printf 'what do ya want for nothing?' | $PSA mac --key %d", key);
        assert_out("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843  -\n");
    }
    expect(6, "No such file", "$PSA import --type hmac --alg hmac-sha-256 nothing");
    expect(6, "Bad file descriptor", "$PSA import --type hmac --alg hmac-sha-256 --descriptor 9");
    expect(0, NULL, "$PSA destroy 60 61 62 63");
}

/* ---- The terminal ---- */

/* What the terminal shows until the process ends; types `line` after each time it shows "again: " or "Secret: ". */
static int on_terminal(const char *first, const char *second, char *seen, size_t seen_size)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    const char *slave = ptsname(master);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)setsid();
        int terminal = open(slave, O_RDWR);
        (void)ioctl(terminal, TIOCSCTTY, 0);
        (void)close(master);
        execl("/bin/sh", "sh", "-c", "$PSA import --id 70 --type password --alg 'pbkdf2-hmac(sha-256)' --prompt >out 2>err", (char *)NULL);
        _exit(127);
    }
    size_t length = 0;
    int typed = 0, status;
    while (length + 1 < seen_size) {
        struct pollfd waiting = { master, POLLIN, 0 };
        if (poll(&waiting, 1, 60000) <= 0) {
            (void)kill(child, SIGKILL);
            break;
        }
        if ((waiting.revents & POLLIN) == 0) {
            break;
        }
        ssize_t got = read(master, seen + length, seen_size - length - 1);
        if (got <= 0) {
            break;
        }
        length += (size_t)got;
        seen[length] = '\0';
        if (typed == 0 && strstr(seen, "Secret: ") != NULL) {
            assert_int_equal(write(master, first, strlen(first)), strlen(first));
            typed = 1;
        }
        if (typed == 1 && strstr(seen, "again: ") != NULL) {
            assert_int_equal(write(master, second, strlen(second)), strlen(second));
            typed = 2;
        }
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    (void)close(master);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_prompt(void **state)
{
    char seen[1000] = "";
    (void)state;
    assert_int_equal(on_terminal("tr0ub4dor\n", "tr0ub4dor\n", seen, sizeof(seen)), 0);
    assert_non_null(strstr(seen, "Secret: "));
    assert_null(strstr(seen, "tr0ub4dor"));
    expect(0, NULL, "$PSA show --key 70");
    assert_out_has("bits       72\n");
    expect(0, NULL, "$PSA destroy 70");

    seen[0] = '\0';
    assert_int_equal(on_terminal("tr0ub4dor\n", "correct horse\n", seen, sizeof(seen)), 1);
    assert_null(strstr(seen, "correct horse"));
    seen[0] = '\0';
    assert_int_equal(on_terminal("\n", "\n", seen, sizeof(seen)), 1);
    expect(2, "there is no key 70", "$PSA show --key 70");
}

/* ---- info ---- */

static void test_info(void **state)
{
    (void)state;
    expect(0, NULL, "$PSA info --self-test");
    assert_out_has("interface  PSA Certified Crypto API 1.5\n");
    assert_out_has("   software (local)\n");
    assert_out_has("(secure-element)\n");
    assert_out_has("/store\n");
    assert_out_has("self-test  all answers are right\n");
    assert_out_has("| AEAD | ");
    expect(5, NULL, "unset PSACRYPTO_STORE HOME XDG_STATE_HOME; $PSA info");
}

/* The table in the README is what this library has. */
static void test_readme(void **state)
{
    (void)state;
#if defined(PSACRYPTO_CONFIG_FILE)
    skip();
#endif
    expect(0, NULL, "sed -n '/^<!-- algorithms: begin -->/,/^<!-- algorithms: end -->/p' \"$SOURCE/README.md\" | grep '^|' >readme");
    if (shell("$PSA info --markdown >table; cmp table readme") != 0) {
        fail_msg("README.md: the table is not what `psa info --markdown` writes");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_wrong_arguments),
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_stores),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_openssl_keys),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_prompt),
        cmocka_unit_test(test_info),
        cmocka_unit_test(test_readme),
    };
    return cmocka_run_group_tests_name("psa: keys", tests, psa_set_up, psa_tear_down);
}
