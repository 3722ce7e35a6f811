/* SPDX-License-Identifier: Apache-2.0 */
/* One program, two libraries: what either half offers to the other. No half includes headers of the other's library. */
#ifndef TESTS_LINK_LINK_H
#define TESTS_LINK_LINK_H

/* Ends the program, saying what went wrong, unless `right`. */
void need(int right, const char *what);

/* ---- ours.c: libpsacrypto ---- */

void ours_begin(void);
/* Curves, ciphers, hashes of this library, between the other one's steps. */
void ours_work(void);
void ours_sign(const unsigned char hash[32], unsigned char public_key[65], unsigned char signature[64]);

/* ---- theirs.c: Mbed TLS ---- */

/* A TLS 1.2 handshake over memory, and a message each way; between() is called between its steps. */
void theirs_handshake(void (*between)(void));
/* Whether a signature of the other half is right. */
int theirs_verify(const unsigned char hash[32], const unsigned char public_key[65], const unsigned char signature[64]);

/* ---- theirs_psa.c: the PSA functions of Mbed TLS, for programs where the other half's have a prefix ---- */

void theirs_psa(void);

#endif
