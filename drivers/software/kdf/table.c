/* SPDX-License-Identifier: Apache-2.0 */
/* The key derivations of this build: a line per algorithm, its option and its row. */
#include "software/kdf/kdf.h"

#define KDFS(ROW) \
    ROW(PSA_WANT_ALG_HKDF, sw_kdf_hkdf) \
    ROW(PSA_WANT_ALG_HKDF_EXTRACT, sw_kdf_hkdf_extract) \
    ROW(PSA_WANT_ALG_HKDF_EXPAND, sw_kdf_hkdf_expand) \
    ROW(PSA_WANT_ALG_PBKDF2_HMAC, sw_kdf_pbkdf2_hmac) \
    ROW(PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128, sw_kdf_pbkdf2_aes_cmac_prf_128) \
    ROW(PSA_WANT_ALG_SP800_108_COUNTER_HMAC, sw_kdf_sp800_108_counter_hmac) \
    ROW(PSA_WANT_ALG_SP800_108_COUNTER_CMAC, sw_kdf_sp800_108_counter_cmac) \
    ROW(PSA_WANT_ALG_TLS12_PRF, sw_kdf_tls12_prf) \
    ROW(PSA_WANT_ALG_TLS12_PSK_TO_MS, sw_kdf_tls12_psk_to_ms) \
    ROW(PSA_WANT_ALG_TLS12_ECJPAKE_TO_PMS, sw_kdf_tls12_ecjpake_to_pms) \
    ROW(PSA_WANT_ALG_WPA3_SAE_H2E, sw_kdf_wpa3_sae_h2e)

/* An option is 0 or 1, and chooses between nothing and the entry. */
#define ENTRY(option, kdf) ENTRY_IF(option, kdf)
#define ENTRY_IF(option, kdf) ENTRY_IF_##option(kdf)
#define ENTRY_IF_0(kdf)
#define ENTRY_IF_1(kdf) &(kdf),
#define DECLARATION(option, kdf) extern const struct sw_kdf kdf;

KDFS(DECLARATION)

static const struct sw_kdf *const kdfs[] = {
    KDFS(ENTRY)
    NULL
};

/* HASH-TYPE, the low byte of an algorithm. */
#define PARAMETERS 0xffu

const struct sw_kdf *sw_kdf_find(psa_algorithm_t alg)
{
    for (size_t i = 0; kdfs[i] != NULL; i++) {
        if (kdfs[i]->base == (alg & ~PARAMETERS)) {
            return kdfs[i]->supports(alg) ? kdfs[i] : NULL;
        }
    }
    return NULL;
}
