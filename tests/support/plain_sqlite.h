/* Our tables in a database of plain SQLite, which knows nothing of us; and what both answer. */
#ifndef MUJAZ_TESTS_PLAIN_SQLITE_H
#define MUJAZ_TESTS_PLAIN_SQLITE_H

#include "dataset/sql.h"

#include <sqlite3.h>

void plain_run(sqlite3 *, const char *sql);
void plain_create(sqlite3 *, const struct relation *); /* hidden columns are shown */
void plain_insert(sqlite3 *, const struct relation *, const size_t *rows, size_t count); /* rows NULL: all */

/* Rows as text, texts in quotes; numbers at 15 digits. */
struct answer {
    char **rows;
    size_t count;
};

/* The test fails when the statement does. */
struct answer plain_ask(sqlite3 *, const char *sql, const struct sql_parameter *, size_t parameters);
struct answer ours_ask(struct database *, const char *sql, const struct sql_parameter *, size_t parameters);
/* Fails the test, showing the statement, unless both are the same, in the same order or (false) in any. Drops both. */
void assert_same_answer(const char *sql, bool ordered, struct answer own, struct answer want);

#endif
