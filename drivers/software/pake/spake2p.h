/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Groups and keys of SPAKE2+ (RFC 9383).
 *
 * A key pair is w0 and w1, a public key w0 and L = w1 P, each in the format of the curve's own keys. On Edwards curves that is
 * what RFC 8032 does with integers: little-endian, as long as a private key. Where RFC 9383 hashes w0 it is big-endian and as
 * long as the order on all curves, as RFC 9382, 3.3, has it, since it does not say otherwise.
 */
#ifndef SOFTWARE_PAKE_SPAKE2P_H
#define SOFTWARE_PAKE_SPAKE2P_H

#include "software/pake/group.h"

#define SW_HAS_SPAKE2P_KEYS (PSA_WANT_KEY_TYPE_SPAKE2P_KEY_PAIR | PSA_WANT_KEY_TYPE_SPAKE2P_PUBLIC_KEY)
#define SW_HAS_SPAKE2P (PSA_WANT_ALG_SPAKE2P_HMAC | PSA_WANT_ALG_SPAKE2P_CMAC | PSA_WANT_ALG_SPAKE2P_MATTER)

struct sw_spake2p_group {
    struct sw_group group;
    const uint8_t *m, *n; /* elements */
};

/* PSA_ERROR_NOT_SUPPORTED for a curve that this build or SPAKE2+ does not have. */
psa_status_t sw_spake2p_find(struct sw_spake2p_group *group, psa_ecc_family_t family, size_t bits);

/* Bytes of w0 and of w1 in a key. */
static inline size_t sw_spake2p_scalar_length(const struct sw_group *group)
{
    return group->curve->order_length;
}

/* scalar: as group.h has it; formatted: as a key has it, and in range. */
void sw_spake2p_read_scalar(const struct sw_group *group, uint8_t *scalar, const uint8_t *formatted);

/* L of a key of either type, whose bytes are right. */
psa_status_t sw_spake2p_read_l(const struct sw_group *group, uint8_t *l, const struct psacrypto_key *key);

#endif
