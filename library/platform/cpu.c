/* SPDX-License-Identifier: Apache-2.0 */
/* What the CPU can do beyond what the compiler was told. */
#include "platform/platform.h"

static uint32_t mask = 0xFFFFFFFFu;

#if defined(__x86_64__) && defined(__GNUC__)

#include <cpuid.h>

/* A bit of a CPUID register and the feature it stands for. */
struct feature {
    uint8_t leaf_7;      /* else leaf 1 */
    uint8_t bit;
    uint8_t state;       /* what the operating system must save: see below */
    enum { EBX, ECX } in;
    uint32_t feature;
};

/* Bits of XCR0: SSE and AVX (ymm); with them opmask and the upper halves of zmm. */
enum { STATE_SSE = 0, STATE_YMM = 0x06, STATE_ZMM = 0xE6 };

static const struct feature table[] = {
    { 0, 1, STATE_SSE, ECX, CPU_X86_PCLMUL },
    { 0, 9, STATE_SSE, ECX, CPU_X86_SSSE3 },
    { 0, 19, STATE_SSE, ECX, CPU_X86_SSE41 },
    { 0, 25, STATE_SSE, ECX, CPU_X86_AESNI },
    { 0, 28, STATE_YMM, ECX, CPU_X86_AVX },
    { 1, 5, STATE_YMM, EBX, CPU_X86_AVX2 },
    { 1, 3, STATE_SSE, EBX, CPU_X86_BMI1 },
    { 1, 8, STATE_SSE, EBX, CPU_X86_BMI2 },
    { 1, 19, STATE_SSE, EBX, CPU_X86_ADX },
    { 1, 29, STATE_SSE, EBX, CPU_X86_SHA },
    { 1, 21, STATE_ZMM, EBX, CPU_X86_AVX512_IFMA },
    { 1, 1, STATE_ZMM, ECX, CPU_X86_AVX512_VBMI },
    { 1, 8, STATE_SSE, ECX, CPU_X86_GFNI },
    { 1, 9, STATE_YMM, ECX, CPU_X86_VAES },
    { 1, 10, STATE_YMM, ECX, CPU_X86_VPCLMUL },
};

/* CPU_X86_AVX512 takes all four: F, DQ, BW, VL. */
#define AVX512_BITS (1u << 16 | 1u << 17 | 1u << 30 | 1u << 31)

/* XCR0; 0 where the operating system has not enabled XGETBV (OSXSAVE). */
static uint32_t saved_state(uint32_t leaf_1_ecx)
{
    uint32_t low, high;

    if ((leaf_1_ecx >> 27 & 1u) == 0) {
        return 0;
    }
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

static uint32_t detect(void)
{
    uint32_t eax, ebx, ecx, edx;
    uint32_t one[2] = { 0, 0 }, seven[2] = { 0, 0 };
    uint32_t features = 0;

    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx)) {
        one[ECX] = ecx;
    }
    if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
        seven[EBX] = ebx;
        seven[ECX] = ecx;
    }
    const uint32_t saved = saved_state(one[ECX]);
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        const uint32_t word = (table[i].leaf_7 ? seven : one)[table[i].in];
        if ((word >> table[i].bit & 1u) != 0 && (saved & table[i].state) == table[i].state) {
            features |= table[i].feature;
        }
    }
    if ((seven[EBX] & AVX512_BITS) == AVX512_BITS && (saved & STATE_ZMM) == STATE_ZMM) {
        features |= CPU_X86_AVX512;
    }
    return features;
}

#else

static uint32_t detect(void)
{
    return 0;
}

#endif

uint32_t platform_cpu_features(void)
{
    return detect() & mask;
}

void platform_cpu_mask(uint32_t features)
{
    mask = features;
}
