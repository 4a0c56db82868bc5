/*
 * Steps: values as shades, at most five, from light to dark. Their limits are round; in grey each is clearly darker
 * than the one before, and words on it keep the contrast of text.
 */
#ifndef MUJAZ_CHART_STEPS_H
#define MUJAZ_CHART_STEPS_H

#include "chart/marks.h"
#include "chart/picture.h"
#include "chart/plot.h"

enum { STEPS_MOST = 5 };

struct steps {
    size_t count;                       /* 0: no value is known */
    struct num limit[STEPS_MOST + 1];   /* step i reaches from limit i up to below limit i + 1; the last includes it */
    uint32_t fill[STEPS_MOST], text[STEPS_MOST];
};

/* Over the extent; from zero when that is near. `whole`: the values are counts. */
const struct steps *steps_make(const struct plot *, struct extent, bool whole);
size_t steps_of(const struct steps *, struct num value);

/* The extent of the rows' values, of a panel with a shared scale that of all; low above high when none is known. */
struct extent steps_extent(const struct plot *);

/* A cell of that step, and one without a value: hatched, its outline dashed. */
void steps_draw_cell(const struct plot *, struct picture *, const struct steps *, const struct chart_row *, double x,
                     double y, double width, double height);

/* A strip of the steps with their limits, the unit, and how a missing value looks; from `top` on. Returns the height
 * taken. In a panel nothing is drawn: the legend is that of all panels. */
double steps_draw_legend(const struct plot *, struct picture *, const struct steps *, bool gaps, double top);

#endif
