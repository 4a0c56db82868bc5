/* Cells of CSV as it is written: RFC 4180, and nothing that a spreadsheet would run. */
#ifndef MUJAZ_BASE_CSV_WRITE_H
#define MUJAZ_BASE_CSV_WRITE_H

#include <stdbool.h>

struct buf;

/* A spreadsheet runs a text that begins so as a formula. */
bool csv_is_formula(const char *text);
/* A text, quoted where it must be; an empty one is "", so that it is no null. A formula gets an apostrophe before it,
 * with which it is text. */
void csv_add_text(struct buf *, const char *text);

#endif
