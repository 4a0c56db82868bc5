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

enum chart_type { CHART_HEMICYCLE, CHART_RANGE_BARS, CHART_TIMELINE };

/* One row of the chart's data. Which members are set depends on the type:
 *   hemicycle   label, value (seats, whole), emphasis
 *   range bars  label, value (best), low, high, ranged, value_text, emphasis
 *   timeline    label, start, end (spans: has_end), open, date_text, group (of all rows or of none) and its
 *               group_label, emphasis (bold)
 */
struct chart_row {
    const char *label[LANG_COUNT];      /* what a reader sees */
    const char *value_text[LANG_COUNT]; /* the value as printed, hedge and all: "more than 100"; or NULL */
    struct num value, low, high;
    bool ranged;                        /* low and high are all that is known; value is high then */
    bool has_low, has_high;             /* open ends ("more than 80" has low 80 and no high) stay open */
    struct date start, end;
    bool has_end, open;                 /* open: on that day or at any time after it */
    const char *date_text[LANG_COUNT];  /* the date as the source gives it, without the year of start, which
                                           stands above: "late September"; NULL: made from start and end */
    const char *group;                  /* id of the series, or NULL */
    const char *group_label[LANG_COUNT];
    bool emphasis;                      /* the finding: drawn in the accent colour */
    struct place at;
};

struct chart_spec {
    const char *id;                     /* the key in report.yaml */
    enum chart_type type;
    struct place at;
    const char *title[LANG_COUNT];      /* the finding */
    const char *subtitle[LANG_COUNT];   /* measure, place, period */
    const char *source[LANG_COUNT];
    struct place title_at[LANG_COUNT], subtitle_at[LANG_COUNT], source_at[LANG_COUNT];
    const char *alt[LANG_COUNT];        /* made from the data unless given */
    const char *unit[LANG_COUNT];       /* "seats", "attacks"; may be NULL; not of timelines */
    const char *threshold_label[LANG_COUNT]; /* hemicycle: "Halfway mark: 143"; may be NULL */
    struct num threshold;               /* hemicycle: 143; 0 when there is none */
    const struct chart_row *rows;
    size_t row_count;
};

#endif
