/* SPDX-License-Identifier: Apache-2.0 */
/* The known-answer test of SP 800-90A Rev. 1, 11.3: each function once, the derivation function included. */
#include "software/random/drbg.h"

#include "util/ct.h"
#include "util/zeroise.h"

/* A block and a byte more than two: whole blocks and a cut one. */
#define OUTPUT_SIZE 33u

/*
 * Entropy 00 01 .. 2f, nonce 20 21 .. 2f, personalisation 40 41 .. 6f; one request; reseeded with 80 81 .. af; the second
 * request. tests/drivers/software/random/test_drbg.c compares with another implementation.
 */
static const uint8_t expected[OUTPUT_SIZE] = {
    0xec, 0xe1, 0x88, 0x24, 0x48, 0x25, 0x0b, 0xc9, 0x7b, 0x0b, 0x28, 0x4e, 0x18, 0xc3, 0xf0, 0x5f, 0x7c,
    0xda, 0x0b, 0xeb, 0xf7, 0xb1, 0x2d, 0x2f, 0x2d, 0x7e, 0x53, 0xff, 0xa1, 0xbc, 0x21, 0x68, 0xbc,
};

static void count_up(uint8_t *bytes, size_t length, uint8_t first)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(first + i);
    }
}

psa_status_t drbg_self_test(void)
{
    struct drbg drbg;
    uint8_t entropy[48];
    uint8_t nonce[16];
    uint8_t personalisation[48];
    uint8_t seed[DRBG_SEED_SIZE];
    uint8_t output[OUTPUT_SIZE];
    const struct drbg_part parts[] = {
        { entropy, sizeof(entropy) }, { nonce, sizeof(nonce) }, { personalisation, sizeof(personalisation) },
    };
    count_up(entropy, sizeof(entropy), 0x00);
    count_up(nonce, sizeof(nonce), 0x20);
    count_up(personalisation, sizeof(personalisation), 0x40);
    drbg_condition(seed, parts, 3);
    drbg_instantiate(&drbg, seed, NULL, 0);
    drbg_generate(&drbg, output, sizeof(output));
    count_up(entropy, sizeof(entropy), 0x80);
    drbg_condition(seed, parts, 1);
    drbg_reseed(&drbg, seed);
    drbg_generate(&drbg, output, sizeof(output));

    uint32_t right = ct_mask_equal(output, expected, sizeof(expected));
    CT_PUBLIC(&right, sizeof(right)); /* the verdict on constants */
    ZEROISE(drbg);
    return right != 0 ? PSA_SUCCESS : PSA_ERROR_CORRUPTION_DETECTED;
}
