/* SPDX-License-Identifier: Apache-2.0 */
/* The groups of WPA3-SAE, in the order of their cost, with their tokens of a password, as an independent model computed them. */
#ifndef TESTS_DRIVERS_SOFTWARE_PAKE_SAE_GROUPS_H
#define TESTS_DRIVERS_SOFTWARE_PAKE_SAE_GROUPS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>

#include "groups.h"
#include "support/quick.h"

#define SSID "byteme"
#define PASSWORD "mekmitasdigoat"
#define IDENTIFIER "psk4internet"

struct sae_row {
    psa_pake_primitive_t group;
    psa_key_type_t type;
    uint16_t bits;
    uint16_t length; /* of a token */
    psa_algorithm_t hash;
    /* SHA-256, in hexadecimal, of the token with the identifier, of that without one, of that of pwd-values that are all 0. */
    const char *named, *unnamed, *zero;
};

#define TOKEN_MAX 1024u

static const struct sae_row sae_rows[] = {
    { ECC(SECP_R1, 256), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 256, 64, PSA_ALG_SHA_256,
      "968b3e4d5029fa795aceae6fb4cefd9a616c3ed8b64398122d6bb3e6f9d9d42e",
      "17c67de69d7aba972d7d10d66cfbb58d7530c76bb44ee848dd00834884a79e69",
      "3784bec70b54c9bfb19b39a38c29fc05600067f28a7017a7976df0c02d174141" },
    { ECC(SECP_R1, 384), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 384, 96, PSA_ALG_SHA_384,
      "68762028b4df81f0a610d6f8222b8faaf4854e3656b1e9f9abb58f98a53276a8",
      "1137f4fe99fb5e47b834254f05df9bf574c552efa62f1b816dbe4ee0c468318c",
      "137ad226554cf6af8c4d9fd4299432c6ec5bf0b6dbee85bca64eae2e148cbb39" },
    { ECC(SECP_R1, 521), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 521, 132, PSA_ALG_SHA_512,
      "79b222ef7770831cb51ed10b9962a51f6539076d37e691544f4c2102c2462485",
      "25626e5e9f9189bf8af9a781b7a66ec4e7803a6ce35c76c486b673694fc36530",
      "7bfe22f3a30742170e9b329c766cb2da0a2da312e1cf3cd3f90605808f663eec" },
    { ECC(BRAINPOOL_P_R1, 256), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 256, 64, PSA_ALG_SHA_256,
      "05c175ef30dd5e7f756b09e2d6bf6beeab7f1ad3719c343d0f1e8eec901bd463",
      "ef1b751af8c75de4b0ef192afb3af214032b41bcd1155890b49d93187ee7d37f",
      "339eff4c408fdf5219478d38406ee9a090cafa3a959794c169b8d7418292292d" },
    { ECC(BRAINPOOL_P_R1, 384), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 384, 96, PSA_ALG_SHA_384,
      "31b57d535c49eaf1fb227387d93ca390d31eadc6e24c2740b13500e798dbab91",
      "6950fa82b812ea23434f252672acdbc0c354f352bf90f737bc18d84d6b886528",
      "d917b9255922dcd7312757a6e178280f0b95ffe57fac4fff57f83b1618d6f32b" },
    { ECC(BRAINPOOL_P_R1, 512), PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 512, 128, PSA_ALG_SHA_512,
      "1835ebf40f4fb8fbdd7de53ba2558b1f432e233f196d233cdc7f26c71d4503d7",
      "3bdb750d79f69e524993fbd38caa03d6a991659c47ee1584a7a40ccdce95cffe",
      "ed0f056c280af050c4de622cd91f2d43d67d7aca6731db9c3f81ae7b3e1940d6" },
    { DH(RFC3526, 2048), PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 2048, 256, PSA_ALG_SHA_256,
      "5902e1a25b339b1318d4a12fac521657306842ce6c2e8f31bb64fe0dca8f8199",
      "0c440ff88c2b61a299e34f3f355b45eff7b68784a4e3b09c590e1c9801c3c8d0",
      "f28df1a76e0150b22b6a770bc3e555ddbf3145ec80adb4244a1c094a109c1c08" },
    { DH(RFC3526, 3072), PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 3072, 384, PSA_ALG_SHA_384,
      "3384f285a7623639a28c6b9da4ca43322fd16549e472637f5553ffc36e2fc636",
      "0988d317f55a6aa17611cf4fc8a1398a45dc5af914d6de256086667a7dc999fd",
      "3632f02966665963ad33ada36f3b991b01d8f3494d857dd42a9c1fd325d3f80e" },
    { DH(RFC3526, 4096), PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 4096, 512, PSA_ALG_SHA_512,
      "e66c90b1373317e9c0ce75a3d169422c54773ed450256dbb30112c883b77c748",
      "843e1f30b21c8586f62644b76b35802eb31bd11653f875479b885ddb095eb146",
      "b85247cd99000c97ad6d457b6f53ce7931eec8c7ee72fd604a69793c809158b7" },
    { DH(RFC3526, 6144), PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 6144, 768, PSA_ALG_SHA_512,
      "98300e932a9978da9054ba0050592849ceb2920f88839f26e30f26a7e00b9e9e",
      "06c2b6a1ee87dcbbabdc86d00c68ff2518ad42fb9adfae5b2c59f32a433bc7f2",
      "36c49cb8a9c6632c25b663a9eeaf3efcd930b7e73b529f3c494d402d26de1a5b" },
    { DH(RFC3526, 8192), PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 8192, 1024, PSA_ALG_SHA_512,
      "56f0913a5d27dd80e2731222644a3eb60b3f3755e4b57963d190745918c4a46b",
      "40fea91236574811bae95337f11248491b183f6b72569deadc5dd7c45f009d72",
      "798ffbf371cb6e965f5915822a200ed34234944f2d8901c0413a040591baa86f" },
};

