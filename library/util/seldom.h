/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UTIL_SELDOM_H
#define UTIL_SELDOM_H

/* A static function for what seldom happens, on a path that is taken often: it is not put into its one caller, which would save
 * registers and make room on the stack for it each time. */
#if defined(__GNUC__)
#define SELDOM static __attribute__((noinline))
#else
#define SELDOM static
#endif

#endif
