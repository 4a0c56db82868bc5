/* Differences for people and for programs. */
#ifndef MUJAZ_DIFF_PRINT_H
#define MUJAZ_DIFF_PRINT_H

#include "base/buf.h"
#include "diff/runs.h"

/* `terminal`: texts of either direction are isolated, so that each stands right in its line; `colour`: of old and new
 * words, which have their marks [-old-] {+new+} anyhow. */
struct diff_style {
    bool terminal, colour;
};

void diff_print_document(const struct diff_document *, struct diff_style, struct buf *out);
void diff_print_run(const struct diff_run *, struct diff_style, struct buf *out);

/* JSON: an object, docs/diff.md says of what. */
void diff_json_document(const struct diff_document *, struct buf *out);
void diff_json_run(const struct diff_run *, struct buf *out);

#endif
