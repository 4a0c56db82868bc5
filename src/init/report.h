/* A report to start from, made of what was inferred of a CSV file: report.yaml, en.md, ar.md. */
#ifndef MUJAZ_INIT_REPORT_H
#define MUJAZ_INIT_REPORT_H

#include "base/buf.h"
#include "base/lang.h"
#include "dataset/infer.h"

/* What the report shows of the data, in words for people; "no chart: ..." when none suits. In the arena of `in`. */
struct init_report {
    struct buf yaml, text[LANG_COUNT];
    const char *chart;
};

/* `name`: of dataset, table and report. `file`: the CSV file's own name. `share`: the folder with schemas. `today`:
 * the report's date when the data have none, as 2024-01-31. The caller drops the buffers. */
void init_report_write(struct inferred *in, const char *name, const char *file, const char *share, const char *today,
                       struct init_report *out);

#endif
