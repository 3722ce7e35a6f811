/* SPDX-License-Identifier: Apache-2.0 */
/* A transparent driver: HMAC-SHA-256 on the coprocessor. It has no instance. */
#ifndef EXAMPLE_ACCELERATOR_H
#define EXAMPLE_ACCELERATOR_H

#include <psacrypto/driver.h>

extern const struct psacrypto_driver accelerator_driver;

#endif
