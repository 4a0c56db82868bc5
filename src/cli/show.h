/* Showing diagnostics to people: on standard error, with the source line where it is a terminal. */
#ifndef MUJAZ_CLI_SHOW_H
#define MUJAZ_CLI_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/diag.h"

struct show_style {
    bool source; /* the source line with a caret */
    bool colour;
};

/* What suits the stream: both on a terminal, no colour where NO_COLOR is set or TERM is "dumb". */
struct show_style show_style_for(FILE *);

/* Each diagnostic once, in the order found: the same finding comes again with each edition. Heap. */
const struct diag **show_once(const struct diags *, size_t *count);

/* For other programs, in show_format.c: one document, in JSON or in SARIF 2.1.0, with every diagnostic once. */
enum show_format { SHOW_TEXT, SHOW_JSON, SHOW_SARIF, SHOW_FORMATS };
extern const char *const show_format_names[SHOW_FORMATS + 1]; /* "text", "json", "sarif", NULL */
void show_document(const struct diags *, enum show_format, struct buf *out);

/* Each diagnostic once, in the order found, then a line that counts them; nothing when there is none. */
void show_diags(const struct diags *, struct show_style, FILE *);

#endif
