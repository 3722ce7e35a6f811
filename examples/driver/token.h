/* SPDX-License-Identifier: Apache-2.0 */
/* An opaque driver: a token with a few slots for HMAC keys. */
#ifndef EXAMPLE_TOKEN_H
#define EXAMPLE_TOKEN_H

#include <psacrypto/driver.h>

/* One token. Zero at first; it stays in place while the library is open. */
struct token {
    const struct psacrypto_services *services;
    unsigned busy; /* polls until the token has made the key that it is making */
};

extern const struct psacrypto_driver token_driver;

#endif
