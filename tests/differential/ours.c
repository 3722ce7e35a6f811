/* SPDX-License-Identifier: Apache-2.0 */
#include "differential/ours.h"

#include "support/kernel_choice.h"

#define USAGE (PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE | \
               PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP)

/* The cut that is tried, for messages; SIZE_MAX: one call. */
static size_t cut_now;

static void must(const struct ours *ours, psa_status_t status, const char *what)
{
    if (status != PSA_SUCCESS) {
        fail_msg("%s, kernels %s, length %zu, cut %zd, %s: status %d", ours->name, kernel_choice_name(), ours->c->length, (ssize_t)cut_now, what,
                 (int)status);
    }
}

static void equal(const struct ours *ours, const uint8_t *output, size_t output_length, const uint8_t *expected, size_t length, const char *what)
{
    if (output_length != length || memcmp(output, expected, length) != 0) {
        fail_msg("%s, kernels %s, length %zu of text, %zu of key, %zu of IV, %zu of data, cut %zd, %s: not what others have", ours->name,
                 kernel_choice_name(), ours->c->length, ours->c->key_length, ours->c->iv_length, ours->c->ad_length, (ssize_t)cut_now, what);
    }
}

static void expected(const struct ours *ours, const uint8_t *output, size_t output_length)
{
    equal(ours, output, output_length, ours->expected, ours->c->output_length, "output");
}

/* A text from one offset to another. */
struct piece {
    size_t from, to;
};

/* The two parts of length bytes cut there; the second is empty where the cut lies behind the end. */
static void two_pieces(struct piece pieces[2], size_t length, size_t cut)
{
    pieces[0].from = 0;
    pieces[0].to = pieces[1].from = cut < length ? cut : length;
    pieces[1].to = length;
}

/* ---- Hashes and XOFs ---- */

static int is_xof(const struct ours *ours)
{
    return PSA_ALG_IS_XOF(ours->c->alg);
}

static void xof(const struct ours *ours, size_t cut)
{
    const struct peer_case *c = ours->c;
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    uint8_t output[PEER_TEXT_MAX];
    struct piece in[2], out[2];

    two_pieces(in, c->length, cut);
    two_pieces(out, c->output_length, cut > c->length ? cut - c->length : SIZE_MAX);
    must(ours, psa_xof_setup(&operation, c->alg), "setup");
    for (size_t i = 0; i < 2; i++) {
        must(ours, psa_xof_update(&operation, c->input + in[i].from, in[i].to - in[i].from), "update");
    }
    for (size_t i = 0; i < 2; i++) {
        must(ours, psa_xof_output(&operation, output + out[i].from, out[i].to - out[i].from), "output");
    }
    must(ours, psa_xof_abort(&operation), "abort");
    expected(ours, output, c->output_length);
}

static void hash_whole(const struct ours *ours)
{
    const struct peer_case *c = ours->c;
    uint8_t output[PSA_HASH_MAX_SIZE];
    size_t length = 0;

    if (is_xof(ours)) {
        xof(ours, SIZE_MAX);
        return;
    }
    must(ours, psa_hash_compute(c->alg, c->input, c->length, output, c->output_length, &length), "psa_hash_compute");
    expected(ours, output, length);
    must(ours, psa_hash_compare(c->alg, c->input, c->length, ours->expected, c->output_length), "psa_hash_compare");
}

/* A clone goes on as well. */
static void hash_parts(const struct ours *ours, size_t cut)
{
    const struct peer_case *c = ours->c;
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT, clone = PSA_HASH_OPERATION_INIT;
    uint8_t output[PSA_HASH_MAX_SIZE];
    size_t length = 0;

    if (is_xof(ours)) {
        xof(ours, cut);
        return;
    }
    must(ours, psa_hash_setup(&operation, c->alg), "setup");
    must(ours, psa_hash_update(&operation, c->input, cut), "update");
    must(ours, psa_hash_clone(&operation, &clone), "clone");
    must(ours, psa_hash_update(&operation, c->input + cut, c->length - cut), "update");
    must(ours, psa_hash_update(&clone, c->input + cut, c->length - cut), "update of the clone");
    must(ours, psa_hash_finish(&operation, output, sizeof output, &length), "finish");
    expected(ours, output, length);
    must(ours, psa_hash_verify(&clone, ours->expected, c->output_length), "verify");
}

