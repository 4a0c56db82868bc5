/* Sums of rows: exact, and as uncertain as what they are made of. */
#ifndef MUJAZ_CHART_SUM_H
#define MUJAZ_CHART_SUM_H

#include "chart/plot.h"

/*
 * One row in place of `count` (at least one): its words are the first one's, its value the exact sum. Where one of
 * them has bounds the sum has them, and words that say so ("at least 150"); where one is missing the sum is open
 * upwards, or missing itself when values may be negative or none is known. A diagnostic when it needs too many digits.
 */
struct chart_row sum_of_rows(const struct plot *, const struct chart_row *const rows[], size_t count);

/* Whether the row's value is one number and said to be so: no bounds, no words around it. */
bool row_is_exact(const struct plot *, const struct chart_row *);

#endif
