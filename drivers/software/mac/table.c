/* SPDX-License-Identifier: Apache-2.0 */
/* The MACs of this build: a line per algorithm, its option and its row. */
#include "software/mac/mac.h"

#define MACS(ROW) \
    ROW(PSA_WANT_ALG_HMAC, sw_mac_hmac) \
    ROW(PSA_WANT_ALG_CMAC, sw_mac_cmac) \
    ROW(PSA_WANT_ALG_CBC_MAC, sw_mac_cbc_mac) \
    ROW(PSA_WANT_ALG_BLAKE2_MAC, sw_mac_blake2)

/* An option is 0 or 1, and chooses between nothing and the entry. */
#define ENTRY(option, mac) ENTRY_IF(option, mac)
#define ENTRY_IF(option, mac) ENTRY_IF_##option(mac)
#define ENTRY_IF_0(mac)
#define ENTRY_IF_1(mac) &(mac),
#define DECLARATION(option, mac) extern const struct sw_mac mac;

MACS(DECLARATION)

static const struct sw_mac *const macs[] = {
    MACS(ENTRY)
    NULL
};

/* What PSA_ALG_TRUNCATED_MAC() sets, and HASH-TYPE. The bit of wildcards stays: they are no algorithm. */
#define PARAMETERS 0x003f00ffu

const struct sw_mac *sw_mac_find(psa_algorithm_t alg)
{
    for (size_t i = 0; macs[i] != NULL; i++) {
        if (macs[i]->base == (alg & ~PARAMETERS)) {
            return macs[i];
        }
    }
    return NULL;
}
