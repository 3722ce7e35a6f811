/* SPDX-License-Identifier: Apache-2.0 */
#include "differential/differential.h"

#include "differential/ours.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"

#define BLOCKS 3u            /* every length up to so many, and a byte */
#define LONG_TEXTS 5u
#define LONG_CUTS 2u

/* ---- A random case of a row ---- */

struct texts {
    uint8_t key[256], iv[256], ad[256], input[PEER_TEXT_MAX];
};

static size_t between(struct random_source *random, size_t least, size_t most)
{
    return least + random_source_below(random, most - least + 1);
}

/* DES keys have bytes of odd parity. */
static void odd_parity(uint8_t *key, size_t key_length)
{
    for (size_t i = 0; i < key_length; i++) {
        unsigned ones = 0;
        for (unsigned bit = 1; bit < 8; bit++) {
            ones += (unsigned)key[i] >> bit & 1u;
        }
        key[i] = (uint8_t)((key[i] & 0xfeu) | (ones % 2 == 0));
    }
}

/* Labels have no null bytes: SP 800-108 sets one behind them. */
static void no_nulls(uint8_t *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        text[i] = text[i] == 0 ? 1 : text[i];
    }
}

static size_t tag_length(const struct subject *subject, struct random_source *random)
{
    static const uint8_t gcm[] = {16, 12, 13, 14, 15, 8}, ccm[] = {16, 4, 6, 8, 10, 12, 14};
    return subject->alg == PSA_ALG_GCM ? gcm[random_source_below(random, sizeof gcm)] :
           subject->alg == PSA_ALG_CCM ? ccm[random_source_below(random, sizeof ccm)] :
                                         16;
}

static size_t result_length(enum peer_family family, const struct subject *subject, struct random_source *random, size_t length)
{
    switch (family) {
    case PEER_HASH: return PSA_ALG_IS_XOF(subject->alg) ? random_source_below(random, 200) : PSA_HASH_LENGTH(subject->alg);
    case PEER_MAC: return PSA_MAC_LENGTH(subject->type, 8 * subject->key_max, subject->alg);
    case PEER_CIPHER: return subject->alg == PSA_ALG_CBC_PKCS7 ? (length / subject->block + 1) * subject->block : length;
    case PEER_AEAD: return length + tag_length(subject, random);
    case PEER_WRAP: return (length + 7) / 8 * 8 + 8;
    default: return length;
    }
}

/* Of a derivation the length is the output's; its only text is the other secret of a pre-shared key. */
static size_t text_length(enum peer_family family, const struct subject *subject, struct random_source *random, size_t length)
{
    return family != PEER_DERIVATION ? length : PSA_ALG_IS_TLS12_PSK_TO_MS(subject->alg) ? random_source_below(random, 40) : 0;
}

static void make_case(struct peer_case *c, struct texts *texts, enum peer_family family, const struct subject *subject, struct random_source *random,
                      size_t length)
{
    c->alg = subject->alg;
    c->type = subject->type;
    c->key = texts->key;
    c->iv = texts->iv;
    c->ad = texts->ad;
    c->input = texts->input;
    c->key_length = between(random, subject->key_min, subject->key_max);
    c->iv_length = between(random, subject->iv_min, subject->iv_max);
    c->ad_length = between(random, 0, subject->ad_max);
    c->length = text_length(family, subject, random, length);
    c->output_length = result_length(family, subject, random, length);
    c->cost = (uint32_t)between(random, 1, 3);
    random_source_bytes(random, texts->key, c->key_length);
    random_source_bytes(random, texts->iv, c->iv_length);
    random_source_bytes(random, texts->ad, c->ad_length);
    random_source_bytes(random, texts->input, c->length);
    if (subject->type == PSA_KEY_TYPE_DES) {
        odd_parity(texts->key, c->key_length);
    }
    if (family == PEER_DERIVATION) {
        no_nulls(texts->iv, c->iv_length);
        no_nulls(texts->key, c->key_length);
    }
}

/* ---- What others have ---- */

