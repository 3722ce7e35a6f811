/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multiplication modulo 2^255 - 19 with MULX, ADCX and ADOX: a product of eight words in r8 to r15, whose upper half comes
 * back times 38, for 2^256 = 38. Operands and results are below 2^256 (f25519.h).
 */
#include "software/kernels.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/f25519.h"

#define FIRST_ROW \
    "movq 0(%[b]), %%rdx\n\t" \
    "mulxq 0(%[a]), %%r8, %%r9\n\t" \
    "mulxq 8(%[a]), %%rcx, %%r10\n\t" \
    "addq %%rcx, %%r9\n\t" \
    "mulxq 16(%[a]), %%rcx, %%r11\n\t" \
    "adcq %%rcx, %%r10\n\t" \
    "mulxq 24(%[a]), %%rcx, %%r12\n\t" \
    "adcq %%rcx, %%r11\n\t" \
    "adcq $0, %%r12\n\t"

/* T0 to T4 += a * word of b, T4 being new. XOR makes it and both carries 0. */
#define ROW(b, T0, T1, T2, T3, T4) \
    "movq " #b "(%[b]), %%rdx\n\t" \
    "xorl %%" T4 "d, %%" T4 "d\n\t" \
    "mulxq 0(%[a]), %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T0 "\n\t" \
    "adox %%rcx, %%" T1 "\n\t" \
    "mulxq 8(%[a]), %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T1 "\n\t" \
    "adox %%rcx, %%" T2 "\n\t" \
    "mulxq 16(%[a]), %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T2 "\n\t" \
    "adox %%rcx, %%" T3 "\n\t" \
    "mulxq 24(%[a]), %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T3 "\n\t" \
    "adox %%rcx, %%" T4 "\n\t" \
    "movl $0, %%eax\n\t" \
    "adcx %%rax, %%" T4 "\n\t"

/* The products of different words, doubled, and the squares. */
#define SQUARE \
    "movq 0(%[a]), %%rdx\n\t" \
    "mulxq 8(%[a]), %%r9, %%r10\n\t" \
    "mulxq 16(%[a]), %%rax, %%r11\n\t" \
    "addq %%rax, %%r10\n\t" \
    "mulxq 24(%[a]), %%rax, %%r12\n\t" \
    "adcq %%rax, %%r11\n\t" \
    "adcq $0, %%r12\n\t" \
    "movq 8(%[a]), %%rdx\n\t" \
    "xorl %%eax, %%eax\n\t" \
    "mulxq 16(%[a]), %%rax, %%rcx\n\t" \
    "adcx %%rax, %%r11\n\t" \
    "adox %%rcx, %%r12\n\t" \
    "mulxq 24(%[a]), %%rax, %%r13\n\t" \
    "adcx %%rax, %%r12\n\t" \
    "movl $0, %%eax\n\t" \
    "adox %%rax, %%r13\n\t" \
    "adcx %%rax, %%r13\n\t" \
    "movq 16(%[a]), %%rdx\n\t" \
    "mulxq 24(%[a]), %%rax, %%r14\n\t" \
    "addq %%rax, %%r13\n\t" \
    "adcq $0, %%r14\n\t" \
    "movq 0(%[a]), %%rdx\n\t" \
    "xorl %%r15d, %%r15d\n\t" \
    "mulxq %%rdx, %%r8, %%rcx\n\t" \
    "adcx %%r9, %%r9\n\t" \
    "adox %%rcx, %%r9\n\t" \
    "movq 8(%[a]), %%rdx\n\t" \
    "mulxq %%rdx, %%rax, %%rcx\n\t" \
    "adcx %%r10, %%r10\n\t" \
    "adox %%rax, %%r10\n\t" \
    "adcx %%r11, %%r11\n\t" \
    "adox %%rcx, %%r11\n\t" \
    "movq 16(%[a]), %%rdx\n\t" \
    "mulxq %%rdx, %%rax, %%rcx\n\t" \
    "adcx %%r12, %%r12\n\t" \
    "adox %%rax, %%r12\n\t" \
    "adcx %%r13, %%r13\n\t" \
    "adox %%rcx, %%r13\n\t" \
    "movq 24(%[a]), %%rdx\n\t" \
    "mulxq %%rdx, %%rax, %%rcx\n\t" \
    "adcx %%r14, %%r14\n\t" \
    "adox %%rax, %%r14\n\t" \
    "adcx %%r15, %%r15\n\t" \
    "adox %%rcx, %%r15\n\t"

/* The carry out of the first sum is at most 38; the one out of the second leaves next to nothing, so that the third has
 * none. */
#define FOLD \
    "movl $38, %%edx\n\t" \
    "xorl %%eax, %%eax\n\t" \
    "mulxq %%r12, %%rax, %%rcx\n\t" \
    "adcx %%rax, %%r8\n\t" \
    "adox %%rcx, %%r9\n\t" \
    "mulxq %%r13, %%rax, %%rcx\n\t" \
    "adcx %%rax, %%r9\n\t" \
    "adox %%rcx, %%r10\n\t" \
    "mulxq %%r14, %%rax, %%rcx\n\t" \
    "adcx %%rax, %%r10\n\t" \
    "adox %%rcx, %%r11\n\t" \
    "mulxq %%r15, %%rax, %%rcx\n\t" \
    "adcx %%rax, %%r11\n\t" \
    "movl $0, %%eax\n\t" \
    "adox %%rax, %%rcx\n\t" \
    "adcx %%rax, %%rcx\n\t" \
    "imulq $38, %%rcx, %%rcx\n\t" \
    "addq %%rcx, %%r8\n\t" \
    "adcq $0, %%r9\n\t" \
    "adcq $0, %%r10\n\t" \
    "adcq $0, %%r11\n\t" \
    "sbbq %%rax, %%rax\n\t" \
    "andl $38, %%eax\n\t" \
    "addq %%rax, %%r8\n\t" \
    "movq %%r8, 0(%[r])\n\t" \
    "movq %%r9, 8(%[r])\n\t" \
    "movq %%r10, 16(%[r])\n\t" \
    "movq %%r11, 24(%[r])\n\t"

#define CLOBBERED "rax", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc", "memory"

void f25519_multiply_adx(uint64_t r[4], const uint64_t a[4], const uint64_t b[4])
{
    __asm__ volatile(
        FIRST_ROW
        ROW(8, "r9", "r10", "r11", "r12", "r13")
        ROW(16, "r10", "r11", "r12", "r13", "r14")
        ROW(24, "r11", "r12", "r13", "r14", "r15")
        FOLD
        :
        : [r] "r"(r), [a] "r"(a), [b] "r"(b)
        : CLOBBERED);
}

static inline void square(uint64_t *r, const uint64_t *a)
{
    __asm__ volatile(SQUARE FOLD : : [r] "r"(r), [a] "r"(a) : CLOBBERED);
}

void f25519_square_adx(uint64_t r[4], const uint64_t a[4], unsigned count)
{
    square(r, a);
    while (--count != 0) {
        square(r, r);
    }
}

#endif
