/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons in words. A reason holds no secret, so no text does. */
#include "metadata/names.h"

#include <errno.h>

/*
 * In a text stand for the first integer (in capitals: for the second)
 *   $n number   $x number in hexadecimal   $k key id   $t key type   $g algorithm   $u usage flags   $l location
 *   $d step of a derivation   $p step of a PAKE   $s space of the store   $e error number of the system
 * and [one|other] for one where the first integer is not 0, else for the other, {one|other} alike for the second.
 */
struct row {
    const char *name;
    const char *text;
};

#define ROW(name, text) [REASON_##name] = { #name, text }

static const struct row rows[REASON_COUNT] = {
    ROW(NONE, "nothing has failed"),
    ROW(STATUS, "no more is known"),
    ROW(REFUSED, "a secret decides, and no more is said"),

    ROW(NOT_INITIALISED, "psa_crypto_init() has not been called"),
    ROW(CONFIGURATION, "this build of the library has other options"),
    ROW(OUT_OF_MEMORY, "there is no memory left[ for $n bytes|]"),
    ROW(NO_ENTROPY, "there is no entropy to seed the random generator"),
    ROW(NULL_POINTER, "argument $n is a null pointer"),
    ROW(BUFFER, "the output needs $n bytes; the buffer has $N"),

    ROW(KEY_ID, "there is no key $k"),
    ROW(KEY_ID_RANGE, "[$k is not an id that such a key can have|a persistent key needs an id]"),
    ROW(KEY_EXISTS, "there is a key $k already"),
    ROW(KEY_READ_ONLY, "key $k is read-only"),
    ROW(KEY_LOCATION, "there is no driver for location $l, or more than one"),
    ROW(KEY_PERSISTENCE, "such a key cannot have persistence $x"),
    ROW(KEY_TYPE_UNSUPPORTED, "no driver has keys of [type $t|this type]{ with $N bits|}"),
    ROW(KEY_TYPE_FOR_CALL, "this call does not take keys of type $t"),
    ROW(KEY_TYPE_FOR_ALGORITHM, "$G does not take keys of type $t, or not of this size"),
    ROW(KEY_BITS, "{keys of type $t do not have $N bits|the size of the key, type $t, must be said}"),
    ROW(KEY_LENGTH, "[a key of $n bits was asked for; |]$N bytes were given"),
    ROW(KEY_DATA, "the data is not a key[ of type $t|]"),
    ROW(KEY_ENCRYPTED, "the key is encrypted: it must be decrypted first"),
    ROW(KEY_USAGE_UNKNOWN, "the usage flags $x are not ones to ask for"),
    ROW(KEY_USAGE, "the key permits {$U|no use}; $u was asked for"),
    ROW(KEY_ALGORITHM, "the key permits [$g|no algorithm]; $G was asked for"),
    ROW(KEY_ALGORITHM_WILDCARD, "$g can be permitted, but names no operation"),
    ROW(KEY_MAC_LENGTH, "the key permits MACs of $n bytes or more; $N were asked for"),
    ROW(KEY_COPY_POLICY, "[$g|no algorithm] of the source and {$G|no algorithm} of the copy have nothing in common"),
    ROW(KEY_COPY_LOCATION, "from location $l to location $L the key needs PSA_KEY_USAGE_EXPORT"),
    ROW(KEY_ATTRIBUTES, "the key is of type $t{ and $N bits|}, other than the attributes say"),
    ROW(KEY_DESTROYED, "key $k was destroyed while the operation was under way"),
    ROW(CUSTOM_PARAMETERS, "such keys are not made with flags $x and $N bytes of parameters"),

    ROW(ALGORITHM_UNSUPPORTED, "no driver has $g for this"),
    ROW(ALGORITHM_KIND, "$g is not an algorithm for this call"),
    ROW(ALGORITHM_INVALID, "$g is not an algorithm"),
    ROW(DRIVER, "driver $n answers so"),

    ROW(OPERATION_ACTIVE, "[the operation is active already|the library is in use already]"),
    ROW(OPERATION_INACTIVE, "the operation [has failed and must be aborted|is not active]"),
    ROW(OPERATION_ORDER, "this is not the step that comes now (state $n)"),
    ROW(OPERATION_KIND, "the operation was set up to do the opposite"),
    ROW(INPUT_LENGTH, "[$n was expected; |]the length given is $N"),
    ROW(INPUT_TOO_LONG, "$N bytes are too many[; $n are possible|]"),
    ROW(HASH_LENGTH, "the hash has $n bytes; $N were given"),
    ROW(NONCE_LENGTH, "$g takes no nonce of $N bytes"),
    ROW(IV_LENGTH, "the IV has $n bytes; $N were given"),
    ROW(TAG_LENGTH, "$g has no tag of $N bytes"),
    ROW(ANNOUNCED_LENGTH, "$n bytes were announced; $N were given"),
    ROW(CONTEXT_STRING, "$g takes no context of $N bytes"),
    ROW(SALT, "$g takes no salt"),
    ROW(SIGNATURE, "it does not verify"),
    ROW(PADDING, "the padding is wrong"),
    ROW(DERIVATION_STEP, "$G does not take $d in this way, or not now"),
    ROW(DERIVATION_KEY_TYPE, "$d does not take keys of type $T"),
    ROW(DERIVATION_MISSING, "$d must come first"),
    ROW(DERIVATION_CAPACITY, "$n bytes are left to derive; $N were asked for"),
    ROW(DERIVATION_COST, "the cost is out of range"),
    ROW(PAKE_STEP, "[$p is not the step that comes now|the exchange is not that far yet]"),
    ROW(PAKE_ROLE, "the algorithm has no role $x, or it is not set"),
    ROW(PAKE_SUITE, "$g does not go with the group $X"),

    ROW(STORE_NONE, "there is no place for keys: set PSACRYPTO_STORE, or HOME"),
    ROW(STORE_ACCESS, "the store cannot be reached[: $e|]"),
    ROW(STORE_FULL, "the store is full[: $e|]"),
    ROW(STORE_UNSAFE, "the store's owner, mode or kind of file is not safe[: $e|: its directories are this user's, 0700]"),
    ROW(STORE_DAMAGED, "the store is damaged[, at {object $N of |}$s|]"),
    ROW(STORE_UID, "there can be no object of this identifier"),
    ROW(STORE_WRITE_ONCE, "[object $n|it] is written once and stays"),
    ROW(STORE_FLAGS, "the flags $x are not supported"),
    ROW(STORE_OFFSET, "offset $n lies outside of the object's $N bytes"),
    ROW(STORE_ABSENT, "there is no such object in the store"),
    ROW(STORE_EXISTS, "there is an object $n already"),
    ROW(STORE_INCOMPLETE, "the store lacks a function, or one that its capabilities promise"),

    ROW(SELF_TEST, "[$g|the random generator] gives a wrong answer"),
};

