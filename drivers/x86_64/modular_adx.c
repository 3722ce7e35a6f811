/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Montgomery multiplication modulo long odd integers with MULX, ADCX and ADOX, by blocks of eight words: the eight words of a sum
 * that a block works on stay in r8 to r15, the lowest leaving for memory and a new highest coming in with each row.
 */
#include "software/kernels.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "util/ct.h"
#include "x86_64/modular.h"

#define BLOCK 8u /* words */

/* Eight words that all blocks in a row are multiplied by, and what the row carries from block to block. */
struct row {
    uint64_t words[BLOCK];
    uint64_t m_inverse;
    uint64_t carry; /* 0 or 1, eight words above where the next block begins */
};

/* What an instruction reads behind a pointer. */
struct words {
    uint64_t of[BLOCK];
};

/* w += a * factor from word i round to word i - 1. Word i, complete, goes to t[i], and is then the new word above the others. XOR makes
 * both carries 0. The sum of nine words is below 2^512 + 2^512 (2^64 - 1) = 2^576. */
#define ROW(i, factor) \
    __asm__("xorl %%eax, %%eax\n\t" \
            "mulxq 0(%[a]), %%rax, %%rcx\n\t" \
            "adcx %%rax, %[w0]\n\t" \
            "adox %%rcx, %[w1]\n\t" \
            "movq %[w0], %[out]\n\t" \
            "mulxq 8(%[a]), %%rax, %%rcx\n\t" \
            "adcx %%rax, %[w1]\n\t" \
            "adox %%rcx, %[w2]\n\t" \
            "mulxq 16(%[a]), %%rax, %%rcx\n\t" \
            "adcx %%rax, %[w2]\n\t" \
            "adox %%rcx, %[w3]\n\t" \
            "mulxq 24(%[a]), %%rax, %%rcx\n\t" \
            "adcx %%rax, %[w3]\n\t" \
            "adox %%rcx, %[w4]\n\t" \
            "mulxq 32(%[a]), %%rax, %%rcx\n\t" \
            "adcx %%rax, %[w4]\n\t" \
            "adox %%rcx, %[w5]\n\t" \
            "mulxq 40(%[a]), %%rax, %%rcx\n\t" \
            "adcx %%rax, %[w5]\n\t" \
            "adox %%rcx, %[w6]\n\t" \
            "mulxq 48(%[a]), %%rax, %%rcx\n\t" \
            "adcx %%rax, %[w6]\n\t" \
            "adox %%rcx, %[w7]\n\t" \
            "mulxq 56(%[a]), %%rax, %[w0]\n\t" \
            "adcx %%rax, %[w7]\n\t" \
            "movl $0, %%eax\n\t" \
            "adox %%rax, %[w0]\n\t" \
            "adcx %%rax, %[w0]\n\t" \
            : [w0] "+&r"(w[(i) % 8u]), [w1] "+&r"(w[((i) + 1u) % 8u]), [w2] "+&r"(w[((i) + 2u) % 8u]), \
              [w3] "+&r"(w[((i) + 3u) % 8u]), [w4] "+&r"(w[((i) + 4u) % 8u]), [w5] "+&r"(w[((i) + 5u) % 8u]), \
              [w6] "+&r"(w[((i) + 6u) % 8u]), [w7] "+&r"(w[((i) + 7u) % 8u]), [out] "=m"(t[i]) \
            : [a] "r"(a), "d"(factor), "m"(*(const struct words *)(const void *)a) \
            : "rax", "rcx", "cc")

static inline void load(uint64_t w[BLOCK], const uint64_t *t)
{
    for (size_t i = 0; i < BLOCK; i++) {
        w[i] = t[i];
    }
}

/* The upper half and the carry of the block before are added to what is there. */
static inline void add_upper(uint64_t *t, const uint64_t w[BLOCK], struct row *row)
{
    unsigned char carry = (unsigned char)row->carry;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned long long x;
        carry = _addcarry_u64(carry, w[i], t[BLOCK + i], &x);
        t[BLOCK + i] = x;
    }
    row->carry = carry;
}

/* Sixteen words of t += a block * the row. */
static inline void block(uint64_t *t, const uint64_t *a, struct row *row)
{
    uint64_t w[BLOCK];
    load(w, t);
    ROW(0, row->words[0]);
    ROW(1, row->words[1]);
    ROW(2, row->words[2]);
    ROW(3, row->words[3]);
    ROW(4, row->words[4]);
    ROW(5, row->words[5]);
    ROW(6, row->words[6]);
    ROW(7, row->words[7]);
    add_upper(t, w, row);
}

/* By the word that makes w[i] zero, which becomes one of the row. */
#define ROW_OF_MODULUS(i) \
    row->words[i] = w[i] * row->m_inverse; \
    ROW(i, row->words[i])

/* The same with the row that makes the lower eight words zero, for the lowest block of the modulus. */
static inline void block_of_modulus(uint64_t *t, const uint64_t *a, struct row *row)
{
    uint64_t w[BLOCK];
    load(w, t);
    ROW_OF_MODULUS(0);
    ROW_OF_MODULUS(1);
    ROW_OF_MODULUS(2);
    ROW_OF_MODULUS(3);
    ROW_OF_MODULUS(4);
    ROW_OF_MODULUS(5);
    ROW_OF_MODULUS(6);
    ROW_OF_MODULUS(7);
    add_upper(t, w, row);
}

