/*
 * Inside layout/table*.c: a table set for its place on the page.
 *
 *   table_cells.c   texts into lines, each text once, and where they stand in their columns
 *   table_both.c    one table for both languages: its columns, and whether it is better than two
 *   table_rows.c    rows onto a page: heights, breaks, rules, tags
 *   table.c         caption, header, rows, note and source as flow items
 *   table_place.c   once or twice, where on the page, and how large
 *
 * Nothing is kept for a row or a cell: a row is set from the doc when its page is made. What is kept is one entry for
 * each different text, with its measures. Its glyphs are set twice, to be measured and for the page: a table of many
 * thousand rows would otherwise hold them all until its last page is drawn.
 */
#ifndef MUJAZ_LAYOUT_TABLE_SET_H
#define MUJAZ_LAYOUT_TABLE_SET_H

#include "layout/layouter.h"
#include "layout/table_widths.h"

/* Times the size of its type: */
#define TABLE_GAP 1.1f     /* between columns */
#define TABLE_PADDING 0.4f /* above and below a row's text */
#define TABLE_PITCH 1.5f   /* of lines */

/* A text of the table. */
struct table_text {
    float width;    /* on one line */
    uint16_t lines; /* 0: not measured yet */
    bool fitted;    /* checked against the column's width */
    bool broken;    /* to fit it: the lines are aligned already */
};

/* A text on the page that is drawn. */
struct table_page_text {
    const struct text_block *block; /* on one line, or broken to its column's width; NULL: none */
    const struct rich_text *rich;
    uint32_t text; /* its number in the doc's table */
    enum lang lang;
};

/* Parts of a column's numbers on either side of their anchors, the widest. */
struct table_anchors {
    float before, after;
    bool decimal; /* cells stand with their anchors under each other */
};

/* The texts of one language, and what they need, by the doc's columns. */
struct table_texts {
    float size; /* of Latin letters */
    struct table_need *needs; /* while the table is planned */
    struct table_anchors *anchors;
    struct table_text *text; /* by text of the doc's table */
};

/* A column as it stands on the page. x counts from the page's text frame. */
struct table_column {
    size_t of;      /* column of the doc's table */
    enum lang lang; /* of its cells */
    bool shared;    /* its cells are the same in both languages and stand once; its titles are of both */
    float x, width;
    struct table_anchors anchors;
};

/* A table that stands once: in one language, or in both. Columns are in the order in which they follow each other from
 * the frame's start side; in a table of both languages that is from the left: English, shared, Arabic mirrored. */
struct table_side {
    struct column frame;
    bool both;
    float size; /* of Latin letters */
    size_t column_count;
    struct table_column *columns;
    struct table_need *needs;                /* by column, while the table is planned */
    struct table_text *texts[LANG_COUNT];    /* by text of the doc's table; of languages that stand in it */
    struct set_text (*header)[LANG_COUNT];   /* by column */
    size_t header_line[LANG_COUNT];          /* on which the titles of a language begin */
    struct scene_tag *table, *head_row, *body;
    struct table_page_text *page_texts;      /* of the page drawn last; in its arena */
    size_t page_count, page;                 /* how many; number of that page, plus 1 */
    size_t *group_row; /* by column: the first row of the group that is drawn; NULL: nothing groups rows */
};

/* Words above and below the table in one language. */
struct table_words {
    struct column frame;
    struct scene_tag *table; /* that they are of */
    struct set_text again;   /* the caption above further pages; block NULL: there is no caption */
};

struct table_set {
    const struct doc_table *doc;
    struct table_side sides[LANG_COUNT]; /* beside each other */
    size_t side_count;
    struct table_words words[LANG_COUNT];
    size_t word_count;
    float pitch, padding, header_height, again_pitch, again_height;
    size_t bands; /* drawn so far: every other one is shaded */
};

/* --- table_cells.c --- */
struct text_style table_head_style(const struct layouter *, enum lang, float size);
/* Sets every text of the language on one line, for what the columns need. */
struct table_texts table_measure(struct layouter *, const struct doc_table *, enum lang, float size);
/* Widens what a column needs by its title in a language. */
void table_need_title(struct layouter *, const struct doc_table *, size_t column, struct text_style,
                      struct table_need *);
/* Room for the longest words of the labels of sums, in what the side's columns need. */
void table_need_labels(struct layouter *, const struct doc_table *, struct table_side *);
/* The table in one language; the texts are used, not copied. */
struct table_side table_in(struct layouter *, const struct doc_table *, const struct table_texts *, enum lang);
/* The room that the columns' longest words, or longest cells, take with the gaps between them. */
float table_least(const struct table_side *);
float table_most(const struct table_side *);
void table_place_columns(struct layouter *, struct table_side *, struct column frame);
/* Lines that the cell that begins in a column takes there: of a label the columns it stands across are one. */
size_t table_cell_lines(struct layouter *, const struct doc_table *, const struct table_side *, size_t row,
                        size_t column);
/* Its text, set for the page that is drawn, and from which x on. Its lines must have been asked for. */
struct set_text table_cell(struct layouter *, const struct doc_table *, struct table_side *, size_t row, size_t column,
                           size_t page);
/* Columns from this one on that the cell takes: 1 but for the label of a row of sums. */
size_t table_across(const struct doc_table *, const struct table_side *, size_t row, size_t column);
/* The column of the doc's table whose text the cell that begins in a column has; that text; and the width it has. */
size_t table_source(const struct doc_table *, const struct table_side *, size_t row, size_t column);
struct table_text *table_text_of(const struct doc_table *, const struct table_side *, size_t row, size_t column);
float table_room(const struct doc_table *, const struct table_side *, size_t row, size_t column);
/* Rows of a group from this one on, counted up to `most`, by the doc's column; 1 in one that does not group. */
size_t table_group_rows(const struct doc_table *, size_t row, size_t column, size_t most);
/* From the line's left edge to the end of the last number's whole part, or of a dash that stands alone; below 0
 * when there is neither. */
float table_anchor(const struct rich_text *, const struct text_line *);

/* --- table_both.c --- */
/* The table in both languages, for a room of a width. */
struct table_side table_in_both(struct layouter *, const struct doc_table *, const struct table_texts[LANG_COUNT],
                                float width);
/* Whether that is better than the two tables `twins`, which stand beside each other or, else, one below the other. All
 * have their columns placed. */
bool table_both_is_better(const struct doc_table *, const struct table_side *both,
                          const struct table_side twins[LANG_COUNT], bool beside);

/* --- table.c --- */
/* The set's sides are placed and its words have their frames. */
void table_add(struct layouter *, const struct block *, struct table_set *, bool turned);

/* --- table_rows.c --- */
const char *table_column_id(struct layouter *, const struct table_side *, size_t column); /* of its title's cell */
extern const struct flow_rows table_flow_rows; /* content: struct table_set */

#endif
