/* SPDX-License-Identifier: Apache-2.0 */
/* The groups that PAKEs can use, in the order of their cost. */
#ifndef TESTS_DRIVERS_SOFTWARE_PAKE_GROUPS_H
#define TESTS_DRIVERS_SOFTWARE_PAKE_GROUPS_H

#include "software/pake/group.h"

#define ECC(family, bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_##family, bits)
#define DH(family, bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_DH_FAMILY_##family, bits)

static const psa_pake_primitive_t curve_groups[] = {
    ECC(SECP_R1, 256), ECC(TWISTED_EDWARDS, 255), ECC(TWISTED_EDWARDS, 448),
    ECC(SECP_R1, 192), ECC(SECP_R1, 224), ECC(SECP_R1, 384), ECC(SECP_R1, 521),
    ECC(SECP_K1, 192), ECC(SECP_K1, 225), ECC(SECP_K1, 256),
    ECC(BRAINPOOL_P_R1, 160), ECC(BRAINPOOL_P_R1, 192), ECC(BRAINPOOL_P_R1, 224), ECC(BRAINPOOL_P_R1, 256),
    ECC(BRAINPOOL_P_R1, 320), ECC(BRAINPOOL_P_R1, 384), ECC(BRAINPOOL_P_R1, 512), ECC(FRP, 256),
};

static const psa_pake_primitive_t field_groups[] = {
    DH(RFC7919, 2048), DH(RFC3526, 2048), DH(RFC7919, 3072), DH(RFC3526, 3072), DH(RFC7919, 4096),
    DH(RFC3526, 4096), DH(RFC7919, 6144), DH(RFC3526, 6144), DH(RFC7919, 8192), DH(RFC3526, 8192),
};

#define CURVE_GROUPS (sizeof curve_groups / sizeof curve_groups[0])
#define FIELD_GROUPS (sizeof field_groups / sizeof field_groups[0])

#endif
