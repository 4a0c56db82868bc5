/* Charts over days, pairs of values and moments, for the tests of chart/: made up, with words in both languages. */
#ifndef MUJAZ_TESTS_CHART_SAMPLES_LINES_H
#define MUJAZ_TESTS_CHART_SAMPLES_LINES_H

#include "chart/spec.h"

extern const struct chart_spec sample_line;         /* one series of months, with a gap, a label and notes */
extern const struct chart_spec sample_line_series;  /* four series, one of them the finding */
extern const struct chart_spec sample_line_area;    /* weeks, stacked */
extern const struct chart_spec sample_line_range;   /* days with low and high */
extern const struct chart_spec sample_number;
extern const struct chart_spec sample_slope;        /* two moments; one category has no row at the first */
extern const struct chart_spec sample_scatter;        /* every point has a label */
extern const struct chart_spec sample_scatter_series; /* three series, none labelled, on a logarithmic axis */
extern const struct chart_spec *const samples_over_days[];
extern const size_t samples_over_days_count;

#endif
