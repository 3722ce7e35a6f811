/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Montgomery multiplication modulo the prime and the order of P-256 with MULX, ADCX and ADOX: two chains of carries run
 * side by side, one through CF and one through OF.
 *
 * The rounds and their bounds are those of limbs_multiply(): before each the sum is below 2^257, five words, T0 to
 * T4; a product of four words by one makes it six, T5 being new; the reduction takes T0 away. The six registers change
 * roles from round to round.
 */
#include "software/kernels.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/p256.h"

/* T = a * word, the first round: b is the byte offset of the word. */
#define FIRST_ROW(b, T0, T1, T2, T3, T4, T5) \
    "movq " #b "(%[b]), %%rdx\n\t" \
    "xorl %%eax, %%eax\n\t" \
    "mulxq 0(%[a]), %%" T0 ", %%" T1 "\n\t" \
    "mulxq 8(%[a]), %%rcx, %%" T2 "\n\t" \
    "adcx %%rcx, %%" T1 "\n\t" \
    "mulxq 16(%[a]), %%rcx, %%" T3 "\n\t" \
    "adcx %%rcx, %%" T2 "\n\t" \
    "mulxq 24(%[a]), %%rcx, %%" T4 "\n\t" \
    "adcx %%rcx, %%" T3 "\n\t" \
    "adcx %%rax, %%" T4 "\n\t" \
    "movl $0, %%" T5 "d\n\t"

/* T += a * word. XOR makes T5 and both carries 0. */
#define ROW(b, T0, T1, T2, T3, T4, T5) \
    "movq " #b "(%[b]), %%rdx\n\t" \
    "xorl %%" T5 "d, %%" T5 "d\n\t" \
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
    "adcx %%rax, %%" T4 "\n\t" \
    "adox %%rax, %%" T5 "\n\t" \
    "adcx %%rax, %%" T5 "\n\t"

/* T += T0 * p with p = p3 2^192 + 2^96 - 1, p3 in r14: T0 - T0 = 0, T0 2^96 is added to T1 and T2, T0 p3 to T3 and T4. */
#define REDUCE_PRIME(T0, T1, T2, T3, T4, T5) \
    "movq %%" T0 ", %%rdx\n\t" \
    "mulxq %%r14, %%rax, %%rcx\n\t" \
    "shlq $32, %%rdx\n\t" \
    "shrq $32, %%" T0 "\n\t" \
    "addq %%rdx, %%" T1 "\n\t" \
    "adcq %%" T0 ", %%" T2 "\n\t" \
    "adcq %%rax, %%" T3 "\n\t" \
    "adcq %%rcx, %%" T4 "\n\t" \
    "adcq $0, %%" T5 "\n\t"

/* T += q n with q = T0 * -1/n mod 2^64, which makes T0 0. */
#define REDUCE_ORDER(T0, T1, T2, T3, T4, T5) \
    "movq %%" T0 ", %%rdx\n\t" \
    "imulq %[inverse], %%rdx\n\t" \
    "xorl %%eax, %%eax\n\t" \
    "mulxq %[n0], %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T0 "\n\t" \
    "adox %%rcx, %%" T1 "\n\t" \
    "mulxq %[n1], %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T1 "\n\t" \
    "adox %%rcx, %%" T2 "\n\t" \
    "mulxq %[n2], %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T2 "\n\t" \
    "adox %%rcx, %%" T3 "\n\t" \
    "mulxq %[n3], %%rax, %%rcx\n\t" \
    "adcx %%rax, %%" T3 "\n\t" \
    "adox %%rcx, %%" T4 "\n\t" \
    "movl $0, %%eax\n\t" \
    "adcx %%rax, %%" T4 "\n\t" \
    "adox %%rax, %%" T5 "\n\t" \
    "adcx %%rax, %%" T5 "\n\t"

