/* SPDX-License-Identifier: Apache-2.0 */
#include <psacrypto/config.h>

#include "software/math/ecp_parameters.h"

#if PSA_WANT_ECC_BRAINPOOL_P_R1_160
/* RFC 5639, 3.1 */
static const struct math_ecp_parameters brainpoolp160r1 = {
    .p = "e95e4a5f737059dc60dfc7ad95b3d8139515620f",
    .a = "340e7be2a280eb74e2be61bada745d97e8f7c300",
    .b = "1e589a8595423412134faa2dbdec95c8d8675e58",
    .gx = "bed5af16ea3f6a4f62938c4631eb5af7bdbcdbc3",
    .gy = "1667cb477a1a8ec338f94741669c976316da6321",
    .n = "e95e4a5f737059dc60df5991d45029409e60fc09",
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_192
/* RFC 5639, 3.2 */
static const struct math_ecp_parameters brainpoolp192r1 = {
    .p = "c302f41d932a36cda7a3463093d18db78fce476de1a86297",
    .a = "6a91174076b1e0e19c39c031fe8685c1cae040e5c69a28ef",
    .b = "469a28ef7c28cca3dc721d044f4496bcca7ef4146fbf25c9",
    .gx = "c0a0647eaab6a48753b033c56cb0f0900a2f5c4853375fd6",
    .gy = "14b690866abd5bb88b5f4828c1490002e6773fa2fa299b8f",
    .n = "c302f41d932a36cda7a3462f9e9e916b5be8f1029ac4acc1",
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_224
/* RFC 5639, 3.3 */
static const struct math_ecp_parameters brainpoolp224r1 = {
    .p = "d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
    .a = "68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43",
    .b = "2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b",
    .gx = "0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d",
    .gy = "58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd",
    .n = "d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f",
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_320
/* RFC 5639, 3.5 */
static const struct math_ecp_parameters brainpoolp320r1 = {
    .p = "d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27",
    .a = "3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4",
    .b = "520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6",
    .gx = "43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611",
    .gy = "14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1",
    .n = "d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311",
};
#endif

#if PSA_WANT_ECC_FRP_256
/* FRP256v1: ANSSI, JORF no. 241 of 16 October 2011 */
static const struct math_ecp_parameters frp256v1 = {
    .p = "f1fd178c0b3ad58f10126de8ce42435b3961adbcabc8ca6de8fcf353d86e9c03",
    .a = "f1fd178c0b3ad58f10126de8ce42435b3961adbcabc8ca6de8fcf353d86e9c00",
    .b = "ee353fca5428a9300d4aba754a44c00fdfec0c9ae4b1a1803075ed967b7bb73f",
    .gx = "b6b3d4c356c139eb31183d4749d423958c27d2dcaf98b70164c97a2dd98f5cff",
    .gy = "6142e0f7c8b204911f9271f0f3ecef8c2701c307e8e4c9e183115a1554062cfb",
    .n = "f1fd178c0b3ad58f10126de8ce42435b53dc67e140d2bf941ffdd459c6d655e1",
};
#endif

struct row {
    psa_ecc_family_t family;
    uint16_t bits;
    const struct math_ecp_parameters *parameters;
};

static const struct row rows[] = {
#if PSA_WANT_ECC_BRAINPOOL_P_R1_160
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, &brainpoolp160r1 },
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_192
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192, &brainpoolp192r1 },
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_224
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224, &brainpoolp224r1 },
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_320
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, &brainpoolp320r1 },
#endif
#if PSA_WANT_ECC_FRP_256
    { PSA_ECC_FAMILY_FRP, 256, &frp256v1 },
#endif
    { 0, 0, NULL }, /* ends the table, which is never empty */
};

const struct math_ecp_parameters *math_ecp_parameters_find(psa_ecc_family_t family, size_t bits)
{
    const struct row *row = rows;
    while (row->parameters != NULL && (row->family != family || row->bits != bits)) {
        row++;
    }
    return row->parameters;
}
