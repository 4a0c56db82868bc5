/*
 * SQL (SQLite's) over relations, read-only: no attach, no write, no pragma, no extension, a limit of
 * steps and of memory. Beside SQLite's own functions: ratio(a, b), the exact quotient to 9 decimals.
 */
#ifndef MUJAZ_DATASET_SQL_H
#define MUJAZ_DATASET_SQL_H

#include "dataset/dataset.h"

struct database;

struct sql_parameter {
    const char *name; /* without ':' */
    struct value value;
};

/* A parameter's value from how it is written: a day as 2024-01-31, a number as numbers are written (007 and +1 are
 * texts), else a text. The text is not copied. */
struct value sql_parameter_value(const char *text);

/* Behind a text, a quoted name or a comment that starts here; `sql` itself when none does. */
const char *sql_behind_quoted(const char *sql);
bool sql_is_keyword(const char *word); /* in any case of letters: as a name it stands in quotes */

/* The datasets must outlive the database. Two tables of one name are an error. */
struct database *database_new(const struct dataset *const *sets, size_t count, struct diags *);
void database_drop(struct database *);
/* Whether a statement that was run named a table of the dataset. */
bool database_asked(const struct database *, const struct dataset *);

/* Runs one SELECT. `at` is the place of its first character in the definition, `indent` the columns that
 * its further lines are moved right (node.indent of a block scalar): SQLite's error offset becomes a place.
 * NULL with a diagnostic when it fails. A DATE column stays a date when it is selected as it is; any text
 * result that is a valid ISO day is one too. */
struct table *database_query(struct database *, const char *sql, struct place at, uint32_t indent,
                             const struct sql_parameter *, size_t parameters, struct diags *);

/* A row of data. */
struct sql_row {
    const struct relation *relation;
    size_t row;
};

/* The rows behind a result: by relation's name, then rising, each once. */
struct sql_trace {
    struct sql_row *rows;
    size_t count;
    bool exact; /* false: these rows were read, and some of them may not count */
};

/* Runs the statement again and says which rows it came from. False with a diagnostic when it fails. */
bool database_trace(struct database *, const char *sql, struct place at, uint32_t indent,
                    const struct sql_parameter *, size_t parameters, struct arena *, struct sql_trace *out,
                    struct diags *);

#endif
