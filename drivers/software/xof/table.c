/* SPDX-License-Identifier: Apache-2.0 */
/* The XOFs of this build: a line per algorithm, its option and its row. */
#include "software/xof/xof.h"

#define XOFS(ROW) \
    ROW(PSA_WANT_ALG_SHAKE128, sw_shake128) \
    ROW(PSA_WANT_ALG_SHAKE256, sw_shake256) \
    ROW(PSA_WANT_ALG_ASCON_XOF128, sw_ascon_xof128) \
    ROW(PSA_WANT_ALG_ASCON_CXOF128, sw_ascon_cxof128)

/* An option is 0 or 1, and chooses between nothing and the entry. */
#define ENTRY(option, xof) ENTRY_IF(option, xof)
#define ENTRY_IF(option, xof) ENTRY_IF_##option(xof)
#define ENTRY_IF_0(xof)
#define ENTRY_IF_1(xof) &(xof),
#define DECLARATION(option, xof) extern const struct sw_xof xof;

XOFS(DECLARATION)

static const struct sw_xof *const xofs[] = {
    XOFS(ENTRY)
    NULL
};

const struct sw_xof *sw_xof_find(psa_algorithm_t alg)
{
    for (size_t i = 0; xofs[i] != NULL; i++) {
        if (xofs[i]->alg == alg) {
            return xofs[i];
        }
    }
    return NULL;
}