/* ---- Small vocabularies ---- */

struct word_row {
    uint64_t number;
    const char *word;
};

static const struct word_row derivation_steps[] = {
    { PSA_KEY_DERIVATION_INPUT_SECRET, "PSA_KEY_DERIVATION_INPUT_SECRET" },
    { PSA_KEY_DERIVATION_INPUT_OTHER_SECRET, "PSA_KEY_DERIVATION_INPUT_OTHER_SECRET" },
    { PSA_KEY_DERIVATION_INPUT_PASSWORD, "PSA_KEY_DERIVATION_INPUT_PASSWORD" },
    { PSA_KEY_DERIVATION_INPUT_LABEL, "PSA_KEY_DERIVATION_INPUT_LABEL" },
    { PSA_KEY_DERIVATION_INPUT_CONTEXT, "PSA_KEY_DERIVATION_INPUT_CONTEXT" },
    { PSA_KEY_DERIVATION_INPUT_SALT, "PSA_KEY_DERIVATION_INPUT_SALT" },
    { PSA_KEY_DERIVATION_INPUT_INFO, "PSA_KEY_DERIVATION_INPUT_INFO" },
    { PSA_KEY_DERIVATION_INPUT_SEED, "PSA_KEY_DERIVATION_INPUT_SEED" },
    { PSA_KEY_DERIVATION_INPUT_COST, "PSA_KEY_DERIVATION_INPUT_COST" },
};

static const struct word_row pake_steps[] = {
    { PSA_PAKE_STEP_KEY_SHARE, "PSA_PAKE_STEP_KEY_SHARE" },
    { PSA_PAKE_STEP_ZK_PUBLIC, "PSA_PAKE_STEP_ZK_PUBLIC" },
    { PSA_PAKE_STEP_ZK_PROOF, "PSA_PAKE_STEP_ZK_PROOF" },
    { PSA_PAKE_STEP_CONFIRM, "PSA_PAKE_STEP_CONFIRM" },
    { PSA_PAKE_STEP_SALT, "PSA_PAKE_STEP_SALT" },
    { PSA_PAKE_STEP_COMMIT, "PSA_PAKE_STEP_COMMIT" },
    { PSA_PAKE_STEP_CONFIRM_COUNT, "PSA_PAKE_STEP_CONFIRM_COUNT" },
    { PSA_PAKE_STEP_KEY_ID, "PSA_PAKE_STEP_KEY_ID" },
};

