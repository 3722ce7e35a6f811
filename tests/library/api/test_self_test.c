/* SPDX-License-Identifier: Apache-2.0 */
/*
 * psacrypto_self_test() finds every wrong answer: a driver in front of the software driver does one algorithm wrongly, each
 * algorithm of the build in its turn, in each of the directions that it has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <psacrypto/diagnostics.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "api/self_test.h"
#include "platform/platform.h"
#include "software/kernels.h"
#include "support/quick.h"

#include "liar.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct psacrypto_store_ram_space space;

static int set_up(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &space) != PSA_SUCCESS ||
           psacrypto_register_driver(PSA_KEY_LOCATION_LOCAL_STORAGE, &liar, NULL) != PSA_SUCCESS || psa_crypto_init() != PSA_SUCCESS;
}

static int tear_down(void **state)
{
    (void)state;
    psacrypto_shutdown();
    psacrypto_store_ram_clear(&space);
    return 0;
}

static void test_all_is_well(void **state)
{
    (void)state;
    victim = PSA_ALG_NONE;
    assert_int_equal(psacrypto_self_test(), PSA_SUCCESS);
}

static int supported(psa_algorithm_t alg)
{
    static const size_t sizes[] = { 0, 128, 160, 192, 255, 256, 448, 512, 521, 1536, 2048 };
    psa_key_type_t type = PSA_KEY_TYPE_NONE;
    do {
        for (size_t i = 0; i < COUNT(sizes); i++) {
            if (psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, sizes[i])) {
                return 1;
            }
        }
        type = psacrypto_key_type_next(type);
    } while (type != PSA_KEY_TYPE_NONE);
    return 0;
}

/* ECDSA takes any hash: those of which the build has the hash itself are tested. */
static int in_build(psa_algorithm_t alg)
{
    psa_algorithm_t of = PSA_ALG_GET_HASH(alg);
    return supported(alg) && (!PSA_ALG_IS_SIGN(alg) || of == PSA_ALG_NONE || supported(of));
}

/* The part of the self-test that is about alg: the others would only take time. */
static psa_status_t self_test_part(psa_algorithm_t alg)
{
    static psa_status_t (*const parts[])(void) = {
        [0x02] = self_test_hashes_run,  [0x03] = self_test_macs_run, [0x04] = self_test_ciphers_run, [0x05] = self_test_ciphers_run,
        [0x06] = self_test_ecdsa_run,   [0x07] = self_test_rsa_encryption_run,  [0x08] = self_test_derivations_run,  [0x09] = self_test_agreements_run,
        [0x0a] = self_test_pake_run,    [0x0b] = self_test_wraps_run,     [0x0d] = self_test_xofs_run,
    };
    size_t category = alg >> 24;
    if (category >= COUNT(parts) || parts[category] == NULL) {
        return psacrypto_self_test();
    }
    psa_status_t (*part)(void) = PSA_ALG_IS_HMAC(alg) ? self_test_hashes_run
        : PSA_ALG_IS_RSA_PSS(alg) || PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) ? self_test_rsa_run
        : PSA_ALG_IS_SIGN(alg) && !PSA_ALG_IS_ECDSA(alg) ? self_test_eddsa_run
        : PSA_ALG_IS_WPA3_SAE(alg) ? self_test_sae_run : parts[category];
    return part();
}

/* If the lie was told, the self-test says so, and where. The steps of HKDF stand for each other. */
static size_t count_lies(psa_algorithm_t alg, psa_key_type_t type, enum lie kind)
{
    victim = alg;
    victim_type = type;
    lie = kind;
    lies_told = 0;
    psa_status_t status = self_test_part(alg);
    victim = PSA_ALG_NONE;
    lie = LIE_NONE;
    if (status != (lies_told != 0 ? PSA_ERROR_CORRUPTION_DETECTED : PSA_SUCCESS)) {
        fail_msg("0x%08x, lie %d: status %d", (unsigned)alg, (int)kind, (int)status);
    }
    if (lies_told != 0) {
        psacrypto_error_t error = psacrypto_last_error();
        assert_string_equal(psacrypto_reason_name(error.reason), "SELF_TEST");
        assert_true(error.values[0] == alg || PSA_ALG_IS_HKDF_EXTRACT(alg));
    }
    return lies_told;
}

