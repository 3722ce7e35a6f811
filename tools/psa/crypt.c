/* SPDX-License-Identifier: Apache-2.0 */
/* psa encrypt, psa decrypt. */
#include "psa.h"

static int work(const struct options *options, int decrypt, const psa_key_attributes_t *attributes)
{
    struct input input;
    struct output output;
    int status = input_open(&input, options->arguments[0]);
    if (status != EXIT_DONE) {
        return status;
    }
    status = output_open(&output, options, decrypt);
    if (status == EXIT_DONE && !decrypt && output_is_terminal(&output) && !options->force) {
        status = output_close(&output, fail(EXIT_USAGE, "a sealed file for a terminal? --force, or --output FILE"));
    } else if (status == EXIT_DONE) {
        status = decrypt ? unseal(&input, &output, options->key, attributes)
                         : seal(&input, &output, options->key, attributes, algorithm_for(options, attributes));
        status = output_close(&output, status);
    }
    input_close(&input);
    return status;
}

int verb_encrypt(const struct options *options)
{
    psa_key_attributes_t attributes;
    int status = key_attributes(&attributes, options->key);
    return status == EXIT_DONE ? work(options, 0, &attributes) : status;
}

int verb_decrypt(const struct options *options)
{
    psa_key_attributes_t attributes;
    int status = key_attributes(&attributes, options->key);
    return status == EXIT_DONE ? work(options, 1, &attributes) : status;
}
