/* Widths of a table's columns. Knows numbers only. */
#ifndef MUJAZ_LAYOUT_TABLE_WIDTHS_H
#define MUJAZ_LAYOUT_TABLE_WIDTHS_H

#include <stdbool.h>
#include <stddef.h>

struct table_need {
    float least, most; /* widths of the longest word, and of the longest cell on one line */
    float enough;      /* between the two: with which the column makes no row taller */
    double weight;     /* asked-for share of the room; 0: by the content */
};

/*
 * Shares `room` out, all of it. By weights when every column has one, though no column gets less than its longest
 * word needs; otherwise by content, as CSS 2.2 (17.5.2.2) lays out an automatic table of a given width, but with a
 * step between: first every column has its longest word, then enough, then its longest cell. False when even the
 * longest words need more: they then get room in proportion, and stick out.
 */
bool table_widths(const struct table_need *, size_t count, float room, float *out);

#endif
