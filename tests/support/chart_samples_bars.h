/* Bars, dots and pyramids, for the tests of chart/: made-up numbers, words in both languages. */
#ifndef MUJAZ_TESTS_CHART_SAMPLES_BARS_H
#define MUJAZ_TESTS_CHART_SAMPLES_BARS_H

#include "chart/spec.h"

extern const struct chart_spec sample_bars;          /* lying, one series: finding, hedges, zero, missing */
extern const struct chart_spec sample_bars_rest;     /* by value, four of eight, the rest summed */
extern const struct chart_spec sample_bars_beside;   /* two series, one value missing */
extern const struct chart_spec sample_bars_stacked;  /* three series, one value missing */
extern const struct chart_spec sample_bars_shares;   /* three series */
extern const struct chart_spec sample_bars_signed;   /* two series above and below zero, on top of one another */
extern const struct chart_spec sample_bars_standing; /* years; the last one is the finding */
extern const struct chart_spec sample_bars_standing_beside;
extern const struct chart_spec sample_dots;          /* from low to high, an open end, a range without a best */
extern const struct chart_spec sample_dots_stems;    /* standing lollipops */
extern const struct chart_spec sample_dots_series;   /* three series on one line, some in the same place */
extern const struct chart_spec sample_dots_log;
extern const struct chart_spec sample_pyramid;       /* ages: the same words in both languages */
extern const struct chart_spec sample_pyramid_words; /* governorates, a finding, one value missing */

enum { BARS_SAMPLES = 14 };
extern const struct chart_spec *const bars_samples[BARS_SAMPLES]; /* all of them */

#endif
