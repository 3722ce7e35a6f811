/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Atomics, thread-locals and static assertions for code that is C99 otherwise. With gcc and clang
 * the __atomic builtins serve; a build without threads (PSACRYPTO_THREADS 0) needs none of them.
 */
#ifndef UTIL_ATOMIC_H
#define UTIL_ATOMIC_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#if PSACRYPTO_THREADS

#define ATOMIC_LOAD(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define ATOMIC_LOAD_RELAXED(p) __atomic_load_n((p), __ATOMIC_RELAXED)
#define ATOMIC_STORE(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define ATOMIC_STORE_RELAXED(p, v) __atomic_store_n((p), (v), __ATOMIC_RELAXED)
/* A store that is also a full barrier: later loads are not done before it. */
#define ATOMIC_STORE_SEQ(p, v) ((void)__atomic_exchange_n((p), (v), __ATOMIC_SEQ_CST))
#define ATOMIC_FENCE() __atomic_thread_fence(__ATOMIC_SEQ_CST)
/* A full barrier right behind ATOMIC_CAS, _ADD or _SUB, which on x86 are one each. */
#if defined(__x86_64__) || defined(__i386__)
#define ATOMIC_FENCE_BEHIND() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#else
#define ATOMIC_FENCE_BEHIND() ATOMIC_FENCE()
#endif
#define ATOMIC_ADD(p, v) __atomic_add_fetch((p), (v), __ATOMIC_ACQ_REL)
#define ATOMIC_SUB(p, v) __atomic_sub_fetch((p), (v), __ATOMIC_ACQ_REL)
/* *p == *expected: *p = v, answers nonzero; else *expected = *p, answers 0. */
#define ATOMIC_CAS(p, expected, v) \
    __atomic_compare_exchange_n((p), (expected), (v), 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
#define THREAD_LOCAL __thread

#else

#define ATOMIC_LOAD(p) (*(p))
#define ATOMIC_LOAD_RELAXED(p) (*(p))
#define ATOMIC_STORE(p, v) ((void)(*(p) = (v)))
#define ATOMIC_STORE_RELAXED(p, v) ((void)(*(p) = (v)))
#define ATOMIC_STORE_SEQ(p, v) ((void)(*(p) = (v)))
#define ATOMIC_FENCE() ((void)0)
#define ATOMIC_FENCE_BEHIND() ((void)0)
#define ATOMIC_ADD(p, v) (*(p) += (v))
#define ATOMIC_SUB(p, v) (*(p) -= (v))
#define ATOMIC_CAS(p, expected, v) (*(p) == *(expected) ? (*(p) = (v), 1) : (*(expected) = *(p), 0))
#define THREAD_LOCAL

#endif

/* C99 has no static assertion: an array of negative size says it. */
#define STATIC_ASSERT(condition, name) typedef char static_assert_##name[(condition) ? 1 : -1]

#endif
