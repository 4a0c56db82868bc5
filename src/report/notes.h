/* Definitions of footnotes as lines of a Markdown file. */
#ifndef MUJAZ_REPORT_NOTES_H
#define MUJAZ_REPORT_NOTES_H

#include "report/markdown.h"
#include "report/source.h"

/* The id of "[^id]:" at the start of a line (from 0), behind blanks and quote marks, and where it stands;
 * NULL when the line defines none. */
const char *notes_id_in_line(const struct source *, size_t line, struct arena *, size_t *offset);

/* A diagnostic for each definition that nothing refers to or that repeats another: the parser drops both. */
void notes_check_lines(const struct source *, const struct markdown *, struct arena *, struct diags *);

#endif
