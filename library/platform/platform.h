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

/* ---- Memory (memory_hosted.c, memory_pool.c) ---- */

/* Ordinary memory, zeroed; NULL where there is none. In tests every call can be made to fail in turn. */
void *platform_allocate(size_t size);
/* memory may be NULL. Not wiped. */
void platform_free(void *memory);

/*
 * Memory for secrets: zeroed, aligned to 64 bytes, locked and kept out of core dumps where the platform can.
 * platform_secret_free() wipes; size is what was asked for. Scales over threads.
 */
void *platform_secret_allocate(size_t size);
void platform_secret_free(void *memory, size_t size);

/*
 * Whole pages for secrets, zeroed, never given back to the system except by the matching free.
 * wipe_on_fork: a child of fork() finds zeroes (where the platform can; *wiped says whether it does).
 */
void *platform_pages_allocate(size_t size, int wipe_on_fork, int *wiped);
void platform_pages_free(void *memory, size_t size);

/* ---- Threads (thread_posix.c, thread_none.c) ---- */

struct platform_mutex {
    uint64_t space[8];     /* large enough for the platform's own; all-zero is valid and unlocked */
};

struct platform_condition {
    uint64_t space[8];     /* all-zero is valid */
};

void platform_mutex_lock(struct platform_mutex *mutex);
void platform_mutex_unlock(struct platform_mutex *mutex);
/* Waits until woken; may wake for no reason. */
void platform_condition_wait(struct platform_condition *condition, struct platform_mutex *mutex);
void platform_condition_wake_all(struct platform_condition *condition);
/* Lets another thread run; called while waiting for readers. */
void platform_yield(void);

/* Calls function(argument) when the calling thread ends (not for the main thread's exit). */
psa_status_t platform_at_thread_exit(void (*function)(void *argument), void *argument);
/* In the child after fork(): called once per fork, in the order of registration. At most 4. */
psa_status_t platform_at_fork_child(void (*function)(void));
/* Grows by one in the child of each fork(); no system call. */
uint32_t platform_fork_count(void);

/* ---- Entropy (entropy_linux.c, entropy_none.c) ---- */

/*
 * size bytes of full entropy from the operating system. PSA_ERROR_INSUFFICIENT_ENTROPY where there is no
 * source (yet). Does not block for longer than the system needs to be seeded once.
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

/* What the CPU can and the operating system saves, less what platform_cpu_mask() took away. */
uint32_t platform_cpu_features(void);
/* For tests: only these features are reported from now on (before psa_crypto_init()). */
void platform_cpu_mask(uint32_t features);

#endif
