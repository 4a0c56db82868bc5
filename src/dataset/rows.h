/* A CSV file, read and checked by its schema, as a table. */
#ifndef MUJAZ_DATASET_ROWS_H
#define MUJAZ_DATASET_ROWS_H

struct diags;
struct resource;
struct table;

/* Every wrong cell is a diagnostic, to a limit. NULL when the file could not be read as the schema says. */
struct table *rows_read(const struct resource *, struct diags *);

#endif
