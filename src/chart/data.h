/* The data behind a chart: one record for each row, in the order of the statement. */
#ifndef MUJAZ_CHART_DATA_H
#define MUJAZ_CHART_DATA_H

#include <stdbool.h>

#include "base/buf.h"
#include "chart/spec.h"
#include "dataset/table.h"

struct arena;

/* Named as the roles of report.yaml, words with "_en" or "_ar" behind; "printed" is the value in words, hedge and
 * all. */
struct chart_column {
    const char *name;
    enum value_type type;
    enum lang lang;
    struct value (*value)(const struct chart_row *, enum lang, struct arena *); /* null: missing; of words a copy */
};

enum { CHART_COLUMNS_MOST = 18 };
/* Those in which any row has something; returns how many. */
size_t chart_data_columns(const struct chart_spec *, const struct chart_column *out[CHART_COLUMNS_MOST]);

/* CSV of these columns, with a header; what is missing is empty. */
void chart_data_csv(const struct chart_spec *, struct buf *out);

/* The same in the words of one language, for who listens: days and governorates are named, what tells the rows apart
 * comes first, and the values as printed are left out where they are no others. */
struct chart_words {
    const char *const *cells; /* a row of heads, then the chart's rows; "" for what is missing */
    size_t columns, names;    /* the first `names` columns tell the rows apart */
};
/* Whether there are rows, and not so many that nobody listens to them and a page has no numbers for their cells. */
bool chart_data_is_said(const struct chart_spec *);
struct chart_words chart_data_words(const struct chart_spec *, enum lang, const struct locale *, struct arena *);

#endif
