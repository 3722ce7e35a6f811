/* SPDX-License-Identifier: Apache-2.0 */
/* What this library has: drivers, algorithms, what the CPU helps with, the store (psacrypto/diagnostics.h). */
#include "api/api.h"

#include "dispatch/driver_table.h"
#include "metadata/text.h"
#include "platform/platform.h"
#include "storage/storage.h"

#include <psacrypto/diagnostics.h>

/* ---- Algorithms and drivers ---- */

int psacrypto_supports(psa_key_location_t location, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    if (!library_is_open() || !algorithm_is_specific(alg)) {
        return 0;
    }
    if (PSA_ALG_IS_HASH(alg) || PSA_ALG_IS_XOF(alg)) {
        return type == PSA_KEY_TYPE_NONE && location == PSA_KEY_LOCATION_LOCAL_STORAGE && dispatch_has_algorithm(location, alg, type, 0);
    }
    return key_type_has_bits(type, bits) && algorithm_fits_key(alg, type, bits) && dispatch_has_algorithm(location, alg, type, bits);
}

const char *psacrypto_driver_name(uint32_t number, psa_key_location_t *location)
{
    const struct driver_slot *slot = library_is_open() ? driver_table_at(number) : NULL;
    *location = slot == NULL ? PSA_KEY_LOCATION_LOCAL_STORAGE : slot->location;
    return slot == NULL ? NULL : slot->driver->name != NULL ? slot->driver->name : "";
}

/* ---- The CPU ---- */

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

static const struct {
    uint32_t feature;
    const char *name;
} features[] = {
    { CPU_X86_AESNI, "aes-ni" },
    { CPU_X86_PCLMUL, "pclmul" },
    { CPU_X86_SHA, "sha" },
    { CPU_X86_AVX, "avx" },
    { CPU_X86_AVX2, "avx2" },
    { CPU_X86_BMI2, "bmi2" },
    { CPU_X86_ADX, "adx" },
    { CPU_X86_VAES, "vaes" },
    { CPU_X86_VPCLMUL, "vpclmul" },
    { CPU_X86_AVX512, "avx-512" },
    { CPU_X86_AVX512_IFMA, "avx-512-ifma" },
    { CPU_X86_GFNI, "gfni" },
};

static void put_features(struct text *text)
{
    uint32_t present = platform_cpu_features();
    for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++) {
        if ((present & features[i].feature) != 0) {
            text_string(text, text->length == 0 ? "" : " ");
            text_string(text, features[i].name);
        }
    }
}

#else

static void put_features(struct text *text)
{
    (void)text;
}

#endif

size_t psacrypto_cpu_text(char *text, size_t text_size)
{
    struct text names = text_in(text, text_size);
    put_features(&names);
    return names.length;
}

/* ---- The store ---- */

size_t psacrypto_store_text(char *text, size_t text_size)
{
    struct text place = text_in(text, text_size);
    if (reason_close(storage_open()) == PSA_SUCCESS) {
        const char *path = storage_path();
        text_string(&place, storage_store()->name);
        text_string(&place, path == NULL ? "" : ": ");
        text_string(&place, path == NULL ? "" : path);
    }
    return place.length;
}