static size_t hash_cuts(const struct peer_case *c)
{
    return PSA_ALG_IS_XOF(c->alg) ? c->length + c->output_length : c->length;
}

/* ---- MACs ---- */

static void mac_whole(const struct ours *ours)
{
    const struct peer_case *c = ours->c;
    uint8_t output[PSA_MAC_MAX_SIZE];
    size_t length = 0;

    must(ours, psa_mac_compute(ours->key, c->alg, c->input, c->length, output, sizeof output, &length), "psa_mac_compute");
    expected(ours, output, length);
    must(ours, psa_mac_verify(ours->key, c->alg, c->input, c->length, ours->expected, c->output_length), "psa_mac_verify");
}

static void mac_parts(const struct ours *ours, size_t cut)
{
    const struct peer_case *c = ours->c;
    psa_mac_operation_t sign = PSA_MAC_OPERATION_INIT, verify = PSA_MAC_OPERATION_INIT;
    uint8_t output[PSA_MAC_MAX_SIZE];
    size_t length = 0;

    must(ours, psa_mac_sign_setup(&sign, ours->key, c->alg), "setup");
    must(ours, psa_mac_verify_setup(&verify, ours->key, c->alg), "setup");
    must(ours, psa_mac_update(&sign, c->input, cut), "update");
    must(ours, psa_mac_update(&verify, c->input, cut), "update");
    must(ours, psa_mac_update(&sign, c->input + cut, c->length - cut), "update");
    must(ours, psa_mac_update(&verify, c->input + cut, c->length - cut), "update");
    must(ours, psa_mac_sign_finish(&sign, output, sizeof output, &length), "finish");
    expected(ours, output, length);
    must(ours, psa_mac_verify_finish(&verify, ours->expected, c->output_length), "verify");
}

static size_t text_cuts(const struct peer_case *c)
{
    return c->length;
}

/* ---- Ciphers ---- */

