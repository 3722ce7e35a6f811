/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hashes that tests know, from the files tests/vectors/hash/<source>.txt: one section per algorithm,
 *
 *     [SHA-512/256]
 *     Algorithm = 0x0200000d
 *     Aliases = SHA-512-256 SHA512-256     other names in shared vectors; may be left out
 *     OpenSSL = SHA512-256                 left out where OpenSSL 3.0 has none
 *     Provider = legacy                    of OpenSSL, where it is not the usual one
 *     Cavp = hash/x.rsp 129                shared vectors and how many cases: messages,
 *     Monte = hash/y.rsp 100               chains,
 *     Botan = hash/z.txt 395               sections by name (of several algorithms: in one of them),
 *     Evp = hash/u.txt 3                   stanzas `Digest = name`
 *     Xof = xof/v.txt 177 SHAKE-128        the XOF, a section there, that the hash is the beginning of
 *     Json = hash/w.json 512 blake2b       cases, those whose "hash" is that word where there is a word
 *
 *     Message = "abc"                      text, or hexadecimal
 *     Repeat = 2                           how many times; may be left out
 *     Hash = ...
 *
 * A new hash is tested with everything that there is for hashes, HMAC included, once its file is there.
 */
#ifndef TESTS_SUPPORT_HASH_LIST_H
#define TESTS_SUPPORT_HASH_LIST_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

struct hash_info {
    const char *name;
    const char *aliases, *openssl;
    const char *cavp, *monte, *botan, *evp, *xof, *json;  /* NULL: none */
    psa_algorithm_t alg;
};

struct hash_case {
    const struct hash_info *info;
    const uint8_t *message, *hash;
    size_t message_length, hash_length;
    const char *file;
    size_t line;
};

/* All of them, read once. The running test fails when a file is not as described. */
const struct hash_info *hash_list(size_t *count);

/* By name or alias, without regard to case; NULL where there is none. */
const struct hash_info *hash_list_named(const char *name);

/* Calls for each known answer, and answers how many there were. */
size_t hash_list_cases(void (*each)(const struct hash_case *, void *), void *argument);

#endif
