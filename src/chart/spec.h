/*
 * What a chart shows: the declaration, with its data already fetched and its words in both languages.
 * The report builds it; chart/ draws it. (The one header of this room that report may include.)
 */
#ifndef MUJAZ_CHART_SPEC_H
#define MUJAZ_CHART_SPEC_H

#include "base/diag.h"
#include "base/lang.h"
#include "base/num.h"
#include "locale/locale.h"

/* In the order of their names in chart_type_name. */
enum chart_type {
    CHART_BAR,        /* a category's value as a length from zero; grouped, stacked or as shares by series */
    CHART_DOT,        /* a category's value as a place; with a stem (lollipop) or from low to high */
    CHART_RANGE_BARS, /* what is sure, what is possible, and open ends */
    CHART_PYRAMID,    /* two series back to back */
    CHART_LINE,       /* values over days, a line for each series; steps, areas */
    CHART_SLOPE,      /* a category's value at two or more moments (the series) */
    CHART_SCATTER,    /* x and value */
    CHART_HEMICYCLE,  /* one chamber's seats by list */
    CHART_COUNCILS,   /* several chambers' seats (a panel each), side by side */
    CHART_WAFFLE,     /* n of N in a grid of cells */
    CHART_NUMBER,     /* one large number over its own small line */
    CHART_TIMELINE,   /* events and spans */
    CHART_CALENDAR,   /* a value a day, weeks in columns */
    CHART_MATRIX,     /* a value for each category and series, as shade and number */
    CHART_TILE_MAP,   /* a value for each governorate of Iraq, as equal tiles near their places */
    CHART_TYPE_COUNT
};

enum chart_stack { STACK_BESIDE, STACK_ON_TOP, STACK_SHARES };
enum chart_order { ORDER_DATA, ORDER_VALUE };                    /* of categories: as they come; the largest first */
enum chart_legend { LEGEND_AUTO, LEGEND_DIRECT, LEGEND_BOX };    /* AUTO: direct where it fits */
enum chart_period { PERIOD_AUTO, PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };
enum chart_time { TIME_LTR, TIME_READING };                      /* left to right always; as the language reads */
enum chart_languages { LANGUAGES_BY_LAYOUT, LANGUAGES_TOGETHER, LANGUAGES_APART, LANGUAGES_BESIDE };

/* How it is to be shown, where the type has the choice; all zero: the usual. */
struct chart_look {
    bool vertical;             /* bar, dot: bars stand */
    enum chart_stack stack;    /* bar; line: of areas, which stand on one another by themselves */
    enum chart_order order;    /* bar, dot, range bars, pyramid, matrix */
    size_t most;               /* bar, dot: categories; the others are summed as 'other'. 0: all */
    bool logarithmic;          /* dot, line, scatter: the axis of values */
    bool steps, area;          /* line */
    bool stems;                /* dot: lollipops */
    enum chart_period period;  /* line, number: of the axis's ticks */
    enum chart_time time;      /* line, number, slope, calendar */
    bool keep_sides;           /* hemicycle, councils: left stays left in Arabic */
    enum chart_legend legend;  /* bar, line */
    size_t columns;            /* of panels; 0: as many as fit */
    bool own_scales;           /* each panel has its own; else all have one */
    enum chart_languages languages; /* in the parallel edition */
};

/* One row of the chart's data. Rows of one category (series, panel) have the same English label for it. */
struct chart_row {
    const char *label[LANG_COUNT];      /* the category, the event, the point: what a reader sees */
    const char *series[LANG_COUNT];     /* of all rows or of none */
    const char *panel[LANG_COUNT];      /* likewise: small multiples, councils */
    const char *place;                  /* tile map: ISO 3166-2 code of a governorate, "IQ-BG" */
    const char *value_text[LANG_COUNT]; /* the value as printed, hedge and all: "more than 100"; or NULL */
    struct num value, low, high;
    bool missing;                       /* no value is known: shown as missing, never as zero */
    bool ranged;                        /* low and high are all that is known; value is high then */
    bool has_low, has_high;             /* open ends ("more than 80" has low 80 and no high) stay open */
    struct num x;                       /* scatter: the other value */
    struct date start, end;
    bool has_end, open;                 /* open: on that day or at any time after it */
    const char *date_text[LANG_COUNT];  /* the date as the source gives it, without the year of start, which
                                           stands above: "late September"; NULL: made from start and end */
    bool rest;                          /* made by arrange.c: the sum of the categories beyond look.most */
    bool emphasis;                      /* the finding: drawn in the accent colour */
    struct place at;
};

/* A line, band or point with words, on top of the data. */
enum chart_note_kind { NOTE_VALUE, NOTE_VALUES, NOTE_DAY, NOTE_DAYS, NOTE_CATEGORY, NOTE_POINT };
struct chart_note {
    enum chart_note_kind kind;
    struct num value, to;          /* VALUE; VALUES: from value to `to`; POINT: value on `day` */
    struct date day, until;        /* DAY, POINT; DAYS */
    const char *category;          /* CATEGORY: its English label */
    const char *label[LANG_COUNT];
    struct place at;
};

struct chart_spec {
    const char *id;                     /* the key in report.yaml */
    enum chart_type type;
    struct chart_look look;
    struct place at;
    const char *title[LANG_COUNT];      /* the finding, as the caption says it */
    const char *subtitle[LANG_COUNT];   /* measure, place, period */
    struct place subtitle_at[LANG_COUNT];
    const char *alt[LANG_COUNT];        /* made from the data unless given */
    const char *unit[LANG_COUNT];       /* "seats", "attacks"; may be NULL */
    const char *x_unit[LANG_COUNT];     /* scatter: of x; may be NULL */
    bool has_total;                     /* waffle: n of this; else of the values' sum */
    struct num total;
    const struct chart_note *notes;     /* hemicycle, waffle: one VALUE, the mark of the majority */
    size_t note_count;
    const struct chart_row *rows;
    size_t row_count;
};

#endif