/* t[0..count-1] += carry; what it carries is returned. */
static uint64_t carry_on(uint64_t *t, size_t count, uint64_t carry)
{
    for (size_t i = 0; i < count; i++) {
        unsigned long long x;
        carry = _addcarry_u64(0, t[i], carry, &x);
        t[i] = x;
    }
    return carry;
}

/* t = a b, of 2 n words. */
static void multiply(size_t n, uint64_t *t, const uint64_t *a, const uint64_t *b, struct row *row)
{
    memset(t, 0, 2u * n * sizeof *t);
    for (size_t i = 0; i < n; i += BLOCK) {
        memcpy(row->words, b + i, sizeof row->words);
        row->carry = 0; /* and at the end again: t is below 2^(64 (n + i + 8)) */
        for (size_t j = 0; j < n; j += BLOCK) {
            block(t + i + j, a + j, row);
        }
    }
}

/* t = 2 t + the square of each block of a in its place, which is below a^2: nothing is carried out. */
static void add_squares(size_t n, uint64_t *t, const uint64_t *a, struct row *row, uint64_t *square)
{
    unsigned char carry = 0;
    uint64_t above = 0; /* the bit that is shifted out of a word */
    for (size_t i = 0; i < n; i += BLOCK) {
        memset(square, 0, 2u * BLOCK * sizeof *square);
        memcpy(row->words, a + i, sizeof row->words);
        row->carry = 0;
        block(square, a + i, row);
        for (size_t j = 0; j < 2u * BLOCK; j++) {
            unsigned long long x;
            uint64_t word = t[2u * i + j];
            carry = _addcarry_u64(carry, (word << 1) | above, square[j], &x);
            t[2u * i + j] = x;
            above = word >> 63;
        }
    }
}

/* t = a^2: products of different blocks once, then twice, and the squares of blocks. */
static void multiply_itself(size_t n, uint64_t *t, const uint64_t *a, struct row *row, uint64_t *square)
{
    memset(t, 0, 2u * n * sizeof *t);
    for (size_t i = 0; i + BLOCK < n; i += BLOCK) {
        memcpy(row->words, a + i, sizeof row->words);
        row->carry = 0;
        for (size_t j = i + BLOCK; j < n; j += BLOCK) {
            block(t + i + j, a + j, row);
        }
    }
    add_squares(n, t, a, row, square);
}

/* The upper half of t += q m / 2^(64 n), for the q that makes the lower half zero. t < 2^(64 n) m before, and q < 2^(64 n), so that a bit
 * above t is enough; it is returned. */
static uint64_t reduce(size_t n, uint64_t *t, const uint64_t *m, struct row *row)
{
    uint64_t top = 0;
    for (size_t i = 0; i < n; i += BLOCK) {
        row->carry = 0;
        block_of_modulus(t + i, m, row);
        for (size_t j = BLOCK; j < n; j += BLOCK) {
            block(t + i + j, m + j, row);
        }
        top += carry_on(t + i + n + BLOCK, n - i - BLOCK, row->carry);
    }
    return top;
}

/* r = top 2^(64 n) + a - m if that is not negative, else a. As limbs_reduce_in() is. */
static void subtract_once(size_t n, uint64_t *t, uint64_t *r, uint64_t top, const uint64_t *a, const uint64_t *m)
{
    unsigned char borrow = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned long long x;
        borrow = _subborrow_u64(borrow, a[i], m[i], &x);
        t[i] = x;
    }
    uint64_t mask = ct_barrier64((uint64_t)0 - (borrow & (top ^ 1u)));
    for (size_t i = 0; i < n; i++) {
        r[i] = (a[i] & mask) | (t[i] & ~mask);
    }
}

void modular_multiply_adx(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m, uint64_t m_inverse,
                          uint64_t *t)
{
    struct row *row = (struct row *)(void *)(t + 2u * n);
    if (n % BLOCK != 0) {
        modular_multiply_portable(n, r, a, b, m, m_inverse, t);
        return;
    }
    row->m_inverse = m_inverse;
    multiply(n, t, a, b, row);
    uint64_t top = reduce(n, t, m, row);
    subtract_once(n, t, r, top, t + n, m);
}

/* From here on half the products less are worth more than to double the others. */
#define SQUARE_MIN 24u

void modular_square_adx(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *m, uint64_t m_inverse, uint64_t *t)
{
    struct row *row = (struct row *)(void *)(t + 2u * n);
    if (n % BLOCK != 0 || n < SQUARE_MIN) {
        modular_multiply_adx(n, r, a, a, m, m_inverse, t);
        return;
    }
    row->m_inverse = m_inverse;
    multiply_itself(n, t, a, row, t + 2u * n + sizeof *row / sizeof *t);
    uint64_t top = reduce(n, t, m, row);
    subtract_once(n, t, r, top, t + n, m);
}

#endif
