/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multiplication modulo 2^255 - 19 with MULX, ADCX and ADOX: a product of eight words in r8 to r15, whose upper half comes
 * back times 38, for 2^256 = 38. Operands and results are below 2^256 (f25519.h).
 */
#include "software/kernels.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <string.h>

#include "util/ct.h"
#include "util/zeroise.h"
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

#define STORE \
    "movq %%r8, 0(%[r])\n\t" \
    "movq %%r9, 8(%[r])\n\t" \
    "movq %%r10, 16(%[r])\n\t" \
    "movq %%r11, 24(%[r])\n\t"

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
    STORE

#define CLOBBERED "rax", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "cc", "memory"

static inline void multiply(uint64_t *r, const uint64_t *a, const uint64_t *b)
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

void f25519_multiply_adx(uint64_t r[4], const uint64_t a[4], const uint64_t b[4])
{
    multiply(r, a, b);
}

void f25519_square_adx(uint64_t r[4], const uint64_t a[4], unsigned count)
{
    square(r, a);
    while (--count != 0) {
        square(r, r);
    }
}

/* ---- The ladder, with all of this inlined ---- */

struct element {
    uint64_t v[4];
};

/* r8 to r11 have overflowed by what CF says, upwards (op is "add", chained "adc") or downwards ("sub", "sbb"): 38 comes back,
 * twice, as in f25519.h. Then they are stored. */
#define COME_BACK(op, chained) \
    "sbbq %%rax, %%rax\n\t" \
    "andl $38, %%eax\n\t" \
    op "q %%rax, %%r8\n\t" \
    chained "q $0, %%r9\n\t" \
    chained "q $0, %%r10\n\t" \
    chained "q $0, %%r11\n\t" \
    "sbbq %%rax, %%rax\n\t" \
    "andl $38, %%eax\n\t" \
    op "q %%rax, %%r8\n\t" \
    STORE

#define COMBINE(op, chained) \
    "movq 0(%[a]), %%r8\n\t" \
    "movq 8(%[a]), %%r9\n\t" \
    "movq 16(%[a]), %%r10\n\t" \
    "movq 24(%[a]), %%r11\n\t" \
    op "q 0(%[b]), %%r8\n\t" \
    chained "q 8(%[b]), %%r9\n\t" \
    chained "q 16(%[b]), %%r10\n\t" \
    chained "q 24(%[b]), %%r11\n\t" \
    COME_BACK(op, chained)

static inline void ladder_add(struct element *r, const struct element *a, const struct element *b)
{
    __asm__ volatile(COMBINE("add", "adc")
                     :
                     : [r] "r"(r), [a] "r"(a), [b] "r"(b)
                     : "rax", "r8", "r9", "r10", "r11", "cc", "memory");
}

static inline void ladder_subtract(struct element *r, const struct element *a, const struct element *b)
{
    __asm__ volatile(COMBINE("sub", "sbb")
                     :
                     : [r] "r"(r), [a] "r"(a), [b] "r"(b)
                     : "rax", "r8", "r9", "r10", "r11", "cc", "memory");
}

static inline void ladder_multiply(struct element *r, const struct element *a, const struct element *b)
{
    multiply(r->v, a->v, b->v);
}

static inline void ladder_square(struct element *r, const struct element *a)
{
    square(r->v, a->v);
}

/* The fifth word is at most 121665. */
static inline void ladder_multiply_add(struct element *r, const struct element *a, const struct element *b)
{
    __asm__ volatile(
        "movl $121665, %%edx\n\t"
        "mulxq 0(%[a]), %%r8, %%r9\n\t"
        "mulxq 8(%[a]), %%rax, %%r10\n\t"
        "addq %%rax, %%r9\n\t"
        "mulxq 16(%[a]), %%rax, %%r11\n\t"
        "adcq %%rax, %%r10\n\t"
        "mulxq 24(%[a]), %%rax, %%rcx\n\t"
        "adcq %%rax, %%r11\n\t"
        "adcq $0, %%rcx\n\t"
        "addq 0(%[b]), %%r8\n\t"
        "adcq 8(%[b]), %%r9\n\t"
        "adcq 16(%[b]), %%r10\n\t"
        "adcq 24(%[b]), %%r11\n\t"
        "adcq $0, %%rcx\n\t"
        "imulq $38, %%rcx, %%rcx\n\t"
        "addq %%rcx, %%r8\n\t"
        "adcq $0, %%r9\n\t"
        "adcq $0, %%r10\n\t"
        "adcq $0, %%r11\n\t"
        "sbbq %%rax, %%rax\n\t"
        "andl $38, %%eax\n\t"
        "addq %%rax, %%r8\n\t"
        STORE
        :
        : [r] "r"(r), [a] "r"(a), [b] "r"(b)
        : "rax", "rcx", "rdx", "r8", "r9", "r10", "r11", "cc", "memory");
}

/* A barrier for each word: a loop on vectors would read what was just written in halves, and wait for it. */
static inline void ladder_swap_if(unsigned bit, struct element *a, struct element *b)
{
    for (int i = 0; i < 4; i++) {
        uint64_t t = ct_barrier64((uint64_t)0 - bit) & (a->v[i] ^ b->v[i]);
        a->v[i] ^= t;
        b->v[i] ^= t;
    }
}

#define LADDER_ELEMENT struct element
#include "software/kernels_x25519.h"

void x25519_ladder_adx(uint64_t x[4], uint64_t z[4], const uint8_t k[32], const uint64_t u[4])
{
    struct ladder l = { .x2 = { { 1 } }, .z3 = { { 1 } } };
    struct element base;
    memcpy(&base, u, sizeof base);
    l.x3 = base;
    ladder_climb(&l, k, &base);
    memcpy(x, &l.x2, sizeof l.x2);
    memcpy(z, &l.z2, sizeof l.z2);
    ZEROISE(l);
}

#endif
