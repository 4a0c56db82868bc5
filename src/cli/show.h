/* Showing diagnostics to people: on standard error, with the source line where it is a terminal. */
#ifndef MUJAZ_CLI_SHOW_H
#define MUJAZ_CLI_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"

struct show_style {
    bool source; /* the source line with a caret */
    bool colour;
};

/* What suits the stream: both on a terminal, no colour where NO_COLOR is set or TERM is "dumb". */
struct show_style show_style_for(FILE *);

/* Each diagnostic once, in the order found, then a line that counts them; nothing when there is none. */
void show_diags(const struct diags *, struct show_style, FILE *);

#endif
