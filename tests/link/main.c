/* SPDX-License-Identifier: Apache-2.0 */
/* A program that holds libpsacrypto and all of Mbed TLS's libraries (tests/link/run): each half calls its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "link.h"

void need(int right, const char *what)
{
    if (!right) {
        fprintf(stderr, "failed: %s\n", what);
        exit(1);
    }
}

/* A signature of this library goes to the other one. */
static void across(void)
{
    unsigned char hash[32], public_key[65], signature[64];

    memset(hash, 0x5a, sizeof(hash));
    ours_sign(hash, public_key, signature);
    need(theirs_verify(hash, public_key, signature), "a signature of the other half");
    signature[40] ^= 1;
    need(!theirs_verify(hash, public_key, signature), "refusal of an altered signature");
}

int main(void)
{
    ours_begin();
    ours_work();
    theirs_handshake(ours_work);
    across();
#ifdef BOTH_HAVE_PSA
    theirs_psa();
    ours_work();
#endif
    puts("both halves work");
    return 0;
}
