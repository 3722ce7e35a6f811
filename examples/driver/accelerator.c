/* SPDX-License-Identifier: Apache-2.0 */
/* A transparent driver, built step by step in docs/drivers.md: HMAC (RFC 2104) with SHA-256 on the coprocessor. */
#include "accelerator.h"

#include "coprocessor.h"

#include <string.h>

#define HASH_LENGTH 32u
#define BLOCK COPROCESSOR_BLOCK

/* ---- What is supported ---- */

static int is_supported(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_FULL_LENGTH_MAC(alg) == PSA_ALG_HMAC(PSA_ALG_SHA_256) && type == PSA_KEY_TYPE_HMAC &&
           PSA_MAC_LENGTH(type, 0, alg) <= HASH_LENGTH;
}

/* ---- The key, expanded ---- */

/* The hash of the key's block, padded for the inner and for the outer hash: half of the work of a short message. */
struct midstates {
    uint32_t inner[8];
    uint32_t outer[8];
};

/* One message under way. Flat bytes: the library may move them between two calls. */
struct running {
    struct midstates state; /* inner moves on, outer waits */
    uint64_t length;        /* of the message so far, in bytes */
    uint8_t buffer[BLOCK];  /* its last bytes, less than a block */
};

static void wipe(void *memory, size_t size)
{
    volatile uint8_t *bytes = memory;
    while (size-- > 0) {
        bytes[size] = 0;
    }
}

static void put_state(uint8_t *output, const uint32_t state[8])
{
    for (unsigned i = 0; i < HASH_LENGTH; i++) {
        output[i] = (uint8_t)(state[i / 4] >> (24u - 8u * (i % 4)));
    }
}

/* The last blocks: the rest, a one bit, zeroes, and the length in bits; prefix bytes came before. */
static void finish_hash(uint32_t state[8], const uint8_t *rest, size_t rest_length, uint64_t prefix)
{
    uint8_t blocks[2 * BLOCK] = { 0 };
    size_t count = rest_length < BLOCK - 8 ? 1 : 2;
    uint64_t bits = 8 * (prefix + rest_length);
    memcpy(blocks, rest, rest_length);
    blocks[rest_length] = 0x80;
    for (unsigned i = 0; i < 8; i++) {
        blocks[count * BLOCK - 1 - i] = (uint8_t)(bits >> 8 * i);
    }
    coprocessor_blocks(state, blocks, count);
    wipe(blocks, sizeof(blocks));
}

static void expand(struct midstates *midstates, const struct psacrypto_key *key)
{
    uint8_t block[BLOCK] = { 0 };
    if (key->length <= BLOCK) {
        memcpy(block, key->blob, key->length);
    } else {
        uint32_t state[8];
        size_t whole = key->length / BLOCK;
        coprocessor_start(state);
        coprocessor_blocks(state, key->blob, whole);
        finish_hash(state, key->blob + whole * BLOCK, key->length - whole * BLOCK, whole * BLOCK);
        put_state(block, state);
        wipe(state, sizeof(state));
    }
    for (unsigned i = 0; i < BLOCK; i++) {
        block[i] ^= 0x36;
    }
    coprocessor_start(midstates->inner);
    coprocessor_blocks(midstates->inner, block, 1);
    for (unsigned i = 0; i < BLOCK; i++) {
        block[i] ^= 0x36 ^ 0x5c;
    }
    coprocessor_start(midstates->outer);
    coprocessor_blocks(midstates->outer, block, 1);
    wipe(block, sizeof(block));
}

/* ---- The message ---- */

static void start(struct running *running, const struct psacrypto_key *key)
{
    if (key->prepared != NULL) {
        memcpy(&running->state, key->prepared, sizeof(running->state));
    } else {
        expand(&running->state, key);
    }
    running->length = 0;
}

