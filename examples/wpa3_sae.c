/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A station and an access point that know one password come to a pairwise master key: WPA3-SAE by hash-to-element (IEEE
 * 802.11-2020, 12.4). Both sides are here in one program; the four messages would be Authentication frames.
 *
 *     cc wpa3_sae.c $(pkg-config --cflags --libs psacrypto) -o wpa3_sae   (installed)
 *     cc -Iinclude examples/wpa3_sae.c build/libpsacrypto.a -o wpa3_sae   (from the source tree)
 */
#include <stdio.h>
#include <string.h>

#include <psa/crypto.h>

/* Group 19: P-256, which goes with SHA-256. */
#define ALG PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256)
#define GROUP PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256)
#define TOKEN PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1)

/* Ends the program where something fails: with another password, at the confirmation. */
#define TRY(call)                                                     \
    do {                                                              \
        psa_status_t status_ = (call);                                \
        if (status_ != PSA_SUCCESS) {                                 \
            fprintf(stderr, "%s: status %d\n", #call, (int)status_);  \
            return 1;                                                 \
        }                                                             \
    } while (0)

static const uint8_t station[6] = { 0x02, 0, 0, 0, 0, 1 }, access_point[6] = { 0x02, 0, 0, 0, 0, 2 };

/* Once, where the network is configured. The token is as secret as the password. */
static int make_token(const char *ssid, const char *password, psa_key_id_t *token)
{
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_attributes_t of_password = PSA_KEY_ATTRIBUTES_INIT, of_token = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&of_password, PSA_KEY_TYPE_PASSWORD);
    psa_set_key_algorithm(&of_password, PSA_ALG_WPA3_SAE_ANY);
    psa_set_key_usage_flags(&of_password, PSA_KEY_USAGE_DERIVE);
    psa_set_key_type(&of_token, TOKEN);
    psa_set_key_bits(&of_token, 256);
    psa_set_key_algorithm(&of_token, ALG);
    psa_set_key_usage_flags(&of_token, PSA_KEY_USAGE_DERIVE);
    TRY(psa_import_key(&of_password, (const uint8_t *)password, strlen(password), &key));
    TRY(psa_key_derivation_setup(&derivation, PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_256)));
    TRY(psa_key_derivation_input_bytes(&derivation, PSA_KEY_DERIVATION_INPUT_SALT, (const uint8_t *)ssid, strlen(ssid)));
    TRY(psa_key_derivation_input_key(&derivation, PSA_KEY_DERIVATION_INPUT_PASSWORD, key));
    TRY(psa_key_derivation_output_key(&of_token, &derivation, token));
    TRY(psa_key_derivation_abort(&derivation));
    return psa_destroy_key(key) == PSA_SUCCESS ? 0 : 1;
}

static int start(psa_pake_operation_t *operation, psa_key_id_t token, const uint8_t *self, const uint8_t *peer)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, ALG);
    psa_pake_cs_set_primitive(&suite, GROUP);
    TRY(psa_pake_setup(operation, token, &suite));
    TRY(psa_pake_set_user(operation, self, 6));
    TRY(psa_pake_set_peer(operation, peer, 6));
    return 0;
}

/* One message. The receiver checks it. */
static int send(psa_pake_operation_t *from, psa_pake_operation_t *to, psa_pake_step_t step)
{
    uint8_t message[PSA_PAKE_OUTPUT_SIZE(ALG, GROUP, PSA_PAKE_STEP_COMMIT)]; /* the longest */
    size_t length;
    TRY(psa_pake_output(from, step, message, sizeof(message), &length));
    TRY(psa_pake_input(to, step, message, length));
    return 0;
}

/* No group was rejected on the way here; the first confirmation of each side. */
static int prepare_confirmation(psa_pake_operation_t *operation)
{
    static const uint8_t count[2] = { 1, 0 };
    TRY(psa_pake_input(operation, PSA_PAKE_STEP_SALT, NULL, 0));
    TRY(psa_pake_input(operation, PSA_PAKE_STEP_CONFIRM_COUNT, count, sizeof(count)));
    return 0;
}

/* The master key stays in the library; its identifier, the PMKID, is for the frames that follow. */
static int finish(psa_pake_operation_t *operation, const char *self, uint8_t id[16])
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t master;
    size_t length;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    psa_set_key_algorithm(&attributes, PSA_ALG_HKDF(PSA_ALG_SHA_256));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE);
    TRY(psa_pake_output(operation, PSA_PAKE_STEP_KEY_ID, id, 16, &length));
    TRY(psa_pake_get_shared_key(operation, &attributes, &master));
    printf("%s: key ", self);
    for (size_t i = 0; i < length; i++) {
        printf("%02x", id[i]);
    }
    printf("\n");
    return psa_destroy_key(master) == PSA_SUCCESS ? 0 : 1;
}

int main(int argc, char **argv)
{
    psa_pake_operation_t a = PSA_PAKE_OPERATION_INIT, b = PSA_PAKE_OPERATION_INIT;
    psa_key_id_t tokens[2];
    uint8_t ids[2][16];
    TRY(psa_crypto_init());
    if (make_token("a network", argc > 1 ? argv[1] : "correct horse", &tokens[0]) != 0 ||
        make_token("a network", argc > 2 ? argv[2] : "correct horse", &tokens[1]) != 0 ||
        start(&a, tokens[0], station, access_point) != 0 || start(&b, tokens[1], access_point, station) != 0 ||
        send(&a, &b, PSA_PAKE_STEP_COMMIT) != 0 || send(&b, &a, PSA_PAKE_STEP_COMMIT) != 0 || prepare_confirmation(&a) != 0 ||
        prepare_confirmation(&b) != 0 || send(&a, &b, PSA_PAKE_STEP_CONFIRM) != 0 || send(&b, &a, PSA_PAKE_STEP_CONFIRM) != 0 ||
        finish(&a, "station     ", ids[0]) != 0 || finish(&b, "access point", ids[1]) != 0) {
        return 1;
    }
    return memcmp(ids[0], ids[1], sizeof(ids[0])) != 0;
}
