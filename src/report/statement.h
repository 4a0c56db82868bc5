/* What stands in a statement, without running it. */
#ifndef MUJAZ_REPORT_STATEMENT_H
#define MUJAZ_REPORT_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether it names :NAME outside of texts, quoted names and comments. */
bool statement_names(const char *sql, const char *parameter);

/* Whether a text, a quoted name or a comment of it holds these bytes. */
bool statement_quotes(const char *sql, const char *text);

#endif