#define SAE_ROWS (sizeof sae_rows / sizeof sae_rows[0])

/* Those that are tried: large fields take a second for each power. */
static inline size_t sae_rows_to_try(size_t most)
{
    size_t rows = quick() ? 3 : SAE_ROWS;
    return rows < most ? rows : most;
}

static inline psa_key_attributes_t sae_attributes(psa_key_type_t type, size_t bits, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT);
    return attributes;
}

static inline psa_key_id_t sae_password_key(const char *password)
{
    psa_key_attributes_t attributes = sae_attributes(PSA_KEY_TYPE_PASSWORD, 0, PSA_ALG_WPA3_SAE_ANY);
    psa_key_id_t key;
    assert_int_equal(psa_import_key(&attributes, (const uint8_t *)password, strlen(password), &key), PSA_SUCCESS);
    return key;
}

/* identifier may be NULL. */
static inline psa_status_t sae_token_of_key(psa_key_id_t *token, psa_key_id_t password_key, const struct sae_row *row,
                                            const char *ssid, const char *identifier)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_attributes_t attributes = sae_attributes(row->type, row->bits, PSA_ALG_WPA3_SAE_ANY);
    psa_status_t status = psa_key_derivation_setup(&operation, PSA_ALG_WPA3_SAE_H2E(row->hash));
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, (const uint8_t *)ssid, strlen(ssid));
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_PASSWORD, password_key);
    }
    if (status == PSA_SUCCESS && identifier != NULL) {
        status = psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, (const uint8_t *)identifier,
                                                strlen(identifier));
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_output_key(&attributes, &operation, token);
    }
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    return status;
}

static inline psa_status_t sae_derive_token(psa_key_id_t *token, const struct sae_row *row, const char *ssid, const char *password,
                                            const char *identifier)
{
    psa_key_id_t key = sae_password_key(password);
    psa_status_t status = sae_token_of_key(token, key, row, ssid, identifier);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    return status;
}

#endif
