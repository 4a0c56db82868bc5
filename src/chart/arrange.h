/* Arranging: the rows of a chart in the order to draw, with the long tail summed as "other". */
#ifndef MUJAZ_CHART_ARRANGE_H
#define MUJAZ_CHART_ARRANGE_H

#include "chart/plot.h"

/*
 * The plot's spec with its rows by look.order and look.most; the spec itself where both are the usual ones.
 *
 * ORDER_VALUE: categories by the sum of their values, of shares by the share of the first series, the largest first;
 * those without a value last. `most`: that many categories stay, the largest, and in any case those that are
 * emphasised or have a note; the others become one row (for each series and panel), the last, whose words say how
 * many are in it. One category is never replaced by "other".
 */
const struct chart_spec *arrange(const struct plot *);

#endif
