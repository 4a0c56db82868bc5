/*
 * The document: one tree of blocks for both languages, since the two texts match block by block. Every leaf
 * holds its text per language, every block its place per language. Built by report/build, then read-only.
 * All values are already in it, formatted in each language; nothing in it needs SQL or ICU again.
 */
#ifndef MUJAZ_REPORT_DOC_H
#define MUJAZ_REPORT_DOC_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"
#include "chart/spec.h"
#include "image/image.h"
#include "locale/locale.h"

enum inline_kind {
    INLINE_STRONG,
    INLINE_EMPHASIS, /* Arabic has no italics: layout shows it by colour there */
    INLINE_CODE,
    INLINE_LINK,     /* url: an address, or "#" and the name of a place in the document (block.dest) */
    INLINE_NOTE_REF, /* the text is the note's number in the language's digits; note = index */
    INLINE_VALUE,    /* a figure's value, already wrapped in isolates (U+2066..U+2069) */
    INLINE_HEDGE,    /* in a value: the words before its number, "more than" */
};

/* A stretch of rich_text.utf8, in bytes; stretches nest or are disjoint. */
struct inline_span {
    uint32_t start, end;
    enum inline_kind kind;
    uint32_t note;
    const char *url;
};

/* Where a byte of the text came from: the last entry whose offset is not greater. */
struct inline_place {
    uint32_t offset;
    struct place at;
};

struct rich_text { /* a document has hundreds of thousands: packed */
    const char *utf8; /* NFC, one paragraph: no line feed but U+2028 for a hard break */
    uint32_t length;  /* bytes */
    uint32_t span_count, place_count;
    const struct inline_span *spans;
    const struct inline_place *places;
};

enum block_kind {
    BLOCK_HEADING,     /* level 2..6, id, text */
    BLOCK_PARAGRAPH,   /* text */
    BLOCK_LIST,        /* ordered, start, tight; children are items */
    BLOCK_ITEM,        /* children are blocks */
    BLOCK_QUOTE,       /* children are blocks, of which the last may be an attribution */
    BLOCK_RULE,
    BLOCK_TABLE,       /* table */
    BLOCK_CHART,       /* chart, source; text is its caption */
    BLOCK_KEY_FIGURES, /* key_figures */
    BLOCK_CONTENTS,    /* contents list; text is its heading (may be empty) */
    BLOCK_ATTRIBUTION, /* text: who said what the quote around it holds, its dash and all */
    BLOCK_CALLOUT,     /* callout; text is its label; children are blocks */
    BLOCK_IMAGE,       /* image */
    BLOCK_BREAK,       /* break_at: what follows starts there */
    BLOCK_SOURCES,     /* sources; text is the list's heading (may be empty) */
};

enum callout_kind { CALLOUT_JUDGEMENT, CALLOUT_NOTE, CALLOUT_WARNING };
enum break_kind { BREAK_NONE, BREAK_COLUMN /* a page where there is one column */, BREAK_PAGE };

enum cell_align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };

struct doc_column {
    struct rich_text title[LANG_COUNT];
    enum cell_align align; /* numbers END, everything else START unless the definition says */
    double weight;         /* share of the width; 0: from the content */
    bool group;            /* equal cells that follow each other stand once; such columns come first */
};

/* In the parallel edition: once for both languages or once in each; CHOSEN: what reads better. */
enum doc_parallel { DOC_PARALLEL_CHOSEN, DOC_PARALLEL_ONE, DOC_PARALLEL_TWICE };

enum doc_row_kind { DOC_ROW_BODY, DOC_ROW_SUBTOTAL, DOC_ROW_TOTAL, DOC_ROW_KINDS };

/* Cells are texts by number, since many say the same: a text is of one column, and of body rows or of sums (the
 * empty text alone is of any). A table without `index` has a text for each cell, row-major. A table from data has few
 * rich texts, those of its sums' labels, and behind them plain ones, which may be hundreds of thousands. */
struct doc_table {
    const char *id; /* key in report.yaml, or NULL for a table written in Markdown */
    struct rich_text title[LANG_COUNT];  /* caption: the finding; may be empty */
    struct rich_text note[LANG_COUNT];   /* below the table; may be empty */
    struct rich_text source[LANG_COUNT]; /* may be empty */
    enum doc_parallel parallel;
    size_t column_count, row_count;
    const struct doc_column *columns;
    const struct rich_text *cells[LANG_COUNT]; /* the rich texts */
    size_t text_count[LANG_COUNT];             /* where there is an index: of all texts */
    const char *plain_text;                    /* those from `rich_count` on, without spans, each with its NUL, */
    const uint32_t *plain[LANG_COUNT];         /* and where each of them begins there; NULL: all are rich */
    size_t rich_count;
    const struct inline_place *from;           /* of the plain texts */
    const uint32_t *index[LANG_COUNT];         /* row-major, row_count * column_count; or NULL */
    const uint8_t *kinds;                      /* enum doc_row_kind by row; NULL: body rows only */
    size_t label_columns[DOC_ROW_KINDS];       /* of a row of sums: how many its label stands across */
};

