/* Widths of a table's columns. Knows numbers only. */
#ifndef MUJAZ_LAYOUT_TABLE_WIDTHS_H
#define MUJAZ_LAYOUT_TABLE_WIDTHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Cells of about one width. */
struct table_class {
    uint32_t cells;
    float widest;
};
enum { TABLE_CLASSES = 48 };

struct table_need {
    float least, most; /* widths of the longest word, and of the longest cell on one line */
    double weight;     /* asked-for share of the room; 0: by the content */
    struct table_class classes[TABLE_CLASSES]; /* of its cells, as wide as they are on one line */
};

/* Counts a cell of the column. */
void table_need_cell(struct table_need *, float width);

/*
 * Shares `room` out, all of it. By weights when every column has one, though no column gets less than its longest
 * word needs. Otherwise by content: where there is room for all on one line, in proportion to it, as CSS does; where
 * there is not, each column has its longest word, and what is over goes, bit by bit, to the column where a point more
 * saves the most lines. CSS shares by the longest cell, so that one long cell takes the room of every other column.
 * False when even the longest words need more: they then get room in proportion, and stick out.
 */
bool table_widths(const struct table_need *, size_t count, float room, float *out);

#endif
