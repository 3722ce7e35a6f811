/* SPDX-License-Identifier: Apache-2.0 */
/* The modes over as many blocks as fill four vectors again and again. What is left is for the caller, who has masks or has not. */
#ifndef X86_64_VAES_MODES_H
#define X86_64_VAES_MODES_H

#include "x86_64/vaes_blocks.h"

/* What is still to be done. */
struct rest {
    const uint8_t *input;
    uint8_t *output;
    size_t count;
};

INLINE_VAES void one_step(struct rest *rest)
{
    rest->input += 16 * STEP;
    rest->output += 16 * STEP;
    rest->count -= STEP;
}

INLINE_VAES void encrypt_steps(const struct aes_key *key, struct rest *rest)
{
    for (; rest->count >= STEP; one_step(rest)) {
        quad_store(rest->output, quad_encrypt(key, quad_load(rest->input)));
    }
}

INLINE_VAES void decrypt_steps(const struct aes_key *key, struct rest *rest)
{
    for (; rest->count >= STEP; one_step(rest)) {
        quad_store(rest->output, quad_decrypt(key, quad_load(rest->input)));
    }
}

/* ---- CBC ---- */

/* For each block the one before it; before is what goes before x.a, in its highest lane. */
INLINE_VAES struct quad previous_blocks(struct quad x, wide before)
{
    const struct quad previous = {
        wide_previous(x.a, before), wide_previous(x.b, x.a), wide_previous(x.c, x.b), wide_previous(x.d, x.c),
    };
    return previous;
}

/* Answers what goes before the rest, as previous_blocks() wants it. */
INLINE_VAES wide cbc_decrypt_steps(const struct aes_key *key, uint8_t iv[16], struct rest *rest)
{
    wide before = wide_broadcast(iv);

    for (; rest->count >= STEP; one_step(rest)) {
        const struct quad x = quad_load(rest->input);
        quad_store(rest->output, quad_xor(quad_decrypt(key, x), previous_blocks(x, before)));
        before = x.d;
    }
    narrow_store(iv, wide_highest(before));
    return before;
}

/* ---- CTR ---- */

INLINE_VAES wide ctr32_steps(const struct aes_key *key, wide value, struct rest *rest)
{
    for (; rest->count >= STEP; one_step(rest)) {
        quad_store(rest->output, quad_xor(quad_encrypt(key, counter_blocks(value)), quad_load(rest->input)));
        value = wide_count(value, STEP);
    }
    return value;
}

/* ---- XTS (IEEE 1619, 5.3) ---- */

/* x^128 = x^7 + x^2 + x + 1, the bits from least to most significant (5.2). */
#define POLYNOMIAL 0x87u

/* Lane by lane t * x^count, for counts below 57: each half is shifted, what leaves it goes into the other, from the upper one times
 * the polynomial. */
INLINE_VAES wide tweak_times(wide t, wide counts)
{
    const wide left = wide_shift_down(t, wide_subtract64(wide_set64(64), counts));

    return wide_xor3(wide_shift_up(t, counts), WIDE_BYTES_UP(left, 8), WIDE_PRODUCT(left, wide_set64(POLYNOMIAL), 0x01));
}

/* t * x^STEP, which are one byte or two. What leaves a lane at the top comes back times the polynomial. */
INLINE_VAES wide tweak_step(wide t)
{
    return wide_xor(WIDE_BYTES_UP(t, STEP / 8), WIDE_PRODUCT(WIDE_BYTES_DOWN(t, 16 - STEP / 8), wide_set64(POLYNOMIAL), 0x00));
}

/* The tweaks T, T x, T x^2, ... of so many blocks. */
INLINE_VAES struct quad tweaks_load(const uint8_t tweak[16])
{
    struct quad t;

    t.a = tweak_times(wide_broadcast(tweak), wide_lane_numbers());
    t.b = tweak_times(t.a, wide_set64(LANES));
    t.c = tweak_times(t.a, wide_set64(2 * LANES));
    t.d = tweak_times(t.b, wide_set64(2 * LANES));
    return t;
}

INLINE_VAES struct quad next_tweaks(struct quad t)
{
    t.a = tweak_step(t.a);
    t.b = tweak_step(t.b);
    t.c = tweak_step(t.c);
    t.d = tweak_step(t.d);
    return t;
}

INLINE_VAES struct quad xts_encrypt_steps(const struct aes_key *key, struct quad t, struct rest *rest)
{
    for (; rest->count >= STEP; one_step(rest)) {
        quad_store(rest->output, quad_xor(quad_encrypt(key, quad_xor(quad_load(rest->input), t)), t));
        t = next_tweaks(t);
    }
    return t;
}

