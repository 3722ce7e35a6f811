/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What statuses, algorithms, key types and usage flags are called in the specification, and what a name stands for
 * (psacrypto/diagnostics.h says how names may be written).
 */
#ifndef METADATA_NAMES_H
#define METADATA_NAMES_H

#include "metadata/text.h"
#include "util/reason.h"

#include <psa/crypto.h>

/* ---- names.c ---- */

/* NULL for a status that has no name. */
const char *status_name(psa_status_t status);
/* 0 where there is no such status. */
int status_from_name(psa_status_t *status, const char *name);

/* PSA_KEY_USAGE_... joined by " | ", what has no name as a number; "0" for none. */
void usage_name(struct text *text, psa_key_usage_t usage);
/* Names, short or whole, between commas, bars or blanks. Answers 0 if one of them is unknown. */
int usage_from_name(psa_key_usage_t *usage, const char *names);

/* A word of a name: letters, digits and what may stand between them. */
struct word {
    const char *start;
    size_t length;
};

/* The word at *at, up to one of ( ) , | : or the end; *at moves behind it. */
struct word word_take(const char **at);
/* Without this prefix, if it begins with it. */
struct word word_without(struct word word, const char *prefix);
/* Letters and digits alike, whatever the case and whatever stands between them. */
int word_is(struct word word, const char *name);
/* Whether the word begins with name; *rest is what follows. */
int word_begins(struct word word, const char *name, struct word *rest);
/* A number, decimal or after 0x hexadecimal. */
int word_number(struct word word, uint32_t *number);
/* Whether the next character, blanks aside, is this one; *at moves behind it then. */
int character_take(const char **at, char character);

/* ---- algorithm_names.c ---- */

void algorithm_name(struct text *text, psa_algorithm_t alg);
int algorithm_from_name(psa_algorithm_t *alg, const char *name);
/* The algorithms of the specification that name one operation and have the default length, one after the other;
 * PSA_ALG_NONE begins and ends. */
psa_algorithm_t algorithm_next(psa_algorithm_t alg);

/* ---- key_type_names.c ---- */

void key_type_name(struct text *text, psa_key_type_t type);
/* *bits is 0 where the name says nothing of a size. */
int key_type_from_name(psa_key_type_t *type, size_t *bits, const char *name);
/* The types of the specification, one after the other; PSA_KEY_TYPE_NONE begins and ends. */
psa_key_type_t key_type_next(psa_key_type_t type);

/* ---- reason_text.c ---- */

/* NULL for a number that stands for no reason. */
const char *reason_name(uint32_t code);
/* Without the status, a clause without a full stop: "the key permits PSA_ALG_GCM; PSA_ALG_CCM was asked for". */
void reason_text(struct text *text, const struct reason_record *record);

#endif
