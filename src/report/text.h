/* One language's text: reports/NAME/en.md or ar.md, read, its messages parsed and its own rules checked. */
#ifndef MUJAZ_REPORT_TEXT_H
#define MUJAZ_REPORT_TEXT_H

#include "report/markdown.h"

/* NULL when the file cannot be read; otherwise what could be understood, and diagnostics. */
struct markdown *text_load(const char *path, const struct figures *, struct arena *, struct diags *);

#endif
