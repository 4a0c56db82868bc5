/* The data behind a chart as a file: one record for each row, in the order of the statement. */
#ifndef MUJAZ_CHART_DATA_H
#define MUJAZ_CHART_DATA_H

#include "base/buf.h"
#include "chart/spec.h"

/* CSV with a header. Columns are named as the roles of report.yaml, words with "_en" or "_ar" behind; "printed" is the
 * value in words, hedge and all. A column in which no row has anything is left out; else what is missing is empty. */
void chart_data_csv(const struct chart_spec *, struct buf *out);

#endif
