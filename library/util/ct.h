/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Constant-time selection and comparison. Masks are all-ones or zero, and pass a barrier on their way in and out, so
 * that a compiler that sees where they come from does not turn them back into branches.
 *
 * CT_SECRET(p, n) marks memory whose contents must decide no branch and no address; CT_PUBLIC(p, n) takes the
 * mark back, with the reason said beside it. Under Valgrind (-DCT_CHECK_VALGRIND) and MSan these
 * marks are what the tests check; in other builds they cost nothing.
 */
#ifndef UTIL_CT_H
#define UTIL_CT_H

#include <stddef.h>
#include <stdint.h>

#if defined(CT_CHECK_VALGRIND)
#include <valgrind/memcheck.h>
#define CT_SECRET(p, n) ((void)VALGRIND_MAKE_MEM_UNDEFINED((p), (n)))
#define CT_PUBLIC(p, n) ((void)VALGRIND_MAKE_MEM_DEFINED((p), (n)))
#elif defined(CT_CHECK_MSAN)
#include <sanitizer/msan_interface.h>
#define CT_SECRET(p, n) __msan_allocated_memory((p), (n))
#define CT_PUBLIC(p, n) __msan_unpoison((p), (n))
#else
#define CT_SECRET(p, n) ((void)(p), (void)(n))
#define CT_PUBLIC(p, n) ((void)(p), (void)(n))
#endif

#if defined(__GNUC__)
#define CT_BARRIER(x) __asm__("" : "+r"(x))
#else
#define CT_BARRIER(x) ((void)0)
#endif

static inline uint32_t ct_barrier32(uint32_t x)
{
    CT_BARRIER(x);
    return x;
}

static inline uint64_t ct_barrier64(uint64_t x)
{
    CT_BARRIER(x);
    return x;
}

/* All-ones if x is 0, else 0. */
static inline uint32_t ct_mask_zero32(uint32_t x)
{
    x = ct_barrier32(x);
    return ct_barrier32((uint32_t)0 - (((~x & (x - 1u)) >> 31) & 1u));
}

static inline uint64_t ct_mask_zero64(uint64_t x)
{
    x = ct_barrier64(x);
    return ct_barrier64((uint64_t)0 - (((~x & (x - 1u)) >> 63) & 1u));
}

/* All-ones if x is not 0, else 0. */
static inline uint32_t ct_mask_nonzero32(uint32_t x)
{
    return ~ct_mask_zero32(x);
}

static inline uint32_t ct_mask_equal32(uint32_t a, uint32_t b)
{
    return ct_mask_zero32(a ^ b);
}

/* All-ones if a < b, for all values. */
static inline uint32_t ct_mask_less32(uint32_t a, uint32_t b)
{
    a = ct_barrier32(a);
    b = ct_barrier32(b);
    return ct_barrier32((uint32_t)0 - (((~a & b) | ((~a | b) & (a - b))) >> 31));
}

/* mask is all-ones (a) or 0 (b). */
static inline uint32_t ct_select32(uint32_t mask, uint32_t a, uint32_t b)
{
    return b ^ (ct_barrier32(mask) & (a ^ b));
}

static inline uint64_t ct_select64(uint64_t mask, uint64_t a, uint64_t b)
{
    return b ^ (ct_barrier64(mask) & (a ^ b));
}

static inline uint8_t ct_select8(uint32_t mask, uint8_t a, uint8_t b)
{
    return (uint8_t)ct_select32(mask, a, b);
}

/* All-ones if the n bytes are equal, else 0. Time depends on n alone. */
uint32_t ct_mask_equal(const void *a, const void *b, size_t n);

/* 1 if the bytes are equal, else 0: the answer to whoever asked whether a hash or a MAC is right, and public. */
static inline int ct_verify(const void *a, const void *b, size_t n)
{
    uint32_t equal = ct_mask_equal(a, b, n);
    CT_PUBLIC(&equal, sizeof equal);
    return equal != 0;
}

/* target = source where mask is all-ones; unchanged where it is 0. */
void ct_copy_if(uint32_t mask, uint8_t *target, const uint8_t *source, size_t n);

#endif
