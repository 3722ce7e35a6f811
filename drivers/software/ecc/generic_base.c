/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/generic_base.h"

#include "platform/platform.h"
#include "util/atomic.h"
#include "util/zeroise.h"

/* comb[j] is the sum of 2^(spacing t) G for the bits t of j (Guide to Elliptic Curve Cryptography, algorithm 3.44): a fifth of
 * the doublings, for a table of 3 to 7 KB. Another of the
 * same size holds odd multiples. */
#define TEETH 5u
#define COMB (1u << TEETH)

struct kept {
    struct kept *next;
    const struct generic_parameters *parameters; /* whose they are */
    struct generic_base base;
    struct generic_point comb[COMB], odd[GENERIC_BASE_ODD];
};

/* A list that grows at its head; no link behind that changes until all are let go. */
static struct kept *first;

static void fill(struct generic_base *base, const struct sw_curve *curve, const struct generic_parameters *parameters)
{
    generic_curve_init(&base->c, parameters);
    generic_field_init(&base->order, &generic_montgomery, curve->order, curve->order_length);
    base->spacing = (base->order.bits + TEETH - 1u) / TEETH;
    (void)generic_read(&base->c.f, &base->point.x, parameters->x);
    (void)generic_read(&base->c.f, &base->point.y, parameters->y);
    base->point.z = base->c.f.one;
    base->comb = NULL;
    base->odd = NULL;
}

static void fill_comb(const struct generic_base *base, struct generic_point comb[COMB])
{
    generic_neutral(&base->c, &comb[0]);
    comb[1] = base->point;
    for (unsigned step = 1; step < COMB; step *= 2u) {
        if (step > 1) {
            generic_double_times(&base->c, &comb[step], &comb[step / 2u], base->spacing);
        }
        for (unsigned i = 1; i < step; i++) {
            generic_add_points(&base->c, &comb[step + i], &comb[step], &comb[i]);
        }
    }
}

static const struct kept *find(const struct kept *list, const struct generic_parameters *parameters)
{
    while (list != NULL && list->parameters != parameters) {
        list = list->next;
    }
    return list;
}

/* Puts it at the head, unless another thread was faster: then it is freed. What is in the list. */
static const struct kept *publish(struct kept *made)
{
    made->next = ATOMIC_LOAD(&first);
    for (;;) {
        const struct kept *other = find(made->next, made->parameters);
        if (other != NULL) {
            platform_free(made);
            return other;
        }
        if (ATOMIC_CAS(&first, &made->next, made)) {
            return made;
        }
    }
}

#if PSACRYPTO_HEAPLESS

/* In a pool of a few kilobytes they would leave no room for keys. */
static struct kept *allocate(void)
{
    return NULL;
}

#else

static struct kept *allocate(void)
{
    return platform_allocate(sizeof(struct kept));
}

#endif

const struct generic_base *generic_base_get(struct generic_base *own, const struct sw_curve *curve)
{
    const struct generic_parameters *parameters = generic_parameters_find(curve->family, curve->bits);
    const struct kept *found = find(ATOMIC_LOAD(&first), parameters);
    if (found != NULL) {
        return &found->base;
    }
    struct kept *made = allocate();
    if (made == NULL) {
        fill(own, curve, parameters);
        return own;
    }
    made->parameters = parameters;
    fill(&made->base, curve, parameters);
    fill_comb(&made->base, made->comb);
    made->base.comb = made->comb;
    generic_odd_multiples(&made->base.c, made->odd, GENERIC_BASE_ODD, &made->base.point);
    made->base.odd = made->odd;
    return &publish(made)->base;
}

void generic_base_close(void)
{
    while (first != NULL) {
        struct kept *next = first->next;
        platform_free(first);
        first = next;
    }
}

/* Bit i of the scalar, 0 above its end. */
static uint32_t bit_of(const uint8_t *scalar, unsigned length, unsigned i)
{
    return i < 8u * length ? (uint32_t)scalar[length - 1u - i / 8u] >> (i % 8u) & 1u : 0;
}

void generic_multiply_base(const struct generic_base *base, struct generic_point *r, const uint8_t *scalar)
{
    struct generic_point addend;
    if (base->comb == NULL) {
        generic_multiply_point(&base->c, r, scalar, base->order.length, &base->point);
        return;
    }
    generic_neutral(&base->c, r);
    for (unsigned i = base->spacing; i-- > 0;) {
        uint32_t index = 0;
        for (unsigned t = 0; t < TEETH; t++) {
            index |= bit_of(scalar, base->order.length, i + t * base->spacing) << t;
        }
        generic_double_point(&base->c, r, r);
        generic_look_up(&base->c.f, &addend, base->comb, COMB, index);
        generic_add_points(&base->c, r, r, &addend);
    }
    ZEROISE(addend);
}