/* The copy of the sum stays where its difference with the modulus (subtracted by S0 to S3) is negative. */
#define FINISH(S0, S1, S2, S3, T0, T1, T2, T3, T4) \
    "movq %%" T0 ", %%rax\n\t" \
    "movq %%" T1 ", %%rcx\n\t" \
    "movq %%" T2 ", %%rdx\n\t" \
    "movq %%" T3 ", %%r15\n\t" \
    "subq " S0 ", %%" T0 "\n\t" \
    "sbbq " S1 ", %%" T1 "\n\t" \
    "sbbq " S2 ", %%" T2 "\n\t" \
    "sbbq " S3 ", %%" T3 "\n\t" \
    "sbbq $0, %%" T4 "\n\t" \
    "cmovcq %%rax, %%" T0 "\n\t" \
    "cmovcq %%rcx, %%" T1 "\n\t" \
    "cmovcq %%rdx, %%" T2 "\n\t" \
    "cmovcq %%r15, %%" T3 "\n\t" \
    "movq %%" T0 ", 0(%[r])\n\t" \
    "movq %%" T1 ", 8(%[r])\n\t" \
    "movq %%" T2 ", 16(%[r])\n\t" \
    "movq %%" T3 ", 24(%[r])\n\t"

#define R0 "r8"
#define R1 "r9"
#define R2 "r10"
#define R3 "r11"
#define R4 "r12"
#define R5 "r13"

/* Macros that expand the lists of registers before they are told apart. */
#define APPLY(macro, ...) macro(__VA_ARGS__)
#define ROLES_0 R0, R1, R2, R3, R4, R5
#define ROLES_1 R1, R2, R3, R4, R5, R0
#define ROLES_2 R2, R3, R4, R5, R0, R1
#define ROLES_3 R3, R4, R5, R0, R1, R2

#define CLOBBERED "rax", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc", "memory"

static inline void multiply(uint64_t *r, const uint64_t *a, const uint64_t *b)
{
    __asm__ volatile(
        "movabsq %[p3], %%r14\n\t"
        APPLY(FIRST_ROW, 0, ROLES_0) APPLY(REDUCE_PRIME, ROLES_0)
        APPLY(ROW, 8, ROLES_1) APPLY(REDUCE_PRIME, ROLES_1)
        APPLY(ROW, 16, ROLES_2) APPLY(REDUCE_PRIME, ROLES_2)
        APPLY(ROW, 24, ROLES_3) APPLY(REDUCE_PRIME, ROLES_3)
        "movl $-1, %%r11d\n\t" /* p1, in the register that is free now */
        FINISH("$-1", "%%r11", "$0", "%%r14", R4, R5, R0, R1, R2)
        :
        : [r] "r"(r), [a] "r"(a), [b] "r"(b), [p3] "i"(0xffffffff00000001)
        : CLOBBERED);
}

void p256_multiply_adx(uint64_t r[4], const uint64_t a[4], const uint64_t b[4])
{
    multiply(r, a, b);
}

void p256_square_adx(uint64_t r[4], const uint64_t a[4], unsigned count)
{
    multiply(r, a, a);
    while (--count != 0) {
        multiply(r, r, r);
    }
}

void p256_order_multiply_adx(uint64_t r[4], const uint64_t a[4], const uint64_t b[4])
{
    static const uint64_t n[4] = { 0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff, 0xffffffff00000000 };
    static const uint64_t inverse = 0xccd1c8aaee00bc4f; /* -1/n mod 2^64 */
    __asm__ volatile(
        APPLY(FIRST_ROW, 0, ROLES_0) APPLY(REDUCE_ORDER, ROLES_0)
        APPLY(ROW, 8, ROLES_1) APPLY(REDUCE_ORDER, ROLES_1)
        APPLY(ROW, 16, ROLES_2) APPLY(REDUCE_ORDER, ROLES_2)
        APPLY(ROW, 24, ROLES_3) APPLY(REDUCE_ORDER, ROLES_3)
        FINISH("%[n0]", "%[n1]", "%[n2]", "%[n3]", R4, R5, R0, R1, R2)
        :
        : [r] "r"(r), [a] "r"(a), [b] "r"(b), [n0] "m"(n[0]), [n1] "m"(n[1]), [n2] "m"(n[2]), [n3] "m"(n[3]),
          [inverse] "m"(inverse)
        : CLOBBERED);
}

#endif