typedef psa_status_t (*cipher_setup)(psa_cipher_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

static size_t cipher_run(const struct ours *ours, cipher_setup setup, const uint8_t *input, size_t length, size_t cut, uint8_t *output)
{
    const struct peer_case *c = ours->c;
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    struct piece pieces[2];
    size_t done = 0, n = 0;

    two_pieces(pieces, length, cut);
    must(ours, setup(&operation, ours->key, c->alg), "setup");
    if (c->iv_length != 0) {
        must(ours, psa_cipher_set_iv(&operation, c->iv, c->iv_length), "set_iv");
    }
    for (size_t i = 0; i < 2; i++) {
        must(ours, psa_cipher_update(&operation, input + pieces[i].from, pieces[i].to - pieces[i].from, output + done, PEER_TEXT_MAX - done, &n), "update");
        done += n;
    }
    must(ours, psa_cipher_finish(&operation, output + done, PEER_TEXT_MAX - done, &n), "finish");
    return done + n;
}

static void cipher_parts(const struct ours *ours, size_t cut)
{
    const struct peer_case *c = ours->c;
    uint8_t output[PEER_TEXT_MAX];
    size_t length = cipher_run(ours, psa_cipher_encrypt_setup, c->input, c->length, cut, output);

    expected(ours, output, length);
    length = cipher_run(ours, psa_cipher_decrypt_setup, ours->expected, c->output_length, cut, output);
    equal(ours, output, length, c->input, c->length, "decrypted");
}

/* The IV of a call that takes it before the ciphertext is of the usual length. */
static void cipher_whole(const struct ours *ours)
{
    const struct peer_case *c = ours->c;
    uint8_t input[PEER_TEXT_MAX + 32], output[PEER_TEXT_MAX];
    size_t length = 0;

    if (c->iv_length == PSA_CIPHER_IV_LENGTH(c->type, c->alg)) {
        memcpy(input, c->iv, c->iv_length);
        memcpy(input + c->iv_length, ours->expected, c->output_length);
        must(ours, psa_cipher_decrypt(ours->key, c->alg, input, c->iv_length + c->output_length, output, sizeof output, &length), "psa_cipher_decrypt");
        equal(ours, output, length, c->input, c->length, "decrypted");
    }
    if (c->iv_length == 0) {
        must(ours, psa_cipher_encrypt(ours->key, c->alg, c->input, c->length, output, sizeof output, &length), "psa_cipher_encrypt");
        expected(ours, output, length);
    }
}

static size_t cipher_cuts(const struct peer_case *c)
{
    return c->output_length;
}

/* ---- AEADs ---- */

static psa_algorithm_t with_tag(const struct peer_case *c)
{
    return PSA_ALG_AEAD_WITH_SHORTENED_TAG(c->alg, c->output_length - c->length);
}

static void aead_whole(const struct ours *ours)
{
    const struct peer_case *c = ours->c;
    uint8_t output[PEER_TEXT_MAX + 16];
    size_t length = 0;

    must(ours, psa_aead_encrypt(ours->key, with_tag(c), c->iv, c->iv_length, c->ad, c->ad_length, c->input, c->length, output, c->output_length, &length),
         "psa_aead_encrypt");
    expected(ours, output, length);
    must(ours, psa_aead_decrypt(ours->key, with_tag(c), c->iv, c->iv_length, c->ad, c->ad_length, ours->expected, c->output_length, output, c->length,
                                &length), "psa_aead_decrypt");
    equal(ours, output, length, c->input, c->length, "decrypted");
}

typedef psa_status_t (*aead_setup)(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/* All but the end. A cut within the additional data, or behind it one within the text. */
static size_t aead_run(const struct ours *ours, psa_aead_operation_t *operation, aead_setup setup, const uint8_t *input, size_t cut, uint8_t *output)
{
    const struct peer_case *c = ours->c;
    struct piece ad[2], text[2];
    size_t done = 0, n = 0;

    two_pieces(ad, c->ad_length, cut);
    two_pieces(text, c->length, cut > c->ad_length ? cut - c->ad_length : SIZE_MAX);
    must(ours, setup(operation, ours->key, with_tag(c)), "setup");
    must(ours, psa_aead_set_lengths(operation, c->ad_length, c->length), "set_lengths");
    must(ours, psa_aead_set_nonce(operation, c->iv, c->iv_length), "set_nonce");
    for (size_t i = 0; i < 2; i++) {
        must(ours, psa_aead_update_ad(operation, c->ad + ad[i].from, ad[i].to - ad[i].from), "update_ad");
    }
    for (size_t i = 0; i < 2; i++) {
        must(ours, psa_aead_update(operation, input + text[i].from, text[i].to - text[i].from, output + done, PEER_TEXT_MAX - done, &n), "update");
        done += n;
    }
    return done;
}

static void aead_parts(const struct ours *ours, size_t cut)
{
    const struct peer_case *c = ours->c;
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    uint8_t output[PEER_TEXT_MAX + 16];
    size_t n = 0, tag_length = 0;
    size_t done = aead_run(ours, &operation, psa_aead_encrypt_setup, c->input, cut, output);

    must(ours, psa_aead_finish(&operation, output + done, PEER_TEXT_MAX - done, &n, output + c->length, c->output_length - c->length, &tag_length), "finish");
    assert_int_equal(done + n, c->length);
    expected(ours, output, c->length + tag_length);
    done = aead_run(ours, &operation, psa_aead_decrypt_setup, ours->expected, cut, output);
    must(ours, psa_aead_verify(&operation, output + done, PEER_TEXT_MAX - done, &n, ours->expected + c->length, c->output_length - c->length), "verify");
    equal(ours, output, done + n, c->input, c->length, "decrypted");
}

static size_t aead_cuts(const struct peer_case *c)
{
    return c->ad_length + c->length;
}

/* ---- Derivations ---- */

/* The inputs in the order in which an algorithm takes them; NONE ends them, KEY is the secret. */
enum { NONE, KEY, SALT, INFO, LABEL, CONTEXT, SEED, COST, OTHER };

static int is_pbkdf2(psa_algorithm_t alg)
{
    return PSA_ALG_IS_PBKDF2_HMAC(alg) || alg == PSA_ALG_PBKDF2_AES_CMAC_PRF_128;
}

static const uint8_t *input_order(psa_algorithm_t alg)
{
    static const uint8_t hkdf[] = {SALT, KEY, INFO, NONE}, extract[] = {SALT, KEY, NONE}, expand[] = {KEY, INFO, NONE},
                         pbkdf2[] = {COST, SALT, KEY, NONE}, prf[] = {SEED, KEY, LABEL, NONE}, psk[] = {SEED, OTHER, KEY, LABEL, NONE},
                         counter[] = {KEY, LABEL, CONTEXT, NONE};
    return PSA_ALG_IS_HKDF(alg)            ? hkdf :
           PSA_ALG_IS_HKDF_EXTRACT(alg)    ? extract :
           PSA_ALG_IS_HKDF_EXPAND(alg)     ? expand :
           is_pbkdf2(alg)                  ? pbkdf2 :
           PSA_ALG_IS_TLS12_PRF(alg)       ? prf :
           PSA_ALG_IS_TLS12_PSK_TO_MS(alg) ? psk :
                                             counter;
}

static void give(const struct ours *ours, psa_key_derivation_operation_t *operation, uint8_t input)
{
    const struct peer_case *c = ours->c;
    const psa_key_derivation_step_t secret = is_pbkdf2(c->alg) ? PSA_KEY_DERIVATION_INPUT_PASSWORD : PSA_KEY_DERIVATION_INPUT_SECRET;
    const struct {
        psa_key_derivation_step_t step;
        const uint8_t *data;
        size_t length;
    } texts[] = {
        [SALT] = {PSA_KEY_DERIVATION_INPUT_SALT, c->iv, c->iv_length},
        [INFO] = {PSA_KEY_DERIVATION_INPUT_INFO, c->ad, c->ad_length},
        [LABEL] = {PSA_KEY_DERIVATION_INPUT_LABEL, c->iv, c->iv_length},
        [CONTEXT] = {PSA_KEY_DERIVATION_INPUT_CONTEXT, c->ad, c->ad_length},
        [SEED] = {PSA_KEY_DERIVATION_INPUT_SEED, c->ad, c->ad_length},
        [OTHER] = {PSA_KEY_DERIVATION_INPUT_OTHER_SECRET, c->input, c->length},
    };
    if (input == KEY) {
        must(ours, psa_key_derivation_input_key(operation, secret, ours->key), "key");
    } else if (input == COST) {
        must(ours, psa_key_derivation_input_integer(operation, PSA_KEY_DERIVATION_INPUT_COST, c->cost), "cost");
    } else if (input != OTHER || c->length != 0) {
        must(ours, psa_key_derivation_input_bytes(operation, texts[input].step, texts[input].data, texts[input].length), "text");
    }
}

static void derivation_inputs(const struct ours *ours, psa_key_derivation_operation_t *operation)
{
    must(ours, psa_key_derivation_setup(operation, ours->c->alg), "setup");
    for (const uint8_t *input = input_order(ours->c->alg); *input != NONE; input++) {
        give(ours, operation, *input);
    }
    must(ours, psa_key_derivation_set_capacity(operation, ours->c->output_length), "capacity");
}

static void derivation_parts(const struct ours *ours, size_t cut)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    uint8_t output[PEER_TEXT_MAX];
    struct piece pieces[2];

    two_pieces(pieces, ours->c->output_length, cut);
    derivation_inputs(ours, &operation);
    for (size_t i = 0; i < 2; i++) {
        must(ours, psa_key_derivation_output_bytes(&operation, output + pieces[i].from, pieces[i].to - pieces[i].from), "output");
    }
    must(ours, psa_key_derivation_abort(&operation), "abort");
    expected(ours, output, ours->c->output_length);
}

static void derivation_whole(const struct ours *ours)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;

    derivation_inputs(ours, &operation);
    must(ours, psa_key_derivation_verify_bytes(&operation, ours->expected, ours->c->output_length), "verify");
    must(ours, psa_key_derivation_abort(&operation), "abort");
}

