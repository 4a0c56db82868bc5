/*
 * Axes: where values, days and categories stand along a line, and which of them are written beside it.
 *
 * Points along the axis count from the chart's side of reading (x) or from its top (y). Ticks stand at round values;
 * their words are made for every language shown, once where both print the same.
 */
#ifndef MUJAZ_CHART_AXIS_H
#define MUJAZ_CHART_AXIS_H

#include "chart/picture.h"
#include "chart/plot.h"

struct tick {
    double value;              /* a number; a day since 1970-01-01 */
    struct label label[LANG_COUNT]; /* by the order of plot->langs; the second is empty when both are the same */
    bool major;                /* day axes: a new year, or of weeks and days a new month */
    struct label_pair under;   /* day axes: the year or month that begins there, on a line below */
};

struct axis {
    double low, high;          /* values at its two ends */
    double start, length;      /* points; of a negative length it runs against the side of reading, or upwards */
    bool logarithmic, shares;
    struct tick *ticks;
    size_t tick_count;
    double label_width, label_height; /* the largest of the ticks' */
};

/* Of numbers, over at least `extent`, from zero when it does not go below and `zero` asks for it (bars must).
 * Logarithmic: the extent is positive. As many ticks as stand apart. `whole`: the values are counts. */
struct axis axis_of_numbers(const struct plot *, struct extent, double start, double length, bool zero,
                            bool logarithmic, bool whole);
/* From 0 to 1, with ticks in percent. */
struct axis axis_of_shares(const struct plot *, double start, double length);
/* Of days since 1970-01-01, with ticks at the beginnings of periods: of those asked for, or where their words do not
 * fit, of the next longer; by themselves of what suits the length. Weeks begin with Saturday, in both languages, or
 * with the weekday of all rows. Of the words as many as stand apart within the frame. */
struct axis axis_of_days(const struct plot *, struct extent, double start, double length, enum chart_period);
/* Whether the picture mirrors so that time runs as look.time asks. */
bool axis_days_mirrored(const struct plot *);
/* Room behind the axis's end for an arrow, which tells readers of Arabic that time runs left to right; or 0. */
double axis_days_tail(const struct plot *);
/* Line, ticks, words and arrow, from `top` on; returns the height they take. */
double axis_draw_days(const struct plot *, struct picture *, const struct axis *, double top);
/* The days that all rows and notes span. */
struct extent axis_days_extent(const struct plot *);

double axis_at(const struct axis *, double value);

/* Hairlines across the plot at each tick; the zero line stronger. */
void axis_draw_grid_down(const struct plot *, struct picture *, const struct axis *, double top, double bottom);
void axis_draw_grid_across(const struct plot *, struct picture *, const struct axis *, double left, double right);
/* The ticks' words under the plot, from `top` on; returns the height they take. */
double axis_draw_below(const struct plot *, struct picture *, const struct axis *, double top);
/* The ticks' words beside the plot, ending (ANCHOR_END) or beginning (ANCHOR_START) at x; the Arabic on the right of
 * the English where both are shown. */
void axis_draw_beside(const struct plot *, struct picture *, const struct axis *, double x, enum anchor);

/* The extent of all rows' values with their bounds, and of the notes' values; rows without a value do not count. */
struct extent axis_extent(const struct plot *);

#endif
