/*
 * Which rows of a relation satisfy terms "column op value", as SQLite compares (binary collation, null never equal).
 * Rows that would need SQLite's rules of affinity are let through.
 */
#ifndef MUJAZ_DATASET_SQL_FILTER_H
#define MUJAZ_DATASET_SQL_FILTER_H

#include "dataset/relation_inside.h"
#include "dataset/sql_inside.h"

enum { FILTER_TERMS = 16 };

/* Not <> and IS NOT NULL: SQLite 3.40 offers them from a LEFT JOIN's condition to the left table, which must keep its
 * rows whatever the condition says. It offers the others only where they may narrow. */
enum filter_op { FILTER_EQ, FILTER_LT, FILTER_LE, FILTER_GT, FILTER_GE, FILTER_NULL };

/* Rows by a column's value, made when it is looked up again and again. */
struct sql_index {
    uint32_t *rows;   /* of numbers: all rows in the column's order, null first */
    uint32_t *starts; /* of texts: rows[starts[k] .. starts[k + 1]] hold the k-th; else NULL */
    unsigned lookups;
};

void sql_index_drop(struct sql_index *);

/* How a term tests a row. */
enum filter_kind {
    FILTER_BY_NULL,   /* it is null */
    FILTER_BY_ONE,    /* a text's number */
    FILTER_BY_TEXT,   /* by the text's number: whether it passes */
    FILTER_BY_NUMBER, /* op against a number */
    FILTER_BY_LIST    /* one of several numbers */
};

struct filter_term {
    size_t column;
    enum filter_op op;
    enum filter_kind kind;
    bool *texts;     /* FILTER_BY_TEXT; owned */
    int64_t one;     /* FILTER_BY_ONE */
    double number;   /* FILTER_BY_NUMBER: integers to 2^53 and what a NUMBER column carries */
    double *numbers; /* FILTER_BY_LIST, sorted; owned */
    size_t number_count;
};

struct filter {
    const struct relation *relation;
    struct sql_index *indexes;
    struct filter_term terms[FILTER_TERMS];
    size_t count;
    bool never;               /* nothing passes */
    size_t tested;            /* rows, by filter_rows */
};

/* False when the operator is none that is tested here. */
bool filter_op_from(int sqlite_op, enum filter_op *out);
/* Whether the value is of the column's kind, so that the term is tested to the end. */
bool filter_suits(const struct column *, sqlite3_value *);

void filter_init(struct filter *, const struct relation *, struct sql_index *indexes);
/* `in`: the value is a list, of which one must be equal. */
void filter_add(struct filter *, size_t column, enum filter_op, bool in, sqlite3_value *);
/* The rows that pass, rising; freed by the caller. */
uint32_t *filter_rows(struct filter *, size_t *count);
void filter_drop(struct filter *);

#endif