INLINE_VAES struct quad xts_decrypt_steps(const struct aes_key *key, struct quad t, struct rest *rest)
{
    for (; rest->count >= STEP; one_step(rest)) {
        quad_store(rest->output, quad_xor(quad_decrypt(key, quad_xor(quad_load(rest->input), t)), t));
        t = next_tweaks(t);
    }
    return t;
}

/* ---- GHASH, and GCM with it: so many counter blocks go through AES while as many ciphertext blocks are multiplied, a quarter
 * every other round. One reduction serves all these products. ---- */

/* sum: reversed, and so is the answer. */
INLINE_VAES __m128i ghash_steps(const struct ghash_key *key, __m128i sum, const uint8_t **blocks, size_t *count)
{
    if (*count < STEP) {
        return sum;
    }
    const struct quad powers = quad_powers(key);
    wide sums = wide_first(sum);
    for (; *count >= 2 * STEP; *count -= STEP) {
        sums = quad_hash(powers, quad_reverse(quad_load(*blocks)), sums);
        *blocks += 16 * STEP;
    }
    sums = quad_hash(quad_last_powers(key), quad_reverse(quad_load(*blocks)), sums);
    *blocks += 16 * STEP;
    *count -= STEP;
    return wide_fold(sums);
}

/* Key stream, and the hash over other blocks, which are reversed already. */
INLINE_VAES struct quad gcm_step(const struct aes_key *key, struct quad h, wide value, wide *sums, struct quad hashed)
{
    struct wide_sum sum = wide_zero();
    struct quad x = quad_add_key(counter_blocks(value), wide_key(key, 0));

    x = quad_round(x, wide_key(key, 1));
    wide_add(&sum, hashed.b, h.b);
    x = quad_round(x, wide_key(key, 2));
    wide_add(&sum, hashed.c, h.c);
    x = quad_round(x, wide_key(key, 3));
    wide_add(&sum, hashed.d, h.d);
    x = quad_round(x, wide_key(key, 4));
    /* last, as it waits for the reduction before */
    wide_add(&sum, wide_xor(hashed.a, *sums), h.a);
    x = quad_round(x, wide_key(key, 5));
    x = quad_round(x, wide_key(key, 6));
    *sums = wide_reduce(sum);
    x = quad_round(x, wide_key(key, 7));
    x = quad_round(x, wide_key(key, 8));
    x = quad_round(x, wide_key(key, 9));
    for (uint32_t round = 10; round < key->rounds; round++) {
        x = quad_round(x, wide_key(key, round));
    }
    return quad_last_round(x, wide_key(key, key->rounds));
}

INLINE_VAES void gcm_encrypt_steps(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                                   struct rest *rest)
{
    if (rest->count < 2 * STEP) {
        return;
    }
    const struct quad powers = quad_powers(hash_key);
    wide value = counter_load(counter);
    wide sums = wide_first(narrow_reverse(narrow_load(y)));
    /* The hash follows one step behind, whose ciphertext stays in registers. */
    struct quad x = quad_xor(quad_encrypt(key, counter_blocks(value)), quad_load(rest->input));
    for (;;) {
        quad_store(rest->output, x);
        value = wide_count(value, STEP);
        one_step(rest);
        if (rest->count < STEP) {
            break;
        }
        x = quad_xor(gcm_step(key, powers, value, &sums, quad_reverse(x)), quad_load(rest->input));
    }
    sums = quad_hash(quad_last_powers(hash_key), quad_reverse(x), sums);
    counter_store(counter, value);
    narrow_store(y, narrow_reverse(wide_fold(sums)));
}

INLINE_VAES void gcm_decrypt_steps(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                                   struct rest *rest)
{
    if (rest->count < STEP) {
        return;
    }
    struct quad powers = quad_powers(hash_key);
    wide value = counter_load(counter);
    wide sums = wide_first(narrow_reverse(narrow_load(y)));
    for (; rest->count >= STEP; one_step(rest)) {
        const struct quad text = quad_load(rest->input);
        powers = rest->count < 2 * STEP ? quad_last_powers(hash_key) : powers;
        quad_store(rest->output, quad_xor(gcm_step(key, powers, value, &sums, quad_reverse(text)), text));
        value = wide_count(value, STEP);
    }
    counter_store(counter, value);
    narrow_store(y, narrow_reverse(wide_fold(sums)));
}

#endif