static const char *name_of_bits(unsigned bits)
{
    static char text[80];

    text[0] = 0;
    for (unsigned i = 0; i < PEERS; i++) {
        if ((bits >> i & 1u) != 0 && peers[i] != NULL) {
            (void)snprintf(text + strlen(text), sizeof text - strlen(text), " %s", peers[i]->name);
        }
    }
    return text;
}

static unsigned present(void)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < PEERS; i++) {
        bits |= (unsigned)(peers[i] != NULL) << i;
    }
    return bits;
}

/* Asks all, which must agree with each other and with the table. False where none of this build has it. */
static int ask_others(const struct subject *subject, enum peer_family family, const struct peer_case *c, uint8_t *expected)
{
    uint8_t output[PEER_TEXT_MAX + 32];
    unsigned answered = 0;

    for (unsigned i = 0; i < PEERS; i++) {
        if (peers[i] == NULL || !peer_compute(peers[i], family, c, output)) {
            continue;
        }
        if (answered != 0 && memcmp(output, expected, c->output_length) != 0) {
            fail_msg("%s: %s differs from%s", subject->name, peers[i]->name, name_of_bits(answered));
        }
        memcpy(expected, output, c->output_length);
        answered |= 1u << i;
    }
    if (answered != (subject->others & present())) {
        fail_msg("%s: the table of this test is wrong:%s have it", subject->name, name_of_bits(answered));
    }
    return answered != 0;
}

/* ---- Comparisons ---- */

enum cuts { NO_CUT, SOME_CUTS, EVERY_CUT };

static void try_cuts(const struct ours *ours, enum cuts cuts, struct random_source *random)
{
    const size_t last = cuts == NO_CUT ? 0 : ours_cuts(ours);

    if (cuts == SOME_CUTS) {
        for (size_t i = 0; i < LONG_CUTS; i++) {
            ours_parts(ours, random_source_below(random, last + 1));
        }
        return;
    }
    for (size_t cut = 0; cut <= last; cut += quick_step(5)) {
        ours_parts(ours, cut);
    }
}

/* Kernels take turns with the cuts, which are the modes' business rather than theirs. */
static size_t turn, choices;

static void compare(enum peer_family family, const struct subject *subject, struct random_source *random, size_t length, enum cuts cuts)
{
    static struct texts texts;
    uint8_t expected[PEER_TEXT_MAX + 32];
    struct peer_case c;
    struct ours ours = {subject->name, family, &c, expected, 0};

    make_case(&c, &texts, family, subject, random, length);
    if (!ask_others(subject, family, &c, expected)) {
        return;
    }
    for (size_t k = 0; kernel_choice(k); k++) {
        ours_begin(&ours);
        ours_whole(&ours);
        try_cuts(&ours, k == turn % choices ? cuts : NO_CUT, random);
        ours_end(&ours);
    }
    turn++;
}

/* Around the boundaries of blocks. */
static int has_every_cut(const struct subject *subject, size_t length)
{
    const size_t over = length % subject->block;
    return over <= 1 || over + 1 == subject->block || length % 23 == 0;
}

static void one_subject(enum peer_family family, const struct subject *subject)
{
    struct random_source random = {subject->alg ^ (uint32_t)subject->type << 7};
    const size_t step = subject->granularity == 0 ? 1 : subject->granularity;
    const size_t end = BLOCKS * subject->block + 1 < subject->longest ? BLOCKS * subject->block + 1 : subject->longest;

    for (size_t length = subject->shortest; length <= end; length += step * quick_step(7)) {
        compare(family, subject, &random, length, has_every_cut(subject, length) ? EVERY_CUT : NO_CUT);
    }
    for (size_t i = 0; i < LONG_TEXTS && end < subject->longest; i += quick_step(4)) {
        const size_t length = between(&random, end, subject->longest) / step * step;
        compare(family, subject, &random, length, SOME_CUTS);
    }
}

void differential(enum peer_family family, const struct subject *subjects, size_t count)
{
    for (choices = 0; kernel_choice(choices); choices++) {
    }
    for (size_t i = 0; i < count; i++) {
        one_subject(family, &subjects[i]);
    }
}