/* What is made with a hash and an asymmetric key is looked at from one side at least, with SHA-256 from all. */
static int is_partly_tested(psa_algorithm_t alg)
{
    psa_algorithm_t of = PSA_ALG_GET_HASH(alg);
    return (PSA_ALG_IS_SIGN(alg) || PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) || PSA_ALG_IS_JPAKE(alg)) && !PSA_ALG_IS_HASH_EDDSA(alg) && of != PSA_ALG_NONE && of != PSA_ALG_SHA_256;
}

static void test_lies(psa_algorithm_t alg)
{
    int back = PSA_ALG_IS_CIPHER(alg) || PSA_ALG_IS_AEAD(alg) || PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_SIGN(alg) ||
               PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) || PSA_ALG_IS_KEY_WRAP(alg) || PSA_ALG_IS_PAKE(alg);
    int accept = PSA_ALG_IS_AEAD(alg) || PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_SIGN(alg) || PSA_ALG_IS_KEY_WRAP(alg) ||
                 PSA_ALG_IS_PAKE(alg);
    size_t forward = count_lies(alg, PSA_KEY_TYPE_NONE, LIE_FORWARD);
    size_t backward = back ? count_lies(alg, PSA_KEY_TYPE_NONE, LIE_BACK) : 0;
    int told = is_partly_tested(alg) ? forward + backward != 0 : forward != 0 && (!back || backward != 0);
    if (!told) {
        fail_msg("0x%08x is not tested: library/api/self_test_answers.c", (unsigned)alg);
    }
    if (!is_partly_tested(alg)) {
        assert_true(count_lies(alg, PSA_KEY_TYPE_NONE, LIE_LENGTH) != 0 || PSA_ALG_IS_KEY_DERIVATION(alg) || PSA_ALG_IS_XOF(alg));
        assert_true(count_lies(alg, PSA_KEY_TYPE_NONE, LIE_FAIL) != 0);
        assert_true(!accept || count_lies(alg, PSA_KEY_TYPE_NONE, LIE_ACCEPT) != 0);
    }
}

/* Asymmetric algorithms take most of the time, and treat all hashes alike: a few stand for them. */
static int is_sample(psa_algorithm_t alg)
{
    psa_algorithm_t of = PSA_ALG_GET_HASH(alg);
    return of == PSA_ALG_SHA_384 || (!quick() && (of == PSA_ALG_MD5 || of == PSA_ALG_SHAKE256_256 || of == PSA_ALG_BLAKE2B_HASH512));
}

static void test_every_lie_is_found(void **state)
{
    size_t algorithms = 0, number = 0;
    (void)state;
    for (psa_algorithm_t alg = psacrypto_algorithm_next(PSA_ALG_NONE); alg != PSA_ALG_NONE; alg = psacrypto_algorithm_next(alg)) {
        if (in_build(alg) && (!is_partly_tested(alg) || is_sample(alg)) && number++ % slow_step(7) == 0) {
            test_lies(alg);
            algorithms++;
        }
    }
    print_message("%zu algorithms\n", algorithms);
    assert_true(algorithms != 0);
}

/* A block or stream cipher is tested with one algorithm at least. */
static int type_is_tested(psa_key_type_t type)
{
    for (psa_algorithm_t alg = psacrypto_algorithm_next(PSA_ALG_NONE); alg != PSA_ALG_NONE; alg = psacrypto_algorithm_next(alg)) {
        int takes = psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, 128) ||
                    psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, 192) ||
                    psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, 256);
        if (takes && count_lies(alg, type, LIE_FORWARD) != 0) {
            return 1;
        }
    }
    return 0;
}

