/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel_choice.h"

#include "platform/platform.h"
#include "software/kernels.h"

#define ALL 0xffffffffu

static const struct {
    const char *name;
    uint32_t features;
} choices[] = {
    {"portable", 0},
    {"x86-64 of 2010", CPU_X86_SSSE3 | CPU_X86_SSE41 | CPU_X86_AESNI | CPU_X86_PCLMUL},
    {"x86-64 with SHA", CPU_X86_SSSE3 | CPU_X86_SSE41 | CPU_X86_AESNI | CPU_X86_PCLMUL | CPU_X86_SHA},
    /* most of the first of these have no SHA extensions */
    {"x86-64 with AVX2", CPU_X86_SSSE3 | CPU_X86_SSE41 | CPU_X86_AESNI | CPU_X86_PCLMUL | CPU_X86_AVX |
                         CPU_X86_AVX2 | CPU_X86_BMI1 | CPU_X86_BMI2 | CPU_X86_ADX},
    {"x86-64 with VAES", CPU_X86_SSSE3 | CPU_X86_SSE41 | CPU_X86_AESNI | CPU_X86_PCLMUL | CPU_X86_SHA | CPU_X86_AVX |
                         CPU_X86_AVX2 | CPU_X86_BMI1 | CPU_X86_BMI2 | CPU_X86_ADX | CPU_X86_VAES | CPU_X86_VPCLMUL | CPU_X86_GFNI},
    {"all that the CPU has", ALL},
};

#define CHOICES (sizeof choices / sizeof choices[0])

/* Indices of the choices that differ on this CPU. */
static size_t different[CHOICES];
static size_t different_count;
static const char *name = "all that the CPU has";

static void find_different(void)
{
    uint32_t before = 0;

    for (size_t i = 0; i < CHOICES; i++) {
        platform_cpu_mask(choices[i].features);
        uint32_t features = platform_cpu_features();
        if (i == 0 || features != before) {
            different[different_count++] = i;
        }
        before = features;
    }
}

static void use(size_t choice)
{
    platform_cpu_mask(choices[choice].features);
    sw_kernels_init();
    name = choices[choice].name;
}

bool kernel_choice(size_t i)
{
    if (different_count == 0) {
        find_different();
    }
    use(i < different_count ? different[i] : CHOICES - 1);
    return i < different_count;
}

/* A bit that no feature has. */
#define NOTHING 0x80000000u

/* What makes a difference to keys of this type; 0: all does. */
static uint32_t features_for(psa_key_type_t type)
{
    switch (type) {
    case PSA_KEY_TYPE_ARIA:
    case PSA_KEY_TYPE_CAMELLIA:
    case PSA_KEY_TYPE_SM4:
        return CPU_X86_AESNI | CPU_X86_AVX2 | CPU_X86_GFNI | CPU_X86_AVX512;
    case PSA_KEY_TYPE_DES:
        return NOTHING; /* no kernels */
    default:
        return 0;
    }
}

static uint32_t features_of(size_t choice)
{
    platform_cpu_mask(choices[choice].features);
    return platform_cpu_features();
}

bool kernel_choice_of(size_t i, psa_key_type_t type)
{
    const uint32_t wanted = features_for(type);

    if (wanted == 0 || i == 0) {
        return kernel_choice(i);
    }
    size_t j = 1;
    for (; j < different_count; j++) {
        if (((features_of(different[j]) ^ features_of(different[j - 1])) & wanted) != 0 && --i == 0) {
            break;
        }
    }
    return kernel_choice(j);
}

const char *kernel_choice_name(void)
{
    return name;
}
