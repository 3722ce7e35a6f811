/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of montgomery_ways.h for the limbs of the file that includes this. */
#include <stdlib.h>

#include "montgomery_ways.h"
#include "software/math/montgomery.h"

struct place {
    struct montgomery *m;
    limb *x, *y, *room;
};

static struct place place_new(struct math_integer m)
{
    struct place place;
    size_t n = montgomery_limbs(m.length);
    place.m = malloc(montgomery_size(m.length)); /* each ends where a sanitizer looks */
    place.x = malloc(n * sizeof(limb));
    place.y = malloc(n * sizeof(limb));
    place.room = malloc(montgomery_power_room(n) * sizeof(limb));
    limb *t = malloc(montgomery_scratch(n) * sizeof(limb));
    montgomery_prepare(place.m, m.data, m.length, t);
    free(t);
    return place;
}

static void place_free(struct place *place)
{
    free(place->m);
    free(place->x);
    free(place->y);
    free(place->room);
}

static void way_power(uint8_t *r, struct math_integer m, struct math_integer base, struct math_integer exponent, int vartime)
{
    struct place at = place_new(m);
    montgomery_enter(at.m, at.x, base.data, base.length, at.room);
    if (vartime) {
        montgomery_power_vartime(at.m, at.y, at.x, exponent, at.room);
    } else {
        montgomery_power(at.m, at.y, at.x, exponent.data, exponent.length, at.room);
    }
    montgomery_leave(at.m, at.y, at.y, at.room);
    limbs_store(r, m.length, at.y);
    place_free(&at);
}

static void way_multiply(uint8_t *r, struct math_integer m, struct math_integer a, struct math_integer b)
{
    struct place at = place_new(m);
    montgomery_enter(at.m, at.x, a.data, a.length, at.room);
    montgomery_enter(at.m, at.y, b.data, b.length, at.room);
    if (a.data == b.data) {
        montgomery_square(at.m, at.x, at.x, at.room);
    } else {
        montgomery_multiply(at.m, at.x, at.x, at.y, at.room);
    }
    montgomery_leave(at.m, at.x, at.x, at.room);
    limbs_store(r, m.length, at.x);
    place_free(&at);
}

static void way_subtract(uint8_t *r, struct math_integer m, struct math_integer a, struct math_integer b)
{
    struct place at = place_new(m);
    montgomery_enter(at.m, at.x, a.data, a.length, at.room);
    montgomery_enter(at.m, at.y, b.data, b.length, at.room);
    montgomery_subtract(at.m, at.x, at.x, at.y, at.room);
    montgomery_leave(at.m, at.x, at.x, at.room);
    limbs_store(r, m.length, at.x);
    place_free(&at);
}