static void take(struct running *running, const uint8_t *input, size_t input_length)
{
    size_t held = running->length % BLOCK;
    running->length += input_length;
    if (held != 0) {
        size_t now = input_length < BLOCK - held ? input_length : BLOCK - held;
        memcpy(running->buffer + held, input, now);
        if (held + now < BLOCK) {
            return;
        }
        coprocessor_blocks(running->state.inner, running->buffer, 1);
        input += now;
        input_length -= now;
    }
    coprocessor_blocks(running->state.inner, input, input_length / BLOCK);
    memcpy(running->buffer, input + input_length / BLOCK * BLOCK, input_length % BLOCK);
}

static void end(struct running *running, uint8_t mac[HASH_LENGTH])
{
    uint8_t inner[HASH_LENGTH];
    size_t held = running->length % BLOCK;
    finish_hash(running->state.inner, running->buffer, held, BLOCK + running->length - held);
    put_state(inner, running->state.inner);
    finish_hash(running->state.outer, inner, HASH_LENGTH, BLOCK);
    put_state(mac, running->state.outer);
    wipe(inner, sizeof(inner));
}

/* ---- Entry points ---- */

static psa_status_t compute(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct running running;
    uint8_t whole[HASH_LENGTH];
    (void)instance;
    if (!is_supported(alg, psa_get_key_type(key->attributes))) {
        return PSA_ERROR_NOT_SUPPORTED; /* the next driver is asked */
    }
    start(&running, key);
    if (input_length != 0) {
        take(&running, input, input_length);
    }
    end(&running, whole);
    memcpy(mac, whole, mac_size); /* exactly as long as alg says */
    *mac_length = mac_size;
    wipe(&running, sizeof(running));
    wipe(whole, sizeof(whole));
    return PSA_SUCCESS;
}

/* For signing and for verifying: the difference is in the end alone. */
static psa_status_t setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    (void)instance;
    if (!is_supported(alg, psa_get_key_type(key->attributes))) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    start(context, key);
    return PSA_SUCCESS;
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length)
{
    (void)instance;
    (void)key;
    if (input_length != 0) {
        take(context, input, input_length);
    }
    return PSA_SUCCESS;
}

static psa_status_t sign_finish(void *instance, const struct psacrypto_key *key, void *context,
                                uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    uint8_t whole[HASH_LENGTH];
    (void)instance;
    (void)key;
    end(context, whole);
    memcpy(mac, whole, mac_size);
    *mac_length = mac_size;
    wipe(whole, sizeof(whole));
    return PSA_SUCCESS;
}

/* In a time that does not tell where the difference is. */
static psa_status_t verify_finish(void *instance, const struct psacrypto_key *key, void *context,
                                  const uint8_t *mac, size_t mac_length)
{
    uint8_t whole[HASH_LENGTH];
    volatile uint8_t difference = 0;
    (void)instance;
    (void)key;
    end(context, whole);
    for (size_t i = 0; i < mac_length; i++) {
        difference = (uint8_t)(difference | (whole[i] ^ mac[i]));
    }
    wipe(whole, sizeof(whole));
    return difference == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static psa_status_t abort_operation(void *instance, void *context)
{
    (void)instance;
    (void)context; /* nothing is held outside of it, and the library wipes it */
    return PSA_SUCCESS;
}

/* ---- Prepared keys ---- */

static size_t prepared_size(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg)
{
    (void)instance;
    return is_supported(alg, psa_get_key_type(key->attributes)) ? sizeof(struct midstates) : 0;
}

static psa_status_t prepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    (void)instance;
    (void)alg;
    expand(memory, key);
    return PSA_SUCCESS;
}

/* ---- The driver ---- */

static size_t context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)instance;
    (void)bits;
    return family == PSACRYPTO_FAMILY_MAC && is_supported(alg, type) ? sizeof(struct running) : 0;
}

static const struct psacrypto_mac_entries mac_entries = {
    .compute = compute,
    .sign_setup = setup,
    .verify_setup = setup,
    .update = update,
    .sign_finish = sign_finish,
    .verify_finish = verify_finish,
    .abort = abort_operation,
};

const struct psacrypto_driver accelerator_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "accelerator",
    .context_size = context_size,
    .prepared_size = prepared_size,
    .prepare = prepare,
    .mac = &mac_entries,
};