static size_t derivation_cuts(const struct peer_case *c)
{
    return c->output_length;
}

/* ---- Key wrapping ---- */

static void wrap_whole(const struct ours *ours)
{
    const struct peer_case *c = ours->c;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t inner, back;
    uint8_t output[PEER_TEXT_MAX];
    size_t length = 0;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    must(ours, psa_import_key(&attributes, c->input, c->length, &inner), "psa_import_key");
    must(ours, psa_wrap_key(ours->key, c->alg, inner, output, sizeof output, &length), "psa_wrap_key");
    expected(ours, output, length);
    must(ours, psa_unwrap_key(&attributes, ours->key, c->alg, ours->expected, c->output_length, &back), "psa_unwrap_key");
    must(ours, psa_export_key(back, output, sizeof output, &length), "psa_export_key");
    equal(ours, output, length, c->input, c->length, "unwrapped");
    must(ours, psa_destroy_key(inner), "psa_destroy_key");
    must(ours, psa_destroy_key(back), "psa_destroy_key");
}

/* There is one call alone. */
static void wrap_parts(const struct ours *ours, size_t cut)
{
    (void)ours;
    (void)cut;
}

static size_t no_cuts(const struct peer_case *c)
{
    (void)c;
    return 0;
}

/* ---- The families ---- */

