/* A resource's CSV files, read and checked by its schema, as a relation. */
#ifndef MUJAZ_DATASET_ROWS_H
#define MUJAZ_DATASET_ROWS_H

#include <stddef.h>

struct diags;
struct relation;
struct resource;

/* Every wrong cell is a diagnostic, `max_errors` of them a file at most; then one says how many there are. NULL when a
 * file could not be read as the schema says. */
struct relation *rows_read(const struct resource *, size_t max_errors, struct diags *);
/* The same with another limit than the rows that 32 bits can number, for the test of it. */
struct relation *rows_read_most(const struct resource *, size_t max_errors, size_t most_rows, struct diags *);

#endif
