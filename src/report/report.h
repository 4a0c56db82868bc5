/* From a report's name to its doc: definition, datasets, figures, the two texts. */
#ifndef MUJAZ_REPORT_REPORT_H
#define MUJAZ_REPORT_REPORT_H

#include "dataset/sql.h"
#include "report/doc.h"

/*
 * A report: what its docs have alike, read and checked once. One without a burst has one doc, one with a burst a doc
 * for each packet; these may outlive it.
 */
struct report;

struct previous; /* previous.h */

struct report_options {
    struct dataset_options loading;
    const struct previous *previous; /* ledgers of issues before; NULL: none. Outlive the docs */
};

/* NULL when anything of it was wrong; see report_build. `options` must outlive it. */
struct report *report_open(const char *workspace, const char *name, const char *layout,
                           const struct report_options *, struct diags *);
void report_close(struct report *); /* NULL is fine */
size_t report_packets(const struct report *); /* 1 without a burst */
const char *report_packet_key(const struct report *, size_t packet); /* NULL without a burst */
/* The packet of that key; SIZE_MAX with a diagnostic when there is none. */
size_t report_find_packet(const struct report *, const char *key, struct diags *);
const char *report_layout(const struct report *); /* its name; of every packet. While the report has a doc */
/* NULL when anything of the packet was wrong: diagnostics then name its key. The only doc of a report without a burst
 * can be asked for once. */
struct doc *report_doc(struct report *, size_t packet, struct diags *);

/* The only doc of a report, or its first packet's. Reads reports/NAME/ (report.yaml, en.md, ar.md) and datasets/ below
 * `workspace` ("." for the current folder; paths in diagnostics then start at "reports/..."). `layout` is used in place
 * of the report's own, NULL: none. `options` may be NULL. NULL when anything was wrong. */
struct doc *report_build(const char *workspace, const char *name, const char *layout, const struct report_options *,
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
