/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library needs of the platform beyond C. Files: memory_*.c, thread_*.c, entropy_*.c, cpu.c.
 * A port exchanges files of this folder and nothing else (docs/porting.md).
 */
#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>
#include <psacrypto/config.h>

/* ---- Memory (memory_hosted.c and what it uses, or memory_pool.c) ---- */

/* Ordinary memory, zeroed; NULL where there is none. In tests every call can be made to fail in turn. */
void *platform_allocate(size_t size);
/* memory may be NULL. Not wiped. */
void platform_free(void *memory);

/*
 * Memory for secrets: zeroed, aligned to 64 bytes, locked and kept out of core dumps where the platform can.
 * platform_secret_free() wipes; size is what was asked for, memory may be NULL. Scales over threads.
 */
void *platform_secret_allocate(size_t size);
void platform_secret_free(void *memory, size_t size);

/*
 * Whole pages for secrets, zeroed, never given back to the system except by the matching free, which wipes.
 * wipe_on_fork: a child of fork() finds zeroes (where the platform can; *wiped says whether it does, may be NULL).
 */
void *platform_pages_allocate(size_t size, int wipe_on_fork, int *wiped);
void platform_pages_free(void *memory, size_t size);

/* Gives the memory back that holds no block. For psacrypto_shutdown(); the allocator works on as before. */
void platform_memory_shutdown(void);

/* ---- Threads (thread_posix.c, thread_none.c) ---- */

struct platform_mutex {
    union {
        uint32_t word;
        void *pointer;
        uint64_t space[8]; /* large enough for a platform's own; all-zero is valid and unlocked */
    } of;
};

struct platform_condition {
    union {
        uint32_t word;
        void *pointer;
        uint64_t space[8]; /* all-zero is valid */
    } of;
};

void platform_mutex_lock(struct platform_mutex *mutex);
void platform_mutex_unlock(struct platform_mutex *mutex);
/* Waits until woken; may wake for no reason. */
void platform_condition_wait(struct platform_condition *condition, struct platform_mutex *mutex);
void platform_condition_wake_all(struct platform_condition *condition);
/* Lets another thread run; called while waiting for readers. */
void platform_yield(void);

/* Calls function(argument) when the calling thread ends (not for the main thread's exit), the last registered first. */
psa_status_t platform_at_thread_exit(void (*function)(void *argument), void *argument);

/*
 * Around fork(): before() in the parent, the last registered first; then parent() and child(), each in its
 * process, in the order of registration. Each may be NULL. The allocator is usable in all of them. At most 8.
 */
psa_status_t platform_at_fork(void (*before)(void), void (*parent)(void), void (*child)(void));
/* Around all of them: before() comes first, and may wait for what registers hooks; after() comes last, in parent and child. There is
 * one pair: setting it again does nothing. */
psa_status_t platform_around_fork(void (*before)(void), void (*after)(void));
/* platform_at_fork() for the child alone. */
psa_status_t platform_at_fork_child(void (*function)(void));
/*
 * Never 0, and another value in the child of each fork() than in its parent, of a clone() without libc's knowledge
 * too where the platform can tell; no system call.
 */
uint32_t platform_fork_count(void);

/* ---- Entropy (entropy_linux.c, entropy_none.c) ---- */

/*
 * size bytes of full entropy from the operating system. PSA_ERROR_INSUFFICIENT_ENTROPY where there is no
 * source (yet); then output is wiped. Does not block for longer than the system needs to be seeded once.
 */
psa_status_t platform_entropy(uint8_t *output, size_t size);

/* ---- CPU (cpu.c) ---- */

#define CPU_X86_AESNI 0x00000001u
#define CPU_X86_PCLMUL 0x00000002u
#define CPU_X86_SSSE3 0x00000004u
#define CPU_X86_SSE41 0x00000008u
#define CPU_X86_SHA 0x00000010u
#define CPU_X86_AVX 0x00000020u       /* with the operating system's support */
#define CPU_X86_AVX2 0x00000040u
#define CPU_X86_BMI2 0x00000080u
#define CPU_X86_ADX 0x00000100u
#define CPU_X86_VAES 0x00000200u
#define CPU_X86_VPCLMUL 0x00000400u
#define CPU_X86_AVX512 0x00000800u    /* F, BW, DQ, VL */
#define CPU_X86_AVX512_VBMI 0x00001000u
#define CPU_X86_AVX512_IFMA 0x00002000u
#define CPU_X86_GFNI 0x00004000u
#define CPU_X86_BMI1 0x00008000u

/* What the CPU can and the operating system saves, less what platform_cpu_mask() took away. */
uint32_t platform_cpu_features(void);
/* For tests: only these features are reported from now on (before psa_crypto_init()). */
void platform_cpu_mask(uint32_t features);

/* ---- For tests ---- */

#if PSACRYPTO_TEST_HOOKS

/* The k-th allocation from now on fails (1: the next one); 0: none. Ordinary, secret and pages count alike. */
void platform_test_fail_allocation(long k);
/* The k-th and all after it fail; 0: none. */
void platform_test_fail_allocations_from(long k);
/* Allocations that were asked for since one of the two was called last. */
long platform_test_allocations(void);
/* Blocks of platform_secret_allocate() that are not freed yet. Pages live as long as a thread and do not count. */
long platform_test_secrets_in_use(void);

#endif

#endif
