/* From a report's name to its doc: definition, datasets, figures, the two texts. */
#ifndef MUJAZ_REPORT_REPORT_H
#define MUJAZ_REPORT_REPORT_H

#include "report/doc.h"

/* Reads reports/NAME/ (report.yaml, en.md, ar.md) and datasets/ below `workspace` ("." for the current
 * folder; paths in diagnostics then start at "reports/..."). NULL when anything was wrong. */
struct doc *report_build(const char *workspace, const char *name, struct diags *);

#endif
