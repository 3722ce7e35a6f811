/* SPDX-License-Identifier: Apache-2.0 */
/* The features of the CPU beside what Linux says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"

/* platform/cpu.c looks on x86-64; a 32-bit program on such a CPU uses no kernels. */
#if defined(__x86_64__)
#define LOOKS 1
#else
#define LOOKS 0
#endif

static const struct {
    uint32_t feature;
    const char *flags; /* of /proc/cpuinfo, all of them */
} names[] = {
    { CPU_X86_AESNI, "aes" },
    { CPU_X86_PCLMUL, "pclmulqdq" },
    { CPU_X86_SSSE3, "ssse3" },
    { CPU_X86_SSE41, "sse4_1" },
    { CPU_X86_SHA, "sha_ni" },
    { CPU_X86_AVX, "avx" },
    { CPU_X86_AVX2, "avx2" },
    { CPU_X86_BMI1, "bmi1" },
    { CPU_X86_BMI2, "bmi2" },
    { CPU_X86_ADX, "adx" },
    { CPU_X86_VAES, "vaes" },
    { CPU_X86_VPCLMUL, "vpclmulqdq" },
    { CPU_X86_AVX512, "avx512f avx512bw avx512dq avx512vl" },
    { CPU_X86_AVX512_VBMI, "avx512vbmi" },
    { CPU_X86_AVX512_IFMA, "avx512ifma" },
    { CPU_X86_GFNI, "gfni" },
};

/* " flag flag ... flag " of the first CPU; empty where there is none of it. */
static void read_flags(char *flags, size_t size)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[8192];

    flags[0] = 0;
    while (file != NULL && flags[0] == 0 && fgets(line, sizeof(line), file) != NULL) {
        if (strncmp(line, "flags", 5) == 0 && strchr(line, ':') != NULL) {
            line[strcspn(line, "\n")] = 0;
            snprintf(flags, size, "%s ", strchr(line, ':') + 1);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

static int listed(const char *flags, const char *wanted)
{
    char copy[80];

    snprintf(copy, sizeof(copy), "%s", wanted);
    for (char *flag = strtok(copy, " "); flag != NULL; flag = strtok(NULL, " ")) {
        char word[40];
        snprintf(word, sizeof(word), " %s ", flag);
        if (strstr(flags, word) == NULL) {
            return 0;
        }
    }
    return 1;
}

/* Valgrind's CPU has less than the one below it. */
static int on_the_cpu_itself(void)
{
    const char *preload = getenv("LD_PRELOAD");

    return LOOKS && (preload == NULL || strstr(preload, "vgpreload") == NULL);
}

static void features_are_those_of_the_system(void **state)
{
    static char flags[8192];
    const uint32_t features = platform_cpu_features();

    (void)state;
    read_flags(flags, sizeof(flags));
    if (flags[0] == 0) {
        print_message("the system does not list the features of this CPU\n");
        skip();
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const int reported = (features & names[i].feature) != 0;
        if (reported && !listed(flags, names[i].flags)) {
            fail_msg("%s is reported, and Linux does not know it", names[i].flags);
        }
        if (!reported && listed(flags, names[i].flags) && on_the_cpu_itself()) {
            fail_msg("%s is not reported, and Linux knows it", names[i].flags);
        }
    }
}

static void mask_takes_away(void **state)
{
    const uint32_t all = platform_cpu_features();

    (void)state;
    platform_cpu_mask(0);
    assert_int_equal(platform_cpu_features(), 0);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        platform_cpu_mask(bit);
        assert_int_equal(platform_cpu_features(), all & bit);
    }
    platform_cpu_mask(0xFFFFFFFFu);
    assert_int_equal(platform_cpu_features(), all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_are_those_of_the_system),
        cmocka_unit_test(mask_takes_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
