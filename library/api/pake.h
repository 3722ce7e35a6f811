/* SPDX-License-Identifier: Apache-2.0 */
/* What the specification says of PAKEs (pake_rules.c): cipher suites, and the order of steps as pure functions of a place. */
#ifndef API_PAKE_H
#define API_PAKE_H

#include <psa/crypto.h>

enum pake_direction { PAKE_OUTPUT, PAKE_INPUT };

/* Whether the group goes with the algorithm. is_password: WPA3-SAE with the password itself, which is the looping method. */
psa_status_t pake_check_suite(const psa_pake_cipher_suite_t *suite, int is_password);
/* The hash that WPA3-SAE takes with a group (hash-to-element); PSA_ALG_NONE where it does not have the group. */
psa_algorithm_t pake_sae_hash(psa_pake_primitive_t group);

/* Whether the algorithm has such a step at all. */
int pake_has_step(psa_algorithm_t alg, enum pake_direction direction, psa_pake_step_t step);
/* A place is 0 at first. Whether the step's turn is at this place, and the place behind it. */
int pake_is_turn(uint32_t place, psa_algorithm_t alg, psa_pake_role_t role, enum pake_direction direction, psa_pake_step_t step);
uint32_t pake_behind(uint32_t place, psa_algorithm_t alg, enum pake_direction direction, psa_pake_step_t step);
/* Whether the shared key is there, confirmed where the algorithm confirms. */
int pake_is_complete(uint32_t place, psa_algorithm_t alg);

#endif
