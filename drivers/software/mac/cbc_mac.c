/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CBC-MAC (ISO/IEC 9797-1, MAC algorithm 1) over every block cipher. The Crypto API does not say how a message that is no
 * multiple of the block is padded: padding method 1 it is (section 6.3.2), with as many zeros as are missing, and a block of zeros for the
 * empty message; it changes no message of whole blocks. Secure for messages of one length alone.
 */
#include "software/mac/block_mac.h"

#if PSA_WANT_ALG_CBC_MAC

static void finish(void *context, const void *prepared, uint8_t *mac)
{
    struct sw_block_mac *state = context;
    const struct sw_block_mac_key *key = prepared;

    memset(state->block + state->fill, 0, key->cipher->block_length - (size_t)state->fill);
    sw_block_mac_end(state, key, mac);
}

const struct sw_mac sw_mac_cbc_mac = {
    .base = PSA_ALG_CBC_MAC,
    .length = sw_block_mac_length,
    .context_size = sw_block_mac_context_size,
    .prepared_size = sw_block_mac_prepared_size,
    .prepare = sw_block_mac_prepare,
    .start = sw_block_mac_start,
    .update = sw_block_mac_update,
    .finish = finish,
    .update_takes_key = 1,
};

#endif
