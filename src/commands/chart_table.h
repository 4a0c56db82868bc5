/* The rows behind a chart, as a table to print: what its attachment holds. */
#ifndef MUJAZ_COMMANDS_CHART_TABLE_H
#define MUJAZ_COMMANDS_CHART_TABLE_H

struct arena;
struct doc;
struct table;

/* NULL when the report's texts have no such chart; `nearest` is then the most similar id, or NULL. */
struct table *chart_table(const struct doc *, const char *id, const char **nearest);

#endif