/* Numbers of psacrypto_store_space_t: psacrypto/store.h belongs to storage/. */
static const struct word_row spaces[] = {
    { 1, "the keys" }, { 2, "what psa_its_set() keeps" }, { 3, "what psa_ps_set() keeps" }, { 4, "what drivers keep" },
    { 5, "the journal" }, { 6, "what the library keeps" },
};

/* Errors that C does not know are those of POSIX, where the system has it. */
static const struct word_row system_errors[] = {
#ifdef EACCES
    { EACCES, "permission denied" },
#endif
#ifdef EPERM
    { EPERM, "operation not permitted" },
#endif
#ifdef ENOENT
    { ENOENT, "no such file or directory" },
#endif
#ifdef ENOTDIR
    { ENOTDIR, "not a directory" },
#endif
#ifdef EISDIR
    { EISDIR, "is a directory" },
#endif
#ifdef EEXIST
    { EEXIST, "it exists already" },
#endif
#ifdef ELOOP
    { ELOOP, "a symbolic link where none may be" },
#endif
#ifdef EIO
    { EIO, "input or output failed" },
#endif
#ifdef ENOSPC
    { ENOSPC, "no space left on the device" },
#endif
#ifdef EDQUOT
    { EDQUOT, "the quota is used up" },
#endif
#ifdef EROFS
    { EROFS, "the file system is read-only" },
#endif
#ifdef EMFILE
    { EMFILE, "too many open files" },
#endif
#ifdef ENFILE
    { ENFILE, "too many open files in the system" },
#endif
#ifdef ENAMETOOLONG
    { ENAMETOOLONG, "the name is too long" },
#endif
#ifdef EFBIG
    { EFBIG, "the file is too large" },
#endif
    { 0, "no error" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void put_word(struct text *text, const struct word_row *words, size_t count, const char *otherwise, uint64_t number)
{
    for (size_t i = 0; i < count; i++) {
        if (words[i].number == number) {
            text_string(text, words[i].word);
            return;
        }
    }
    text_string(text, otherwise);
    text_decimal(text, number);
}

/* ---- Texts ---- */

static void put_key_id(struct text *text, uint64_t id)
{
    if (id <= PSA_KEY_ID_USER_MAX) {
        text_decimal(text, id);
    } else {
        text_hexadecimal(text, id, 8);
    }
}

static void put_value(struct text *text, char kind, uint64_t value)
{
    switch (kind) {
    case 'k':
        put_key_id(text, value);
        break;
    case 't':
        key_type_name(text, (psa_key_type_t)value);
        break;
    case 'g':
        algorithm_name(text, (psa_algorithm_t)value);
        break;
    case 'u':
        usage_name(text, (psa_key_usage_t)value);
        break;
    case 'd':
        put_word(text, derivation_steps, COUNT(derivation_steps), "step ", value);
        break;
    case 'p':
        put_word(text, pake_steps, COUNT(pake_steps), "step ", value);
        break;
    case 's':
        put_word(text, spaces, COUNT(spaces), "space ", value);
        break;
    case 'e':
        put_word(text, system_errors, COUNT(system_errors), "error ", value);
        break;
    case 'x':
    case 'l':
        text_hexadecimal(text, value, 1);
        break;
    default:
        text_decimal(text, value);
        break;
    }
}

static void put_directive(struct text *text, char kind, const struct reason_record *record)
{
    int second = kind >= 'A' && kind <= 'Z';
    put_value(text, second ? (char)(kind - 'A' + 'a') : kind, second ? record->b : record->a);
}

/* silent: how many choices have gone against what is read now. */
static void put_text(struct text *text, const char *format, const struct reason_record *record)
{
    int silent_a = 0;
    int silent_b = 0;
    int in_b = 0;
    for (; *format != '\0'; format++) {
        switch (*format) {
        case '[':
            silent_a = record->a == 0;
            break;
        case '{':
            in_b = 1;
            silent_b = record->b == 0;
            break;
        case '|':
            silent_a = in_b ? silent_a : !silent_a;
            silent_b = in_b ? !silent_b : silent_b;
            break;
        case ']':
            silent_a = 0;
            break;
        case '}':
            in_b = 0;
            silent_b = 0;
            break;
        case '$':
            format++;
            if (!silent_a && !silent_b) {
                put_directive(text, *format, record);
            }
            break;
        default:
            if (!silent_a && !silent_b) {
                text_character(text, *format);
            }
            break;
        }
    }
}

const char *reason_name(uint32_t code)
{
    return code < REASON_COUNT ? rows[code].name : NULL;
}

void reason_text(struct text *text, const struct reason_record *record)
{
    const char *format = record->code < REASON_COUNT ? rows[record->code].text : NULL;
    if (format != NULL) {
        put_text(text, format, record);
    } else {
        text_string(text, "reason ");
        text_decimal(text, record->code);
    }
}
