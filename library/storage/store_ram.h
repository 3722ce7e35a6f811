/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STORAGE_STORE_RAM_H
#define STORAGE_STORE_RAM_H

/* No other thread is inside while the process forks. */
void store_ram_before_fork(void);
void store_ram_after_fork(void);

#endif
