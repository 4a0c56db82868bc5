/*
 * Inside layout/table*.c: a table set for its place on the page.
 *
 *   table_cells.c   texts into lines, each text once, and where they stand in their columns
 *   table_rows.c    rows onto a page: heights, breaks, rules, tags
 *   table.c         caption, rows, note and source as flow items; which languages stand where
 *
 * Nothing is kept for a row or a cell: a row is set from the doc when its page is made. What is kept is one entry for
 * each different text, with its measures. Its glyphs are set twice, to be measured and for the page: a table of many
 * thousand rows would otherwise hold them all until its last page is drawn.
 */
#ifndef MUJAZ_LAYOUT_TABLE_SET_H
#define MUJAZ_LAYOUT_TABLE_SET_H

#include "layout/layouter.h"
#include "layout/table_widths.h"

#define TABLE_GAP 7.0f     /* between columns */
#define TABLE_PADDING 3.0f /* above and below a row's text */

/* A text of the table. */
struct table_text {
    const struct text_block *block; /* on one line, or broken to its column's width; the page's */
    uint32_t page;  /* that it was set for last, plus 1 */
    float width;    /* on one line */
    float anchor;   /* on one line: from its left edge to the end of its number's whole part; below 0: no number */
    uint16_t lines; /* 0: not measured yet */
    bool fitted;    /* checked against the column's width */
    bool broken;    /* to fit it: the lines are aligned already */
};

/* A column of one language's table. x counts from the page's text frame. */
struct table_column {
    float x, width;
    float before, after; /* widest part on either side of the anchors */
    bool decimal;        /* cells stand with their anchors under each other */
};

/* The table in one language. */
struct table_side {
    struct column frame;
    const struct table_need *needs; /* by column */
    struct table_column *columns;
    struct table_text *texts;       /* by text of the doc's table */
    struct set_text *header;        /* by column */
    struct set_text again;          /* the caption above further pages; block NULL: there is no caption */
    struct scene_tag *table, *head_row, *body;
};

struct table_set {
    const struct doc_table *doc;
    struct table_side sides[LANG_COUNT]; /* beside each other */
    size_t side_count;
    float pitch, header_height, again_pitch, again_height;
    size_t bands; /* drawn so far: every other one is shaded */
};

/* --- table_cells.c --- */
struct text_style table_head_style(const struct layouter *, enum lang);
/* Sets every text of the language on one line, for what the columns need. */
struct table_side table_measure(struct layouter *, const struct doc_table *, enum lang);
/* The room that the columns' longest words, or longest cells, take with the gaps between them. */
float table_least(const struct doc_table *, const struct table_side *);
float table_most(const struct doc_table *, const struct table_side *);
void table_place_columns(struct layouter *, const struct doc_table *, struct table_side *, struct column frame);
/* Lines that a cell takes in its column: of a label the columns it stands across are one. */
size_t table_cell_lines(struct layouter *, const struct doc_table *, struct table_side *, size_t row, size_t column);
/* The text of a cell, set for the page that is drawn, and from which x on. Its lines must have been asked for. */
struct set_text table_cell(struct layouter *, const struct doc_table *, struct table_side *, size_t row, size_t column,
                           size_t page);
/* Cells from the label's column on that it takes: 1 but for the label of a row of sums. */
size_t table_across(const struct doc_table *, size_t row, size_t column);
/* Rows of a group from this one on, counted up to `most`; 1 in a column that does not group. */
size_t table_group_rows(const struct doc_table *, size_t row, size_t column, size_t most);
/* From the line's left edge to the end of the last number's whole part, or of a dash that stands alone; below 0
 * when there is neither. */
float table_anchor(const struct rich_text *, const struct text_line *);

/* --- table_rows.c --- */
extern const struct flow_rows table_flow_rows; /* content: struct table_set */

#endif