static const struct {
    void (*whole)(const struct ours *ours);
    void (*parts)(const struct ours *ours, size_t cut);
    size_t (*cuts)(const struct peer_case *c);
} ways[PEER_FAMILIES] = {
    [PEER_HASH] = {hash_whole, hash_parts, hash_cuts},
    [PEER_MAC] = {mac_whole, mac_parts, text_cuts},
    [PEER_CIPHER] = {cipher_whole, cipher_parts, cipher_cuts},
    [PEER_AEAD] = {aead_whole, aead_parts, aead_cuts},
    [PEER_DERIVATION] = {derivation_whole, derivation_parts, derivation_cuts},
    [PEER_WRAP] = {wrap_whole, wrap_parts, no_cuts},
};

void ours_begin(struct ours *ours)
{
    const struct peer_case *c = ours->c;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

    cut_now = SIZE_MAX;
    ours->key = PSA_KEY_ID_NULL;
    must(ours, psa_crypto_init(), "psa_crypto_init");
    if (c->type != 0) {
        psa_set_key_type(&attributes, c->type);
        psa_set_key_algorithm(&attributes, ours->family == PEER_AEAD ? with_tag(c) : c->alg);
        psa_set_key_usage_flags(&attributes, USAGE);
        must(ours, psa_import_key(&attributes, c->key, c->key_length, &ours->key), "psa_import_key");
    }
}

void ours_end(struct ours *ours)
{
    must(ours, psa_destroy_key(ours->key), "psa_destroy_key");
}

void ours_whole(const struct ours *ours)
{
    cut_now = SIZE_MAX;
    ways[ours->family].whole(ours);
}

size_t ours_cuts(const struct ours *ours)
{
    return ways[ours->family].cuts(ours->c);
}

void ours_parts(const struct ours *ours, size_t cut)
{
    cut_now = cut;
    ways[ours->family].parts(ours, cut);
}
