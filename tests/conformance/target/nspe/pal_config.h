/* SPDX-License-Identifier: Apache-2.0 */
/* The Linux target's configuration; its file of switches stays out, because the guard of ours is the same. */
#include "pal_crypto_config.h"
#include "tgt_dev_apis_linux/nspe/pal_config.h"
