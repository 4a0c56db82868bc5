/*
 * Inside chart/: one chart in the making. Each type is a file with a chart_kind: what it refuses, and how it is laid
 * out into a picture, by the same function for chart_height and chart_draw, so that the two cannot disagree.
 *
 *   spec, frame ──check.c──▶ plot ──bar.c, line.c, hemicycle.c, ... (panels.c: several of one)──▶ picture ──▶ canvas
 *
 * What types share: groups.h (categories, series, panels), axis.h (scales), marks.h (how series differ, also in grey:
 * shades.h, hatch.h), legend.h, label.h (words), relax.h (labels that collide).
 */
#ifndef MUJAZ_CHART_PLOT_H
#define MUJAZ_CHART_PLOT_H

#include "chart/chart.h"
#include "chart/colour.h"
#include "chart/groups.h"
#include "chart/label.h"
#include "chart/picture.h"
#include "chart/shades.h"

/* Shades derived from the style, each with the contrast that its use asks for. */
struct palette {
    uint32_t ink, muted, accent;          /* text and marks: 4.5 */
    uint32_t accent_mid, accent_dim;      /* marks: 3; soft fill, only inside an outline */
    uint32_t grey, grey_dim, hairline;    /* marks of the context: 3; soft fill; grid */
    struct shade series[SERIES_MOST];
};

struct plot;

/* The values that an axis has to show. */
struct extent {
    double low, high;
};

/* A type of chart. */
struct chart_kind {
    bool labelled;                              /* every row has words of its own */
    void (*check)(const struct plot *);         /* a diagnostic for each fault that is the type's own */
    struct extent (*extent)(const struct plot *); /* of its axis, for panels that share one; or NULL */
    struct picture *(*lay)(const struct plot *); /* the data have been checked */
};

extern const struct chart_kind hemicycle_kind, range_bars_kind, timeline_kind;

struct plot {
    const struct chart_kind *kind;
    const struct chart_spec *spec;
    const struct extent *shared; /* of all panels; NULL: of this chart alone */
    const struct chart_style *style;
    struct locale *const *locale;
    struct text_engine *text;
    struct diags *diags;
    struct arena *arena;    /* the scene's, or a passing one when only the height is asked for */
    struct palette palette;
    enum lang langs[LANG_COUNT]; /* shown; English first */
    size_t lang_count;
    bool mirrored;          /* one language, right to left */
    double width, size;     /* of the frame; of Latin labels */
};

/* A length that suits labels of the usual 7.6 points, longer beside larger ones; never shorter. */
double plot_length(const struct plot *, double points);

/* check.c: false, with a diagnostic for each fault, when the data cannot be drawn truly and readably. */
bool plot_check(const struct plot *);
/* A diagnostic when there are more rows than can be told apart. `what`: "bars". */
void plot_check_count(const struct plot *, size_t most, const char *what);

/* words.c: the few words of the charts' own, values isolated in them. */
const char *word_of_total(const struct plot *, enum lang, int64_t total); /* "of 285 seats" */
const char *word_number_of(const struct plot *, enum lang, struct num);
const char *word_value(const struct plot *, enum lang, const struct chart_row *); /* as printed */
bool row_is_whole_month(const struct chart_row *); /* of a timeline; it has an end */

#endif
