/*
 * Inside the sql*.c files, the only ones that know SQLite: the database that sql.c opens and locks, sql_table.c's
 * tables, sql_trace.c's eye on them, and sql_query.c that asks.
 */
#ifndef MUJAZ_DATASET_SQL_INSIDE_H
#define MUJAZ_DATASET_SQL_INSIDE_H

#include "dataset/sql.h"

#include <sqlite3.h>

enum { SQL_STEPS_EACH = 1000 }; /* SQLite's virtual machine reports after so many */

/* What a statement's words say (sql_shape.c). The first five: of the rows behind its result. */
struct sql_shape {
    bool simple;   /* one SELECT, or several side by side in one without FROM; no row stands for another */
    bool limited;  /* LIMIT */
    bool grouped;  /* GROUP BY */
    bool filtered; /* FILTER */
    bool pure;     /* no value of the result but by count, sum, total and avg */
    bool rows_in;  /* (a, b) IN (...) */
};

void sql_shape_of(const char *sql, struct sql_shape *out);

/* SQLite's default VFS but for its clock. */
struct clockless {
    sqlite3_vfs vfs; /* first: SQLite hands out its address */
    char name[32];
    bool asked;
};

/* A relation as a table of one database. */
struct sql_source {
    struct database *database;
    const struct relation *relation;
    const struct dataset *set;
    bool asked; /* a statement names it */
};

struct database {
    struct clockless clock;
    sqlite3 *db;
    const struct dataset *const *sets; /* copied array, sets not owned */
    size_t set_count, rows;
    struct sql_source *sources;
    size_t source_count;
    uint64_t steps_left; /* in SQL_STEPS_EACH */
    struct sql_shape shape; /* of the statement that is run */
    uint8_t decimals;    /* the most that a number of the data has */
    double largest;      /* sum of a column's numbers, without their signs; below 0: not known */
    size_t tested;       /* rows by our tables, of which no step was counted yet */
    bool loading;
    const char *refused;      /* why the authorizer did not allow something; NULL when it did */
    struct sql_tracer *trace; /* NULL: nobody asks for rows */
    struct database *traced;  /* a connection to the same that says which rows it reads; NULL until it is needed */
};

extern const char sql_only_select[]; /* the refusal's words */
const struct sql_source *sql_find_table(const struct database *, const char *name);
/* Opens the database's `traced`, which tells that tracer from now on; false with a diagnostic when it cannot. */
bool sql_open_traced(struct database *, struct sql_tracer *, struct diags *);

/* --- sql_exact.c ------------------------------------------------------------------------------------------ */

/* sum, total, avg and ratio without rounding. False when out of memory. */
bool sql_add_exact(struct database *);
/* Reads each REAL that SQL gives, in a result and for these functions. False when infinite or too large. */
bool sql_read_real(struct database *, double, struct num *out);

/* --- sql_table.c ------------------------------------------------------------------------------------------ */

struct sql_cursor {
    sqlite3_vtab_cursor base; /* first: SQLite hands out its address */
    const struct relation *relation;
    uint32_t *list;           /* the rows to walk; NULL: all */
    size_t at, end;           /* in the list */
    size_t row;               /* where it stands, while at < end */
    struct sql_tracer *trace;
    struct sql_cursor *next;  /* the tracer's, as are: */
    bool read, used;          /* it stood on a row; on one that counted */
};

/* The source outlives the connection. False when out of memory. */
bool sql_add_table(sqlite3 *, struct sql_source *);

/* --- sql_trace.c ------------------------------------------------------------------------------------------ */

struct sql_tracer *sql_tracer_new(void);
void sql_tracer_drop(struct sql_tracer *);
bool sql_trace_functions(struct database *);
void sql_trace_open(struct sql_tracer *, struct sql_cursor *);
void sql_trace_close(struct sql_tracer *, struct sql_cursor *);
void sql_trace_read(struct sql_tracer *, struct sql_cursor *); /* it stands on a row */
void sql_trace_step(struct sql_tracer *, bool null);           /* an aggregate takes a row, or null, which is nothing */
void sql_trace_row(struct sql_tracer *, const struct sql_shape *); /* a row of the result is there */
/* Once no cursor is open any more. */
void sql_trace_collect(struct sql_tracer *, const struct sql_shape *, struct arena *, struct sql_trace *out);

#endif
