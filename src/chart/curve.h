/*
 * Curves: one series of values over days, in the order of the days. A value that is missing parts the line; where it
 * would stand a broken stroke with a ring lies on the baseline. The types `line` and `number` draw them.
 */
#ifndef MUJAZ_CHART_CURVE_H
#define MUJAZ_CHART_CURVE_H

#include "chart/axis.h"
#include "chart/marks.h"
#include "chart/places.h"

struct curve_point {
    const struct chart_row *row;
    double day;
    bool known;          /* has a value, not only low and high */
    double base, value;  /* the line stands at `value`; areas reach down to `base`: 0, or what lies below */
    double x, y, y_base; /* results of curve_place */
};

struct curve {
    struct curve_point *points;
    size_t count;
    struct mark mark;
    double hold;         /* steps: days for which the last value stands, those between it and the one before; else 0 */
    double end;          /* result of curve_place: x where the last value ends */
};

/* Of the nth series, or of all rows when there are none. */
struct curve curve_of(const struct plot *, const struct groups *series, size_t nth);
void curve_place(struct curve *, const struct axis *days, const struct axis *values);
const struct curve_point *curve_last(const struct curve *); /* that has a value; NULL: none */
bool curve_has_gaps(const struct curve *);

void curve_draw_line(struct picture *, const struct curve *, double width, bool steps);
/* What lies between line and base, in the mark's fill, and hatched when the mark is. */
void curve_draw_area(const struct plot *, struct picture *, const struct curve *, bool steps);
/* Between low and high. */
void curve_draw_range(const struct plot *, struct picture *, const struct curve *, const struct axis *values,
                      bool steps);
/* Where values are missing, at the height of the baseline. `lone`: points between two gaps, which no line shows. */
void curve_draw_gaps(const struct plot *, struct picture *, const struct curve *, double baseline);
void curve_draw_lone(struct picture *, const struct curve *, double radius);
bool curve_has_range(const struct curve *);
/* Keeps labels off the line and the range, and off the area below the line when asked. */
void curve_keep(const struct curve *, const struct axis *values, struct places *, bool steps, bool area);

#endif