/* Number of the text in a cell, and the text. */
size_t doc_table_index(const struct doc_table *, enum lang, size_t row, size_t column);
struct rich_text doc_table_cell(const struct doc_table *, enum lang, size_t row, size_t column);
size_t doc_table_texts(const struct doc_table *, enum lang);
enum doc_row_kind doc_table_kind(const struct doc_table *, size_t row);
/* Whether two body rows are of one group: equal in every grouping column up to this one, in both languages. */
bool doc_table_same_group(const struct doc_table *, size_t a, size_t b, size_t column);

struct doc_key_figure {
    struct rich_text value[LANG_COUNT]; /* "101", "more than 100" */
    struct rich_text label[LANG_COUNT];
    bool has_change;
    bool unmarked; /* there is nothing to compare it with, and the change says so */
    int direction; /* of the change against the previous value: above 0 up, below 0 down */
    struct rich_text change[LANG_COUNT]; /* the change with its sign, and against what: "+12 since January" */
};

struct doc_key_figures {
    const char *id;
    size_t count;
    const struct doc_key_figure *figures;
};

struct doc_image {
    const char *id;
    const struct image *pixels;
    struct place at; /* of its definition */
    float width;     /* wished for, in millimetres; 0: as wide as the text */
    struct rich_text title[LANG_COUNT];  /* caption; may be empty */
    struct rich_text source[LANG_COUNT]; /* may be empty */
    const char *alt[LANG_COUNT];         /* what it shows, for who does not see it */
};

struct doc_source {
    struct rich_text text[LANG_COUNT]; /* a link where the source has an address */
};

/* What datasets, charts, tables and images name as their sources, each once. */
struct doc_sources {
    bool numbered; /* else in the order of the alphabet, without numbers */
    size_t count;
    const struct doc_source *list;
    const size_t *order[LANG_COUNT]; /* indices of the list */
};

struct block {
    enum block_kind kind;
    struct place at[LANG_COUNT];
    const char *id; /* headings: the anchor, the same in both languages; else NULL */
    const char *dest; /* what links to it lead to: a heading's id, "chart.seats"; NULL: none lead here */
    int level;
    bool ordered, tight;
    int start;
    enum callout_kind callout;
    enum break_kind break_at;
    struct rich_text text[LANG_COUNT];
    const struct block *first_child, *next;
    const struct doc_table *table;
    const struct chart_spec *chart;
    const struct rich_text *source; /* of a chart, LANG_COUNT; NULL: none */
    const struct doc_key_figures *key_figures;
    const struct doc_image *image;
    const struct doc_sources *sources;
};

struct doc_note {
    const char *id;
    const char *number[LANG_COUNT]; /* as printed, in the language's digits; 1, 2, 3 by first reference */
    struct rich_text text[LANG_COUNT];
    struct place at[LANG_COUNT];
};

enum edition { EDITION_PARALLEL, EDITION_EN, EDITION_AR, EDITION_SEQUENTIAL, EDITION_COUNT };
const char *edition_name(enum edition); /* "parallel", "en", "ar", "sequential" */

/* What is attached to the PDFs: everything, unless the datasets are too large; everything; what the figures and charts
 * show; nothing. */
enum doc_attach { DOC_ATTACH_FITTING, DOC_ATTACH_ALL, DOC_ATTACH_DATA, DOC_ATTACH_NONE };

struct ledger;

/* A report that follows this one in its file. */
struct doc_following {
    const char *name;
    struct place at; /* where it is named */
};

struct doc {
    struct arena *arena; /* owns all of it */
    const char *name;    /* of the report */
    const char *title[LANG_COUNT], *subtitle[LANG_COUNT], *author[LANG_COUNT];
    struct place title_at[LANG_COUNT], subtitle_at[LANG_COUNT], author_at[LANG_COUNT];
    const char *issue_line[LANG_COUNT]; /* "Issue 1 · As of 3 April 2024", ready to print */
    int64_t issue;       /* 0: not numbered */
    const char *as_of;   /* ISO date; the document's clock */
    const char *layout;  /* name of the layout in layouts/ */
    bool editions[EDITION_COUNT];
    enum doc_attach attach;
    const struct block *blocks;
    const struct doc_note *notes;
    size_t note_count;
    const struct doc_following *following;
    size_t following_count;
    struct ledger *ledger;             /* where every value came from; report/ledger.h */
    struct locale *locale[LANG_COUNT]; /* owned; page numbers are formatted with it */
};

void doc_drop(struct doc *);

/* Readable, complete, deterministic: for golden tests and `mujaz dump doc`. */
struct buf;
void doc_dump(const struct doc *, struct buf *out);

#endif
