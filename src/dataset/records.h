/* The rows of a resource's file: records behind the header, each with as many cells as the header has names. */
#ifndef MUJAZ_DATASET_RECORDS_H
#define MUJAZ_DATASET_RECORDS_H

#include "dataset/csv.h"

struct resource;
struct records;

/* The bytes of a file from which rows are read; 0, UINT64_MAX: all. Other parts than the first have no header. */
struct records_part {
    size_t file; /* of the resource's paths */
    uint64_t from, to;
};

/* NULL with a diagnostic when the file cannot be opened, is empty, or has another header than the schema. */
struct records *records_open(const struct resource *, struct records_part, struct diags *);
/* The next row. `record` has a field for each of the schema's; a missing column's is an empty text. A ragged record
 * is a diagnostic, counted as wrong, and passed over. */
enum csv_status records_next(struct records *, struct csv_record *);
struct place records_place(const struct records *, size_t field); /* in the row that came last */
/* Rows that were given, ragged ones not among them. */
size_t records_count(const struct records *);
void records_close(struct records *);

#endif
