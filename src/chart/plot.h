/*
 * Inside chart/: one chart in the making. Each type is laid out once, into a picture, by the same function
 * for chart_height and chart_draw, so that the two cannot disagree.
 *
 *   spec, frame ──hemicycle.c, range_bars.c, timeline.c──▶ picture ──▶ its height, or the canvas
 */
#ifndef MUJAZ_CHART_PLOT_H
#define MUJAZ_CHART_PLOT_H

#include "chart/chart.h"
#include "chart/colour.h"
#include "chart/label.h"
#include "chart/picture.h"

/* Marks of timelines that can be told apart in grey. */
enum { TIMELINE_GROUPS_MOST = 6 };

/* Shades derived from the style, each with the contrast that its use asks for. */
struct palette {
    uint32_t ink, muted, accent;          /* text and marks: 4.5 */
    uint32_t accent_mid, accent_dim;      /* marks: 3; soft fill, only inside an outline */
    uint32_t grey, grey_dim, hairline;    /* marks of the context: 3; soft fill; grid */
};

struct plot {
    const struct chart_spec *spec;
    const struct chart_style *style;
    struct locale *const *locale;
    struct text_engine *text;
    struct diags *diags;
    struct arena *arena;    /* the page's, or a passing one when only the height is asked for */
    struct palette palette;
    enum lang langs[LANG_COUNT]; /* shown; English first */
    size_t lang_count;
    bool mirrored;          /* one language, right to left */
    double width, size;     /* of the frame; of Latin labels */
};

/* A length that suits labels of the usual 7.6 points, longer beside larger ones; never shorter. */
double plot_length(const struct plot *, double points);

/* Each lays out its type. The data have been checked. */
struct picture *hemicycle_lay(const struct plot *);
struct picture *range_bars_lay(const struct plot *);
struct picture *timeline_lay(const struct plot *);

/* check.c: false, with a diagnostic for each fault, when the data cannot be drawn truly and readably. */
bool plot_check(const struct plot *);

/* words.c: the few words of the charts' own, values isolated in them. */
const char *word_of_total(const struct plot *, enum lang, int64_t total); /* "of 285 seats" */
const char *word_value(const struct plot *, enum lang, const struct chart_row *); /* as printed */
bool row_is_whole_month(const struct chart_row *); /* of a timeline; it has an end */

#endif
