/* From a report's name to its doc: definition, datasets, figures, the two texts. */
#ifndef MUJAZ_REPORT_REPORT_H
#define MUJAZ_REPORT_REPORT_H

#include "dataset/sql.h"
#include "report/doc.h"

/* Reads reports/NAME/ (report.yaml, en.md, ar.md) and datasets/ below `workspace` ("." for the current
 * folder; paths in diagnostics then start at "reports/..."). `layout` is used in place of the report's own, NULL: none.
 * `options` say how data are loaded and may be NULL. NULL when anything was wrong. */
struct doc *report_build(const char *workspace, const char *name, const char *layout, const struct dataset_options *,
                         struct diags *);

/* What a report's statements ask, without its texts: its datasets, their database, its parameters (:as_of). */
struct report_data;

/* NULL when report.yaml or any dataset is wrong. */
struct report_data *report_data_open(const char *workspace, const char *name, const struct dataset_options *,
                                     struct diags *);
void report_data_drop(struct report_data *);
struct database *report_data_database(const struct report_data *);
const struct dataset *const *report_data_datasets(const struct report_data *, size_t *count);
const struct sql_parameter *report_data_parameters(const struct report_data *, size_t *count);

#endif
