/* Building a table, for the stages inside dataset and for lists that are printed as one: columns first, then rows. */
#ifndef MUJAZ_DATASET_TABLE_BUILD_H
#define MUJAZ_DATASET_TABLE_BUILD_H

#include "dataset/table.h"

struct arena;

struct table *table_new(void);
struct arena *table_arena(struct table *); /* lives as long as the table */

/* Name and titles are copied. All columns come before the first row. */
void table_add_column(struct table *, const char *name, enum value_type, const char *const title[LANG_COUNT]);
void table_set_type(struct table *, size_t column, enum value_type);

void table_add_row(struct table *); /* of nulls */
/* The text of the value must live in the table's arena. */
void table_set(struct table *, size_t row, size_t column, struct value);

#endif
