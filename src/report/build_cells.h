/* The cells of a table: each text kept once, and the rows of sums between the rows of data. */
#ifndef MUJAZ_REPORT_BUILD_CELLS_H
#define MUJAZ_REPORT_BUILD_CELLS_H

#include "report/builder.h"

/*
 * Prints all cells of `data` and adds the rows of sums; sets every member of *out and *parts that has to do with
 * cells and rows. `column`: of each column of the definition the one of `data` in each language, SIZE_MAX where it is
 * unknown; then `complete` is false and no sums are made. What is wrong has been said; no doc is made then.
 */
void build_cells(struct builder *, const struct definition_table *, const struct table *data,
                 const size_t (*column)[LANG_COUNT], struct table_parts *parts, struct doc_table *out,
                 bool complete);

#endif
