/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every implementation of the kernels in turn: the portable one, and what this CPU has beside it.
 *
 *     for (size_t i = 0; kernel_choice(i); i++) {
 *         ... the same test; kernel_choice_name() for its messages ...
 *     }
 *
 * After the last, the choice is what the library makes by itself.
 */
#ifndef TESTS_SUPPORT_KERNEL_CHOICE_H
#define TESTS_SUPPORT_KERNEL_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include <psa/crypto.h>

/* Switches to the i-th choice; false (and all features on) when there are no more. */
bool kernel_choice(size_t i);

/* The same for what computes with keys of this type: block ciphers other than AES take only choices that differ to them. */
bool kernel_choice_of(size_t i, psa_key_type_t type);

const char *kernel_choice_name(void);

#endif
