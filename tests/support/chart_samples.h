/* Charts as the briefing has them, for the tests of chart/: one of each type, with words in both languages. */
#ifndef MUJAZ_TESTS_CHART_SAMPLES_H
#define MUJAZ_TESTS_CHART_SAMPLES_H

#include "chart/spec.h"

extern const struct chart_spec sample_hemicycle; /* 285 seats, 101 of them emphasised */
extern const struct chart_spec sample_range_bars;
extern const struct chart_spec sample_timeline;

#endif
