/*
 * Inside chart/: one chart in the making. Each type is a file with a chart_kind: what it refuses, and how it is laid
 * out into a picture, by the same function for chart_height and chart_draw, so that the two cannot disagree.
 *
 *   spec, frame ──check.c──▶ plot ──bar.c, line.c, hemicycle.c, ... (panels.c: several of one)──▶ picture ──▶ canvas
 *
 * What types share: groups.h (categories, series, panels), axis.h (scales), marks.h (how series differ, also in grey:
 * shades.h, hatch.h), cells.h (seats and units), steps.h (values as shades), legend.h, label.h (words), relax.h (labels
 * that collide).
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
struct once;
struct tail;

/* The values that an axis has to show. */
struct extent {
    double low, high;
};

/* A type of chart. */
struct chart_kind {
    bool labelled;                              /* every row has words of its own */
    bool flexible;                              /* the plot's share is that of its height, about */
    void (*check)(const struct plot *);         /* a diagnostic for each fault that is the type's own */
    struct extent (*extent)(const struct plot *); /* of its axis, for panels that share one; or NULL */
    struct extent (*across)(const struct plot *); /* likewise of the other axis: days, x */
    struct picture *(*lay)(const struct plot *); /* the data have been checked */
};

extern const struct chart_kind bar_kind, calendar_kind, councils_kind, dot_kind, hemicycle_kind, line_kind, matrix_kind,
    number_kind, pyramid_kind, range_bars_kind, scatter_kind, slope_kind, tile_map_kind, timeline_kind, waffle_kind;

struct plot {
    const struct chart_kind *kind;
    const struct chart_spec *spec;
    const struct extent *shared, *shared_across; /* of all panels; NULL: of this chart alone */
    const struct plot *whole;    /* of a panel: the chart that it is a part of; else NULL */
    struct once *once;           /* of a panel: what is shown once for all of them */
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
    double share;           /* of the usual height; 1: all of it */
};

/* A length that suits labels of the usual 7.6 points, longer beside larger ones; never shorter. */
double plot_length(const struct plot *, double points);

/* Whether all values are counts, that is whole; of a panel with a shared scale: those of the whole chart. */
bool plot_is_counted(const struct plot *);

/* Whether any row is the finding; of a panel: any row of the whole chart. */
bool plot_any_emphasis(const struct plot *);

/* panels.c: several charts of the type in one, a panel each. */
bool plot_has_panels(const struct plot *);
void panels_check(const struct plot *);
struct picture *panels_lay(const struct plot *);
/* Of panels on one scale, the largest that any of them needs, so that equal values have equal lengths; else what is
 * needed. */
enum common { COMMON_WORDS, COMMON_WORDS_SECOND, COMMON_ENDS, COMMON_COUNT };
double plot_common(const struct plot *, enum common, double points);
/* Likewise the tails of all panels in place of its own. */
const struct tail *plot_tails(const struct plot *, const struct tail *, size_t *count);
/* Laid out by `lay` as high as the plot's share says, or higher where that refuses because words find no room. */
struct picture *plot_lay_taller(const struct plot *, struct picture *(*lay)(const struct plot *, double stretch));

/* check.c: false, with a diagnostic for each fault, when the data cannot be drawn truly and readably. */
bool plot_check(const struct plot *);
/* A diagnostic when there are more rows than can be told apart. `what`: "bars". */
void plot_check_count(const struct plot *, size_t most, const char *what);

/* A diagnostic when the row's value is no number of seats; whether it is one. */
bool plot_check_seats(const struct plot *, const struct chart_row *);
/* A diagnostic when the row's value is not within its bounds. */
void plot_check_bounds(const struct plot *, const struct chart_row *);
/* Rows of categories and series: at most `most` categories and SERIES_MOST series, no two rows for the same place, and
 * a value at least in one of them. */
void plot_check_groups(const struct plot *, size_t most);

/* words.c: the few words of the charts' own, values isolated in them. */
const char *word_of_total(const struct plot *, enum lang, int64_t total); /* "of 285 seats" */
const char *word_number_of(const struct plot *, enum lang, struct num);
const char *word_value(const struct plot *, enum lang, const struct chart_row *); /* as printed; "no data" */
const char *word_share(const struct plot *, enum lang, struct num part, struct num whole); /* "35%" */
const char *word_other(const struct plot *, enum lang, size_t count); /* "Other (sum of 12)" */
const char *word_of_number(const struct plot *, enum lang, int64_t part, int64_t total); /* "101 of 285 seats" */
const char *word_majority(const struct plot *, enum lang, int64_t seats); /* "majority 143" */
const char *word_cell_is(const struct plot *, enum lang, int64_t units);  /* "each square: 10 seats" */
/* "no data"; of legends: low to high; the unit of shares. */
extern const char *const word_missing[LANG_COUNT], *const word_range[LANG_COUNT], *const word_percent[LANG_COUNT];
/* Whether two texts look alike: they do when only marks of direction tell them apart. */
bool words_print_same(const char *, const char *);
bool row_is_whole_month(const struct chart_row *); /* of a timeline; it has an end */

#endif
