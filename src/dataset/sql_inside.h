/*
 * Inside the sql*.c files, the only ones that know SQLite: the database that sql.c opens, fills and locks, and
 * sql_query.c asks.
 */
#ifndef MUJAZ_DATASET_SQL_INSIDE_H
#define MUJAZ_DATASET_SQL_INSIDE_H

#include "dataset/sql.h"

#include <sqlite3.h>

enum { SQL_STEPS_EACH = 1000 }; /* SQLite's virtual machine reports after so many */

/* SQLite's default VFS but for its clock. */
struct clockless {
    sqlite3_vfs vfs; /* first: SQLite hands out its address */
    char name[32];
    bool asked;
};

struct database {
    struct clockless clock;
    sqlite3 *db;
    const struct dataset *const *sets; /* copied array, sets not owned */
    size_t set_count, rows;
    uint64_t steps_left; /* in SQL_STEPS_EACH */
    bool loading;
    const char *refused; /* why the authorizer did not allow something; NULL when it did */
};

extern const char sql_only_select[]; /* the refusal's words */
int sql_bind(sqlite3_stmt *, int index, struct value);
const struct table *sql_find_table(const struct database *, const char *name, size_t *set_index);

/* sql_exact.c: sum, total, avg and ratio without rounding. False when out of memory. */
bool sql_add_exact(sqlite3 *);

#endif
