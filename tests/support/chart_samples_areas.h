/* Charts of counted and shaded things, for the tests of chart/: words in both languages. */
#ifndef MUJAZ_TESTS_CHART_SAMPLES_AREAS_H
#define MUJAZ_TESTS_CHART_SAMPLES_AREAS_H

#include "chart/spec.h"

extern const struct chart_spec sample_councils; /* 3 councils, 4 lists */
extern const struct chart_spec sample_waffle;   /* 101 of 285, with the mark of majority */
extern const struct chart_spec sample_matrix;   /* 3 by 3, one cell without a row, one without a value */
extern const struct chart_spec sample_calendar; /* five weeks, one day without a row, one without a value; a note */
extern const struct chart_spec sample_tile_map; /* four governorates, one without a value */
extern const struct chart_spec sample_panels;   /* range bars in two panels */

#endif
