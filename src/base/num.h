/*
 * Exact decimal numbers: coefficient * 10^-scale. Sums and shares never pass through a double.
 * Range: 18 significant digits, scale 0 to 18. Every operation that could overflow says so.
 */
#ifndef MUJAZ_BASE_NUM_H
#define MUJAZ_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct num {
    int64_t coefficient;
    uint8_t scale;
};

struct buf;

struct num num_from_int(int64_t);

/* "-12.50" in ASCII digits with '.', an optional sign, nothing else. False when it is no number or too long. */
bool num_parse(const char *text, size_t length, struct num *out);
/* a / b rounded half to even to `scale` digits. False when b is zero or the result does not fit. */
bool num_ratio(struct num a, struct num b, uint8_t scale, struct num *out);
/* False when the result needs more than 18 digits. */
bool num_add(struct num a, struct num b, struct num *out);
bool num_subtract(struct num a, struct num b, struct num *out);
bool num_is_whole(struct num); /* 12.00 is */
struct num num_trim(struct num); /* without zeros at the end of its fraction */
int num_compare(struct num a, struct num b); /* <0, 0, >0; exact whatever the scales */
double num_to_double(struct num); /* to 15 digits the nearest double; for geometry, and see num_from_double */
/* The value at 15 significant digits and at most 18 decimals, without zeros at the end. Every decimal of 15
 * digits survives num_to_double and this unchanged, and 0.1 + 0.2 is 0.3. False when infinite or too large. */
bool num_from_double(double, struct num *out);
void num_format(struct num, struct buf *out); /* "-12.50", keeps the scale */

#endif
