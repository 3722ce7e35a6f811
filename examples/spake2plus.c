/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two devices that share a setup code come to a key that nobody else knows, however short the code: SPAKE2+ (RFC 9383). Both
 * sides are here in one program; the four messages would go over the network.
 *
 *     cc spake2plus.c $(pkg-config --cflags --libs psacrypto) -o spake2plus   (installed)
 *     cc -Iinclude examples/spake2plus.c build/libpsacrypto.a -o spake2plus   (from the source tree)
 */
#include <stdio.h>
#include <string.h>

#include <psa/crypto.h>

#define ALG PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256)
#define GROUP PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256)
#define PAIR PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define VERIFIER PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)

/* Ends the program where something fails: with another code, at the confirmation. */
#define TRY(call)                                                     \
    do {                                                              \
        psa_status_t status_ = (call);                                \
        if (status_ != PSA_SUCCESS) {                                 \
            fprintf(stderr, "%s: status %d\n", #call, (int)status_);  \
            return 1;                                                 \
        }                                                             \
    } while (0)

static psa_key_attributes_t attributes_of(psa_key_type_t type, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, PSA_KEY_TYPE_IS_SPAKE2P(type) ? 256 : 0);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    return attributes;
}

/* Registration: the code is stretched into the client's key, which is as secret as the code. */
static int make_client_key(const char *code, psa_key_id_t *key)
{
    static const uint8_t salt[] = "a random salt, known to both";
    psa_key_attributes_t of_code = attributes_of(PSA_KEY_TYPE_PASSWORD, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), PSA_KEY_USAGE_DERIVE);
    psa_key_attributes_t of_pair = attributes_of(PAIR, ALG, PSA_KEY_USAGE_DERIVE);
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t password;
    TRY(psa_import_key(&of_code, (const uint8_t *)code, strlen(code), &password));
    TRY(psa_key_derivation_setup(&derivation, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)));
    TRY(psa_key_derivation_input_integer(&derivation, PSA_KEY_DERIVATION_INPUT_COST, 100000));
    TRY(psa_key_derivation_input_bytes(&derivation, PSA_KEY_DERIVATION_INPUT_SALT, salt, sizeof(salt)));
    TRY(psa_key_derivation_input_key(&derivation, PSA_KEY_DERIVATION_INPUT_PASSWORD, password));
    TRY(psa_key_derivation_output_key(&of_pair, &derivation, key));
    TRY(psa_key_derivation_abort(&derivation));
    return psa_destroy_key(password) == PSA_SUCCESS ? 0 : 1;
}

/* What the server keeps cannot stand in for the client. */
static int make_server_key(psa_key_id_t client, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = attributes_of(VERIFIER, ALG, PSA_KEY_USAGE_DERIVE);
    uint8_t record[PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PAIR, 256)];
    size_t length;
    TRY(psa_export_public_key(client, record, sizeof(record), &length));
    TRY(psa_import_key(&attributes, record, length, key));
    return 0;
}

static int start(psa_pake_operation_t *operation, psa_key_id_t key, psa_pake_role_t role, const char *self, const char *peer)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, ALG);
    psa_pake_cs_set_primitive(&suite, GROUP);
    TRY(psa_pake_setup(operation, key, &suite));
    TRY(psa_pake_set_role(operation, role));
    TRY(psa_pake_set_user(operation, (const uint8_t *)self, strlen(self)));
    TRY(psa_pake_set_peer(operation, (const uint8_t *)peer, strlen(peer)));
    TRY(psa_pake_set_context(operation, (const uint8_t *)"pairing, version 1", 18));
    return 0;
}

/* One message. The receiver checks it. */
static int send(psa_pake_operation_t *from, psa_pake_operation_t *to, psa_pake_step_t step)
{
    uint8_t message[PSA_PAKE_OUTPUT_SIZE(ALG, GROUP, PSA_PAKE_STEP_KEY_SHARE)]; /* the longest */
    size_t length;
    TRY(psa_pake_output(from, step, message, sizeof(message), &length));
    TRY(psa_pake_input(to, step, message, length));
    return 0;
}

static int exchange(psa_pake_operation_t *client, psa_pake_operation_t *server)
{
    return send(client, server, PSA_PAKE_STEP_KEY_SHARE) || send(server, client, PSA_PAKE_STEP_KEY_SHARE) ||
           send(server, client, PSA_PAKE_STEP_CONFIRM) || send(client, server, PSA_PAKE_STEP_CONFIRM);
}

/* The shared key is for deriving others from; here one that is shown, which no real program does. */
static int finish(psa_pake_operation_t *operation, const char *self, uint8_t *output, size_t output_length)
{
    psa_key_attributes_t attributes = attributes_of(PSA_KEY_TYPE_DERIVE, PSA_ALG_HKDF(PSA_ALG_SHA_256), PSA_KEY_USAGE_DERIVE);
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t shared;
    TRY(psa_pake_get_shared_key(operation, &attributes, &shared));
    TRY(psa_key_derivation_setup(&derivation, PSA_ALG_HKDF(PSA_ALG_SHA_256)));
    TRY(psa_key_derivation_input_key(&derivation, PSA_KEY_DERIVATION_INPUT_SECRET, shared));
    TRY(psa_key_derivation_input_bytes(&derivation, PSA_KEY_DERIVATION_INPUT_INFO, (const uint8_t *)"session", 7));
    TRY(psa_key_derivation_output_bytes(&derivation, output, output_length));
    TRY(psa_key_derivation_abort(&derivation));
    printf("%s: ", self);
    for (size_t i = 0; i < output_length; i++) {
        printf("%02x", output[i]);
    }
    printf("\n");
    return psa_destroy_key(shared) == PSA_SUCCESS ? 0 : 1;
}

int main(int argc, char **argv)
{
    psa_pake_operation_t client = PSA_PAKE_OPERATION_INIT, server = PSA_PAKE_OPERATION_INIT;
    psa_key_id_t client_key, server_key;
    uint8_t keys[2][16];
    TRY(psa_crypto_init());
    if (make_client_key(argc > 1 ? argv[1] : "20202021", &client_key) != 0 || make_server_key(client_key, &server_key) != 0 ||
        start(&client, client_key, PSA_PAKE_ROLE_CLIENT, "phone", "lamp") != 0 ||
        start(&server, server_key, PSA_PAKE_ROLE_SERVER, "lamp", "phone") != 0 || exchange(&client, &server) != 0 ||
        finish(&client, "phone", keys[0], sizeof(keys[0])) != 0 || finish(&server, "lamp ", keys[1], sizeof(keys[1])) != 0) {
        return 1;
    }
    return memcmp(keys[0], keys[1], sizeof(keys[0])) != 0;
}
