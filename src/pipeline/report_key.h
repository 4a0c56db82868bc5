/*
 * What a report's files are made from, as one digest: the program's version, the options, the report's folder, all
 * layouts (one may extend another), its fonts, and the folders of its datasets. The same key means the same files,
 * byte for byte.
 */
#ifndef MUJAZ_PIPELINE_REPORT_KEY_H
#define MUJAZ_PIPELINE_REPORT_KEY_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"

/* False with a diagnostic when a file cannot be read, or the definition or layout is wrong. */
struct options;
bool report_key(const struct options *, const char *report, char key[HASH_HEX], struct diags *);

#endif
