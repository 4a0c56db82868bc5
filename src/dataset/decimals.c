/* Errors of doubles are told from numbers by their size, and by how a double ends. Knows nothing of SQLite. */
#include "dataset/decimals.h"

#include <math.h>

enum {
    BITS = 53,            /* of a double, before its exponent */
    FINEST = 2000,        /* nearer than this part of a decimal's last place, a number is hardly there by chance */
    LITERAL = 1000000000, /* with less before the zeros than 10 digits a number is what somebody wrote */
    GRAINS = 16,          /* what a few sums can add up to */
    ZERO_BITS = 20        /* of a quotient one in a million ends so */
};

/* Two numbers of 9 decimals differ by more: what ratio() gives is never taken for another. */
static const double NEAR = 5e-10;
/* Of a number, that a few sums make: four of its last bits. */
static const double ERRORS = 0x1p-50;

static bool is_near(double off, double unit, struct num read, struct num near)
{
    bool small = near.coefficient == 0 && read.coefficient > -LITERAL && read.coefficient < LITERAL;
    return off <= fmin(NEAR, unit / FINEST) && !small;
}

/*
 * Whether it is what is left of numbers as large as `largest`, whose errors are larger than NEAR. The last bits of
 * large numbers are coarse, and what is left of them is a multiple of these, its grain; a quotient fills its own bits.
 */
static bool is_left(double value, double off, double unit, double largest, struct num read, struct num near)
{
    double error = fmin(ERRORS * fmax(fabs(value), largest), unit / 4), steps = ldexp(value, RATIO_DECIMALS);
    if (steps == nearbyint(steps)) /* 1/512 has 9 decimals: no error is in it */
        return false;
    int exponent;
    int zeros = __builtin_ctzll((uint64_t)ldexp(frexp(fabs(value), &exponent), BITS));
    if (off <= fmin(error, ldexp(GRAINS, exponent - BITS + zeros)))
        return true;
    bool carried = read.scale <= RATIO_DECIMALS && num_to_double(read) == value; /* as ratio() gives it */
    return off <= fmin(error, unit / FINEST) && (zeros >= ZERO_BITS || (near.coefficient != 0 && !carried));
}

void decimals_mend(double value, uint8_t decimals, double largest, struct num *read)
{
    for (uint8_t scale = decimals; scale == decimals || scale <= RATIO_DECIMALS; scale++) {
        double unit = num_to_double((struct num){ 1, scale }), count = nearbyint(value / unit);
        if (fabs(count) >= 1e15) /* no double carries so many digits */
            return;
        struct num near = { (int64_t)count, scale };
        double off = fabs(value - num_to_double(near));
        if (is_near(off, unit, *read, near)
            || (scale == decimals && is_left(value, off, unit, largest, *read, near))) {
            num_from_double(num_to_double(near), read);
            return;
        }
    }
}
