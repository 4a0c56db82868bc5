/*
 * A table: typed columns and nulls. Read-only once built.
 * Columns and rows count from 0. The table owns everything it hands out.
 */
#ifndef MUJAZ_DATASET_TABLE_H
#define MUJAZ_DATASET_TABLE_H

#include "base/diag.h"
#include "base/lang.h"
#include "base/num.h"

enum value_type { VALUE_NULL, VALUE_TEXT, VALUE_INTEGER, VALUE_NUMBER, VALUE_BOOLEAN, VALUE_DATE };

struct value {
    enum value_type type;
    struct num num;   /* integer, number, boolean (0 or 1) */
    const char *text; /* text; date as ISO 8601 "2024-01-04" */
};

struct table_column {
    const char *name;               /* as SQL sees it */
    enum value_type type;           /* VALUE_NULL: all null, or mixed in a query's result */
    const char *title[LANG_COUNT];  /* what a reader sees; NULL when not given */
};

struct table;

void table_drop(struct table *);
size_t table_columns(const struct table *);
size_t table_rows(const struct table *);
const struct table_column *table_column(const struct table *, size_t column);
/* Index of a column, or SIZE_MAX. */
size_t table_find(const struct table *, const char *column);
struct value table_value(const struct table *, size_t row, size_t column);

#endif
