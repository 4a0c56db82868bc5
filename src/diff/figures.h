/* Two ledgers compared: values, how they are printed, statements, and the rows behind them. */
#ifndef MUJAZ_DIFF_FIGURES_H
#define MUJAZ_DIFF_FIGURES_H

#include "base/diag.h"
#include "base/lang.h"
#include "diff/names.h"

struct arena;

struct diff_cell {
    const char *name, *old, *now; /* NULL: of a new or gone row */
};

/* A row behind a figure, where it stands now, or stood. */
struct diff_row {
    enum diff_change change;
    const char *table, *file;
    const char *line;
    const char *head;        /* its first cell */
    struct diff_cell *cells; /* of a changed row those that changed */
    size_t cell_count;
};

/* A figure, table or chart of the ledger. */
struct diff_figure {
    enum diff_change change;
    const char *kind, *name;       /* "figure", "table", "chart" */
    const char *old, *now;         /* values, or "12 rows"; NULL: there is none */
    const char *difference;        /* "+2", of two numbers; NULL: of others */
    const char *old_printed[LANG_COUNT], *printed[LANG_COUNT]; /* "43%, 42.6%"; "" for nowhere */
    const char *at;                /* file:line:col of its statement, now or before */
    bool statement;                /* that has changed */
    struct diff_row *rows;         /* of those that the ledgers list */
    size_t row_count;
};

/* False with a diagnostic when a ledger is none. */
struct diff_ledger {
    const char *file; /* for diagnostics */
    const char *text;
    size_t length;
};
bool diff_figures(const struct diff_ledger *old, const struct diff_ledger *now, struct arena *,
                  struct diff_figure **, size_t *count, struct diags *);

#endif