static int is_cipher_type_in_build(psa_key_type_t type)
{
    static const psa_algorithm_t each[] = { PSA_ALG_ECB_NO_PADDING, PSA_ALG_STREAM_CIPHER, PSA_ALG_ASCON_AEAD128 };
    for (size_t i = 0; i < COUNT(each); i++) {
        for (size_t bits = 64; bits <= 256; bits += 64) {
            if (psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, each[i], type, bits)) {
                return 1;
            }
        }
    }
    return 0;
}

static void test_every_cipher_type(void **state)
{
    size_t types = 0;
    (void)state;
    for (psa_key_type_t type = psacrypto_key_type_next(PSA_KEY_TYPE_NONE); type != PSA_KEY_TYPE_NONE; type = psacrypto_key_type_next(type)) {
        if (is_cipher_type_in_build(type)) {
            if (!type_is_tested(type)) {
                fail_msg("no algorithm is tested with keys of type 0x%04x: library/api/self_test_answers.c", (unsigned)type);
            }
            types++;
        }
    }
    assert_true(types != 0 || !psacrypto_supports(PSA_KEY_LOCATION_LOCAL_STORAGE, PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 128));
}

static void (*right_sha256)(uint32_t words[8], const uint8_t *blocks, size_t count);

static void wrong_sha256(uint32_t words[8], const uint8_t *blocks, size_t count)
{
    right_sha256(words, blocks, count);
    words[5] ^= 1u;
}

static void test_wrong_kernel(void **state)
{
    (void)state;
    right_sha256 = sw_kernels.sha256_compress;
    sw_kernels.sha256_compress = wrong_sha256;
    psa_status_t status = psacrypto_self_test();
    sw_kernels.sha256_compress = right_sha256;
    assert_int_equal(status, PSA_ERROR_CORRUPTION_DETECTED);
    assert_int_equal(psacrypto_self_test(), PSA_SUCCESS);
}

/* Wherever memory runs out, the answer is that, or right all the same: never that an algorithm is wrong. */
static void without_memory(psa_status_t (*part)(void), long samples)
{
    platform_test_fail_allocation(0);
    assert_int_equal(part(), PSA_SUCCESS);
    long count = platform_test_allocations();
    for (long k = 1; k <= count; k += k < samples ? 1 : count / samples) {
        platform_test_fail_allocation(k);
        psa_status_t status = part();
        assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INSUFFICIENT_MEMORY);
    }
    platform_test_fail_allocation(0);
    assert_int_equal(platform_test_secrets_in_use(), 0);
}

static void test_without_memory(void **state)
{
    static psa_status_t (*const swift[])(void) = {
        self_test_hashes_run, self_test_xofs_run, self_test_derivations_run, self_test_macs_run, self_test_ciphers_run, self_test_wraps_run,
    };
    static psa_status_t (*const slow[])(void) = { self_test_agreements_run, self_test_ecdsa_run, self_test_rsa_run, self_test_rsa_encryption_run };
    (void)state;
    for (size_t i = 0; i < COUNT(swift); i++) {
        without_memory(swift[i], quick() == 2 ? 5 : 30);
    }
    for (size_t i = 0; i < COUNT(slow); i++) {
        without_memory(slow[i], quick() ? 2 : 5);
    }
}

static void test_before_init(void **state)
{
    (void)state;
    psacrypto_shutdown();
    assert_int_equal(psacrypto_self_test(), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_well),
        cmocka_unit_test(test_every_lie_is_found),
        cmocka_unit_test(test_every_cipher_type),
        cmocka_unit_test(test_wrong_kernel),
        cmocka_unit_test(test_without_memory),
        cmocka_unit_test(test_before_init),
    };
    return cmocka_run_group_tests_name("self-test", tests, set_up, tear_down);
}
