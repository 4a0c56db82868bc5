/*
 * Checked data: one relation per resource, columnar and read-only. Columns and rows count from 0. A date column has
 * two hidden ones behind the fields' columns, NAME_month ("2024-01") and NAME_year (2024), for grouping.
 */
#ifndef MUJAZ_DATASET_RELATION_H
#define MUJAZ_DATASET_RELATION_H

#include "dataset/table.h"

struct relation;
struct dataset_source;

const char *relation_name(const struct relation *); /* as SQL sees it */
size_t relation_columns(const struct relation *);   /* hidden ones included */
size_t relation_rows(const struct relation *);
const struct table_column *relation_column(const struct relation *, size_t column);
bool relation_is_hidden(const struct relation *, size_t column);
/* Index of a column, or SIZE_MAX. */
size_t relation_find(const struct relation *, const char *column);
/* Texts live as long as the relation. */
struct value relation_value(const struct relation *, size_t row, size_t column);

/* The resource's own sources, or its package's. */
const struct dataset_source *relation_sources(const struct relation *, size_t *count);
const char *relation_file(const struct relation *, size_t index); /* path */

struct relation_cell {
    size_t row, column;
};

/* Where cells were read, from the files again. False with a diagnostic when a file cannot be read as it
 * was. */
bool relation_places(const struct relation *, const struct relation_cell *, size_t count, struct place *out,
                     struct diags *);

#endif
