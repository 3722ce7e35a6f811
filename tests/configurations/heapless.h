/* SPDX-License-Identifier: Apache-2.0 */
/* Every algorithm, no heap: keys in slots, contexts in a pool, the store in memory. */
#define PSACRYPTO_HEAPLESS 1
#define PSACRYPTO_SLOTS 32
#define PSACRYPTO_THREADS 0
#define PSACRYPTO_STORE_POSIX 0
#define PSACRYPTO_STORE_MBED 0
