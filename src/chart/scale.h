/*
 * Scales: where a value or a day stands. Round steps for axes of numbers; for axes of days a line that leaves
 * out long stretches in which nothing happens, and says where.
 */
#ifndef MUJAZ_CHART_SCALE_H
#define MUJAZ_CHART_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/num.h"

struct arena;

/* The smallest of 1, 2, 5 times a power of ten that makes at most `most` steps from zero to `max` (positive).
 * `whole`: counts of things, so never below 1. */
struct num scale_step(double max, int most, bool whole);

/* Days strictly between `from` and `to` are left out. */
struct date_break {
    int32_t from, to;
};

struct date_scale {
    int32_t first, last;     /* days since 1970-01-01 */
    double per_day;          /* points */
    double break_length;     /* points that a break takes */
    struct date_break *breaks;
    size_t break_count;
};

/* A scale over the days (ascending, at least one) that is `length` points long, breaks and all. A stretch
 * between two neighbouring days is left out when it takes three tenths of what is drawn, or two while no other is
 * nearly as long; the longest first and four at most. */
struct date_scale date_scale_make(const int32_t *days, size_t count, double length, double break_length,
                                  struct arena *);
double date_scale_at(const struct date_scale *, int32_t day); /* points from the first day */
double date_scale_length(const struct date_scale *);
bool date_scale_shows(const struct date_scale *, int32_t day); /* within the range and in no break */

#endif
